"""How values stand in a backup: alike whichever database they come from, and nothing of them lost.

A row is a JSON array on one line, its values in the order of the manifest's columns, UTF-8, nothing escaped that need
not be. Absent values are `null`. By kind:

    integer   a JSON number without fraction, 64 bits
    float     a JSON number, the shortest that reads back the same
    boolean   `true` or `false`
    text      a JSON string, as it was typed: no normalising
    date      "YYYY-MM-DD"
    instant   "YYYY-MM-DDTHH:MM:SS.ffffffZ", always UTC, always six digits
    bytes     base 64 (RFC 4648, padded)
    json      a JSON string holding the document as the database keeps it, so that the order of its keys, its numbers
              and the difference between a missing document and the document `null` survive
"""

import json
from base64 import b64decode, b64encode
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

Row = Sequence[Any]


class Kind(StrEnum):
    """What a column holds."""

    INTEGER = "integer"
    FLOAT = "float"
    BOOLEAN = "boolean"
    TEXT = "text"
    DATE = "date"
    INSTANT = "instant"
    BYTES = "bytes"
    JSON = "json"


_Change = Callable[[Any], Any]


def _written_instant(value: datetime) -> str:
    return value.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def _read_instant(text: str) -> datetime:
    found = datetime.fromisoformat(text)
    if found.tzinfo is None:
        raise ValueError("an instant without a zone")
    return found


_WRITE: dict[Kind, _Change] = {
    Kind.DATE: date.isoformat,
    Kind.INSTANT: _written_instant,
    Kind.BYTES: lambda value: b64encode(value).decode("ascii"),
}
_READ: dict[Kind, _Change] = {
    Kind.DATE: date.fromisoformat,
    Kind.INSTANT: _read_instant,
    Kind.BYTES: lambda text: b64decode(text, validate=True),
}


def _places(kinds: Sequence[Kind], changes: dict[Kind, _Change]) -> list[tuple[int, _Change]]:
    return [(place, changes[kind]) for place, kind in enumerate(kinds) if kind in changes]


def _changed(row: Row, places: Sequence[tuple[int, _Change]]) -> list[Any]:
    values = list(row)
    for place, change in places:
        if values[place] is not None:
            values[place] = change(values[place])
    return values


def line_writer(kinds: Sequence[Kind]) -> Callable[[Row], bytes]:
    """What turns a row into its line, the line's end included."""
    places = _places(kinds, _WRITE)
    encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

    def write(row: Row) -> bytes:
        return f"{encode(_changed(row, places))}\n".encode()

    return write


def line_reader(kinds: Sequence[Kind]) -> Callable[[bytes], list[Any]]:
    """What turns a line back into the row. Raises ValueError for a line that is none."""
    places = _places(kinds, _READ)

    def read(line: bytes) -> list[Any]:
        row: Any = json.loads(line)
        if not isinstance(row, list) or len(row) != len(kinds):  # pyright: ignore[reportUnknownArgumentType]
            raise ValueError("a line that is no row")
        try:
            return _changed(row, places)  # pyright: ignore[reportUnknownArgumentType]
        except (TypeError, AttributeError) as wrong:
            raise ValueError("a value of another kind") from wrong

    return read
