"""What a snapshot is built from: the facts of everybody as plain columns, read from the tables in one go.

Days are proleptic ordinals (`date.toordinal`), 0 where nothing was said. Words are numbers into the lists of
`Words`. A `person` column holds row ids of the person table. No name, no contact and no protected attribute
has a column.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Int8 = NDArray[np.int8]
UInt8 = NDArray[np.uint8]
UInt16 = NDArray[np.uint16]
Int32 = NDArray[np.int32]
UInt32 = NDArray[np.uint32]
Int64 = NDArray[np.int64]
Bool = NDArray[np.bool_]
Ids = NDArray[np.bytes_]

NOT_STATED = -1
"""Of ranks, fields and words."""


@dataclass(frozen=True)
class Words:
    """The lists that numbers in columns point into."""

    unit_paths: tuple[str, ...]
    organisation_paths: tuple[str, ...]
    fields: tuple[str, ...]
    groups: tuple[str, ...]
    languages: tuple[str, ...]
    forms: tuple[str, ...]


@dataclass(frozen=True)
class People:
    """Everybody who may be matched by somebody. `appears_on` is the day a pause ends, 0 for nobody paused.

    A `unit` of NOT_STATED has no path.
    """

    row_id: Int64
    public_id: Ids
    unit: Int32
    organisation: Int32
    appears_on: Int32


@dataclass(frozen=True)
class Claims:
    """Confirmed current skill claims: rank 0…6 or NOT_STATED, evidence as strength 0…4 on any day up to `until`.

    From the day after `until` the strength is that of expired evidence.
    """

    person: Int64
    skill: Int32
    rank: Int8
    strength: UInt8
    until: Int32


@dataclass(frozen=True)
class Posts:
    """Periods of work: the last day they may have begun, the first they may have ended."""

    person: Int64
    field: Int32
    group: Int32
    start_latest: Int32
    end_earliest: Int32
    is_ongoing: Bool


@dataclass(frozen=True)
class Studies:
    """Completed educations, with the day they are earned."""

    person: Int64
    rank: Int8
    field: Int32
    group: Int32
    finished_on: Int32


@dataclass(frozen=True)
class Tongues:
    """Languages with rank 0…6 or NOT_STATED."""

    person: Int64
    language: Int32
    rank: Int8


@dataclass(frozen=True)
class Statements:
    """The current statement about being free: a bit per form of work, and the end of a pause that is or was.

    `stops_on` is the first day it counts as not stated, because it is too old by then.
    """

    person: Int64
    is_available: Bool
    free_from: Int32
    forms: UInt16
    stops_on: Int32


@dataclass(frozen=True)
class Places:
    """Places of work accepted: a unit path, or anywhere, or remote (`unit` is then NOT_STATED)."""

    person: Int64
    unit: Int32
    is_anywhere: Bool
    is_remote: Bool


@dataclass(frozen=True)
class Columns:
    """One consistent read of all of it.

    `current_skill` maps the ids of merged concepts to what they became; two claims of one person that meet
    there cannot be told apart by the index, so that person is left to the reference.
    """

    words: Words
    people: People
    claims: Claims
    posts: Posts
    studies: Studies
    tongues: Tongues
    statements: Statements
    places: Places
    current_skill: dict[int, int]
