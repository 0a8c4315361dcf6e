"""The kernel over numpy arrays: every row the viewer may see against one question, bit-equal to the reference."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from registry.matching.engine.index.answer import Answer, Placed, Tally, Wish
from registry.matching.engine.index.columns import Bool, Int64, UInt8, UInt16
from registry.matching.engine.index.snapshot import ANYWHERE, AVAILABLE, REMOTE, Snapshot
from registry.matching.engine.index.terms import (
    DENIED,
    FAIL,
    MET,
    OPEN,
    PASS,
    REACHES,
    REACHES_LOWER,
    Availability,
    Available,
    Essential,
    Experience,
    Judged,
    Place,
    Question,
    Requirement,
    Spoken,
    Test,
)

Number = TypeVar("Number", np.uint8, np.uint16)

HIGHEST_KEY = 20_001
"""Certain points (at most 10,000), and above all of them those of people who meet everything."""
MET_ALL = 10_001


def answer(snapshot: Snapshot, question: Question, visible: Bool, wish: Wish) -> Answer:
    """The counts over all visible rows, and the rows wished for."""
    points, says = _skills(snapshot, question)
    enough = points > 0 if question.asks_for_skills else np.ones(len(snapshot), np.bool_)
    for part in _other_parts(snapshot, question):
        points += part
    verdicts = [(test.key, _verdict(test, snapshot, says)) for test in question.tests]
    failures = np.zeros(len(snapshot), np.uint8)
    unknown = np.zeros(len(snapshot), np.bool_)
    for _key, verdict in verdicts:
        failures += verdict == FAIL
        unknown |= verdict == OPEN
    kept = visible & (failures == 0)
    ranked = kept & enough if question.asks_for_something else np.zeros(len(snapshot), np.bool_)
    excluded = {key: _count((verdict == FAIL) & visible) for key, verdict in verdicts}
    alone = (failures == 1) & enough & visible if question.asks_for_something else ranked
    rows = np.flatnonzero(ranked)
    keys = points[rows].astype(np.int64) + np.where(unknown[rows], 0, MET_ALL)
    above = points[rows] >= wish.minimum
    tally = Tally(
        considered=_count(visible),
        not_enough_data=_count(kept & ~enough),
        excluded_people=_count(visible) - _count(kept),
        ranked=len(rows),
        at_least=_count(above),
        ahead=_ahead(snapshot, rows, keys, wish.about),
        excluded={key: number for key, number in sorted(excluded.items()) if number},
        relaxations={
            key: _count((verdict == FAIL) & alone)
            for key, verdict in sorted(verdicts, key=lambda one: one[0])
            if excluded[key]
        },
        reach=tuple(_count(ranked & (said & REACHES > 0)) for said in says),
        more_one_rank_lower=tuple(
            _count(ranked & (said & (REACHES | REACHES_LOWER) == REACHES_LOWER)) for said in says
        ),
    )
    first = _first(rows[above], keys[above], wish.count)
    return Answer(tally, tuple(placed(snapshot, row, key) for row, key in first))


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


def order_of(keys: Int64, rows: Int64, people: int) -> Int64:
    """The highest key first, of equal keys the first row."""
    return (HIGHEST_KEY - keys) * (people + 1) + rows


def _ahead(snapshot: Snapshot, rows: Int64, keys: Int64, about: Sequence[Placed]) -> tuple[int, ...]:
    if not about:
        return ()
    bounds = bounds_of(snapshot, about)
    behind = np.searchsorted(bounds, order_of(keys, rows, len(snapshot)), side="right")
    return tuple(np.cumsum(np.bincount(behind, minlength=len(bounds) + 1))[: len(bounds)].tolist())


def _first(rows: Int64, keys: Int64, count: int) -> list[tuple[int, int]]:
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


def _skills(snapshot: Snapshot, question: Question) -> tuple[UInt16, list[UInt8]]:
    """Skill points of every row, and per requirement what the claims of every row say together."""
    total = np.zeros(len(snapshot), np.uint16)
    says: list[UInt8] = []
    for requirement in question.requirements:
        points, said = _requirement(snapshot, requirement)
        total += points
        says.append(said)
    return total, says


def _requirement(snapshot: Snapshot, requirement: Requirement) -> tuple[UInt16, UInt8]:
    """Points ascend from slice to slice, so what is written last is the best of a person's claims."""
    points = np.zeros(len(snapshot), np.uint16)
    said = np.zeros(len(snapshot), np.uint8)
    postings = snapshot.arrays.claim_rows
    for one in requirement.slices:
        rows = postings[one.low : one.high]
        points[rows] = one.points
        if one.says:
            said[rows] |= np.uint8(one.says)
    return points, said


def _other_parts(snapshot: Snapshot, question: Question) -> Iterable[UInt16]:
    if question.experience is not None:
        yield question.experience.points[years_of(snapshot, question.experience)]
    if question.education is not None:
        yield best_study(snapshot, question.education)
    if question.availability is not None:
        yield _availability(snapshot, question.availability)
    if question.place is not None:
        yield _place(snapshot, question.place)


def years_of(snapshot: Snapshot, wanted: Experience) -> UInt8:
    """Certain whole years of every row in the field asked for."""
    arrays = snapshot.arrays
    if wanted.key is None:
        return arrays.years
    years = np.zeros(len(snapshot), np.uint8)
    if 0 <= wanted.key < len(arrays.years_starts) - 1:
        low, high = arrays.years_starts[wanted.key : wanted.key + 2]
        years[arrays.years_rows[low:high]] = arrays.years_values[low:high]
    return years


def _availability(snapshot: Snapshot, wanted: Availability) -> UInt16:
    arrays = snapshot.arrays
    free = arrays.availability == AVAILABLE
    if wanted.forms:
        free &= (arrays.forms & np.uint16(wanted.forms)) > 0
    if not wanted.start:
        return np.where(free, wanted.points, 0).astype(np.uint16)
    known = free & (arrays.free_from > 0)
    points = np.where(known & (arrays.free_from <= wanted.late), wanted.half, 0)
    return np.where(known & (arrays.free_from <= wanted.start), wanted.points, points).astype(np.uint16)


def _place(snapshot: Snapshot, wanted: Place) -> UInt16:
    bits = ANYWHERE | (REMOTE if wanted.is_remote else 0)
    is_accepted = (snapshot.arrays.places & np.uint8(bits)) | accepted_rows(snapshot, wanted)
    return np.where(is_accepted, wanted.points, 0).astype(np.uint16)


def accepted_rows(snapshot: Snapshot, wanted: Place) -> UInt8:
    """1 for the rows of people who said they accept a unit that contains the workplace."""
    rows = np.zeros(len(snapshot), np.uint8)
    for key in wanted.keys:
        rows[snapshot.accepted.of(key)] = 1
    return rows


def _verdict(test: Test, snapshot: Snapshot, says: list[UInt8]) -> UInt8:
    """The verdict of every row on one condition."""
    match test:
        case Essential():
            said = says[test.requirement]
            return np.where(said & MET, PASS, np.where(said & DENIED, FAIL, OPEN)).astype(np.uint8)
        case Judged():
            return _judged(test, snapshot)
        case Spoken():
            return spoken_verdicts(test, snapshot)
        case Available():
            return _available(test, snapshot)
        case _:
            return _proved([says[place] for place in test.requirements], test.bit, len(snapshot))


def _judged(test: Judged, snapshot: Snapshot) -> UInt8:
    if test.kind == "unit":
        return test.verdicts[snapshot.arrays.units]
    return best_study(snapshot, test.verdicts)


def best_study(snapshot: Snapshot, by_kind: NDArray[Number]) -> NDArray[Number]:
    """The highest value of every row among its educations, by a table of kinds."""
    arrays = snapshot.arrays
    best = by_kind[arrays.education]
    if len(arrays.study_owners):
        more = np.maximum.reduceat(by_kind[arrays.study_kinds], arrays.study_starts[:-1])
        owners = arrays.study_owners
        best[owners] = np.maximum(best[owners], more)
    return best


def spoken_verdicts(test: Spoken, snapshot: Snapshot) -> UInt8:
    """The verdict of every row on a condition on a language."""
    verdicts = np.full(len(snapshot), OPEN, np.uint8)
    for keys, verdict in ((test.denied, FAIL), (test.met, PASS)):
        for key in keys:
            verdicts[snapshot.languages.of(key)] = verdict
    return verdicts


def _available(test: Available, snapshot: Snapshot) -> UInt8:
    arrays = snapshot.arrays
    free = arrays.availability == AVAILABLE
    by_then = np.where(arrays.free_from <= test.by, PASS, FAIL)
    verdicts = np.where(arrays.free_from > 0, by_then, OPEN)
    return np.where(free, verdicts, np.where(arrays.availability > 0, FAIL, OPEN)).astype(np.uint8)


def _proved(says: list[UInt8], bit: int, rows: int) -> UInt8:
    """Reached without that evidence is not met; not reached is open; without an essential skill all is well."""
    verdict = np.full(rows, PASS, np.uint8)
    for said in says:
        verdict[(said & MET) == 0] = OPEN
    for said in says:
        verdict[((said & MET) > 0) & ((said & bit) == 0)] = FAIL
    return verdict
