# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false, reportUntypedFunctionDecorator=false
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false
"""The compiled loops of `numba_kernel`: each passes over one block of people, whose scratch stays in the cache.

`base` is the first row of the block and `size` how many rows it has; scratch is indexed from 0, columns by row.
"""

from typing import Any

import numba  # pyright: ignore[reportMissingImports]
import numpy as np

from registry.matching.engine.index.numpy_kernel import HIGHEST_KEY, MET_ALL
from registry.matching.engine.index.snapshot import AVAILABLE
from registry.matching.engine.index.terms import DENIED, FAIL, MET, OPEN, PASS, REACHES, REACHES_LOWER


@numba.njit(cache=True, nogil=True)
def read_claims(
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
def begin(size: Any, asks_for_skills: Any, total: Any, enough: Any, failures: Any, is_open: Any) -> None:
    for place in range(size):
        enough[place] = total[place] > 0 or not asks_for_skills
        failures[place] = 0
        is_open[place] = False


@numba.njit(cache=True, nogil=True)
def add_by_table(base: Any, size: Any, numbers: Any, table: Any, total: Any) -> None:
    for place in range(size):
        total[place] += table[numbers[base + place]]


@numba.njit(cache=True, nogil=True)
def best_of_studies(
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
def add_best_study(
    base: Any, size: Any, first: Any, owners: Any, starts: Any, kinds: Any, table: Any, total: Any
) -> None:
    best = np.empty(size, np.uint16)
    best_of_studies(base, size, first, owners, starts, kinds, table, best)
    for place in range(size):
        total[place] += best[place]


@numba.njit(cache=True, nogil=True)
def add_free(
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
def add_place(base: Any, size: Any, places: Any, bits: Any, accepted: Any, points: Any, total: Any) -> None:
    for place in range(size):
        if places[base + place] & bits or accepted[base + place]:
            total[place] += points


@numba.njit(cache=True, nogil=True)
def essential(size: Any, said: Any, verdict: Any) -> None:
    for place in range(size):
        claims = said[place]
        verdict[place] = PASS if claims & MET else (FAIL if claims & DENIED else OPEN)


@numba.njit(cache=True, nogil=True)
def by_unit(base: Any, size: Any, units: Any, table: Any, verdict: Any) -> None:
    """A record without a unit leads to the last entry."""
    for place in range(size):
        unit = units[base + place]
        verdict[place] = table[unit if unit >= 0 else len(table) - 1]


@numba.njit(cache=True, nogil=True)
def copy_verdicts(base: Any, size: Any, verdicts: Any, verdict: Any) -> None:
    verdict[:size] = verdicts[base : base + size]


@numba.njit(cache=True, nogil=True)
def free_by(base: Any, size: Any, stated: Any, free_from: Any, by: Any, verdict: Any) -> None:
    for place in range(size):
        row = base + place
        if stated[row] != AVAILABLE:
            verdict[place] = FAIL if stated[row] > 0 else OPEN
        elif free_from[row] == 0:
            verdict[place] = OPEN
        else:
            verdict[place] = PASS if free_from[row] <= by else FAIL


@numba.njit(cache=True, nogil=True)
def proved(size: Any, said: Any, needs: Any, bit: Any, verdict: Any) -> None:
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
def add_verdict(
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
def count_people(
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
            add_reach(said, place, reach, lower)
            add_between(key, row, people, bounds, between)
            if total[place] >= minimum:
                held = push(keys, rows, held, count, key, row)
    return held


@numba.njit(cache=True, nogil=True)
def add_between(key: Any, row: Any, people: Any, bounds: Any, between: Any) -> None:
    """Count the row between the people asked about that it stands between."""
    if len(bounds):
        order = (HIGHEST_KEY - key) * (people + 1) + row
        between[np.searchsorted(bounds, order, side="right")] += 1


@numba.njit(cache=True, nogil=True)
def add_reach(said: Any, place: Any, reach: Any, lower: Any) -> None:
    for skill in range(len(reach)):
        if said[skill, place] & REACHES:
            reach[skill] += 1
        elif said[skill, place] & REACHES_LOWER:
            lower[skill] += 1


@numba.njit(cache=True, nogil=True)
def push(keys: Any, rows: Any, held: Any, count: Any, key: Any, row: Any) -> int:
    """Put a row into the heap whose root is the worst kept: the lowest key, of equal keys the last row.

    Rows come in ascending order, so one that only equals the worst never displaces it.
    """
    if count == 0 or (held == count and key <= keys[0]):
        return held
    if held < count:
        rise(keys, rows, held, key, row)
        return held + 1
    sink(keys, rows, count, key, row)
    return held


@numba.njit(cache=True, nogil=True)
def rise(keys: Any, rows: Any, place: Any, key: Any, row: Any) -> None:
    """Put a row at the end of the heap and let it rise above better ones."""
    while place > 0:
        above = (place - 1) >> 1
        if keys[above] < key or (keys[above] == key and rows[above] > row):
            break
        keys[place], rows[place] = keys[above], rows[above]
        place = above
    keys[place], rows[place] = key, row


@numba.njit(cache=True, nogil=True)
def sink(keys: Any, rows: Any, count: Any, key: Any, row: Any) -> None:
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
