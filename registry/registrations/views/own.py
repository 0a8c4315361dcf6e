"""Whose journey a request is about: the account, its registration, its record once there is one."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import NoReturn

from flask import abort, redirect, request, url_for
from sqlalchemy.orm import Session

from registry.accounts.access import current_account, current_sign_in
from registry.accounts.queries import Member
from registry.accounts.rules import device_name
from registry.people.models import Person
from registry.people.queries import own_record
from registry.people.rules import LegalBasis
from registry.people.views.resolving import HOME_COUNTRY
from registry.registrations.models import Registration
from registry.registrations.operations import Where
from registry.registrations.queries import registration_of
from registry.registrations.rules import ABROAD, IN_ROWS, Audience, RegistrationState, Task, tasks_of
from registry.web.clock import now, today
from registry.web.database import db_session, reads_only
from registry.web.errors import NotVisible


@dataclass(frozen=True)
class Own:
    """The journey of the account of this request."""

    session: Session
    account: Member
    registration: Registration
    person: Person | None
    on: date
    at: datetime

    @property
    def audience(self) -> Audience:
        """Who the person says they are."""
        return self.registration.audience

    @property
    def is_sent(self) -> bool:
        """Whether the profile was sent; then the pages mend it."""
        return self.registration.state is not RegistrationState.OPEN

    @property
    def is_abroad(self) -> bool:
        """Whether the person lives abroad or is no Vietnamese."""
        return self.audience in ABROAD

    @property
    def tasks(self) -> tuple[Task, ...]:
        """The tasks of this audience."""
        return tasks_of(self.audience)

    @property
    def where(self) -> Where:
        """From which sign-in this request comes."""
        return Where(current_sign_in().public_id, device_name(request.user_agent.string))


def registered() -> Own | None:
    """The journey of this account; None before it said who it is."""
    session, account = db_session(), current_account()
    registration = registration_of(session, account.id, to_write=not reads_only())
    person = own_record(session, account.id)
    if registration is None and person is not None:
        registration = _of_record(account.id, person)
    if registration is None:
        return None
    return Own(session, account, registration, person, today(), now())


def _of_record(account_id: int, person: Person) -> Registration:
    """What stands for the journey of somebody whose record an office entered; it is not stored."""
    if person.legal_basis is LegalBasis.LAW:
        audience = Audience.CADRE
    elif (person.residence_country or HOME_COUNTRY) == HOME_COUNTRY:
        audience = Audience.EXPERT
    else:
        is_vietnamese = any(row.country == HOME_COUNTRY for row in person.nationalities)
        audience = Audience.OVERSEAS if is_vietnamese else Audience.FOREIGN
    return Registration(
        account_id=account_id,
        audience=audience,
        state=RegistrationState.LINKED,
        code=person.code,
        unit_path=person.unit_path,
        submitted_at=person.created_at,
    )


def open_own(task: Task | None = None) -> Own:
    """The same for pages of the journey: whoever did not begin is led to its beginning.

    Raises NotVisible for a task that does not concern the audience.
    """
    own = registered()
    if own is None:
        _leave(url_for(".journey"))
    if task is not None and task not in own.tasks:
        raise NotVisible
    return own


def address_of(task: Task) -> str:
    """The first page of a task."""
    if task is Task.CONSENT:
        return url_for(".agreement")
    if task is Task.SKILLS:
        return url_for(".skills")
    if task in IN_ROWS:
        return url_for(".entries", muc=task.value)
    return url_for(".task", muc=task.value)


def _leave(address: str) -> NoReturn:
    abort(redirect(address, 303))
