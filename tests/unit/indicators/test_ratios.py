"""Units, percentages across them, and how a percentage of plan is said."""

import ast
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import registry
from registry.indicators.rules.figures import Figure, Missing, Period, Plan, Reading, Refused
from registry.indicators.rules.numbers import decimals_of, half_up, signed_words
from registry.indicators.rules.ratios import Percent, percent_of_plan, ratio
from registry.indicators.rules.units import (
    ATTENDANCES,
    MONEY,
    PEOPLE,
    PERCENT,
    PLACES,
    UNITS,
    WORKERS,
    Per,
    is_part_of,
    may_be_added,
    read_unit,
    unit_by_code,
)
from registry.indicators.rules.wording import PrintedPercent, plan_phrase, printed_words, read_plan_phrase

NBSP = "\u00a0"
YEARLY = Plan(Decimal(400), PEOPLE, None, "Kế hoạch năm", Reading.PER_YEAR)


def attended(count: int, first: int, last: int) -> Refused | Percent:
    return percent_of_plan(Figure.of(count, ATTENDANCES, Period.years(first, last)), YEARLY)


@pytest.mark.parametrize(
    ("value", "places", "rounded"),
    [("8.95", 1, "9.0"), ("-0.05", 1, "-0.1"), ("-0.04", 1, "0.0"), ("2.5", 0, "3"), ("120.75", 1, "120.8")],
)
def test_halves_go_away_from_zero(value: str, places: int, rounded: str) -> None:
    assert str(half_up(Decimal(value), places)) == rounded


def test_rounding_is_exact_where_a_float_is_not() -> None:
    just_below = Fraction(1, 2) - Fraction(1, 10**50)
    assert (half_up(just_below, 0), half_up(Fraction(1, 2), 0)) == (0, 1)
    assert half_up(10**70 + 1, 2) == Decimal(10**70 + 1)
    assert (decimals_of(Fraction(1, 3)), decimals_of(Fraction(3, 8))) == (None, 3)
    assert [signed_words(one) for one in (25, -905, 0)] == ["+25", "−905", "0"]


@pytest.mark.parametrize("room", ["indicators", "balance", "open_data"])
def test_no_rule_of_figures_knows_a_float(room: str) -> None:
    found = [
        (path.name, node.lineno)
        for path in (Path(registry.__file__).parent / room / "rules").glob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if (isinstance(node, ast.Constant) and isinstance(node.value, float))
        or (isinstance(node, ast.Name) and node.id in {"float", "round"})
    ]
    assert found == []


def test_units_are_read_as_they_are_printed() -> None:
    assert [read_unit(text).unit for text in ("người", "Lượt", "lượt người", "%", "chỉ tiêu")] == [  # pyright: ignore[reportOptionalMemberAccess]
        PEOPLE,
        ATTENDANCES,
        ATTENDANCES,
        PERCENT,
        PLACES,
    ]
    yearly = read_unit("lao động/năm")
    assert yearly is not None
    assert (yearly.unit, yearly.per) == (WORKERS, Per.YEAR)
    assert read_unit("tấn") is None
    assert read_unit("trăm") is None
    assert read_unit("tram") == read_unit("Trạm")
    assert read_unit("nguoi/nam") == read_unit(" Người / năm ")
    assert read_unit("người/ca") is None
    assert {unit_by_code(unit.code) for unit in UNITS} == set(UNITS)
    # A name goes through the translator, where a lone sign of per cent would begin a value.
    assert [unit.code for unit in UNITS if "%" in unit.name] == []


def test_which_unit_can_be_a_part_of_which() -> None:
    assert is_part_of(WORKERS, PEOPLE)
    assert is_part_of(PEOPLE, PLACES)
    assert not is_part_of(PLACES, PEOPLE)
    assert not is_part_of(ATTENDANCES, PEOPLE)
    assert not is_part_of(ATTENDANCES, PLACES)
    assert not is_part_of(PERCENT, PERCENT)
    assert is_part_of(MONEY, MONEY)
    assert may_be_added({PEOPLE, WORKERS})
    assert not may_be_added({PEOPLE, ATTENDANCES})


def test_attendances_against_a_plan_in_people_are_refused_bt3() -> None:
    """BT3: no percentage of plan; the bare arithmetic stands in the warning alone."""
    found = [attended(470, 2021, 2021), attended(483, 2022, 2022), attended(953, 2021, 2022)]
    said: list[str] = []
    for one in found:
        assert isinstance(one, Refused)
        assert one.code == "across_units"
        assert "một người có thể có nhiều lượt" in one.text
        said.append(one.text.replace(NBSP, " "))
    assert [one.bare for one in found if isinstance(one, Refused)] == [
        Fraction(235, 2),
        Fraction(483, 4),
        Fraction(953, 8),
    ]
    assert "470 lượt người không chia được cho 400 người" in said[0]
    assert said[0].endswith("470 ÷ 400 = 117,5 %")
    assert said[1].endswith("483 ÷ 400 = 120,75 % (làm tròn 120,8 %)")
    assert said[2].endswith("953 ÷ 800 = 119,1 %")


def test_no_percentage_without_a_plan_or_a_number_kh2() -> None:
    """KH2: «còn ít» without a number and without a plan gives no percentage."""
    sent = percent_of_plan(Figure.missing(PEOPLE, Missing.NOT_PRINTED), YEARLY)
    unplanned = percent_of_plan(Figure.of(3, PEOPLE), None)
    nothing = ratio(Figure.of(3, PEOPLE), Figure.of(0, PEOPLE))
    assert [one.code for one in (sent, unplanned, nothing) if isinstance(one, Refused)] == [
        "no_numerator",
        "no_plan",
        "no_denominator",
    ]


def test_a_share_of_something_about_is_about() -> None:
    found = ratio(Figure(Decimal(100), PEOPLE, is_about=True), Figure.of(400, PEOPLE))
    assert isinstance(found, Percent)
    assert found.is_about
    assert found.arithmetic == f"khoảng 100 ÷ 400 = 25,0{NBSP}%"
    assert found.rounded == 25


@pytest.mark.parametrize(
    ("percent", "phrase"),
    [
        ("133.1", "vượt 33,1 % kế hoạch"),
        ("59.7", "bằng 59,7 % kế hoạch"),
        ("9.8", "bằng 9,8 % kế hoạch"),
        ("100", "đạt kế hoạch"),
        ("99.96", "bằng 99,96 % kế hoạch"),
        ("100.004", "vượt 0,004 % kế hoạch"),
        ("0", "bằng 0,0 % kế hoạch"),
        ("1250", "vượt 1.150,0 % kế hoạch"),
    ],
)
def test_a_percentage_of_plan_is_said_as_it_is_printed_lc2(percent: str, phrase: str) -> None:
    """LC2: «vượt 33,1 %» is 133.1 %, and the words come back."""
    assert plan_phrase(Decimal(percent)).replace(NBSP, " ") == phrase
    read = read_plan_phrase(phrase)
    assert read is not None
    assert read.percent == Decimal(percent)


@pytest.mark.parametrize(
    ("text", "percent", "places"),
    [
        ("xuất khẩu lao động 213 người, vượt 33,1% kế hoạch", "133.1", 1),
        ("vượt 33,1 %", "133.1", 1),
        ("Đạt 60% so với kế hoạch năm", "60", 0),
        ("vượt kế hoạch 5,25%", "105.25", 2),
        ("hoàn thành 100% kế hoạch", "100", 0),
    ],
)
def test_printed_phrases_are_read(text: str, percent: str, places: int) -> None:
    assert read_plan_phrase(text) == PrintedPercent(Decimal(percent), places)


@pytest.mark.parametrize(
    "text", ["vượt chỉ tiêu đề ra (400 người/năm)", "đạt 6,5% GRDP", "", "bằng kế hoạch"]
)
def test_a_verdict_in_words_states_no_percentage(text: str) -> None:
    assert read_plan_phrase(text) is None


def test_less_than_nothing_is_no_share_of_a_plan() -> None:
    with pytest.raises(ValueError, match="no share"):
        plan_phrase(-1)


@settings(max_examples=60)
@given(st.integers(0, 50_000), st.integers(1, 2))
def test_words_of_a_percentage_come_back(hundredths: int, places: int) -> None:
    percent = half_up(Fraction(hundredths, 100), places)
    read = read_plan_phrase(plan_phrase(percent, places))
    assert read is not None
    assert read.percent == percent
    if percent != 100:
        assert read.places == places
    assert printed_words(read).endswith("%")
