"""Within how many hours of its discovery an incident with personal data is to be reported: rows of a file. Pure.

Hours run on the wall: nights, weekends, Tết and leap days count like any other.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from registry.privacy.rules.calendar import local_day
from registry.privacy.rules.confirming import fingerprint_of

_FILE = Path(__file__).resolve().parent.parent / "data" / "breach.json"


class NoIncidentLimit(LookupError):
    """No row says within how many hours an incident of such a day is to be reported."""


@dataclass(frozen=True)
class IncidentLimit:
    """One row: hours from discovery to the report, and at how many hours left somebody is alerted."""

    report_hours: int
    alert_hours_left: tuple[int, ...]
    valid_from: date
    valid_to: date | None
    source: str
    is_confirmed: bool
    fingerprint: str

    def due_at(self, discovered_at: datetime) -> datetime:
        """The last instant of the report."""
        return discovered_at + timedelta(hours=self.report_hours)


@lru_cache(maxsize=1)
def incident_limits() -> Sequence[IncidentLimit]:
    """All rows of this version."""
    return [_limit(row) for row in _raw()["rows"]]


def incident_limits_version() -> str:
    """Which version of the file an incident was counted with."""
    return str(_raw()["version"])


def incident_limit(discovered_at: datetime) -> IncidentLimit:
    """The row in force for an incident discovered then. Raises NoIncidentLimit."""
    on = local_day(discovered_at)
    for row in incident_limits():
        if row.valid_from <= on and (row.valid_to is None or on <= row.valid_to):
            return row
    raise NoIncidentLimit(str(on))


@lru_cache(maxsize=1)
def _raw() -> dict[str, Any]:
    return json.loads(_FILE.read_text("utf-8"))


def _limit(raw: dict[str, Any]) -> IncidentLimit:
    return IncidentLimit(
        report_hours=raw["report_hours"],
        alert_hours_left=tuple(raw["alert_hours_left"]),
        valid_from=date.fromisoformat(raw["valid_from"]),
        valid_to=None if raw["valid_to"] is None else date.fromisoformat(raw["valid_to"]),
        source=raw["source"],
        is_confirmed=raw["confirmed"],
        fingerprint=fingerprint_of(raw),
    )
