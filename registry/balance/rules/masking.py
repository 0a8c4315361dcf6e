"""Counts of people for a reader who may not open their records: small cells hidden, and whatever would tell them. Pure.

Demand is no count of people and stays; a difference, a sign and a share go with the count they are made of.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from registry.balance.rules.signed import Balance, Sign, balance
from registry.balance.rules.suppression import mask
from registry.balance.rules.tables import TOTAL, Table

_SUPPLY, _UNKNOWN = "supply", "unknown"


@dataclass(frozen=True, slots=True)
class Shown:
    """A balance as a reader sees it. What is hidden is None, and `is_hidden` says that it was counted."""

    key: tuple[str, ...]
    demand: int | None
    supply: int | None
    unknown: int | None
    difference: int | None
    sign: Sign
    unknown_share: Fraction | None
    is_hidden: bool = False


def shown(one: Balance) -> Shown:
    """A balance with nothing hidden."""
    row = one.row
    return Shown(row.key, row.demand, row.supply, row.unknown, one.difference, one.sign, one.unknown_share)


def masked(balances: Sequence[Balance], total: Balance | None) -> tuple[list[Shown], Shown | None]:
    """Rows and their sum with small counts of people hidden for good; keys differ from each other.

    Without a total the rows are masked among themselves as if it were known: other tables may tell it.
    """
    if not balances:
        return [], None if total is None else shown(total)
    rows = {str(number): one for number, one in enumerate(balances)}
    counts = {(name, _SUPPLY): one.row.supply or 0 for name, one in rows.items()}
    counts |= {(name, _UNKNOWN): one.row.unknown for name, one in rows.items()}
    left = mask(Table(tuple(rows), (_SUPPLY, _UNKNOWN), counts, has_row_sums=False)).shown
    found = [_hidden(one, left[name, _SUPPLY], left[name, _UNKNOWN]) for name, one in rows.items()]
    if total is None:
        return found, None
    return found, _hidden(total, left[TOTAL, _SUPPLY], left[TOTAL, _UNKNOWN])


def hide_all(balances: Sequence[Balance]) -> list[Shown]:
    """Rows whose counts of people are hidden, all but noughts: their sum is hidden, and they would tell it."""
    return [_hidden(one, None if one.row.supply else 0, None if one.row.unknown else 0) for one in balances]


def masked_counts(counts: Mapping[str, int]) -> dict[str, int | None]:
    """One column of counts of people with the small ones hidden, as if its sum were known."""
    if not counts:
        return {}
    table = Table(
        tuple(counts), ("people",), {(name, "people"): count for name, count in counts.items()}, False
    )
    left = mask(table).shown
    return {name: left[name, "people"] for name in counts}


def _hidden(one: Balance, supply: int | None, unknown: int | None) -> Shown:
    row = one.row
    if row.supply is None or (supply is not None and unknown is not None):
        return shown(one)
    if supply is None:
        return Shown(row.key, row.demand, None, unknown, None, Sign.UNKNOWN, None, True)
    known = balance(row)
    return Shown(row.key, row.demand, supply, None, known.difference, known.sign, None, True)
