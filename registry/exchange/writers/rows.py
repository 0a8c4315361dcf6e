"""Lists as files: rows of texts in, CSV or a workbook out, one row at a time and never all of them in memory.

Cells are texts in both: numbers of identity papers keep their zeros, and nothing a person typed becomes a formula.
What the file is about stands in the workbook on a sheet of its own; a CSV file holds the rows alone, so that programs
can read it.
"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import xlsxwriter

from registry.exchange.writers.book import MADE, TEXTS_STAY_TEXTS, put_text
from registry.text.formulas import guarded, writable

INFO_SHEET = "Thông tin"
COUNTED = "Số dòng trong tệp"
BOM = "\ufeff"
"""Without it Excel takes UTF-8 for a code page of its own, and no Vietnamese name survives."""

_LINE_END = "\r\n"
_WIDTH = 24


@dataclass(frozen=True)
class Listed:
    """What a list is called and what its columns are; `about` are lines of the sheet «Thông tin»."""

    sheet: str
    headers: tuple[str, ...]
    about: tuple[tuple[str, str], ...] = ()


class _Line:
    """What the csv writer writes to: it keeps the last line."""

    def __init__(self) -> None:
        self.text = ""

    def write(self, text: str) -> int:
        self.text = text
        return len(text)


def csv_lines(headers: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """The lines of a CSV file (RFC 4180, CRLF, the first with the byte-order mark), each a row."""
    line = _Line()
    writer = csv.writer(line, lineterminator=_LINE_END)
    writer.writerow([csv_cell(text) for text in headers])
    yield BOM + line.text
    for row in rows:
        writer.writerow([csv_cell(text) for text in row])
        yield line.text


def csv_cell(text: str) -> str:
    """What a cell of a CSV file holds for a text."""
    return writable(guarded(text))


def write_csv(stream: IO[str], listed: Listed, rows: Iterable[Sequence[str]]) -> int:
    """Write a CSV file to a text stream opened with `newline=""` and UTF-8; how many rows."""
    count = -1  # the headers
    for line in csv_lines(listed.headers, rows):
        stream.write(line)
        count += 1
    return count


def write_xlsx(target: Path | IO[bytes], listed: Listed, rows: Iterable[Sequence[str]], folder: Path) -> int:
    """Write a workbook; how many rows. `folder` holds its parts, readable by their owner alone, while it is written."""
    options = {**TEXTS_STAY_TEXTS, "constant_memory": True, "tmpdir": str(folder)}
    book: Any = xlsxwriter.Workbook(target if not isinstance(target, Path) else str(target), options)
    book.set_properties({"created": MADE})
    text = book.add_format({"num_format": "@", "valign": "top"})
    bold = book.add_format({"num_format": "@", "bold": True, "valign": "top"})
    try:
        sheet = book.add_worksheet(listed.sheet)
        sheet.set_column(0, max(0, len(listed.headers) - 1), _WIDTH, text)
        sheet.freeze_panes(1, 0)
        count = _fill(sheet, listed.headers, rows, text, bold)
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


def _fill(sheet: Any, headers: Sequence[str], rows: Iterable[Sequence[str]], text: Any, bold: Any) -> int:
    for column, header in enumerate(headers):
        put_text(sheet, 0, column, header, bold)
    count = 0
    for count, row in enumerate(rows, start=1):
        for column, cell in enumerate(row):
            if cell:
                put_text(sheet, count, column, cell, text)
    return count


def _tell(sheet: Any, about: Iterable[tuple[str, str]], text: Any, bold: Any) -> None:
    sheet.set_column(0, 0, _WIDTH)
    sheet.set_column(1, 1, 90)
    for row, (what, told) in enumerate(about):
        put_text(sheet, row, 0, what, bold)
        put_text(sheet, row, 1, told, text)
