"""The workbook that goes back: sheets, headers and cell texts as they were, and a column «Lỗi». Formats are not kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from registry.exchange.writers.book import put_text, written

MISTAKES_HEADER = "Lỗi"

_FORBIDDEN_IN_NAMES = str.maketrans("", "", "[]:*?/\\'")
_NAME_LIMIT = 31


@dataclass(frozen=True)
class PlainRow:
    """A row by Excel's number: texts from column A, and which columns were numbers."""

    number: int
    cells: tuple[str, ...]
    numbers: frozenset[int]


@dataclass(frozen=True)
class PlainSheet:
    """A sheet to write again; `header_row` is Excel's number of its header, None when it holds no data rows.

    `mistakes` maps row numbers to what is to be mended there.
    """

    name: str
    rows: Sequence[PlainRow]
    header_row: int | None
    mistakes: Mapping[int, str]


def workbook_with_mistakes(sheets: Sequence[PlainSheet]) -> bytes:
    """The .xlsx file with all sheets. An older column «Lỗi» is written over, so rounds do not pile up."""

    def fill(book: Any) -> None:
        text = book.add_format({"num_format": "@"})
        marked = book.add_format(
            {"num_format": "@", "text_wrap": True, "font_color": "#8C1D18", "valign": "top"}
        )
        taken: set[str] = set()
        for number, sheet in enumerate(sheets, start=1):
            _write(book.add_worksheet(_free_name(sheet.name, number, taken)), sheet, text, marked)

    return written(fill)


def _free_name(name: str, number: int, taken: set[str]) -> str:
    """The sheet's own name when Excel allows it; a file made by a program may have others."""
    allowed = name.translate(_FORBIDDEN_IN_NAMES)[:_NAME_LIMIT].strip()
    if not allowed or allowed.casefold() in taken or allowed.casefold() == "history":
        allowed = f"Trang {number}"
    taken.add(allowed.casefold())
    return allowed


def _write(sheet: Any, plain: PlainSheet, text: Any, marked: Any) -> None:
    column = _mistakes_column(plain)
    for row in plain.rows:
        for index, cell in enumerate(row.cells):
            if not cell or (index == column and row.number >= (plain.header_row or 0)):
                continue
            if index in row.numbers:
                sheet.write_number(row.number - 1, index, float(cell))
            else:
                put_text(sheet, row.number - 1, index, cell, text)
        if row.number == plain.header_row:
            put_text(sheet, row.number - 1, column, MISTAKES_HEADER, marked)
    for number, sentences in plain.mistakes.items():
        put_text(sheet, number - 1, column, sentences, marked)
    if plain.header_row is not None:
        _close_gaps(sheet, plain.header_row, {row.number for row in plain.rows})
        sheet.set_column(column, column, 60)
        sheet.freeze_panes(plain.header_row, 0)


def _close_gaps(sheet: Any, header_row: int, written_rows: set[int]) -> None:
    """Hide the rows that are left out: what stays has its old number and is seen without scrolling."""
    for number in range(header_row + 1, max(written_rows, default=0)):
        if number not in written_rows:
            sheet.set_row(number - 1, None, None, {"hidden": True})


def _mistakes_column(plain: PlainSheet) -> int:
    """The existing column «Lỗi», else the first one right of everything; beyond all columns without a header."""
    if plain.header_row is None:
        return -1
    header = next((row.cells for row in plain.rows if row.number == plain.header_row), ())
    if MISTAKES_HEADER in header:
        return header.index(MISTAKES_HEADER)
    return max((len(row.cells) for row in plain.rows), default=0)
