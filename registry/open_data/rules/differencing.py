"""What two releases tell together that neither tells alone. Pure (EX-07).

Two counts of nested groups (the same cell at two dates, a province with and without one commune) differ by the people
between them: when those are fewer than the least count, publishing both tells of them. A cell that is hidden in one
release and shown in the other, unchanged in between, is told as well.
"""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from registry.balance.rules.suppression import LEAST

Key = TypeVar("Key", bound=Hashable)


class Revealed(StrEnum):
    """How a pair tells too much."""

    SMALL_DIFFERENCE = "small_difference"
    HIDDEN_ELSEWHERE = "hidden_elsewhere"


@dataclass(frozen=True, slots=True)
class Revealing:
    """A pair of cells, of the first and of the second release, and how many people lie between (None: hidden)."""

    first: Hashable
    second: Hashable
    how: Revealed
    difference: int | None


def revealing_pairs(
    first: Mapping[Key, int | None],
    second: Mapping[Key, int | None],
    pairs: Iterable[tuple[Key, Key]] | None = None,
    least: int = LEAST,
) -> list[Revealing]:
    """Pairs that would reveal fewer than `least` people; cells that neither release has are left out.

    `pairs` names nested groups (first release, second release); without it the cells of one name are compared.
    """
    compared = ((key, key) for key in first if key in second) if pairs is None else pairs
    found: list[Revealing] = []
    for one, other in compared:
        if one in first and other in second:
            revealed = _revealed(first[one], second[other], least)
            if revealed:
                found.append(Revealing(one, other, *revealed))
    return found


def _revealed(first: int | None, second: int | None, least: int) -> tuple[Revealed, int | None] | None:
    if first is None and second is None:
        return None
    if first is None or second is None:
        return Revealed.HIDDEN_ELSEWHERE, None
    difference = abs(second - first)
    return (Revealed.SMALL_DIFFERENCE, difference) if 0 < difference < least else None
