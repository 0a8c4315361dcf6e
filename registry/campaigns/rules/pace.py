"""What is due today by the plan, and where today's pace leads. Pure: days and numbers come in.

The plan runs in a straight line from nothing on the first day to the goal on the last, through the points it states
itself. The forecast keeps the mean pace since the first day: signed ÷ days past × all days. It is told as such.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

_DAYS_PER_MONTH = 365.25 / 12


@dataclass(frozen=True)
class PlanPoint:
    """How many people by the end of a day, counted from the first day of the campaign."""

    on: date
    people: int


@dataclass(frozen=True)
class Forecast:
    """People by the last day at the pace so far, whole ones; per month; how many the goal lacks then (0: none)."""

    people: int
    per_month: float
    lacking: int


def plan_line(starts_on: date, ends_on: date, goal: int, stated: Iterable[PlanPoint]) -> list[PlanPoint]:
    """The points between which the plan is straight; what lies outside the campaign or goes back is left out."""
    line = [PlanPoint(starts_on, 0)]
    for one in sorted(stated, key=lambda point: (point.on, point.people)):
        if starts_on < one.on < ends_on and line[-1].people <= one.people <= goal and one.on > line[-1].on:
            line.append(one)
    return [*line, PlanPoint(ends_on, goal)] if ends_on > starts_on else [PlanPoint(ends_on, goal)]


def due_on(line: Sequence[PlanPoint], on: date) -> int:
    """How many people the plan wants by the end of a day, rounded to the nearest whole one."""
    if on < line[0].on:
        return 0
    if on >= line[-1].on:
        return line[-1].people
    for start, end in pairwise(line):
        if start.on <= on < end.on:
            share = (on - start.on).days / (end.on - start.on).days
            return int(start.people + (end.people - start.people) * share + 0.5)
    return line[-1].people


def forecast(signed: int, goal: int, starts_on: date, ends_on: date, on: date) -> Forecast | None:
    """Where today's pace leads; None before the campaign began, when there is no pace yet."""
    last = min(on, ends_on)
    past, total = (last - starts_on).days + 1, (ends_on - starts_on).days + 1
    if past < 1:
        return None
    people = int(signed / past * total + 0.5)
    return Forecast(people, signed / past * _DAYS_PER_MONTH, max(0, goal - people))


def month_ends(starts_on: date, ends_on: date) -> list[date]:
    """The last day of every month of the campaign; the last one is the last day of the campaign itself."""
    found: list[date] = []
    year, month = starts_on.year, starts_on.month
    while (year, month) <= (ends_on.year, ends_on.month):
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
        found.append(min(date(year, month, 1).fromordinal(date(year, month, 1).toordinal() - 1), ends_on))
    return found


def counted_by(days: Sequence[date], moments: Iterable[date]) -> list[int]:
    """How many of some days lie on or before each of others."""
    known = sorted(moments)
    return [sum(one <= day for one in known) for day in days]
