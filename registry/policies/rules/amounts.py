"""What a benefit is worth to one person on the day of the decision, exactly, with its formula in words. Pure.

Nothing is rounded here: fractions of a đồng are kept until a line is finished (`stacking`), then half goes up.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from registry import formats
from registry.policies.rules.benefits import (
    Amount,
    ByFact,
    Exact,
    Levels,
    Multiple,
    Percent,
    PercentUpTo,
    Plain,
    Span,
    SpanKind,
)
from registry.policies.rules.policy import Law


@dataclass(frozen=True, slots=True)
class Worth:
    """An exact amount of đồng, or its bounds, and how it comes about; `is_stated`: it stands in the text as it is."""

    kind: SpanKind
    low: Exact
    high: Exact
    formula: str
    is_stated: bool = False


@dataclass(frozen=True, slots=True)
class Missing:
    """What has to be known before the amount can be computed: facts or the key of a parameter."""

    needs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Terms:
    """What amounts depend on: facts, dated parameters, the day of the decision, levels chosen by the office."""

    values: Mapping[str, Any]
    law: Law
    decided_on: date
    levels: Mapping[str, str]


def rounded(amount: Exact) -> int:
    """Whole đồng, half up (amounts are never negative)."""
    if isinstance(amount, int):
        return amount
    return (2 * amount.numerator + amount.denominator) // (2 * amount.denominator)


def worth(amount: Amount, code: str, terms: Terms) -> Worth | Missing | None:
    """The worth of an amount; nothing when the text gives nothing there (no step for the place of work)."""
    match amount:
        case Plain(span):
            return _of_span(span)
        case ByFact():
            return _by_fact(amount, terms)
        case Levels():
            return _by_level(amount, terms.levels.get(code))
        case Multiple():
            return _multiple(amount, terms)
        case Percent(percent, of):
            base = terms.values.get(of)
            return Missing((of,)) if base is None else _percent(percent, base)
        case PercentUpTo():
            return _percent_up_to(amount, terms.values.get(amount.of))


def _of_span(span: Span, said: str = "") -> Worth:
    bounds = span_words(span.kind, span.low, span.high)
    return Worth(span.kind, span.low, span.high, f"{said}: {bounds}" if said else bounds, True)


def span_words(kind: SpanKind, low: int, high: int) -> str:
    """«200.000.000 ₫», «từ … đến …», «không quá …»."""
    if kind is SpanKind.UP_TO:
        return f"không quá {formats.money(high)}"
    if kind is SpanKind.RANGE:
        return f"từ {formats.money(low)} đến {formats.money(high)}"
    return formats.money(high)


def _by_fact(amount: ByFact, terms: Terms) -> Worth | Missing | None:
    held = terms.values.get(amount.fact)
    if held is None:
        return Missing((amount.fact,))
    for values, span in amount.steps:
        if not values.isdisjoint(held):
            return _of_span(span)
    return None


def _by_level(amount: Levels, chosen: str | None) -> Worth:
    """The level chosen; before it is, from the lowest level (0 under a ceiling) to the highest."""
    for step in amount.steps:
        if step.code == chosen:
            return _of_span(step.span, step.text)
    low, high = min(one.span.low for one in amount.steps), max(one.span.high for one in amount.steps)
    bounds = span_words(SpanKind.RANGE, low, high)
    return Worth(SpanKind.RANGE, low, high, f"chưa xếp mức: {bounds}", True)


def _multiple(amount: Multiple, terms: Terms) -> Worth | Missing:
    """So many times a dated parameter; the regional wage needs the region of the post first."""
    region: str | None = None
    if amount.of == "regional_minimum_wage":
        region = terms.values.get("wage_region")
        if region is None:
            return Missing(("wage_region",))
    parameter = terms.law.parameters.get((amount.of, region))
    value = parameter.on(terms.decided_on) if parameter else None
    if value is None:
        return Missing((amount.of,))
    is_one = amount.low == amount.high
    times = (
        number_words(amount.low)
        if is_one
        else f"({number_words(amount.low)} đến {number_words(amount.high)})"
    )
    kind = SpanKind.FIXED if is_one else SpanKind.RANGE
    formula = f"{times} × {formats.money(value.value)}"
    return Worth(kind, amount.low * value.value, amount.high * value.value, formula)


def _percent(percent: Exact, base: int) -> Worth:
    share = Fraction(percent * base) / 100
    return Worth(SpanKind.FIXED, share, share, f"{percent_words(percent)} × {formats.money(base)}")


def _percent_up_to(amount: PercentUpTo, base: int | None) -> Worth | Missing:
    """A ceiling: percent of the base, and never more than the cap; the cap alone while the base is not known."""
    if base is None:
        if amount.cap is None:
            return Missing((amount.of,))
        return Worth(SpanKind.UP_TO, 0, amount.cap, f"không quá {formats.money(amount.cap)}", True)
    share = Fraction(amount.percent * base) / 100
    formula = f"{percent_words(amount.percent)} × {formats.money(base)}"
    if amount.cap is None:
        return Worth(SpanKind.UP_TO, 0, share, formula)
    return Worth(
        SpanKind.UP_TO, 0, min(share, amount.cap), f"{formula}, không quá {formats.money(amount.cap)}"
    )


def number_words(number: Exact) -> str:
    """«1,5», «1.000»: an exact number with as many places as it has."""
    if isinstance(number, int):
        return formats.number(number)
    exact = Decimal(number.numerator) / Decimal(number.denominator)
    places = max(0, -int(exact.normalize().as_tuple().exponent))
    return formats.number(exact, places)


def percent_words(percent: Exact) -> str:
    """«150 %»."""
    return f"{number_words(percent)}{formats.NBSP}%"
