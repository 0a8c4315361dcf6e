# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false, reportUntypedFunctionDecorator=false
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false
"""The compiled pass over all blocks of people: what `numba_kernel` calls once for an answer."""

from typing import Any

import numba  # pyright: ignore[reportMissingImports]
import numpy as np

from registry.matching.engine.index import numba_best as best
from registry.matching.engine.index import numba_loops as loops


@numba.njit(cache=True, nogil=True)
def scan(
    block: Any, people: Any, skills: Any, asks: Any, conditions: Any, proofs: Any, parts: Any, wish: Any,
    counts: Any, keys: Any, rows: Any,
) -> int:  # fmt: skip
    """Count everybody and keep the first rows as a heap; answers how many these are."""
    everybody = len(people.visible)
    gathered, state = np.zeros(block, np.uint64), np.zeros(block, conditions.kinds.dtype)
    everyone = np.arange(block).astype(np.uint32)
    touched, ranked = np.empty(block + 1, np.uint32), np.empty(block + 1, np.uint32)
    small, more = np.zeros(block, np.uint8), np.zeros(block, np.uint16)
    totals = np.empty(block + 1, np.int32)
    by_skills, by_place = skills.low.copy(), parts.place_low.copy()
    by_claims, by_spoken, by_proofs = (
        conditions.claim_low.copy(),
        conditions.spoken_low.copy(),
        proofs.low.copy(),
    )
    # Not plain zeros: what is called with one is compiled twice, for «0» first and for any number after it.
    none: Any = np.int64(0)
    owner, learned, year, held = none, none, parts.years_low, none
    for base in range(0, everybody, block):
        size = min(block, everybody - base)
        edge = base + size
        reached = loops.read_claims(edge, base, people.claims, skills, by_skills, gathered, touched)
        if asks.conditions:
            loops.begin(base, size, people.visible, conditions.start, conditions.hidden, state)
            owner = judge(base, size, people, conditions, owner, by_claims, by_spoken, state)
            if len(proofs.start):
                prove(base, size, people, proofs, by_proofs, state)
            count = loops.list_marked(
                size, conditions.low, asks.skills, gathered, state, counts.marked, ranked
            )
        else:
            chosen, found = (touched, reached) if asks.skills else (everyone, size)
            count = loops.list_shown(base, found, chosen, people.visible, asks.skills, gathered, ranked)
        loops.tally_reached(count, ranked, gathered, counts.reached)
        counts.ranked[0] += count
        if asks.something:
            best.begin_totals(count, ranked, gathered, totals)
            year, learned, count = add_up(
                base,
                size,
                count,
                ranked,
                people,
                parts,
                year,
                learned,
                by_place,
                small,
                more,
                totals,
                state,
                best.worst_of(wish, keys, held),
            )
            held = best.keep_best(
                base, count, ranked, totals, state, everybody, wish, counts, keys, rows, held
            )
        loops.clear(reached, touched, gathered)
    return held


@numba.njit(cache=True, nogil=True)
def judge(
    base: Any, size: Any, people: Any, conditions: Any, owner: Any, by_claims: Any, by_spoken: Any, state: Any
) -> int:
    """Mark the rows of a block by all conditions; answers where the owners of the next block begin."""
    edge = base + size
    loops.mark(
        edge, base, people.claims, conditions.claim_high, conditions.claim_keep, conditions.claim_put,
        by_claims, state,
    )  # fmt: skip
    loops.mark(
        edge, base, people.language_rows, conditions.spoken_high, conditions.spoken_keep,
        conditions.spoken_put, by_spoken, state,
    )  # fmt: skip
    if len(conditions.kinds):
        owner = loops.mark_studies(base, size, people, owner, conditions.kinds, conditions.kinds_mask, state)
    if len(conditions.units):
        loops.mark_units(base, size, people.units, conditions.units, state)
    for one in range(len(conditions.free_by)):
        loops.mark_free(
            base, size, people.availability, people.free_from, conditions.free_by[one],
            conditions.free_fail[one], conditions.free_open[one], state,
        )  # fmt: skip
    return owner


@numba.njit(cache=True, nogil=True)
def prove(base: Any, size: Any, people: Any, proofs: Any, cursor: Any, state: Any) -> None:
    """Mark the rows of a block by what evidence their essential skills have."""
    bits = np.empty(size, np.uint32)
    for one in range(len(proofs.start)):
        bits[:] = proofs.start[one]
        first, after = proofs.edges[one], proofs.edges[one + 1]
        loops.mark(
            base + size, base, people.claims, proofs.high[first:after], proofs.keep[first:after],
            proofs.put[first:after], cursor[first:after], bits,
        )  # fmt: skip
        loops.mark_proofs(size, bits, proofs.fail[one], proofs.open[one], state)


@numba.njit(cache=True, nogil=True)
def add_up(
    base: Any, size: Any, count: Any, ranked: Any, people: Any, parts: Any, year: Any, owner: Any,
    by_place: Any, small: Any, more: Any, totals: Any, state: Any, worst: Any,
) -> Any:  # fmt: skip
    """Add the points of the other parts to those of the ranked, and leave out whoever stays behind the worst key.

    Answers how far years and educations are read, and how many of the ranked are left.
    """
    edge = base + size
    if len(parts.by_years):
        if parts.any_years:
            small[:size] = people.years[base:edge]
        else:
            small[:size] = 0
            year = loops.put_numbers(
                edge, base, people.years_rows, people.years_values, year, parts.years_high, small
            )
        best.add_years(count, ranked, small, parts.by_years, totals)
    if parts.place_points:
        small[:size] = 0
        loops.put_ones(edge, base, people.place_rows, parts.place_high, by_place, small)
        best.add_places(
            base, count, ranked, people.places, parts.place_bits, small, parts.place_points, totals
        )
    count = best.narrow(count, ranked, totals, state, parts.most_left, worst)
    if len(parts.by_kind):
        more[:size] = 0
        owner = loops.put_studies(edge, base, people, owner, parts.by_kind, more)
        best.add_studies(base, count, ranked, people.education, more, parts.by_kind, totals)
    if parts.free_points:
        best.add_free(base, count, ranked, people, parts, totals)
    return year, owner, count
