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

import numba  # pyright: ignore[reportMissingImports]
import numpy as np
from numpy.typing import NDArray

from registry.matching.engine.index.answer import Answer, Tally, Wish
from registry.matching.engine.index.columns import Bool, UInt8
from registry.matching.engine.index.numpy_kernel import (
    HIGHEST_KEY,
    MET_ALL,
    accepted_rows,
    bounds_of,
    placed,
    spoken_verdicts,
    years_of,
)
from registry.matching.engine.index.question import (
    DENIED,
    FAIL,
    MET,
    OPEN,
    PASS,
    REACHES,
    REACHES_LOWER,
    Available,
    Essential,
    Judged,
    Question,
    Spoken,
    Test,
)
from registry.matching.engine.index.snapshot import ANYWHERE, AVAILABLE, REMOTE, Snapshot

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
        _read_claims(
            base, size, snapshot.arrays.claim_rows, runs.low, runs.high, runs.requirement, runs.points,
            runs.says, cursor, block.total, block.stamp, block.said,
        )  # fmt: skip
        _begin(size, question.asks_for_skills, block.total, block.enough, block.failures, block.is_open)
        for part in parts:
            part(base, size, block)
        for place, test in enumerate(tests):
            test(base, size, block)
            failed[place] += _add_verdict(
                base, size, visible, place, block.verdict, block.failures, block.last, block.is_open
            )
        held = _count_people(
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
            lambda base, size, block: _add_by_table(base, size, years, experience.points, block.total)
        )
    if (by_kind := question.education) is not None:
        passes.append(
            lambda base, size, block: _add_best_study(
                base, size, arrays.education, arrays.study_owners, arrays.study_starts, arrays.study_kinds,
                by_kind, block.total,
            )
        )  # fmt: skip
    if (free := question.availability) is not None:
        passes.append(
            lambda base, size, block: _add_free(
                base, size, arrays.availability, arrays.free_from, arrays.forms,
                free.points, free.half, free.start, free.late, free.forms, block.total,
            )
        )  # fmt: skip
    if (place := question.place) is not None:
        bits, accepted = ANYWHERE | (REMOTE if place.is_remote else 0), accepted_rows(snapshot, place)
        passes.append(
            lambda base, size, block: _add_place(
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
            return lambda _base, size, block: _essential(size, block.said[test.requirement], block.verdict)
        case Judged(kind="education"):
            return lambda base, size, block: _best_study(
                base, size, arrays.education, arrays.study_owners, arrays.study_starts, arrays.study_kinds,
                test.verdicts, block.verdict,
            )  # fmt: skip
        case Judged():
            return lambda base, size, block: _by_unit(base, size, arrays.units, test.verdicts, block.verdict)
        case Spoken():
            verdicts = spoken_verdicts(test, snapshot)
            return lambda base, size, block: _copy(base, size, verdicts, block.verdict)
        case Available():
            return lambda base, size, block: _free_by(
                base, size, arrays.availability, arrays.free_from, test.by, block.verdict
            )
        case _:
            needs = np.array(test.requirements, np.int64)
            return lambda _base, size, block: _proved(size, block.said, needs, test.bit, block.verdict)


@numba.njit(cache=True, nogil=True)
def _read_claims(
    base: Any, size: Any, postings: Any, low: Any, high: Any, requirement: Any, run_points: Any,
    says: Any, cursor: Any, total: Any, stamp: Any, said: Any,
) -> None:  # fmt: skip
    """Go on in every run of postings to the end of the block; the first run that reaches a person counts."""
    total[:size] = 0
    stamp[:size] = 0
    said[:, :size] = 0
    edge = base + size
    for run in range(len(low)):
        skill, points, bits = requirement[run], run_points[run], says[run]
        mark = np.uint8(skill + 1)
        position, end = cursor[run], high[run]
        while position < end and postings[position] < edge:
            place = postings[position] - base
            if stamp[place] != mark:
                stamp[place] = mark
                total[place] += points
            said[skill, place] |= bits
            position += 1
        cursor[run] = position


@numba.njit(cache=True, nogil=True)
def _begin(size: Any, asks_for_skills: Any, total: Any, enough: Any, failures: Any, is_open: Any) -> None:
    for place in range(size):
        enough[place] = total[place] > 0 or not asks_for_skills
        failures[place] = 0
        is_open[place] = False


@numba.njit(cache=True, nogil=True)
def _add_by_table(base: Any, size: Any, numbers: Any, table: Any, total: Any) -> None:
    for place in range(size):
        total[place] += table[numbers[base + place]]


@numba.njit(cache=True, nogil=True)
def _best_study(
    base: Any, size: Any, first: Any, owners: Any, starts: Any, kinds: Any, table: Any, best: Any
) -> None:
    """The highest value of each row among its educations."""
    for place in range(size):
        best[place] = table[first[base + place]]
    owner = np.searchsorted(owners, base)
    while owner < len(owners) and owners[owner] < base + size:
        place = owners[owner] - base
        for at in range(starts[owner], starts[owner + 1]):
            best[place] = max(best[place], table[kinds[at]])
        owner += 1


@numba.njit(cache=True, nogil=True)
def _add_best_study(
    base: Any, size: Any, first: Any, owners: Any, starts: Any, kinds: Any, table: Any, total: Any
) -> None:
    best = np.empty(size, np.uint16)
    _best_study(base, size, first, owners, starts, kinds, table, best)
    for place in range(size):
        total[place] += best[place]


@numba.njit(cache=True, nogil=True)
def _add_free(
    base: Any, size: Any, stated: Any, free_from: Any, forms: Any, full: Any, half: Any, start: Any,
    late: Any, wanted: Any, total: Any,
) -> None:  # fmt: skip
    """All by the start, half until late, none later or when no day was said; a wanted form has to be shared."""
    for place in range(size):
        row = base + place
        if stated[row] != AVAILABLE or (wanted != 0 and forms[row] & wanted == 0):
            continue
        day = free_from[row]
        if start == 0 or (0 < day <= start):
            total[place] += full
        elif 0 < day <= late:
            total[place] += half


@numba.njit(cache=True, nogil=True)
def _add_place(base: Any, size: Any, places: Any, bits: Any, accepted: Any, points: Any, total: Any) -> None:
    for place in range(size):
        if places[base + place] & bits or accepted[base + place]:
            total[place] += points


@numba.njit(cache=True, nogil=True)
def _essential(size: Any, said: Any, verdict: Any) -> None:
    for place in range(size):
        claims = said[place]
        verdict[place] = PASS if claims & MET else (FAIL if claims & DENIED else OPEN)


@numba.njit(cache=True, nogil=True)
def _by_unit(base: Any, size: Any, units: Any, table: Any, verdict: Any) -> None:
    """A record without a unit leads to the last entry."""
    for place in range(size):
        unit = units[base + place]
        verdict[place] = table[unit if unit >= 0 else len(table) - 1]


@numba.njit(cache=True, nogil=True)
def _copy(base: Any, size: Any, verdicts: Any, verdict: Any) -> None:
    verdict[:size] = verdicts[base : base + size]


@numba.njit(cache=True, nogil=True)
def _free_by(base: Any, size: Any, stated: Any, free_from: Any, by: Any, verdict: Any) -> None:
    for place in range(size):
        row = base + place
        if stated[row] != AVAILABLE:
            verdict[place] = FAIL if stated[row] > 0 else OPEN
        elif free_from[row] == 0:
            verdict[place] = OPEN
        else:
            verdict[place] = PASS if free_from[row] <= by else FAIL


@numba.njit(cache=True, nogil=True)
def _proved(size: Any, said: Any, needs: Any, bit: Any, verdict: Any) -> None:
    """Reached without that evidence is not met; not reached is open; without an essential skill all is well."""
    verdict[:size] = PASS
    for skill in needs:
        for place in range(size):
            claims = said[skill, place]
            if claims & MET == 0:
                verdict[place] = min(verdict[place], OPEN)
            elif claims & bit == 0:
                verdict[place] = FAIL


@numba.njit(cache=True, nogil=True)
def _add_verdict(
    base: Any, size: Any, visible: Any, test: Any, verdict: Any, failures: Any, last: Any, is_open: Any
) -> int:
    """Add one condition to what is known of each row; answers how many visible people fail it."""
    count = 0
    for place in range(size):
        if verdict[place] == FAIL:
            failures[place] += 1
            last[place] = test
            count += visible[base + place]
        elif verdict[place] == OPEN:
            is_open[place] = True
    return count


@numba.njit(cache=True, nogil=True)
def _count_people(
    base: Any, size: Any, visible: Any, asks: Any, total: Any, enough: Any, failures: Any, last: Any,
    is_open: Any, said: Any, counts: Any, alone: Any, reach: Any, lower: Any,
    minimum: Any, count: Any, bounds: Any, between: Any, people: Any, keys: Any, rows: Any, held: Any,
) -> int:  # fmt: skip
    """Where each visible person ends up: excluded, without enough data, or ranked and perhaps among the first."""
    for place in range(size):
        row = base + place
        if not visible[row]:
            continue
        counts[0] += 1
        if failures[place]:
            counts[2] += 1
            if failures[place] == 1 and enough[place] and asks:
                alone[last[place]] += 1
        elif not enough[place]:
            counts[1] += 1
        elif asks:
            key = total[place] + (0 if is_open[place] else MET_ALL)
            counts[3] += 1
            counts[4] += total[place] >= minimum
            _add_reach(said, place, reach, lower)
            _add_between(key, row, people, bounds, between)
            if total[place] >= minimum:
                held = _push(keys, rows, held, count, key, row)
    return held


@numba.njit(cache=True, nogil=True)
def _add_between(key: Any, row: Any, people: Any, bounds: Any, between: Any) -> None:
    """Count the row between the people asked about that it stands between."""
    if len(bounds):
        order = (HIGHEST_KEY - key) * (people + 1) + row
        between[np.searchsorted(bounds, order, side="right")] += 1


@numba.njit(cache=True, nogil=True)
def _add_reach(said: Any, place: Any, reach: Any, lower: Any) -> None:
    for skill in range(len(reach)):
        if said[skill, place] & REACHES:
            reach[skill] += 1
        elif said[skill, place] & REACHES_LOWER:
            lower[skill] += 1


@numba.njit(cache=True, nogil=True)
def _push(keys: Any, rows: Any, held: Any, count: Any, key: Any, row: Any) -> int:
    """Put a row into the heap whose root is the worst kept: the lowest key, of equal keys the last row.

    Rows come in ascending order, so one that only equals the worst never displaces it.
    """
    if count == 0 or (held == count and key <= keys[0]):
        return held
    if held < count:
        _rise(keys, rows, held, key, row)
        return held + 1
    _sink(keys, rows, count, key, row)
    return held


@numba.njit(cache=True, nogil=True)
def _rise(keys: Any, rows: Any, place: Any, key: Any, row: Any) -> None:
    """Put a row at the end of the heap and let it rise above better ones."""
    while place > 0:
        above = (place - 1) >> 1
        if keys[above] < key or (keys[above] == key and rows[above] > row):
            break
        keys[place], rows[place] = keys[above], rows[above]
        place = above
    keys[place], rows[place] = key, row


@numba.njit(cache=True, nogil=True)
def _sink(keys: Any, rows: Any, count: Any, key: Any, row: Any) -> None:
    """Replace the worst row and let the new one sink below worse ones."""
    place = 0
    while True:
        child = 2 * place + 1
        if child >= count:
            break
        if child + 1 < count and (
            keys[child + 1] < keys[child]
            or (keys[child + 1] == keys[child] and rows[child + 1] > rows[child])
        ):
            child += 1
        if keys[child] > key or (keys[child] == key and rows[child] < row):
            break
        keys[place], rows[place] = keys[child], rows[child]
        place = child
    keys[place], rows[place] = key, row
