"""The next rows of a list: after or before a place in its order. Both orders are total."""

import numpy as np
from numpy.typing import NDArray

from registry.matching.engine.search.columns import Int64
from registry.matching.engine.search.masks import Mask, flags_of
from registry.matching.engine.search.roll import Roll

Rows = NDArray[np.intp]

_FIRST_LOOK = 1 << 10


def next_by_name(roll: Roll, mask: Mask, bound: int | None, count: int, *, is_backwards: bool) -> Rows:
    """The first rows in the order of names whose place is `bound` or later; backwards: the last before it."""
    order, flags = roll.arrays.by_place, flags_of(mask, len(roll))
    if bound is not None:
        order = order[:bound][::-1] if is_backwards else order[bound:]
    found = [np.empty(0, np.intp)]
    at, look, missing = 0, _FIRST_LOOK, count
    while at < len(order) and missing > 0:
        rows = order[at : at + look]
        found.append(rows[flags[rows]].astype(np.intp))
        missing -= len(found[-1])
        at, look = at + look, look * 4
    return np.concatenate(found)[:count]


def next_by_points(
    rows: Rows, points: Int64, bound: tuple[int, int] | None, count: int, *, is_backwards: bool
) -> tuple[Rows, Int64]:
    """The first of some ascending rows by points from the most down, then by row, from (points, row) on; or the last before.

    With the points of each.
    """
    behind = len(rows) and int(rows[-1]) + 1  # more than any row, so that a point outweighs all rows
    keys = rows - points * behind
    if bound is not None:
        most, row = bound
        is_later = (points < most) | ((points == most) & (rows >= row))
        kept = ~is_later if is_backwards else is_later
        rows, points, keys = rows[kept], points[kept], keys[kept]
    if is_backwards and bound is not None:
        keys = -keys
    first = np.argpartition(keys, count)[:count] if len(keys) > count else np.arange(len(keys))
    first = first[np.argsort(keys[first])]
    return rows[first], points[first]


def in_order(roll: Roll, mask: Mask) -> Rows:
    """The rows of a set in the order of names."""
    order = roll.arrays.by_place
    return order[flags_of(mask, len(roll))[order]].astype(np.intp)
