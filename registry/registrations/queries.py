"""Reads of registrations and their drafts. Values are opened here and nowhere else; nothing is written."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, literal, select
from sqlalchemy.orm import Session

from registry.accounts.queries import scope_condition
from registry.accounts.rules import Viewer
from registry.db.keys import keyring_of
from registry.people.queries import accounts_out_of_lists
from registry.registrations.models import Registration, RegistrationDraft
from registry.registrations.rules import RegistrationState, Task, TaskState

Values = dict[str, list[str]]
"""What a form sent, by the name of its fields."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A draft in the clear."""

    row: str
    version: int
    state: TaskState
    values: Values
    saved_at: datetime
    sign_in: str
    device: str


def sealing_place(registration: Registration, task: Task, row: str) -> str:
    """Where a sealed draft belongs: moved elsewhere, it does not open."""
    return f"registration_draft.values:{registration.public_id}:{task}:{row}"


def registration_of(session: Session, account_id: int, *, to_write: bool = False) -> Registration | None:
    """The registration of an account; `to_write` lets one writer at a time have it."""
    found = select(Registration).where(Registration.account_id == account_id)
    if to_write:
        found = found.with_for_update().execution_options(populate_existing=True)
    return session.scalar(found)


def drafts_of(
    session: Session, registration: Registration, task: Task | None = None
) -> list[RegistrationDraft]:
    """The drafts of a registration, or of one of its tasks, oldest first."""
    found = select(RegistrationDraft).where(RegistrationDraft.registration_id == registration.id)
    if task is not None:
        found = found.where(RegistrationDraft.task == task)
    return list(
        session.scalars(found.order_by(RegistrationDraft.id).execution_options(populate_existing=True))
    )


def opened_draft(session: Session, registration: Registration, draft: RegistrationDraft) -> Kept:
    """What was typed, in the clear."""
    place = sealing_place(registration, draft.task, draft.row)
    values: Values = json.loads(keyring_of(session).open(draft.values_sealed, place))
    return Kept(draft.row, draft.version, draft.state, values, draft.saved_at, draft.sign_in, draft.device)


def held_registrations(session: Session, viewer: Viewer, *, on: date) -> Sequence[Registration]:
    """The registrations officers of these scopes decide about, the longest waiting first.

    Whoever paused or took back a consent waits for nobody meanwhile: no law makes an office decide sooner.
    """
    waiting = _held(viewer).where(Registration.account_id.not_in(accounts_out_of_lists(on)))
    return session.scalars(waiting.order_by(Registration.submitted_at, Registration.id)).all()


def held_registration(
    session: Session, viewer: Viewer, public_id: str, *, to_write: bool = False
) -> Registration | None:
    """One of them; `to_write` lets one officer at a time decide."""
    found = _held(viewer).where(Registration.public_id == public_id)
    return session.scalar(found.with_for_update() if to_write else found)


def _held(viewer: Viewer) -> Select[Registration]:
    no_organisation = literal("")
    return select(Registration).where(
        Registration.state == RegistrationState.HELD,
        scope_condition(viewer, Registration.unit_path, no_organisation),
    )
