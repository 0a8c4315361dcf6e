"""Entering many whole records at once, as an import does: what `register_person` writes, a page of people a statement.

One event tells of each record and one of its consents, exactly as when they are entered one by one. Flushes, never
commits.
"""

import secrets
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from registry.audit.operations import PersonEvent, record_people
from registry.consents.operations import Given, give_first_consents
from registry.db import new_public_id
from registry.people.models import Availability, AvailabilityForm, IdentityDocument, Person
from registry.people.models.bulk_writes import NOTED
from registry.people.models.keeping_text import text_changed
from registry.people.models.noting import note_changed
from registry.people.models.sealed import identity_digests
from registry.people.models.waiting import look_again
from registry.people.operations.registration import (
    LONGEST_CODE,
    SHORTEST_CODE,
    TRIES_PER_LENGTH,
    agreed_notices,
    check_ground,
    drawn_code,
    registration_detail,
    registration_said,
)
from registry.people.operations.rows import Named, free_row, person_row, rows_of
from registry.people.rules import IdentityDraft, PersonDraft

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
    is_free = _with_free_numbers(session, drafts)
    kept = [draft for draft, is_kept in zip(drafts, is_free, strict=True) if is_kept]
    public_ids = [new_public_id() for _ in kept]
    with session.begin_nested():
        _enter(session, kept, public_ids, by, at, on)
    made = iter(public_ids)
    return [Registered(next(made), _FIRST_VERSION) if is_kept else None for is_kept in is_free]


def _enter(
    session: Session,
    drafts: Sequence[PersonDraft],
    public_ids: Sequence[str],
    by: int | None,
    at: datetime,
    on: date,
) -> None:
    if not drafts:
        return
    codes = free_codes(session, len(drafts))
    rows = [
        person_row(draft, public_id, code, by=by, at=at, on=on)
        for draft, public_id, code in zip(drafts, public_ids, codes, strict=True)
    ]
    ids = _with_ids(session, Person, "public_id", rows)
    note_changed(session, ids.values())
    text_changed(session, ids.values())
    look_again(session, ids.values())
    people = [(ids[public_id], public_id, draft) for public_id, draft in zip(public_ids, drafts, strict=True)]
    parts: defaultdict[type, list[dict[str, Any]]] = defaultdict(list)
    for person_id, public_id, draft in people:
        for table, row in rows_of(session, person_id, Named(public_id), draft, on):
            parts[table].append(row)
    for table, own in parts.items():
        session.execute(_noted(insert(_table(table))), own)
    _state_availability(session, people, by)
    events = [
        PersonEvent(public_id, "person.registered", registration_said(draft), registration_detail(draft))
        for _person_id, public_id, draft in people
    ]
    record_people(session, by, events, at=at)
    _give(session, people, by, at, on)


_People = Sequence[tuple[int, str, PersonDraft]]


def _state_availability(session: Session, people: _People, by: int | None) -> None:
    """The statements about being free, each with its forms of work."""
    said = {person_id: draft.availability for person_id, _, draft in people if draft.availability is not None}
    if not said:
        return
    rows = [free_row(person_id, draft, by) for person_id, draft in said.items()]
    ids = _with_ids(session, Availability, "person_id", rows)
    forms = [
        {"availability_id": ids[person_id], "form": form}
        for person_id, draft in said.items()
        for form in sorted(draft.forms)
    ]
    if forms:
        session.execute(_noted(insert(_table(AvailabilityForm))), forms)


def _give(session: Session, people: _People, by: int | None, at: datetime, on: date) -> None:
    agreed = [
        (person_id, public_id, draft.consents) for person_id, public_id, draft in people if draft.consents
    ]
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


def _with_free_numbers(session: Session, drafts: Sequence[PersonDraft]) -> list[bool]:
    """Of each draft, whether no record and no draft before it has one of its identity numbers."""
    digests = [_digests(session, draft.identities) for draft in drafts]
    wanted = {digest for own in digests for digest in own}
    held = select(IdentityDocument.number_digest).where(IdentityDocument.number_digest.in_(wanted))
    taken = set(session.scalars(held)) if wanted else set[str]()
    found: list[bool] = []
    for own in digests:
        found.append(not own & taken)
        if found[-1]:
            taken |= own
    return found


def _digests(session: Session, identities: Sequence[IdentityDraft]) -> set[str]:
    return {digest for one in identities for digest in identity_digests(session, one.kind, one.number)}


def free_codes(session: Session, count: int, draw: Callable[[int], int] = secrets.randbelow) -> list[str]:
    """So many random codes that nobody has, as `free_code` gives one."""
    found: dict[str, None] = {}
    for length in range(SHORTEST_CODE, LONGEST_CODE + 1):
        for _ in range(TRIES_PER_LENGTH):
            drawn = dict.fromkeys(drawn_code(length, draw) for _ in range(count - len(found)))
            taken = set(session.scalars(select(Person.code).where(Person.code.in_(drawn))))
            found |= {code: None for code in drawn if code not in taken}
            if len(found) == count:
                return list(found)
    raise RuntimeError("not enough free codes were found")


def _with_ids(session: Session, model: type, key: str, rows: Sequence[Mapping[str, Any]]) -> dict[Any, int]:
    """Insert rows and tell their numbers by a column that tells them apart."""
    table = _table(model)
    added = _noted(insert(table).returning(table.c[key], table.c.id))
    found: Any = session.execute(added, rows)
    return {row[0]: row[1] for row in found}


def _table(model: Any) -> Any:
    return model.__table__


def _noted(statement: Any) -> Any:
    """All of these people were noted before."""
    return statement.execution_options(**{NOTED: True})
