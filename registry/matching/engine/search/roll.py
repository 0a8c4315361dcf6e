"""The roll: everybody who may be searched, as what a search asks of them on one day, in arrays that never change.

People stand in the order of their public ids, which stand nowhere. Whoever changed since is masked and asked of the database.
"""

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from registry.matching.engine.lookup import rows_with
from registry.matching.engine.search import masks
from registry.matching.engine.search.columns import Bool, Int64, Numbers, RollWords
from registry.matching.engine.search.masks import Mask

UInt32 = NDArray[np.uint32]

RANKS = 8
"""Ranks 0…6, and 7 for a level that is not stated."""
NO_LEVEL = 7
UNPROVED, ATTACHED, VERIFIED = range(3)
PROOFS = 3
SEPARATOR = b"\n"
"""Between headlines, each of which stands between two spaces; no folded text holds it."""


def bucket(key: int, proof: int, rank: int) -> int:
    """The place of a claim: concept or language × proof × rank."""
    return (key * PROOFS + proof) * RANKS + rank


def ranks_from(rank: int | None) -> tuple[int, int]:
    """The ranks that count (first, one behind the last): at least so much; without a rank all but «không có»."""
    return (1, RANKS) if rank is None else (rank, NO_LEVEL)


@dataclass(frozen=True)
class Lists:
    """Row numbers by key: the rows of key k are `rows[starts[k]:starts[k + 1]]`, ascending."""

    starts: Int64
    rows: UInt32

    def __len__(self) -> int:
        return len(self.starts) - 1

    def of(self, key: int, after: int | None = None) -> UInt32:
        """The rows of one key, or of all from it to the one before `after`; none for keys nobody had."""
        last = key + 1 if after is None else after
        return (
            self.rows[self.starts[key] : self.starts[last]] if 0 <= key < last <= len(self) else self.rows[:0]
        )

    def claimed(self, key: int, rank: int | None) -> Iterator[tuple[int, UInt32]]:
        """Who claims a concept or language with at least this rank, proof by proof."""
        first, after = ranks_from(rank)
        for proof in range(PROOFS):
            yield proof, self.of(bucket(key, proof, first), bucket(key, proof, after))


@dataclass(frozen=True)
class RollArrays:
    """The arrays of a roll, one value a row unless said otherwise.

    `named` and `options` are sets of rows (see `masks`), one a row of `options`. `by_place` are the rows in the
    order of a list without wanted skills, `by_row_id` in that of row ids. `first_days` are ordinals, 0 for none,
    `stated_years` −1 for none. `claim_…` and `language_…` are lists by `bucket`, `study_…` by field; `held_…` the
    words that the person of each row has: concepts and languages (none of rank 0) and fields, numbered one after
    the other. `headline_text` holds every different headline once.
    """

    row_ids: Numbers
    by_row_id: UInt32
    units: Numbers
    organisations: Numbers
    homes: Numbers
    countries: Numbers
    named: Mask
    by_place: UInt32
    first_days: Numbers
    stated_years: Numbers
    options: Mask
    claim_starts: Int64
    claim_rows: UInt32
    held_starts: UInt32
    held_words: Numbers
    language_starts: Int64
    language_rows: UInt32
    study_starts: Int64
    study_rows: UInt32
    headlines: Numbers
    headline_starts: UInt32
    headline_text: NDArray[np.uint8]

    @property
    def size(self) -> int:
        """Bytes of all arrays."""
        return sum(getattr(self, one.name).nbytes for one in fields(self))


@dataclass(frozen=True)
class Roll:
    """Arrays and the lists their numbers point into; and sets of rows `kept` for the next question, under any key."""

    words: RollWords
    arrays: RollArrays
    kept: dict[Hashable, Mask] = field(default_factory=dict[Hashable, Mask], compare=False, repr=False)

    def __len__(self) -> int:
        return len(self.arrays.row_ids)

    @property
    def claims(self) -> Lists:
        """Rows by `bucket` of concepts."""
        return Lists(self.arrays.claim_starts, self.arrays.claim_rows)

    @property
    def languages(self) -> Lists:
        """Rows by `bucket` of languages."""
        return Lists(self.arrays.language_starts, self.arrays.language_rows)

    @property
    def studies(self) -> Lists:
        """Rows by the number of a field in which they completed a degree."""
        return Lists(self.arrays.study_starts, self.arrays.study_rows)

    @property
    def concepts(self) -> int:
        """How many concepts there are lists for, also empty ones."""
        return len(self.claims) // (PROOFS * RANKS)

    @property
    def held_kinds(self) -> int:
        """How many different held words there may be."""
        return self.concepts + len(self.words.languages) + len(self.words.fields)

    # --- what everybody together has, worked out when first asked for -------------------------------------

    @cached_property
    def held_totals(self) -> Int64:
        """People by held word."""
        return np.bincount(self.arrays.held_words, minlength=self.held_kinds)

    @cached_property
    def option_totals(self) -> Int64:
        """People by option of the closed facets."""
        return np.array(
            masks.counts_of(self.arrays.options, ~np.zeros_like(self.arrays.options[0])), np.int64
        )

    @cached_property
    def country_totals(self) -> Int64:
        """People by number of the country they live in."""
        return per_word(self.arrays.countries, len(self.words.countries))

    @cached_property
    def unit_totals(self) -> Int64:
        """People by number of the unit whose office keeps the record."""
        return per_word(self.arrays.units, len(self.words.unit_paths))

    def place_of(self, row: int) -> int:
        """Where a row stands in the order of names."""
        return int(np.flatnonzero(self.arrays.by_place == row)[0])

    def rows_of(self, row_ids: Int64) -> UInt32:
        """The rows of these people, as far as the roll holds them."""
        return rows_with(row_ids, self.arrays.row_ids, self.arrays.by_row_id)

    # --- sets of rows ---------------------------------------------------------------------------------

    def option(self, facet: str, option: str) -> Mask:
        """The people of one option of a closed facet."""
        return self.arrays.options[self.words.option_places[f"{facet}:{option}"]]

    def in_unit(self, path: str) -> Mask:
        """Whose record an office of this unit or below keeps."""
        return masks.of_flags(_begin(self.words.unit_paths, path)[self.arrays.units])

    def living_in(self, path: str) -> Mask:
        """Who lives in this unit or below."""
        return masks.of_flags(_begin(self.words.homes, path)[self.arrays.homes])

    def in_country(self, code: str) -> Mask:
        """Who lives in this country."""
        return masks.of_flags(_which(self.words.countries, code.__eq__)[self.arrays.countries])

    def studied(self, code: str) -> Mask:
        """Who completed a degree in this field."""
        words = self.words.fields
        return masks.of_rows(self.studies.of(words.index(code) if code in words else -1), len(self))

    def within(self, scopes: Sequence[tuple[str, str]]) -> Mask:
        """Who is inside one of these (unit path, organisation path) scopes."""
        if ("", "") in scopes:
            return masks.of_flags(np.ones(len(self), np.bool_))
        seen = np.zeros(len(self), np.bool_)
        for unit_path, organisation_path in scopes:
            units = _begin(self.words.unit_paths, unit_path)
            offices = _begin(self.words.organisation_paths, organisation_path)
            seen |= units[self.arrays.units] & offices[self.arrays.organisations]
        return masks.of_flags(seen)

    def worked(self, first: tuple[int, int], stated: tuple[int, int]) -> Mask:
        """Whose first day of work lies in a range; of people without one, whose stated years do. Ends included."""
        day, years = self.arrays.first_days, self.arrays.stated_years
        dated = (day >= first[0]) & (day <= first[1])
        told = (years >= stated[0]) & (years <= stated[1]) & (years >= 0)
        return masks.of_flags(np.where(day > 0, dated, told))

    def headlines_with(self, phrase: str) -> Bool:
        """Which headlines hold a folded phrase as whole words, by number; each is looked at once."""
        starts = self.arrays.headline_starts
        text, wanted = self.arrays.headline_text.tobytes(), f" {phrase} ".encode()
        at, hits = text.find(wanted), list[int]()
        while at >= 0:
            hits.append(at)
            at = text.find(wanted, at + len(wanted))
        found = np.zeros(len(starts), np.bool_)
        found[np.searchsorted(starts, np.array(hits, np.int64), side="right") - 1] = True
        return found

    def headed(self, phrase: str) -> Mask:
        """Whose headline holds a folded phrase."""
        return masks.of_flags(self.headlines_with(phrase)[self.arrays.headlines])


def per_word(numbers: Numbers, words: int) -> Int64:
    """How often each word is meant by some numbers; −1 means none."""
    return np.bincount(numbers.astype(np.int64) + 1, minlength=words + 1)[1:]


def _begin(words: Sequence[str], prefix: str) -> Bool:
    """Which words begin so; the last answer is for those who have no word, which the number −1 leads to."""
    return np.array([*(word.startswith(prefix) for word in words), not prefix], np.bool_)


def _which(words: Sequence[str], holds: Callable[[str], Any]) -> Bool:
    return np.array([*(bool(holds(word)) for word in words), False], np.bool_)
