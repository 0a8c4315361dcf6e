"""Which days are worked, and counting them. Pure: the days are data, each with its source.

A day is a date in Việt Nam (Asia/Ho_Chi_Minh). The day on which something arrives is not counted; the first day that
is counted is the next one that is worked; a limit ends with the end of its last day.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from registry.privacy.rules.confirming import fingerprint_of

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
_FILE = Path(__file__).resolve().parent.parent / "data" / "working_days.json"


class DayKind(StrEnum):
    """Why a day is not as its weekday says."""

    HOLIDAY = "holiday"
    IN_LIEU = "in_lieu"
    SWAPPED = "swapped"
    WORKED = "worked"


@dataclass(frozen=True)
class SpecialDays:
    """Days in a row that are off (or, `WORKED`, worked at a weekend), and who says so."""

    first: date
    last: date
    kind: DayKind
    name: str
    source: str
    is_confirmed: bool
    fingerprint: str


@dataclass(frozen=True)
class WorkingCalendar:
    """The days of the years that are listed; of other years only weekends and fixed days are known."""

    version: str
    weekend: frozenset[int]
    fixed: Mapping[tuple[int, int], SpecialDays]
    years: Mapping[int, Sequence[SpecialDays]]

    def is_listed(self, year: int) -> bool:
        """Whether the moving days of a year are known."""
        return year in self.years

    def is_worked(self, day: date) -> bool:
        """Whether offices work on a day."""
        for special in self.years.get(day.year, ()):
            if special.first <= day <= special.last:
                return special.kind is DayKind.WORKED
        return (day.month, day.day) not in self.fixed and day.isoweekday() not in self.weekend

    def special_days(self, year: int) -> list[SpecialDays]:
        """All days of a year that are not as their weekday says, in order."""
        fixed = [
            SpecialDays(
                date(year, month, day),
                date(year, month, day),
                one.kind,
                one.name,
                one.source,
                one.is_confirmed,
                one.fingerprint,
            )
            for (month, day), one in self.fixed.items()
        ]
        return sorted([*fixed, *self.years.get(year, ())], key=lambda one: (one.first, one.name))

    def add_working_days(self, start: date, days: int) -> date:
        """The last of so many worked days after `start`, which itself is not counted. Raises ValueError for none."""
        if days < 1:
            raise ValueError("at least one day")
        day = start
        while days:
            day += timedelta(days=1)
            days -= self.is_worked(day)
        return day

    def working_days_between(self, start: date, end: date) -> int:
        """How many worked days lie after `start` up to and with `end`; negative when `end` is before `start`."""
        if end < start:
            return -self.working_days_between(end, start)
        return sum(self.is_worked(start + timedelta(days=n)) for n in range(1, (end - start).days + 1))


def local_day(at: datetime) -> date:
    """The day of an instant in Việt Nam; `at` is aware."""
    return at.astimezone(ZONE).date()


@lru_cache(maxsize=1)
def working_calendar() -> WorkingCalendar:
    """The calendar of this version."""
    raw: dict[str, Any] = json.loads(_FILE.read_text("utf-8"))
    return WorkingCalendar(
        version=raw["version"],
        weekend=frozenset(raw["weekend"]),
        fixed={(one["month"], one["day"]): _fixed(one) for one in raw["fixed"]},
        years={int(year): [_special(one) for one in days] for year, days in raw["years"].items()},
    )


def _fixed(raw: Mapping[str, Any]) -> SpecialDays:
    day = date(2000, raw["month"], raw["day"])
    return SpecialDays(
        day, day, DayKind.HOLIDAY, raw["name"], raw["source"], raw["confirmed"], fingerprint_of(raw)
    )


def _special(raw: Mapping[str, Any]) -> SpecialDays:
    return SpecialDays(
        date.fromisoformat(raw["from"]),
        date.fromisoformat(raw["to"]),
        DayKind(raw["kind"]),
        raw["name"],
        raw["source"],
        raw["confirmed"],
        fingerprint_of(raw),
    )
