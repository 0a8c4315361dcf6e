"""Whole years of many people's periods at once: the same arithmetic as `engine.dates`, over arrays."""

import numpy as np

from registry.matching.engine.dates import DAYS_OF_A_SPARE_MONTH
from registry.matching.engine.index.columns import Int32, Int64

_EPOCH = 719_163  # the ordinal of 1970-01-01, where numpy's days begin
_FAR = np.int64(1) << 22  # beyond any ordinal


def years_by_owner(owner: Int64, start: Int32, end: Int32) -> tuple[Int64, Int64]:
    """Whole years covered by the union of each owner's periods; answers the owners, ascending, and their years.

    The periods are ordered by owner, then by start; first and last day are both included.
    """
    if not len(owner):
        return np.empty(0, np.int64), np.empty(0, np.int64)
    # Owners ascend, so with the owner in front a running maximum never reaches back to the owner before.
    base = owner * _FAR
    reach = np.maximum.accumulate(base + end)
    begins = np.ones(len(owner), np.bool_)
    begins[1:] = base[1:] + start[1:] > reach[:-1] + 1
    firsts = np.flatnonzero(begins)
    lasts = np.append(firsts[1:], len(owner)) - 1
    months, days = _months_and_days(start[firsts], (reach[lasts] - base[lasts]).astype(np.int32))
    of = owner[firsts]
    edges = np.flatnonzero(np.append(True, of[1:] != of[:-1]))
    months, days = np.add.reduceat(months, edges), np.add.reduceat(days, edges)
    return of[edges], ((months + days // DAYS_OF_A_SPARE_MONTH) // 12).astype(np.int64)


def _months_and_days(first: Int32, last: Int32) -> tuple[Int32, Int32]:
    """Whole months from `first` to the end of `last`, and the days left over: `dates._months_and_days`."""
    calendar = _Calendar(int(first.min()), int(last.max()) + 1)
    begin_month, begin_day = calendar.split(first)
    after_month, after_day = calendar.split(last + 1)
    months = after_month - begin_month - (after_day < begin_day)
    month_start = calendar.first_of(begin_month + months)
    length = calendar.first_of(begin_month + months + 1) - month_start
    falls_on = np.minimum(begin_day, length)
    anniversary = month_start + falls_on - 1 + (falls_on != begin_day)
    return months, last + 1 - anniversary


class _Calendar:
    """Months and days of ordinals from one to another, looked up: dates of many people fall on few days."""

    def __init__(self, earliest: int, latest: int) -> None:
        self._earliest = earliest
        days = np.arange(earliest - _EPOCH, latest - _EPOCH + 1).astype("datetime64[D]")
        months = days.astype("datetime64[M]")
        self._month = months.astype(np.int32)
        self._day = (days - months.astype("datetime64[D]")).astype(np.int32) + np.int32(1)
        # One month before, for an end before its beginning, and one after the last.
        self._first_month = int(self._month[0]) - 1
        asked = np.arange(self._first_month, int(self._month[-1]) + 2).astype("datetime64[M]")
        self._first = asked.astype("datetime64[D]").astype(np.int32) + np.int32(_EPOCH)

    def split(self, ordinal: Int32) -> tuple[Int32, Int32]:
        """Months since 1970 and day of the month."""
        place = ordinal - self._earliest
        return self._month[place], self._day[place]

    def first_of(self, month: Int32) -> Int32:
        """The ordinal of the first day of a month."""
        return self._first[month - self._first_month]
