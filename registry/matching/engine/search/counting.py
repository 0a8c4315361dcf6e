"""How many of some people claim each concept, speak each language, studied each field, live in each country."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from registry.matching.engine.search.columns import Bool, Int64, Numbers
from registry.matching.engine.search.masks import Mask, count_of, counts_among, counts_of, flags_of, rows_of
from registry.matching.engine.search.roll import PROOFS, RANKS, Lists, Roll, per_word, ranks_from

Rows = NDArray[np.intp]

_FEW = 8
"""One of so many people: below, it is their own words that are looked at, else the lists of all words."""
_VERY_FEW = 128
"""The same for options, of which there are forty: sets are looked at sixty-four people at a time."""
_AT_ONCE = 1 << 17
_PEOPLE_AT_ONCE = 1 << 11


@dataclass(frozen=True)
class Counting:
    """The counts of the people of a set, each worked out once.

    Of few people their own words are counted; of nearly everybody, those of the rest are taken from the totals,
    which a roll keeps; of all others, the lists of every word are gone through.
    """

    roll: Roll
    mask: Mask

    def skills(self, rank: int | None) -> Int64:
        """People by row id of the concept they claim with at least this rank (at least 1; None: any but 0)."""
        if rank is None and self._by_rows is not None:
            return self._held[: self.roll.concepts]
        return _whole(_flagged(self.roll.claims, self._flags), rank)

    def languages(self, rank: int | None) -> Int64:
        """People by number of the language they speak with at least this rank."""
        if rank is None and self._by_rows is not None:
            return self._held[self.roll.concepts :][: len(self.roll.words.languages)]
        return _whole(_flagged(self.roll.languages, self._flags), rank)

    @property
    def fields(self) -> Int64:
        """People by number of the field they completed a degree in."""
        if self._by_rows is not None:
            return self._held[self.roll.concepts + len(self.roll.words.languages) :]
        return _flagged(self.roll.studies, self._flags)

    @property
    def countries(self) -> Int64:
        """People by number of the country they live in."""
        return self._per_word(
            self.roll.arrays.countries, lambda: self.roll.country_totals, len(self.roll.words.countries)
        )

    @property
    def units(self) -> Int64:
        """People by number of the unit whose office keeps the record."""
        return self._per_word(
            self.roll.arrays.units, lambda: self.roll.unit_totals, len(self.roll.words.unit_paths)
        )

    @cached_property
    def options(self) -> list[int]:
        """People of every option of every closed facet."""
        sets, by_rows = self.roll.arrays.options, self._by_rows
        if by_rows is None or len(by_rows.rows) * _VERY_FEW > len(self.roll):
            return counts_of(sets, self.mask)
        counts: list[int] = by_rows.of(
            lambda: self.roll.option_totals, counts_among(sets, by_rows.rows)
        ).tolist()
        return counts

    # --- the ways of counting -------------------------------------------------------------------------

    @cached_property
    def _by_rows(self) -> "_ByRows | None":
        """The rows that are worth looking at one by one; None when neither these people nor the rest are few."""
        chosen, everybody = count_of(self.mask), len(self.roll)
        if chosen * _FEW <= everybody:
            return _ByRows(rows_of(self.mask, everybody), is_rest=False)
        if (everybody - chosen) * _FEW <= everybody:
            return _ByRows(np.flatnonzero(~self._flags), is_rest=True)
        return None

    @cached_property
    def _flags(self) -> Bool:
        return flags_of(self.mask, len(self.roll))

    @cached_property
    def _held(self) -> Int64:
        """People by held word."""
        assert self._by_rows is not None  # noqa: S101 - asked before
        return self._by_rows.of(lambda: self.roll.held_totals, _of_rows(self.roll, self._by_rows.rows))

    def _per_word(self, numbers: Numbers, totals: Callable[[], Int64], words: int) -> Int64:
        if self._by_rows is None:
            return per_word(numbers[self._flags], words)
        return self._by_rows.of(totals, per_word(numbers[self._by_rows.rows], words))


@dataclass(frozen=True)
class _ByRows:
    """Rows of people, or of all people but those."""

    rows: Rows
    is_rest: bool

    def of(self, totals: Callable[[], Int64], counts: Int64) -> Int64:
        """The counts of the people, given those of the rows; the totals are asked for only if they are needed."""
        return totals() - counts if self.is_rest else counts


def _whole(by_bucket: Int64, rank: int | None) -> Int64:
    """Buckets of concepts added up over proofs and the ranks that count."""
    first, after = ranks_from(rank)
    return by_bucket.reshape(-1, PROOFS, RANKS)[:, :, first:after].sum((1, 2))


def _of_rows(roll: Roll, rows: Rows) -> Int64:
    """By the words of these people, some people at a time: what is looked at stays in the processor's cache."""
    counts, starts = np.zeros(roll.held_kinds, np.int64), roll.arrays.held_starts
    for at in range(0, len(rows), _PEOPLE_AT_ONCE):
        some = rows[at : at + _PEOPLE_AT_ONCE]
        first, after = starts[some].astype(np.int64), starts[some + 1].astype(np.int64)
        behind = np.cumsum(after - first)
        places = np.arange(int(behind[-1])) + np.repeat(after - behind, after - first)
        counts += np.bincount(roll.arrays.held_words[places], minlength=len(counts))
    return counts


def _flagged(lists: Lists, flags: Bool) -> Int64:
    """By going through all lists: how many rows of each are flagged."""
    counts = np.zeros(len(lists), np.int64)
    if not len(lists.rows):
        return counts
    chosen = np.empty(len(lists.rows), np.uint8)
    for at in range(0, len(chosen), _AT_ONCE):
        chosen[at : at + _AT_ONCE] = flags[lists.rows[at : at + _AT_ONCE]]
    lengths = np.diff(lists.starts)
    filled = np.flatnonzero(lengths)
    counts[filled] = np.add.reduceat(chosen, lists.starts[filled], dtype=np.int32)
    return counts
