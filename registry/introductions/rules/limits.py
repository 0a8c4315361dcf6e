"""How long a request waits and how often people may be written to: rows of a file, by day. Pure."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

_FILE = Path(__file__).resolve().parent.parent / "data" / "limits.json"


@dataclass(frozen=True)
class Limits:
    """One row. Days are calendar days in Việt Nam; what is counted by day is counted by that day."""

    valid_from: date
    valid_to: date | None
    answer_days: int
    quiet_days_after_refusal: int
    quiet_days_after_silence: int
    open_requests_per_person: int
    requests_per_day: int
    unanswered_messages: int
    messages_per_day: int
    source: str
    is_confirmed: bool

    def hold(self, on: date) -> bool:
        """Whether the row is in force on a day."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


def limits_on(on: date) -> Limits:
    """The row in force on a day. Raises LookupError where none is."""
    for row in _rows():
        if row.hold(on):
            return row
    raise LookupError(f"no limits of introductions on {on}")


@lru_cache(maxsize=1)
def limits_version() -> str:
    """Which version of the file a request was made under."""
    return str(_raw()["version"])


@lru_cache(maxsize=1)
def _rows() -> Sequence[Limits]:
    return [_limits(row) for row in _raw()["rows"]]


def _raw() -> dict[str, Any]:
    return json.loads(_FILE.read_text("utf-8"))


def _limits(raw: dict[str, Any]) -> Limits:
    return Limits(
        date.fromisoformat(raw["valid_from"]),
        None if raw["valid_to"] is None else date.fromisoformat(raw["valid_to"]),
        raw["answer_days"],
        raw["quiet_days_after_refusal"],
        raw["quiet_days_after_silence"],
        raw["open_requests_per_person"],
        raw["requests_per_day"],
        raw["unanswered_messages"],
        raw["messages_per_day"],
        raw["source"],
        raw["confirmed"],
    )
