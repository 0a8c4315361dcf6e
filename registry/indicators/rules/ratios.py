"""A percentage with its own numerator and denominator, or a refusal with the reason. Pure (IN-04, IN-08).

Where the units do not fit, the bare arithmetic stands in the refusal and nowhere else.
"""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from registry.indicators.rules.figures import Figure, Period, Plan, Reading, Refused
from registry.indicators.rules.numbers import bare_percent_words, half_up, percent_of, percent_words, written
from registry.indicators.rules.units import Unit, is_part_of, why_not_a_share
from registry.people.rules.problems import N_, Problem

ACROSS_UNITS = N_(
    "Không tính tỷ lệ: %(numerator)s không chia được cho %(denominator)s, vì %(reason)s. "
    "Phép chia trần: %(arithmetic)s"
)
NO_NUMERATOR = N_("Không tính tỷ lệ: chưa có số thực hiện")
NO_DENOMINATOR = N_("Không tính tỷ lệ: mẫu số không có hoặc bằng 0")
NO_PLAN = N_("Không tính tỷ lệ: chưa giao chỉ tiêu")


@dataclass(frozen=True, slots=True)
class Percent:
    """A percentage that knows what it was made from. `exact` is the number of hundredths, unrounded."""

    exact: Fraction
    numerator: Figure
    denominator: Decimal
    denominator_unit: Unit

    @property
    def rounded(self) -> Decimal:
        """One decimal, half up."""
        return half_up(self.exact)

    @property
    def is_about(self) -> bool:
        """Whether it was made from a «khoảng»."""
        return self.numerator.is_about

    @property
    def arithmetic(self) -> str:
        """«716 ÷ 6.775 = 10,6 %»."""
        return f"{self.numerator.number} ÷ {written(self.denominator)} = {percent_words(self.exact)}"


def ratio(numerator: Figure, denominator: Figure) -> Percent | Refused:
    """One figure as a percentage of another, or why not. «Khoảng» carries over to the percentage."""
    if numerator.amount is None:
        return Refused(Problem("no_numerator", NO_NUMERATOR))
    if not denominator.amount:
        return Refused(Problem("no_denominator", NO_DENOMINATOR))
    if not is_part_of(numerator.unit, denominator.unit):
        return _across_units(numerator, denominator.amount, denominator.unit)
    shown = Figure(
        numerator.amount, numerator.unit, numerator.period, numerator.is_about or denominator.is_about
    )
    return Percent(
        percent_of(numerator.amount, denominator.amount), shown, denominator.amount, denominator.unit
    )


def percent_of_plan(figure: Figure, plan: Plan | None) -> Percent | Refused:
    """What share of its own plan was reached; of a yearly plan, the plan of all years the figure lies in.

    Half a year is compared with the plan of its year: how much of that is due by then is the pace's matter.
    """
    if plan is None:
        return Refused(Problem("no_plan", NO_PLAN))
    return ratio(figure, Figure.of(plan_amount(plan, figure.period), plan.unit))


def plan_amount(plan: Plan, period: Period | None) -> Decimal:
    """The plan for a period: a yearly one times the calendar years it touches, any other as it is stated."""
    if plan.reading is Reading.PER_YEAR and period is not None:
        return plan.amount * period.years_touched
    return plan.amount


def _across_units(numerator: Figure, amount: Decimal, unit: Unit) -> Refused:
    bare = percent_of(numerator.amount or 0, amount)
    values = {
        "numerator": numerator.words,
        "denominator": f"{written(amount)} {unit.name}",
        "reason": why_not_a_share(numerator.unit, unit),
        "arithmetic": f"{numerator.number} ÷ {written(amount)} = {bare_percent_words(bare)}",
    }
    return Refused(Problem("across_units", ACROSS_UNITS, values), bare)
