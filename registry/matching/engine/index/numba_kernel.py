# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false, reportUntypedFunctionDecorator=false
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false
"""The kernel as compiled loops (extra `fast`): the same answers as `numpy_kernel`, several times sooner.

People are taken in blocks that stay in the processor's cache, so time grows in step with their number. Inside
a block the runs of postings of one skill are read from the most points down: the first that reaches a person
is the best claim of that person.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from registry.matching.engine.index import numba_loops as loops
from registry.matching.engine.index.answer import Answer, Tally, Wish
from registry.matching.engine.index.columns import Bool, UInt8
from registry.matching.engine.index.numpy_kernel import (
    accepted_rows,
    bounds_of,
    placed,
    spoken_verdicts,
    years_of,
)
from registry.matching.engine.index.snapshot import ANYWHERE, REMOTE, Snapshot
from registry.matching.engine.index.terms import (
    Available,
    Essential,
    Judged,
    Question,
    Spoken,
    Test,
)

BLOCK = 65_536


@dataclass(frozen=True)
class _Runs:
    """Runs of postings, of each requirement from the most points down."""

    low: NDArray[np.int64]
    high: NDArray[np.int64]
    requirement: NDArray[np.int32]
    points: NDArray[np.int32]
    says: NDArray[np.uint8]


@dataclass
class _Block:
    """Scratch of one block of people: it stays in the cache while every part and condition passes over it."""

    total: NDArray[np.int32]
    enough: NDArray[np.bool_]
    stamp: UInt8
    said: UInt8
    verdict: UInt8
    failures: UInt8
    last: UInt8
    is_open: NDArray[np.bool_]


def answer(snapshot: Snapshot, question: Question, visible: Bool, wish: Wish) -> Answer:
    """The counts over all visible rows, and the rows wished for."""
    runs, block = _runs(question), _block(len(question.requirements))
    cursor = runs.low.copy()
    counts = np.zeros(5, np.int64)
    bounds = bounds_of(snapshot, wish.about)
    between = np.zeros(len(bounds) + 1, np.int64)
    failed, alone = np.zeros((2, len(question.tests)), np.int64)
    reach, lower = np.zeros((2, len(question.requirements)), np.int64)
    keys, rows = np.zeros((2, max(wish.count, 1)), np.int64)
    parts, tests = _parts(snapshot, question), _tests(snapshot, question)
    held = 0
    for base in range(0, len(snapshot), BLOCK):
        size = min(BLOCK, len(snapshot) - base)
        loops.read_claims(
            base, size, snapshot.arrays.claim_rows, runs.low, runs.high, runs.requirement, runs.points,
            runs.says, cursor, block.total, block.stamp, block.said,
        )  # fmt: skip
        loops.begin(size, question.asks_for_skills, block.total, block.enough, block.failures, block.is_open)
        for part in parts:
            part(base, size, block)
        for place, test in enumerate(tests):
            test(base, size, block)
            failed[place] += loops.add_verdict(
                base, size, visible, place, block.verdict, block.failures, block.last, block.is_open
            )
        held = loops.count_people(
            base, size, visible, question.asks_for_something, block.total, block.enough, block.failures,
            block.last, block.is_open, block.said, counts, alone, reach, lower,
            wish.minimum, wish.count, bounds, between, len(snapshot), keys, rows, held,
        )  # fmt: skip
    order = np.lexsort((rows[:held], -keys[:held]))
    first = tuple(placed(snapshot, int(rows[place]), int(keys[place])) for place in order)
    return Answer(_tally(question, counts, failed, alone, reach, lower, np.cumsum(between)[:-1]), first)


def _tally(
    question: Question, counts: Any, failed: Any, alone: Any, reach: Any, lower: Any, ahead: Any
) -> Tally:
    considered, not_enough, excluded, ranked, above = counts.tolist()
    told = sorted(
        (test.key, int(number), int(only))
        for test, number, only in zip(question.tests, failed, alone, strict=True)
        if number
    )
    return Tally(
        considered=considered,
        not_enough_data=not_enough,
        excluded_people=excluded,
        ranked=ranked,
        at_least=above,
        ahead=tuple(ahead.tolist()),
        excluded={key: number for key, number, _only in told},
        relaxations={key: only for key, _number, only in told},
        reach=tuple(reach.tolist()),
        more_one_rank_lower=tuple(lower.tolist()),
    )


def _runs(question: Question) -> _Runs:
    told = [
        (one.low, one.high, place, one.points, one.says)
        for place, requirement in enumerate(question.requirements)
        for one in reversed(requirement.slices)
    ]
    low, high, requirement, points, says = zip(*told, strict=True) if told else ((), (), (), (), ())
    return _Runs(
        np.array(low, np.int64),
        np.array(high, np.int64),
        np.array(requirement, np.int32),
        np.array(points, np.int32),
        np.array(says, np.uint8),
    )


def _block(wanted: int) -> _Block:
    return _Block(
        np.zeros(BLOCK, np.int32),
        np.zeros(BLOCK, np.bool_),
        np.zeros(BLOCK, np.uint8),
        np.zeros((wanted, BLOCK), np.uint8),
        np.zeros(BLOCK, np.uint8),
        np.zeros(BLOCK, np.uint8),
        np.zeros(BLOCK, np.uint8),
        np.zeros(BLOCK, np.bool_),
    )


_Pass = Callable[[int, int, _Block], None]
"""One pass over a block: (first row, how many rows, scratch)."""


def _parts(snapshot: Snapshot, question: Question) -> list[_Pass]:
    """A pass per part beside skills; each adds its points."""
    arrays, passes = snapshot.arrays, list[_Pass]()
    if (experience := question.experience) is not None:
        years = years_of(snapshot, experience)
        passes.append(
            lambda base, size, block: loops.add_by_table(base, size, years, experience.points, block.total)
        )
    if (by_kind := question.education) is not None:
        passes.append(
            lambda base, size, block: loops.add_best_study(
                base, size, arrays.education, arrays.study_owners, arrays.study_starts, arrays.study_kinds,
                by_kind, block.total,
            )
        )  # fmt: skip
    if (free := question.availability) is not None:
        passes.append(
            lambda base, size, block: loops.add_free(
                base, size, arrays.availability, arrays.free_from, arrays.forms,
                free.points, free.half, free.start, free.late, free.forms, block.total,
            )
        )  # fmt: skip
    if (place := question.place) is not None:
        bits, accepted = ANYWHERE | (REMOTE if place.is_remote else 0), accepted_rows(snapshot, place)
        passes.append(
            lambda base, size, block: loops.add_place(
                base, size, arrays.places, bits, accepted, place.points, block.total
            )
        )
    return passes


def _tests(snapshot: Snapshot, question: Question) -> list[_Pass]:
    """A pass per condition; each writes the verdicts."""
    return [_test(snapshot, one) for one in question.tests]


def _test(snapshot: Snapshot, test: Test) -> _Pass:
    arrays = snapshot.arrays
    match test:
        case Essential():
            return lambda _base, size, block: loops.essential(
                size, block.said[test.requirement], block.verdict
            )
        case Judged(kind="education"):
            return lambda base, size, block: loops.best_of_studies(
                base, size, arrays.education, arrays.study_owners, arrays.study_starts, arrays.study_kinds,
                test.verdicts, block.verdict,
            )  # fmt: skip
        case Judged():
            return lambda base, size, block: loops.by_unit(
                base, size, arrays.units, test.verdicts, block.verdict
            )
        case Spoken():
            verdicts = spoken_verdicts(test, snapshot)
            return lambda base, size, block: loops.copy_verdicts(base, size, verdicts, block.verdict)
        case Available():
            return lambda base, size, block: loops.free_by(
                base, size, arrays.availability, arrays.free_from, test.by, block.verdict
            )
        case _:
            needs = np.array(test.requirements, np.int64)
            return lambda _base, size, block: loops.proved(size, block.said, needs, test.bit, block.verdict)
