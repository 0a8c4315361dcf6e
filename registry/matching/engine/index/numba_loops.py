# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false, reportUntypedFunctionDecorator=false
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false
"""The compiled loops of `numba_kernel` over one block of people, whose scratch stays in the cache.

`base` is the first row of the block and `size` how many rows it has; scratch is indexed from 0, columns by row. What
happens to a row never decides where a loop goes on: a processor that guesses wrong waits longer than it computes.
"""

from typing import Any

import numba  # pyright: ignore[reportMissingImports]
import numpy as np

from registry.matching.engine.index.marks import PROOF_BITS
from registry.matching.engine.index.numba_values import REACHED
from registry.matching.engine.index.snapshot import AVAILABLE, NOT_AVAILABLE
from registry.matching.engine.index.tallying import GROUP_BITS

POINTS = 0xFFFF
"""The bits of points in what is gathered of a person."""


@numba.njit(cache=True, nogil=True)
def read_claims(
    edge: Any, base: Any, postings: Any, runs: Any, cursor: Any, gathered: Any, touched: Any
) -> int:
    """Go on in every run of postings to the end of the block; the first run of a skill that reaches a person counts.

    Answers how many rows were reached; they stand in `touched`.
    """
    found = 0
    for run in range(len(cursor)):
        position, end = cursor[run], runs.high[run]
        seen = runs.seen[run]
        points, bits = runs.points[run], runs.bits[run] | (np.uint64(1) << seen)
        while position < end and postings[position] < edge:
            place = postings[position] - base
            before = gathered[place]
            fresh = (before >> seen & np.uint64(1)) - np.uint64(1)  # all ones, or none
            gathered[place] = before + (points & fresh) | bits
            touched[found] = place
            found += before == 0
            position += 1
        cursor[run] = position
    return found


@numba.njit(cache=True, nogil=True)
def begin(base: Any, size: Any, visible: Any, start: Any, hidden: Any, state: Any) -> None:
    shown = visible[base : base + size]
    for place in range(size):
        state[place] = start + hidden * (not shown[place])


@numba.njit(cache=True, nogil=True)
def mark(
    edge: Any, base: Any, postings: Any, high: Any, keep_bits: Any, put_bits: Any, cursor: Any, state: Any
) -> None:
    """Go on in every run to the end of the block and mark its rows."""
    for run in range(len(cursor)):
        position, end = cursor[run], high[run]
        keep, put = keep_bits[run], put_bits[run]
        while position < end and postings[position] < edge:
            place = postings[position] - base
            state[place] = state[place] & keep | put
            position += 1
        cursor[run] = position


@numba.njit(cache=True, nogil=True)
def mark_studies(base: Any, size: Any, people: Any, owner: Any, table: Any, mask: Any, state: Any) -> int:
    """Mark by education; of several, what all have in common. Answers where the owners of the next block begin."""
    for place in range(size):
        state[place] |= table[people.education[base + place]]
    owners, starts = people.study_owners, people.study_starts
    while owner < len(owners) and owners[owner] < base + size:
        place = owners[owner] - base
        common = table[people.education[owners[owner]]] & table[people.study_kinds[starts[owner]]]
        for at in range(starts[owner] + 1, starts[owner + 1]):
            common &= table[people.study_kinds[at]]
        state[place] = state[place] & ~mask | common
        owner += 1
    return owner


@numba.njit(cache=True, nogil=True)
def mark_units(base: Any, size: Any, units: Any, table: Any, state: Any) -> None:
    """A record without a unit leads to the last entry."""
    for place in range(size):
        unit = units[base + place]
        state[place] |= table[unit if unit >= 0 else len(table) - 1]


@numba.njit(cache=True, nogil=True)
def mark_free(
    base: Any, size: Any, stated: Any, free_from: Any, by: Any, fail: Any, unknown: Any, state: Any
) -> None:
    for place in range(size):
        said, day = stated[base + place], free_from[base + place]
        is_free = said == AVAILABLE
        later = day > by
        failed = (said == NOT_AVAILABLE) | (is_free & later)
        in_time = is_free & (day > 0) & (not later)
        state[place] |= fail * failed | unknown * (not in_time)


@numba.njit(cache=True, nogil=True)
def mark_proofs(size: Any, proofs: Any, fail: Any, unknown: Any, state: Any) -> None:
    """Reached without that evidence is not met; not reached is unknown."""
    low = np.uint32((1 << PROOF_BITS) - 1)
    for place in range(size):
        if proofs[place] & low:
            state[place] |= fail
        if proofs[place] >> PROOF_BITS:
            state[place] |= unknown


@numba.njit(cache=True, nogil=True)
def list_marked(
    size: Any, low: Any, asks_for_skills: Any, gathered: Any, state: Any, counted: Any, ranked: Any
) -> int:
    """Count the rows by their low bits and by having points; list those with points of whom nothing fails."""
    count, whole = 0, np.int64(low) + 1
    needed = np.uint64(0 if asks_for_skills else 1)
    for place in range(size):
        enough = (gathered[place] & np.uint64(POINTS) | needed) != 0
        kind = np.int64(state[place] & low) + whole * enough
        counted[kind] += 1
        ranked[count] = place
        count += kind == whole
    return count


@numba.njit(cache=True, nogil=True)
def list_shown(
    base: Any, found: Any, chosen: Any, visible: Any, asks_for_skills: Any, gathered: Any, ranked: Any
) -> int:
    """Of the chosen rows list those with points that may be seen."""
    count = 0
    needed = np.uint64(0 if asks_for_skills else 1)
    for at in range(found):
        place = chosen[at]
        ranked[count] = place
        count += visible[base + place] & ((gathered[place] & np.uint64(POINTS) | needed) != 0)
    return count


@numba.njit(cache=True, nogil=True)
def tally_reached(count: Any, ranked: Any, gathered: Any, reached: Any) -> None:
    """How many reach what of each group of skills."""
    for group in range(len(reached)):
        shift = np.uint64(REACHED + group * GROUP_BITS)
        for at in range(count):
            reached[group, gathered[ranked[at]] >> shift & np.uint64((1 << GROUP_BITS) - 1)] += 1


@numba.njit(cache=True, nogil=True)
def clear(found: Any, touched: Any, gathered: Any) -> None:
    for at in range(found):
        gathered[touched[at]] = 0


@numba.njit(cache=True, nogil=True)
def put_numbers(edge: Any, base: Any, postings: Any, values: Any, position: Any, end: Any, held: Any) -> int:
    """Go on in one run of postings and put its values; answers how far it went."""
    while position < end and postings[position] < edge:
        held[postings[position] - base] = values[position]
        position += 1
    return position


@numba.njit(cache=True, nogil=True)
def put_ones(edge: Any, base: Any, postings: Any, high: Any, cursor: Any, held: Any) -> None:
    """Go on in every run and put 1."""
    for run in range(len(cursor)):
        position, end = cursor[run], high[run]
        while position < end and postings[position] < edge:
            held[postings[position] - base] = 1
            position += 1
        cursor[run] = position


@numba.njit(cache=True, nogil=True)
def put_studies(edge: Any, base: Any, people: Any, owner: Any, by_kind: Any, held: Any) -> int:
    """Go on in further educations and put the highest points; answers where the owners of the next block begin."""
    owners, starts = people.study_owners, people.study_starts
    while owner < len(owners) and owners[owner] < edge:
        most = by_kind[people.study_kinds[starts[owner]]]
        for at in range(starts[owner] + 1, starts[owner + 1]):
            most = max(most, by_kind[people.study_kinds[at]])
        held[owners[owner] - base] = most
        owner += 1
    return owner
