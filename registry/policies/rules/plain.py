"""An answer as plain data: for the command line, for storing beside a decision, for comparing. Pure.

The same answer always gives the same data, so that a stored one can be compared with one computed anew.
"""

from datetime import date
from typing import Any

from registry.policies.rules.answers import Answer, Between, Costs, GroupAnswer, LeafAnswer, Line, LineKind
from registry.policies.rules.changes import smallest_changes
from registry.policies.rules.words import Words


def answer_data(answer: Answer, words: Words | None = None) -> dict[str, Any]:
    """Everything an answer says. Dates are texts, sums are numbers or {"min", "max"}."""
    return {
        "version": answer.version,
        "applicable": answer.applicable.value,
        "reason": answer.reason,
        "groups": [group_data(one, words or Words()) for one in answer.groups],
        "granted": list(answer.granted),
        "benefits": [
            {
                **line_data(one),
                "group": one.group,
                "text": one.text,
                "clause": one.clause,
                "formula": one.formula,
            }
            for one in answer.lines
        ],
        "left_out": [
            {"group": one.group, "benefit": one.benefit, "text": one.text} for one in answer.left_out
        ],
        "notes": list(answer.notes),
        "total_once": sum_data(answer.total_once),
        "cost_by_year": costs_data(answer.costs),
        "commitment": {
            "from": _day(answer.commitment_from),
            "until": _day(answer.commitment_until),
            "needs": list(answer.commitment_needs),
        },
    }


def group_data(group: GroupAnswer, words: Words) -> dict[str, Any]:
    """One group with its clauses, and what would change its state, in words."""
    return {
        "code": group.code,
        "title": group.title,
        "state": group.state.value,
        "clauses": [leaf_data(one) | {"against": group.is_against(one)} for one in group.leaves],
        "changes": [
            [change_words(one.leaf, words, one.must_be.value) for one in some]
            for some in smallest_changes(group)
        ],
    }


def change_words(leaf: LeafAnswer, words: Words, must_be: str) -> str:
    """«thiếu: công nhận văn bằng nước ngoài»."""
    is_unknown = leaf.state.value == "unknown"
    return words.lacking(leaf.leaf, leaf.text, is_unknown=is_unknown, is_reversed=must_be == "not_met")


def leaf_data(leaf: LeafAnswer) -> dict[str, Any]:
    """One condition: its clause, words, state, the value used and how far it is proved."""
    return {
        "name": leaf.name,
        "clause": leaf.leaf.clause,
        "text": leaf.text,
        "state": leaf.state.value,
        "value": value_data(leaf.value),
        "evidence": leaf.evidence.value,
        "on": _day(leaf.on),
    }


def value_data(value: object) -> Any:
    """A fact's value: sets as sorted lists."""
    if isinstance(value, frozenset):
        return sorted(value)  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]
    return value


def line_data(line: Line) -> dict[str, Any]:
    """One line without its words: only the parts its kind has."""
    found: dict[str, Any] = {"benefit": line.benefit, "kind": line.kind.value}
    match line.kind:
        case LineKind.IN_KIND | LineKind.NEGOTIATED:
            return found
        case LineKind.UNKNOWN:
            return found | {"needs": list(line.needs)}
        case LineKind.FIXED:
            found["amount"] = line.high
        case LineKind.RANGE:
            found |= {"min": line.low, "max": line.high}
        case LineKind.UP_TO:
            found["max"] = line.high
    found["period"] = line.period.value
    optional = {"months": line.months, "total": line.total}
    return found | {key: value for key, value in optional.items() if value is not None}


def sum_data(found: Between) -> int | dict[str, int]:
    """A number when it is certain, else its bounds: a ceiling is never shown as an amount."""
    return found.low if found.is_certain else {"min": found.low, "max": found.high}


def costs_data(costs: Costs) -> dict[str, Any]:
    """By year, then the lines without an end and those that cannot be computed, where there are any."""
    found: dict[str, Any] = {str(year): sum_data(cost) for year, cost in costs.by_year.items()}
    if costs.open_lines:
        found["open"] = list(costs.open_lines)
    if costs.unknown_lines:
        found["unknown"] = list(costs.unknown_lines)
    return found


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
