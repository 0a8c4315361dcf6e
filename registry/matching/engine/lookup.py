"""From the row ids of people to the rows of arrays, whole columns at once. Pure."""

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
UInt32 = NDArray[np.uint32]

_NEAR = 1_000
"""So many ids for each person held are worth a table: of few people among a million it takes longer to fill."""


class RowsById:
    """Where each person stands in arrays whose rows have these ids.

    `order` are the rows in the order of their ids. Ids count up from one, so the table of many people is small
    and many times faster than a search; ids that are far apart are searched.
    """

    def __init__(self, row_ids: Numbers) -> None:
        self.row_ids = row_ids
        self._row_by_id: Numbers | None = None
        highest = int(row_ids.max(initial=0))
        if len(row_ids) and row_ids.min() >= 0 and highest <= _NEAR * len(row_ids):
            self._row_by_id = np.full(highest + 1, -1, np.int64)
            self._row_by_id[row_ids] = np.arange(len(row_ids))
            order = self._row_by_id[self._row_by_id >= 0]
        else:
            order = np.argsort(row_ids, kind="stable")
        self.order = order.astype(np.uint32)

    def find(self, person: Numbers) -> tuple[Numbers, NDArray[np.bool_]]:
        """The rows of the people of a column, and which of them are held at all."""
        if not len(self.row_ids):
            return np.zeros(len(person), np.int64), np.zeros(len(person), np.bool_)
        if self._row_by_id is not None:
            rows = self._row_by_id[np.clip(person, 0, len(self._row_by_id) - 1)]
            return np.maximum(rows, 0), (rows >= 0) & (self.row_ids[rows] == person)
        places = np.searchsorted(self.row_ids, person, sorter=self.order)
        rows = self.order[np.minimum(places, len(self.row_ids) - 1)].astype(np.int64)
        return rows, self.row_ids[rows] == person


def rows_with(wanted: Numbers, row_ids: NDArray[np.integer], order: UInt32) -> UInt32:
    """The rows of the people with these ids, as far as the arrays hold them; `order` are all rows by their ids.

    Halved by hand: numpy's own search would copy a million ids and rows into another kind of number at every page.
    """
    if not len(wanted) or not len(order):
        return order[:0]
    low, high = np.zeros(len(wanted), np.int64), np.full(len(wanted), len(order) - 1)
    for _halving in range(len(order).bit_length()):
        middle = (low + high) // 2
        is_behind = (row_ids[order[middle]] < wanted) & (low < high)
        low, high = np.where(is_behind, middle + 1, low), np.where(is_behind, high, middle)
    rows = order[low]
    return rows[row_ids[rows] == wanted]
