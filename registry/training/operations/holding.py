"""Sessions: made, revised, begun, ended; their partners, lecturers and seats. Flushes, never commits.

What participations repeat of their session (category, paths, the day they are counted by) follows every change of it.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import case, update
from sqlalchemy.orm import Session

from registry.db.taking import unless_taken
from registry.training.models import (
    Participation,
    SeatPlan,
    SessionLecturer,
    SessionPartner,
    TrainingProgramme,
    TrainingSession,
)
from registry.training.operations.acts import Act, put, told
from registry.training.operations.errors import (
    AlreadyNamed,
    ChangedMeanwhile,
    CodeTaken,
    DayOutOfOrder,
    NotPossible,
)
from registry.training.rules import SESSION_STEPS, TOOK_PART, SessionState

Beside = SessionPartner | SessionLecturer | SeatPlan


def create_session(session: Session, held: TrainingSession, act: Act) -> TrainingSession:
    """Keep a new session. Raises CodeTaken."""
    with unless_taken(session, CodeTaken(held.code)):
        session.add(held)
    told(session, "training_session.created", held, act)
    return held


def revise_session(
    session: Session, held: TrainingSession, values: Mapping[str, Any], act: Act, *, version: int
) -> None:
    """Save what changed, and let its participations follow. Raises ChangedMeanwhile, CodeTaken."""
    if held.version != version:
        raise ChangedMeanwhile
    with unless_taken(session, CodeTaken(values.get("code", ""))):
        changes = put(held, values)
    if changes:
        follow(session, held)
        told(session, "training_session.revised", held, act, changes=changes)


def move_session(session: Session, held: TrainingSession, to: SessionState, act: Act, *, on: date) -> None:
    """Begin, end or cancel on a day. Raises NotPossible and DayOutOfOrder."""
    if to not in SESSION_STEPS[held.state]:
        raise NotPossible
    if on > act.on or (
        to is SessionState.FINISHED and held.actual_start is not None and on < held.actual_start
    ):
        raise DayOutOfOrder
    before = held.state
    if to is SessionState.RUNNING:
        held.actual_start = on
    elif to is SessionState.FINISHED:
        held.actual_end = on
    held.state = to
    session.flush()
    follow(session, held)
    told(
        session, "training_session.moved", held, act, changes={"state": (before, to)}, detail={"on": f"{on}"}
    )


def follow(session: Session, held: TrainingSession) -> None:
    """Let the participations repeat what their session says now. One statement."""
    day = None if held.state is SessionState.CANCELLED else held.actual_end or held.actual_start
    came = Participation.state.in_(sorted(TOOK_PART))
    session.execute(
        update(Participation)
        .where(Participation.session_id == held.id)
        .values(
            category=held.course.category,
            unit_path=held.unit_path,
            organisation_path=held.organisation_path,
            happened_on=None if day is None else case((came, day), else_=None),
        )
        .execution_options(synchronize_session=False)
    )
    for one in session.identity_map.values():
        if isinstance(one, Participation) and one.session_id == held.id:
            session.expire(one, ["category", "unit_path", "organisation_path", "happened_on"])


def put_beside(session: Session, held: TrainingSession, row: Beside, act: Act) -> None:
    """Name a partner, a lecturer, or whom seats are for. Raises AlreadyNamed."""
    with unless_taken(session, AlreadyNamed()):
        row.session = held
        session.add(row)
    told(session, f"training_session.{_NAMES[type(row)]}_added", held, act, detail=_detail(row))


def name_partner(session: Session, programme: TrainingProgramme, row: SessionPartner, act: Act) -> None:
    """Name an institution beside a whole programme. Raises AlreadyNamed."""
    with unless_taken(session, AlreadyNamed()):
        row.programme = programme
        session.add(row)
    told(session, "training_programme.partner_added", programme, act, detail=_detail(row))


def take_away(session: Session, held: TrainingSession, row: Beside, act: Act) -> None:
    """Name them no more."""
    told(session, f"training_session.{_NAMES[type(row)]}_removed", held, act, detail=_detail(row))
    session.delete(row)
    session.flush()


_NAMES: Mapping[type[Beside], str] = {
    SessionPartner: "partner",
    SessionLecturer: "lecturer",
    SeatPlan: "seats",
}


def _detail(row: Beside) -> dict[str, object]:
    """What the log says of it; who teaches is said by the record alone."""
    if isinstance(row, SessionPartner):
        return {"organisation_id": row.organisation_id, "role": row.role}
    if isinstance(row, SeatPlan):
        return {"organisation_id": row.organisation_id, "seats": row.seats}
    return {"in_registry": row.person_id is not None}
