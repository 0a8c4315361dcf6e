"""Small cells stay hidden from whoever can add and subtract; two releases are held against each other."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from registry.open_data.rules import TOTAL, Cell, Revealed, Table, exposed, mask, revealing_pairs

LEAST = 3


def table(counts: list[list[int]], *, row_sums: bool = True, column_sums: bool = True) -> Table:
    rows = tuple(f"r{at}" for at in range(len(counts)))
    columns = tuple(f"c{at}" for at in range(len(counts[0])))
    given_counts = {
        (row, column): counts[i][j] for i, row in enumerate(rows) for j, column in enumerate(columns)
    }
    return Table(rows, columns, given_counts, row_sums, column_sums)


def possible(shown: dict[Cell, int | None], of: Table, most: int) -> dict[Cell, set[int]]:
    """By hidden cell the counts up to `most` that agree with everything shown, found by trying all of them."""
    inner = [(row, column) for row in of.rows for column in of.columns]
    open_cells = [cell for cell in inner if shown[cell] is None]
    tries = np.indices((most,) * len(open_cells)).reshape(len(open_cells), -1) + 1 if open_cells else None
    width = 1 if tries is None else tries.shape[1]
    values = {cell: np.full(width, shown[cell] or 0) for cell in inner}
    values |= {cell: tries[at] for at, cell in enumerate(open_cells)} if tries is not None else {}
    fits = np.ones(width, dtype=bool)
    for cell in shown:
        values.setdefault(cell, sum_of(cell, values, of))
        fits &= values[cell] == shown[cell] if shown[cell] is not None else values[cell] >= 1
    return {cell: set(values[cell][fits].tolist()) for cell in shown if shown[cell] is None}


def sum_of(cell: Cell, values: dict[Cell, "np.ndarray"], of: Table) -> "np.ndarray":
    rows = of.rows if cell[0] == TOTAL else (cell[0],)
    columns = of.columns if cell[1] == TOTAL else (cell[1],)
    return sum((values[row, column] for row in rows for column in columns), np.zeros(1, dtype=int))


SMALL_TABLES = st.integers(1, 2).flatmap(
    lambda rows: st.lists(st.lists(st.integers(0, 5), min_size=3, max_size=3), min_size=rows, max_size=rows)
)


@settings(max_examples=30)
@given(SMALL_TABLES, st.booleans(), st.booleans())
def test_no_small_cell_can_be_worked_out(counts: list[list[int]], row_sums: bool, column_sums: bool) -> None:
    of = table(counts, row_sums=row_sums, column_sums=column_sums)
    masked = mask(of, LEAST)
    assert masked.small == {cell for cell, n in of.cells.items() if of.leaves(cell) and 0 < n < LEAST}
    left = possible(dict(masked.shown), of, most=8)
    for cell in masked.small:
        assert len(left[cell]) >= LEAST, (counts, masked)
    assert exposed(of, masked.small | masked.besides, LEAST) == {}


@settings(max_examples=25)
@given(SMALL_TABLES, st.sets(st.tuples(st.integers(0, 1), st.integers(0, 2))))
def test_ranges_of_hidden_cells_are_exact(counts: list[list[int]], chosen: set[tuple[int, int]]) -> None:
    """A choice of hidden cells that does not protect is told with the very range that trying finds."""
    of = table(counts)
    hidden = {(f"r{i}", f"c{j}") for i, j in chosen if i < len(counts) and counts[i][j]}
    shown = {cell: None if cell in hidden else count for cell, count in of.cells.items()}
    left = possible(shown, of, most=10)
    for cell, (lowest, highest) in exposed(of, frozenset(hidden), LEAST).items():
        if cell in hidden:
            assert highest is not None
            assert left[cell] == set(range(lowest, highest + 1))
        else:
            assert lowest == highest == of.cells[cell]


def test_one_small_cell_takes_others_with_it() -> None:
    of = table([[2, 20, 30], [15, 25, 35], [40, 50, 60]])
    masked = mask(of)
    assert masked.small == {("r0", "c0")}
    assert masked.besides == {("r0", "c1"), ("r1", "c0"), ("r1", "c1")}
    assert masked.shown["r0", "c0"] is None
    assert masked.shown[TOTAL, TOTAL] == 277
    assert exposed(of, frozenset({("r0", "c0")})) == {("r0", "c0"): (2, 2)}
    assert exposed(of, frozenset()) == {("r0", "c0"): (2, 2)}


def test_noughts_are_shown_and_a_lone_small_cell_hides_its_sums() -> None:
    masked = mask(table([[3]]))
    assert set(masked.shown.values()) == {None}
    empty = mask(table([[0, 0], [0, 9]]))
    assert empty.besides == empty.small == frozenset()


def test_two_small_cells_do_not_tell_each_other() -> None:
    """A row of 1 and 1 with its sum would tell both."""
    of = table([[1, 1, 40], [30, 30, 30]])
    assert exposed(of, mask(of).small | mask(of).besides) == {}
    assert len(mask(of).besides) > 0


def test_a_wide_table_is_masked_the_same_way_whatever_its_rows_are_called() -> None:
    """By position, so that no order of names or of sets decides: next year's build hides the same cells."""
    counts = [[2 if row == column else 9 for column in range(6)] for row in range(6)]
    of = table(counts)
    first = mask(of)
    assert exposed(of, first.small | first.besides) == {}
    hidden = [count is None for count in first.shown.values()]
    assert sum(hidden) < len(hidden) / 2
    for renamed in ("hàng {}", "{} x"):
        names = {row: renamed.format(at) for at, row in enumerate(of.rows)}
        counted = {(names[row], column): count for (row, column), count in of.counts.items()}
        other = mask(Table(tuple(names.values()), of.columns, counted))
        assert [count is None for count in other.shown.values()] == hidden


def test_tables_that_make_no_sense_are_refused() -> None:
    with pytest.raises(ValueError, match="differ"):
        Table(("a", "a"), ("b",), {})
    with pytest.raises(ValueError, match="differ"):
        Table((TOTAL,), ("b",), {})
    with pytest.raises(ValueError, match="negative"):
        Table(("a",), ("b",), {("a", "b"): -1})
    with pytest.raises(ValueError, match="negative"):
        Table(("a",), ("b",), {("x", "b"): 1})
    with pytest.raises(ValueError, match="smaller"):
        mask(table([[1]]), 1)


def test_two_releases_do_not_tell_what_lies_between_them() -> None:
    first = {"a": 20, "b": 12, "c": None, "d": None, "e": 9, "gone": 1}
    second = {"a": 22, "b": 30, "c": 8, "d": None, "e": 9, "new": 1}
    found = revealing_pairs(first, second)
    assert [(one.first, one.how, one.difference) for one in found] == [
        ("a", Revealed.SMALL_DIFFERENCE, 2),
        ("c", Revealed.HIDDEN_ELSEWHERE, None),
    ]
    nested = revealing_pairs({"tỉnh": 100}, {"tỉnh trừ một xã": 97}, [("tỉnh", "tỉnh trừ một xã")])
    assert [one.difference for one in nested] == [3]
    assert revealing_pairs({"tỉnh": 100}, {"tỉnh trừ một xã": 95}, [("tỉnh", "tỉnh trừ một xã")]) == []
