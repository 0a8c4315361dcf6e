"""Dates, numbers and money as people read them, in Vietnamese and English.

Pure: no clock, no settings, no request; the locale is an argument. A value that is missing becomes an en dash,
never zero. A number and its unit are joined by a no-break space so that a line never ends between them.
"""

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

Locale = Literal["vi", "en"]
Number = int | float | Decimal

missing = "–"
NBSP = "\u00a0"
MINUS = "\u2212"
# Việt Nam has kept UTC+7 without daylight saving since 1975, so a fixed offset needs no zone data.
LOCAL_ZONE = dt.timezone(dt.timedelta(hours=7), "Asia/Ho_Chi_Minh")

_ENGLISH_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_BYTE_UNITS = ("B", "kB", "MB", "GB")


def date(value: dt.date | None, locale: str = "vi") -> str:
    """`22/11/2026`, in English `22 Nov 2026`. An aware instant is shown as its date in Việt Nam."""
    if value is None:
        return missing
    if isinstance(value, dt.datetime):
        value = _local(value)
    if locale == "en":
        return f"{value.day}{NBSP}{_ENGLISH_MONTHS[value.month - 1]}{NBSP}{value.year}"
    return f"{value.day:02}/{value.month:02}/{value.year:04}"


def date_range(start: dt.date | None, end: dt.date | None, locale: str = "vi") -> str:
    """`01/04/2026 – 31/12/2026`; an open side stays a word («từ 01/04/2026», «đến hết 31/12/2026»)."""
    if start is None and end is None:
        return missing
    if end is None:
        return f"{'from' if locale == 'en' else 'từ'} {date(start, locale)}"
    if start is None:
        return f"{'until' if locale == 'en' else 'đến hết'} {date(end, locale)}"
    return f"{date(start, locale)} – {date(end, locale)}"


def month(year: int | None, month_number: int | None = None, locale: str = "vi") -> str:
    """A date known to the month or the year only: `05/2025` or `2025`, in English `May 2025`."""
    if year is None:
        return missing
    if month_number is None:
        return f"{year:04}"
    if locale == "en":
        return f"{_ENGLISH_MONTHS[month_number - 1]}{NBSP}{year}"
    return f"{month_number:02}/{year:04}"


def time(value: dt.datetime | dt.time | None, locale: str = "vi") -> str:
    """`08:15`, 24 hours, in Việt Nam when the value is an aware instant."""
    del locale  # the same in both languages
    if value is None:
        return missing
    if isinstance(value, dt.datetime):
        value = _local(value)
    return f"{value.hour:02}:{value.minute:02}"


def datetime(value: dt.datetime | None, locale: str = "vi") -> str:
    """`22/11/2026 08:15`, in Việt Nam when the value is an aware instant."""
    return missing if value is None else f"{date(value, locale)} {time(value)}"


def number(value: Number | None, places: int = 0, locale: str = "vi") -> str:
    """`1.234.567,5`, in English `1,234,567.5`; negative with U+2212. Half rounds away from zero."""
    if value is None:
        return missing
    if isinstance(value, int) and not places:  # most numbers of a page: nothing to round
        digits = f"{abs(value):,d}" if locale == "en" else f"{abs(value):,d}".replace(",", ".")
        return f"{MINUS}{digits}" if value < 0 else digits
    exact = Decimal(str(value)).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    digits = f"{abs(exact):,.{places}f}"
    if locale != "en":
        digits = digits.translate(_SWAP)
    return f"{MINUS}{digits}" if exact < 0 else digits


def signed(value: Number | None, places: int = 0, locale: str = "vi") -> str:
    """A difference: `+25`, `−905`, `0`."""
    shown = number(value, places, locale)
    is_positive = value is not None and any(digit in shown for digit in "123456789") and value > 0
    return f"+{shown}" if is_positive else shown


def points(hundredths: int | None, locale: str = "vi") -> str:
    """Points kept in hundredths (8600) as `86,00`: every digit is shown, so what is shown adds up."""
    return missing if hundredths is None else number(Decimal(hundredths) / 100, 2, locale)


def similarity(hundredths: int | None, locale: str = "vi") -> str:
    """A similarity kept in hundredths (96) as `0,96`."""
    return points(hundredths, locale)


def percent(value: Number | None, places: int = 1, locale: str = "vi") -> str:
    """A number of percent (10.6) as `10,6 %`, in English `10.6%`."""
    if value is None:
        return missing
    return f"{number(value, places, locale)}{'' if locale == 'en' else NBSP}%"


def money(vnd: int | None, locale: str = "vi") -> str:
    """Whole đồng: `1.234.567 ₫`, in English `VND 1,234,567`."""
    if vnd is None:
        return missing
    return f"VND{NBSP}{number(vnd, 0, locale)}" if locale == "en" else f"{number(vnd)}{NBSP}₫"


def file_size(size_bytes: int | None, locale: str = "vi") -> str:
    """`52,2 kB`: decimal units, one place from kB on."""
    if size_bytes is None:
        return missing
    size = Decimal(size_bytes)
    unit = 0
    while size >= 1000 and unit < len(_BYTE_UNITS) - 1:
        size, unit = size / 1000, unit + 1
    return f"{number(size, 1 if unit else 0, locale)}{NBSP}{_BYTE_UNITS[unit]}"


_SWAP = str.maketrans({",": ".", ".": ","})


def _local(value: dt.datetime) -> dt.datetime:
    """An aware instant on the Vietnamese clock; a naive one is taken to be on it already."""
    return value if value.tzinfo is None else value.astimezone(LOCAL_ZONE)
