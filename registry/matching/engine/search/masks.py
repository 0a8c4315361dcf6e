"""Sets of rows as packed bits, 64 rows a word: joining and counting a million rows takes microseconds."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

Bool = NDArray[np.bool_]
Mask = NDArray[np.uint64]
Rows = NDArray[np.integer]

_BITS = 64
_FEW = 128
"""One row of so many is better set by itself than as a flag among all."""


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
    if len(rows) * _FEW <= count:
        found = nobody(count)
        np.bitwise_or.at(found, rows // _BITS, np.uint64(1) << _bits_of(rows))
        return found
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
    """How many rows of a set each of several others has. One by one: all of them together leave the processor's cache."""
    both, bits, found = np.empty_like(mask), np.empty(len(mask), np.uint8), list[int]()
    for one in sets:
        np.bitwise_and(one, mask, out=both)
        np.bitwise_count(both, out=bits)
        found.append(int(np.add.reduce(bits, dtype=np.int64)))
    return found


def counts_among(sets: NDArray[np.uint64], rows: NDArray[np.intp]) -> NDArray[np.int64]:
    """How many of a few rows each of several sets has."""
    bits = (sets[:, rows // _BITS] >> _bits_of(rows)) & np.uint64(1)
    return np.add.reduce(bits, axis=1, dtype=np.int64)


def _bits_of(rows: Rows) -> NDArray[np.uint64]:
    """Which bit of its word is that of a row: bytes stand in order, in each the first row highest (`packbits`)."""
    return (rows % _BITS ^ 7).astype(np.uint64)


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
