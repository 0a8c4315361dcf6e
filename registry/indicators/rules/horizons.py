"""Several targets on one indicator: each with its horizon, document and reading. Pure (IN-08, LC5, PT9).

A term-long target, a yearly plan and the plan of a report are three rows that are never merged. Where the text does not
say whether a target is for each year or for the whole term, it is kept as unclear and shown with both readings.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from registry.indicators.rules.figures import Figure, Period, Plan, Reading, Refused
from registry.indicators.rules.ratios import Percent, percent_of_plan
from registry.people.rules.problems import N_

READING_WORDS: Mapping[Reading, str] = {
    Reading.PER_YEAR: N_("mỗi năm"),
    Reading.WHOLE_PERIOD: N_("cả giai đoạn"),
    Reading.UNCLEAR: N_("không rõ là mỗi năm hay cả giai đoạn"),
}


@dataclass(frozen=True, slots=True)
class Read:
    """One reading of a plan: the plan so read, the period it then is of, and what share of it was reached."""

    plan: Plan
    period: Period | None
    reached: Percent | Refused


def readings(plan: Plan) -> tuple[Plan, ...]:
    """The plan itself, or both readings of an unclear one: for each year first, then for the whole period."""
    if plan.reading is not Reading.UNCLEAR:
        return (plan,)
    return (replace(plan, reading=Reading.PER_YEAR), replace(plan, reading=Reading.WHOLE_PERIOD))


def against(figure: Figure, plans: Iterable[Plan]) -> tuple[Read, ...]:
    """Every reading of every plan with what was reached of it, in the order given; nothing is merged."""
    return tuple(
        Read(read, _period(read, figure.period), percent_of_plan(figure, read))
        for plan in plans
        for read in readings(plan)
    )


def by_horizon(plans: Iterable[Plan]) -> list[Plan]:
    """Plans side by side, the nearest horizon first; those without one last, in the order given."""
    return sorted(plans, key=lambda plan: plan.period.end if plan.period else date.max)


def _period(plan: Plan, of: Period | None) -> Period | None:
    """A yearly plan is of the calendar years its figure lies in, any other of its own period."""
    if plan.reading is Reading.PER_YEAR and of is not None:
        return Period.years(of.start.year, of.end.year)
    return plan.period
