"""Published versions made ready for the rule engine, each with its row. Reads only."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from registry.policies.models import PolicyVersion
from registry.policies.queries.law import law_of
from registry.policies.queries.versions import policies, published
from registry.policies.rules import Ready, Words, prepare


def ready_versions(session: Session, *, words: Words | None = None) -> Sequence[tuple[PolicyVersion, Ready]]:
    """(row, ready version) of everything published, by code and number. A fixed number of statements."""
    rows = {
        f"{policy.code}@{version.number}": version
        for policy in policies(session)
        for version in published(policy)
    }
    law = law_of(session)
    return [(row, prepare(law.versions[key], law, words)) for key, row in sorted(rows.items())]
