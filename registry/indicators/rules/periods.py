"""Periods in addresses and in words: «2025», «2025-n1», «2021-2022», or any two days. Pure."""

import re
from datetime import date

from registry import formats
from registry.indicators.rules.figures import Period

_YEAR = re.compile(r"(20\d{2}|19\d{2})")
_YEARS = re.compile(r"((?:20|19)\d{2})-((?:20|19)\d{2})")
_HALF = re.compile(r"((?:20|19)\d{2})-n([12])")
_DAYS = re.compile(r"(\d{4}-\d{2}-\d{2})_(\d{4}-\d{2}-\d{2})")


def period_of(code: str) -> Period | None:
    """The period of a code; None for one that is none («2025-n3», days that do not exist, an end before its start)."""
    if found := _HALF.fullmatch(code):
        return Period.half(int(found[1]), int(found[2]))
    if found := _YEAR.fullmatch(code):
        return Period.year(int(found[1]))
    if found := _YEARS.fullmatch(code):
        first, last = int(found[1]), int(found[2])
        return Period.years(first, last) if first <= last else None
    return _days(code)


def _days(code: str) -> Period | None:
    found = _DAYS.fullmatch(code)
    if found is None:
        return None
    try:
        return Period(date.fromisoformat(found[1]), date.fromisoformat(found[2]))
    except ValueError:
        return None


def code_of(period: Period) -> str:
    """The shortest code that means the period."""
    start, end = period.start, period.end
    for number in (1, 2):
        if period == Period.half(start.year, number):
            return f"{start.year}-n{number}"
    if period == Period.years(start.year, end.year):
        return f"{start.year}" if start.year == end.year else f"{start.year}-{end.year}"
    return f"{start.isoformat()}_{end.isoformat()}"


def words_of(period: Period | None) -> str:
    """«6 tháng đầu năm 2025», «Năm 2025», «2021 – 2022», «30/06/2025», in Vietnamese; «–» for none."""
    if period is None:
        return formats.missing
    start, end = period.start, period.end
    if period == Period.half(start.year, 1):
        return f"6 tháng đầu năm {start.year}"
    if period == Period.half(start.year, 2):
        return f"6 tháng cuối năm {start.year}"
    if period == Period.years(start.year, end.year):
        return f"Năm {start.year}" if start.year == end.year else f"{start.year} – {end.year}"
    return formats.date(start) if start == end else formats.date_range(start, end)


def before(period: Period) -> Period | None:
    """The period before of the same length: the same half or years earlier; None for days that are no whole years."""
    for number in (1, 2):
        if period == Period.half(period.start.year, number):
            return Period.half(period.start.year - 1, number)
    years = period.years_touched
    if period == Period.years(period.start.year, period.end.year):
        return Period.years(period.start.year - years, period.end.year - years)
    return None
