"""Asking agencies about a draft, keeping what they say and what was done with it. Flushes, never commits."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from registry.audit.operations import record
from registry.policies.models import PolicyComment, PolicyConsultation, PolicyVersion
from registry.policies.operations.errors import NotPossible
from registry.policies.queries.consulting import agencies_asked
from registry.policies.rules.consulting import CommentOutcome, not_asked_yet
from registry.policies.rules.states import OPEN_STATES


@dataclass(frozen=True)
class AgencyAnswer:
    """When an agency answered, with which letter, and one comment; without words it has none (left)."""

    on: date
    letter: str
    clause: str
    words: str


@dataclass(frozen=True)
class Settled:
    """What is done with a comment, why, and what changes in the draft."""

    outcome: CommentOutcome
    reply: str
    change: str


def ask_agencies(
    session: Session,
    version: PolicyVersion,
    agencies: Iterable[str],
    *,
    due_on: date,
    by: int,
    at: datetime,
    on: date,
) -> list[PolicyConsultation]:
    """Ask these agencies until a day; who was asked already is not asked twice. Raises NotPossible once it is published."""
    _refuse_closed(version)
    asked = [one.agency for one in agencies_asked(session, version)]
    made = [
        PolicyConsultation(
            version_of=version, agency=agency, asked_on=on, due_on=due_on, asked_by_id=by, asked_at=at
        )
        for agency in not_asked_yet(agencies, asked)
    ]
    session.add_all(made)
    session.flush()
    if made:
        detail = {"agencies": [one.agency for one in made], "due_on": due_on.isoformat()}
        _record(session, "asked", version, by, at, detail)
    return made


def keep_answer(
    session: Session, asked: PolicyConsultation, given: AgencyAnswer, *, by: int, at: datetime
) -> PolicyComment | None:
    """Keep that an agency answered, with a comment if it has one. Raises NotPossible once the version is published."""
    _refuse_closed(asked.version_of)
    asked.answered_on, asked.letter = given.on, given.letter
    comment = None
    if given.words:
        comment = PolicyComment(
            consultation=asked, clause=given.clause, words=given.words, entered_by_id=by, entered_at=at
        )
        session.add(comment)
    session.flush()
    detail = {"agency": asked.agency, "letter": given.letter, "has_comment": comment is not None}
    _record(session, "answered", asked.version_of, by, at, detail)
    return comment


def settle_comment(
    session: Session, comment: PolicyComment, settled: Settled, *, by: int, at: datetime
) -> None:
    """Say what is done with a comment; said anew, it replaces what was said. Raises NotPossible once published."""
    version = comment.consultation.version_of
    _refuse_closed(version)
    before = comment.outcome
    comment.outcome, comment.reply, comment.change = settled.outcome, settled.reply, settled.change
    comment.settled_by_id, comment.settled_at = by, at
    session.flush()
    detail = {
        "agency": comment.consultation.agency,
        "outcome": settled.outcome.value,
        "before": None if before is None else before.value,
    }
    _record(session, "settled", version, by, at, detail)


def _refuse_closed(version: PolicyVersion) -> None:
    if version.state not in OPEN_STATES:
        raise NotPossible(version.number)


def _record(
    session: Session, verb: str, version: PolicyVersion, by: int, at: datetime, detail: Mapping[str, Any]
) -> None:
    name = f"{version.policy.code}@{version.number}"
    record(session, by, f"policy_consultation.{verb}", "policy_version", name, detail=detail, at=at)
