"""What a decision froze and what people wrote, opened for those who may read it. Each text is sealed under its own row."""

import json
from typing import Any

from sqlalchemy.orm import Session

from registry.db.keys import keyring_of
from registry.grants.models import DecisionStep, EligibilityDecision, GrantEvent, GrantLine
from registry.grants.rules import fingerprint

Worded = DecisionStep | GrantEvent


class Tampered(Exception):
    """What is kept is not what was frozen: its fingerprint differs."""


def frozen_place(row: EligibilityDecision) -> str:
    """Where the frozen answer belongs: moved to another row it does not open. The row needs its public id already."""
    return f"eligibility_decision.frozen:{row.public_id}"


def ground_place(row: EligibilityDecision | GrantLine) -> str:
    """The same of a written ground."""
    return f"{row.__tablename__}.ground:{row.public_id}"


def words_place(row: Worded) -> str:
    """The same of words that go with a step or an event."""
    return f"{row.__tablename__}.words:{row.public_id}"


def frozen_of(session: Session, row: EligibilityDecision) -> dict[str, Any] | None:
    """What was asked and answered when the decision was proposed; None once it was erased. Raises Tampered."""
    if row.frozen_sealed is None:
        return None
    text = keyring_of(session).open(row.frozen_sealed, frozen_place(row))
    if fingerprint(text) != row.frozen_sha256:
        raise Tampered(row.public_id)
    return json.loads(text)


def ground_of(session: Session, row: EligibilityDecision | GrantLine) -> str:
    """Why a person decided so; empty where nothing was written."""
    return "" if row.ground_sealed is None else keyring_of(session).open(row.ground_sealed, ground_place(row))


def words_of(session: Session, row: Worded) -> str:
    """What was written with a step or an event."""
    return "" if row.words_sealed is None else keyring_of(session).open(row.words_sealed, words_place(row))
