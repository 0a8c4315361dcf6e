"""Workbooks for tests, honest ones and hostile ones."""

import io
import struct
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

import xlsxwriter

from registry.exchange.rules.columns import Column
from registry.exchange.rules.need_columns import NEED_COLUMNS, NEEDS_SHEET
from registry.exchange.rules.people_columns import PEOPLE_COLUMNS, PEOPLE_SHEET

BY_LAW = "Theo luật"

Value = str | int | float | bool | date | datetime | time | None

CONTENT_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)


def workbook(sheets: Mapping[str, Sequence[Sequence[Value]]], *, date_1904: bool = False) -> bytes:
    """An .xlsx file with these sheets; dates get a date format, text stays text."""
    stream = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "date_1904": date_1904}
    book: Any = xlsxwriter.Workbook(stream, options)  # its types are only half written
    dates = book.add_format({"num_format": "dd/mm/yyyy"})
    times = book.add_format({"num_format": "hh:mm"})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                if isinstance(value, time):
                    sheet.write_datetime(number, column, value, times)
                elif isinstance(value, date):
                    sheet.write_datetime(number, column, value, dates)
                elif isinstance(value, str):
                    sheet.write_string(number, column, value)
                elif value is not None:
                    sheet.write(number, column, value)
    book.close()
    return stream.getvalue()


def parts_of(content: bytes) -> dict[str, bytes]:
    """The parts of an .xlsx file."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(parts: Mapping[str, bytes | str], *, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of these parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", compression) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def with_part(content: bytes, name: str, part: bytes | str) -> bytes:
    """The file with one part added or replaced."""
    return zipped({**parts_of(content), name: part})


def with_declared_size(content: bytes, name: str, size: int) -> bytes:
    """The file lying about how much a part unpacks to, in both places where a zip says so."""
    found = bytearray(content)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entry = archive.getinfo(name)
    struct.pack_into("<L", found, entry.header_offset + 22, size)
    start = content.index(b"PK\x01\x02")
    while content[start + 46 : start + 46 + len(name)] != name.encode():
        start = content.index(b"PK\x01\x02", start + 4)
    struct.pack_into("<L", found, start + 24, size)
    return bytes(found)


def people_workbook(rows: Sequence[Mapping[str, Value]], extra: Sequence[str] = ()) -> bytes:
    """A workbook like the template of people, with these rows by column key and more headers behind.

    A row that says nothing of its legal basis (`"basis": None` is a word too) says that a law orders it.
    """
    return _like_template(PEOPLE_SHEET, PEOPLE_COLUMNS, [{"basis": BY_LAW, **row} for row in rows], extra)


def needs_workbook(rows: Sequence[Mapping[str, Value]], extra: Sequence[str] = ()) -> bytes:
    """A workbook like the template of needs."""
    return _like_template(NEEDS_SHEET, NEED_COLUMNS, rows, extra)


def _like_template(
    sheet: str, columns: Sequence[Column], rows: Sequence[Mapping[str, Value]], extra: Sequence[str]
) -> bytes:
    headers: list[Value] = [*(column.header for column in columns), *extra]
    keys = [*(column.key for column in columns), *extra]
    return workbook({sheet: [headers, *([row.get(key) for key in keys] for row in rows)]})
