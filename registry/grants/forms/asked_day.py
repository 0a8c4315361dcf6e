"""A day typed into an address: on which something would be repaid."""

from dataclasses import dataclass
from datetime import date, datetime

from registry import formats

_EARLIEST, _LATEST = date(1990, 1, 1), date(2200, 12, 31)


@dataclass(frozen=True)
class AskedDay:
    """The day, as it was typed, and whether that is no day one can ask for."""

    day: date
    typed: str
    is_wrong: bool


def asked_day(typed: str, today: date) -> AskedDay:
    """The day of an address; without one, or where it is none, today."""
    text = typed.strip()[:20]
    if not text:
        return AskedDay(today, formats.date(today), False)
    for shape in ("%d/%m/%Y", "%Y-%m-%d"):
        try:
            found = datetime.strptime(text, shape).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
        if _EARLIEST <= found <= _LATEST:
            return AskedDay(found, text, False)
    return AskedDay(today, text, True)
