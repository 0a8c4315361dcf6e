"""Open needs against available people, as a signed number, with how much of it nobody knows. Pure (IN-19, KH4)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


class Sign(StrEnum):
    """What the difference says."""

    SHORTAGE = "shortage"
    EVEN = "even"
    SURPLUS = "surplus"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class BalanceRow:
    """One cell (occupation × sector × area × horizon, as the caller keys it).

    `demand`: posts of open needs. `supply`: available people. None: nobody reported it, which is no nought.
    `unknown`: people of the cell of whom a deciding fact (availability, level) is not known; they are in no sum.
    """

    key: tuple[str, ...]
    demand: int | None
    supply: int | None
    unknown: int = 0


@dataclass(frozen=True, slots=True)
class Balance:
    """A cell with its signed difference, supply − demand: below nothing is a shortage."""

    row: BalanceRow
    difference: int | None
    sign: Sign
    unknown_share: Fraction | None
    """People of whom it is not known ÷ all people of the cell; None where there are none at all."""


def balance(row: BalanceRow) -> Balance:
    """The difference of one cell; unknown where a side was not reported. Raises ValueError for negative counts."""
    if min(row.demand or 0, row.supply or 0, row.unknown) < 0:
        raise ValueError(f"counts are not negative: {row}")
    people = (row.supply or 0) + row.unknown
    share = Fraction(row.unknown, people) if people else None
    if row.demand is None or row.supply is None:
        return Balance(row, None, Sign.UNKNOWN, share)
    difference = row.supply - row.demand
    return Balance(row, difference, _sign(difference), share)


def sums_of(rows: Iterable[BalanceRow], places: Iterable[int]) -> list[Balance]:
    """Rows summed over what is left of their keys: by the key's parts at `places`, in the order of first sight.

    People who fit two cells are counted in both, so callers sum over parts in which a person stands once. A cell that
    did not report leaves the side of its sum unknown.
    """
    kept = tuple(places)
    sums: dict[tuple[str, ...], BalanceRow] = {}
    for row in rows:
        key = tuple(row.key[at] for at in kept)
        sums[key] = (
            _added(sums[key], row, key)
            if key in sums
            else BalanceRow(key, row.demand, row.supply, row.unknown)
        )
    return [balance(row) for row in sums.values()]


def both_signs(balances: Iterable[Balance]) -> Mapping[Sign, int]:
    """How many cells have each sign: a shortage here is not made up by a surplus there."""
    counted = dict.fromkeys(Sign, 0)
    for one in balances:
        counted[one.sign] += 1
    return counted


def _added(one: BalanceRow, other: BalanceRow, key: tuple[str, ...]) -> BalanceRow:
    return BalanceRow(
        key, _plus(one.demand, other.demand), _plus(one.supply, other.supply), one.unknown + other.unknown
    )


def _plus(one: int | None, other: int | None) -> int | None:
    return None if one is None or other is None else one + other


def _sign(difference: int) -> Sign:
    if difference == 0:
        return Sign.EVEN
    return Sign.SHORTAGE if difference < 0 else Sign.SURPLUS
