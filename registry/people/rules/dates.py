"""Dates known to the day, the month or only the year. Pure; the current day is always an argument."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from registry.people.rules.kinds import DatePrecision

_SEPARATED = re.compile(r"[0-9]{1,4}(?:[/.-][0-9]{1,4}){0,2}")
EARLIEST_YEAR = 1900


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A date of which the month or the day may be unknown (None)."""

    year: int
    month: int | None = None
    day: int | None = None

    @property
    def precision(self) -> DatePrecision:
        """How far the date is known."""
        if self.month is None:
            return DatePrecision.YEAR
        return DatePrecision.MONTH if self.day is None else DatePrecision.DAY

    @property
    def earliest(self) -> date:
        """The first day it may be; this is what is stored."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def latest(self) -> date:
        """The last day it may be."""
        month = self.month or 12
        return date(self.year, month, self.day or monthrange(self.year, month)[1])

    @property
    def text(self) -> str:
        """As people type it: 15/08/1990, 08/1990 or 1990."""
        parts = [f"{self.year:04d}"]
        if self.month is not None:
            parts.insert(0, f"{self.month:02d}")
        if self.day is not None:
            parts.insert(0, f"{self.day:02d}")
        return "/".join(parts)

    @staticmethod
    def of(stored: date | None, precision: DatePrecision | None) -> "PartialDate | None":
        """The date from its two columns."""
        if stored is None:
            return None
        match precision:
            case DatePrecision.YEAR:
                return PartialDate(stored.year)
            case DatePrecision.MONTH:
                return PartialDate(stored.year, stored.month)
            case _:
                return PartialDate(stored.year, stored.month, stored.day)


def read_date(text: str) -> PartialDate | None:
    """A date as typed: dd/mm/yyyy, mm/yyyy, yyyy (also with . or -), or yyyy-mm-dd and yyyy-mm.

    None when it is not a real date or not written with ASCII digits. Day comes before month: 03/04/2020
    is the third of April.
    """
    text = text.strip()
    if not _SEPARATED.fullmatch(text):
        return None
    parts = re.split("[/.-]", text)
    if len(parts) > 1 and len(parts[0]) == 4:
        parts.reverse()
    return _real_date([int(part) for part in parts], parts)


def _real_date(numbers: list[int], written: list[str]) -> PartialDate | None:
    if len(written[-1]) != 4 or any(len(part) > 2 for part in written[:-1]):
        return None
    year, *rest = reversed(numbers)
    found = PartialDate(year, *rest)
    try:
        _ = found.earliest
    except ValueError:
        return None
    # A month or day of 0 would otherwise pass as "not known".
    return None if 0 in numbers else found


def add_months(day: date, months: int) -> date:
    """The same day of the month, `months` later; the last day of the month where that day does not exist."""
    year, month_before = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month_before + 1, min(day.day, monthrange(year, month_before + 1)[1]))
