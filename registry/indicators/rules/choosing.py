"""Which of several plans a period is held against, and for which days an indicator is shown. Pure (IN-08)."""

from collections.abc import Iterable, Sequence
from datetime import date

from registry.indicators.rules.figures import Period, Plan, Reading


def nearest_plan(plans: Iterable[Plan], period: Period) -> Plan | None:
    """The plan of the shortest period that holds the end of this one; a yearly one is of that year. None: none does."""
    holding = [one for one in plans if one.period and one.period.start <= period.end <= one.period.end]
    return min(holding, key=lambda one: (_days(one), one.document), default=None)


def plan_year(plan: Plan, period: Period) -> Period:
    """The days a plan runs over: its own, or the year the period ends in where it counts each year anew."""
    if plan.reading is Reading.PER_YEAR or plan.period is None:
        return Period.year(period.end.year)
    return plan.period


def shown_period(wanted: Period, observed: Sequence[tuple[date | None, date]]) -> tuple[date | None, date]:
    """For which days an indicator is shown: those wanted, unless its figures are of other days alone.

    A figure of one day, or of a period before, stands with its own days beside it; one that lies inside is no reason
    to leave the days that were asked for.
    """
    if not observed or (wanted.start, wanted.end) in observed:
        return wanted.start, wanted.end
    earlier = [one for one in observed if one[1] <= wanted.end]
    latest = max(earlier, key=lambda one: one[1]) if earlier else min(observed, key=lambda one: one[1])
    start, end = latest
    lies_inside = start is not None and wanted.start <= start < end <= wanted.end
    return (wanted.start, wanted.end) if lies_inside else latest


def _days(plan: Plan) -> int:
    if plan.reading is Reading.PER_YEAR:
        return 365
    return plan.period.days if plan.period else 0
