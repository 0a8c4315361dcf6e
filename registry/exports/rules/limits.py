"""From how many rows on the worker makes a file, and how long files are kept: rows of a file by day. Pure."""

import json
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

_FILE = Path(__file__).resolve().parent.parent / "data" / "limits.json"


class NoLimit(LookupError):
    """No row is in force on this day."""


@dataclass(frozen=True)
class ExportLimits:
    """One row of the file. `at_once_rows` are made while one waits; `ranked_rows` of a ranking leave at most."""

    valid_from: date
    valid_to: date | None
    at_once_rows: int
    ranked_rows: int
    most_rows: int
    kept_hours: int


@lru_cache(maxsize=1)
def _rows() -> tuple[ExportLimits, ...]:
    return tuple(map(_row, json.loads(_FILE.read_text("utf-8"))["rows"]))


def _row(raw: dict[str, Any]) -> ExportLimits:
    return ExportLimits(
        date.fromisoformat(raw["valid_from"]),
        None if raw["valid_to"] is None else date.fromisoformat(raw["valid_to"]),
        raw["at_once_rows"],
        raw["ranked_rows"],
        raw["most_rows"],
        raw["kept_hours"],
    )


def limits_on(day: date) -> ExportLimits:
    """The row in force on a day. Raises NoLimit."""
    for row in _rows():
        if row.valid_from <= day and (row.valid_to is None or day <= row.valid_to):
            return row
    raise NoLimit(day.isoformat())
