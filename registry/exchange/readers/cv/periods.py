"""Dates and periods as CVs write them, Vietnamese and English: «09/2015 – nay», «Từ tháng 3 năm 2018», «Sep 2015 to date».

The day stands before the month. What comes out are texts that forms of the registry read: dd/mm/yyyy, mm/yyyy, yyyy.
"""

import re
from dataclasses import dataclass

from registry.people.rules.dates import PartialDate

_EARLIEST, _LATEST = 1940, 2100
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMED = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_YEAR = r"(?:19|20)\d{2}"
# In the order in which they are tried; all have the names day, month and year where they know them.
_DATES = (
    rf"(?:(?:ngày\s*)?(?P<day>\d{{1,2}})\s*)?tháng\s*(?P<month>\d{{1,2}})\s*(?:năm|[/.,-])?\s*(?P<year>{_YEAR})",
    rf"t\.?\s?(?P<month>\d{{1,2}})\s?[/.-]\s?(?P<year>{_YEAR})",
    rf"(?:(?P<day>\d{{1,2}})\s?[/.-]\s?)?(?P<month>\d{{1,2}})\s?[/.-]\s?(?P<year>{_YEAR})",
    rf"(?P<year>{_YEAR})[/.-](?P<month>\d{{1,2}})(?:[/.-](?P<day>\d{{1,2}}))?(?!\d)",
    rf"(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+)?(?P<name>{_NAMED})\.?,?\s+(?P<year>{_YEAR})",
    rf"(?:năm\s+)?(?P<year>{_YEAR})",
)
_PLAIN = tuple(re.sub(r"\?P<\w+>", "?:", pattern) for pattern in _DATES)
_UNTIL = rf"(?<!\d)(?:{'|'.join(_PLAIN)})(?!\d)"
_DATE = rf"(?<![/.-]){_UNTIL}"
_SHORT = rf"(?:tháng\s*\d{{1,2}}|(?<![\d/.-])\d{{1,2}}|{_NAMED}\.?)"
_TO = r"\s*(?:[-–—−‒→~]+\s*(?:đến|tới|to)?|đến|tới|to|until|till)\s*"
_NOW = (
    r"(?:hiện\s+nay|hiện\s+tại|bây\s+giờ|nay|presently|present|now|current(?:ly)?|today|ongoing|date)(?!\w)"
)
_FROM = r"(?:(?:từ|from|since|kể\s+từ)\s+)?"
_RANGE = re.compile(rf"{_FROM}(?P<start>{_DATE}){_TO}(?P<end>{_UNTIL}|{_NOW})", re.IGNORECASE)
_IN_ONE_YEAR = re.compile(rf"{_FROM}(?P<start>{_SHORT}){_TO}(?P<end>{_UNTIL})", re.IGNORECASE)
_SINCE = re.compile(rf"(?:từ|since|kể\s+từ)\s+(?P<start>{_DATE})(?!\s*(?:[-–—đt]))", re.IGNORECASE)
_OPEN = re.compile(rf"(?P<start>{_DATE})\s*[-–—−‒→~]+\s*$", re.IGNORECASE)
_SINGLE = re.compile(_DATE, re.IGNORECASE)
_READ = tuple(re.compile(pattern, re.IGNORECASE) for pattern in _DATES)
_MONTH_ONLY = re.compile(rf"(?:tháng\s*)?(?P<month>\d{{1,2}})|(?P<name>{_NAMED})\.?", re.IGNORECASE)
# Longer lines are sentences; looking for periods in them costs time and finds years of other things.
_LONGEST_LINE = 300


@dataclass(frozen=True, slots=True)
class Period:
    """From and to as texts, "" when not said; `rest` is the line without the period."""

    started: str
    ended: str
    is_ongoing: bool
    rest: str
    is_range: bool = True


def period_in(text: str) -> Period | None:
    """The first period of a line, else its only date; None when it has neither."""
    if len(text) > _LONGEST_LINE:
        return None
    for pattern in (_RANGE, _IN_ONE_YEAR, _SINCE, _OPEN):
        found = pattern.search(text)
        period = None if found is None else _period(found, text)
        if period is not None:
            return period
    return _single(text)


def _period(found: re.Match[str], text: str) -> Period | None:
    said = found.groupdict().get("end") or ""
    ended = date_of(said)
    started = date_of(found["start"]) or _month_in(found["start"], ended)
    is_ongoing = not said or re.fullmatch(_NOW, said, re.IGNORECASE) is not None
    if started is None or (ended is None and not is_ongoing):
        return None
    if ended is not None and ended.latest < started.earliest:
        return None
    rest = _without(text, found.start(), found.end())
    if not said and _SINGLE.search(rest):
        return None  # several years in a row are no period that goes on
    return Period(started.text, "" if ended is None else ended.text, is_ongoing, rest)


def _single(text: str) -> Period | None:
    every = [found for found in _SINGLE.finditer(text) if date_of(found.group()) is not None]
    if len(every) != 1:
        return None
    found, date = every[0], date_of(every[0].group())
    return Period(
        "", "" if date is None else date.text, False, _without(text, found.start(), found.end()), False
    )


def date_of(text: str) -> PartialDate | None:
    """A date as written; None when it is none, or none of a life."""
    for pattern in _READ:
        found = pattern.fullmatch(text.strip())
        if found is not None:
            said = found.groupdict()
            month = _MONTHS.index(said["name"][:3].lower()) + 1 if said.get("name") else said.get("month")
            return _real(said["year"], month, said.get("day"))
    return None


def _month_in(text: str, ended: PartialDate | None) -> PartialDate | None:
    """«tháng 3» of the year in which the period ends."""
    found = _MONTH_ONLY.fullmatch(text.strip())
    if found is None or ended is None or ended.month is None:
        return None
    month = _MONTHS.index(found["name"][:3].lower()) + 1 if found["name"] else found["month"]
    return _real(ended.year, month, None)


def _real(year: int | str, month: int | str | None, day: int | str | None) -> PartialDate | None:
    date = PartialDate(int(year), int(month) if month else None, int(day) if day else None)
    try:
        _ = date.earliest
    except ValueError:
        return None
    return date if _EARLIEST <= date.year <= _LATEST else None


def _without(text: str, start: int, end: int) -> str:
    """The line without its period and the brackets and strokes that held it."""
    before, after = text[:start].rstrip(" \t(["), text[end:].lstrip(" \t)].:")
    before = re.sub(r"[\s|,;:·•–—-]+$", "", before)
    after = re.sub(r"^[\s|,;:·•–—-]+", "", after)
    return f"{before}\t{after}".strip("\t ") if before and after else (before or after).strip()
