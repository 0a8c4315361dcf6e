"""Rows as lines of a CSV file: UTF-8 with a mark Excel needs, CRLF, texts that stay texts. Pure."""

import csv
from collections.abc import Iterable, Iterator, Sequence

from registry.text.formulas import guarded, writable

BOM = "\ufeff"
"""Without it Excel takes UTF-8 for a code page of its own, and no Vietnamese name survives."""

_LINE_END = "\r\n"


class _Line:
    """What the csv writer writes to: it keeps the last line."""

    def __init__(self) -> None:
        self.text = ""

    def write(self, text: str) -> int:
        self.text = text
        return len(text)


def csv_lines(headers: Sequence[str], rows: Iterable[Sequence[str | int | None]]) -> Iterator[str]:
    """The lines of a CSV file (RFC 4180, CRLF, the first with the byte-order mark), each a row.

    A whole number is a number, with a plain minus; None is an empty cell.
    """
    line = _Line()
    writer = csv.writer(line, lineterminator=_LINE_END)
    writer.writerow([csv_cell(text) for text in headers])
    yield BOM + line.text
    for row in rows:
        writer.writerow([csv_cell(cell) if isinstance(cell, str) else cell for cell in row])
        yield line.text


def csv_cell(text: str) -> str:
    """What a cell of a CSV file holds for a text."""
    return writable(guarded(text))
