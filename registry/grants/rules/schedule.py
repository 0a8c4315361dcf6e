"""When the parts of a grant's line fall due, and how much each is. Pure; whole đồng."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from registry.policies.rules import Period, add_months, instalments

MOST_MONTHS = 600


@dataclass(frozen=True, slots=True)
class Part:
    """One payment that is due on a day."""

    due_on: date
    vnd: int


@dataclass(frozen=True, slots=True)
class Plan:
    """A line whose amount is known: `vnd` is paid once, each month or each year; `months` caps what is periodical.

    `years` splits what is paid once into equal yearly parts, the last of which takes what division leaves.
    """

    vnd: int
    period: Period
    months: int | None = None
    years: int | None = None


def parts_of(plan: Plan, decided_on: date, starts_on: date) -> list[Part]:
    """The payments of a line, by day.

    Once and the first part on the day of the decision, the others a year apart; months and years from the day of the
    start, the first on it. Raises ValueError for a periodical line without an end: it has no schedule.
    """
    if plan.period is Period.ONCE:
        amounts = instalments(plan.vnd, plan.years or 1)
        return [Part(add_months(decided_on, 12 * place), vnd) for place, vnd in enumerate(amounts)]
    if plan.months is None:
        raise ValueError("a line without an end has no schedule")
    step, times = (1, plan.months) if plan.period is Period.MONTH else (12, -(-plan.months // 12))
    return [Part(add_months(starts_on, step * place), plan.vnd) for place in range(times)]


@dataclass(frozen=True, slots=True)
class Figures:
    """Three figures in đồng, each within the one before: all of the schedule, what is committed of it, what is paid."""

    planned: int = 0
    committed: int = 0
    paid: int = 0

    def __add__(self, other: "Figures") -> "Figures":
        return Figures(self.planned + other.planned, self.committed + other.committed, self.paid + other.paid)


def by_year(parts: Iterable[Part]) -> dict[int, int]:
    """What falls due in each calendar year."""
    found: dict[int, int] = {}
    for part in parts:
        found[part.due_on.year] = found.get(part.due_on.year, 0) + part.vnd
    return dict(sorted(found.items()))


def split(due: int, paid: int) -> tuple[int, int]:
    """(what was paid, what stays due) of one payment. Raises ValueError for nothing, and for more than is due."""
    if not 0 < paid <= due:
        raise ValueError("more than is due, or nothing")
    return paid, due - paid


def months_between(start: date, until: date) -> int:
    """Whole months from a day to another, a begun one counted: how long an open line runs with a commitment."""
    months = 0
    while months < MOST_MONTHS and add_months(start, months) < until:
        months += 1
    return months


def total_of(parts: Sequence[Part]) -> int:
    """All parts together."""
    return sum(part.vnd for part in parts)
