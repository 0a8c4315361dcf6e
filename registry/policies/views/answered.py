"""An answer of the rule engine in the words of a page: states with their clauses, amounts with formulas, what is missing.

One place for the ranking, the person's page, one's own page, offers and the anonymous checker, so that all say the same.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any, cast

from flask import url_for

from registry import formats
from registry.policies.queries.ready import ReadyLaw, ready_law
from registry.policies.rules import CATALOGUE, LineKind, Period, RepaymentKind, Words
from registry.policies.rules.benefits import Repayment
from registry.policies.rules.facts import YEARLY_LIST, FactKind, fact_of
from registry.policies.views.sums import money
from registry.policies.views.telling import repayment_words
from registry.web.database import db_session
from registry.web.i18n import current_language, gettext, lazy_gettext
from registry.web.i18n import gettext as _

NOT_APPLICABLE = "not_applicable"
_STATES = ("met", "unknown", "not_met")
_PARAMETERS = {
    "base_salary": lazy_gettext("mức lương cơ sở"),
    "regional_minimum_wage": lazy_gettext("lương tối thiểu tháng của vùng"),
}
_PERIODS = {
    Period.ONCE: lazy_gettext("một lần"),
    Period.MONTH: lazy_gettext("mỗi tháng"),
    Period.YEAR: lazy_gettext("mỗi năm"),
}
_OPEN_MODIFIER = "Chưa biết có được áp dụng hệ số hay không: "
_NO_MONEY = {
    LineKind.IN_KIND: lazy_gettext("không bằng tiền"),
    LineKind.NEGOTIATED: lazy_gettext("theo thỏa thuận"),
}


def page_law() -> ReadyLaw:
    """Everything published, in the language of the page."""
    return ready_law(db_session(), locale=current_language(), translate=gettext)


@dataclass(frozen=True)
class ToldLeaf:
    """One condition. `mark`: good, bad, open (not known) or hidden (the viewer may not read the fact)."""

    text: str
    clause: str
    state: str
    mark: str
    value: str
    evidence: str


@dataclass(frozen=True)
class ToldGroup:
    """A target group; `changes` are the smallest sets of what would make it met, `is_fixed`: nothing anybody can change."""

    code: str
    title: str
    clause: str
    state: str
    leaves: tuple[ToldLeaf, ...]
    changes: tuple[tuple[str, ...], ...]
    is_granted: bool
    is_fixed: bool
    is_hidden: bool


@dataclass(frozen=True)
class ToldLine:
    """A benefit; `amount` is "" while it cannot be computed, and then `needs` says for what."""

    benefit: str
    text: str
    clause: str
    amount: str
    how_often: str
    total: str
    formula: str
    needs: tuple[str, ...]
    is_verified: bool
    is_money: bool


@dataclass(frozen=True)
class ToldAnswer:
    """What one version says for one person."""

    key: str
    code: str
    number: int
    title: str
    document: str
    href: str
    state: str
    reason: str
    groups: tuple[ToldGroup, ...]
    lines: tuple[ToldLine, ...]
    left_out: tuple[str, ...]
    notes: tuple[str, ...]
    once: str
    years: tuple[tuple[str, str], ...]
    open_lines: tuple[str, ...]
    unknown_lines: tuple[str, ...]
    commitment: str
    commitment_needs: tuple[str, ...]
    repayment: tuple[str, ...]
    places: tuple[str, ...]
    has_conditions: bool
    is_verified: bool

    @property
    def nearest(self) -> tuple[ToldGroup, ...]:
        """The groups that speak for the state: those granted, else those that may be met, nearest first."""
        if self.state == "met":
            return tuple(one for one in self.groups if one.is_granted) or self.of_state("met")
        found = self.of_state("unknown")
        return tuple(sorted(found, key=lambda one: len(one.changes[0]) if one.changes else 99))

    def of_state(self, state: str) -> tuple[ToldGroup, ...]:
        """The groups of a state."""
        return tuple(one for one in self.groups if one.state == state)


def told_answer(data: Mapping[str, Any], words: Words, withheld: Collection[str] = frozenset()) -> ToldAnswer:
    """A frozen answer in words. `withheld`: facts of conditions that the viewer may not read (`conditions_on`)."""
    about, costs = data["about"], dict(data["cost_by_year"])
    open_lines, unknown_lines = costs.pop("open", []), costs.pop("unknown", [])
    code, _at, number = str(data["version"]).rpartition("@")
    document = about["document"]
    lines = tuple(_line(one, about["lines"].get(one["benefit"], {})) for one in data["benefits"])
    return ToldAnswer(
        key=data["version"],
        code=code,
        number=int(number),
        title=about["title"],
        document=document["number"] or document["title"],
        href=url_for("policies.show", ma=code, ban=number),
        state=state_of(data),
        reason=data["reason"],
        groups=tuple(_group(one, data, words, withheld) for one in data["groups"]),
        lines=lines,
        left_out=tuple(one["text"] for one in data["left_out"]),
        notes=tuple(_note(one) for one in data["notes"]),
        once=sum_words(data["total_once"]) if data["total_once"] else "",
        years=tuple((year, sum_words(cost)) for year, cost in costs.items()),
        open_lines=tuple(about["benefits"][one] for one in open_lines),
        unknown_lines=tuple(about["benefits"][one] for one in unknown_lines),
        commitment=_commitment(data["commitment"]["from"], data["commitment"]["until"]),
        commitment_needs=tuple(need_words(one) for one in data["commitment"]["needs"]),
        repayment=tuple(repayment_words(_repayment(about["repayment"]))),
        places=tuple(words.code(CATALOGUE["origin_unit"], one) for one in about["scope"]),
        has_conditions=about["has_conditions"],
        is_verified=document["verified"] and all(one.is_verified for one in lines if one.is_money),
    )


def state_of(data: Mapping[str, Any]) -> str:
    """met, unknown, not_met by the best of the groups; not_applicable where nothing can be granted at all."""
    if data["applicable"] != "yes":
        return NOT_APPLICABLE
    states = {one["state"] for one in data["groups"]}
    return next((one for one in _STATES if one in states), "unknown")


def _note(said: str) -> str:
    """A note of the engine, which speaks Vietnamese; the rule in it is in the language of the page already."""
    before, _colon, rule = said.partition(_OPEN_MODIFIER)
    if before or not rule:
        return said
    return _("Chưa biết có được áp dụng hệ số hay không: %(rule)s", rule=rule)


def _group(
    group: Mapping[str, Any], data: Mapping[str, Any], words: Words, withheld: Collection[str]
) -> ToldGroup:
    leaves = tuple(_leaf(one, words, withheld) for one in group["clauses"])
    hidden = tuple(one.text for one in leaves if one.mark == "hidden")
    is_open = group["state"] == "unknown"
    return ToldGroup(
        code=group["code"],
        title=group["title"],
        clause=data["about"]["clauses"][group["code"]],
        state=group["state"],
        leaves=leaves,
        changes=tuple(tuple(_change(one, hidden) for one in some) for some in group["changes"]),
        is_granted=group["code"] in data["granted"],
        is_fixed=group["state"] == "not_met" and not group["changes"],
        is_hidden=is_open and bool(hidden),
    )


def _change(said: str, hidden: Collection[str]) -> str:
    """A change in words; one that hangs on what the viewer may not read says that instead."""
    for text in hidden:
        if said.endswith(text):
            return _("ngoài quyền xem: %(what)s", what=text)
    return said


def _leaf(leaf: Mapping[str, Any], words: Words, withheld: Collection[str]) -> ToldLeaf:
    is_hidden = leaf["name"].partition(":")[0] in withheld
    wanted = "not_met" if leaf["against"] else "met"
    mark = "open" if leaf["state"] == "unknown" else "good" if leaf["state"] == wanted else "bad"
    return ToldLeaf(
        text=leaf["text"],
        clause=leaf["clause"],
        state=leaf["state"],
        mark="hidden" if is_hidden else mark,
        value="" if is_hidden else value_words(leaf["name"], leaf["value"], words),
        evidence="" if is_hidden or leaf["value"] is None else leaf["evidence"],
    )


def value_words(name: str, value: Any, words: Words) -> str:
    """The value that was used for a condition, in words; "" when there is none."""
    key, _colon, of = name.partition(":")
    fact = CATALOGUE["field_code"] if key == YEARLY_LIST else fact_of(key, of or None)
    if value is None or fact is None:
        return ""
    if isinstance(value, bool):
        return _("có") if value else _("không")
    if isinstance(value, int):
        return f"{value} {_(fact.unit)}" if fact.unit else str(value)
    if isinstance(value, list):
        codes = cast("list[str]", value)
        if fact.kind is FactKind.UNIT:
            codes = codes[:1]  # the rest is what it lies in
        return ", ".join(words.code(fact, one) for one in codes) or _("không có")
    return words.code(fact, str(value))


def _line(line: Mapping[str, Any], about: Mapping[str, Any]) -> ToldLine:
    kind = LineKind(line["kind"])
    is_money = kind not in _NO_MONEY
    total, amount = line.get("total"), line.get("amount")
    formula = str(line["formula"])
    return ToldLine(
        benefit=line["benefit"],
        text=line["text"],
        clause=line["clause"],
        amount=amount_words(line),
        how_often=_how_often(line, about) if is_money and kind is not LineKind.UNKNOWN else "",
        total="" if total is None or total == amount else money(total),
        formula="" if amount is not None and formula == formats.money(amount) else formula,
        needs=tuple(need_words(one) for one in line.get("needs", ())),
        is_verified=bool(about.get("verified")),
        is_money=is_money,
    )


def amount_words(line: Mapping[str, Any]) -> str:
    """«200.000.000 ₫», «từ … đến …», «không quá …», «theo thỏa thuận»; "" when it cannot be computed."""
    match LineKind(line["kind"]):
        case LineKind.FIXED:
            return money(line["amount"])
        case LineKind.RANGE:
            return _("từ %(low)s đến %(high)s", low=money(line["min"]), high=money(line["max"]))
        case LineKind.UP_TO:
            return _("không quá %(high)s", high=money(line["max"]))
        case LineKind.UNKNOWN:
            return ""
        case LineKind.IN_KIND | LineKind.NEGOTIATED as kind:
            return str(_NO_MONEY[kind])


def _how_often(line: Mapping[str, Any], about: Mapping[str, Any]) -> str:
    words = str(_PERIODS[Period(line["period"])])
    if line.get("months") is not None:
        words = _("%(often)s, tối đa %(months)s tháng", often=words, months=line["months"])
    if about.get("instalments") is not None:
        words = _("%(often)s, chia đều %(years)s năm", often=words, years=about["instalments"])
    return words


def sum_words(found: int | Mapping[str, int]) -> str:
    """«200.000.000 ₫», «từ … đến …»; a ceiling is never shown as an amount."""
    if isinstance(found, int):
        return money(found)
    if not found["min"]:
        return _("không quá %(high)s", high=money(found["max"]))
    return _("từ %(low)s đến %(high)s", low=money(found["min"]), high=money(found["max"]))


def need_words(name: str) -> str:
    """What is missing: a fact or the parameter of a day."""
    if name in _PARAMETERS:
        return str(_PARAMETERS[name])
    key, _colon, of = name.partition(":")
    fact = fact_of(key, of or None)
    return name if fact is None else _(fact.vi)


def _repayment(said: Mapping[str, Any]) -> Repayment:
    return Repayment(
        RepaymentKind(said["kind"]),
        Fraction(said["multiple"]),
        said["deadline_days"],
        tuple(said["waived_when"]),
        said["clause"],
        said["text"],
    )


def _commitment(start: str | None, until: str | None) -> str:
    if start is None or until is None:
        return ""
    language = current_language()
    first, last = (formats.date(date.fromisoformat(one), language) for one in (start, until))
    return _("từ %(start)s đến hết %(until)s", start=first, until=last)
