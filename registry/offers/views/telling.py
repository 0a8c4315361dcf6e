"""A sheet in words: what every policy says, the facts it was worked out from, the cost to the budget by year."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, cast

from registry import formats
from registry.offers.rules.sheets import CostRow, CostTable, cost_table
from registry.policies.rules import CATALOGUE, Between, Words
from registry.policies.rules.facts import fact_of
from registry.policies.rules.withheld import conditions_on
from registry.policies.views.answered import ToldAnswer, need_words, sum_words, told_answer, value_words
from registry.policies.views.sums import money
from registry.web.i18n import current_language
from registry.web.i18n import gettext as _

ORDER = ("met", "unknown", "not_met")
_MONEY = frozenset({"current_salary", "agreed_salary", "housing_rent", "project_budget"})
_NOT_FACTS = frozenset({"steps", "instalments", "existing_grant", "trial", "units"})


def told_sheet(content: Mapping[str, Any], words: Words) -> dict[str, Any]:
    """Everything the page and the paper of a sheet show."""
    hidden = conditions_on(content["withheld"])
    told = [told_answer(one, words, hidden) for one in content["answers"]]
    met = [one for one in content["answers"] if one["granted"]]
    return {
        "by_state": {state: [one for one in told if one.state == state] for state in ORDER},
        "facts": list(fact_lines(content["question"], words)),
        "hidden": [need_words(one) for one in sorted(hidden)],
        "costs": table_words(cost_table(met)),
        "decided_on": date.fromisoformat(content["question"]["decided_on"]),
        "applied_on": date.fromisoformat(content["question"]["applied_on"]),
        "starts_on": _day(content["question"]["starts_on"]),
        "is_verified": all(one.is_verified for one in told if one.state == "met"),
        "unknown": unknown_words(told),
    }


def unknown_words(told: list[ToldAnswer]) -> list[str]:
    """What nobody knows yet and an amount or a commitment of a policy that is met hangs on."""
    found = [
        _("%(line)s: cần biết %(what)s", line=line.text, what=", ".join(line.needs))
        for one in told
        if one.state == "met"
        for line in one.lines
        if line.needs
    ]
    found += [
        _("Thời hạn cam kết: cần biết %(what)s", what=", ".join(one.commitment_needs))
        for one in told
        if one.commitment_needs
    ]
    return found


def fact_lines(question: Mapping[str, Any], words: Words) -> Iterator[tuple[str, str, str]]:
    """(fact, value, where it comes from) of everything the engine was told."""
    sources = (("person", _("hồ sơ")), ("post", _("vị trí")), ("application", _("phiếu này")))
    said = question["application"]
    for part, source in sources:
        for key, value in question[part].items():
            if key not in _NOT_FACTS and not (part != "application" and key in said):
                yield from ((label, text, source) for label, text in _values(key, value, words))


def _values(key: str, value: Any, words: Words) -> Iterator[tuple[str, str]]:
    if key == "born":
        yield _("Ngày sinh"), formats.date(date.fromisoformat(value), current_language())
    elif isinstance(value, dict):
        for of, one in cast("dict[str, Any]", value).items():
            yield _label(key, of), value_words(f"{key}:{of}", one, words)
    elif key in _MONEY:
        yield need_words(key), money(value)
    elif key in CATALOGUE:
        yield need_words(key), value_words(key, value, words)


def _label(key: str, of: str) -> str:
    fact = fact_of(key, of)
    if fact is None or ":" in fact.key:
        return need_words(f"{key}:{of}")
    argument = fact.arguments.get(of)
    return _(fact.vi) if argument is None else f"{_(fact.vi)} {_(argument)}"


def table_words(table: CostTable | None) -> dict[str, Any] | None:
    """The costs as texts; None where nothing costs anything."""
    if table is None:
        return None
    return {
        "years": list(table.years),
        "rows": [_row(one) for one in table.rows],
        "total": _row(table.total),
        "is_one": len(table.rows) == 1,
    }


def _row(row: CostRow) -> dict[str, Any]:
    return {
        "title": row.title,
        "by_year": ["" if one is None else _sum(one) for one in row.by_year],
        "total": _sum(row.total),
    }


def _sum(cost: Between) -> str:
    return sum_words(cost.low if cost.is_certain else {"min": cost.low, "max": cost.high})


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
