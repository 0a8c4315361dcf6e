"""Whole years and months at the edges of the calendar, worked by hand."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.matching.engine.dates import Moment, add_months, whole_years


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2023, 11, 30), 3, date(2024, 2, 29)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 10, 31), 1, date(2026, 11, 30)),
        (date(2026, 11, 1), 2, date(2027, 1, 1)),
        (date(2026, 1, 15), 0, date(2026, 1, 15)),
    ],
)
def test_adding_months_stays_inside_the_month(day: date, months: int, expected: date) -> None:
    assert add_months(day, months) == expected


@pytest.mark.parametrize(
    ("periods", "years"),
    [
        ([], 0),
        ([(date(2020, 1, 1), date(2020, 12, 31))], 1),
        ([(date(2020, 1, 1), date(2020, 12, 30))], 0),
        ([(date(2021, 1, 1), date(2021, 12, 31))], 1),
        ([(date(2021, 11, 26), date(2026, 11, 25))], 5),
        ([(date(2021, 11, 27), date(2026, 11, 25))], 4),
        # 29 February has its anniversary on 1 March, so the year is full at the end of 28 February
        ([(date(2020, 2, 29), date(2021, 2, 27))], 0),
        ([(date(2020, 2, 29), date(2021, 2, 28))], 1),
        ([(date(2020, 2, 29), date(2024, 2, 28))], 4),
        # overlapping years count once: 2015 to 2018
        ([(date(2015, 1, 1), date(2017, 12, 31)), (date(2017, 1, 1), date(2018, 12, 31))], 4),
        # one period inside another
        ([(date(2015, 1, 1), date(2018, 12, 31)), (date(2016, 1, 1), date(2016, 6, 30))], 4),
        # touching periods are one: 15 January 2015 to 14 January 2017
        ([(date(2016, 1, 1), date(2017, 1, 14)), (date(2015, 1, 15), date(2015, 12, 31))], 2),
        # two half years, far apart
        ([(date(2018, 1, 1), date(2018, 6, 30)), (date(2020, 7, 1), date(2020, 12, 31))], 1),
        # 5 months 15 days and 6 months 16 days: 31 spare days make the twelfth month
        ([(date(2015, 1, 1), date(2015, 6, 15)), (date(2016, 6, 16), date(2016, 12, 31))], 1),
        # 5 months 15 days and 6 months 15 days: 30 spare days do not
        ([(date(2015, 1, 1), date(2015, 6, 15)), (date(2016, 6, 17), date(2016, 12, 31))], 0),
    ],
)
def test_whole_years_of_a_union(periods: list[tuple[date, date]], years: int) -> None:
    assert whole_years(periods) == years
    assert whole_years(reversed(periods)) == years


TODAY = date(2026, 11, 25)
# Posts that began about whole years ago, some of them over, some beginning in the next days.
BEGUN = st.tuples(st.integers(0, 6), st.integers(-4, 40)).map(
    lambda ago: TODAY - timedelta(days=365 * ago[0] + ago[1])
)
POSTS = st.lists(st.tuples(BEGUN, st.one_of(st.just(9_999), st.integers(0, 800))), min_size=1, max_size=4)


@given(POSTS)
def test_a_day_more_never_takes_a_year_away(posts: list[tuple[date, int]]) -> None:
    years: list[int] = []
    for day in (TODAY + timedelta(days=after) for after in range(6)):
        periods = [
            (start, min(start + timedelta(days=length), day)) for start, length in posts if start <= day
        ]
        years.append(whole_years(periods))
    assert years == sorted(years)


def test_a_moment_knows_how_far_it_is_known() -> None:
    assert Moment.in_year(2019) == Moment(date(2019, 1, 1), date(2019, 12, 31))
    assert Moment.in_month(2024, 2) == Moment(date(2024, 2, 1), date(2024, 2, 29))
    assert Moment.in_month(2024, 12) == Moment(date(2024, 12, 1), date(2024, 12, 31))
    assert Moment.on(date(2024, 2, 29)) == Moment(date(2024, 2, 29), date(2024, 2, 29))
