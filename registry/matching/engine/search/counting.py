"""How many of some people claim each concept, speak each language, studied each field, live in each country."""

import numpy as np
from numpy.typing import NDArray

from registry.matching.engine.search.columns import Bool, Int64, Numbers
from registry.matching.engine.search.masks import Mask, count_of, flags_of, rows_of
from registry.matching.engine.search.roll import PROOFS, RANKS, Lists, Roll, ranks_from

_FEW = 8
"""One of so many people: below, their own claims are looked at, else the lists of all concepts."""
_AT_ONCE = 1 << 17


def skills(roll: Roll, mask: Mask, rank: int | None) -> Int64:
    """People by row id of the concept they claim with at least this rank (at least 1; None: any but 0)."""
    chosen, everybody = count_of(mask), len(roll)
    if rank is None and chosen * _FEW <= everybody:
        return _of_few(roll, rows_of(mask, everybody))
    if rank is None and (everybody - chosen) * _FEW <= everybody:
        rest = np.flatnonzero(~flags_of(mask, everybody))
        return _whole(np.diff(roll.claims.starts), rank) - _of_few(roll, rest)
    return _whole(_flagged(roll.claims, flags_of(mask, everybody)), rank)


def languages(roll: Roll, mask: Mask, rank: int | None) -> Int64:
    """People by number of the language they speak with at least this rank."""
    return _whole(_flagged(roll.languages, flags_of(mask, len(roll))), rank)


def fields(roll: Roll, mask: Mask) -> Int64:
    """People by number of the field they completed a degree in."""
    return _flagged(roll.studies, flags_of(mask, len(roll)))


def countries(roll: Roll, mask: Mask) -> Int64:
    """People by number of the country they live in."""
    return _per_word(roll.arrays.countries, flags_of(mask, len(roll)), len(roll.words.countries))


def units(roll: Roll, mask: Mask) -> Int64:
    """People by number of the unit whose office keeps the record."""
    return _per_word(roll.arrays.units, flags_of(mask, len(roll)), len(roll.words.unit_paths))


def _per_word(numbers: Numbers, flags: Bool, words: int) -> Int64:
    return np.bincount(numbers[flags].astype(np.int64) + 1, minlength=words + 1)[1:]


def _whole(by_bucket: Int64, rank: int | None) -> Int64:
    """Buckets of concepts added up over proofs and the ranks that count."""
    first, after = ranks_from(rank)
    return by_bucket.reshape(-1, PROOFS, RANKS)[:, :, first:after].sum((1, 2))


def _of_few(roll: Roll, rows: NDArray[np.intp]) -> Int64:
    """By the claims of these people, one after the other."""
    starts = roll.arrays.held_starts
    first, after = starts[rows].astype(np.int64), starts[rows + 1].astype(np.int64)
    behind = np.cumsum(after - first)
    places = np.arange(len(rows) and int(behind[-1])) + np.repeat(after - behind, after - first)
    return np.bincount(roll.arrays.held_skills[places], minlength=len(roll.claims) // (PROOFS * RANKS))


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
