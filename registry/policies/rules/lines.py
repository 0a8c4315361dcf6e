"""Lines of an answer: what each benefit of a granted group comes to, with modifiers, rounded at the end. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from registry import formats
from registry.policies.rules.amounts import (
    Missing,
    Terms,
    Worth,
    number_words,
    rounded,
    span_words,
    worth,
)
from registry.policies.rules.answers import Asked, Line, LineKind
from registry.policies.rules.benefits import Benefit, BenefitKind, Exact, Modifier, Period, SpanKind
from registry.policies.rules.logic import MET, NOT_MET, UNKNOWN, State
from registry.policies.rules.preparing import Ready
from registry.policies.rules.trees import state_of


@dataclass(frozen=True, slots=True)
class Draft:
    """A line before stacking and modifiers: exact worth, or what it still needs, or neither when it is no money."""

    benefit: Benefit
    group: str | None
    rank: int
    worth: Worth | None
    needs: tuple[str, ...] = ()

    @property
    def certain_once(self) -> Exact:
        """Upper bound of what is paid once, for comparing groups; 0 while it cannot be computed."""
        return self.worth.high if self.worth is not None and self.benefit.period is Period.ONCE else 0

    @property
    def upper_bound(self) -> Exact:
        """Upper bound of what is paid in all; of one month or year where there is no end."""
        if self.worth is None:
            return 0
        return self.worth.high * (times_paid(self.benefit.period, self.benefit.months) or 1)


def times_paid(period: Period, months: int | None) -> int | None:
    """How often a line is paid in all: months, or begun years of months; nothing when there is no end."""
    if period is Period.ONCE:
        return 1
    if months is None:
        return None
    return months if period is Period.MONTH else -(-months // 12)


def drafts_of(
    ready: Ready,
    benefits: Sequence[Benefit],
    group: str | None,
    rank: int,
    states: Sequence[State],
    terms: Terms,
) -> list[Draft]:
    """The lines of some benefits; those whose condition is not met, or that give nothing here, fall away."""
    drafts = [_draft(ready, one, group, rank, states, terms) for one in benefits]
    return [one for one in drafts if one is not None]


def _draft(
    ready: Ready, benefit: Benefit, group: str | None, rank: int, states: Sequence[State], terms: Terms
) -> Draft | None:
    rule = ready.benefit_rules.get(benefit.code)
    if rule is not None:
        state = state_of(rule.node, states)
        if state is NOT_MET:
            return None
        if state is UNKNOWN:
            unknown = [ready.leaves[n].leaf.name for n in rule.leaves if states[n] is UNKNOWN]
            return Draft(benefit, group, rank, None, tuple(dict.fromkeys(unknown)))
    if benefit.amount is None:
        return Draft(benefit, group, rank, None)
    found = worth(benefit.amount, benefit.code, terms)
    if found is None:
        return None
    if isinstance(found, Missing):
        return Draft(benefit, group, rank, None, found.needs)
    return Draft(benefit, group, rank, found)


def modifiers_met(ready: Ready, states: Sequence[State]) -> tuple[list[Modifier], list[Modifier]]:
    """Modifiers whose rule is met, and those of which it is not known: these are not applied, but said."""
    pairs = list(zip(ready.version.modifiers, ready.modifier_rules, strict=True))
    by_state: dict[State, list[Modifier]] = {MET: [], UNKNOWN: [], NOT_MET: []}
    for modifier, rule in pairs:
        by_state[state_of(rule.node, states)].append(modifier)
    return by_state[MET], by_state[UNKNOWN]


def line_of(draft: Draft, modifiers: Sequence[Modifier], asked: Asked) -> Line:
    """The finished line. Percents add up, then the fixed additions, then the lowest cap, then one rounding."""
    benefit = draft.benefit
    if draft.worth is None:
        if benefit.kind is not BenefitKind.MONEY and not draft.needs:
            return _line(draft, asked, kind=LineKind(benefit.kind.value))
        return _line(draft, asked, kind=LineKind.UNKNOWN, needs=draft.needs)
    applied = [one for one in modifiers if one.groups is None or draft.group in one.groups]
    found = modified(draft.worth, applied if draft.group is not None else [])
    low, high = rounded(found.low), rounded(found.high)
    kind = LineKind(found.kind.value)
    times = times_paid(benefit.period, benefit.months)
    total = high * times if kind is LineKind.FIXED and times is not None else None
    bounds = span_words(found.kind, low, high)
    formula = found.formula if found.is_stated else f"{found.formula} = {bounds}"
    return _line(draft, asked, kind=kind, low=low, high=high, total=total, formula=formula)


def _line(draft: Draft, asked: Asked, **found: Any) -> Line:
    benefit = draft.benefit
    parts = benefit.instalments
    in_parts = parts is not None and (asked.instalments or not parts.is_optional)
    return Line(
        benefit=benefit.code,
        group=draft.group,
        text=benefit.text,
        clause=benefit.clause,
        period=benefit.period,
        months=benefit.months,
        years_of_instalments=parts.years if parts is not None and in_parts else None,
        verified=benefit.verified,
        **found,
    )


def modified(found: Worth, modifiers: Sequence[Modifier]) -> Worth:
    """An exact worth after modifiers; the lower bound of a ceiling stays 0."""
    if not modifiers:
        return found
    percent: Exact = 100 + sum((one.percent for one in modifiers), 0)
    add = sum(one.add for one in modifiers)
    cap = min((one.cap for one in modifiers if one.cap is not None), default=None)
    formula = found.formula
    if percent != 100:
        is_plain = found.is_stated and found.kind is SpanKind.FIXED
        formula = f"{formula if is_plain else f'({formula})'} × {number_words(percent)}{formats.NBSP}%"
    if add:
        formula = f"{formula} + {formats.money(add)}"
    if cap is not None:
        formula = f"{formula}, không quá {formats.money(cap)}"

    def changed(amount: Exact) -> Exact:
        result = Fraction(amount * percent) / 100 + add
        return result if cap is None else min(result, cap)

    low = 0 if found.kind is SpanKind.UP_TO else changed(found.low)
    return Worth(found.kind, low, changed(found.high), formula)
