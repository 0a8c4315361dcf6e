"""Cells of one row: clean text, one finding a cell, closed lists, lists in a cell."""

from datetime import date

import pytest

from registry.exchange.rules.cells import Cell, RowReader, Words, split_list
from registry.people.rules.problems import Problem

FRUITS: Words[int] = Words({"Táo, lê": 1, "Cam": 2}, {"Quýt": 2})


def reader(**cells: str) -> RowReader:
    return RowReader({key: Cell(text) for key, text in cells.items()})


def codes(row: RowReader) -> list[tuple[str, str, bool]]:
    return [(one.key, one.code, one.is_error) for one in row.findings]


@pytest.mark.parametrize(
    ("text", "code"),
    [("a" * 201, "too_long"), ("a\x00", "control"), ("a\u202e", "bidi"), ("a\ufffd", "encoding")],
)
def test_text_that_may_not_enter_is_refused_once(text: str, code: str) -> None:
    row = reader(a=text)
    assert row.text("a") == ""
    assert row.text("a") == ""
    assert codes(row) == [("a", code, True)]
    assert row.is_refused("a")
    assert row.findings[0].value == text


def test_a_column_the_file_does_not_have_is_empty() -> None:
    row = reader()
    assert (row.text("a"), row.dated("a"), row.whole("a", 0, 9), row.choice("a", FRUITS)) == (
        "",
        None,
        None,
        None,
    )
    assert not row.findings


def test_an_error_replaces_a_doubt_but_not_the_other_way_round() -> None:
    row = reader(a="x")
    row.doubt("a", Problem("one", "Một"))
    row.doubt("a", Problem("two", "Hai"))
    assert codes(row) == [("a", "one", False)]
    assert not row.has_errors
    row.refuse("a", Problem("three", "Ba %(n)d", {"n": 3}))
    row.doubt("a", Problem("four", "Bốn"))
    assert codes(row) == [("a", "three", True)]
    assert row.findings[0].message == "Ba 3"
    assert row.has_errors


@pytest.mark.parametrize("text", ["15/08/1990", "15/08/1990 10:30", "1990-08-15", "1990-08-15T00:00:00"])
def test_a_time_of_day_beside_a_date_does_not_count(text: str) -> None:
    assert reader(a=text).day("a") == date(1990, 8, 15)


def test_a_day_must_be_known_to_the_day_where_it_is_asked_for() -> None:
    row = reader(a="08/1990")
    assert row.day("a") is None
    assert codes(row) == [("a", "day_missing", True)]


@pytest.mark.parametrize(
    ("text", "value"), [("7", 7), ("0", None), ("11", None), ("7,5", None), ("bảy", None), ("７", None)]
)
def test_whole_numbers_are_bounded(text: str, value: int | None) -> None:
    row = reader(a=text)
    assert row.whole("a", 1, 10) == value
    assert row.has_errors == (value is None)


def test_words_of_a_list_are_compared_without_marks_and_may_hold_a_comma() -> None:
    row = reader(a="tao, le", b="CAM; quýt; Táo, lê", c="Cam, Xoài")
    assert row.choices("a", FRUITS) == [1]
    assert row.choices("b", FRUITS) == [2, 1]
    assert row.choices("c", FRUITS) == [2]
    assert codes(row) == [("c", "not_in_list", True)]
    assert "Táo, lê; Cam" in row.findings[0].message
    assert (FRUITS.listed, FRUITS.first, FRUITS.get("x")) == (("Táo, lê", "Cam"), 1, None)


@pytest.mark.parametrize(
    ("text", "entries"),
    [
        ("", []),
        ("a; b ;; c", ["a", "b", "c"]),
        ("a, b\nc; d", ["a, b", "c", "d"]),
        ("a, b", ["a", "b"]),
        ("a\nb", ["a", "b"]),
        ("a (1, x), b [2, y], c", ["a (1, x)", "b [2, y]", "c"]),
    ],
)
def test_entries_of_a_list_are_parted(text: str, entries: list[str]) -> None:
    assert split_list(text) == entries


def test_a_list_is_not_endless_and_its_entries_are_not_long() -> None:
    row = reader(a=";".join("x" * 41), b="y" * 201)
    assert row.entries("a", str) == []
    assert row.entries("b", str) == []
    assert codes(row) == [("a", "too_many", True), ("b", "too_long", True)]
