"""The page of indicators: every measure of a place for a period, against its plan and the period before."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from sqlalchemy.orm import Session

from registry.indicators.models import Contradiction, Indicator, IndicatorTarget, Observation
from registry.indicators.queries.asking import computed_figure, is_part
from registry.indicators.queries.computed import Counted
from registry.indicators.queries.reading import contradictions_of, observations_of
from registry.indicators.rules.choosing import nearest_plan, plan_year, shown_period
from registry.indicators.rules.comparing import Standing, TwoVerdicts, two_verdicts
from registry.indicators.rules.contradictions import Beside, beside
from registry.indicators.rules.figures import Figure, Missing, Period, Plan, Refused
from registry.indicators.rules.pace import Pace, ProfilePoint, due_by, pace
from registry.indicators.rules.periods import before
from registry.indicators.rules.ratios import Percent, percent_of_plan, plan_amount
from registry.indicators.rules.typed import exact_fraction
from registry.indicators.rules.verdicts import PlanVerdict, check_percent


@dataclass(frozen=True)
class Line:
    """One measure as the page tells it. `figure` is what was counted, else what was reported, else «–» with why.

    `plan` is the nearest of its targets, `part` the commune or former province of the measure's place it was counted for, where it was.
    """

    indicator: Indicator
    starts: date | None
    ends: date
    figure: Figure
    counted: Counted | None
    reported: Observation | None
    plan: Plan | None
    percent: Percent | Refused | None
    pace: Pace | None
    verdicts: TwoVerdicts
    previous: Figure | None
    beside: Beside | None
    printed: PlanVerdict | None
    contradictions: tuple[Contradiction, ...]
    part: str = ""

    @property
    def period(self) -> Period | None:
        """Its days, where both are known."""
        return Period(self.starts, self.ends) if self.starts else None


def default_period(observations: Sequence[Observation], on: date) -> Period:
    """The period most figures are of, the later of two; the year where nothing was reported."""
    periods = Counter(one.period for one in observations if one.period and one.period.days > 1)
    if not periods:
        return Period.year(on.year)
    return max(periods, key=lambda one: (periods[one], one.end, one.start))


def lines_of(
    session: Session,
    indicators: Sequence[Indicator],
    period: Period,
    part: str = "",
    shared: dict[Any, Any] | None = None,
) -> list[Line]:
    """Every measure for a period. `part` of the measure's place is counted alone, without plans."""
    ids = [one.id for one in indicators]
    observed: dict[int, list[Observation]] = {}
    for one in observations_of(session, ids):
        observed.setdefault(one.indicator_id, []).append(one)
    contradictions: dict[int, list[Contradiction]] = {}
    for found in contradictions_of(session, ids):
        contradictions.setdefault(found.indicator_id, []).append(found)
    kept: dict[Any, Any] = {} if shared is None else shared
    return [
        _line(session, one, observed.get(one.id, []), contradictions.get(one.id, []), period, part, kept)
        for one in indicators
    ]


def line_of(session: Session, indicator: Indicator, period: Period, part: str = "") -> Line:
    """One measure for a period."""
    return lines_of(session, [indicator], period, part)[0]


def _line(
    session: Session,
    indicator: Indicator,
    observed: Sequence[Observation],
    contradictions: Sequence[Contradiction],
    wanted: Period,
    part: str,
    shared: dict[Any, Any],
) -> Line:
    is_less = is_part(indicator, part)
    starts, ends = (
        (wanted.start, wanted.end)
        if is_less
        else shown_period(wanted, [(one.starts, one.ends) for one in observed])
    )
    reported = None if is_less else _of_days(observed, starts, ends)
    counted = computed_figure(session, indicator, starts, ends, part, shared)
    figure = _shown(indicator, counted, reported, starts, ends)
    period = Period(starts, ends) if starts else Period(ends, ends)
    targets = [] if is_less else indicator.targets
    plan = nearest_plan([one.plan for one in by_target(targets)], period)
    percent = percent_of_plan(figure, plan) if plan else None
    previous = _previous(session, indicator, observed, (starts, ends), part, shared)
    return Line(
        indicator=indicator,
        starts=starts,
        ends=ends,
        figure=figure,
        counted=counted,
        reported=reported,
        plan=plan,
        percent=percent,
        pace=_pace(percent, plan, targets, period),
        verdicts=_verdicts(indicator, figure, previous, plan, percent, reported),
        previous=previous,
        beside=beside(reported.figure, counted.figure) if reported and counted else None,
        printed=_printed(indicator, reported),
        contradictions=tuple(one for one in contradictions if reported and one.observation_id == reported.id),
        part=part if is_less else "",
    )


def _verdicts(
    indicator: Indicator,
    figure: Figure,
    previous: Figure | None,
    plan: Plan | None,
    percent: Percent | Refused | None,
    reported: Observation | None,
) -> TwoVerdicts:
    """Against the period before and against the plan: people against places of a plan stand by their percentage."""
    found = two_verdicts(
        figure,
        previous,
        Figure.of(plan_amount(plan, figure.period), plan.unit) if plan else None,
        reported=reported.verdict if reported else "",
        lower_is_better=indicator.lower_is_better,
    )
    if not isinstance(percent, Percent) or indicator.lower_is_better or percent.is_about:
        return found
    return replace(found, standing=Standing.REACHED if percent.exact >= 100 else Standing.NOT_REACHED)


def by_target(targets: Sequence[IndicatorTarget]) -> list[IndicatorTarget]:
    """Targets side by side, the nearest horizon first."""
    return sorted(targets, key=lambda one: one.ends or date.max)


def _of_days(observed: Sequence[Observation], starts: date | None, ends: date) -> Observation | None:
    return next((one for one in observed if (one.starts, one.ends) == (starts, ends)), None)


def _shown(
    indicator: Indicator,
    counted: Counted | None,
    reported: Observation | None,
    starts: date | None,
    ends: date,
) -> Figure:
    if counted is not None and (counted.figure.is_known or reported is None):
        return counted.figure
    if reported is not None:
        return reported.figure
    period = Period(starts, ends) if starts else None
    return Figure.missing(indicator.unit, Missing.NOT_COLLECTED, period)


def _previous(
    session: Session,
    indicator: Indicator,
    observed: Sequence[Observation],
    days: tuple[date | None, date],
    part: str,
    shared: dict[Any, Any],
) -> Figure | None:
    """The figure of the period before: what was reported of it, else what is counted where anything is."""
    starts, ends = days
    earlier = before(Period(starts, ends)) if starts else None
    if earlier is None:
        return None
    reported = _of_days(observed, earlier.start, earlier.end)
    if reported is not None and not is_part(indicator, part):
        return reported.figure
    counted = computed_figure(session, indicator, earlier.start, earlier.end, part, shared)
    return counted.figure if counted is not None and counted.rows else None


def _pace(
    percent: Percent | Refused | None,
    plan: Plan | None,
    targets: Sequence[IndicatorTarget],
    period: Period,
) -> Pace | None:
    if not isinstance(percent, Percent) or plan is None:
        return None
    target = next((one for one in targets if one.plan == plan), None)
    profile = [
        ProfilePoint(date.fromisoformat(day), exact_fraction(share))
        for day, share in (target.profile if target else [])
    ]
    return pace(percent.exact, due_by(plan_year(plan, period), period.end, profile))


def _printed(indicator: Indicator, reported: Observation | None) -> PlanVerdict | None:
    """What comes of the printed percentage: its plans tried, and the plan it implies."""
    if reported is None or reported.percent is None:
        return None
    return check_percent(reported.figure, reported.percent, [one.plan for one in indicator.targets])


@dataclass(frozen=True)
class Course:
    """Plan, what was reached and days, for the line; `reached` None: not yet."""

    days: tuple[date, ...]
    planned: tuple[int, ...]
    reached: tuple[int | None, ...]


def course_of(session: Session, line: Line) -> Course | None:
    """The course of a measure over its plan's days by quarters, up to the end of the days shown; None without a plan."""
    if line.plan is None or not isinstance(line.percent, Percent) or line.counted is None:
        return None
    whole = plan_year(line.plan, line.period or Period(line.ends, line.ends))
    days = _quarter_ends(whole)
    amount = plan_amount(line.plan, line.figure.period)
    planned = tuple(round(Fraction(amount) * due_by(whole, day).percent / 100) for day in days)
    reached = tuple(_reached(session, line, whole, day) for day in days)
    return Course(days, planned, reached)


def _reached(session: Session, line: Line, whole: Period, day: date) -> int | None:
    if day > line.ends:
        return None
    if line.starts == whole.start and day == line.ends and line.figure.amount is not None:
        return int(line.figure.amount)
    counted = computed_figure(session, line.indicator, whole.start, day)
    return int(counted.figure.amount) if counted and counted.figure.amount is not None else None


def _quarter_ends(period: Period) -> tuple[date, ...]:
    """The last days of quarters in a period, at most the last eight; its own last day ends them."""
    found: list[date] = []
    year, month = period.start.year, period.start.month
    while True:
        month = month + 3 - (month - 1) % 3
        year, month = (year + 1, 1) if month > 12 else (year, month)
        day = date(year, month, 1) - timedelta(1)
        if day >= period.end:
            break
        found.append(day)
    return (*found[-7:], period.end)
