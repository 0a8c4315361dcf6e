# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false, reportUntypedFunctionDecorator=false
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false
"""The compiled search for the first rows: whoever cannot be among them any more is not added up."""

from typing import Any

import numba  # pyright: ignore[reportMissingImports]
import numpy as np

from registry.matching.engine.index.numba_loops import POINTS
from registry.matching.engine.index.numpy_kernel import HIGHEST_KEY, MET_ALL
from registry.matching.engine.index.snapshot import AVAILABLE


@numba.njit(cache=True, nogil=True)
def keep_best(
    base: Any, count: Any, ranked: Any, totals: Any, state: Any, people: Any, wish: Any, counts: Any,
    keys: Any, rows: Any, held: Any,
) -> int:  # fmt: skip
    """Put the ranked rows of a block into the heap, as far as they belong there; answers how many it holds."""
    for at in range(count):
        place = np.int64(ranked[at])
        points = np.int64(totals[at])
        key = points + (0 if state[place] else MET_ALL)
        add_between(key, base + place, people, wish.bounds, counts.between)
        if points >= wish.minimum:
            counts.above[0] += 1
            held = push(keys, rows, held, wish.first, key, base + place)
    return held


@numba.njit(cache=True, nogil=True)
def begin_totals(count: Any, ranked: Any, gathered: Any, totals: Any) -> None:
    for at in range(count):
        totals[at] = gathered[ranked[at]] & np.uint64(POINTS)


@numba.njit(cache=True, nogil=True)
def worst_of(wish: Any, keys: Any, held: Any) -> Any:
    """The key below which nobody has to be added up; everybody has to be while more than the first rows is asked."""
    if wish.minimum > 0 or len(wish.bounds) > 0 or held < wish.first:
        return 0
    return keys[0] if wish.first > 0 else HIGHEST_KEY


@numba.njit(cache=True, nogil=True)
def narrow(count: Any, ranked: Any, totals: Any, state: Any, rest: Any, worst: Any) -> int:
    """Leave out whoever with `rest` more points would stay behind the `worst` key; answers how many are left."""
    kept = 0
    for at in range(count):
        place, points = ranked[at], totals[at]
        ranked[kept], totals[kept] = place, points
        kept += points + rest + MET_ALL * (state[place] == 0) >= worst
    return kept


@numba.njit(cache=True, nogil=True)
def add_years(count: Any, ranked: Any, years: Any, by_years: Any, totals: Any) -> None:
    for at in range(count):
        totals[at] += by_years[years[ranked[at]]]


@numba.njit(cache=True, nogil=True)
def add_studies(base: Any, count: Any, ranked: Any, first: Any, more: Any, by_kind: Any, totals: Any) -> None:
    """`more` are the highest points of further educations."""
    for at in range(count):
        place = ranked[at]
        totals[at] += max(by_kind[first[base + place]], more[place])


@numba.njit(cache=True, nogil=True)
def add_free(base: Any, count: Any, ranked: Any, people: Any, parts: Any, totals: Any) -> None:
    """All by the start, half until late, none later or when no day was said; a wanted form has to be shared."""
    any_form, any_start = parts.free_forms == 0, parts.free_start == 0
    half, full = parts.free_half, parts.free_points
    for at in range(count):
        row = base + ranked[at]
        day = people.free_from[row]
        is_free = (people.availability[row] == AVAILABLE) & (
            any_form | (people.forms[row] & parts.free_forms > 0)
        )
        in_time = is_free & (any_start | ((day > 0) & (day <= parts.free_start)))
        late = is_free & (day > 0) & (day <= parts.free_late)
        totals[at] += full * in_time + half * (late & (not in_time))


@numba.njit(cache=True, nogil=True)
def add_places(
    base: Any, count: Any, ranked: Any, places: Any, bits: Any, accepted: Any, points: Any, totals: Any
) -> None:
    for at in range(count):
        place = ranked[at]
        totals[at] += points * ((places[base + place] & bits | accepted[place]) > 0)


@numba.njit(cache=True, nogil=True)
def add_between(key: Any, row: Any, people: Any, bounds: Any, between: Any) -> None:
    """Count the row between the people asked about that it stands between."""
    if len(bounds):
        order = (HIGHEST_KEY - key) * (people + 1) + row
        between[np.searchsorted(bounds, order, side="right")] += 1


@numba.njit(cache=True, nogil=True)
def push(keys: Any, rows: Any, held: Any, count: Any, key: Any, row: Any) -> int:
    """Put a row into the heap whose root is the worst kept: the lowest key, of equal keys the last row."""
    if count == 0 or (held == count and (key < keys[0] or (key == keys[0] and row > rows[0]))):
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
