# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false, reportUntypedFunctionDecorator=false
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false
"""The kernel as compiled loops (extra `fast`): the same answers as `numpy_kernel`, several times sooner.

People are taken in blocks that stay in the processor's cache, so time grows in step with their number. Inside
a block the runs of postings of one skill are read from the most points down: the first that reaches a person
is the best claim of that person.
"""

from dataclasses import dataclass
from typing import Any

import numba  # pyright: ignore[reportMissingImports]
import numpy as np
from numpy.typing import NDArray

from registry.matching.engine.index.answer import Answer, Placed, Tally
from registry.matching.engine.index.columns import Bool, UInt8
from registry.matching.engine.index.numpy_kernel import accepted_rows, spoken_verdicts, years_of
from registry.matching.engine.index.question import (
    DENIED,
    MET,
    REACHES,
    REACHES_LOWER,
    Available,
    Essential,
    Judged,
    Proved,
    Question,
    Spoken,
    Test,
)
from registry.matching.engine.index.snapshot import ANYWHERE, REMOTE, Snapshot

BLOCK = 65_536
_MET_ALL = 10_001
_ESSENTIAL, _EDUCATION, _UNIT, _SPOKEN, _AVAILABLE, _PROVED = range(6)
_SKILLS, _SOMETHING, _EXPERIENCE, _STUDIED, _FREE, _PLACED = range(6)


@dataclass(frozen=True)
class _Runs:
    """Runs of postings, of each requirement from the most points down."""

    low: NDArray[np.int64]
    high: NDArray[np.int64]
    requirement: NDArray[np.int32]
    points: NDArray[np.int32]
    says: NDArray[np.uint8]


@dataclass(frozen=True)
class _Tests:
    """Conditions as numbers: kind, a number or an offset into `tables`, and for evidence a mask of requirements."""

    kind: NDArray[np.int32]
    value: NDArray[np.int64]
    bit: NDArray[np.int32]
    needs: NDArray[np.bool_]
    tables: UInt8
    spoken: UInt8


def answer(snapshot: Snapshot, question: Question, visible: Bool, *, minimum: int, count: int) -> Answer:
    """The counts over all visible rows, and the first `count` rows of at least `minimum` hundredths."""
    arrays, empty8, empty16 = snapshot.arrays, np.zeros(1, np.uint8), np.zeros(1, np.uint16)
    runs, tests = _runs(question), _tests(question, snapshot)
    free, place = question.availability, question.place
    asked = np.array(
        [
            question.asks_for_skills,
            question.asks_for_something,
            question.experience is not None,
            question.education is not None,
            free is not None,
            place is not None,
        ]
    )
    numbers = np.array(
        [free.points, free.half, free.start, free.late, free.forms] if free else [0] * 5, np.int64
    )
    bits = (ANYWHERE | (REMOTE if place.is_remote else 0)) if place else 0
    conditions, wanted = len(question.tests), len(question.requirements)
    counts = np.zeros(5, np.int64)
    failed, alone = np.zeros(conditions, np.int64), np.zeros(conditions, np.int64)
    reach, lower = np.zeros(wanted, np.int64), np.zeros(wanted, np.int64)
    keys, rows = np.zeros(max(count, 1), np.int64), np.zeros(max(count, 1), np.int64)
    held = _scan(
        visible,
        (arrays.claim_rows, runs.low, runs.high, runs.requirement, runs.points, runs.says, wanted),
        asked,
        (
            years_of(snapshot, question.experience) if question.experience else empty8,
            question.experience.points if question.experience else empty16,
            arrays.education,
            question.education if question.education is not None else empty16,
            arrays.availability,
            arrays.free_from,
            arrays.forms,
            numbers,
            arrays.places,
            np.int64(bits),
            accepted_rows(snapshot, place) if place else empty8,
            np.int64(place.points if place else 0),
        ),
        (tests.kind, tests.value, tests.bit, tests.needs, tests.tables, tests.spoken, arrays.units),
        (counts, failed, alone, reach, lower),
        (minimum, count, keys, rows),
    )
    order = np.lexsort((rows[:held], -keys[:held]))
    first = tuple(_placed(snapshot, int(rows[place]), int(keys[place])) for place in order)
    return Answer(_tally(question, counts, failed, alone, reach, lower), first)


def _tally(question: Question, counts: Any, failed: Any, alone: Any, reach: Any, lower: Any) -> Tally:
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
        excluded={key: number for key, number, _only in told},
        relaxations={key: only for key, _number, only in told},
        reach=tuple(reach.tolist()),
        more_one_rank_lower=tuple(lower.tolist()),
    )


def _placed(snapshot: Snapshot, row: int, key: int) -> Placed:
    has_unknown = key < _MET_ALL
    return Placed(has_unknown, -(key if has_unknown else key - _MET_ALL), snapshot.public_id(row))


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


def _tests(question: Question, snapshot: Snapshot) -> _Tests:
    kinds, values, bits, tables, spoken = [], [], [], [np.zeros(0, np.uint8)], []
    needs = np.zeros((max(len(question.tests), 1), max(len(question.requirements), 1)), np.bool_)
    for place, test in enumerate(question.tests):
        kind, value, bit = _encoded(test, sum(map(len, tables)), len(spoken))
        kinds.append(kind)
        values.append(value)
        bits.append(bit)
        if isinstance(test, Judged):
            tables.append(test.verdicts)
        elif isinstance(test, Spoken):
            spoken.append(spoken_verdicts(test, snapshot))
        elif isinstance(test, Proved):
            needs[place, list(test.requirements)] = True
    return _Tests(
        np.array(kinds, np.int32),
        np.array(values, np.int64),
        np.array(bits, np.int32),
        needs,
        np.concatenate(tables),
        np.stack(spoken) if spoken else np.zeros((1, 1), np.uint8),
    )


def _encoded(test: Test, table: int, spoken: int) -> tuple[int, int, int]:
    match test:
        case Essential():
            return _ESSENTIAL, test.requirement, 0
        case Judged():
            # The unit −1 leads to the last entry of its table, as it does in numpy.
            return (_EDUCATION if test.kind == "education" else _UNIT), table, len(test.verdicts)
        case Spoken():
            return _SPOKEN, spoken, 0
        case Available():
            return _AVAILABLE, test.by, 0
        case _:
            return _PROVED, 0, test.bit


@numba.njit(cache=True, nogil=True)
def _scan(visible: Any, claims: Any, asked: Any, parts: Any, tests: Any, counted: Any, top: Any) -> int:
    """Every visible person, block by block; answers how many rows the heap holds."""
    low, wanted = claims[1], claims[6]
    cursor = low.copy()
    total = np.zeros(BLOCK, np.int32)
    stamp = np.zeros(BLOCK, np.uint8)
    said = np.zeros((max(wanted, 1), BLOCK), np.uint8)
    held = 0
    for base in range(0, len(visible), BLOCK):
        size = min(BLOCK, len(visible) - base)
        total[:size] = 0
        stamp[:size] = 0
        said[:, :size] = 0
        _read_claims(base, size, claims, cursor, total, stamp, said)
        held = _count_people(base, size, visible, total, said, asked, parts, tests, counted, top, held)
    return held


@numba.njit(cache=True, nogil=True)
def _read_claims(base: Any, size: Any, claims: Any, cursor: Any, total: Any, stamp: Any, said: Any) -> None:
    """Go on in every run of postings to the end of the block."""
    postings, low, high, requirement, run_points, says, _wanted = claims
    for run in range(len(low)):
        mark = np.uint8(requirement[run] + 1)
        position, end, edge = cursor[run], high[run], base + size
        points, bits, skill = run_points[run], says[run], requirement[run]
        while position < end and postings[position] < edge:
            place = postings[position] - base
            if stamp[place] != mark:
                stamp[place] = mark
                total[place] += points
            said[skill, place] |= bits
            position += 1
        cursor[run] = position


@numba.njit(cache=True, nogil=True)
def _count_people(
    base: Any, size: Any, visible: Any, total: Any, said: Any, asked: Any, parts: Any, tests: Any,
    counted: Any, top: Any, held: Any,
) -> int:  # fmt: skip
    """Where each visible person of a block ends up: excluded, without enough data, or ranked."""
    counts, failed, alone = counted[0], counted[1], counted[2]
    for place in range(size):
        row = base + place
        if not visible[row]:
            continue
        counts[0] += 1
        enough = total[place] > 0 or not asked[_SKILLS]
        failures, last, is_open = _judge(row, place, said, parts, tests, failed)
        if failures:
            counts[2] += 1
            if failures == 1 and enough and asked[_SOMETHING]:
                alone[last] += 1
        elif not enough:
            counts[1] += 1
        elif asked[_SOMETHING]:
            points = total[place] + _others(row, asked, parts)
            held = _rank(row, place, points, is_open, said, counted, top, held)
    return held


@numba.njit(cache=True, nogil=True, inline="always")
def _rank(
    row: Any, place: Any, points: Any, is_open: Any, said: Any, counted: Any, top: Any, held: Any
) -> int:
    """Count a ranked person, and keep the row if it is among the first."""
    counts, reach, lower = counted[0], counted[3], counted[4]
    minimum, count, keys, rows = top
    counts[3] += 1
    for skill in range(len(reach)):
        if said[skill, place] & REACHES:
            reach[skill] += 1
        elif said[skill, place] & REACHES_LOWER:
            lower[skill] += 1
    if points < minimum:
        return held
    counts[4] += 1
    key = points if is_open else points + _MET_ALL
    if count > 0 and (held < count or key > keys[0]):
        return _push(keys, rows, held, count, key, row)
    return held


@numba.njit(cache=True, nogil=True, inline="always")
def _others(row: Any, asked: Any, parts: Any) -> int:
    """Certain points of the four parts beside skills."""
    years, by_years, education, by_kind, free, free_from, forms, numbers, places, bits, accepted, here = parts
    points = 0
    if asked[_EXPERIENCE]:
        points += by_years[years[row]]
    if asked[_STUDIED]:
        best = 0
        for slot in range(education.shape[1]):
            best = max(best, by_kind[education[row, slot]])
        points += best
    if asked[_FREE] and free[row] == 1 and (numbers[4] == 0 or forms[row] & numbers[4]):
        points += _by_start(free_from[row], numbers)
    if asked[_PLACED] and (places[row] & bits or accepted[row]):
        points += here
    return points


@numba.njit(cache=True, nogil=True, inline="always")
def _by_start(free_from: Any, numbers: Any) -> int:
    """Points of somebody free: all by the start, half until late, none later or when no day was said."""
    full, half, start, late, _forms = numbers
    if start == 0:
        return full
    if free_from == 0 or free_from > late:
        return 0
    return full if free_from <= start else half


@numba.njit(cache=True, nogil=True, inline="always")
def _judge(row: Any, place: Any, said: Any, parts: Any, tests: Any, failed: Any) -> Any:
    """How many conditions are not met, the last of them, and whether any is open; counts those not met."""
    kinds, values, bits, needs, tables, spoken, units = tests
    education, free, free_from = parts[2], parts[4], parts[5]
    failures, last, is_open = 0, -1, False
    for test in range(len(kinds)):
        kind, value, verdict = kinds[test], values[test], 0
        if kind == _ESSENTIAL:
            claims = said[value, place]
            verdict = 0 if claims & MET else (1 if claims & DENIED else 2)
        elif kind == _EDUCATION:
            verdict = _studied(row, education, tables, value)
        elif kind == _UNIT:
            unit = units[row]
            verdict = tables[value + (unit if unit >= 0 else bits[test] - 1)]
        elif kind == _SPOKEN:
            verdict = spoken[value, row]
        elif kind == _AVAILABLE:
            verdict = _free_by(free[row], free_from[row], value)
        else:
            verdict = _proved(place, said, needs[test], bits[test])
        if verdict == 1:
            failures += 1
            failed[test] += 1
            last = test
        elif verdict == 2:
            is_open = True
    return failures, last, is_open


@numba.njit(cache=True, nogil=True, inline="always")
def _free_by(stated: Any, free_from: Any, day: Any) -> int:
    """Free by a day: 0 yes, 1 no, 2 not said."""
    if stated != 1:
        return 1 if stated > 0 else 2
    if free_from == 0:
        return 2
    return 0 if free_from <= day else 1


@numba.njit(cache=True, nogil=True, inline="always")
def _proved(place: Any, said: Any, needs: Any, bit: Any) -> int:
    """Reached without that evidence is not met; not reached is open; without an essential skill all is well."""
    verdict = 0
    for skill in range(len(needs)):
        if needs[skill]:
            claims = said[skill, place]
            if claims & MET == 0:
                verdict = 2
            elif claims & bit == 0:
                return 1
    return verdict


@numba.njit(cache=True, nogil=True, inline="always")
def _studied(row: Any, education: Any, tables: Any, offset: Any) -> int:
    """One education that meets the condition is enough; an open one, or none at all, leaves it open."""
    verdict = 1
    if education[row, 0] == 0:
        return 2
    for slot in range(education.shape[1]):
        kind = education[row, slot]
        if kind == 0:
            break
        one = tables[offset + kind]
        if one == 0:
            return 0
        if one == 2:
            verdict = 2
    return verdict


@numba.njit(cache=True, nogil=True)
def _push(keys: Any, rows: Any, held: Any, count: Any, key: Any, row: Any) -> int:
    """Put a row into the heap whose root is the worst kept: the lowest key, of equal keys the last row."""
    if held < count:
        place = held
        held += 1
        while place > 0:
            above = (place - 1) >> 1
            if keys[above] < key or (keys[above] == key and rows[above] > row):
                break
            keys[place], rows[place] = keys[above], rows[above]
            place = above
        keys[place], rows[place] = key, row
        return held
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
    return held
