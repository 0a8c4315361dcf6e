"""Noting that a record was given for one need only, that the office chose the person, or that it was a slip. No commit."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from registry.audit.operations import record
from registry.needs.models import Need
from registry.people.models import Person
from registry.privacy.models import GivenForNeed


class AlreadyNoted(Exception):
    """The record is noted for this need already."""


def note_given_for(
    session: Session, person: Person, need: Need, *, on: date, by: int | None, at: datetime
) -> GivenForNeed:
    """Keep that the person gave the record for this need only. Raises AlreadyNoted."""
    row = GivenForNeed(
        person_id=person.id, need=need, given_on=on, recorded_by_id=by, created_at=at, updated_at=at
    )
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError as raced:
        raise AlreadyNoted from raced
    _record(session, "given_for_need.recorded", person, need, by, at)
    return row


def choose_for(session: Session, person: Person, row: GivenForNeed, *, by: int, at: datetime) -> None:
    """The office took the person for the need: the record goes on serving it."""
    row.is_chosen = True
    session.flush()
    _record(session, "given_for_need.chosen", person, row.need, by, at)


def take_back_given(session: Session, person: Person, row: GivenForNeed, *, by: int, at: datetime) -> None:
    """It was a slip, or the person says that the record is for more than this need."""
    _record(session, "given_for_need.removed", person, row.need, by, at)
    session.delete(row)
    session.flush()


def given_for(session: Session, person: Person) -> list[GivenForNeed]:
    """The needs a record was given for, newest first."""
    rows = session.scalars(
        select(GivenForNeed).where(GivenForNeed.person_id == person.id).order_by(GivenForNeed.id.desc())
    )
    return list(rows)


def _record(session: Session, action: str, person: Person, need: Need, by: int | None, at: datetime) -> None:
    detail = {"need": need.public_id}
    record(session, by, action, "person", person.public_id, person=person.public_id, detail=detail, at=at)
