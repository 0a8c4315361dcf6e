"""The kinds of indicators and how each is computed from its sets. Pure (IN-01, IN-22).

count · share (a subset ÷ its set) · ratio (two amounts of one unit, neither inside the other: digital economy ÷ GRDP) ·
reduction against a baseline · coverage (units with a qualifying assignment ÷ all units, with its parameter).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from registry.indicators.rules.figures import Figure, Missing, Refused
from registry.indicators.rules.numbers import Exact, half_up, percent_of
from registry.indicators.rules.ratios import Percent, ratio
from registry.indicators.rules.units import PERCENT, PERCENT_CUT
from registry.people.rules.problems import N_, Problem

NOT_INSIDE = N_("Tử số %(numerator)s nhiều hơn mẫu số %(denominator)s: tử số phải nằm trong mẫu số")


class IndicatorKind(StrEnum):
    """How a figure comes about."""

    COUNT = "count"
    SHARE = "share"
    RATIO = "ratio"
    REDUCTION = "reduction"
    COVERAGE = "coverage"


KIND_WORDS: Mapping[IndicatorKind, str] = {
    IndicatorKind.COUNT: N_("Số đếm"),
    IndicatorKind.SHARE: N_("Tỷ lệ của một phần trong tổng"),
    IndicatorKind.RATIO: N_("Tỷ số của hai đại lượng"),
    IndicatorKind.REDUCTION: N_("Mức giảm so với mức gốc"),
    IndicatorKind.COVERAGE: N_("Tỷ lệ đơn vị được bố trí"),
}
NEEDS_DENOMINATOR = frozenset({IndicatorKind.SHARE, IndicatorKind.RATIO, IndicatorKind.COVERAGE})
NEEDS_BASELINE = frozenset({IndicatorKind.REDUCTION})


@dataclass(frozen=True, slots=True)
class Assignment:
    """Somebody serves a unit so many days a week."""

    unit_code: str
    days_a_week: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """Which units have a qualifying assignment, with the parameter that decides it (shown on the report)."""

    covered: tuple[str, ...]
    uncovered: tuple[str, ...]
    least_days: int
    share: Figure


def share(numerator: Figure, denominator: Figure) -> Percent | Refused:
    """A part of its set in per cent; refused where it is larger than the set, or of another unit."""
    found = ratio(numerator, denominator)
    if isinstance(found, Percent) and found.exact > 100:
        values = {"numerator": numerator.words, "denominator": denominator.words}
        return Refused(Problem("not_inside", NOT_INSIDE, values))
    return found


def reduction(baseline: Exact | None, now: Exact | None, *, places: int = 1) -> Figure:
    """By how many per cent something fell since its baseline; a rise is negative. Without a baseline «–», never 0."""
    if not baseline:
        return Figure.missing(PERCENT_CUT, Missing.NO_BASELINE)
    if now is None:
        return Figure.missing(PERCENT_CUT, Missing.NOT_COLLECTED)
    return Figure.of(half_up(100 - percent_of(now, baseline), places), PERCENT_CUT)


def coverage(units: Iterable[str], assignments: Sequence[Assignment], least_days: int) -> Coverage:
    """The share of units somebody serves on at least so many days a week. Source: 3 days for a seconded doctor.

    Days of several people are not added: one of them must serve long enough. No unit at all: «–».
    """
    served = {one.unit_code for one in assignments if one.days_a_week >= least_days}
    all_units = sorted(set(units))
    covered = tuple(code for code in all_units if code in served)
    uncovered = tuple(code for code in all_units if code not in served)
    if not all_units:
        figure = Figure.missing(PERCENT, Missing.NO_DENOMINATOR)
    else:
        figure = Figure.of(half_up(percent_of(len(covered), len(all_units))), PERCENT)
    return Coverage(covered, uncovered, least_days, figure)


def shown_share(numerator: int | None, denominator: int | None) -> Figure:
    """A share to one decimal as a figure of per cent, or why there is none."""
    if not denominator:
        return Figure.missing(PERCENT, Missing.NO_DENOMINATOR)
    if numerator is None:
        return Figure.missing(PERCENT, Missing.NOT_COLLECTED)
    return Figure.of(Decimal(half_up(percent_of(numerator, denominator))), PERCENT)
