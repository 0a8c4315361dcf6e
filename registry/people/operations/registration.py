"""Entering a whole record, and taking back what an import entered. Flushes, never commits."""

import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.consents.models import Notice
from registry.consents.operations import Given, give_consents
from registry.consents.queries import current_notices
from registry.consents.rules import PurposeCode
from registry.db import new_public_id
from registry.db.taking import unless_taken
from registry.people.models import Person
from registry.people.operations.claims import write_language, write_skill
from registry.people.operations.entries import EntryDraft, write_new
from registry.people.operations.errors import AlreadySubmitted, ConsentMissing
from registry.people.operations.identity import (
    masked,
    write_contacts,
    write_identity,
    write_self,
    write_waiting_identity,
)
from registry.people.operations.traces import plain, trace
from registry.people.operations.wishes import write_availability, write_place
from registry.people.rules import ConsentDraft, LegalBasis, PersonDraft, PersonState

# Five digits are easy to say on the telephone; where they are taken, codes grow.
SHORTEST_CODE = 5
LONGEST_CODE = 9
TRIES_PER_LENGTH = 4
_HIDDEN = frozenset({"identities", "consents", "submission_key"})


def register_person(
    session: Session,
    draft: PersonDraft,
    *,
    by: int | None,
    at: datetime,
    on: date,
    public_id: str | None = None,
    code: str | None = None,
    waits: bool = False,
) -> Person:
    """Enter a record with all its parts; one event tells of it and one of its consents.

    `on` is the day the claims begin to hold. `public_id` and `code` are given only by generators of
    demonstration data. With `waits` the record is used for nothing until an officer has found out whose its identity
    number is (`settle_waiting`). Raises ConsentMissing, AlreadySubmitted and IdentityTaken.
    """
    check_ground(draft)
    person = Person(
        public_id=public_id or new_public_id(),
        code=code or free_code(session),
        external_id=draft.external_id,
        submission_key=draft.submission_key,
        state=PersonState.PENDING if waits else draft.state,
        legal_basis=draft.legal_basis,
        author=draft.author,
        unit_id=draft.unit_id,
        unit_path=draft.unit_path,
        organisation_id=draft.organisation_id,
        organisation_path=draft.organisation_path,
        confirmed_on=on,
        edited_by_id=by,
        created_at=at,
        updated_at=at,
    )
    write_self(person, draft.self)
    write_contacts(session, person, draft.contacts)
    with unless_taken(session, AlreadySubmitted()):
        session.add(person)
    for document in draft.identities:
        (write_waiting_identity if waits else write_identity)(session, person, document)
    _write_parts(session, person, draft, by, on)
    session.flush()
    _trace_registration(session, person, draft, by, at)
    _give(session, person, draft.consents, by, at, on)
    session.refresh(person, ["agrees_to_be_named"])
    return person


def settle_waiting(session: Session, person: Person) -> None:
    """The record that waited is somebody else's than the holder of its number: in use from now on, without it."""
    person.identities.clear()
    person.state = PersonState.ACTIVE
    session.flush()


def check_ground(draft: PersonDraft) -> None:
    agreed = {consent.purpose for consent in draft.consents}
    if draft.legal_basis is LegalBasis.CONSENT and PurposeCode.REGISTRY not in agreed:
        raise ConsentMissing


def free_code(session: Session, draw: Callable[[int], int] = secrets.randbelow) -> str:
    """A random code that nobody has; it says nothing about when the record was made.

    `draw(n)` gives a number from 0 below n.
    """
    for length in range(SHORTEST_CODE, LONGEST_CODE + 1):
        for _ in range(TRIES_PER_LENGTH):
            code = drawn_code(length, draw)
            if session.scalar(select(Person.id).where(Person.code == code)) is None:
                return code
    raise RuntimeError("no free code was found")


def drawn_code(length: int, draw: Callable[[int], int]) -> str:
    """A code of so many digits, whoever has it."""
    return f"HS-{draw(9 * 10 ** (length - 1)) + 10 ** (length - 1)}"


def _write_parts(session: Session, person: Person, draft: PersonDraft, by: int | None, on: date) -> None:
    entries: Sequence[EntryDraft] = (
        *draft.experts,
        *draft.cadres,
        *draft.overseas,
        *draft.education,
        *draft.experience,
        *draft.achievements,
    )
    session.add_all(write_new(person, entry) for entry in entries)
    session.add_all(write_language(person, language, on) for language in draft.languages)
    session.add_all(write_skill(person, skill, on) for skill in draft.skills)
    if draft.availability is not None:
        session.add(write_availability(person, draft.availability, by))
    session.add_all(write_place(person, place, on) for place in draft.places)


def _trace_registration(
    session: Session, person: Person, draft: PersonDraft, by: int | None, at: datetime
) -> None:
    trace(
        session,
        person,
        "person.registered",
        by=by,
        at=at,
        changes=registration_said(draft),
        detail=registration_detail(draft),
    )


def registration_said(draft: PersonDraft) -> dict[str, tuple[object, object]]:
    """The whole draft is the event's «after», without identity numbers: their ends are enough."""
    changes: dict[str, tuple[object, object]] = {
        name: (None, plain(getattr(draft, name)))
        for name in draft.__dataclass_fields__
        if name not in _HIDDEN
    }
    changes["identities"] = (None, [f"{one.kind} {masked(one.number)}" for one in draft.identities])
    return changes


def registration_detail(draft: PersonDraft) -> dict[str, object]:
    """What the event says in the clear."""
    return {"legal_basis": draft.legal_basis.value, "author": draft.author.value}


def _give(
    session: Session,
    person: Person,
    drafts: Sequence[ConsentDraft],
    by: int | None,
    at: datetime,
    on: date,
) -> None:
    if not drafts:
        return
    notices = agreed_notices(session, drafts, on)
    given = [Given(notices[one.language][one.purpose], one.given_at, one.channel) for one in drafts]
    give_consents(session, person.id, person.public_id, given, by=by, at=at)


def agreed_notices(
    session: Session, drafts: Iterable[ConsentDraft], on: date
) -> Mapping[str, Mapping[PurposeCode, Notice]]:
    """The notices that consents are given to, by language and purpose."""
    return {
        language: {notice.purpose.code: notice for notice in current_notices(session, language, on)}
        for language in {draft.language for draft in drafts}
    }


def take_back_registration(
    session: Session, person: Person, *, by: int | None, at: datetime, reason: str
) -> None:
    """Delete a record that should not have been entered, as when an import is undone; the log keeps the event."""
    trace(
        session,
        person,
        "person.registration_taken_back",
        by=by,
        at=at,
        detail={"code": person.code},
        reason=reason,
    )
    session.delete(person)
    session.flush()
