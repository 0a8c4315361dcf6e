"""Whole months and years between dates that may be known only to the year or the month. Pure."""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

# Left-over days of separate periods make one more month only from 31 on: no calendar month is longer, so a
# single period is counted exactly by its anniversaries and the sum never runs ahead of the calendar.
DAYS_OF_A_SPARE_MONTH = 31

Period = tuple[date, date]
"""First and last day, both included."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A day as far as it is known: it lies between two days, both included (a bare year: 1 January to 31 December)."""

    earliest: date
    latest: date

    @staticmethod
    def on(day: date) -> "Moment":
        """A moment known to the day."""
        return Moment(day, day)

    @staticmethod
    def in_month(year: int, month: int) -> "Moment":
        """A moment known to the month."""
        first = date(year, month, 1)
        return Moment(first, add_months(first, 1) - timedelta(days=1))

    @staticmethod
    def in_year(year: int) -> "Moment":
        """A moment known to the year."""
        return Moment(date(year, 1, 1), date(year, 12, 31))


@lru_cache(maxsize=8_192)  # asked for everybody, over the days of a year and a few starts of work
def add_months(day: date, months: int) -> date:
    """The same day of the month, `months` later; the last day of the month where that day does not exist."""
    year, month_before = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = monthrange(year, month_before + 1)[1]
    return date(year, month_before + 1, min(day.day, last))


def whole_years(periods: Iterable[Period]) -> int:
    """Whole years covered by the union of `periods`: what overlaps counts once, gaps do not count."""
    months = spare_days = 0
    for first, last in _union(periods):
        more_months, more_days = _months_and_days(first, last)
        months += more_months
        spare_days += more_days
    return (months + spare_days // DAYS_OF_A_SPARE_MONTH) // 12


def _union(periods: Iterable[Period]) -> list[Period]:
    """Disjoint periods in order; two that touch (the next begins the day after) become one."""
    merged: list[Period] = []
    for first, last in sorted(periods):
        if merged and first <= merged[-1][1] + timedelta(days=1):
            merged[-1] = (merged[-1][0], max(merged[-1][1], last))
        else:
            merged.append((first, last))
    return merged


def _months_and_days(first: date, last: date) -> tuple[int, int]:
    """Whole months from `first` to the end of `last`, and the days left over (0…30)."""
    after = last + timedelta(days=1)
    months = (after.year - first.year) * 12 + after.month - first.month - (after.day < first.day)
    anniversary = add_months(first, months)
    if anniversary.day != first.day:  # 31 January has no anniversary in February: it falls on 1 March
        anniversary += timedelta(days=1)
    return months, (after - anniversary).days
