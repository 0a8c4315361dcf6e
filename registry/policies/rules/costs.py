"""Cost to the budget by calendar year, and the total of what is paid once. Pure; whole đồng, bounds where not certain."""

from collections.abc import Iterator, Sequence
from datetime import date

from registry.policies.rules.answers import ZERO, Between, Costs, Line, LineKind
from registry.policies.rules.benefits import Period
from registry.policies.rules.lines import times_paid

OPEN_YEARS = 5
"""Calendar years for which a line without an end is counted: the span of a medium-term budget plan (Luật Đầu tư
công). Nothing is promised beyond; the answer names such lines."""

_MONEY = frozenset({LineKind.FIXED, LineKind.RANGE, LineKind.UP_TO})


def between(line: Line) -> Between:
    """The bounds of one payment of a line; a ceiling has the lower bound 0."""
    return Between(line.low or 0, line.high or 0)


def total_once(lines: Sequence[Line]) -> Between:
    """What is paid once, in all: of the lines that can be computed."""
    total = ZERO
    for line in lines:
        if line.kind in _MONEY and line.period is Period.ONCE:
            total += between(line)
    return total


def costs(lines: Sequence[Line], decided_on: date, starts_on: date) -> Costs:
    """Cost by year: once and the first instalment in the year of the decision, months from the month of the start.

    The start's month counts whole. Yearly lines fall in the start's year and each following.
    """
    years: dict[int, Between] = {}
    for line in lines:
        if line.kind in _MONEY:
            for year, cost in _by_year(line, decided_on, starts_on):
                years[year] = years.get(year, ZERO) + cost
    return Costs(
        dict(sorted(years.items())),
        tuple(
            one.benefit for one in lines if one.kind in _MONEY and times_paid(one.period, one.months) is None
        ),
        tuple(one.benefit for one in lines if one.kind is LineKind.UNKNOWN),
    )


def _by_year(line: Line, decided_on: date, starts_on: date) -> Iterator[tuple[int, Between]]:
    one = between(line)
    if line.period is Period.ONCE:
        low, high = (instalments(amount, line.years_of_instalments or 1) for amount in (one.low, one.high))
        for place, bounds in enumerate(zip(low, high, strict=True)):
            yield decided_on.year + place, Between(*bounds)
        return
    if line.period is Period.YEAR:
        for place in range(times_paid(line.period, line.months) or OPEN_YEARS):
            yield starts_on.year + place, one
        return
    left = line.months or OPEN_YEARS * 12 - (starts_on.month - 1)
    year, in_year = starts_on.year, 13 - starts_on.month
    while left > 0:
        paid = min(left, in_year)
        yield year, Between(one.low * paid, one.high * paid)
        left, year, in_year = left - paid, year + 1, 12


def instalments(amount: int, years: int) -> list[int]:
    """Equal yearly parts in whole đồng; the last takes what division leaves."""
    part = amount // years
    return [*([part] * (years - 1)), amount - part * (years - 1)]
