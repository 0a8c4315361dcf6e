"""The conditions of a question as bits of one number a row, so that a kernel reads each column once for all of them.

Of T conditions, condition t sets bit t where it is not met and bit T + 1 + t where it is not known to be met; bit T
hides a row. Whoever is left with the number 0 meets everything; with none of the low T + 1 bits, nothing fails.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from registry.matching.engine.index.columns import Int64, UInt8
from registry.matching.engine.index.snapshot import Snapshot
from registry.matching.engine.index.terms import (
    DENIED,
    FAIL,
    MET,
    PASS,
    Available,
    Essential,
    Judged,
    Proved,
    Question,
    Requirement,
    Spoken,
)

Bits = NDArray[Any]
"""Numbers of `Marks.dtype`."""

_WIDTHS = ((7, np.uint16), (15, np.uint32))
PROOF_BITS = 16
"""Where the second half of the bits of a proof begins: one bit each per essential skill."""


@dataclass(frozen=True)
class MarkRuns:
    """Runs of postings, in order: the rows of each keep of their bits `keep` and get `put`."""

    low: Int64
    high: Int64
    keep: Bits
    put: Bits


@dataclass(frozen=True)
class Proofs:
    """A condition on the evidence of essential skills. Rows begin with `start`, the runs are of claims.

    A low bit left over is a skill reached without that evidence, a bit above PROOF_BITS one that is not reached.
    """

    start: int
    runs: MarkRuns
    fail: int
    open: int


@dataclass(frozen=True)
class Marks:
    """All conditions. Tables are empty where no condition looks at that column.

    Of several educations the bits that all have in common count (within `kinds_mask`); the last entry of `units` is
    for records without one. `free_by` are ordinals with their two bits.
    """

    dtype: type[np.unsignedinteger[Any]]
    start: int
    hidden: int
    claims: MarkRuns
    spoken: MarkRuns
    kinds: Bits
    kinds_mask: int
    units: Bits
    free_by: NDArray[np.int32]
    free_fail: Bits
    free_open: Bits
    proofs: tuple[Proofs, ...]

    @property
    def low(self) -> int:
        """The bits that keep a row from being ranked."""
        return 2 * self.hidden - 1


def marks_of(question: Question, snapshot: Snapshot) -> Marks:
    """The conditions of a question over a snapshot."""
    tests = question.tests
    dtype = next((width for most, width in _WIDTHS if len(tests) <= most), np.uint64)
    bits = [(test, 1 << place, 1 << (len(tests) + 1 + place)) for place, test in enumerate(tests)]
    kinds = [
        (one.verdicts, fail, miss)
        for one, fail, miss in bits
        if isinstance(one, Judged) and one.kind == "education"
    ]
    units = [
        (one.verdicts, fail, miss)
        for one, fail, miss in bits
        if isinstance(one, Judged) and one.kind == "unit"
    ]
    essential = [(one, fail, miss) for one, fail, miss in bits if isinstance(one, Essential)]
    spoken = [(one, fail, miss) for one, fail, miss in bits if isinstance(one, Spoken)]
    free = [(one.by, fail, miss) for one, fail, miss in bits if isinstance(one, Available)]
    proved = [(one, fail, miss) for one, fail, miss in bits if isinstance(one, Proved) and one.requirements]
    return Marks(
        dtype=dtype,
        start=sum(unknown for _test, _fail, unknown in (*essential, *spoken)),
        hidden=1 << len(tests),
        claims=_runs(
            dtype,
            (
                run
                for test, fail, unknown in essential
                for run in _judged_runs(
                    _saying(question.requirements[test.requirement], DENIED, DENIED),
                    _saying(question.requirements[test.requirement], MET, MET),
                    fail,
                    fail | unknown,
                )
            ),
        ),
        spoken=_runs(
            dtype,
            (
                run
                for test, fail, unknown in spoken
                for run in _judged_runs(
                    _lists(test.denied, snapshot), _lists(test.met, snapshot), fail, fail | unknown
                )
            ),
        ),
        kinds=_table(dtype, kinds),
        kinds_mask=sum(fail | unknown for _table, fail, unknown in kinds),
        units=_table(dtype, units),
        free_by=np.array([by for by, _fail, _open in free], np.int32),
        free_fail=np.array([fail for _by, fail, _open in free], dtype),
        free_open=np.array([unknown for _by, _fail, unknown in free], dtype),
        proofs=tuple(_proofs(question, *one) for one in proved),
    )


Run = tuple[int, int, int, int]
"""Low, high, bits taken away, bits put."""


def _judged_runs(
    denied: Iterable[tuple[int, int]], met: Iterable[tuple[int, int]], fail: int, both: int
) -> list[Run]:
    """Known not to meet it first, so that whoever meets it by another posting does."""
    return [(*one, 0, fail) for one in denied] + [(*one, both, 0) for one in met]


def _saying(requirement: Requirement, asked: int, said: int) -> list[tuple[int, int]]:
    """The runs that say exactly these of the bits asked for."""
    chosen = (requirement.says & np.uint8(asked)) == said
    return list(zip(requirement.low[chosen].tolist(), requirement.high[chosen].tolist(), strict=True))


def _lists(keys: Iterable[int], snapshot: Snapshot) -> list[tuple[int, int]]:
    starts = snapshot.arrays.language_starts
    return [(int(starts[key]), int(starts[key + 1])) for key in keys if key + 1 < len(starts)]


def _runs(dtype: type[np.unsignedinteger[Any]], runs: Iterable[Run]) -> MarkRuns:
    told = [one for one in runs if one[0] < one[1]]
    low, high, away, put = zip(*told, strict=True) if told else ((), (), (), ())
    return MarkRuns(
        np.array(low, np.int64), np.array(high, np.int64), ~np.array(away, dtype), np.array(put, dtype)
    )


def _table(dtype: type[np.unsignedinteger[Any]], judged: Sequence[tuple[UInt8, int, int]]) -> Bits:
    """Verdicts of several conditions by the same number as bits."""
    if not judged:
        return np.zeros(0, dtype)
    table = np.zeros(len(judged[0][0]), np.uint64)
    for verdicts, fail, unknown in judged:
        table |= np.where(verdicts == FAIL, np.uint64(fail), np.uint64(0))
        table |= np.where(verdicts != PASS, np.uint64(unknown), np.uint64(0))
    return table.astype(dtype)


def _proofs(question: Question, test: Proved, fail: int, unknown: int) -> Proofs:
    start, runs = 0, list[Run]()
    for place, number in enumerate(test.requirements):
        requirement, without, missing = question.requirements[number], 1 << place, 1 << (PROOF_BITS + place)
        start |= missing
        runs += [(*one, missing, without) for one in _saying(requirement, MET | test.bit, MET)]
        runs += [(*one, without | missing, 0) for one in _saying(requirement, MET | test.bit, MET | test.bit)]
    return Proofs(start, _runs(np.uint32, runs), fail, unknown)
