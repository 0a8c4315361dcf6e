"""Sets of rows as packed bits, 64 rows a word: joining and counting a million rows takes microseconds."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

Bool = NDArray[np.bool_]
Mask = NDArray[np.uint64]
Rows = NDArray[np.integer]

_BITS = 64


def words_for(rows: int) -> int:
    """How many words hold so many rows."""
    return -(-rows // _BITS)


def of_flags(flags: Bool) -> Mask:
    """The rows whose flag is set. Bits behind the last row are not."""
    packed = np.zeros(words_for(len(flags)) * (_BITS // 8), np.uint8)
    packed[: -(-len(flags) // 8)] = np.packbits(flags)
    return packed.view(np.uint64)


def of_rows(rows: Rows, count: int) -> Mask:
    """These rows, of so many."""
    flags = np.zeros(count, np.bool_)
    flags[rows] = True
    return of_flags(flags)


def nobody(count: int) -> Mask:
    """No row, of so many."""
    return np.zeros(words_for(count), np.uint64)


def flags_of(mask: Mask, count: int) -> Bool:
    """A flag a row."""
    return np.unpackbits(mask.view(np.uint8), count=count).view(np.bool_)


def rows_of(mask: Mask, count: int) -> NDArray[np.intp]:
    """The rows of a set, ascending."""
    return np.flatnonzero(flags_of(mask, count))


def count_of(mask: Mask) -> int:
    """How many rows a set has."""
    return int(np.add.reduce(np.bitwise_count(mask), dtype=np.int64))


def counts_of(sets: NDArray[np.uint64], mask: Mask) -> list[int]:
    """How many rows of a set each of several others has. All at once: a page asks for forty."""
    counts: NDArray[np.int64] = np.add.reduce(np.bitwise_count(sets & mask), axis=1, dtype=np.int64)
    return counts.tolist()


def all_of(mask: Mask, others: Iterable[Mask]) -> Mask:
    """The rows of a set that are in every other one too."""
    found = mask.copy()
    for other in others:
        found &= other
    return found


def any_of(masks: Iterable[Mask], count: int) -> Mask:
    """The rows, of so many, that are in at least one set."""
    found = nobody(count)
    for mask in masks:
        found |= mask
    return found
