"""Who takes part: entered one by one or as a list, their attendance and results, and taking them out again.

Flushes, never commits. A session keeps its seats: more than it has are refused for single entries; a list that was held
is a fact and is only counted.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from registry.db.bulk import plan_of, write_rows
from registry.db.taking import unless_taken
from registry.people.models import Person
from registry.training.models import Participation, TrainingSession
from registry.training.operations.acts import Act, put, told
from registry.training.operations.crediting import credit, withdraw
from registry.training.operations.errors import (
    AlreadyTakesPart,
    ChangedMeanwhile,
    DayOutOfOrder,
    NoSeats,
    NotPossible,
)
from registry.training.rules import ParticipationState, Result, SessionState, counts_on

_TABLE: Any = Participation.__table__


@dataclass(frozen=True)
class Outcome:
    """What came of a participation. `grade_tenths` is a mark of 0…10 in tenths."""

    state: ParticipationState
    result: Result | None = None
    result_on: date | None = None
    hours: int | None = None
    grade_tenths: int | None = None
    certificate_number: str = ""
    certificate_on: date | None = None
    committed_until: date | None = None


def enrol(
    session: Session, held: TrainingSession, person: Person, act: Act, *, sent_by_id: int | None = None
) -> Participation:
    """Enter a person of the registry. Raises NotPossible, NoSeats and AlreadyTakesPart."""
    if held.state in (SessionState.FINISHED, SessionState.CANCELLED):
        raise NotPossible
    if held.seats is not None and _taken_seats(session, held) >= held.seats:
        raise NoSeats(held.seats)
    row = Participation(
        session=held,
        person=person,
        participant=person.id,
        state=ParticipationState.REGISTERED,
        sent_by_id=sent_by_id,
        category=held.course.category,
        unit_path=held.unit_path,
        organisation_path=held.organisation_path,
    )
    with unless_taken(session, AlreadyTakesPart()):
        session.add(row)
    tell_entered(session, row, act)
    return row


def tell_entered(session: Session, row: Participation, act: Act) -> None:
    """The event that a person of the registry stands in a class now."""
    detail = {"session": row.session.code}
    told(session, "participation.entered", row, act, person=_public_id(row), detail=detail)


def _taken_seats(session: Session, held: TrainingSession) -> int:
    counted = select(func.count(Participation.id)).where(
        Participation.session_id == held.id, Participation.state != ParticipationState.ABSENT
    )
    return session.scalar(counted) or 0


def record_outcome(
    session: Session, row: Participation, outcome: Outcome, act: Act, *, version: int | None = None
) -> None:
    """Keep attendance and result; a pass enters the profile, and what was a pass and is none any more leaves it.

    Raises NotPossible for a result of a class not begun, or once a result was revoked; DayOutOfOrder, ChangedMeanwhile.
    """
    _check(row, outcome, act, version)
    values = {name: getattr(outcome, name) for name in outcome.__dataclass_fields__}
    before = row.result
    values["happened_on"] = counts_on(
        outcome.state, row.session.state, row.session.actual_start, row.session.actual_end
    )
    changes = put(row, values)
    if not changes:
        return
    session.flush()
    if outcome.result is Result.PASSED:
        credit(session, row, act)
    elif before is Result.PASSED:
        withdraw(session, row, act)
    told(session, "participation.recorded", row, act, changes=changes, person=_public_id(row))


def _check(row: Participation, outcome: Outcome, act: Act, version: int | None) -> None:
    if version is not None and row.version != version:
        raise ChangedMeanwhile
    has_result = outcome.result is not None
    if row.result is Result.REVOKED or outcome.result is Result.REVOKED:
        raise NotPossible
    if has_result and (outcome.state is not ParticipationState.COMPLETED or row.session.actual_start is None):
        raise NotPossible
    days = (outcome.result_on, outcome.certificate_on)
    if any(day is not None and day > act.on for day in days):
        raise DayOutOfOrder


def revoke_result(session: Session, row: Participation, act: Act, *, reason: str) -> None:
    """Take a pass back for good: its certificate is void, and the profile loses what it gave. Raises NotPossible."""
    if row.result is not Result.PASSED:
        raise NotPossible
    changes = put(row, {"result": Result.REVOKED})
    session.flush()
    withdraw(session, row, act)
    told(
        session,
        "participation.revoked",
        row,
        act,
        changes=changes,
        person=_public_id(row),
        reason=reason,
    )


def remove_participation(session: Session, row: Participation, act: Act, *, reason: str = "") -> None:
    """Take somebody out of a session, as entered by mistake; what the result gave goes too."""
    withdraw(session, row, act)
    detail = {"session": row.session.code}
    told(session, "participation.removed", row, act, person=_public_id(row), detail=detail, reason=reason)
    session.delete(row)
    session.flush()


def _public_id(row: Participation) -> str | None:
    return None if row.person is None else row.person.public_id


def enter_many(session: Session, rows: Sequence[Mapping[str, Any]]) -> bool:
    """Write plain rows of a list; False when somebody entered one of them in between, and then none is written.

    The caller says who and when in the event of the whole list, and credits passes of people in the registry.
    """
    plan = plan_of(_TABLE, session.get_bind().dialect.name)
    try:
        with session.begin_nested():
            write_rows(session, plan, plan.values(rows))
    except IntegrityError:
        return False
    return True
