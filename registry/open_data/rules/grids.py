"""Counts of people behind a release, with what is hidden of them; as they are kept, and as others are held against. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from registry.balance.rules.tables import TOTAL, Cell, Table

Ref = tuple[int, Cell]
"""A cell of one of the grids of a release, by the grid's place among them."""


class Why(StrEnum):
    """Why a cell is hidden. Nobody outside is told which: whoever knew would know that a cell is small."""

    SMALL = "small"
    BESIDES = "besides"
    EARLIER = "earlier"


@dataclass(frozen=True, slots=True)
class Group:
    """Who is counted in a cell: of which subject, where, in which days (ISO; both empty: as they stand now)."""

    subject: str
    place: str
    starts: str
    ends: str

    @property
    def is_stock(self) -> bool:
        """Whether it is counted as it stands, not over days."""
        return not self.ends

    def holds(self, other: "Group") -> bool:
        """Whether everybody of the other is counted here, too: the same subject, days and place inside."""
        if self.subject != other.subject or not other.place.startswith(self.place):
            return False
        if self.is_stock or other.is_stock:
            return self.is_stock and other.is_stock
        return self.starts <= other.starts and other.ends <= self.ends


@dataclass(frozen=True)
class Grid:
    """A table of counts of people of one place and its days. `words`: {row or column: what it is called}.

    `same` names cells whose people are counted elsewhere under another name: {cell: (subject, place)}.
    """

    name: str
    table: Table
    place: str
    starts: str = ""
    ends: str = ""
    words: Mapping[str, str] = field(default_factory=dict[str, str])
    same: Mapping[Cell, tuple[str, str]] = field(default_factory=dict[Cell, tuple[str, str]])

    def group(self, cell: Cell) -> Group:
        """Who is counted in a cell."""
        subject, place = self.same.get(cell, (f"{self.name}|{cell[0]}|{cell[1]}", self.place))
        return Group(subject, place, self.starts, self.ends)

    def cells(self) -> dict[Cell, int]:
        """What leaves, hidden or not, with its count."""
        return {cell: count for cell, count in self.table.cells.items() if self.table.leaves(cell)}

    def words_of(self, cell: Cell) -> str:
        """«Đào tạo nghề · Người»; «*» for a sum."""
        return " · ".join(self.words.get(one, one) for one in cell)


@dataclass(frozen=True)
class Counted:
    """The grids of a release and what is hidden of them."""

    grids: Sequence[Grid]
    hidden: Mapping[Ref, Why]

    def of_grid(self, number: int) -> set[Cell]:
        """The hidden cells of one grid."""
        return {cell for at, cell in self.hidden if at == number}

    def everything(self) -> Iterable[tuple[Ref, Group, int]]:
        """Every cell that leaves with who is counted in it."""
        for number, grid in enumerate(self.grids):
            for cell, count in grid.cells().items():
                yield (number, cell), grid.group(cell), count

    def tally(self) -> dict[Why, int]:
        """How many cells are hidden for which reason."""
        return {why: sum(one is why for one in self.hidden.values()) for why in Why}


def kept(counted: Counted) -> list[dict[str, Any]]:
    """The grids as plain values, for a column of JSON."""
    found: list[dict[str, Any]] = []
    for number, grid in enumerate(counted.grids):
        table = grid.table
        hidden = [
            [*cell, counted.hidden[number, cell].value]
            for cell in table.cells
            if (number, cell) in counted.hidden
        ]
        found.append(
            {
                "name": grid.name,
                "place": grid.place,
                "starts": grid.starts,
                "ends": grid.ends,
                "rows": list(table.rows),
                "columns": list(table.columns),
                "counts": [[*cell, count] for cell, count in table.counts.items()],
                "row_sums": table.has_row_sums,
                "column_sums": table.has_column_sums,
                "words": dict(grid.words),
                "same": [[*cell, *said] for cell, said in grid.same.items()],
                "hidden": hidden,
            }
        )
    return found


def read(values: Sequence[Mapping[str, Any]]) -> Counted:
    """The same as it was kept."""
    hidden: dict[Ref, Why] = {}
    grids: list[Grid] = []
    for number, one in enumerate(values):
        table = Table(
            tuple(one["rows"]),
            tuple(one["columns"]),
            {(row, column): count for row, column, count in one["counts"]},
            one["row_sums"],
            one["column_sums"],
        )
        same = {(row, column): (subject, place) for row, column, subject, place in one["same"]}
        grids.append(Grid(one["name"], table, one["place"], one["starts"], one["ends"], one["words"], same))
        hidden |= {(number, (row, column)): Why(why) for row, column, why in one["hidden"]}
    return Counted(grids, hidden)


def list_of(
    name: str,
    counts: Mapping[str, int],
    place: str,
    days: tuple[str, str] = ("", ""),
    *,
    has_sum: bool = False,
    words: Mapping[str, str] | None = None,
    same: Mapping[str, str] | None = None,
) -> Grid:
    """A grid of one column. `same`: {row, or `TOTAL`: the subject its people are counted as elsewhere}."""
    people = "people"
    table = Table(
        tuple(counts),
        (people,),
        {(row, people): count for row, count in counts.items()},
        has_row_sums=False,
        has_column_sums=has_sum,
    )
    named = {(row, people): (subject, place) for row, subject in (same or {}).items()}
    return Grid(name, table, place, *days, {TOTAL: "*"} | dict(words or {}), named)
