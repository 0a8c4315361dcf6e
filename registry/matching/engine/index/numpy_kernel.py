"""The kernel over numpy arrays: every row the viewer may see against one question, bit-equal to the reference."""

from collections.abc import Sequence

import numpy as np

from registry.matching.engine.index.answer import Answer, Placed, Wish
from registry.matching.engine.index.columns import Bool, Int32, Int64, UInt16
from registry.matching.engine.index.marks import Bits, marks_of
from registry.matching.engine.index.numpy_marks import mark_rows, rows_of
from registry.matching.engine.index.numpy_parts import add_parts
from registry.matching.engine.index.snapshot import Snapshot
from registry.matching.engine.index.tallying import GROUP, GROUP_BITS, Counted, tally_of
from registry.matching.engine.index.terms import REACHES, REACHES_LOWER, Question, Requirement

HIGHEST_KEY = 20_001
"""Certain points (at most 10,000), and above all of them those of people who meet everything."""
MET_ALL = 10_001
_NARROW = 16
"""Skills for whose bits the narrower number is enough."""


def answer(snapshot: Snapshot, question: Question, visible: Bool, wish: Wish) -> Answer:
    """The counts over all visible rows, and the rows wished for."""
    points, reached = _skills(snapshot, question)
    enough = np.flatnonzero(points > 0) if question.asks_for_skills else np.arange(len(snapshot))
    marked, of_enough, rows, is_met = _judged(snapshot, question, visible, enough)
    groups = _by_group(reached, rows, len(question.requirements))
    ranked = rows if question.asks_for_something else rows[:0]
    keys = points.take(ranked).astype(np.int32) + np.multiply(
        is_met[: len(ranked)], np.int32(MET_ALL), dtype=np.int32
    )
    kept, keys = add_parts(snapshot, question, ranked, keys, wish)
    above = keys - np.multiply(keys >= MET_ALL, np.int32(MET_ALL), dtype=np.int32) >= wish.minimum
    counted = Counted(
        considered=int(marked.sum()),
        marked=marked,
        enough=of_enough,
        reached=groups,
        at_least=_count(above) if wish.minimum else len(ranked),
        ahead=_ahead(snapshot, kept, keys, wish.about),
    )
    first = _first(kept[above], keys[above], wish.count)
    return Answer(tally_of(question, counted), tuple(placed(snapshot, row, key) for row, key in first))


def _judged(
    snapshot: Snapshot, question: Question, visible: Bool, enough: Int64
) -> tuple[Int64, Int64, Int64, Bool]:
    """Visible rows by their low bits, those with points by them, which of these are ranked, who meets everything."""
    if not question.tests:
        rows = enough[visible[enough]]
        marked, of_enough = np.array([_count(visible)]), np.array([len(rows)])
        return marked, of_enough, rows, np.ones(len(rows), np.bool_)
    marks = marks_of(question, snapshot)
    state, marked = mark_rows(snapshot.arrays, marks, visible)
    of_rows = state.take(enough)
    failing = of_rows & marks.dtype(marks.low)
    of_enough = np.bincount(failing, minlength=marks.hidden)[: marks.hidden]
    passed = failing == 0
    return marked, of_enough, enough[passed], of_rows[passed] == 0


def _count(chosen: Bool) -> int:
    return int(np.count_nonzero(chosen))


def placed(snapshot: Snapshot, row: int, key: int) -> Placed:
    """A row and its key as a place in the order of all people."""
    has_unknown = key < MET_ALL
    return Placed(has_unknown, -(key if has_unknown else key - MET_ALL), snapshot.public_id(row))


def bounds_of(snapshot: Snapshot, about: Sequence[Placed]) -> Int64:
    """Where places lie in the order of all rows as one number: `order_of` a row is lower for whoever is ahead."""
    ids = np.array([one.person.encode("ascii", "replace") for one in about], snapshot.arrays.public_ids.dtype)
    keys = np.array([one.certain + (0 if one.has_unknown else MET_ALL) for one in about], np.int64)
    return order_of(keys, np.searchsorted(snapshot.arrays.public_ids, ids), len(snapshot))


def order_of(keys: Int64 | Int32, rows: Int64, people: int) -> Int64:
    """The highest key first, of equal keys the first row."""
    return (HIGHEST_KEY - keys) * (people + 1) + rows


def _ahead(snapshot: Snapshot, rows: Int64, keys: Int64 | Int32, about: Sequence[Placed]) -> tuple[int, ...]:
    if not about:
        return ()
    bounds = bounds_of(snapshot, about)
    behind = np.searchsorted(bounds, order_of(keys, rows, len(snapshot)), side="right")
    return tuple(np.cumsum(np.bincount(behind, minlength=len(bounds) + 1))[: len(bounds)].tolist())


def _first(rows: Int64, keys: Int64 | Int32, count: int) -> list[tuple[int, int]]:
    """The `count` rows of highest key, among equal keys the first rows."""
    if not len(rows) or count <= 0:
        return []
    if len(rows) > count:
        histogram = np.bincount(keys, minlength=HIGHEST_KEY)
        from_top = np.cumsum(histogram[::-1])
        least = len(histogram) - 1 - int(np.searchsorted(from_top, count))
        surely = np.flatnonzero(keys > least)
        rest = np.flatnonzero(keys == least)[: count - len(surely)]
        chosen = np.concatenate([surely, rest])
        rows, keys = rows[chosen], keys[chosen]
    order = np.lexsort((rows, -keys))
    return list(zip(rows[order].tolist(), keys[order].tolist(), strict=True))


def _skills(snapshot: Snapshot, question: Question) -> tuple[UInt16, Bits]:
    """Skill points of every row, and two bits per skill: the wanted rank, and one rank lower."""
    total, best = np.zeros(len(snapshot), np.uint16), np.empty(len(snapshot), np.uint16)
    reached = np.zeros(len(snapshot), np.uint32 if len(question.requirements) <= _NARROW else np.uint64)
    for place, requirement in enumerate(question.requirements):
        rows = rows_of(snapshot.arrays.claim_rows, requirement.low, requirement.high)
        # Points ascend from run to run, so what is written last is the best of a person's claims.
        best[rows] = np.repeat(requirement.points, requirement.high - requirement.low)
        total[rows] += best[rows]
        for number, bit in enumerate((REACHES, REACHES_LOWER)):
            saying = _saying(snapshot, requirement, bit)
            reached[saying] |= reached.dtype.type(1 << (2 * place + number))
    return total, reached


def _saying(snapshot: Snapshot, requirement: Requirement, bit: int) -> Int64:
    """The rows of the claims that say something; runs that follow each other are read as one."""
    chosen = np.flatnonzero(requirement.says & np.uint8(bit))
    chosen = chosen[np.argsort(requirement.low[chosen])]
    low, high = requirement.low[chosen], requirement.high[chosen]
    apart = np.append(True, low[1:] != high[:-1])
    ends = np.append(apart[1:], True)
    return rows_of(snapshot.arrays.claim_rows, low[apart[: len(low)]], high[ends[: len(low)]])


def _by_group(reached: Bits, rows: Int64, skills: int) -> Int64:
    """How many of these rows reach what of each group of skills."""
    said, bins = reached.take(rows), 1 << GROUP_BITS
    kind = reached.dtype.type
    groups = [
        np.bincount(said >> kind(place * GROUP_BITS) & kind(bins - 1), minlength=bins)
        for place in range(-(-skills // GROUP))
    ]
    return np.array(groups, np.int64).reshape(-1, bins)
