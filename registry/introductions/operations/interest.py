"""«Tôi quan tâm»: given to an open need, withdrawn at any time. Flushes, never commits."""

from datetime import datetime

from sqlalchemy.orm import Session

from registry.audit.operations import record
from registry.db import new_public_id
from registry.db.keys import keyring_of
from registry.introductions.models import Interest
from registry.introductions.operations.errors import (
    AlreadyInterested,
    NeedNotOpen,
    NotInterested,
    NotReachable,
)
from registry.introductions.operations.holding import hold
from registry.introductions.queries.people import is_reachable
from registry.introductions.queries.sealed import sealing_place
from registry.introductions.queries.threads import standing_interest
from registry.introductions.rules import local_day
from registry.needs.models import Need
from registry.needs.rules import NeedState
from registry.people.models import Person


def give_interest(
    session: Session, person: Person, need: Need, *, words: str, by: int, at: datetime
) -> Interest:
    """Say that a person is interested. Raises NeedNotOpen, NotReachable or AlreadyInterested."""
    hold(session, person)
    if need.state is not NeedState.OPEN:
        raise NeedNotOpen
    if not is_reachable(session, person, on=local_day(at)):
        raise NotReachable
    if standing_interest(session, person, need) is not None:
        raise AlreadyInterested
    row = Interest(public_id=new_public_id(), person=person, need=need, given_at=at)
    row.words_sealed = keyring_of(session).seal(words, sealing_place(row)) if words else None
    session.add(row)
    session.flush()
    _record(session, "interest.given", row, by=by, at=at)
    return row


def withdraw_interest(session: Session, person: Person, need: Need, *, by: int, at: datetime) -> None:
    """Take it back, whatever became of the need. Raises NotInterested."""
    hold(session, person)
    row = standing_interest(session, person, need)
    if row is None:
        raise NotInterested
    row.withdrawn_at = at
    session.flush()
    _record(session, "interest.withdrawn", row, by=by, at=at)


def _record(session: Session, action: str, row: Interest, *, by: int, at: datetime) -> None:
    detail = {"need": row.need.public_id}
    record(session, by, action, "interest", row.public_id, person=row.person.public_id, detail=detail, at=at)
