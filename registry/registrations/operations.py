"""Keeping drafts, and turning them into one record. Flushes, never commits; what is typed is encrypted and not logged."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from registry.audit.operations import record
from registry.consents.models import Notice
from registry.consents.operations import Given
from registry.consents.queries import consent_history, standing_purposes
from registry.consents.rules import Channel
from registry.db.keys import keyring_of
from registry.db.taking import unless_taken
from registry.exchange.operations.cvs import forget_cv
from registry.people.models import Person
from registry.people.operations import (
    AlreadySubmitted,
    EditedMeanwhile,
    IdentityTaken,
    free_code,
    give_consent,
    is_identity_taken,
    register_person,
    settle_waiting,
    take_back_registration,
)
from registry.people.rules import LegalBasis, PersonDraft
from registry.registrations.models import Registration, RegistrationDraft
from registry.registrations.queries import drafts_of, registration_of, sealing_place
from registry.registrations.rules import Audience, RegistrationState, Task, TaskState


class NotOpen(Exception):
    """The registration was sent before, or is another one by now."""


class HasRecord(Exception):
    """The account or the record has another one already."""


class InUse(Exception):
    """Something was done about the record that waited, which has to be settled first."""


@dataclass(frozen=True, slots=True)
class Where:
    """From which sign-in and kind of device something is saved."""

    sign_in: str
    device: str


def begin_registration(
    session: Session, account_id: int, account: str, audience: Audience, *, at: datetime
) -> Registration:
    """Begin the journey of an account, or say anew who they are; `account` is the public id of the account."""
    known = registration_of(session, account_id, to_write=True)
    if known is not None:
        if known.state is not RegistrationState.OPEN:
            raise NotOpen
        known.audience = audience
        session.flush()
        return known
    begun = Registration(account_id=account_id, audience=audience, created_at=at, updated_at=at)
    with unless_taken(session, NotOpen()):
        session.add(begun)
    record(
        session,
        account_id,
        "registration.begun",
        "registration",
        begun.public_id,
        detail={"account": account},
        at=at,
    )
    return begun


def keep_draft(
    session: Session,
    registration: Registration,
    task: Task,
    row: str,
    values: Mapping[str, Sequence[str]],
    *,
    expected: int,
    state: TaskState,
    where: Where,
    at: datetime,
) -> RegistrationDraft:
    """Keep what was typed, right or wrong. Raises EditedMeanwhile when another version was saved since.

    `expected` is the version the form was opened at, 0 for one that was not saved before.
    """
    draft = next((one for one in drafts_of(session, registration, task) if one.row == row), None)
    if (0 if draft is None else draft.version) != expected:
        raise EditedMeanwhile
    if draft is None:
        draft = RegistrationDraft(registration_id=registration.id, task=task, row=row, version=0)
    place = sealing_place(registration, task, row)
    text = json.dumps({name: list(sent) for name, sent in values.items()}, ensure_ascii=False)
    draft.values_sealed = keyring_of(session).seal(text, place)
    draft.version, draft.state, draft.saved_at = expected + 1, state, at
    draft.sign_in, draft.device = where.sign_in, where.device
    with unless_taken(session, EditedMeanwhile()):
        session.add(draft)
    return draft


def drop_draft(session: Session, registration: Registration, task: Task, row: str) -> None:
    """Forget one entry of a task."""
    for draft in drafts_of(session, registration, task):
        if draft.row == row:
            session.delete(draft)
    session.flush()


def drop_registration(session: Session, registration: Registration, *, by: int, at: datetime) -> None:
    """Forget everything that was typed: the person does not agree. The log keeps that there was a journey."""
    record(session, by, "registration.dropped", "registration", registration.public_id, at=at)
    _forget_drafts(session, registration)
    session.delete(registration)
    session.flush()


def submit_registration(
    session: Session, registration: Registration, draft: PersonDraft, *, at: datetime, on: date
) -> Person:
    """Make the record of this registration; one that waits when an officer has to look first.

    That is so when its identity number is in another record. Whoever sends it sees no difference: a code, a record, the
    needs that fit, their rights. The row of the registration must be held (`registration_of(to_write=True)`). Raises
    NotOpen and ConsentMissing.
    """
    if registration.state is not RegistrationState.OPEN:
        raise NotOpen
    registration.code = free_code(session)
    registration.unit_path = draft.unit_path
    registration.submitted_at = at
    registration.state = RegistrationState.SUBMITTED
    by = registration.account_id
    waits = is_identity_taken(session, draft.identities)  # asked first, so that both ways take as long
    try:
        with session.begin_nested():
            person = _register(session, registration, draft, by=by, at=at, on=on, waits=waits)
    except IdentityTaken:
        waits = True  # somebody else was quicker in this moment
        person = _register(session, registration, draft, by=by, at=at, on=on, waits=True)
    if waits:
        _hold(session, registration, person, at)
    _forget_drafts(session, registration)
    return person


def accept_held(
    session: Session, registration: Registration, person: Person, *, by: int, at: datetime
) -> None:
    """An officer found that this is somebody else: their record waits no more, without the number that is taken."""
    _check_held(registration)
    settle_waiting(session, person)
    registration.state = RegistrationState.SUBMITTED
    record(
        session,
        by,
        "registration.accepted",
        "registration",
        registration.public_id,
        person=person.public_id,
        at=at,
    )


def link_held(
    session: Session,
    registration: Registration,
    waiting: Person,
    person: Person,
    *,
    by: int,
    at: datetime,
) -> None:
    """An officer found that this is the person of a record: the account gets that record, and its consents.

    The record that waited is deleted; the person mends the other on their own page. Raises HasRecord, and InUse.
    """
    _check_held(registration)
    if person.account_id is not None:
        raise HasRecord
    given = [
        Given(one.notice, one.given_at, one.channel)
        for one in consent_history(session, waiting.id)
        if one.withdrawn_at is None
    ]
    with unless_taken(session, InUse()):
        take_back_registration(session, waiting, by=by, at=at, reason="")
    with unless_taken(session, HasRecord()):
        person.account_id = registration.account_id
    standing = standing_purposes(consent_history(session, person.id))
    anew = [one for one in given if one.notice.purpose.code not in standing]
    if anew and person.legal_basis is LegalBasis.CONSENT:
        give_consent(session, person, anew, by=by, at=at)
        said_by_the_person(session, person)
    registration.state, registration.code = RegistrationState.LINKED, person.code
    record(
        session,
        by,
        "registration.linked",
        "registration",
        registration.public_id,
        person=person.public_id,
        at=at,
    )


def given_on_screen(notices: Sequence[Notice], at: datetime) -> list[Given]:
    """Agreements ticked on the screen at a moment."""
    return [Given(notice, at, Channel.SCREEN) for notice in notices]


def said_by_the_person(session: Session, person: Person) -> None:
    """Consents of the screen are the person's own: no account stands beside them, whose name might tell who it is."""
    for consent in consent_history(session, person.id):
        if consent.channel is Channel.SCREEN:
            consent.recorded_by_id = None
        if consent.withdrawal_channel is Channel.SCREEN:
            consent.withdrawn_by_id = None
    session.flush()


def _register(
    session: Session,
    registration: Registration,
    draft: PersonDraft,
    *,
    by: int,
    at: datetime,
    on: date,
    waits: bool,
) -> Person:
    try:
        person = register_person(session, draft, by=by, at=at, on=on, code=registration.code, waits=waits)
    except AlreadySubmitted as again:
        raise NotOpen from again
    with unless_taken(session, NotOpen()):
        person.account_id = registration.account_id
    said_by_the_person(session, person)
    return person


def _hold(session: Session, registration: Registration, person: Person, at: datetime) -> None:
    registration.state = RegistrationState.HELD
    session.flush()
    record(
        session,
        registration.account_id,
        "registration.held",
        "registration",
        registration.public_id,
        detail={"kind": ", ".join(one.kind.value for one in person.identities)},
        at=at,
    )


def _check_held(registration: Registration) -> None:
    if registration.state is not RegistrationState.HELD:
        raise NotOpen


def _forget_drafts(session: Session, registration: Registration) -> None:
    """Forget what was typed, and the CV it was filled from."""
    forget_cv(session, registration.account_id)
    for draft in drafts_of(session, registration):
        session.delete(draft)
    session.flush()
