"""Hiding small cells so that nobody can work them out from the sums. Pure (EX-07, PR-14).

A cell of one to `least` − 1 people is hidden, sums too. Then others are hidden besides, until whoever knows every shown
number, every sum, and that a hidden cell is no nought, must still allow at least `least` different counts for each
small cell. Noughts are shown: they tell of nobody.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from registry.balance.rules.circulation import Network
from registry.balance.rules.tables import TOTAL, Cell, Table

LEAST = 5
"""The smallest count that is shown."""


@dataclass(frozen=True, slots=True)
class Masked:
    """What leaves: every published cell with its count, or None where it is hidden.

    `small` are hidden for being small, `besides` so that the small ones cannot be worked out. Both get one mark on
    pages and in files: whoever could tell them apart would know that a cell is small.
    """

    shown: Mapping[Cell, int | None]
    small: frozenset[Cell]
    besides: frozenset[Cell]


def mask(table: Table, least: int = LEAST, also: Collection[Cell] = ()) -> Masked:
    """The table with its small cells hidden for good. The order of rows and columns decides between equals.

    `also` are cells that are hidden for another reason, as well as if they were small. Raises ValueError for `least`
    below 2, at which nothing is small.
    """
    if least < 2:
        raise ValueError(f"nothing is smaller than {least}")
    cells = table.cells
    small = [
        cell
        for cell, count in cells.items()
        if table.leaves(cell) and count and (count < least or cell in also)
    ]
    network = _network(table, set(small))
    for cell in small:
        if network.width(cell, least - 1) < least - 1:
            candidates = {
                one
                for one, count in cells.items()
                if table.leaves(one) and count and one not in network.hidden
            }
            network.hidden |= network.helpers(cell, least - 1, candidates, lambda one: _cost(one, cells))
    hidden = {cell for cell in network.hidden if table.leaves(cell)}
    shown = {cell: None if cell in hidden else count for cell, count in cells.items() if table.leaves(cell)}
    return Masked(shown, frozenset(small), frozenset(hidden - set(small)))


def exposed(table: Table, hidden: frozenset[Cell], least: int = LEAST) -> dict[Cell, tuple[int, int | None]]:
    """Small cells that a choice of hidden cells does not protect, with the counts a reader is left with.

    A small cell that is not hidden at all is exposed as itself.
    """
    network = _network(table, set(hidden))
    found: dict[Cell, tuple[int, int | None]] = {}
    for cell, count in table.cells.items():
        if table.leaves(cell) and 0 < count < least:
            lowest, highest = network.bounds(cell)
            if highest is not None and highest - lowest + 1 < least:
                found[cell] = (lowest, highest)
    return found


def _network(table: Table, hidden: set[Cell]) -> Network:
    """Sums that do not leave at all are free to be anything; of a hidden cell a reader knows that it is no nought."""
    kept_back = {cell for cell in table.cells if not table.leaves(cell)}
    least = {cell: 0 if cell in kept_back else min(1, count) for cell, count in table.cells.items()}
    return Network(table.cells, least, hidden | kept_back)


def _cost(cell: Cell, cells: Mapping[Cell, int]) -> int:
    """What hiding costs: the people it hides, and sums far more, because others build on them."""
    sums = (cell[0] == TOTAL) + (cell[1] == TOTAL)
    return cells[cell] + 1 + sums * (cells[TOTAL, TOTAL] + 1)
