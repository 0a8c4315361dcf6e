"""A few people of the demonstration are on record twice, so that the queue of pairs has something to show."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from registry.accounts.models import Account
from registry.accounts.rules import Viewer
from registry.consents.rules import PurposeCode
from registry.duplicates.operations.finding import compare_people
from registry.people.models import Person
from registry.people.operations import replace_contacts, revise_person, self_of
from registry.people.queries import named_condition, people_for
from registry.people.rules import ContactDraft, ContactKind, PartialDate
from registry.privacy.rules import local_day

_SKIPPED = 12
"""The first people of the office have other things to show."""


def add_duplicates(session: Session, officer: Account, *, unit_path: str, now: datetime) -> None:
    """Make the second of three pairs of people of one office like the first, each in another way."""
    people = _people(session, unit_path, now)
    if len(people) < 6:
        return
    for first, second, change in zip(
        people[::2], people[1::2], (_other_order, _same_phone, _swapped), strict=False
    ):
        change(session, first, second, officer, now)
    session.flush()
    compare_people(session, [one.id for one in people], at=now, on=local_day(now))


def _people(session: Session, unit_path: str, now: datetime) -> list[Person]:
    viewer, on = Viewer.installation(), local_day(now)
    return list(
        session.scalars(
            people_for(viewer, PurposeCode.CONTACT, on=on)
            .where(named_condition(viewer), Person.unit_path.startswith(unit_path))
            .order_by(Person.code)
            .offset(_SKIPPED)
            .limit(6)
        )
    )


def _other_order(session: Session, first: Person, second: Person, officer: Account, now: datetime) -> None:
    """The name as it is written abroad, born on the same day."""
    family, *given = first.full_name.split()
    _revise(session, second, officer, now, full_name=" ".join([*given, family]), birth=first.birth or _BORN)
    if first.birth is None:
        _revise(session, first, officer, now, birth=_BORN)


def _same_phone(session: Session, first: Person, second: Person, officer: Account, now: datetime) -> None:
    """The same telephone number."""
    phone = (ContactDraft(ContactKind.PHONE, "+84912000345", is_preferred=True),)
    for one in (first, second):
        replace_contacts(session, one, phone, by=officer.id, at=now)


def _swapped(session: Session, first: Person, second: Person, officer: Account, now: datetime) -> None:
    """The same name, day and month of birth exchanged."""
    _revise(session, first, officer, now, birth=_BORN)
    _revise(session, second, officer, now, full_name=first.full_name, birth=PartialDate(1984, 9, 4))


_BORN = PartialDate(1984, 4, 9)


def _revise(session: Session, person: Person, officer: Account, now: datetime, **values: Any) -> None:
    draft = replace(self_of(person), **values)
    revise_person(session, person, draft, expected_version=person.version, by=officer.id, at=now)
