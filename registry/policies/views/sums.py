"""Amounts in the language of the page: as the text says them, and worked out in đồng with the parameters of a day."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from registry import formats
from registry.policies.rules.amounts import rounded
from registry.policies.rules.benefits import (
    Benefit,
    BenefitKind,
    ByFact,
    Exact,
    Levels,
    Multiple,
    Percent,
    PercentUpTo,
    Period,
    Plain,
    Span,
    SpanKind,
)
from registry.policies.rules.facts import CATALOGUE
from registry.policies.rules.policy import Group, Law
from registry.web.i18n import current_language, lazy_gettext
from registry.web.i18n import gettext as _

_PERIOD = {
    Period.ONCE: lazy_gettext("một lần"),
    Period.MONTH: lazy_gettext("mỗi tháng"),
    Period.YEAR: lazy_gettext("mỗi năm"),
}
_BASE = {
    "base_salary": lazy_gettext("mức lương cơ sở"),
    "regional_minimum_wage": lazy_gettext("lương tối thiểu tháng của vùng"),
    "current_salary": lazy_gettext("lương hiện hưởng"),
    "agreed_salary": lazy_gettext("lương thỏa thuận"),
    "housing_rent": lazy_gettext("tiền thuê nhà"),
    "project_budget": lazy_gettext("kinh phí nhiệm vụ, dự án"),
}
# Round sums that examples of percentages are worked out with; said to be examples wherever they show.
_EXAMPLE_VND = {
    "current_salary": 10_000_000,
    "agreed_salary": 50_000_000,
    "housing_rent": 10_000_000,
    "project_budget": 1_000_000_000,
}
_REGIONS = ("I", "II", "III", "IV")


def money(vnd: int) -> str:
    """Whole đồng."""
    return formats.money(vnd, current_language())


def exact(number: Exact) -> str:
    """«1,5», «1.000»."""
    if isinstance(number, int) or number.denominator == 1:
        return formats.number(int(number), locale=current_language())
    value = Decimal(number.numerator) / Decimal(number.denominator)
    places = max(0, -int(value.normalize().as_tuple().exponent))
    return formats.number(value, places, current_language())


def percent(number: Exact) -> str:
    """«150 %», in English «150%»."""
    return exact(number) + ("%" if current_language() == "en" else f"{formats.NBSP}%")


@dataclass(frozen=True)
class Said:
    """A benefit on a page: what the text gives, how often, the amount worked out, the levels where it has some."""

    text: str
    amount: str
    how_often: str
    example: str
    levels: tuple[tuple[str, str], ...]
    is_missing: bool = False


def said(benefit: Benefit, law: Law, on: date) -> Said:
    """A benefit with an example of a day."""
    amount = benefit.amount
    if amount is None:
        kind = _("bằng hiện vật") if benefit.kind is BenefitKind.IN_KIND else _("theo thỏa thuận")
        return Said(benefit.text, "" if benefit.kind is BenefitKind.MONEY else kind, "", "", ())
    example = _example(benefit, law, on)
    return Said(
        benefit.text,
        _amount(amount),
        _how_often(benefit),
        example or "",
        _levels(amount),
        is_missing=example is None,
    )


def _amount(amount: Any) -> str:
    match amount:
        case Plain(span):
            return span_words(span)
        case Multiple(low, high, of):
            if low == high:
                return _("%(times)s lần %(what)s", times=exact(low), what=_BASE.get(of, of))
            return _(
                "từ %(low)s đến %(high)s lần %(what)s",
                low=exact(low),
                high=exact(high),
                what=_BASE.get(of, of),
            )
        case Percent(share, of):
            return _("%(percent)s %(what)s", percent=percent(share), what=_BASE.get(of, of))
        case PercentUpTo(share, of, cap):
            words = _("không quá %(percent)s %(what)s", percent=percent(share), what=_BASE.get(of, of))
            return words if cap is None else _("%(words)s và không quá %(cap)s", words=words, cap=money(cap))
        case Levels():
            return _("theo mức do cơ quan xếp")
        case _:
            return _("theo nơi làm việc")


def span_words(span: Span) -> str:
    """«300.000.000 ₫», «từ … đến …», «không quá …»."""
    if span.kind is SpanKind.UP_TO:
        return _("không quá %(high)s", high=money(span.high))
    if span.kind is SpanKind.RANGE:
        return _("từ %(low)s đến %(high)s", low=money(span.low), high=money(span.high))
    return money(span.high)


def _levels(amount: Any) -> tuple[tuple[str, str], ...]:
    if isinstance(amount, Levels):
        return tuple((one.text, span_words(one.span)) for one in amount.steps)
    if isinstance(amount, ByFact):
        names = CATALOGUE[amount.fact].values
        return tuple(
            (", ".join(_(names.get(one, one)) for one in sorted(values)), span_words(span))
            for values, span in amount.steps
        )
    return ()


def _how_often(benefit: Benefit) -> str:
    words = str(_PERIOD[benefit.period])
    if benefit.months is not None:
        words = _("%(often)s, tối đa %(months)s tháng", often=words, months=benefit.months)
    if benefit.instalments is not None:
        years = benefit.instalments.years
        if benefit.instalments.is_optional:
            return _("%(often)s, hoặc chia đều %(years)s năm nếu chọn", often=words, years=years)
        return _("%(often)s, chia đều %(years)s năm", often=words, years=years)
    return words


def _example(benefit: Benefit, law: Law, on: date) -> str | None:
    """The amount worked out in đồng; "" where the text gives it outright, None when the parameter has no value."""
    match benefit.amount:
        case Multiple():
            return _multiple(benefit.amount, law, on)
        case Percent(share, of):
            base = _EXAMPLE_VND.get(of, 0)
            result = rounded(Fraction(share) * base / 100)
            return _(
                "%(what)s %(base)s: %(percent)s × %(base)s = %(result)s",
                what=_BASE.get(of, of), base=money(base), percent=percent(share), result=money(result),
            )  # fmt: skip
        case PercentUpTo(share, of, cap):
            base = _EXAMPLE_VND.get(of, 0)
            result = rounded(Fraction(share) * base / 100)
            return _(
                "%(what)s %(base)s: không quá %(result)s",
                what=_BASE.get(of, of), base=money(base), result=money(result if cap is None else min(result, cap)),
            )  # fmt: skip
        case Plain(span) if benefit.period is Period.MONTH and benefit.months and span.kind is SpanKind.FIXED:
            return _(
                "%(sum)s × %(months)s tháng = %(result)s",
                sum=money(span.high), months=benefit.months, result=money(span.high * benefit.months),
            )  # fmt: skip
        case _:
            return ""


def _multiple(amount: Multiple, law: Law, on: date) -> str | None:
    base = base_on(law, amount.of, on)
    if base is None:
        return None
    low, high = rounded(amount.low * Fraction(base)), rounded(amount.high * Fraction(base))
    if amount.low == amount.high:
        return f"{exact(amount.low)} × {money(base)} = {money(high)}"
    return _("từ %(low)s đến %(high)s", low=money(low), high=money(high))


def base_on(law: Law, key: str, on: date) -> int | None:
    """The value of a parameter on a day; of a regional one the highest region's that has one."""
    for of in (None, *_REGIONS):
        found = law.parameters.get((key, of))
        value = None if found is None else found.on(on)
        if value is not None:
            return value.value
    return None


def most_of(groups: tuple[Group, ...], law: Law, on: date) -> str:
    """What one gets at most: once, else by the month, of the group that gets most; "" when no sum is written."""
    for period, words in ((Period.ONCE, _("một lần")), (Period.MONTH, _("mỗi tháng"))):
        most = max((_sum_of(group, period, law, on) for group in groups), default=0)
        if most:
            return f"{money(most)} {words}"
    shares = [
        (one.amount.percent, one.amount.of)
        for group in groups
        for one in group.benefits
        if isinstance(one.amount, Percent)
    ]
    if not shares:
        return ""
    share, of = max(shares)
    return _("%(percent)s %(what)s", percent=percent(share), what=_BASE.get(of, of))


def _sum_of(group: Group, period: Period, law: Law, on: date) -> int:
    return sum(_highest(one, law, on) for one in group.benefits if one.period is period)


def _highest(benefit: Benefit, law: Law, on: date) -> int:
    match benefit.amount:
        case Plain(span):
            return span.high
        case Levels(steps):
            return max(one.span.high for one in steps)
        case ByFact(_fact, places):
            return max(span.high for _values, span in places)
        case Multiple(_low, high, of):
            return rounded(high * Fraction(base_on(law, of, on) or 0))
        case PercentUpTo(_share, _of, cap):
            return cap or 0
        case _:
            return 0
