"""Dates, numbers and money in both languages."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry import formats

NBSP = "\u00a0"
MINUS = "\u2212"


def test_dates_are_day_month_year_in_vietnamese_and_named_months_in_english() -> None:
    day = dt.date(2026, 11, 2)
    assert formats.date(day) == "02/11/2026"
    assert formats.date(day, "en") == f"2{NBSP}Nov{NBSP}2026"
    assert formats.date(None) == formats.missing == "–"


def test_an_instant_is_shown_on_the_vietnamese_clock() -> None:
    late = dt.datetime(2026, 11, 21, 18, 5, tzinfo=dt.UTC)
    assert formats.datetime(late) == "22/11/2026 01:05"
    assert formats.date(late) == "22/11/2026"
    assert formats.time(late) == "01:05"
    assert formats.datetime(late, "en") == f"22{NBSP}Nov{NBSP}2026 01:05"


def test_times_without_a_zone_are_shown_as_they_are() -> None:
    assert formats.time(dt.time(8, 2)) == "08:02"
    assert formats.datetime(dt.datetime(2026, 1, 2, 8, 2)) == "02/01/2026 08:02"  # noqa: DTZ001 - the case itself
    assert formats.time(None) == formats.datetime(None) == "–"


@pytest.mark.parametrize(
    ("start", "end", "locale", "shown"),
    [
        (dt.date(2026, 4, 1), dt.date(2026, 12, 31), "vi", "01/04/2026 – 31/12/2026"),
        (dt.date(2026, 4, 1), None, "vi", "từ 01/04/2026"),
        (None, dt.date(2026, 12, 31), "vi", "đến hết 31/12/2026"),
        (None, None, "vi", "–"),
        (dt.date(2026, 4, 1), None, "en", f"from 1{NBSP}Apr{NBSP}2026"),
        (None, dt.date(2026, 4, 1), "en", f"until 1{NBSP}Apr{NBSP}2026"),
    ],
)
def test_ranges_say_which_side_is_open(
    start: dt.date | None, end: dt.date | None, locale: str, shown: str
) -> None:
    assert formats.date_range(start, end, locale) == shown


def test_dates_known_to_the_month_or_year_claim_no_more() -> None:
    assert formats.month(2025, 5) == "05/2025"
    assert formats.month(2025, 5, "en") == f"May{NBSP}2025"
    assert formats.month(2025) == "2025"
    assert formats.month(None) == "–"


@pytest.mark.parametrize(
    ("value", "places", "vi", "en"),
    [
        (1234567.5, 1, "1.234.567,5", "1,234,567.5"),
        (-905, 0, f"{MINUS}905", f"{MINUS}905"),
        (0, 0, "0", "0"),
        (Decimal("2.675"), 2, "2,68", "2.68"),
        (-0.4, 0, "0", "0"),
        (None, 0, "–", "–"),
    ],
)
def test_numbers(value: formats.Number | None, places: int, vi: str, en: str) -> None:
    assert formats.number(value, places) == vi
    assert formats.number(value, places, "en") == en


def test_differences_carry_their_sign_and_zero_has_none() -> None:
    assert formats.signed(25) == "+25"
    assert formats.signed(-905) == f"{MINUS}905"
    assert formats.signed(0) == "0"
    assert formats.signed(0.2) == "0"
    assert formats.signed(None) == "–"


def test_points_show_every_hundredth() -> None:
    assert formats.points(8600) == "86,00"
    assert formats.points(1) == "0,01"
    assert formats.points(10_000, "en") == "100.00"
    assert formats.points(None) == "–"
    assert formats.similarity(96) == "0,96"


def test_units_stand_behind_a_no_break_space() -> None:
    assert formats.percent(10.6) == f"10,6{NBSP}%"
    assert formats.percent(10.6, locale="en") == "10.6%"
    assert formats.percent(None) == "–"
    assert formats.money(1234567) == f"1.234.567{NBSP}₫"
    assert formats.money(1234567, "en") == f"VND{NBSP}1,234,567"
    assert formats.money(None) == "–"


def test_file_sizes_are_decimal() -> None:
    assert formats.file_size(999) == f"999{NBSP}B"
    assert formats.file_size(52_182) == f"52,2{NBSP}kB"
    assert formats.file_size(5_000_000, "en") == f"5.0{NBSP}MB"
    assert formats.file_size(7_500_000_000_000) == f"7.500,0{NBSP}GB"
    assert formats.file_size(None) == "–"


@given(st.lists(st.integers(min_value=0, max_value=10_000), max_size=16))
def test_shown_points_add_up_to_the_shown_total(parts: list[int]) -> None:
    read = [Decimal(formats.points(part).replace(".", "").replace(",", ".")) for part in parts]
    total = Decimal(formats.points(sum(parts)).replace(".", "").replace(",", "."))
    assert sum(read, Decimal(0)) == total
