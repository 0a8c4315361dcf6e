"""Partial dates and what people type for them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.people.rules import DatePrecision, PartialDate, add_months, parse_period, read_date
from registry.people.rules.problems import Problem

TODAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("15/08/1990", PartialDate(1990, 8, 15)),
        ("5/8/1990", PartialDate(1990, 8, 5)),
        ("15-08-1990", PartialDate(1990, 8, 15)),
        ("15.08.1990", PartialDate(1990, 8, 15)),
        ("1990-08-15", PartialDate(1990, 8, 15)),
        ("1990-08", PartialDate(1990, 8)),
        ("08/1990", PartialDate(1990, 8)),
        ("1990", PartialDate(1990)),
        (" 1990 ", PartialDate(1990)),
        ("29/02/2024", PartialDate(2024, 2, 29)),
        ("03/04/2020", PartialDate(2020, 4, 3)),
    ],
)
def test_dates_are_read_day_before_month(text: str, expected: PartialDate) -> None:
    assert read_date(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "31/02/1988",
        "29/02/2023",
        "32/01/2000",
        "13/1990",
        "00/1990",
        "0/0/1990",
        "15/08/90",
        "１５/08/1990",
        "15/08/1990\n1",
        "15/08/1990/1",
        "tháng 8",
        "1990/08/15/2",
        "99999",
        "15 08 1990",
    ],
)
def test_what_is_no_real_date_is_not_read(text: str) -> None:
    assert read_date(text) is None


def test_a_partial_date_lies_between_its_first_and_last_day() -> None:
    assert PartialDate(2024, 2).earliest == date(2024, 2, 1)
    assert PartialDate(2024, 2).latest == date(2024, 2, 29)
    assert (PartialDate(2024).earliest, PartialDate(2024).latest) == (date(2024, 1, 1), date(2024, 12, 31))
    assert PartialDate(2024, 2, 3).earliest == PartialDate(2024, 2, 3).latest == date(2024, 2, 3)


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)), st.sampled_from(DatePrecision))
def test_text_and_columns_give_the_same_date_back(day: date, precision: DatePrecision) -> None:
    known = PartialDate.of(day, precision)
    assert known is not None
    assert known.precision is precision
    assert read_date(known.text) == known
    assert PartialDate.of(known.earliest, known.precision) == known


def test_no_stored_date_is_no_date() -> None:
    assert PartialDate.of(None, None) is None


def test_a_period_may_go_on() -> None:
    for words in ("đến nay", "nay", "Hiện nay", "present"):
        period = parse_period("03/2019", words, TODAY)
        assert not isinstance(period, Problem)
        assert (period.started, period.ended, period.is_ongoing) == (PartialDate(2019, 3), None, True)


@pytest.mark.parametrize(
    ("start", "end", "code"),
    [
        ("2020", "2019", "period_reversed"),
        ("12/2026", "", "period_in_future"),
        ("31/02/2020", "", "impossible_date"),
        ("2019", "x", "impossible_date"),
    ],
)
def test_a_period_that_cannot_be_is_a_problem(start: str, end: str, code: str) -> None:
    found = parse_period(start, end, TODAY)
    assert isinstance(found, Problem)
    assert found.code == code


def test_the_same_year_may_begin_and_end_a_period() -> None:
    assert not isinstance(parse_period("2020", "2020", TODAY), Problem)
    assert not isinstance(parse_period("05/2020", "2020", TODAY), Problem)


def test_months_are_added_to_the_last_day_that_exists() -> None:
    assert add_months(date(2026, 11, 30), 3) == date(2027, 2, 28)
    assert add_months(date(2026, 1, 15), 12) == date(2027, 1, 15)
