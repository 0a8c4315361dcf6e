"""How long an office may take, by kind of request and by day: rows of a file, each with its source. Pure.

No number of a law stands in code or on a page: pages show what the row says and whether anybody confirmed it.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from registry.privacy.rules.calendar import WorkingCalendar
from registry.privacy.rules.confirming import fingerprint_of
from registry.privacy.rules.kinds import RightKind

_FILE = Path(__file__).resolve().parent.parent / "data" / "limits.json"


class NoLimit(LookupError):
    """No row says how long an office may take for such a request on such a day."""


@dataclass(frozen=True)
class Limit:
    """One row: working days to the first answer; calendar days to the end; days one extension may add."""

    kinds: frozenset[RightKind]
    valid_from: date
    valid_to: date | None
    first_answer_working_days: int
    completion_days: int
    completion_days_third_party: int
    extension_days: int
    source: str
    is_confirmed: bool
    fingerprint: str

    def holds(self, kind: RightKind, on: date) -> bool:
        """Whether the row is about this kind and in force on a day."""
        return kind in self.kinds and self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


@dataclass(frozen=True)
class Clocks:
    """The last day of each of the two limits."""

    answer_due_on: date
    done_due_on: date


@lru_cache(maxsize=1)
def limits() -> Sequence[Limit]:
    """All rows of this version."""
    return [_limit(row) for row in _raw()["rows"]]


@lru_cache(maxsize=1)
def limits_version() -> str:
    """Which version of the file a request was counted with."""
    return str(_raw()["version"])


def limit_of(kind: RightKind, on: date) -> Limit:
    """The row in force for a request received on a day. Raises NoLimit."""
    for row in limits():
        if row.holds(kind, on):
            return row
    raise NoLimit(f"{kind.value} {on}")


def clocks_of(limit: Limit, calendar: WorkingCalendar, received_on: date, *, has_third_party: bool) -> Clocks:
    """Both last days of a request received on a day.

    The end counts calendar days and does not move when it falls on a day off: sooner is never too late.
    """
    days = limit.completion_days_third_party if has_third_party else limit.completion_days
    return Clocks(
        calendar.add_working_days(received_on, limit.first_answer_working_days),
        received_on + timedelta(days=days),
    )


@lru_cache(maxsize=1)
def _raw() -> dict[str, Any]:
    return json.loads(_FILE.read_text("utf-8"))


def _limit(raw: dict[str, Any]) -> Limit:
    return Limit(
        frozenset(RightKind(one) for one in raw["kinds"]),
        date.fromisoformat(raw["valid_from"]),
        None if raw["valid_to"] is None else date.fromisoformat(raw["valid_to"]),
        raw["first_answer_working_days"],
        raw["completion_days"],
        raw["completion_days_third_party"],
        raw["extension_days"],
        raw["source"],
        raw["confirmed"],
        fingerprint_of(raw),
    )
