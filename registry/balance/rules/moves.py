"""Qualified people who came and went, by year, place and reason. Pure (IN-21, KH5).

«Không có lý do» is an answer, and differs from a reason nobody wrote down: the first has words, the second is None.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

Ranked = tuple[tuple[str | None, int], ...]
"""Places or reasons with their people, most first; None, what nobody recorded, last."""


class Direction(StrEnum):
    """Into the province or out of it."""

    IN = "in"
    OUT = "out"


class MoveReason(StrEnum):
    """Why somebody came or went, as they said it; `none_given`: asked, and said no reason. Null: nobody recorded it."""

    PAY = "pay"
    CAREER = "career"
    CONDITIONS = "conditions"
    FAMILY = "family"
    STUDY = "study"
    HOME = "home"
    POLICY = "policy"
    POSTING = "posting"
    RETIREMENT = "retirement"
    OTHER = "other"
    NONE_GIVEN = "none_given"


@dataclass(frozen=True, slots=True)
class Move:
    """People who moved in a year, one unless said. `place`: where from or to; `reason`: as recorded. None: not recorded."""

    year: int
    direction: Direction
    place: str | None
    reason: str | None
    people: int = 1


@dataclass(frozen=True, slots=True)
class YearFlow:
    """A year: how many came, how many went, the difference; whence and whither, and why (None: unrecorded)."""

    year: int
    came: int
    went: int
    went_to: Ranked
    went_because: Ranked
    came_from: Ranked = ()
    came_because: Ranked = ()

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
    come = [move for move in moves if move.direction is Direction.IN]
    return YearFlow(
        year,
        sum(move.people for move in come),
        sum(move.people for move in gone),
        went_to=_ranked((move.place, move.people) for move in gone),
        went_because=_ranked((move.reason, move.people) for move in gone),
        came_from=_ranked((move.place, move.people) for move in come),
        came_because=_ranked((move.reason, move.people) for move in come),
    )


def _ranked(values: Iterable[tuple[str | None, int]]) -> Ranked:
    counted: Counter[str | None] = Counter()
    for value, people in values:
        counted[value] += people
    return tuple(sorted(counted.items(), key=lambda one: (one[0] is None, -one[1], one[0] or "")))
