"""What a roll is built from: the facts a search asks of, as plain columns read from the tables in one go.

Days are proleptic ordinals, 0 where nothing was said. A `person` column holds row ids of the person table.
States are numbers into `EVIDENCE` and `FREEDOM`. The only texts are headlines, which a search may look into.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from registry.people.rules import AvailabilityState, EvidenceState

Bool = NDArray[np.bool_]
Ids = NDArray[np.bytes_]
Int64 = NDArray[np.int64]
Numbers = NDArray[np.integer]
"""Numbers as narrow as they may be."""

EVIDENCE = tuple(EvidenceState)
FREEDOM = tuple(AvailabilityState)
NOT_STATED = -1
"""Of words and numbers."""


@dataclass(frozen=True)
class RollWords:
    """The lists that numbers point into. `options` are those of the closed facets, as «facet:option»."""

    unit_paths: tuple[str, ...]
    organisation_paths: tuple[str, ...]
    homes: tuple[str, ...]
    countries: tuple[str, ...]
    languages: tuple[str, ...]
    fields: tuple[str, ...]
    options: tuple[str, ...]

    @cached_property
    def option_places(self) -> Mapping[str, int]:
        """Where each option stands among `options`."""
        return {option: place for place, option in enumerate(self.options)}


@dataclass(frozen=True)
class Recorded:
    """Everybody who may be searched.

    `place` is their order in a list without wanted skills, 0, 1, 2 …, different for everybody. `headline` is a
    number into the headlines; `home` and `country` say where they live.
    """

    row_id: Int64
    public_id: Ids
    place: Int64
    is_named: Bool
    unit: Int64
    organisation: Int64
    home: Int64
    country: Int64
    stated_years: Int64
    confirmed_on: Int64
    headline: Int64


@dataclass(frozen=True)
class Claimed:
    """Current claims on a concept or a language (`key`, NOT_STATED for a word that is no concept yet)."""

    person: Int64
    key: Int64
    rank: Int64
    state: Int64
    until: Int64


@dataclass(frozen=True)
class Studied:
    """Educations, also those that are not completed: they have evidence, but neither degree nor field counts."""

    person: Int64
    rank: Int64
    field: Int64
    state: Int64
    until: Int64
    is_completed: Bool


@dataclass(frozen=True)
class Facets:
    """Kinds of people and titles (numbers of options, NOT_STATED for none), each to its last day."""

    person: Int64
    kind: Int64
    title: Int64
    valid_to: Int64


@dataclass(frozen=True)
class Freedom:
    """The current statement about being free."""

    person: Int64
    state: Int64
    from_on: Int64
    paused_until: Int64


@dataclass(frozen=True)
class Begun:
    """The first dated day of work of those who have one."""

    person: Int64
    first_on: Int64


@dataclass(frozen=True)
class RollColumns:
    """One consistent read of all of it."""

    words: RollWords
    headlines: tuple[str, ...]
    people: Recorded
    skills: Claimed
    languages: Claimed
    studies: Studied
    facets: Facets
    freedom: Freedom
    begun: Begun
