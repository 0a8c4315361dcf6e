"""What the engine says to frozen or fresh rows, under one version: for proposing, for signing on another day, for re-checks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy.orm import Session

from registry.grants.rules import canonical, fingerprint, frozen_data, inputs_of, is_against, offered
from registry.policies.models import PolicyVersion
from registry.policies.queries.law import law_of
from registry.policies.queries.versions import content_of
from registry.policies.rules import Answer, Asked, Law, Version, Words, answer, answer_data, prepare


@dataclass(frozen=True)
class Answered:
    """The engine's answer, what the groups chosen give, and both as plain data to freeze."""

    version: Version
    asked: Asked
    said: Answer
    is_against: bool
    frozen: dict[str, Any]

    @cached_property
    def mark(self) -> str:
        """Fingerprint of the answer and its facts, so that a form shown earlier is not taken for this one."""
        return mark_of(self.frozen["asked"], self.frozen["answer"])


def mark_of(rows: Mapping[str, Any], answer_rows: Mapping[str, Any]) -> str:
    """Fingerprint of what was asked and answered."""
    return fingerprint(canonical([rows, answer_rows]))


def answered_by(
    session: Session,
    version: PolicyVersion,
    rows: Mapping[str, Any],
    groups: Sequence[str],
    *,
    law: Law | None = None,
    words: Words | None = None,
) -> Answered:
    """Ask the engine under this version, whatever became of it since. Raises PolicyRefused for rows nobody can read."""
    known = law or law_of(session, drafts=_missing(version))
    read = known.versions[f"{version.policy.code}@{version.number}"]
    facts, asked = inputs_of(rows)
    ready = prepare(read, known, words)
    said = answer(ready, facts, asked)
    given = offered(ready, groups, facts, asked)
    frozen = frozen_data(rows, said, given, content_of(version), words or Words())
    return Answered(read, asked, said, is_against(said, groups), frozen)


def said_by(
    law: Law, version: PolicyVersion, rows: Mapping[str, Any], words: Words | None = None
) -> tuple[Answer, str]:
    """The engine's answer alone, and its mark, for a page that only shows it."""
    facts, asked = inputs_of(rows)
    said = answer(prepare(law.versions[f"{version.policy.code}@{version.number}"], law, words), facts, asked)
    return said, mark_of(rows, answer_data(said, words))


def _missing(version: PolicyVersion) -> list[PolicyVersion]:
    """The version itself where the published ones do not have it any more."""
    return [] if version.state.value == "published" else [version]
