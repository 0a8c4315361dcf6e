"""Orders, quotas, partners, lecturers, curricula and what offices require, in the viewer's scopes. Reads only."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_, func, or_, select, union
from sqlalchemy.orm import Session, joinedload

from registry.accounts.rules import Permission, Viewer
from registry.consents.rules import PurposeCode
from registry.organisations.models import Organisation
from registry.people.models import CadreFacet, Person
from registry.people.queries.visible import visible_condition
from registry.text import fold
from registry.training.models import (
    Participation,
    SessionLecturer,
    SessionPartner,
    TrainingCourse,
    TrainingOrder,
    TrainingProgramme,
    TrainingQuota,
    TrainingRequirement,
    TrainingSession,
)
from registry.training.queries.scopes import in_scope, row_of
from registry.training.rules import OrderState, PartnerRole, Progress, progress_of
from registry.web.paging import PAGE_SIZE, Page

_MOST = 500


def orders_page(session: Session, viewer: Viewer, state: OrderState | None, page: int) -> Page[TrainingOrder]:
    """One page of orders, those due first on top."""
    conditions = [in_scope(viewer, TrainingOrder)]
    conditions += [TrainingOrder.state == state] if state else []
    total = session.scalar(select(func.count(TrainingOrder.id)).where(*conditions)) or 0
    rows = session.scalars(
        select(TrainingOrder)
        .where(*conditions)
        .options(joinedload(TrainingOrder.ordering), joinedload(TrainingOrder.provider))
        .order_by(TrainingOrder.closed_on.is_not(None), TrainingOrder.deadline.nulls_last(), TrainingOrder.id)
        .limit(PAGE_SIZE)
        .offset((page - 1) * PAGE_SIZE)
    ).all()
    return Page(rows, page, total)


def order_of(session: Session, viewer: Viewer, public_id: str) -> TrainingOrder | None:
    """One order."""
    options = (
        joinedload(TrainingOrder.ordering),
        joinedload(TrainingOrder.provider),
        joinedload(TrainingOrder.session).joinedload(TrainingSession.course),
    )
    return row_of(session, viewer, TrainingOrder, public_id, *options)


def quotas(session: Session, viewer: Viewer) -> Sequence[TrainingQuota]:
    """All quotas in scope, the latest period first."""
    return session.scalars(
        select(TrainingQuota)
        .where(in_scope(viewer, TrainingQuota))
        .order_by(TrainingQuota.period_start.desc(), TrainingQuota.id)
        .limit(_MOST)
    ).all()


@dataclass(frozen=True)
class PartnerLine:
    """An institution with its roles, countries, and how many sessions and programmes it stands beside."""

    organisation: Organisation
    roles: tuple[PartnerRole, ...]
    countries: tuple[str, ...]
    sessions: int
    programmes: int
    periods: tuple[tuple[date | None, date | None], ...]


def partners(session: Session, viewer: Viewer) -> list[PartnerLine]:
    """Distinct institutions, each once however often it stands beside something (BT4). One statement."""
    rows = session.scalars(
        select(SessionPartner)
        .outerjoin(TrainingSession, TrainingSession.id == SessionPartner.session_id)
        .outerjoin(TrainingProgramme, TrainingProgramme.id == SessionPartner.programme_id)
        .join(Organisation, Organisation.id == SessionPartner.organisation_id)
        .where(or_(_seen(viewer, TrainingSession), _seen(viewer, TrainingProgramme)))
        .options(joinedload(SessionPartner.organisation))
        .order_by(Organisation.sort_key, Organisation.id, SessionPartner.id)
    ).all()
    found: dict[int, list[SessionPartner]] = defaultdict(list)
    for row in rows:
        found[row.organisation_id].append(row)
    return [_partner_line(named) for named in found.values()]


def _seen(viewer: Viewer, model: Any) -> Any:
    return model.id.is_not(None) & in_scope(viewer, model)


def _partner_line(named: Sequence[SessionPartner]) -> PartnerLine:
    return PartnerLine(
        named[0].organisation,
        tuple(sorted({one.role for one in named})),
        tuple(sorted({one.country for one in named if one.country})),
        len({one.session_id for one in named if one.session_id}),
        len({one.programme_id for one in named if one.programme_id}),
        tuple(
            sorted(
                {(one.period_start, one.period_end) for one in named if one.period_start or one.period_end},
                key=str,
            )
        ),
    )


@dataclass(frozen=True)
class LecturerLine:
    """Somebody who teaches, in how many sessions, for how many hours as far as stated.

    No person: a name alone, or (without a name) somebody whose record the viewer may not see.
    """

    person: Person | None
    name: str
    sessions: int
    hours: int


def lecturers(session: Session, viewer: Viewer, page: int, *, on: date) -> Page[LecturerLine]:
    """One page of lecturers: people once each, names alone once each spelling. Never learners (TR-08)."""
    grouped = (
        select(
            SessionLecturer.person_id.label("person_id"),
            SessionLecturer.name.label("name"),
            func.count(SessionLecturer.id).label("sessions"),
            func.coalesce(func.sum(SessionLecturer.hours), 0).label("hours"),
        )
        .join(TrainingSession, TrainingSession.id == SessionLecturer.session_id)
        .where(in_scope(viewer, TrainingSession))
        .group_by(SessionLecturer.person_id, SessionLecturer.name)
        .subquery()
    )
    total = session.scalar(select(func.count()).select_from(grouped)) or 0
    seen = visible_condition(viewer.limited_to(Permission.PEOPLE_READ), PurposeCode.REGISTRY, on=on)
    rows: Any = session.execute(
        select(Person, grouped.c.name, grouped.c.sessions, grouped.c.hours)
        .select_from(grouped)
        .outerjoin(Person, and_(Person.id == grouped.c.person_id, seen))
        .order_by(grouped.c.sessions.desc(), grouped.c.person_id, grouped.c.name)
        .limit(PAGE_SIZE)
        .offset((page - 1) * PAGE_SIZE)
    )
    return Page([LecturerLine(*row) for row in rows], page, total)


def requirements(session: Session, viewer: Viewer) -> Sequence[TrainingRequirement]:
    """What offices require, by office."""
    return session.scalars(
        select(TrainingRequirement)
        .where(in_scope(viewer, TrainingRequirement))
        .options(joinedload(TrainingRequirement.course))
        .order_by(TrainingRequirement.office_folded, TrainingRequirement.id)
        .limit(_MOST)
    ).all()


def requirement_of(session: Session, viewer: Viewer, public_id: str) -> TrainingRequirement | None:
    """One requirement."""
    options = joinedload(TrainingRequirement.course)
    return row_of(session, viewer, TrainingRequirement, public_id, options)


def progress_under(
    session: Session, viewer: Viewer, required: TrainingRequirement, *, on: date
) -> list[tuple[Person, Progress]]:
    """Whoever holds the office now, with where they stand in the required course (TR-07)."""
    people_viewer = viewer.limited_to(Permission.PEOPLE_READ)
    named = _offices_like(session, required.office_folded)
    holds = or_(CadreFacet.valid_to.is_(None), CadreFacet.valid_to >= on)
    holders = select(CadreFacet.person_id).where(
        holds, or_(CadreFacet.office.in_(named), CadreFacet.position.in_(named))
    )
    people = {
        person.id: person
        for person in session.scalars(
            select(Person)
            .where(
                Person.id.in_(holders),
                Person.unit_path.startswith(required.unit_path, autoescape=True),
                Person.organisation_path.startswith(required.organisation_path, autoescape=True),
                visible_condition(people_viewer, PurposeCode.REGISTRY, on=on),
            )
            .order_by(Person.name_sort_key, Person.id)
            .limit(_MOST)
        )
    }
    taken = _taken(session, required.course_id, list(people))
    return [(person, progress_of(taken.get(number, ()))) for number, person in people.items()]


def _offices_like(session: Session, folded: str) -> list[str]:
    """The ways an office is written on cadre facets: neither database folds Vietnamese, and there are few."""
    written = session.scalars(
        union(select(CadreFacet.office), select(CadreFacet.position)).order_by("office")
    )
    return [one for one in written if fold(one) == folded]


def _taken(session: Session, course_id: int, people: Sequence[int]) -> Mapping[int, list[tuple[Any, Any]]]:
    found: dict[int, list[tuple[Any, Any]]] = defaultdict(list)
    rows = session.execute(
        select(Participation.person_id, Participation.state, Participation.result)
        .join(TrainingSession, TrainingSession.id == Participation.session_id)
        .where(TrainingSession.course_id == course_id, Participation.person_id.in_(people))
    )
    for person_id, state, result in rows:
        found[person_id or 0].append((state, result))
    return found


def curricula(session: Session, viewer: Viewer) -> Sequence[TrainingCourse]:
    """The courses that have a tier, by tier and name (TR-09)."""
    return session.scalars(
        select(TrainingCourse)
        .where(in_scope(viewer, TrainingCourse), TrainingCourse.tier.is_not(None))
        .order_by(TrainingCourse.name_folded, TrainingCourse.id)
        .limit(_MOST)
    ).all()
