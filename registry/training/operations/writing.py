"""Programmes, courses, requirements, orders and quotas: made and revised. Flushes, never commits."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.db.taking import unless_taken
from registry.training.models import (
    CourseSkill,
    TrainingBudgetLine,
    TrainingCourse,
    TrainingOrder,
    TrainingProgramme,
    TrainingQuota,
    TrainingRequirement,
    TrainingSession,
)
from registry.training.operations.acts import Act, put, told
from registry.training.operations.errors import ChangedMeanwhile, CodeTaken, NotPossible
from registry.training.operations.holding import follow
from registry.training.rules import ORDER_STEPS, OrderState

Kept = TypeVar(
    "Kept",
    TrainingProgramme,
    TrainingCourse,
    TrainingOrder,
    TrainingQuota,
    TrainingRequirement,
    TrainingBudgetLine,
)
Skills = Sequence[tuple[int, int | None]]


def create(session: Session, row: Kept, act: Act) -> Kept:
    """Keep a new programme, order, quota or requirement. Raises CodeTaken."""
    with unless_taken(session, CodeTaken(getattr(row, "code", ""))):
        session.add(row)
    told(session, f"{row.__tablename__}.created", row, act)
    return row


def revise(session: Session, row: Kept, values: Mapping[str, Any], act: Act, *, version: int) -> None:
    """Save what changed. Raises ChangedMeanwhile and CodeTaken."""
    if getattr(row, "version", version) != version:
        raise ChangedMeanwhile
    with unless_taken(session, CodeTaken(values.get("code", ""))):
        changes = put(row, values)
    if changes:
        told(session, f"{row.__tablename__}.revised", row, act, changes=changes)


def create_course(session: Session, course: TrainingCourse, skills: Skills, act: Act) -> TrainingCourse:
    """Keep a new course with the skills that a pass gives, as (skill, rank). Raises CodeTaken."""
    course.skills = [CourseSkill(skill_id=skill, level=level) for skill, level in skills]
    return create(session, course, act)


def revise_course(
    session: Session,
    course: TrainingCourse,
    values: Mapping[str, Any],
    skills: Skills,
    act: Act,
    *,
    version: int,
) -> None:
    """Save a course. What was credited before stays as it was given; of another category are its participations, too.

    Raises ChangedMeanwhile and CodeTaken.
    """
    category = course.category
    revise(session, course, values, act, version=version)
    if course.category != category:
        for held in session.scalars(select(TrainingSession).where(TrainingSession.course_id == course.id)):
            follow(session, held)
    there = {one.skill_id: one.level for one in course.skills}
    if there == dict(skills):
        return
    course.skills.clear()
    session.flush()
    course.skills = [CourseSkill(skill_id=skill, level=level) for skill, level in skills]
    session.flush()
    changes = {"skills": (sorted(there), sorted(skill for skill, _level in skills))}
    told(session, "training_course.revised", course, act, changes=changes)


def drop_requirement(session: Session, required: TrainingRequirement, act: Act) -> None:
    """An office requires the course no more."""
    detail = {"office": required.office, "course": required.course.code}
    told(session, "training_requirement.dropped", required, act, detail=detail)
    session.delete(required)
    session.flush()


def move_order(session: Session, order: TrainingOrder, to: OrderState, act: Act) -> None:
    """An order is accepted or delivered. Raises NotPossible; it is closed with its result by `close_order`."""
    if to not in ORDER_STEPS[order.state] or to is OrderState.CLOSED:
        raise NotPossible
    before, order.state = order.state, to
    session.flush()
    told(session, "training_order.moved", order, act, changes={"state": (before, to)})


def close_order(
    session: Session, order: TrainingOrder, act: Act, *, result: int, on: date, note: str
) -> None:
    """End an order with what came of it: how many were trained, from which day. Raises NotPossible."""
    if OrderState.CLOSED not in ORDER_STEPS[order.state]:
        raise NotPossible
    before, order.state = order.state, OrderState.CLOSED
    order.result_number, order.closed_on, order.result_note = result, on, note
    session.flush()
    changes = {"state": (before, order.state), "result_number": (None, result)}
    told(session, "training_order.closed", order, act, changes=changes)
