"""The child process that opens a workbook: limits itself, checks the zip, prints the cells as JSON lines.

It reads the file from standard input, so the file need not lie on a disk in the clear. It uses the standard
library, calamine and the rule about quotes only; calamine holds all of a sheet, so a large file is read by `streamed`.
With the argument «head» only the first rows of each sheet are printed. It prints {"refused": code}, or for each sheet {"sheet": name} followed by
its filled rows as [number from 1, [cell texts], [indexes of cells that Excel keeps as numbers]].
"""

import datetime
import io
import json
import resource
import signal
import sys
import zipfile
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum

from registry.exchange.readers.archive import WorkbookRefused, check_inside
from registry.exchange.readers.streamed import NotAWorkbook, StreamedBook
from registry.text.formulas import unguarded

MEMORY_BYTES = 640 * 1024 * 1024
CPU_SECONDS = 100
MAX_ROWS = 100_000
MAX_COLUMNS = 200
MAX_SHEETS = 50

# Excel itself holds at most 32,767 characters in a cell; what is longer was made by a program and is
# cut here, still too long for any field, so that one shared text cannot fill the memory 100,000 times.
MAX_CELL_CHARACTERS = 33_000
_MAX_CHARACTERS = 128 * 1024 * 1024
# Unpacked parts above which a file is not held in memory as a whole.
_STREAMED_FROM = 16 * 1024 * 1024
HEAD_ROWS = 20
HEAD = "head"
# Whole numbers are exact in a float up to here; above, Excel has already lost digits.
_EXACT_BELOW = 1e15


def main() -> None:
    """Read one workbook from standard input and print it to standard output."""
    limit_this_process()
    most = HEAD_ROWS if HEAD in sys.argv[2:-1] else None
    for line in workbook_lines(sys.stdin.buffer.read(), most):
        sys.stdout.buffer.write(line.encode() + b"\n")


def limit_this_process() -> None:
    """Bound memory and processor time, and allow no file to be written."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # Whoever stops a worker tells its whole group; a reader that died of it would look like a file too heavy to read.
    # It ends when nobody takes what it prints.
    for told in (signal.SIGTERM, signal.SIGINT):
        signal.signal(told, signal.SIG_IGN)


def workbook_lines(content: bytes, most: int | None = None) -> Iterator[str]:
    """The lines to print for this file, at most so many rows a sheet. A refusal is the only line, or the last one."""
    try:
        check_inside(content)
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) >= _STREAMED_FROM:
                book = StreamedBook(archive)
                yield from _sheets([(name, book.rows(name)) for name in book.sheets], most, is_cut_short=True)
                return
        yield from _sheets(_held_sheets(content), most)
    except WorkbookRefused as refused:
        yield json.dumps({"refused": refused.code})
    except (CalamineError, NotAWorkbook):
        yield json.dumps({"refused": "broken"})
    except MemoryError:
        yield json.dumps({"refused": "too_heavy"})


_Numbered = Iterator[tuple[int, list[Any]]]


def _held_sheets(content: bytes) -> Iterator[tuple[str, _Numbered]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    for one in book.sheets_metadata:
        if one.typ == SheetTypeEnum.WorkSheet:
            yield one.name, _held_rows(book.get_sheet_by_name(one.name))


def _sheets(
    sheets: Iterable[tuple[str, _Numbered]], most: int | None, *, is_cut_short: bool = False
) -> Iterator[str]:
    """The printed sheets. `most` rows of each are shown; `is_cut_short` does not look whether the others may be read."""
    characters = 0
    for name, rows in islice(sheets, MAX_SHEETS):
        yield json.dumps({"sheet": name}, ensure_ascii=False)
        for filled, row in enumerate(_filled_rows(rows)):
            is_shown = most is None or filled < most
            if is_cut_short and not is_shown:
                break
            characters += len(row)
            if filled > MAX_ROWS:  # the first one is the header
                raise WorkbookRefused("too_many_rows")
            if characters > _MAX_CHARACTERS:
                raise WorkbookRefused("too_heavy")
            if is_shown:
                yield row


def _held_rows(sheet: CalamineSheet) -> _Numbered:
    """The rows as calamine has them."""
    if sheet.start is None:
        return
    # Calamine hands out the empty rows above the first filled cell, but not the empty columns left of it.
    left: list[Any] = [""] * sheet.start[1]
    for number, values in enumerate(sheet.iter_rows(), start=1):
        yield number, left + values if left else values


def _filled_rows(rows: _Numbered) -> Iterator[str]:
    """The rows with anything in them, numbered as Excel numbers them."""
    for number, values in rows:
        cells = [_text(value) for value in values[:MAX_COLUMNS]]
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            numbers = [index for index, value in enumerate(values[: len(cells)]) if _is_number(value)]
            yield json.dumps([number, cells, numbers], ensure_ascii=False, separators=(",", ":"))


def _is_number(value: Any) -> bool:
    return isinstance(value, float | int) and not isinstance(value, bool)


def _text(value: Any) -> str:
    """A cell as the person sees it in Việt Nam: no «.0», dates as dd/mm/yyyy, yes and no as Excel writes them.

    A quote that keeps a text from being a formula, as exported lists have it, is no part of the text.
    """
    if isinstance(value, str):
        return unguarded(value[:MAX_CELL_CHARACTERS])
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float | int):
        return _number_text(float(value))
    if isinstance(value, datetime.datetime):
        return f"{value:%d/%m/%Y}" if value.time() == datetime.time() else f"{value:%d/%m/%Y %H:%M}"
    if isinstance(value, datetime.date):
        return f"{value.day:02}/{value.month:02}/{value.year:04}"
    return str(value)


def _number_text(value: float) -> str:
    if value.is_integer() and abs(value) < _EXACT_BELOW:
        return str(int(value))
    return repr(value).upper()  # 1.234567890123457E+18: shown as Excel would, refused where digits count


if __name__ == "__main__":
    main()
