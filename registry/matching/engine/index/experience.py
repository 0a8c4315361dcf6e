"""Certain whole years of everybody, in any field and in each, and who will have a year more soon. Pure."""

from dataclasses import dataclass

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
    key_bits = keys_count.bit_length()
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
        np.concatenate([row[told] << key_bits | key[told] for told, key in everything]),
        np.concatenate([start[told] for told, _key in everything]),
        np.concatenate([end[told] for told, _key in everything]),
    )
    owners, years = _years(owner, start, end, rows.today)
    _flip_years(owner, start, end, key_bits, rows)
    owner_row, key = owners >> key_bits, owners & ((1 << key_bits) - 1)
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


def _flip_years(owner: Int64, start: Int32, end: Int32, key_bits: int, rows: PeopleRows) -> None:
    """Who will have a whole year more within the horizon; only owners with a period that still grows can.

    Days added never take a year away: who has no more at the end of the horizon has no more on any day before.
    """
    last = rows.today + HORIZON_DAYS
    held = _Periods.of(owner, start, end)
    growing = held.only(held.number[held.end > rows.today])
    before = growing.years(rows.today)
    gains = np.flatnonzero(growing.years(last) != before)
    growing, before = growing.only(gains), before[gains]
    for day in range(rows.today + 1, last + 1):
        changed = growing.owners[growing.years(day) != before] >> key_bits
        rows.flip(changed, np.full(len(changed), day, np.int64))


@dataclass(frozen=True)
class _Periods:
    """Owners, ascending, and the periods of each; `number` is the place of a period's owner among them."""

    owners: Int64
    number: Int64
    start: Int32
    end: Int32

    @staticmethod
    def of(owner: Int64, start: Int32, end: Int32) -> "_Periods":
        """Periods ordered by owner, then by start."""
        is_first = np.append(True, owner[1:] != owner[:-1])[: len(owner)]
        return _Periods(owner[is_first], np.cumsum(is_first) - 1, start, end)

    def only(self, numbers: Int64) -> "_Periods":
        """Some of the owners, by their numbers in any order and as often as it comes."""
        stays = np.zeros(len(self.owners), np.bool_)
        stays[numbers] = True
        theirs = stays[self.number]
        return _Periods.of(self.owners[self.number[theirs]], self.start[theirs], self.end[theirs])

    def years(self, day: int) -> Int64:
        """Of every owner the whole years on a day."""
        numbers, years = _years(self.number, self.start, self.end, day)
        found = np.zeros(len(self.owners), np.int64)
        found[numbers] = years
        return found
