"""People stand in the order of their public ids, however much of them is the same."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from registry.matching.engine.index.building import order_of

IDS = st.lists(st.text("01az", min_size=12, max_size=12), unique=True, max_size=60)


@given(IDS)
def test_the_order_is_that_of_the_whole_ids(ids: list[str]) -> None:
    assert [ids[place] for place in order_of(np.array(ids, "S26"))] == sorted(ids)


def test_ids_that_all_begin_alike_are_in_order_too() -> None:
    ids = [f"00000000{number:04}" for number in range(4_000)]
    mixed = ids[::2] + ids[1::2]
    assert [mixed[place] for place in order_of(np.array(mixed, "S26"))] == ids


def test_many_pairs_that_begin_alike_are_in_order_too() -> None:
    ids = [f"{number // 2:08}{number % 2}" for number in range(4_000)]
    mixed = ids[::-1]
    assert [mixed[place] for place in order_of(np.array(mixed, "S26"))] == ids
