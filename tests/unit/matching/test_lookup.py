"""From row ids to rows: a table and a search give the same."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.matching.engine.lookup import RowsById, rows_with


@pytest.mark.parametrize("apart", [1, 7, 5_000, 3_000_000], ids=lambda apart: f"{apart} apart")
def test_everybody_held_is_found_and_nobody_else(apart: int) -> None:
    chance = np.random.default_rng(apart)
    ids = chance.permutation(np.arange(1, 60) * apart)
    found = RowsById(ids)
    asked = np.array([0, *range(1, 400), *(ids - 1), *(ids + 1), *ids])
    rows, held = found.find(asked)
    where = {one: row for row, one in enumerate(ids.tolist())}
    assert held.tolist() == [one in where for one in asked.tolist()]
    assert rows[held].tolist() == [where[one] for one in asked.tolist() if one in where]
    assert ids[found.order].tolist() == sorted(where)


def test_where_nobody_is_held_nobody_is_found() -> None:
    rows, held = RowsById(np.empty(0, np.int64)).find(np.array([1, 2]))
    assert len(rows) == len(held) == 2
    assert not held.any()


@given(st.sets(st.integers(1, 90)), st.lists(st.integers(-1, 95)), st.randoms(use_true_random=False))
def test_rows_of_wanted_people_come_in_the_order_of_the_wish(
    held: set[int], wanted: Any, chance: Any
) -> None:
    ids = np.array(chance.sample(sorted(held), len(held)), np.int32)
    order = np.argsort(ids).astype(np.uint32)
    rows = rows_with(np.array(wanted, np.int64), ids, order)
    assert ids[rows].tolist() == [one for one in wanted if one in held]
