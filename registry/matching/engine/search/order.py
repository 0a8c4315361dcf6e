"""The next rows of a list: after or before a place in its order. Both orders are total."""

import numpy as np
from numpy.typing import NDArray

from registry.matching.engine.search.masks import Mask, flags_of, rows_of
from registry.matching.engine.search.points import Points
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
    points: Points, mask: Mask, bound: tuple[int, int] | None, count: int, *, is_backwards: bool
) -> Rows:
    """The first rows by points from the most down, then by public id, from (points, row) on; or the last before."""
    rows = rows_of(mask, len(points))
    keys = rows - points[rows].astype(np.int64) * len(points)
    if bound is not None:
        limit = bound[1] - bound[0] * len(points)
        kept = keys < limit if is_backwards else keys >= limit
        rows, keys = rows[kept], keys[kept]
    if is_backwards and bound is not None:
        keys = -keys
    if len(keys) > count:
        kept = np.argpartition(keys, count)[:count]
        rows, keys = rows[kept], keys[kept]
    return rows[np.argsort(keys)]


def in_order(roll: Roll, mask: Mask) -> Rows:
    """The rows of a set in the order of names."""
    order = roll.arrays.by_place
    return order[flags_of(mask, len(roll))[order]].astype(np.intp)
