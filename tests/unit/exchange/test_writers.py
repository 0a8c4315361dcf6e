"""Workbooks that go out: no text becomes a formula, nothing is lost, the same rows give the same bytes."""

import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from registry.exchange.operations.templates import template_of
from registry.exchange.readers.workbook import read_workbook
from registry.exchange.rules.batches import ImportKind
from registry.exchange.writers.mistakes import PlainRow, PlainSheet, workbook_with_mistakes
from tests.factories.exchange import parts_of

DANGEROUS = [
    "=1+1",
    "+84912345678",
    "-2",
    "@SUM(A1)",
    "\t=1",
    "＝1+1",
    " =cmd|' /C calc'!A0",
    "http://vidu.vn",
    "{=1}",
]


def sheet(
    *rows: tuple[str, ...], header_row: int | None = 1, mistakes: Any = None, name: str = "A"
) -> PlainSheet:
    plain = [PlainRow(number, row, frozenset()) for number, row in enumerate(rows, start=1)]
    return PlainSheet(name, plain, header_row, mistakes or {})


def xml_of(content: bytes) -> str:
    return "".join(
        part.decode("utf-8", "replace") for name, part in parts_of(content).items() if name.endswith(".xml")
    )


def test_no_text_becomes_a_formula_or_a_link() -> None:
    content = workbook_with_mistakes([sheet(tuple(DANGEROUS))])
    assert "<f>" not in xml_of(content)
    assert "hyperlink" not in xml_of(content)
    assert read_workbook(content).sheets[0].rows[0].cells[: len(DANGEROUS)] == tuple(DANGEROUS)


@pytest.mark.slow
@settings(max_examples=30, deadline=None)
@given(
    some.lists(
        some.text(some.characters(exclude_categories=("Cs",)), min_size=1, max_size=30),
        min_size=1,
        max_size=5,
    )
)
def test_any_text_comes_back_as_it_was(texts: list[str]) -> None:
    texts = [text.replace("\r", "").replace("\ufffe", "").replace("\uffff", "") or "x" for text in texts]
    content = workbook_with_mistakes([sheet(tuple(texts), header_row=None)])
    assert read_workbook(content).sheets[0].rows[0].cells == tuple(texts)


def test_mistakes_stand_in_a_column_of_their_own_and_replace_older_ones() -> None:
    first = workbook_with_mistakes([sheet(("Tên", "Tuổi"), ("Hòa",), ("x", "y", "z"), mistakes={2: "a\nb"})])
    [read] = read_workbook(first).sheets
    assert [row.cells for row in read.rows] == [
        ("Tên", "Tuổi", "", "Lỗi"),
        ("Hòa", "", "", "a\nb"),
        ("x", "y", "z"),
    ]
    rows = [PlainRow(row.number, row.cells, row.numbers) for row in read.rows]
    again = workbook_with_mistakes([PlainSheet("A", rows, 1, {3: "c"})])
    cells = [row.cells for row in read_workbook(again).sheets[0].rows]
    assert cells == [("Tên", "Tuổi", "", "Lỗi"), ("Hòa",), ("x", "y", "z", "c")]


def test_numbers_stay_numbers() -> None:
    plain = PlainSheet("A", [PlainRow(1, ("12085000123", "1.5"), frozenset({0, 1}))], None, {})
    [row] = read_workbook(workbook_with_mistakes([plain])).sheets[0].rows
    assert (row.cells, row.numbers) == (("12085000123", "1.5"), frozenset({0, 1}))


def test_sheet_names_that_excel_forbids_are_replaced() -> None:
    names = ["Dữ liệu", "a/b", "dữ liệu", "x" * 40, "[]", "History"]
    content = workbook_with_mistakes([sheet(("x",), name=name) for name in names])
    assert [one.name for one in read_workbook(content).sheets] == [
        "Dữ liệu",
        "ab",
        "Trang 3",
        "x" * 31,
        "Trang 5",
        "Trang 6",
    ]


def test_a_template_has_text_columns_drop_downs_and_a_guide() -> None:
    content = template_of(ImportKind.PEOPLE)
    assert content == template_of(ImportKind.PEOPLE)
    book = read_workbook(content)
    assert [one.name for one in book.sheets] == ["Ứng viên", "Ví dụ", "Hướng dẫn", "Danh mục"]
    data = parts_of(content)["xl/worksheets/sheet1.xml"].decode()
    assert len(re.findall("<dataValidation ", data)) == len(book.sheets[0].rows[0].cells)
    assert 'type="list"' in data
    assert "'Danh mục'!$" in data
    guide = book.sheet("Hướng dẫn")
    assert guide is not None
    assert any("Họ và tên" in row.cells for row in guide.rows)
