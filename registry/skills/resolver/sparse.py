"""Sparse rows of (column, weight) in three arrays, and runs of numbers."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ids = NDArray[np.int64]
Weights = NDArray[np.float64]


@dataclass(frozen=True)
class Sparse:
    """Rows of (column, weight), one after the other."""

    starts: Ids
    columns: Ids
    weights: Weights

    def row(self, number: int) -> tuple[Ids, Weights]:
        """The columns of a row and their weights."""
        start, end = self.starts.item(number), self.starts.item(number + 1)
        return self.columns[start:end], self.weights[start:end]

    def rows(self, numbers: Ids) -> tuple[Ids, Ids, Weights]:
        """Several rows in one: of every entry the place of its row in `numbers`, its column, its weight."""
        starts, ends = self.starts[numbers], self.starts[numbers + 1]
        runs = ranges(starts, ends)
        return np.arange(len(numbers)).repeat(ends - starts), self.columns[runs], self.weights[runs]


def sparse(rows: Ids, columns: Ids, weights: Weights, count: int) -> Sparse:
    """Entries whose rows ascend as a sparse matrix of `count` rows."""
    starts = np.zeros(count + 1, np.int64)
    np.cumsum(np.bincount(rows, minlength=count), out=starts[1:])
    return Sparse(starts, columns, weights)


def ranges(starts: Ids, ends: Ids) -> Ids:
    """The numbers from each start up to its end, one run after the other."""
    sizes = ends - starts
    return np.arange(int(sizes.sum())) + (starts - sizes.cumsum() + sizes).repeat(sizes)
