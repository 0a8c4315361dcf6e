"""The clock of an incident and its states. Pure: the hours are a row beside the other limits, with its source.

The clock runs on the wall: nights, weekends, Tết and leap days count like any other hour.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

_HOUR = timedelta(hours=1)
URGENT_HOURS = 24
"""Hours before the end from which a clock is shown as urgent."""


class IncidentState(StrEnum):
    """Where an incident stands, by the furthest thing that was done about it."""

    OPEN = "open"
    REPORTED = "reported"
    TOLD = "told"
    CLOSED = "closed"


class IncidentStepKind(StrEnum):
    """What happened to an incident."""

    RECORDED = "recorded"
    DESCRIBED = "described"
    SELECTED = "selected"
    ADDED = "added"
    REMOVED = "removed"
    REPORTED = "reported"
    TOLD = "told"
    CLOSED = "closed"


class FoundBy(StrEnum):
    """How somebody came to be among those affected."""

    LOG = "log"
    HAND = "hand"


class Urgency(StrEnum):
    """How a clock stands."""

    OVER = "over"
    LATE = "late"
    SOON = "soon"
    CALM = "calm"


@dataclass(frozen=True)
class ClockNow:
    """How the clock stands: whole hours left (0 in the last one; negative: whole hours since it ran out)."""

    urgency: Urgency
    hours: int


def state_of(
    reported_at: datetime | None, told_at: datetime | None, closed_at: datetime | None
) -> IncidentState:
    """The state that follows from what was done."""
    if closed_at is not None:
        return IncidentState.CLOSED
    if told_at is not None:
        return IncidentState.TOLD
    return IncidentState.OPEN if reported_at is None else IncidentState.REPORTED


def clock_of(due_at: datetime, done_at: datetime | None, now: datetime) -> ClockNow:
    """How the clock stands now; one that was answered stands still, in time or late."""
    left = due_at - (done_at or now)
    hours = left // _HOUR
    if done_at is not None:
        return ClockNow(Urgency.OVER if left >= timedelta() else Urgency.LATE, hours)
    if left < timedelta():
        return ClockNow(Urgency.LATE, hours)
    return ClockNow(Urgency.SOON if left < URGENT_HOURS * _HOUR else Urgency.CALM, hours)


def alerts_due(due_at: datetime, now: datetime, hours_left: Sequence[int]) -> int | None:
    """The smallest of these marks that the time left has fallen to; None while it is above all of them."""
    left = due_at - now
    reached = [mark for mark in hours_left if left <= mark * _HOUR]
    return min(reached, default=None)
