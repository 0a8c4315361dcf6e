"""Qualified people who came and went, by year, place and reason. Pure (IN-21, KH5).

«Không có lý do» is an answer, and differs from a reason nobody wrote down: the first has words, the second is None.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Direction(StrEnum):
    """Into the province or out of it."""

    IN = "in"
    OUT = "out"


@dataclass(frozen=True, slots=True)
class Move:
    """One person who moved in a year. `place`: where from or to; `reason`: as recorded. None: not recorded."""

    year: int
    direction: Direction
    place: str | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class YearFlow:
    """A year: how many came, how many went, the difference; places and reasons of those who went (None: unrecorded)."""

    year: int
    came: int
    went: int
    went_to: tuple[tuple[str | None, int], ...]
    went_because: tuple[tuple[str | None, int], ...]

    @property
    def net(self) -> int:
        """Came − went: below nothing the province loses people."""
        return self.came - self.went


def yearly_flows(moves: Iterable[Move]) -> list[YearFlow]:
    """The years in which somebody moved, in order; places and reasons by number, the unrecorded last."""
    by_year: dict[int, list[Move]] = {}
    for move in moves:
        by_year.setdefault(move.year, []).append(move)
    return [_flow(year, by_year[year]) for year in sorted(by_year)]


def _flow(year: int, moves: list[Move]) -> YearFlow:
    gone = [move for move in moves if move.direction is Direction.OUT]
    return YearFlow(
        year,
        len(moves) - len(gone),
        len(gone),
        _ranked(move.place for move in gone),
        _ranked(move.reason for move in gone),
    )


def _ranked(values: Iterable[str | None]) -> tuple[tuple[str | None, int], ...]:
    counted = Counter(values)
    return tuple(sorted(counted.items(), key=lambda one: (one[0] is None, -one[1], one[0] or "")))
