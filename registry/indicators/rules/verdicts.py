"""Does a printed percentage follow from a stated plan? Consistent, contradicts, or not checkable. Pure (IN-05, IN-06)."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from registry.indicators.rules.figures import Figure, Plan, Refused
from registry.indicators.rules.implied import Implied, implied_denominators
from registry.indicators.rules.numbers import half_up
from registry.indicators.rules.ratios import Percent, percent_of_plan
from registry.indicators.rules.wording import PrintedPercent, printed_words
from registry.people.rules.problems import N_, Problem

FOLLOWS = N_("%(figure)s, in là %(printed)s kế hoạch: khớp với %(arithmetic)s")
FOLLOWS_FROM_NO_PLAN = N_(
    "%(figure)s, in là %(printed)s kế hoạch: không khớp với kế hoạch nào được nêu. %(arithmetic)s. "
    "%(printed)s cần kế hoạch %(implied)s, là số không được in"
)
PLAN_NOT_PRINTED = N_(
    "%(figure)s, in là %(printed)s kế hoạch: số kế hoạch không được in; tỷ lệ này cần kế hoạch %(implied)s"
)
NO_NUMBER = N_("Không kiểm được: nguồn không ghi số")
NOT_WHOLE = N_("Không kiểm được: %(figure)s không phải là số đếm chính xác")


class Finding(StrEnum):
    """What the check of a printed figure came to."""

    CONSISTENT = "consistent"
    CONTRADICTS = "contradicts"
    NOT_CHECKABLE = "not_checkable"


@dataclass(frozen=True, slots=True)
class Tried:
    """One stated plan and what it would give."""

    plan: Plan
    result: Percent | Refused
    fits: bool

    @property
    def words(self) -> str:
        """«716 ÷ 6.775 = 10,6 % (Kế hoạch …)», or the refusal."""
        said = self.result.arithmetic if isinstance(self.result, Percent) else self.result.text
        return f"{said} ({self.plan.document})"


@dataclass(frozen=True, slots=True)
class PlanVerdict:
    """The verdict on a printed percentage, every stated plan with what it gives, and the plans it would need."""

    finding: Finding
    problem: Problem
    tried: tuple[Tried, ...] = ()
    implied: Implied | None = None

    @property
    def text(self) -> str:
        """The whole sentence in Vietnamese, with its arithmetic."""
        return self.problem.text


def check_percent(figure: Figure, printed: PrintedPercent, plans: Sequence[Plan]) -> PlanVerdict:
    """Hold a printed percentage of plan against every plan that is stated; the implied plan is named, never kept."""
    if figure.amount is None:
        return PlanVerdict(Finding.NOT_CHECKABLE, Problem("no_number", NO_NUMBER))
    if figure.is_about or figure.amount != int(figure.amount) or figure.amount < 0:
        return PlanVerdict(Finding.NOT_CHECKABLE, Problem("not_whole", NOT_WHOLE, {"figure": figure.words}))
    implied = implied_denominators(int(figure.amount), printed)
    tried = tuple(_tried(figure, printed, plan) for plan in plans)
    values: dict[str, object] = {
        "figure": figure.words,
        "printed": printed_words(printed),
        "implied": implied.words,
        "arithmetic": "; ".join(one.words for one in tried),
    }
    fitting = [one for one in tried if one.fits]
    if fitting:
        values["arithmetic"] = "; ".join(one.words for one in fitting)
        return PlanVerdict(Finding.CONSISTENT, Problem("follows", FOLLOWS, values), tried, implied)
    if any(isinstance(one.result, Percent) for one in tried):
        problem = Problem("follows_from_no_plan", FOLLOWS_FROM_NO_PLAN, values)
        return PlanVerdict(Finding.CONTRADICTS, problem, tried, implied)
    problem = Problem("plan_not_printed", PLAN_NOT_PRINTED, values)
    return PlanVerdict(Finding.NOT_CHECKABLE, problem, tried, implied)


def _tried(figure: Figure, printed: PrintedPercent, plan: Plan) -> Tried:
    result = percent_of_plan(figure, plan)
    fits = isinstance(result, Percent) and half_up(result.exact, printed.places) == printed.percent
    return Tried(plan, result, fits)
