"""The workbook every writer starts from: texts stay texts, nothing touches the disk, equal rows give equal bytes."""

import io
from collections.abc import Callable
from datetime import datetime
from typing import Any

import xlsxwriter

MAX_CELL_CHARACTERS = 32_767
"""What Excel holds in one cell; the library drops longer texts silently, so they are cut here."""

_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
# The library would stamp the current time into the file; the day the format was made says as much.
_MADE = datetime(2026, 11, 1)  # noqa: DTZ001 - Excel knows no zones


def written(fill: Callable[[Any], None]) -> bytes:
    """The bytes of an .xlsx file that `fill` fills; it gets the library's workbook."""
    stream = io.BytesIO()
    book: Any = xlsxwriter.Workbook(stream, _OPTIONS)  # its types are only half written
    book.set_properties({"created": _MADE})
    fill(book)
    book.close()
    return stream.getvalue()


def put_text(sheet: Any, row: int, column: int, text: str, style: Any = None) -> None:
    """Write a text into a cell counted from 0."""
    sheet.write_string(row, column, text[:MAX_CELL_CHARACTERS], style)
