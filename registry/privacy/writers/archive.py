"""One zip: everything as JSON, every table as CSV, and a PDF to read. The same values give the same files."""

import csv
import io
import json
import re
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

from registry.privacy.writers.reading import ReadingWords, reading_pdf

Row = Mapping[str, Any]
Tables = Mapping[str, Sequence[Row]]

# What a spreadsheet would run as a formula; written with one ' in front, as files of the product are read again.
_FORMULA = re.compile(r"^'*\s*[=+\-@＝＋－＠\t\r\n]")
_AS_FOUND = (1980, 1, 1, 0, 0, 0)


def archive(code: str, tables: Tables, log: Sequence[Row], words: ReadingWords) -> bytes:
    """The zip of a person's data; `words` says what tables and values are called in the readable part."""
    whole = {"code": code, "tables": {name: list(rows) for name, rows in tables.items()}, "log": list(log)}
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        _add(file, "du-lieu.json", json.dumps(whole, ensure_ascii=False, indent=1).encode())
        for name, rows in {**tables, "log": log}.items():
            if rows:
                _add(file, f"csv/{name}.csv", csv_of(rows))
        _add(file, "ban-doc.pdf", reading_pdf(tables, log, words))
    return made.getvalue()


def csv_of(rows: Sequence[Row]) -> bytes:
    """Rows as CSV that spreadsheets open as Vietnamese text and never run."""
    columns = list(dict.fromkeys(name for row in rows for name in row))
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(columns)
    for row in rows:
        writer.writerow([guarded(_cell(row.get(name))) for name in columns])
    return text.getvalue().encode("utf-8-sig")


def guarded(text: str) -> str:
    """The text with one ' in front where a spreadsheet would take it for a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list | bool) else str(value)


def _add(file: zipfile.ZipFile, name: str, content: bytes) -> None:
    entry = zipfile.ZipInfo(name, _AS_FOUND)
    entry.compress_type = zipfile.ZIP_DEFLATED
    file.writestr(entry, content)
