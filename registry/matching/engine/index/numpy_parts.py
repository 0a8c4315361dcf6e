"""The parts beside skills over numpy arrays, for the rows where they matter."""

import numpy as np

from registry.matching.engine.index.answer import Wish
from registry.matching.engine.index.columns import Bool, Int32, Int64, UInt16
from registry.matching.engine.index.snapshot import ANYWHERE, AVAILABLE, REMOTE, Snapshot
from registry.matching.engine.index.terms import Availability, Experience, Place, Question

_TRIED = 20
"""For each row that is wanted so many are added up first, to know what the others have to reach."""


def add_parts(
    snapshot: Snapshot, question: Question, rows: Int64, keys: Int32, wish: Wish
) -> tuple[Int64, Int32]:
    """The rows with all their points in their keys, without those that cannot be among the first.

    Nobody is left out while more is asked than the first rows.
    """
    keys = keys + _years(snapshot, question.experience, rows) + _place(snapshot, question.place, rows)
    if not wish.minimum and not wish.about:
        kept = _within_reach(snapshot, question, rows, keys, wish.count)
        rows, keys = rows[kept], keys[kept]
    return rows, keys + _dear(snapshot, question, rows)


def _within_reach(
    snapshot: Snapshot, question: Question, rows: Int64, keys: Int32, count: int
) -> Bool | slice:
    """Who with the most points that are still open would not stay behind the last row wanted."""
    if not count:
        return slice(0, 0)
    tried = _TRIED * count
    if len(rows) <= tried:
        return slice(None)
    best = np.argpartition(keys, len(keys) - tried)[-tried:]
    told = keys[best] + _dear(snapshot, question, rows[best])
    least = np.partition(told, tried - count)[tried - count]
    return keys + np.int32(_most(question)) >= least


def _most(question: Question) -> int:
    """The most points that education and availability can give."""
    studies, free = question.education, question.availability
    return (0 if studies is None else int(studies.max(initial=0))) + (0 if free is None else free.points)


def _dear(snapshot: Snapshot, question: Question, rows: Int64) -> Int32:
    """Points of education and availability."""
    points = np.zeros(len(rows), np.int32)
    if question.education is not None:
        points += best_study(snapshot, question.education, rows)
    if question.availability is not None:
        points += _availability(snapshot, question.availability, rows)
    return points


def _years(snapshot: Snapshot, wanted: Experience | None, rows: Int64) -> Int32:
    """Points by certain whole years in the field asked for."""
    if wanted is None:
        return np.zeros(len(rows), np.int32)
    arrays, points = snapshot.arrays, wanted.points.astype(np.int32)
    if wanted.key is None:
        return points.take(arrays.years.take(rows))
    low, high = years_run(snapshot, wanted.key)
    years = np.zeros(len(snapshot), np.uint8)
    years[arrays.years_rows[low:high]] = arrays.years_values[low:high]
    return points.take(years.take(rows))


def years_run(snapshot: Snapshot, key: int | None) -> tuple[int, int]:
    """The run of postings with the years in a field; an empty one for a field nobody has worked in."""
    starts = snapshot.arrays.years_starts
    if key is None or not 0 <= key < len(starts) - 1:
        return 0, 0
    return int(starts[key]), int(starts[key + 1])


def _place(snapshot: Snapshot, wanted: Place | None, rows: Int64) -> Int32:
    """All points for whoever said a unit that contains the workplace is accepted, or anywhere."""
    if wanted is None:
        return np.zeros(len(rows), np.int32)
    bits = ANYWHERE | (REMOTE if wanted.is_remote else 0)
    accepted = np.zeros(len(snapshot), np.uint8)
    for key in wanted.keys:
        accepted[snapshot.accepted.of(key)] = 1
    is_accepted = (snapshot.arrays.places.take(rows) & np.uint8(bits)) | accepted.take(rows)
    return np.multiply(is_accepted > 0, np.int32(wanted.points), dtype=np.int32)


def best_study(snapshot: Snapshot, by_kind: UInt16, rows: Int64) -> UInt16:
    """The highest points of each row among its educations."""
    arrays = snapshot.arrays
    best = by_kind.take(arrays.education.take(rows))
    owners = arrays.study_owners
    if len(owners):
        places = np.minimum(np.searchsorted(owners, rows), len(owners) - 1)
        has_more = np.flatnonzero(owners[places] == rows)
        owned = places[has_more]
        further = _most_of_runs(by_kind, arrays.study_kinds, arrays.study_starts, owned)
        best[has_more] = np.maximum(best[has_more], further)
    return best


def _most_of_runs(by_kind: UInt16, kinds: UInt16, starts: Int64, owned: Int64) -> UInt16:
    """The highest points of each of these runs of kinds; a run is never empty."""
    first, after = starts[owned], starts[owned + 1]
    most = by_kind.take(kinds.take(first))
    for further in range(1, int((after - first).max(initial=0))):
        place = np.minimum(first + further, after - 1)
        most = np.maximum(most, by_kind.take(kinds.take(place)))
    return most


def _availability(snapshot: Snapshot, wanted: Availability, rows: Int64) -> Int32:
    """All by the start, half until late, none later or when no day was said; a wanted form has to be shared."""
    arrays = snapshot.arrays
    free = arrays.availability.take(rows) == AVAILABLE
    if wanted.forms:
        free &= (arrays.forms.take(rows) & np.uint16(wanted.forms)) > 0
    if not wanted.start:
        return np.multiply(free, np.int32(wanted.points), dtype=np.int32)
    day = arrays.free_from.take(rows)
    known = free & (day > 0)
    points = np.where(known & (day <= wanted.late), np.int32(wanted.half), np.int32(0))
    return np.where(known & (day <= wanted.start), np.int32(wanted.points), points)
