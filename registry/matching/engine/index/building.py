"""Making a snapshot from columns: sorting, counting and folding, all over whole arrays."""

from dataclasses import dataclass, field
from datetime import date

import numpy as np

from registry.matching.engine.facts import EVIDENCE_STRENGTH
from registry.matching.engine.index.columns import (
    NOT_STATED,
    Bool,
    Columns,
    Ids,
    Int32,
    Int64,
    Posts,
    UInt8,
    UInt16,
    UInt32,
    Words,
)
from registry.matching.engine.index.periods import years_by_owner
from registry.matching.engine.index.snapshot import (
    ANYWHERE,
    AVAILABLE,
    HORIZON_DAYS,
    LEVEL_NOT_STATED,
    NOT_AVAILABLE,
    RANKS,
    REMOTE,
    STATED,
    STRENGTHS,
    Arrays,
    EducationKind,
    Postings,
    Snapshot,
)
from registry.matching.engine.lookup import RowsById

MOST_YEARS = 255
_VALUE_BITS, _DAY_BITS = 8, 16
_EXPIRED = EVIDENCE_STRENGTH["expired"]
_LEAST_THAT_EXPIRES = EVIDENCE_STRENGTH["attached"]


@dataclass
class _Rows:
    """Where each person stands, and who must be left to the reference, while a snapshot is being made."""

    by_id: RowsById
    today: int
    irregular: Bool = field(init=False)
    flips: UInt8 = field(init=False)

    def __post_init__(self) -> None:
        self.irregular = np.zeros(len(self.row_ids), np.bool_)
        self.flips = np.zeros(len(self.row_ids), np.uint8)

    @property
    def row_ids(self) -> Int64:
        """The ids of the people, row by row."""
        return self.by_id.row_ids

    def find(self, person: Int64) -> tuple[Int64, Bool]:
        """The rows of the people of a column, and which of them the snapshot holds."""
        return self.by_id.find(person)

    def flip(self, rows: Int64, day: Int32 | Int64) -> None:
        """Facts of these rows change by themselves on these days; 0 means never."""
        offset = day.astype(np.int64) - self.today
        soon = (offset >= 1) & (offset <= HORIZON_DAYS)
        rows, offset = rows[soon], offset[soon]
        self.flips[rows[self.flips[rows] == 0]] = HORIZON_DAYS + 1  # nothing said yet: any day is earlier
        np.minimum.at(self.flips, rows, offset.astype(np.uint8))


def build(columns: Columns, as_of: date, change: int, version: str) -> Snapshot:
    """The snapshot of these columns for a day. Takes about two seconds a million people."""
    people = columns.people
    order = _order_of(people.public_id)
    row_ids = people.row_id[order]
    rows = _Rows(RowsById(row_ids), as_of.toordinal())
    appears_on = people.appears_on[order]
    hidden = appears_on > rows.today
    rows.flip(np.flatnonzero(hidden), appears_on[hidden])
    claims = _claims(columns, rows)
    years, experience, years_values = _experience(columns.posts, columns.words, rows)
    education = _education(columns, rows)
    languages = _languages(columns, rows)
    availability, free_from, forms = _availability(columns, rows)
    places, accepted = _places(columns, rows)
    arrays = Arrays(
        public_ids=people.public_id[order],
        row_ids=row_ids,
        by_row_id=rows.by_id.order,
        units=people.unit[order],
        organisations=people.organisation[order],
        usable=~(hidden | rows.irregular),
        flips=rows.flips,
        irregular=np.flatnonzero(rows.irregular).astype(np.uint32),
        claim_starts=claims.starts,
        claim_rows=claims.rows,
        years=years,
        years_starts=experience.starts,
        years_rows=experience.rows,
        years_values=years_values,
        education=education.first,
        study_owners=education.owners,
        study_starts=education.starts,
        study_kinds=education.more,
        language_starts=languages.starts,
        language_rows=languages.rows,
        availability=availability,
        free_from=free_from,
        forms=forms,
        places=places,
        place_starts=accepted.starts,
        place_rows=accepted.rows,
    )
    return Snapshot(version, as_of, change, columns.words, education.kinds, arrays)


def _order_of(public_ids: Ids) -> Int64:
    """The order of public ids; a read that came in order is not sorted again."""
    if np.all(public_ids[:-1] <= public_ids[1:]):
        return np.arange(len(public_ids))
    return np.argsort(public_ids, kind="stable")


def _postings(keys: Int64, rows: Int64, count: int) -> Postings:
    """Rows by key, ascending within a key."""
    return _valued_postings(keys, rows, np.zeros(len(keys), np.int64), count)[0]


def _valued_postings(keys: Int64, rows: Int64, values: Int64, count: int) -> tuple[Postings, UInt8]:
    """Rows by key, ascending within a key, and a value of 0…255 beside each.

    The three are sorted as one number, which is several times faster than sorting their order.
    """
    starts = np.zeros(count + 1, np.int64)
    np.cumsum(np.bincount(keys, minlength=count), out=starts[1:])
    people = int(rows.max(initial=0)) + 1
    packed = (keys * people + rows) << _VALUE_BITS | values
    packed.sort()
    held = (packed & ((1 << _VALUE_BITS) - 1)).astype(np.uint8)
    return Postings(starts, ((packed >> _VALUE_BITS) % people).astype(np.uint32)), held


def _claims(columns: Columns, rows: _Rows) -> Postings:
    claims = columns.claims
    row, held = rows.find(claims.person)
    row, skill = row[held], claims.skill[held].astype(np.int64)
    rank, until = claims.rank[held].astype(np.int64), claims.until[held]
    strength = claims.strength[held].astype(np.int64)
    can_expire = (until > 0) & (strength >= _LEAST_THAT_EXPIRES)
    strength[can_expire & (until < rows.today)] = _EXPIRED
    rows.flip(row[can_expire], until[can_expire] + 1)
    rows.irregular[_twice_in_one_concept(row, skill, columns.current_skill)] = True
    keys = (skill * RANKS + np.where(rank == NOT_STATED, LEVEL_NOT_STATED, rank)) * STRENGTHS + strength
    concepts = int(skill.max(initial=-1)) + 1
    return _postings(keys, row, concepts * RANKS * STRENGTHS)


def _twice_in_one_concept(row: Int64, skill: Int64, current: dict[int, int]) -> Int64:
    """The rows with two claims on what is one concept now."""
    if not current or not len(skill):
        return np.empty(0, np.int64)
    became = np.arange(max(int(skill.max()), *current.keys(), *current.values()) + 1)
    became[list(current.keys())] = list(current.values())
    pairs, counts = np.unique(row * len(became) + became[skill], return_counts=True)
    return np.unique(pairs[counts > 1] // len(became))


def _experience(posts: Posts, words: Words, rows: _Rows) -> tuple[UInt8, Postings, UInt8]:
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
    years = np.minimum(years, MOST_YEARS)
    of_any = np.zeros(len(rows.row_ids), np.uint8)
    is_any = key == 0
    of_any[owner_row[is_any]] = years[is_any]
    worth = ~is_any & (years > 0)
    postings, values = _valued_postings(key[worth] - 1, owner_row[worth], years[worth], keys_count - 1)
    return of_any, postings, values


def _sorted_periods(owner: Int64, start: Int32, end: Int32) -> tuple[Int64, Int32, Int32]:
    """Periods by owner, then by start; sorted as one number while days fit into sixteen bits."""
    earliest = int(start.min(initial=0))
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


def _flip_years(owner: Int64, start: Int32, end: Int32, keys_count: int, rows: _Rows) -> None:
    """Who will have a whole year more within the horizon; only owners with a period that still grows can."""
    growing = np.unique(owner[end > rows.today])
    grows = np.isin(owner, growing)
    owner, start, end = owner[grows], start[grows], end[grows]
    _owners, before = _aligned(growing, *_years(owner, start, end, rows.today))
    for day in range(rows.today + 1, rows.today + HORIZON_DAYS + 1):
        _owners, years = _aligned(growing, *_years(owner, start, end, day))
        changed = growing[years != before] // keys_count
        rows.flip(changed, np.full(len(changed), day, np.int64))


def _aligned(wanted: Int64, owners: Int64, years: Int64) -> tuple[Int64, Int64]:
    """The years of all wanted owners, 0 for those without a period."""
    found = np.zeros(len(wanted), np.int64)
    found[np.searchsorted(wanted, owners)] = years
    return wanted, found


@dataclass(frozen=True)
class _Education:
    """The first kind of every row, and the further kinds of those who have more."""

    first: UInt16
    owners: UInt32
    starts: Int64
    more: UInt16
    kinds: tuple[EducationKind, ...]


def _education(columns: Columns, rows: _Rows) -> _Education:
    studies = columns.studies
    row, held = rows.find(studies.person)
    rows.flip(row[held], studies.finished_on[held])
    held &= studies.finished_on <= rows.today
    row = row[held]
    fields, groups = len(columns.words.fields) + 1, len(columns.words.groups) + 1
    told = studies.rank[held].astype(np.int64) + 1
    told = (told * fields + studies.field[held] + 1) * groups + studies.group[held] + 1
    is_used = np.bincount(told, minlength=1) > 0
    kinds = np.flatnonzero(is_used)
    number = np.cumsum(is_used)[told].astype(np.uint16)  # the first kind is 1
    order = np.argsort(row, kind="stable")
    row, number = row[order], number[order]
    is_first = np.ones(len(row), np.bool_)
    is_first[1:] = row[1:] != row[:-1]
    first = np.zeros(len(rows.row_ids), np.uint16)
    first[row[is_first]] = number[is_first]
    owners, starts = np.unique(row[~is_first], return_index=True)
    return _Education(
        first,
        owners.astype(np.uint32),
        np.append(starts, np.count_nonzero(~is_first)).astype(np.int64),
        number[~is_first],
        tuple(_kind(one, fields, groups, columns.words) for one in kinds.tolist()),
    )


def _kind(told: int, fields: int, groups: int, words: Words) -> EducationKind:
    """The kind a number stands for: rank, field and group, each one more than its place."""
    told, group = divmod(told, groups)
    rank, field_ = divmod(told, fields)
    return EducationKind(
        rank - 1 if rank else None,
        words.fields[field_ - 1] if field_ else None,
        words.groups[group - 1] if group else None,
    )


def _languages(columns: Columns, rows: _Rows) -> Postings:
    row, held = rows.find(columns.tongues.person)
    rank = columns.tongues.rank[held].astype(np.int64)
    keys = columns.tongues.language[held].astype(np.int64) * RANKS
    keys += np.where(rank == NOT_STATED, LEVEL_NOT_STATED, rank)
    return _postings(keys, row[held], len(columns.words.languages) * RANKS)


def _availability(columns: Columns, rows: _Rows) -> tuple[UInt8, Int32, UInt16]:
    said = columns.statements
    row, held = rows.find(said.person)
    rows.flip(row[held], said.stops_on[held])
    held &= said.stops_on > rows.today
    row = row[held]
    availability = np.zeros(len(rows.row_ids), np.uint8)
    availability[row] = np.where(said.is_available[held], AVAILABLE, NOT_AVAILABLE)
    free_from = np.zeros(len(rows.row_ids), np.int32)
    free_from[row] = said.free_from[held]
    forms = np.zeros(len(rows.row_ids), np.uint16)
    forms[row] = said.forms[held]
    return availability, free_from, forms


def _places(columns: Columns, rows: _Rows) -> tuple[UInt8, Postings]:
    said = columns.places
    row, held = rows.find(said.person)
    bits = np.zeros(len(rows.row_ids), np.uint8)
    for chosen, bit in ((held, STATED), (held & said.is_anywhere, ANYWHERE), (held & said.is_remote, REMOTE)):
        bits[row[chosen]] |= np.uint8(bit)
    named = held & (said.unit != NOT_STATED)
    return bits, _postings(said.unit[named].astype(np.int64), row[named], len(columns.words.unit_paths))
