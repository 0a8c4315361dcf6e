"""Lists as files: rows of texts in, CSV or a workbook out, one row at a time and never all of them in memory.

Cells are texts in both: numbers of identity papers keep their zeros, and nothing a person typed becomes a formula.
What the file is about stands in the workbook on a sheet of its own; in a CSV file in a last column, beside the first row,
so that programs read the rows as they are.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import IO, Any

import xlsxwriter

from registry.exchange.writers.book import MADE, TEXTS_STAY_TEXTS, put_text
from registry.text.csv_rows import csv_lines

INFO_SHEET = "Thông tin"
COUNTED = "Số dòng trong tệp"
_WIDTH = 24


@dataclass(frozen=True)
class Listed:
    """What a list is called and what its columns are; `about` are lines of «Thông tin», a sheet or a last column.

    `groups` are the groups of the columns, one a column, where they are in some: a line of headers of their own above the
    columns in a workbook, «Nhóm: cột» in a CSV file.
    """

    sheet: str
    headers: tuple[str, ...]
    about: tuple[tuple[str, str], ...] = ()
    groups: tuple[str, ...] = ()

    @property
    def full_headers(self) -> tuple[str, ...]:
        """The headers in one line."""
        if not self.groups:
            return self.headers
        return tuple(f"{group}: {header}" for group, header in zip(self.groups, self.headers, strict=True))


def write_csv(stream: IO[str], listed: Listed, rows: Iterable[Sequence[str]]) -> int:
    """Write a CSV file to a text stream opened with `newline=""` and UTF-8; how many rows."""
    headers = listed.full_headers
    if listed.about:
        headers, rows = (*headers, INFO_SHEET), _with_last(rows, listed.about)
    count = -1  # the headers
    for line in csv_lines(headers, rows):
        stream.write(line)
        count += 1
    return count


def _with_last(rows: Iterable[Sequence[str]], about: Iterable[tuple[str, str]]) -> Iterator[tuple[str, ...]]:
    """Rows with one more cell: what the file is about in the first, nothing in the others."""
    last = "\n".join(f"{what}: {told}" for what, told in about)
    for row in rows:
        yield (*row, last)
        last = ""


def write_xlsx(target: Path | IO[bytes], listed: Listed, rows: Iterable[Sequence[str]], folder: Path) -> int:
    """Write a workbook; how many rows. `folder` holds its parts, readable by their owner alone, while it is written."""
    options = {**TEXTS_STAY_TEXTS, "constant_memory": True, "tmpdir": str(folder)}
    book: Any = xlsxwriter.Workbook(target if not isinstance(target, Path) else str(target), options)
    book.set_properties({"created": MADE})
    # Cells of grouped lists hold several lines.
    text = book.add_format({"num_format": "@", "valign": "top", "text_wrap": bool(listed.groups)})
    bold = book.add_format({"num_format": "@", "bold": True, "valign": "top"})
    try:
        sheet = book.add_worksheet(listed.sheet)
        sheet.set_column(0, max(0, len(listed.headers) - 1), _WIDTH, text)
        sheet.freeze_panes(_head(sheet, listed, bold), 0)
        count = _fill(sheet, 2 if listed.groups else 1, rows, text)
        if listed.about:
            about = (*listed.about, (COUNTED, str(count)))
            _tell(book.add_worksheet(INFO_SHEET), about, text, bold)
        book.close()
    except BaseException:
        _remove_parts(book)
        raise
    return count


def _remove_parts(book: Any) -> None:
    """The library leaves the rows written so far behind when it is not allowed to finish."""
    for sheet in book.worksheets():
        sheet.row_data_fh.close()
        Path(sheet.row_data_filename).unlink(missing_ok=True)


def _head(sheet: Any, listed: Listed, bold: Any) -> int:
    """Write the lines of headers; how many. A group stands in one cell over its columns."""
    first = 0
    for group, columns in groupby(listed.groups):
        last = first + len(list(columns)) - 1
        if last > first:
            sheet.merge_range(0, first, 0, last, "", bold)
        put_text(sheet, 0, first, group, bold)
        first = last + 1
    row = 1 if listed.groups else 0
    for column, header in enumerate(listed.headers):
        put_text(sheet, row, column, header, bold)
    return row + 1


def _fill(sheet: Any, first: int, rows: Iterable[Sequence[str]], text: Any) -> int:
    count = 0
    for count, row in enumerate(rows, start=1):
        for column, cell in enumerate(row):
            if cell:
                put_text(sheet, first + count - 1, column, cell, text)
    return count


def _tell(sheet: Any, about: Iterable[tuple[str, str]], text: Any, bold: Any) -> None:
    sheet.set_column(0, 0, _WIDTH)
    sheet.set_column(1, 1, 90)
    for row, (what, told) in enumerate(about):
        put_text(sheet, row, 0, what, bold)
        put_text(sheet, row, 1, told, text)
