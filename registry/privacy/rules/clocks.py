"""How the two clocks of a request stand on a day: what is due next, in how many days, since when it is late. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from registry.privacy.rules.calendar import WorkingCalendar
from registry.privacy.rules.kinds import RequestState


class Urgency(StrEnum):
    """How a clock stands."""

    OVER = "over"
    LATE = "late"
    TODAY = "today"
    SOON = "soon"
    CALM = "calm"


SOON_DAYS = 3
"""Worked days before the end from which an office is reminded."""


@dataclass(frozen=True)
class Standing:
    """The nearer clock of a request: whether it is the first answer, its last day, and how it stands."""

    is_answer: bool
    due_on: date
    urgency: Urgency


def nearer_due(state: RequestState, answer_due_on: date, done_due_on: date) -> tuple[bool, date]:
    """Which clock runs out first: (whether it is that of the first answer, its last day)."""
    if state is RequestState.RECEIVED and answer_due_on <= done_due_on:
        return True, answer_due_on
    return False, done_due_on


def standing_of(
    state: RequestState, answer_due_on: date, done_due_on: date, on: date, calendar: WorkingCalendar
) -> Standing:
    """How a request stands on a day. The last day itself is still in time."""
    is_answer, due_on = nearer_due(state, answer_due_on, done_due_on)
    return Standing(is_answer, due_on, _urgency(state, due_on, on, calendar))


def _urgency(state: RequestState, due_on: date, on: date, calendar: WorkingCalendar) -> Urgency:
    if state in {RequestState.DONE, RequestState.REFUSED}:
        return Urgency.OVER
    if due_on < on:
        return Urgency.LATE
    if due_on == on:
        return Urgency.TODAY
    near = calendar.working_days_between(on, due_on) <= SOON_DAYS
    return Urgency.SOON if near else Urgency.CALM


def extended(done_due_on: date, days: int) -> date:
    """The last day after an extension of so many calendar days."""
    return done_due_on + timedelta(days=days)
