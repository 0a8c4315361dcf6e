"""Requests inside a viewer's scopes, nearer clock first; those of one person; how many are due. Reads only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, case, func, select
from sqlalchemy.orm import Session

from registry.accounts.queries import scope_condition
from registry.accounts.rules import Viewer
from registry.people.models import Person
from registry.people.queries import is_public_id
from registry.privacy.models import RightsRequest
from registry.privacy.rules import OPEN_STATES, SOON_DAYS, RequestState, RightKind, working_calendar
from registry.web.paging import PAGE_SIZE, Page

_nearer_due: ColumnElement[date] = case(
    (
        (RightsRequest.state == RequestState.RECEIVED)
        & (RightsRequest.answer_due_on <= RightsRequest.done_due_on),
        RightsRequest.answer_due_on,
    ),
    else_=RightsRequest.done_due_on,
)
"""SQL: the last day of the clock that runs out first."""


def in_scope(viewer: Viewer) -> Select[RightsRequest]:
    """The requests of people whose records the viewer's office keeps, whatever became of those records."""
    return (
        select(RightsRequest)
        .join(RightsRequest.person)
        .where(scope_condition(viewer, Person.unit_path, Person.organisation_path))
    )


def queue(
    session: Session, viewer: Viewer, *, is_open: bool, kind: RightKind | None, number: int
) -> Page[RightsRequest]:
    """One page of requests: open ones by the nearer clock, closed ones newest first."""
    wanted = in_scope(viewer).where(
        RightsRequest.state.in_(OPEN_STATES) if is_open else RightsRequest.state.not_in(OPEN_STATES)
    )
    if kind is not None:
        wanted = wanted.where(RightsRequest.kind == kind)
    total = session.scalar(
        select(func.count()).select_from(wanted.with_only_columns(RightsRequest.id).subquery())
    )
    order = (
        (_nearer_due, RightsRequest.id)
        if is_open
        else (RightsRequest.closed_at.desc(), RightsRequest.id.desc())
    )
    rows = session.scalars(wanted.order_by(*order).limit(PAGE_SIZE).offset((number - 1) * PAGE_SIZE)).all()
    return Page(rows, number, total or 0)


def request_in_scope(session: Session, viewer: Viewer, public_id: str) -> RightsRequest | None:
    """One request inside the viewer's scopes."""
    if not is_public_id(public_id):
        return None
    return session.scalar(in_scope(viewer).where(RightsRequest.public_id == public_id))


def requests_of(session: Session, person: Person) -> Sequence[RightsRequest]:
    """All requests of a person, newest first."""
    return session.scalars(
        select(RightsRequest)
        .where(RightsRequest.person_id == person.id)
        .order_by(RightsRequest.received_at.desc(), RightsRequest.id.desc())
    ).all()


def request_of(session: Session, person: Person, public_id: str) -> RightsRequest | None:
    """One request of this person; another's is not found."""
    if not is_public_id(public_id):
        return None
    return session.scalar(
        select(RightsRequest).where(
            RightsRequest.person_id == person.id, RightsRequest.public_id == public_id
        )
    )


@dataclass(frozen=True)
class Due:
    """How many requests are open, late, and due within the days of a reminder."""

    open: int
    late: int
    soon: int


def due_in(session: Session, viewer: Viewer, *, on: date) -> Due:
    """What waits for the viewer's office on a day."""
    until = working_calendar().add_working_days(on, SOON_DAYS)
    late, soon = _nearer_due < on, _nearer_due.between(on, until)
    counted = in_scope(viewer).where(RightsRequest.state.in_(OPEN_STATES))
    row = session.execute(
        counted.with_only_columns(
            func.count(),
            func.count(case((late, 1))),
            func.count(case((soon, 1))),
        )
    ).one()
    return Due(*row)
