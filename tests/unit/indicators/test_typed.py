"""Numbers as they are typed, periods as they stand in addresses, and which plan a period is held against."""

from datetime import date
from decimal import Decimal

import pytest

from registry.indicators.rules.choosing import nearest_plan, shown_period
from registry.indicators.rules.figures import Period, Plan, Reading
from registry.indicators.rules.periods import before, code_of, period_of, words_of
from registry.indicators.rules.snapshots import may_publish
from registry.indicators.rules.typed import Typed, kept, read_amount
from registry.indicators.rules.units import PEOPLE
from registry.people.rules.problems import Problem


@pytest.mark.parametrize(
    ("text", "amount", "is_about"),
    [
        ("5.647", "5647", False),
        ("9,80", "9.80", False),
        ("0", "0", False),
        ("khoảng 100", "100", True),
        (" 1.234.567,5 ", "1234567.5", False),
        ("6,5 %", "6.5", False),
    ],
)
def test_a_number_is_read_as_it_is_written_in_vietnam(text: str, amount: str, is_about: bool) -> None:
    assert read_amount(text) == Typed(Decimal(amount), is_about)
    assert kept(Decimal(amount)) == amount


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("9.8", "english"),
        ("12.34", "english"),
        ("1.2345", "not_a_number"),
        ("-5", "not_a_number"),
        ("1e9", "not_a_number"),
        ("٣", "not_a_number"),
        ("năm", "not_a_number"),
        ("9" * 16, "too_large"),
    ],
)
def test_what_nobody_can_tell_apart_is_refused_with_how_to_mend_it(text: str, code: str) -> None:
    found = read_amount(text)
    assert isinstance(found, Problem)
    assert found.code == code


@pytest.mark.parametrize(
    "code", ["2025", "2025-n1", "2025-n2", "2021-2022", "2024-04-03_2024-04-03", "2025-01-01_2025-03-31"]
)
def test_a_period_and_its_code_mean_each_other(code: str) -> None:
    found = period_of(code)
    assert found is not None
    assert code_of(found) == code


@pytest.mark.parametrize(
    "code", ["", "2025-n3", "2022-2021", "2025-02-30_2025-03-01", "2025-03-01_2025-02-01", "25"]
)
def test_what_is_no_period_is_none(code: str) -> None:
    assert period_of(code) is None


def test_periods_are_said_and_have_one_before_of_the_same_length() -> None:
    assert words_of(Period.half(2025, 1)) == "6 tháng đầu năm 2025"
    assert words_of(None) == "–"
    assert before(Period.half(2025, 1)) == Period.half(2024, 1)
    assert before(Period.years(2021, 2022)) == Period.years(2019, 2020)
    assert before(Period(date(2025, 1, 15), date(2025, 3, 1))) is None


def test_the_shortest_plan_that_holds_the_period_is_the_one_compared_with() -> None:
    term = Plan(Decimal(8_000), PEOPLE, Period.years(2020, 2025), "Nhiệm kỳ", Reading.UNCLEAR)
    year = Plan(Decimal(6_775), PEOPLE, Period.year(2025), "Năm")
    assert nearest_plan([term, year], Period.half(2025, 1)) is year
    assert nearest_plan([year], Period.year(2024)) is None


def test_a_figure_of_other_days_stands_with_its_own_days() -> None:
    half, day = Period.half(2025, 1), date(2025, 7, 1)
    assert shown_period(half, [(half.start, half.end)]) == (half.start, half.end)
    assert shown_period(half, [(day, day)]) == (day, day)
    assert shown_period(Period.year(2025), [(half.start, half.end)]) == (date(2025, 1, 1), date(2025, 12, 31))
    assert shown_period(half, []) == (half.start, half.end)


def test_nobody_publishes_what_they_froze() -> None:
    assert may_publish(2, 1)
    assert not may_publish(1, 1)
    assert not may_publish(None, 1)
