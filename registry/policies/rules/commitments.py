"""The time somebody has promised to stay: its end, interruptions, extensions, where it stands on a day. Pure.

The day of the end still binds (Bộ luật Dân sự 2015, Điều 148: a term ends at the end of its last day). Where a month has
no such day, the last of the month takes its place.
"""

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from registry.policies.rules.benefits import CommitmentTerms

ALERT_DAYS = (90, 30, 0)
"""Days before the end on which somebody should look at it."""


@dataclass(frozen=True, slots=True)
class Suspension:
    """Days on which the promised time stands still, both inclusive; without `to` it goes on."""

    start: date
    to: date | None


@dataclass(frozen=True, slots=True)
class Extension:
    """A later end, agreed on a day."""

    on: date
    until: date


Event = Suspension | Extension


@dataclass(frozen=True, slots=True)
class Commitment:
    """A promise from its first day to the end the terms give, with all that happened since."""

    start: date
    until: date
    events: tuple[Event, ...] = ()


class Standing(StrEnum):
    """Where a commitment stands on a day; a breach is a person's finding, not a computation."""

    NOT_BEGUN = "not_begun"
    RUNNING = "running"
    SUSPENDED = "suspended"
    SERVED = "served"


def add_months(day: date, months: int) -> date:
    """The same day so many months later, or the last of the month that has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def first_end(terms: CommitmentTerms, start: date, training_months: int | None) -> date | None:
    """The end the terms give; nothing when it is a multiple of a training whose months are not known."""
    if terms.until is not None:
        return terms.until
    if terms.years is not None:
        return add_months(start, terms.years * 12)
    if terms.times_training is None or training_months is None:
        return None
    return add_months(start, terms.times_training * training_months)


def end(commitment: Commitment, on: date | None = None) -> date:
    """The end after suspensions and extensions, in the order of their days.

    A suspension pushes the end by its days; one that goes on counts up to `on`. An extension never shortens.
    """
    return _course(commitment, on)[0]


def _course(commitment: Commitment, on: date | None) -> tuple[date, int]:
    """The end, and by how many days of suspension it was pushed."""
    until, pushed = commitment.until, 0
    for event in _in_order(commitment.events):
        if isinstance(event, Extension):
            until = max(until, event.until)
        else:
            days = _length(event, commitment.start, until, on)
            until, pushed = until + timedelta(days=days), pushed + days
    return until, pushed


def suspended_days(commitment: Commitment, before: date) -> int:
    """Days before a day on which the promised time stood still."""
    last = before - timedelta(days=1)
    until, days = commitment.until, 0
    for event in _in_order(commitment.events):
        if isinstance(event, Extension):
            until = max(until, event.until)
            continue
        whole = _length(event, commitment.start, until, last)
        until += timedelta(days=whole)
        ends = min(event.to or last, last)
        days += min(whole, max(0, (ends - max(event.start, commitment.start)).days + 1))
    return days


def months_left(commitment: Commitment, on: date) -> tuple[int, int]:
    """Whole months not yet served, and months in all.

    k = the fewest months with start + k months on or after the day, counted without the suspended days before it; a
    begun month counts as served. Months in all are counted the same way up to the end without all suspended days.
    """
    until, pushed = _course(commitment, on)
    months = _months_until(commitment.start, until - timedelta(days=pushed))
    day = max(on, commitment.start)
    served = _months_until(commitment.start, day - timedelta(days=suspended_days(commitment, day)))
    return max(0, months - served), months


def _months_until(start: date, day: date) -> int:
    months = max(0, (day.year - start.year) * 12 + day.month - start.month - 1)
    while add_months(start, months) < day:
        months += 1
    return months


def standing(commitment: Commitment, on: date) -> Standing:
    """Where it stands on a day."""
    if on < commitment.start:
        return Standing.NOT_BEGUN
    if any(
        isinstance(one, Suspension) and one.start <= on and (one.to is None or on <= one.to)
        for one in commitment.events
    ):
        return Standing.SUSPENDED
    return Standing.RUNNING if on <= end(commitment, on) else Standing.SERVED


def alert(until: date, on: date) -> int | None:
    """Which alert is due on a day, in days before the end: 90, 30 or 0; nothing earlier than that."""
    left = (until - on).days
    due = [days for days in ALERT_DAYS if left <= days]
    return min(due) if due else None


def latest(ends: Iterable[date]) -> date | None:
    """Several groups granted together make one commitment, with the latest end."""
    return max(ends, default=None)


def _in_order(events: Sequence[Event]) -> list[Event]:
    """By day; suspensions that overlap are cut so that no day counts twice."""
    ordered = sorted(events, key=lambda one: one.start if isinstance(one, Suspension) else one.on)
    last: date | None = None
    kept: list[Event] = []
    for one in ordered:
        if isinstance(one, Extension):
            kept.append(one)
            continue
        start = one.start if last is None or one.start > last else last + timedelta(days=1)
        if one.to is None or start <= one.to:
            kept.append(Suspension(start, one.to))
            last = date.max - timedelta(days=1) if one.to is None else one.to
    return kept


def _length(suspension: Suspension, start: date, until: date, on: date | None) -> int:
    """Days of a suspension within the commitment; one after its end changes nothing any more."""
    if suspension.start > until:
        return 0
    to = suspension.to if suspension.to is not None else on
    return 0 if to is None else max(0, (to - max(suspension.start, start)).days + 1)
