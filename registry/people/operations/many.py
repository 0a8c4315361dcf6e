"""Entering many whole records at once, as an import does: what `register_person` writes, a page of people a statement.

One event tells of each record and one of its consents, exactly as when they are entered one by one. Flushes, never
commits.
"""

import secrets
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.audit.operations import record_new_people
from registry.consents.operations import Given, give_first_consents
from registry.db.bulk import Values, fresh_ids, texts_of, write_rows
from registry.db.keys import keyring_of
from registry.people.models import Availability, IdentityDocument, Person
from registry.people.models.noting import note_changed
from registry.people.models.waiting import look_again
from registry.people.operations.prepared import Plans, Prepared, prepare_people
from registry.people.operations.registration import (
    LONGEST_CODE,
    SHORTEST_CODE,
    TRIES_PER_LENGTH,
    agreed_notices,
    check_ground,
    drawn_code,
)
from registry.people.rules import PersonDraft

_FIRST_VERSION = 1


@dataclass(frozen=True, slots=True)
class Registered:
    """A record that was entered."""

    public_id: str
    version: int


def register_people(
    session: Session, drafts: Sequence[PersonDraft], *, by: int | None, at: datetime, on: date
) -> list[Registered | None]:
    """Enter whole records; None for one whose identity number another record has, of these or of the registry.

    `on` is the day the claims begin to hold. Raises ConsentMissing, and IntegrityError when another transaction took a
    number in the same moment: nothing is entered then, and the records are to be entered one by one.
    """
    for draft in drafts:
        check_ground(draft)
    plans = Plans(session.get_bind().dialect.name)
    prepared = prepare_people(drafts, keyring_of(session), plans, by=by, at=at, on=on)
    return enter_prepared(session, prepared, plans, by=by, at=at, on=on)


def enter_prepared(
    session: Session, prepared: Sequence[Prepared], plans: Plans, *, by: int | None, at: datetime, on: date
) -> list[Registered | None]:
    """The same of records that were made ready before. Each names its ground: whoever made it ready has looked."""
    is_free = _with_free_numbers(session, prepared)
    kept = [one for one, is_kept in zip(prepared, is_free, strict=True) if is_kept]
    with session.begin_nested():
        _enter(session, kept, plans, by, at, on)
    return [
        Registered(one.public_id, _FIRST_VERSION) if is_kept else None
        for one, is_kept in zip(prepared, is_free, strict=True)
    ]


def _enter(
    session: Session, prepared: Sequence[Prepared], plans: Plans, by: int | None, at: datetime, on: date
) -> None:
    if not prepared:
        return
    ids = fresh_ids(session, _table(Person), len(prepared))
    people = list(zip(ids, prepared, strict=True))
    codes = free_codes(session, len(prepared))
    rows = [(own, code, *one.person) for (own, one), code in zip(people, codes, strict=True)]
    write_rows(session, plans.person, rows)
    note_changed(session, ids)
    look_again(session, ids)
    parts: defaultdict[type, list[Values]] = defaultdict(list)
    for own, one in people:
        for kind, row in one.parts:
            parts[kind].append((own, *row))
    for kind, owned in parts.items():
        write_rows(session, plans.owned(kind), owned)
    _state_availability(session, people, plans)
    write_rows(session, plans.words, [(own, *one.words) for own, one in people])
    record_new_people(session, by, [one.event for one in prepared], at=at)
    _give(session, people, by, at, on)


_People = Sequence[tuple[int, Prepared]]


def _state_availability(session: Session, people: _People, plans: Plans) -> None:
    """The statements about being free, each with its forms of work."""
    said = [(own, one.free, one.forms) for own, one in people if one.free is not None]
    ids = fresh_ids(session, _table(Availability), len(said)) if said else []
    stated = list(zip(ids, said, strict=True))
    write_rows(session, plans.free, [(number, own, *free) for number, (own, free, _forms) in stated])
    forms = [(number, *form) for number, (*_said, own_forms) in stated for form in own_forms]
    write_rows(session, plans.form, forms)


def _give(session: Session, people: _People, by: int | None, at: datetime, on: date) -> None:
    agreed = [(own, one.public_id, one.consents) for own, one in people if one.consents]
    if not agreed:
        return
    notices = agreed_notices(session, [one for *_, consents in agreed for one in consents], on)
    given = [
        (
            person_id,
            public_id,
            [Given(notices[one.language][one.purpose], one.given_at, one.channel) for one in own],
        )
        for person_id, public_id, own in agreed
    ]
    give_first_consents(session, given, by=by, at=at)


def _with_free_numbers(session: Session, prepared: Sequence[Prepared]) -> list[bool]:
    """Of each, whether no record and none before it has one of its identity numbers."""
    wanted = {digest for one in prepared for digest in one.digests}
    held = select(IdentityDocument.number_digest).where(
        IdentityDocument.number_digest.in_(texts_of(session, wanted))
    )
    taken = set(session.scalars(held)) if wanted else set[str]()
    found: list[bool] = []
    for one in prepared:
        found.append(taken.isdisjoint(one.digests))
        if found[-1]:
            taken |= set(one.digests)
    return found


def free_codes(session: Session, count: int, draw: Callable[[int], int] = secrets.randbelow) -> list[str]:
    """So many random codes that nobody has, as `free_code` gives one."""
    found: dict[str, None] = {}
    for length in range(SHORTEST_CODE, LONGEST_CODE + 1):
        for _ in range(TRIES_PER_LENGTH):
            drawn = dict.fromkeys(drawn_code(length, draw) for _ in range(count - len(found)))
            taken = set(session.scalars(select(Person.code).where(Person.code.in_(texts_of(session, drawn)))))
            found |= {code: None for code in drawn if code not in taken}
            if len(found) == count:
                return list(found)
    raise RuntimeError("not enough free codes were found")


def _table(model: Any) -> Any:
    return model.__table__
