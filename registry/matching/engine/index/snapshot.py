"""The snapshot: everybody's facts as they count on one day, in arrays that nothing ever changes.

People stand in the order of their public ids, so a row number is also the last tie-breaker of a ranking.
Whoever the arrays cannot say exactly is left to the reference: rows that are `irregular`, and rows whose
facts change by themselves between the day of the snapshot and the day asked (`flips`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from functools import cached_property

import numpy as np

from registry.matching.engine.facts import Field
from registry.matching.engine.index.columns import (
    Bool,
    Ids,
    Int32,
    Int64,
    UInt8,
    UInt16,
    UInt32,
    Words,
)
from registry.matching.engine.lookup import rows_with
from registry.matching.engine.search.roll import Roll

HORIZON_DAYS = 3
"""How long after its day a snapshot can be asked; whose facts change on which of these days is in `flips`."""

RANKS = 8  # ranks 0…6, and 7 for a level that is not stated
STRENGTHS = 5
LEVEL_NOT_STATED = 7

STATED, ANYWHERE, REMOTE = 1, 2, 4
"""Bits of `places`."""

AVAILABLE, NOT_AVAILABLE = 1, 2
"""Values of `availability`; 0 is not stated."""


def bucket(skill: int, rank: int, strength: int) -> int:
    """The place of a claim: concept × rank × evidence."""
    return (skill * RANKS + rank) * STRENGTHS + strength


@dataclass(frozen=True)
class Postings:
    """Row numbers by key: the rows of key k are `rows[starts[k]:starts[k + 1]]`, ascending."""

    starts: Int64
    rows: UInt32

    @property
    def keys(self) -> int:
        """How many keys there are."""
        return len(self.starts) - 1

    def of(self, key: int) -> UInt32:
        """The rows of one key; none for a key nobody had when the snapshot was made."""
        if not 0 <= key < self.keys:
            return self.rows[:0]
        return self.rows[self.starts[key] : self.starts[key + 1]]


@dataclass(frozen=True)
class EducationKind:
    """One way to be educated, as the formula sees it: rank and field, None where not stated."""

    rank: int | None
    field: str | None
    group: str | None

    @property
    def held_field(self) -> Field | None:
        """The field as the formula is given it."""
        return None if self.group is None and self.field is None else Field(self.field, self.group)


@dataclass(frozen=True)
class EducationTable:
    """The ways to be educated taken apart: the ranks and the fields there are, and which of them each kind has."""

    ranks: tuple[int | None, ...]
    fields: tuple[Field | None, ...]
    rank_of: Int64
    field_of: Int64

    @staticmethod
    def of(kinds: Sequence[EducationKind]) -> "EducationTable":
        """These kinds in their order."""
        ranks = {one: place for place, one in enumerate(dict.fromkeys(kind.rank for kind in kinds))}
        fields = {one: place for place, one in enumerate(dict.fromkeys(kind.held_field for kind in kinds))}
        return EducationTable(
            tuple(ranks),
            tuple(fields),
            np.array([ranks[kind.rank] for kind in kinds], np.int64),
            np.array([fields[kind.held_field] for kind in kinds], np.int64),
        )


@dataclass(frozen=True)
class Arrays:
    """The arrays of a snapshot, one value a row unless said otherwise.

    `by_row_id` are the rows in the order of their row ids. `years` are certain whole years of work in any
    field, at most 255; `years_keys` lead to rows and `years_values` per field (groups first, then fields).
    `education` is the number of a kind, 0 for none; who has more than one stands in `study_owners` too, with
    all further kinds in a run of `study_kinds`. `free_from` is an ordinal, 0 for not said.
    """

    public_ids: Ids
    row_ids: Int64
    by_row_id: UInt32
    units: Int32
    organisations: Int32
    usable: Bool
    flips: UInt8
    irregular: UInt32
    claim_starts: Int64
    claim_rows: UInt32
    years: UInt8
    years_starts: Int64
    years_rows: UInt32
    years_values: UInt8
    education: UInt16
    study_owners: UInt32
    study_starts: Int64
    study_kinds: UInt16
    language_starts: Int64
    language_rows: UInt32
    availability: UInt8
    free_from: Int32
    forms: UInt16
    places: UInt8
    place_starts: Int64
    place_rows: UInt32

    @property
    def size(self) -> int:
        """Bytes of all arrays."""
        return sum(getattr(self, field.name).nbytes for field in fields(self))


@dataclass(frozen=True)
class Snapshot:
    """Arrays, the lists their numbers point into, the day they are for and the change they reach up to.

    `change` is the number of the newest change of the registry that the arrays know of. `roll` is made from the
    same read, for searches of the same day.
    """

    version: str
    as_of: date
    change: int
    words: Words
    education_kinds: tuple[EducationKind, ...]
    arrays: Arrays
    roll: Roll | None = None

    def __len__(self) -> int:
        return len(self.arrays.row_ids)

    @property
    def claims(self) -> Postings:
        """Rows by `bucket`."""
        return Postings(self.arrays.claim_starts, self.arrays.claim_rows)

    @property
    def languages(self) -> Postings:
        """Rows by language × rank."""
        return Postings(self.arrays.language_starts, self.arrays.language_rows)

    @property
    def accepted(self) -> Postings:
        """Rows by the number of an accepted unit path."""
        return Postings(self.arrays.place_starts, self.arrays.place_rows)

    @cached_property
    def education_table(self) -> EducationTable:
        """The kinds of education, made ready once for all needs."""
        return EducationTable.of(self.education_kinds)

    def public_id(self, row: int) -> str:
        """The opaque id of the person in a row."""
        return bytes(self.arrays.public_ids[row]).decode("ascii")

    def row_of(self, public_id: str) -> int | None:
        """The row of a person, None for somebody the snapshot does not hold."""
        wanted = public_id.encode("ascii", "replace")
        place = int(np.searchsorted(self.arrays.public_ids, wanted))
        return place if place < len(self) and bytes(self.arrays.public_ids[place]) == wanted else None

    def rows_of(self, row_ids: Int64) -> UInt32:
        """The rows of these people, as far as the snapshot holds them."""
        return rows_with(row_ids, self.arrays.row_ids, self.arrays.by_row_id)

    def can_answer(self, day: date) -> bool:
        """Whether the day asked is one the snapshot knows about."""
        return 0 <= (day - self.as_of).days <= HORIZON_DAYS

    def rows_left(self, day: date) -> UInt32:
        """The rows the reference has to score on a day, beside those that changed since."""
        offset = (day - self.as_of).days
        flipped = (self.arrays.flips > 0) & (self.arrays.flips <= offset)
        return np.union1d(self.arrays.irregular, np.flatnonzero(flipped).astype(np.uint32))
