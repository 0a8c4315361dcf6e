"""The workbook every writer starts from: texts stay texts, nothing touches the disk, equal rows give equal bytes."""

import io
from collections.abc import Callable
from datetime import datetime
from typing import Any

import xlsxwriter

from registry.text.formulas import sheltered, writable

MAX_CELL_CHARACTERS = 32_767
"""What Excel holds in one cell; the library drops longer texts silently, so they are cut here."""

TEXTS_STAY_TEXTS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_OPTIONS = {"in_memory": True, **TEXTS_STAY_TEXTS}
# The library would stamp the current time into the file; the day the format was made says as much.
MADE = datetime(2026, 11, 1)  # noqa: DTZ001 - Excel knows no zones


def written(fill: Callable[[Any], None]) -> bytes:
    """The bytes of an .xlsx file that `fill` fills; it gets the library's workbook."""
    stream = io.BytesIO()
    book: Any = xlsxwriter.Workbook(stream, _OPTIONS)  # its types are only half written
    book.set_properties({"created": MADE})
    fill(book)
    book.close()
    return stream.getvalue()


def put_text(sheet: Any, row: int, column: int, text: str, style: Any = None) -> None:
    """Write a text into a cell counted from 0. Reading takes one quote off again where this put one."""
    held = cell_text(text)
    if held.startswith("<r>") and held.endswith("</r>"):
        # The library takes such a text for markup of its own and writes it as it stands; in three pieces it is text again.
        sheet.write_rich_string(row, column, *held[:2], held[2:], *(() if style is None else (style,)))
    else:
        sheet.write_string(row, column, held, style)


def cell_text(text: str) -> str:
    """What a cell of a workbook holds for a text."""
    return writable(sheltered(text))[:MAX_CELL_CHARACTERS]
