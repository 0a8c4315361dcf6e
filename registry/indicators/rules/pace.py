"""How much of a plan is due by a day, and whether what was reached is ahead of it. Pure (IN-09).

Without a stated profile the plan runs evenly: due is the share of the period that has passed, in months where the
period is one of whole months (30 June is half of a year), else in days. A stated profile is straight between its
points. What was compared with is always said (`Method`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise

from registry.indicators.rules.figures import Period
from registry.indicators.rules.numbers import Exact, percent_words
from registry.people.rules.problems import N_, Problem


class Method(StrEnum):
    """What the pace is measured by."""

    ELAPSED = "elapsed"
    PROFILE = "profile"


class PaceState(StrEnum):
    """Against what is due today."""

    AHEAD = "ahead"
    ON_PACE = "on_pace"
    BEHIND = "behind"


@dataclass(frozen=True, slots=True)
class ProfilePoint:
    """So many hundredths of the plan by the end of a day."""

    on: date
    percent: Fraction


@dataclass(frozen=True, slots=True)
class Due:
    """The share of the plan due by a day, in hundredths, and by what."""

    percent: Fraction
    method: Method


@dataclass(frozen=True, slots=True)
class Pace:
    """What was reached beside what is due, both in hundredths of the plan."""

    state: PaceState
    reached: Fraction
    due: Due

    @property
    def problem(self) -> Problem:
        """The verdict as a sentence that names what it compares with."""
        values = {"reached": percent_words(self.reached), "due": percent_words(self.due.percent)}
        return Problem(self.state.value, _SENTENCES[self.due.method, self.state], values)

    @property
    def text(self) -> str:
        """The sentence in Vietnamese."""
        return self.problem.text


_SENTENCES = {
    (Method.ELAPSED, PaceState.AHEAD): N_("%(reached)s kế hoạch, nhanh hơn thời gian đã qua (%(due)s)"),
    (Method.ELAPSED, PaceState.ON_PACE): N_("%(reached)s kế hoạch, đúng với thời gian đã qua (%(due)s)"),
    (Method.ELAPSED, PaceState.BEHIND): N_("%(reached)s kế hoạch, chậm hơn thời gian đã qua (%(due)s)"),
    (Method.PROFILE, PaceState.AHEAD): N_("%(reached)s kế hoạch, nhanh hơn tiến độ đã giao (%(due)s)"),
    (Method.PROFILE, PaceState.ON_PACE): N_("%(reached)s kế hoạch, đúng với tiến độ đã giao (%(due)s)"),
    (Method.PROFILE, PaceState.BEHIND): N_("%(reached)s kế hoạch, chậm hơn tiến độ đã giao (%(due)s)"),
}


def due_by(period: Period, on: date, profile: Sequence[ProfilePoint] = ()) -> Due:
    """What share of the plan of a period is due by the end of a day."""
    if not profile:
        return Due(100 * elapsed(period, on), Method.ELAPSED)
    return Due(_from_profile(period, on, profile), Method.PROFILE)


def pace(reached: Exact, due: Due) -> Pace:
    """A percentage of plan against what is due; equal is on pace, to the last digit."""
    share = Fraction(reached)
    if share == due.percent:
        return Pace(PaceState.ON_PACE, share, due)
    return Pace(PaceState.AHEAD if share > due.percent else PaceState.BEHIND, share, due)


def elapsed(period: Period, on: date) -> Fraction:
    """Which share of a period has passed by the end of a day, between 0 and 1."""
    if on < period.start:
        return Fraction(0)
    if on >= period.end:
        return Fraction(1)
    if period.months is None:
        return Fraction((on - period.start).days + 1, period.days)
    whole = (on.year - period.start.year) * 12 + on.month - period.start.month
    return (whole + Fraction(on.day, _days_of_month(on))) / period.months


def _days_of_month(day: date) -> int:
    following = (day.replace(day=28) + timedelta(4)).replace(day=1)
    return (following - timedelta(1)).day


def _from_profile(period: Period, on: date, profile: Sequence[ProfilePoint]) -> Fraction:
    """Straight between the day before the period (nothing), the stated points and the last day (all)."""
    before = ProfilePoint(period.start - timedelta(1), Fraction(0))
    stated = sorted((one for one in profile if period.start <= one.on <= period.end), key=lambda one: one.on)
    last = [] if stated and stated[-1].on == period.end else [ProfilePoint(period.end, Fraction(100))]
    line = [before, *stated, *last]
    if on <= before.on:
        return Fraction(0)
    for start, end in pairwise(line):
        if start.on < on <= end.on:
            share = Fraction((on - start.on).days, (end.on - start.on).days)
            return start.percent + (end.percent - start.percent) * share
    return line[-1].percent


class ForecastMethod(StrEnum):
    """How a forecast was made; always shown beside it."""

    MEAN_PACE = "mean_pace"


@dataclass(frozen=True, slots=True)
class PaceForecast:
    """Where today's mean pace leads by the end of the period: reached ÷ elapsed share, unrounded."""

    amount: Fraction
    method: ForecastMethod = ForecastMethod.MEAN_PACE


FORECAST_METHODS = {
    ForecastMethod.MEAN_PACE: N_(
        "Dự báo giữ nhịp trung bình từ đầu kỳ: số đã đạt chia cho phần thời gian đã qua"
    ),
}


def forecast_at_pace(reached: Exact, period: Period, on: date) -> PaceForecast | None:
    """The end of the line at today's pace; None before the period began, when there is no pace yet."""
    share = elapsed(period, on)
    return PaceForecast(Fraction(reached) / share) if share else None
