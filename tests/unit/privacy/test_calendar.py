"""Counting worked days: over Tết, days taken instead, swapped days, a leap day, and the hour in Việt Nam."""

from datetime import UTC, date, datetime

import pytest

from registry.privacy.rules import DayKind, local_day, working_calendar

CALENDAR = working_calendar()


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        (date(2026, 11, 25), 2, date(2026, 11, 27)),  # Wednesday to Friday
        (date(2026, 11, 27), 2, date(2026, 12, 1)),  # over a weekend
        (date(2026, 11, 28), 2, date(2026, 12, 1)),  # received on a Saturday
        (date(2026, 11, 29), 1, date(2026, 11, 30)),  # received on a Sunday
        (date(2026, 2, 12), 2, date(2026, 2, 23)),  # Friday, then the Monday after Tết
        (date(2026, 2, 13), 2, date(2026, 2, 24)),  # the last day before Tết
        (date(2026, 2, 17), 1, date(2026, 2, 23)),  # the first day of Tết itself
        (date(2025, 1, 24), 2, date(2025, 2, 4)),
        (date(2027, 2, 4), 2, date(2027, 2, 15)),  # Tết and the two days taken instead
        (date(2028, 2, 28), 1, date(2028, 2, 29)),  # a leap day that is a Tuesday
        (date(2028, 2, 28), 2, date(2028, 3, 1)),
        (date(2026, 4, 24), 1, date(2026, 4, 28)),  # Giỗ Tổ on a Sunday, the Monday is off instead
        (date(2026, 8, 28), 1, date(2026, 9, 3)),  # 31/8 swapped, 1 and 2/9 off
        (date(2026, 8, 21), 1, date(2026, 8, 22)),  # the Saturday that is worked for it
        (date(2025, 12, 31), 1, date(2026, 1, 5)),  # New Year, the swapped Friday, the weekend
    ],
)
def test_worked_days_are_counted_from_the_day_after(start: date, days: int, end: date) -> None:
    assert CALENDAR.add_working_days(start, days) == end
    assert CALENDAR.working_days_between(start, end) == days


def test_nothing_is_counted_without_days() -> None:
    with pytest.raises(ValueError, match="at least one"):
        CALENDAR.add_working_days(date(2026, 11, 25), 0)


def test_days_between_go_both_ways() -> None:
    assert CALENDAR.working_days_between(date(2026, 11, 25), date(2026, 11, 25)) == 0
    assert CALENDAR.working_days_between(date(2026, 11, 27), date(2026, 11, 25)) == -2


def test_of_a_year_that_is_not_listed_only_fixed_days_are_known() -> None:
    assert not CALENDAR.is_listed(2031)
    assert not CALENDAR.is_worked(date(2031, 5, 1))
    assert CALENDAR.is_worked(date(2031, 5, 2))


def test_the_years_that_are_needed_are_listed_and_every_day_has_a_source() -> None:
    for year in (2025, 2026, 2027):
        days = CALENDAR.special_days(year)
        assert CALENDAR.is_listed(year)
        assert all(day.source and day.name for day in days)
        assert all(day.first.year == day.last.year == year for day in days)
        worked = [day.first for day in days if day.kind is DayKind.WORKED]
        assert all(day.isoweekday() in CALENDAR.weekend for day in worked)
        swapped = [day.first for day in days if day.kind is DayKind.SWAPPED]
        assert len(worked) == len(swapped)
        assert all(day.isoweekday() not in CALENDAR.weekend for day in swapped)


@pytest.mark.parametrize(
    ("at", "day"),
    [
        (datetime(2026, 11, 25, 16, 59, 59, tzinfo=UTC), date(2026, 11, 25)),
        (datetime(2026, 11, 25, 17, 0, tzinfo=UTC), date(2026, 11, 26)),
        (datetime(2028, 2, 28, 17, 0, tzinfo=UTC), date(2028, 2, 29)),
        (datetime(2026, 12, 31, 17, 0, tzinfo=UTC), date(2027, 1, 1)),
    ],
)
def test_a_day_begins_at_midnight_in_viet_nam(at: datetime, day: date) -> None:
    assert local_day(at) == day
