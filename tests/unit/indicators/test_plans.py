"""Printed percentages against stated plans, several targets on one indicator, and pace."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from registry.indicators.rules.figures import Figure, Missing, Period, Plan, Reading
from registry.indicators.rules.horizons import against, by_horizon, readings
from registry.indicators.rules.implied import Implied, gives, implied_denominators
from registry.indicators.rules.numbers import half_up, percent_of
from registry.indicators.rules.pace import (
    ForecastMethod,
    Method,
    PaceState,
    ProfilePoint,
    due_by,
    elapsed,
    forecast_at_pace,
    pace,
)
from registry.indicators.rules.ratios import Percent
from registry.indicators.rules.units import ATTENDANCES, PEOPLE, PLACES, WORKERS
from registry.indicators.rules.verdicts import Finding, check_percent
from registry.indicators.rules.wording import PrintedPercent

NBSP = "\u00a0"
HALF, YEAR, TERM = Period.half(2025, 1), Period.year(2025), Period.years(2020, 2025)
COURSES = Plan(Decimal(6775), PLACES, YEAR, "Kế hoạch năm 2025")
TRAINED = Plan(Decimal(8000), WORKERS, TERM, "Đại hội XIV", Reading.UNCLEAR)
JOBS = Plan(Decimal(8500), WORKERS, TERM, "Đại hội XIV", Reading.PER_YEAR)


def printed(percent: str, places: int = 1) -> PrintedPercent:
    return PrintedPercent(Decimal(percent), places)


def test_printed_percentages_imply_their_plans_lc1() -> None:
    """LC1: 7,270–7,343, 9,452–9,466 and exactly 160."""
    implied = [
        implied_denominators(count, printed(said))
        for count, said in ((716, "9.8"), (5647, "59.7"), (213, "133.1"))
    ]
    assert implied == [Implied(7270, 7343), Implied(9452, 9466), Implied(160, 160)]
    assert [one.words for one in implied] == ["từ 7.270 đến 7.343", "từ 9.452 đến 9.466", "đúng 160"]


def test_what_follows_from_no_plan_names_every_plan_lc1() -> None:
    """LC1: with these candidates, each with what it would give."""
    trained = check_percent(Figure.of(716, PEOPLE, HALF), printed("9.8"), [COURSES, TRAINED])
    assert trained.finding is Finding.CONTRADICTS
    said = trained.text.replace(NBSP, " ")
    for part in (
        "không khớp với kế hoạch nào được nêu",
        "716 ÷ 6.775 = 10,6 %",
        "716 ÷ 8.000 = 9,0 %",
        "từ 7.270",
    ):
        assert part in said
    jobs = check_percent(Figure.of(5647, WORKERS, HALF), printed("59.7"), [JOBS])
    assert jobs.finding is Finding.CONTRADICTS
    assert "5.647 ÷ 8.500 = 66,4 %" in jobs.text.replace(NBSP, " ")
    abroad = check_percent(Figure.of(213, PEOPLE, HALF), printed("133.1"), [])
    assert abroad.finding is Finding.NOT_CHECKABLE
    assert "không được in" in abroad.text
    assert "đúng 160" in abroad.text


def test_a_percentage_that_follows_says_from_which_plan() -> None:
    found = check_percent(Figure.of(716, PEOPLE, HALF), printed("10.6"), [TRAINED, COURSES])
    assert found.finding is Finding.CONSISTENT
    assert "6.775" in found.text
    assert "8.000" not in found.text
    assert [one.fits for one in found.tried] == [False, True]


def test_what_is_no_exact_count_cannot_be_checked() -> None:
    about = Figure(Decimal(100), PEOPLE, is_about=True)
    assert check_percent(about, printed("50"), [COURSES]).finding is Finding.NOT_CHECKABLE
    missing = Figure.missing(PEOPLE, Missing.NOT_PRINTED)
    assert check_percent(missing, printed("50"), [COURSES]).problem.code == "no_number"
    # A plan in people is no plan of attendances: nothing is divided, so nothing contradicts.
    crossed = check_percent(Figure.of(470, ATTENDANCES), printed("117.5"), [JOBS])
    assert crossed.finding is Finding.NOT_CHECKABLE


@settings(max_examples=25)
@given(st.integers(0, 60), st.integers(0, 1500), st.integers(0, 1))
def test_implied_ranges_are_exact(count: int, tenths: int, places: int) -> None:
    said = PrintedPercent(half_up(Fraction(tenths, 10), places), places)
    implied = implied_denominators(count, said)
    fitting = [one for one in range(1, 300) if gives(count, one, said)]
    assert fitting == [one for one in range(1, 300) if implied.holds(one)]


@settings(max_examples=40)
@given(st.integers(1, 10**7), st.integers(1, 10**7), st.integers(0, 2))
def test_the_true_denominator_is_among_the_implied(count: int, plan: int, places: int) -> None:
    implied = implied_denominators(count, PrintedPercent(half_up(percent_of(count, plan), places), places))
    assert implied.holds(plan)
    assert not implied.is_empty


def test_impossible_percentages_imply_nothing() -> None:
    assert implied_denominators(0, printed("5")).is_empty
    assert implied_denominators(0, printed("0")).words == "từ 1 trở lên"
    assert implied_denominators(1, printed("99.9")).words == "không số nguyên nào"
    with pytest.raises(ValueError, match="not negative"):
        implied_denominators(-1, printed("5"))


def test_half_a_year_is_half_of_the_plan_lc4() -> None:
    """LC4: 9.8 % is behind and 59.7 % ahead of 50 %; a stated profile decides otherwise, and is named."""
    even = due_by(YEAR, date(2025, 6, 30))
    assert (even.percent, even.method) == (50, Method.ELAPSED)
    behind, ahead = pace(Decimal("9.8"), even), pace(Decimal("59.7"), even)
    assert (behind.state, ahead.state) == (PaceState.BEHIND, PaceState.AHEAD)
    assert behind.text.replace(NBSP, " ") == "9,8 % kế hoạch, chậm hơn thời gian đã qua (50,0 %)"
    quarters = [ProfilePoint(date(2025, 3, 31), Fraction(3)), ProfilePoint(date(2025, 6, 30), Fraction(8))]
    stated = due_by(YEAR, date(2025, 6, 30), quarters)
    assert (stated.percent, stated.method) == (8, Method.PROFILE)
    assert pace(Decimal("9.8"), stated).state is PaceState.AHEAD
    assert "tiến độ đã giao" in pace(Decimal("9.8"), stated).text
    late = [ProfilePoint(date(2025, 6, 30), Fraction(60))]
    assert pace(Decimal("59.7"), due_by(YEAR, date(2025, 6, 30), late)).state is PaceState.BEHIND
    assert pace(50, even).state is PaceState.ON_PACE


def test_a_period_passes_by_months_or_days() -> None:
    assert elapsed(TERM, date(2025, 6, 30)) == Fraction(66, 72)
    assert elapsed(Period(date(2025, 1, 10), date(2025, 1, 19)), date(2025, 1, 10)) == Fraction(1, 10)
    assert elapsed(YEAR, date(2024, 12, 31)) == 0
    assert elapsed(YEAR, date(2026, 1, 1)) == 1
    assert elapsed(YEAR, date(2025, 2, 14)) == Fraction(3, 24)
    assert due_by(YEAR, date(2024, 12, 31), [ProfilePoint(date(2025, 6, 30), Fraction(60))]).percent == 0
    assert due_by(YEAR, date(2026, 5, 1), [ProfilePoint(date(2025, 6, 30), Fraction(60))]).percent == 100


@settings(max_examples=40)
@given(st.dates(date(2024, 12, 1), date(2026, 2, 1)), st.dates(date(2024, 12, 1), date(2026, 2, 1)))
def test_what_is_due_never_falls(one: date, other: date) -> None:
    profile = [ProfilePoint(date(2025, 3, 31), Fraction(10)), ProfilePoint(date(2025, 9, 30), Fraction(90))]
    first, last = sorted((one, other))
    assert elapsed(YEAR, first) <= elapsed(YEAR, last)
    assert due_by(YEAR, first, profile).percent <= due_by(YEAR, last, profile).percent


def test_a_forecast_keeps_the_pace_and_says_so() -> None:
    found = forecast_at_pace(5647, YEAR, date(2025, 6, 30))
    assert found is not None
    assert (found.amount, found.method) == (11294, ForecastMethod.MEAN_PACE)
    assert forecast_at_pace(0, YEAR, date(2024, 12, 31)) is None


def test_three_targets_stay_apart_and_an_unclear_one_has_two_readings_lc5() -> None:
    """LC5: the congress's target, the yearly plan and the report's; 8,000 a year or in all is not said."""
    reads = against(Figure.of(716, PEOPLE, HALF), [COURSES, TRAINED])
    assert [(one.plan.reading, one.period) for one in reads] == [
        (Reading.WHOLE_PERIOD, YEAR),
        (Reading.PER_YEAR, YEAR),
        (Reading.WHOLE_PERIOD, TERM),
    ]
    assert [one.reached.rounded for one in reads if isinstance(one.reached, Percent)] == [
        Decimal("10.6"),
        Decimal("9.0"),
        Decimal("9.0"),
    ]
    assert readings(JOBS) == (JOBS,)
    assert TRAINED.reading is Reading.UNCLEAR
    assert JOBS.words == "8.500 lao động/năm"


def test_horizons_stand_side_by_side_pt9() -> None:
    """PT9: 2030 and 2045 on one indicator."""
    far = Plan(Decimal(60), PEOPLE, Period.years(2025, 2045), "Tầm nhìn 2045")
    near = Plan(Decimal(30), PEOPLE, Period.years(2025, 2030), "Đề án 2025-2030")
    open_end = Plan(Decimal(1), PEOPLE, None, "Không ghi mốc")
    assert by_horizon([open_end, far, near]) == [near, far, open_end]
