"""The content of an offer sheet as plain data, its fingerprint, and its cost by year over all policies. Pure."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from registry.policies.rules import Applicability, Between

Row = dict[str, Any]
Cost = int | Mapping[str, int]
_APART = frozenset({"open", "unknown"})


def sheet_content(question: Row, answers: Sequence[Row], need: Row, withheld: Collection[str]) -> Row:
    """What a sheet keeps: the need as it was called, the whole question, every frozen answer that could be granted.

    `withheld`: facts that whoever made the sheet could not read and that had no part in it.
    """
    return {
        "need": need,
        "question": question,
        "withheld": sorted(withheld),
        "answers": [one for one in answers if one["applicable"] == Applicability.YES.value],
    }


def canonical(content: Row) -> str:
    """The one text of a content: what is sealed and what the fingerprint covers."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def fingerprint(content: Row) -> str:
    """SHA-256 of the canonical text."""
    return sha256(canonical(content).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class CostRow:
    """The cost of one policy, or of all: by year in the order of the table's years, and in all."""

    title: str
    by_year: tuple[Between | None, ...]
    total: Between


@dataclass(frozen=True, slots=True)
class CostTable:
    """Cost to the budget by calendar year; `total` as if every policy of the table were granted."""

    years: tuple[str, ...]
    rows: tuple[CostRow, ...]
    total: CostRow


def cost_table(answers: Sequence[Row]) -> CostTable | None:
    """The table over frozen answers; None when none of them costs anything."""
    costs = [
        (
            one["about"]["title"],
            {year: bounds(cost) for year, cost in one["cost_by_year"].items() if year not in _APART},
        )
        for one in answers
    ]
    costs = [(title, by_year) for title, by_year in costs if by_year]
    years = tuple(sorted({year for _title, by_year in costs for year in by_year}))
    if not years:
        return None
    rows = tuple(
        CostRow(title, tuple(by_year.get(one) for one in years), _sum(by_year.values()))
        for title, by_year in costs
    )
    totals = tuple(_sum(by_year[year] for _title, by_year in costs if year in by_year) for year in years)
    return CostTable(years, rows, CostRow("", totals, _sum(totals)))


def bounds(cost: Cost) -> Between:
    """A sum of the data form."""
    return Between(cost, cost) if isinstance(cost, int) else Between(cost["min"], cost["max"])


def _sum(some: Any) -> Between:
    total = Between(0, 0)
    for one in some:
        total += one
    return total
