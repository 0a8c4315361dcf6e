"""What the days of members and terms say: who is in on a day, how many terms are over, which year of the present one (HP1)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Membership:
    """From a day to a last day, both inclusive; `ends` None: still in."""

    starts: date
    ends: date | None = None


@dataclass(frozen=True)
class TermDays:
    """A term of office with its number."""

    number: int
    starts: date
    ends: date | None = None


@dataclass(frozen=True)
class TermsOn:
    """How many terms are over on a day, and which year (1 …) of which term it is; None between terms."""

    finished: int
    number: int | None = None
    year: int | None = None


def is_in_force(starts: date, ends: date | None, on: date) -> bool:
    """Whether a period holds the day."""
    return starts <= on and (ends is None or ends >= on)


def count_on(members: Iterable[Membership], on: date) -> int:
    """How many are in on a day. Later joins and departures do not change it."""
    return sum(is_in_force(one.starts, one.ends, on) for one in members)


def by_year(members: Sequence[Membership], until: date) -> list[tuple[date, int]]:
    """(day, members) at the end of each year from the first join, and on the day asked for."""
    if not members:
        return []
    first = min(one.starts for one in members).year
    days = [date(year, 12, 31) for year in range(first, until.year)]
    return [(day, count_on(members, day)) for day in [*days, until] if day.year >= first]


def terms_on(terms: Iterable[TermDays], on: date) -> TermsOn:
    """Terms that ended before the day, and the year of the one that runs."""
    kept = list(terms)
    finished = sum(one.ends is not None and one.ends < on for one in kept)
    running = next((one for one in kept if is_in_force(one.starts, one.ends, on)), None)
    if running is None:
        return TermsOn(finished)
    return TermsOn(finished, running.number, _full_years(running.starts, on) + 1)


def _full_years(first: date, on: date) -> int:
    return on.year - first.year - ((on.month, on.day) < (first.month, first.day))


def crosses(periods: Iterable[TermDays], starts: date, ends: date | None) -> bool:
    """Whether a period has a day in common with one that is kept."""
    return any(
        (one.ends is None or one.ends >= starts) and (ends is None or ends >= one.starts) for one in periods
    )
