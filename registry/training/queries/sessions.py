"""Courses and sessions in the viewer's scopes, with how many take part. Reads only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, case, extract, func, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload, selectinload

from registry.accounts.rules import Viewer
from registry.organisations.models import Organisation
from registry.text import fold
from registry.training.models import (
    CourseSkill,
    Participation,
    SessionLecturer,
    SessionPartner,
    TrainingCourse,
    TrainingProgramme,
    TrainingSession,
)
from registry.training.queries.scopes import in_scope, row_of
from registry.training.rules import TOOK_PART, Mode, Result, SessionState, Tier
from registry.web.paging import PAGE_SIZE, Page

_WHOLE_SESSION = (
    joinedload(TrainingSession.course).joinedload(TrainingCourse.programme),
    joinedload(TrainingSession.course).selectinload(TrainingCourse.skills).joinedload(CourseSkill.skill),
    joinedload(TrainingSession.organisation),
    joinedload(TrainingSession.unit),
    selectinload(TrainingSession.partners).joinedload(SessionPartner.organisation),
    selectinload(TrainingSession.lecturers).joinedload(SessionLecturer.person),
    selectinload(TrainingSession.seat_plans),
)
_WHOLE_COURSE = (
    joinedload(TrainingCourse.programme),
    joinedload(TrainingCourse.organisation),
    joinedload(TrainingCourse.unit),
    selectinload(TrainingCourse.skills).joinedload(CourseSkill.skill),
)
_LARGEST_YEAR = 9999


@dataclass(frozen=True)
class SessionFilter:
    """What a list of sessions is narrowed to; empty is everything."""

    words: str = ""
    category: str = ""
    state: SessionState | None = None
    mode: Mode | None = None
    tier: Tier | None = None
    unit_path: str = ""
    year: int | None = None


@dataclass(frozen=True)
class Attended:
    """Of a session: how many stand in it, how many took part, how many passed."""

    entered: int = 0
    attended: int = 0
    passed: int = 0


def sessions_page(
    session: Session, viewer: Viewer, wanted: SessionFilter, page: int
) -> Page[tuple[TrainingSession, Attended]]:
    """One page of sessions, those that begin last first. Three statements."""
    conditions = [in_scope(viewer, TrainingSession), *conditions_of(wanted)]
    counting = select(func.count(TrainingSession.id)).join(TrainingSession.course)
    total = session.scalar(counting.where(*conditions)) or 0
    begins: Any = func.coalesce(TrainingSession.actual_start, TrainingSession.planned_start)
    rows = session.scalars(
        select(TrainingSession)
        .join(TrainingSession.course)
        .where(*conditions)
        .options(contains_eager(TrainingSession.course), joinedload(TrainingSession.organisation))
        .order_by(begins.desc().nulls_last(), TrainingSession.id.desc())
        .limit(PAGE_SIZE)
        .offset((page - 1) * PAGE_SIZE)
    ).all()
    counted = attended_in(session, [one.id for one in rows])
    return Page([(one, counted.get(one.id, Attended())) for one in rows], page, total)


def conditions_of(wanted: SessionFilter) -> list[ColumnElement[bool]]:
    """What a filter asks of sessions joined to their courses."""
    plain = (
        (TrainingCourse.category, wanted.category),
        (TrainingCourse.tier, wanted.tier),
        (TrainingSession.state, wanted.state),
        (TrainingSession.mode, wanted.mode),
    )
    found: list[ColumnElement[bool]] = [column == value for column, value in plain if value]
    if wanted.unit_path:
        found.append(TrainingSession.unit_path.startswith(wanted.unit_path, autoescape=True))
    if wanted.year is not None and 1 <= wanted.year < _LARGEST_YEAR:
        begins = func.coalesce(TrainingSession.actual_start, TrainingSession.planned_start)
        found.append(begins.between(date(wanted.year, 1, 1), date(wanted.year, 12, 31)))
    if fold(wanted.words):
        holds = TrainingCourse.name_folded.contains(fold(wanted.words), autoescape=True)
        found.append(or_(holds, func.lower(TrainingSession.code) == wanted.words.lower()))
    return found


def attended_in(session: Session, ids: Sequence[int]) -> Mapping[int, Attended]:
    """The counts of sessions by their row ids. One statement."""
    if not ids:
        return {}

    def counted(condition: Any) -> Any:
        return func.sum(case((condition, 1), else_=0))

    rows = session.execute(
        select(
            Participation.session_id,
            func.count(Participation.id),
            counted(Participation.state.in_(sorted(TOOK_PART))),
            counted(Participation.result == Result.PASSED),
        )
        .where(Participation.session_id.in_(list(ids)))
        .group_by(Participation.session_id)
    )
    return {number: Attended(entered, came or 0, passed or 0) for number, entered, came, passed in rows}


def session_years(session: Session, viewer: Viewer) -> list[int]:
    """The years sessions begin in, the last first."""
    begins = func.coalesce(TrainingSession.actual_start, TrainingSession.planned_start)
    year = extract("year", begins)
    rows = session.scalars(
        select(year).where(in_scope(viewer, TrainingSession), begins.is_not(None)).distinct()
    )
    return sorted({int(one) for one in rows}, reverse=True)


def session_of(session: Session, viewer: Viewer, public_id: str) -> TrainingSession | None:
    """A session with all its page shows."""
    return row_of(session, viewer, TrainingSession, public_id, *_WHOLE_SESSION)


def session_with_code(session: Session, viewer: Viewer, code: str) -> TrainingSession | None:
    """The session of a code people write."""
    wanted = select(TrainingSession).where(
        TrainingSession.code == code.strip(), in_scope(viewer, TrainingSession)
    )
    return session.scalar(wanted.options(joinedload(TrainingSession.course)))


def course_of(session: Session, viewer: Viewer, public_id: str) -> TrainingCourse | None:
    """A course with all its page shows."""
    return row_of(session, viewer, TrainingCourse, public_id, *_WHOLE_COURSE)


def programme_of(session: Session, viewer: Viewer, public_id: str) -> TrainingProgramme | None:
    """A programme."""
    return row_of(session, viewer, TrainingProgramme, public_id, joinedload(TrainingProgramme.organisation))


def programmes(session: Session, viewer: Viewer) -> Sequence[TrainingProgramme]:
    """All programmes in scope, the latest first."""
    return session.scalars(
        select(TrainingProgramme)
        .where(in_scope(viewer, TrainingProgramme))
        .order_by(TrainingProgramme.period_start.desc().nulls_last(), TrainingProgramme.id)
    ).all()


def programme_partners(session: Session, programme: TrainingProgramme) -> Sequence[SessionPartner]:
    """The institutions beside a whole programme, in the order in which they were named."""
    return session.scalars(
        select(SessionPartner)
        .where(SessionPartner.programme_id == programme.id)
        .options(joinedload(SessionPartner.organisation))
        .order_by(SessionPartner.id)
    ).all()


def courses_page(
    session: Session,
    viewer: Viewer,
    category: str,
    tier: Tier | None,
    page: int,
    *,
    programme_id: int | None = None,
) -> Page[tuple[TrainingCourse, int]]:
    """One page of courses in the order of their names, each with how many sessions it has."""
    conditions = [in_scope(viewer, TrainingCourse)]
    conditions += [TrainingCourse.category == category] if category else []
    conditions += [TrainingCourse.tier == tier] if tier else []
    conditions += [TrainingCourse.programme_id == programme_id] if programme_id else []
    total = session.scalar(select(func.count(TrainingCourse.id)).where(*conditions)) or 0
    held = (
        select(func.count(TrainingSession.id))
        .where(TrainingSession.course_id == TrainingCourse.id)
        .correlate(TrainingCourse)
        .scalar_subquery()
    )
    rows: Any = session.execute(
        select(TrainingCourse, held)
        .where(*conditions)
        .options(joinedload(TrainingCourse.programme))
        .order_by(TrainingCourse.name_folded, TrainingCourse.id)
        .limit(PAGE_SIZE)
        .offset((page - 1) * PAGE_SIZE)
    ).all()
    return Page([(course, count) for course, count in rows], page, total)


def courses_to_choose(session: Session, viewer: Viewer) -> Sequence[TrainingCourse]:
    """The courses a form offers."""
    wanted = select(TrainingCourse).where(in_scope(viewer, TrainingCourse))
    return session.scalars(wanted.order_by(TrainingCourse.name_folded, TrainingCourse.id).limit(500)).all()


def sessions_of_course(session: Session, viewer: Viewer, course: TrainingCourse) -> Sequence[TrainingSession]:
    """The sessions of a course the viewer may see, the last to begin first."""
    begins: Any = func.coalesce(TrainingSession.actual_start, TrainingSession.planned_start)
    return session.scalars(
        select(TrainingSession)
        .where(TrainingSession.course_id == course.id, in_scope(viewer, TrainingSession))
        .options(joinedload(TrainingSession.organisation))
        .order_by(begins.desc().nulls_last(), TrainingSession.id.desc())
        .limit(200)
    ).all()


def late_sessions(session: Session, viewer: Viewer, *, on: date) -> Sequence[TrainingSession]:
    """Classes that began after their planned start, or have not begun though it is past (TR-05); the oldest first."""
    late = or_(
        TrainingSession.actual_start > TrainingSession.planned_start,
        (TrainingSession.actual_start.is_(None)) & (TrainingSession.planned_start < on),
    )
    return session.scalars(
        select(TrainingSession)
        .where(
            in_scope(viewer, TrainingSession),
            TrainingSession.state != SessionState.CANCELLED,
            TrainingSession.planned_start.is_not(None),
            late,
        )
        .options(joinedload(TrainingSession.course), joinedload(TrainingSession.organisation))
        .order_by(
            TrainingSession.actual_start.is_not(None), TrainingSession.planned_start, TrainingSession.id
        )
        .limit(300)
    ).all()


@dataclass(frozen=True)
class SeatsUsed:
    """Seats planned for an organisation, and how many it sent; no plan where it only sent people (TR-12)."""

    plan_id: str | None
    organisation: str
    planned: int | None
    used: int


def seats_used(session: Session, held: TrainingSession) -> list[SeatsUsed]:
    """The seat plan of a session beside what was used, in the order of the plan. One statement besides the plan."""
    rows = session.execute(
        select(Organisation.id, Organisation.name, func.count(Participation.id))
        .join(Organisation, Organisation.id == Participation.sent_by_id)
        .where(Participation.session_id == held.id)
        .group_by(Organisation.id, Organisation.name)
        .order_by(Organisation.name)
    ).all()
    sent = {number: (name, count) for number, name, count in rows}
    found = [
        SeatsUsed(
            one.public_id,
            one.organisation.name,
            one.seats,
            sent.pop(one.organisation_id, ("", 0))[1],
        )
        for one in held.seat_plans
    ]
    return found + [SeatsUsed(None, name, None, count) for name, count in sent.values()]
