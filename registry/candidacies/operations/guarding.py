"""The guard against conflicts of interest (CA-10): declaring a tie, being stopped, being let through by another.

Being stopped is written down too: the view logs it after the refused work was rolled back. Flushes, never commits.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from registry.audit.operations import record
from registry.candidacies.models import Candidacy, ConflictOverride, DeclaredTie
from registry.candidacies.queries.sealed import seal
from registry.candidacies.queries.ties import conflicts_of, override_of, own_tie
from registry.candidacies.rules.panels import Conflict, TieKind
from registry.db import new_public_id
from registry.people.models import Person


class Conflicted(Exception):
    """Whoever acts is tied to the person. `grounds` say how."""

    def __init__(self, grounds: Sequence[Conflict]) -> None:
        super().__init__(", ".join(grounds))
        self.grounds = grounds


class MayNotAllow(Exception):
    """Nobody lets themselves through, nobody who is tied lets others, and nobody decides about themselves."""


def refuse_conflict(session: Session, candidacy: Candidacy, *, by: int) -> None:
    """Raise Conflicted where the account is tied to the person and nobody let it through."""
    grounds = conflicts_of(session, by, candidacy.person)
    if not grounds:
        return
    if Conflict.SELF in grounds or override_of(session, candidacy, by) is None:
        raise Conflicted(grounds)


def log_block(
    session: Session, candidacy: Candidacy, grounds: Sequence[Conflict], *, by: int, at: datetime
) -> None:
    """Write down that somebody was stopped, and why."""
    detail = {"need": candidacy.need.public_id, "grounds": [str(one) for one in grounds]}
    _said(session, "candidacy.blocked", candidacy, by=by, at=at, detail=detail)


def declare_tie(
    session: Session, person: Person, *, kind: TieKind, words: str, by: int, at: datetime
) -> DeclaredTie:
    """An officer says how they are tied to a person; what they said before ends."""
    before = own_tie(session, by, person)
    if before is not None:
        before.ended_at = at
        session.flush()
    row = DeclaredTie(
        public_id=new_public_id(), account_id=by, person_id=person.id, kind=kind, declared_at=at
    )
    row.words_sealed = seal(session, row, "words", words.strip())
    session.add(row)
    session.flush()
    record(
        session,
        by,
        "tie.declared",
        "declared_tie",
        row.public_id,
        person=person.public_id,
        detail={"kind": kind.value},
        at=at,
    )
    return row


def end_tie(session: Session, tie: DeclaredTie, person: Person, *, by: int, at: datetime) -> None:
    """The tie is no more, by whoever declared it."""
    tie.ended_at = at
    session.flush()
    record(session, by, "tie.ended", "declared_tie", tie.public_id, person=person.public_id, at=at)


def allow_despite(
    session: Session, candidacy: Candidacy, account_id: int, *, reason: str, by: int, at: datetime
) -> ConflictOverride:
    """Let an officer with a tie decide on this candidacy. Raises MayNotAllow."""
    grounds = conflicts_of(session, account_id, candidacy.person)
    if account_id == by or Conflict.SELF in grounds or not grounds or not reason.strip():
        raise MayNotAllow
    if conflicts_of(session, by, candidacy.person):
        raise MayNotAllow
    there = override_of(session, candidacy, account_id)
    if there is not None:
        return there
    row = ConflictOverride(
        public_id=new_public_id(),
        candidacy_id=candidacy.id,
        account_id=account_id,
        allowed_by_id=by,
        at=at,
    )
    row.reason_sealed = seal(session, row, "reason", reason.strip())
    session.add(row)
    session.flush()
    detail = {"need": candidacy.need.public_id, "grounds": [str(one) for one in grounds]}
    _said(session, "candidacy.allowed", candidacy, by=by, at=at, detail=detail)
    return row


def _said(
    session: Session,
    action: str,
    candidacy: Candidacy,
    *,
    by: int,
    at: datetime,
    detail: Mapping[str, object],
) -> None:
    person = candidacy.person.public_id
    record(session, by, action, "candidacy", candidacy.public_id, person=person, detail=detail, at=at)
