"""Certain whole years of everybody, in any field and in each, and who will have a year more soon. Pure."""

import numpy as np

from registry.matching.engine.index.columns import NOT_STATED, Int32, Int64, Posts, UInt8, Words
from registry.matching.engine.index.people_rows import PeopleRows
from registry.matching.engine.index.periods import years_by_owner
from registry.matching.engine.index.postings import valued_postings
from registry.matching.engine.index.snapshot import HORIZON_DAYS, Postings

_MOST_YEARS = 255
_DAY_BITS = 16


def experience(posts: Posts, words: Words, rows: PeopleRows) -> tuple[UInt8, Postings, UInt8]:
    """Certain whole years in any field by row; then in each group and field, as postings with values."""
    keys_count = 1 + len(words.groups) + len(words.fields)
    row, held = rows.find(posts.person)
    held &= (posts.start_latest > 0) & (posts.is_ongoing | (posts.end_earliest > 0))
    row = row[held]
    start = posts.start_latest[held]
    # A period that goes on, or ends in some years, has no end yet for any day that can be asked.
    far = np.int32(rows.today + HORIZON_DAYS + 1)
    end = np.where(posts.is_ongoing[held], far, np.minimum(posts.end_earliest[held], far))
    field_, group = posts.field[held].astype(np.int64), posts.group[held].astype(np.int64)
    everything = [
        (np.ones(len(row), np.bool_), np.zeros(len(row), np.int64)),
        (group != NOT_STATED, 1 + group),
        (field_ != NOT_STATED, 1 + len(words.groups) + field_),
    ]
    owner, start, end = _sorted_periods(
        np.concatenate([row[told] * keys_count + key[told] for told, key in everything]),
        np.concatenate([start[told] for told, _key in everything]),
        np.concatenate([end[told] for told, _key in everything]),
    )
    owners, years = _years(owner, start, end, rows.today)
    _flip_years(owner, start, end, keys_count, rows)
    owner_row, key = owners // keys_count, owners % keys_count
    years = np.minimum(years, _MOST_YEARS)
    of_any = np.zeros(len(rows.row_ids), np.uint8)
    is_any = key == 0
    of_any[owner_row[is_any]] = years[is_any]
    worth = ~is_any & (years > 0)
    postings, values = valued_postings(key[worth] - 1, owner_row[worth], years[worth], keys_count - 1)
    return of_any, postings, values


def _sorted_periods(owner: Int64, start: Int32, end: Int32) -> tuple[Int64, Int32, Int32]:
    """Periods by owner, then by start; sorted as one number while days fit into sixteen bits."""
    earliest = int(start.min()) if len(start) else 0
    latest = int(end.max(initial=0))
    if latest - earliest >= 1 << _DAY_BITS or int(owner.max(initial=0)) >= 1 << (62 - 2 * _DAY_BITS):
        order = np.lexsort((start, owner))
        return owner[order], start[order], end[order]
    packed = (owner << _DAY_BITS | (start - earliest)) << _DAY_BITS | (end - earliest)
    packed.sort()
    days = (1 << _DAY_BITS) - 1
    return (
        packed >> (2 * _DAY_BITS),
        ((packed >> _DAY_BITS & days) + earliest).astype(np.int32),
        ((packed & days) + earliest).astype(np.int32),
    )


def _years(owner: Int64, start: Int32, end: Int32, today: int) -> tuple[Int64, Int64]:
    end = np.minimum(end, np.int32(today))
    begun = start <= end
    return years_by_owner(owner[begun], start[begun], end[begun])


def _flip_years(owner: Int64, start: Int32, end: Int32, keys_count: int, rows: PeopleRows) -> None:
    """Who will have a whole year more within the horizon; only owners with a period that still grows can."""
    growing = _distinct(owner[end > rows.today])
    grows = np.isin(owner, growing)
    owner, start, end = owner[grows], start[grows], end[grows]
    _owners, before = _aligned(growing, *_years(owner, start, end, rows.today))
    for day in range(rows.today + 1, rows.today + HORIZON_DAYS + 1):
        _owners, years = _aligned(growing, *_years(owner, start, end, day))
        changed = growing[years != before] // keys_count
        rows.flip(changed, np.full(len(changed), day, np.int64))


def _distinct(ascending: Int64) -> Int64:
    """Each number once, of numbers that ascend: `np.unique` would sort or hash them again."""
    is_first = np.ones(len(ascending), np.bool_)
    is_first[1:] = ascending[1:] != ascending[:-1]
    return ascending[is_first]


def _aligned(wanted: Int64, owners: Int64, years: Int64) -> tuple[Int64, Int64]:
    """The years of all wanted owners, 0 for those without a period."""
    found = np.zeros(len(wanted), np.int64)
    found[np.searchsorted(wanted, owners)] = years
    return wanted, found
