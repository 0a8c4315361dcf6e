"""A snapshot and a question in the shape that compiled code takes: named tuples of numbers and arrays."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from registry.matching.engine.index.columns import Bool, Int32, Int64, UInt8, UInt16, UInt32
from registry.matching.engine.index.marks import Bits, Marks
from registry.matching.engine.index.numpy_parts import years_run
from registry.matching.engine.index.snapshot import ANYWHERE, REMOTE, Snapshot
from registry.matching.engine.index.terms import REACHES, REACHES_LOWER, Question

SEEN, REACHED = 16, 32
"""What is gathered of a person, below bit 16 the points: a bit per skill that was found, two per skill for the wanted
rank and one rank lower."""

UInt64 = NDArray[np.uint64]


class People(NamedTuple):
    """The columns of a snapshot, and which rows may be seen."""

    visible: Bool
    claims: UInt32
    education: UInt16
    study_owners: UInt32
    study_starts: Int64
    study_kinds: UInt16
    units: Int32
    availability: UInt8
    free_from: Int32
    forms: UInt16
    places: UInt8
    years: UInt8
    years_rows: UInt32
    years_values: UInt8
    language_rows: UInt32
    place_rows: UInt32


class SkillRuns(NamedTuple):
    """Runs of claims, of each skill from the most points down; `seen` is the number of its bit."""

    low: Int64
    high: Int64
    points: UInt64
    seen: UInt64
    bits: UInt64


class Conditions(NamedTuple):
    """`Marks` without proofs."""

    start: Any
    hidden: Any
    low: Any
    claim_low: Int64
    claim_high: Int64
    claim_keep: Bits
    claim_put: Bits
    spoken_low: Int64
    spoken_high: Int64
    spoken_keep: Bits
    spoken_put: Bits
    kinds: Bits
    kinds_mask: Any
    units: Bits
    free_by: Int32
    free_fail: Bits
    free_open: Bits


class ProofRuns(NamedTuple):
    """All `Proofs`: those of number i are the runs from `edges[i]` to before `edges[i + 1]`."""

    start: UInt32
    fail: Bits
    open: Bits
    edges: Int64
    low: Int64
    high: Int64
    keep: UInt32
    put: UInt32


class Parts(NamedTuple):
    """The parts beside skills: tables of points, empty for a part nobody asked for.

    `most_left` is the most that educations and availability can give.
    """

    most_left: int
    by_years: UInt16
    any_years: bool
    years_low: int
    years_high: int
    by_kind: UInt16
    free_points: int
    free_half: int
    free_start: int
    free_late: int
    free_forms: int
    place_points: int
    place_bits: int
    place_low: Int64
    place_high: Int64


class Asks(NamedTuple):
    """What a need asks for at all."""

    skills: bool
    conditions: bool
    something: bool


class Wanted(NamedTuple):
    """Which rows are wanted, and the places asked about as numbers in the order of all rows."""

    minimum: int
    first: int
    bounds: Int64


class Counts(NamedTuple):
    """What is counted: rows by their low bits, first those without points, then those with; by what they reach of each
    group of skills; the ranked; those between the places asked about; those above the minimum."""

    marked: Int64
    reached: Int64
    ranked: Int64
    between: Int64
    above: Int64


def people_of(snapshot: Snapshot, visible: Bool) -> People:
    """All columns as ones that are not written to, as those of files are: one kind to compile for."""
    arrays = snapshot.arrays
    columns = [
        visible, arrays.claim_rows, arrays.education, arrays.study_owners, arrays.study_starts,
        arrays.study_kinds, arrays.units, arrays.availability, arrays.free_from, arrays.forms, arrays.places,
        arrays.years, arrays.years_rows, arrays.years_values, arrays.language_rows, arrays.place_rows,
    ]  # fmt: skip
    return People(*map(_fixed, columns))


def _fixed(column: Any) -> Any:
    view = np.asarray(column).view()
    view.flags.writeable = False
    return view


def skill_runs(question: Question) -> SkillRuns:
    """The runs of all wanted skills."""
    told = question.requirements
    if not told:
        none = np.zeros(0, np.uint64)
        return SkillRuns(np.zeros(0, np.int64), np.zeros(0, np.int64), none, none, none)
    says = np.concatenate([one.says[::-1] for one in told]).astype(np.uint64)
    skill = np.repeat(np.arange(len(told), dtype=np.uint64), [len(one.low) for one in told])
    both = (says & REACHES > 0).astype(np.uint64) | (says & REACHES_LOWER > 0).astype(np.uint64) << np.uint64(
        1
    )
    return SkillRuns(
        low=np.concatenate([one.low[::-1] for one in told]),
        high=np.concatenate([one.high[::-1] for one in told]),
        points=np.concatenate([one.points[::-1] for one in told]).astype(np.uint64),
        seen=skill + np.uint64(SEEN),
        bits=both << (skill * np.uint64(2) + np.uint64(REACHED)),
    )


def conditions_of(marks: Marks) -> Conditions:
    """The conditions beside those on evidence."""
    bit, claims, spoken = marks.dtype, marks.claims, marks.spoken
    return Conditions(
        bit(marks.start), bit(marks.hidden), bit(marks.low), claims.low, claims.high, claims.keep, claims.put,
        spoken.low, spoken.high, spoken.keep, spoken.put, marks.kinds, bit(marks.kinds_mask), marks.units,
        marks.free_by, marks.free_fail, marks.free_open,
    )  # fmt: skip


def proofs_of(marks: Marks) -> ProofRuns:
    """The conditions on evidence."""
    told, nothing = marks.proofs, np.zeros(0, np.int64)
    return ProofRuns(
        start=np.array([one.start for one in told], np.uint32),
        fail=np.array([one.fail for one in told], marks.dtype),
        open=np.array([one.open for one in told], marks.dtype),
        edges=np.cumsum([0, *(len(one.runs.low) for one in told)]),
        low=np.concatenate([nothing, *(one.runs.low for one in told)]),
        high=np.concatenate([nothing, *(one.runs.high for one in told)]),
        keep=np.concatenate([nothing.astype(np.uint32), *(one.runs.keep for one in told)]),
        put=np.concatenate([nothing.astype(np.uint32), *(one.runs.put for one in told)]),
    )


def parts_of(question: Question, snapshot: Snapshot) -> Parts:
    """The parts beside skills."""
    experience, free, place = question.experience, question.availability, question.place
    nothing = np.zeros(0, np.uint16)
    by_years = nothing if experience is None else experience.points
    by_kind = nothing if question.education is None else question.education
    low, high = (0, 0) if experience is None else years_run(snapshot, experience.key)
    starts = snapshot.arrays.place_starts
    keys = np.array([] if place is None else place.keys, np.int64)
    return Parts(
        most_left=int(by_kind.max(initial=0)) + (0 if free is None else free.points),
        by_years=by_years,
        any_years=experience is not None and experience.key is None,
        years_low=low,
        years_high=high,
        by_kind=by_kind,
        free_points=0 if free is None else free.points,
        free_half=0 if free is None else free.half,
        free_start=0 if free is None else free.start,
        free_late=0 if free is None else free.late,
        free_forms=0 if free is None else free.forms,
        place_points=0 if place is None else place.points,
        place_bits=ANYWHERE | (REMOTE if place is not None and place.is_remote else 0),
        place_low=starts[keys],
        place_high=starts[keys + 1],
    )
