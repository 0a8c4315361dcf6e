"""Making a roll from columns: sorting, counting and folding over whole arrays; facets as they stand on one day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from registry.matching.engine.lookup import RowsById
from registry.matching.engine.search.columns import (
    EVIDENCE,
    FREEDOM,
    NOT_STATED,
    Bool,
    Claimed,
    Int64,
    Numbers,
    RollColumns,
)
from registry.matching.engine.search.masks import of_flags, of_rows
from registry.matching.engine.search.roll import (
    ATTACHED,
    NO_LEVEL,
    PROOFS,
    RANKS,
    SEPARATOR,
    UNPROVED,
    VERIFIED,
    Lists,
    Roll,
    RollArrays,
    UInt32,
)
from registry.people.rules import AvailabilityState, EvidenceState, add_months

_HOME = "VN"
_EXPIRED = EVIDENCE.index(EvidenceState.EXPIRED)
_CAN_EXPIRE = np.array([state in (EvidenceState.ATTACHED, EvidenceState.VERIFIED) for state in EVIDENCE])
_PROOFS = {EvidenceState.ATTACHED: ATTACHED, EvidenceState.VERIFIED: VERIFIED}
_PROOF_OF = np.array([_PROOFS.get(state, UNPROVED) for state in EVIDENCE])
_NARROW = tuple((kind, np.iinfo(kind).min, np.iinfo(kind).max) for kind in (np.int8, np.int16, np.int32))


def build_roll(columns: RollColumns, as_of: date) -> Roll:
    """The roll of these columns on a day. Takes some seconds a million people."""
    people = columns.people
    order = np.argsort(people.public_id, kind="stable")
    ids = RowsById(people.row_id[order])
    making = _Making(columns, ids, as_of)
    by_place = np.empty(len(order), np.uint32)
    by_place[people.place[order]] = np.arange(len(order), dtype=np.uint32)
    claims, languages = making.lists(columns.skills), making.lists(columns.languages)
    studies = making.studies()
    held_starts, held_words = making.held()
    text, starts = _joined(columns.headlines)
    arrays = RollArrays(
        row_ids=_narrow(ids.row_ids),
        by_row_id=ids.order,
        units=_narrow(people.unit[order]),
        organisations=_narrow(people.organisation[order]),
        homes=_narrow(people.home[order]),
        countries=_narrow(people.country[order]),
        named=of_flags(people.is_named[order]),
        by_place=by_place,
        first_days=_narrow(making.first_days()),
        stated_years=_narrow(people.stated_years[order]),
        options=making.options(order),
        claim_starts=claims.starts,
        claim_rows=claims.rows,
        held_starts=held_starts,
        held_words=held_words,
        language_starts=languages.starts,
        language_rows=languages.rows,
        study_starts=studies.starts,
        study_rows=studies.rows,
        headlines=_narrow(people.headline[order]),
        headline_starts=starts,
        headline_text=text,
    )
    return Roll(columns.words, arrays)


@dataclass(frozen=True)
class _Making:
    """Columns, where their people stand, and the day."""

    columns: RollColumns
    ids: RowsById
    as_of: date

    @property
    def today(self) -> int:
        return self.as_of.toordinal()

    @property
    def count(self) -> int:
        return len(self.ids.row_ids)

    def lists(self, claims: Claimed) -> Lists:
        """Who claims what, by `bucket`."""
        row, held = self.ids.find(claims.person)
        held &= claims.key != NOT_STATED
        proof = _PROOF_OF[self.evidence(claims.state[held], claims.until[held])]
        rank = np.where(claims.rank[held] == NOT_STATED, NO_LEVEL, claims.rank[held])
        keys = (claims.key[held] * PROOFS + proof) * RANKS + rank
        return _lists(keys, row[held], self._kinds_of(claims) * PROOFS * RANKS)

    def held(self) -> tuple[UInt32, Numbers]:
        """The words the person of each row has: concepts and languages claimed and not of rank 0, fields completed."""
        words = self.columns.words
        skills, languages = self._claimed(self.columns.skills), self._claimed(self.columns.languages)
        studies = self._completed
        concepts = self._kinds_of(self.columns.skills)
        first = (0, concepts, concepts + len(words.languages))
        kinds = max(first[-1] + len(words.fields), 1)
        told = zip(first, (skills, languages, studies), strict=True)
        pairs = np.concatenate([row * kinds + number + key for number, (row, key) in told])
        pairs.sort()
        starts = np.zeros(self.count + 1, np.int64)
        np.cumsum(np.bincount(pairs // kinds, minlength=self.count), out=starts[1:])
        return starts.astype(np.uint32), _narrow(pairs % kinds)

    @staticmethod
    def _kinds_of(claims: Claimed) -> int:
        return int(claims.key.max(initial=-1)) + 1

    def _claimed(self, claims: Claimed) -> tuple[Int64, Int64]:
        """Who has what of it, by row and key."""
        row, held = self.ids.find(claims.person)
        held &= (claims.key != NOT_STATED) & (claims.rank != 0)
        return row[held], claims.key[held]

    def studies(self) -> Lists:
        """Who completed a degree in each field."""
        row, field = self._completed
        return _lists(field, row, len(self.columns.words.fields))

    @cached_property
    def _completed(self) -> tuple[Int64, Int64]:
        """Who completed a degree in what, by row and field, each once."""
        studies, people = self.columns.studies, max(self.count, 1)
        row, held = self.ids.find(studies.person)
        held &= studies.is_completed & (studies.field != NOT_STATED)
        pairs = np.unique(studies.field[held] * people + row[held])
        return pairs % people, pairs // people

    def first_days(self) -> Int64:
        """The first dated day of work by row."""
        row, held = self.ids.find(self.columns.begun.person)
        days = np.zeros(self.count, np.int64)
        days[row[held]] = self.columns.begun.first_on[held]
        return days

    def evidence(self, state: Int64, until: Int64) -> Int64:
        """The state of evidence on the day: what ran out is expired."""
        ran_out = (until > 0) & (until < self.today) & _CAN_EXPIRE[state]
        return np.where(ran_out, _EXPIRED, state)

    # --- closed facets --------------------------------------------------------------------------------

    def options(self, order: Int64) -> Any:
        """The people of every option of every closed facet, in the order of the words."""
        found = dict((*self._by_row(order), *self._of_tables()))
        return np.array([found[name] for name in self.columns.words.options], np.uint64)

    def _by_row(self, order: Int64) -> Iterator[tuple[str, Any]]:
        """Options told by columns of the person."""
        people, words = self.columns.people, self.columns.words
        country, home = people.country[order], people.home[order]
        here = words.countries.index(_HOME) if _HOME in words.countries else len(words.countries)
        confirmed = people.confirmed_on[order]
        year, half = (add_months(self.as_of, -months).toordinal() for months in (12, 6))
        flags: dict[str, Bool] = {
            "residence:home": (country == here) | ((country == NOT_STATED) & (home != NOT_STATED)),
            "residence:abroad": (country != NOT_STATED) & (country != here),
            "freshness:never": confirmed == 0,
            "freshness:older": (confirmed > 0) & (confirmed < year),
            "freshness:months_12": confirmed >= year,
            "freshness:months_6": confirmed >= half,
        }
        degrees = self._degrees()
        flags |= {f"degree:{rank}": degrees == rank for rank in range(1, RANKS - 1)}
        return ((name, of_flags(one)) for name, one in flags.items())

    def _degrees(self) -> Int64:
        """The rank of the highest completed degree by row, 0 for none."""
        studies = self.columns.studies
        row, held = self.ids.find(studies.person)
        held &= studies.is_completed
        highest = np.zeros(self.count, np.int64)
        np.maximum.at(highest, row[held], studies.rank[held])
        return highest

    def _of_tables(self) -> Iterator[tuple[str, Any]]:
        """Options told by rows of other tables."""
        yield from self._kinds()
        yield from self._proofs()
        yield from self._freedom()

    def _kinds(self) -> Iterator[tuple[str, Any]]:
        facets, words = self.columns.facets, self.columns.words.options
        row, held = self.ids.find(facets.person)
        held &= (facets.valid_to == 0) | (facets.valid_to >= self.today)
        for number, name in enumerate(words):
            if name.startswith("kind:"):
                yield name, of_rows(row[held & (facets.kind == number)], self.count)
            elif name.startswith("title:"):
                yield name, of_rows(row[held & (facets.title == number)], self.count)

    def _proofs(self) -> Iterator[tuple[str, Any]]:
        """At least one claim in a state, whatever is claimed."""
        told = [self.columns.skills, self.columns.languages, self.columns.studies]
        row, held = self.ids.find(np.concatenate([one.person for one in told]))
        until = np.concatenate([one.until for one in told])
        state = self.evidence(np.concatenate([one.state for one in told]), until)
        for number, name in enumerate(EVIDENCE):
            yield f"evidence:{name}", of_rows(row[held & (state == number)], self.count)

    def _freedom(self) -> Iterator[tuple[str, Any]]:
        said = self.columns.freedom
        row, held = self.ids.find(said.person)
        paused, free, not_free = (
            said.state == FREEDOM.index(state)
            for state in (
                AvailabilityState.PAUSED,
                AvailabilityState.AVAILABLE,
                AvailabilityState.NOT_AVAILABLE,
            )
        )
        is_over = paused & (said.paused_until > 0) & (said.paused_until < self.today)
        stated = of_rows(row[held], self.count)
        yield "availability:unstated", of_flags(np.ones(self.count, np.bool_)) & ~stated
        yield "availability:not_available", of_rows(row[held & not_free], self.count)
        for option, months in (("now", 0), ("months_3", 3), ("months_6", 6)):
            by = add_months(self.as_of, months).toordinal()
            soon = (free | is_over) & (said.from_on > 0) & (said.from_on <= by)
            yield f"availability:{option}", of_rows(row[held & soon], self.count)


def _lists(keys: Int64, rows: Int64, count: int) -> Lists:
    """Rows by key, ascending within a key; sorted as one number."""
    starts = np.zeros(count + 1, np.int64)
    np.cumsum(np.bincount(keys, minlength=count), out=starts[1:])
    people = int(rows.max(initial=0)) + 1
    packed = keys * people + rows
    packed.sort()
    return Lists(starts, (packed % people).astype(np.uint32))


def _narrow(numbers: Int64) -> Numbers:
    """The same numbers in as few bytes as hold them all."""
    least, most = int(numbers.min(initial=0)), int(numbers.max(initial=0))
    for kind, lowest, highest in _NARROW:
        if lowest <= least and most <= highest:
            return numbers.astype(kind)
    return numbers


def _joined(headlines: tuple[str, ...]) -> tuple[NDArray[np.uint8], UInt32]:
    """All headlines in one text, each between spaces and apart from the next; and where each begins."""
    parts = [b" " + one.encode() + b" " + SEPARATOR for one in headlines]
    starts = np.cumsum(np.array([0, *(len(one) for one in parts[:-1])], np.int64))[: len(parts)]
    return np.frombuffer(b"".join(parts), np.uint8), starts.astype(np.uint32)
