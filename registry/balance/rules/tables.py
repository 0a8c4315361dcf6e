"""A table of counts with the sums of its rows and columns. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

TOTAL = "*"
"""The name of the row and the column of sums."""

Cell = tuple[str, str]
"""(row, column); `TOTAL` on either side is a sum."""


@dataclass(frozen=True)
class Table:
    """Counts by row and column; a cell that is not given is 0. Which sums leave with it is said.

    A list of one column is a table with one column name and no sums of rows. Raises ValueError for negative counts,
    a cell outside the table, or a name that is `TOTAL` or comes twice.
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    counts: Mapping[Cell, int]
    has_row_sums: bool = True
    has_column_sums: bool = True

    def __post_init__(self) -> None:
        for names in (self.rows, self.columns):
            if TOTAL in names or len(set(names)) != len(names) or not names:
                raise ValueError(f"names must differ from each other and from «{TOTAL}»: {names}")
        inner = {(row, column) for row in self.rows for column in self.columns}
        if set(self.counts) - inner or min(self.counts.values(), default=0) < 0:
            raise ValueError("a count is negative or lies outside the table")

    @cached_property
    def cells(self) -> dict[Cell, int]:
        """Every cell and every sum, by row and column, sums last."""
        found = {
            (row, column): self.counts.get((row, column), 0) for row in self.rows for column in self.columns
        }
        for row in self.rows:
            found[row, TOTAL] = sum(found[row, column] for column in self.columns)
        for column in self.columns:
            found[TOTAL, column] = sum(found[row, column] for row in self.rows)
        found[TOTAL, TOTAL] = sum(found[row, TOTAL] for row in self.rows)
        return found

    def leaves(self, cell: Cell) -> bool:
        """Whether a cell is part of what is published at all."""
        row, column = cell
        if row == TOTAL and column == TOTAL:
            return self.has_row_sums and self.has_column_sums
        if column == TOTAL:
            return self.has_row_sums
        return row != TOTAL or self.has_column_sums
