"""How far a hidden cell may move while everything that is shown stays as it is. Pure.

The cells of a table with sums are the arcs of a network: every cell stands in the equation of one row and of one column,
so a change that keeps all equations is a circulation through hidden cells. How far one can grow or shrink is a largest
flow, and it is a whole number: the ranges below are exact, not bounds of a relaxation.
"""

from collections import deque
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from registry.balance.rules.tables import TOTAL, Cell

Node = tuple[str, str]
UNBOUNDED = 1 << 60


@dataclass
class Network:
    """Hidden cells as arcs. `values` are the true counts, `least` the smallest count a reader must allow for."""

    values: Mapping[Cell, int]
    least: Mapping[Cell, int]
    hidden: set[Cell]
    _moved: dict[Cell, int] = field(default_factory=dict[Cell, int])

    def width(self, cell: Cell, enough: int) -> int:
        """How many steps lie between the smallest and the largest count a hidden cell may have; stops at `enough`."""
        up = self._push(cell, enough, grow=True, cells=self.hidden)
        down = self._push(cell, max(0, enough - up), grow=False, cells=self.hidden) if up < enough else 0
        return min(up + down, enough)

    def bounds(self, cell: Cell) -> tuple[int, int | None]:
        """The smallest and the largest count (None: no end) that agree with everything shown."""
        value = self.values[cell]
        if cell not in self.hidden:
            return value, value
        up = self._push(cell, UNBOUNDED, grow=True, cells=self.hidden)
        down = self._push(cell, UNBOUNDED, grow=False, cells=self.hidden)
        return value - down, None if up >= UNBOUNDED else value + up

    def helpers(
        self, cell: Cell, enough: int, candidates: set[Cell], cost: Callable[[Cell], int]
    ) -> set[Cell]:
        """Cells to hide besides, so that `cell` may grow (or else shrink) by `enough`: cheapest paths first."""
        used: set[Cell] = set()
        cells = self.hidden | candidates
        price = {one: 0 if one in self.hidden else cost(one) for one in cells}
        up = self._push(cell, enough, grow=True, cells=cells, price=price, used=used)
        if up < enough:
            self._push(cell, enough - up, grow=False, cells=cells, price=price, used=used)
        return used - self.hidden

    def _push(
        self,
        cell: Cell,
        limit: int,
        *,
        grow: bool,
        cells: Collection[Cell],
        price: Mapping[Cell, int] | None = None,
        used: set[Cell] | None = None,
    ) -> int:
        """How far `cell` moves, at most `limit`; the other cells of the circulation are noted in `used`."""
        start, end = ends(cell) if not grow else ends(cell)[::-1]
        # Growing by one sends one along the arc and back from its head to its tail; shrinking the other way round.
        self._moved = {}
        others = [
            one for one in self.values if one in cells and one != cell
        ]  # in the order of the table, always
        own = self.values[cell] - self.least[cell]
        limit = limit if grow else min(limit, own)
        done = 0
        while done < limit:
            path = self._path(start, end, others, price)
            if path is None:
                break
            step = min([limit - done, *(self._room(one, forward=forward) for one, forward in path)])
            for one, forward in path:
                self._moved[one] = self._moved.get(one, 0) + (step if forward else -step)
                if used is not None:
                    used.add(one)
            done += step
        return done

    def _room(self, cell: Cell, *, forward: bool) -> int:
        """How far a cell may still move one way: up without end, down to its least."""
        return UNBOUNDED if forward else self.values[cell] + self._moved.get(cell, 0) - self.least[cell]

    def _path(
        self, start: Node, end: Node, cells: list[Cell], price: Mapping[Cell, int] | None
    ) -> list[tuple[Cell, bool]] | None:
        """A cheapest way through cells that can still move; of equally dear ones the first found."""
        best: dict[Node, int] = {start: 0}
        came: dict[Node, tuple[Node, Cell, bool]] = {}
        waiting = deque([start])
        ways = self._ways(cells)
        while waiting:
            node = waiting.popleft()
            for following, cell, forward in ways.get(node, ()):
                dear = best[node] + (price[cell] if price else 1)
                if dear < best.get(following, UNBOUNDED):
                    best[following] = dear
                    came[following] = (node, cell, forward)
                    waiting.append(following)
        if end not in came:
            return None
        path: list[tuple[Cell, bool]] = []
        node = end
        while node != start:
            node, cell, forward = came[node]
            path.append((cell, forward))
        return path[::-1]

    def _ways(self, cells: list[Cell]) -> dict[Node, list[tuple[Node, Cell, bool]]]:
        ways: dict[Node, list[tuple[Node, Cell, bool]]] = {}
        for cell in cells:
            tail, head = ends(cell)
            ways.setdefault(tail, []).append((head, cell, True))
            if self._room(cell, forward=False) > 0:
                ways.setdefault(head, []).append((tail, cell, False))
        return ways


def ends(cell: Cell) -> tuple[Node, Node]:
    """Tail and head of the arc of a cell. Sums run the other way, so that each equation balances at its node."""
    row, column = ("row", cell[0]), ("column", cell[1])
    is_reversed = (cell[0] == TOTAL) != (cell[1] == TOTAL)
    return (column, row) if is_reversed else (row, column)
