"""The conditions of a question over numpy arrays: the marks of every row, and how many rows have which."""

from itertools import groupby

import numpy as np

from registry.matching.engine.index.columns import Bool, Int64, UInt32
from registry.matching.engine.index.marks import PROOF_BITS, Bits, MarkRuns, Marks, Proofs
from registry.matching.engine.index.snapshot import AVAILABLE, NOT_AVAILABLE, Arrays

BLOCK = 65_536
"""So many rows of a column and the scratch for them stay in the processor's cache."""


def mark_rows(arrays: Arrays, marks: Marks, visible: Bool) -> tuple[Bits, Int64]:
    """The marks of every row, and the number of visible rows by their low bits."""
    bit = marks.dtype
    state = np.full(len(visible), marks.start, bit)
    _follow(marks.claims, arrays.claim_rows, state)
    _follow(marks.spoken, arrays.language_rows, state)
    for proofs in marks.proofs:
        state |= _proved(proofs, arrays.claim_rows, marks, len(visible))
    counted = np.zeros(2 * marks.hidden, np.int64)
    studies = _Studies(arrays, marks)
    for base in range(0, len(visible), BLOCK):
        rows = slice(base, min(base + BLOCK, len(visible)))
        block = state[rows]
        studies.mark(rows, block)
        if len(marks.units):
            block |= marks.units.take(arrays.units[rows], mode="wrap")
        _mark_free(arrays, marks, rows, block)
        block |= np.multiply(~visible[rows], bit(marks.hidden), dtype=bit)
        counted += np.bincount(block & bit(marks.low), minlength=len(counted))
    return state, counted[: marks.hidden]


def rows_of(postings: UInt32, low: Int64, high: Int64) -> Int64:
    """The rows of several runs of postings, one after the other, as numbers that need no conversion to index by."""
    parts = [postings[first:after] for first, after in zip(low.tolist(), high.tolist(), strict=True)]
    return np.concatenate([postings[:0], *parts], dtype=np.int64)


def _follow(runs: MarkRuns, postings: UInt32, state: Bits) -> None:
    """Runs that do the same, one after the other, are followed as one; it makes no difference to mark a row twice."""
    bit = state.dtype.type
    for (keep, put), places in groupby(
        range(len(runs.low)), lambda one: (int(runs.keep[one]), int(runs.put[one]))
    ):
        chosen = list(places)
        rows = rows_of(postings, runs.low[chosen], runs.high[chosen])
        state[rows] = state[rows] & bit(keep) | bit(put)


def _proved(proofs: Proofs, postings: UInt32, marks: Marks, rows: int) -> Bits:
    """Reached without that evidence is not met; not reached is unknown."""
    bits, bit = np.full(rows, proofs.start, np.uint32), marks.dtype
    _follow(proofs.runs, postings, bits)
    failed = np.multiply(bits & np.uint32((1 << PROOF_BITS) - 1) > 0, bit(proofs.fail), dtype=bit)
    return failed | np.multiply(bits >> np.uint32(PROOF_BITS) > 0, bit(proofs.open), dtype=bit)


class _Studies:
    """The marks of educations: of several what all have in common."""

    def __init__(self, arrays: Arrays, marks: Marks) -> None:
        self.kinds, self.first, self.owners = marks.kinds, arrays.education, arrays.study_owners
        if len(self.kinds) and len(self.owners):
            more = np.bitwise_and.reduceat(self.kinds.take(arrays.study_kinds), arrays.study_starts[:-1])
            self.common = more & self.kinds.take(self.first.take(self.owners))

    def mark(self, rows: slice, block: Bits) -> None:
        """Mark the rows of a block."""
        if not len(self.kinds):
            return
        found = self.kinds.take(self.first[rows], mode="clip")
        low, high = np.searchsorted(self.owners, np.array((rows.start, rows.stop), np.uint32))
        if high > low:
            found[self.owners[low:high] - np.uint32(rows.start)] = self.common[low:high]
        block |= found


def _mark_free(arrays: Arrays, marks: Marks, rows: slice, block: Bits) -> None:
    if not len(marks.free_by):
        return
    bit, stated, day = marks.dtype, arrays.availability[rows], arrays.free_from[rows]
    is_free, is_not = stated == AVAILABLE, stated == NOT_AVAILABLE
    said = is_free & (day > 0)
    for by, fail, unknown in zip(marks.free_by, marks.free_fail, marks.free_open, strict=True):
        later = day > by
        block |= np.multiply(is_not | (is_free & later), bit(fail), dtype=bit)
        block |= np.multiply(~(said & ~later), bit(unknown), dtype=bit)
