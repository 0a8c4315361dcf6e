"""Courses, classes and participations: made as the room makes them."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.people.models import Person
from registry.places.models import AdministrativeUnit
from registry.training.models import Participation, TrainingCourse, TrainingSession
from registry.training.operations import Act, create_course, create_session, enrol
from registry.training.rules import CourseKind, Mode, SessionState
from registry.web.clock import today

START, END = date(2026, 3, 2), date(2026, 3, 27)


def act(by: int | None = None) -> Act:
    """Now, by an account or by nobody."""
    return Act(by, datetime.now(UTC), today())


def place(session: Session, path: str = "VN/12/") -> dict[str, Any]:
    """The columns of a unit."""
    unit = session.scalars(select(AdministrativeUnit).where(AdministrativeUnit.path == path)).one()
    return {"unit_id": unit.id, "unit_path": path}


def course(
    session: Session, code: str = "KH-1", *, path: str = "VN/12/", skills: Any = (), **more: Any
) -> TrainingCourse:
    """A course of in-service training."""
    values = {"name": f"Khóa học {code}", "category": "professional", "kind": CourseKind.IN_SERVICE} | more
    return create_course(session, TrainingCourse(code=code, **values, **place(session, path)), skills, act())


def held(
    session: Session,
    one: TrainingCourse,
    code: str = "LOP-1",
    *,
    path: str = "VN/12/",
    is_over: bool = True,
    **more: Any,
) -> TrainingSession:
    """A class that is over, or goes on."""
    values: dict[str, Any] = {
        "planned_start": START,
        "planned_end": END,
        "actual_start": START,
        "actual_end": END if is_over else None,
        "state": SessionState.FINISHED if is_over else SessionState.RUNNING,
        "mode": Mode.IN_PERSON,
    } | more
    return create_session(
        session, TrainingSession(course=one, code=code, **values, **place(session, path)), act()
    )


def takes_part(session: Session, in_class: TrainingSession, person: Person) -> Participation:
    """Somebody of the registry in a class, whatever its state."""
    state, in_class.state = in_class.state, SessionState.RUNNING
    made = enrol(session, in_class, person, act())
    in_class.state = state
    session.flush()
    return made


def soon(days: int) -> date:
    """So many days from today."""
    return today() + timedelta(days=days)
