"""Everybody who may be searched, as columns: what rolls are made from. One pass over every table.

The same people as `people_for` gives a viewer of everything for matching on the day of the roll, and of each what the
conditions of a search ask (`conditions`, and `option_condition` of people). Names are put in order and let go. Whose
pause ends soon is not read, as snapshots do: a roll answers for its own day only.
"""

from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from itertools import groupby
from typing import Any

import numpy as np
from sqlalchemy import text
from sqlalchemy.orm import Session

from registry.matching.engine.search.columns import (
    NOT_STATED,
    Begun,
    Claimed,
    Facets,
    Freedom,
    Recorded,
    RollColumns,
    RollWords,
    Studied,
)
from registry.matching.queries.packing import (
    DAY_BITS,
    Numbering,
    Numbers,
    joined,
    read_numbers,
    read_rows,
    unpacked,
)
from registry.matching.queries.roll_statements import (
    BEGUN,
    KINDS,
    LANGUAGES,
    NAMED,
    OPTIONS,
    SAID_FREE,
    SKILLS,
    SMALL,
    STUDIES,
    TABLES,
    TOGETHER,
    Asked,
    people_asked,
)


def read_roll(session: Session, as_of: date, only: Numbers | None = None) -> RollColumns:
    """The columns of a roll for a day, of everybody or of people with these row ids; writes nothing.

    Takes seconds a hundred thousand people.
    """
    if only is None and session.get_bind().dialect.name == "postgresql":
        session.execute(text("SET LOCAL statement_timeout = 0"))  # a page has to be short, this has not
    reader = _RollReader(session, only)
    people = reader.people(as_of)
    languages, studies = reader.languages(), reader.studies()
    units, unit = reader.units.sorted(people.unit)
    offices, office = reader.offices.sorted(people.organisation)
    return RollColumns(
        words=RollWords(
            unit_paths=units,
            organisation_paths=offices,
            homes=tuple(reader.homes.words),
            countries=tuple(reader.countries.words),
            languages=tuple(reader.spoken.words),
            fields=tuple(reader.fields.words),
            options=OPTIONS,
        ),
        headlines=tuple(reader.headlines.words),
        people=replace(people, unit=unit[people.unit], organisation=office[people.organisation]),
        skills=reader.skills(),
        languages=languages,
        studies=studies,
        facets=reader.facets(),
        freedom=reader.freedom(),
        begun=reader.begun(),
    )


def _every_word() -> Numbering:
    """Gives the empty word a number too."""
    made = Numbering()
    del made[""]
    return made


@dataclass
class _RollReader:
    """Reads table by table; words get numbers as they come."""

    session: Session
    only: Numbers | None
    units: Numbering = field(default_factory=Numbering)
    offices: Numbering = field(default_factory=Numbering)
    homes: Numbering = field(default_factory=Numbering)
    countries: Numbering = field(default_factory=_every_word)
    headlines: Numbering = field(default_factory=_every_word)
    fields: Numbering = field(default_factory=_every_word)
    spoken: Numbering = field(default_factory=_every_word)

    def people(self, as_of: date) -> Recorded:
        """Everybody in the order of public ids, with their place in the order of names."""
        asked = people_asked(as_of)
        rows = read_rows(self.session, asked.everybody if self.only is None else asked.some, self.only)
        parts = [self._some(list(zip(*one, strict=True))) for one in rows]
        row_id, packs, public_id, units, offices, homes, countries, headlines = (
            np.concatenate(
                [np.empty(0, np.int64 if kind is int else "S26"), *(part[place] for part in parts)]
            )
            for place, kind in enumerate((int, int, bytes, int, int, int, int, int))
        )
        keys = [key for part in parts for key in part[-1]]
        years, confirmed = unpacked(packs, 7, DAY_BITS)
        return Recorded(
            row_id=row_id,
            public_id=public_id,
            place=_places(public_id, keys),
            is_named=np.array([key[0] == NAMED for key in keys], np.bool_),
            unit=units,
            organisation=offices,
            home=homes,
            country=countries,
            stated_years=years - 1,
            confirmed_on=confirmed,
            headline=headlines,
        )

    def _some(self, columns: list[Any]) -> list[Any]:
        """Some people column by column, words as numbers; the keys of their order last."""
        row_id, packs, public_id, keys, units, offices, homes, countries, headlines = columns
        return [
            np.array(row_id, np.int64),
            np.array(packs, np.int64),
            np.array(public_id, "S26"),
            self.units.of(units),
            self.offices.of(offices),
            self.homes.of(homes),
            self.countries.of(countries),
            self.headlines.of(headlines),
            keys,
        ]

    def _read(self, table: Asked, words: Numbering | None = None) -> list[Numbers]:
        """The owners, one packed number and perhaps a word of all rows of the people wanted."""
        if self.only is None:
            return read_numbers(self.session, table.everybody, 2, words)
        return joined(self._of_some[TABLES.index(table)], 2 + (words is not None))

    @cached_property
    def _of_some(self) -> list[list[list[Numbers]]]:
        """The rows of some people by table, in parts. Asked for together: of few, to send a statement costs most."""
        words: dict[Asked, Numbering] = {LANGUAGES: self.spoken, STUDIES: self.fields}
        spelled = [words.get(table, Numbering()) for table in TABLES]
        found: list[list[list[Numbers]]] = [[] for _table in TABLES]
        for rows in read_rows(self.session, TOGETHER, self.only):
            for place, run in groupby(rows, key=_table_of):
                _place, person, said, word = zip(*run, strict=True)
                numbers = np.array(person, np.int64), np.array(said, np.int64)
                found[place].append([*numbers, spelled[place].of(word)])
        return found

    def skills(self) -> Claimed:
        """All current claims, also on words that are no concept yet."""
        person, packs = self._read(SKILLS)
        skill, rank, state, until = unpacked(packs, 31, 3, 3, DAY_BITS)
        return Claimed(person, skill - 1, rank - 1, state, until)

    def languages(self) -> Claimed:
        """All current claims on languages."""
        person, packs, language = self._read(LANGUAGES, self.spoken)
        rank, state, until = unpacked(packs, 3, 3, DAY_BITS)
        return Claimed(person, language, rank - 1, state, until)

    def studies(self) -> Studied:
        """All educations."""
        person, packs, code = self._read(STUDIES, self.fields)
        rank, completed, state, until = unpacked(packs, 3, 1, 3, DAY_BITS)
        return Studied(person, rank, code, state, until, completed.astype(np.bool_))

    def facets(self) -> Facets:
        """Experts, cadres and people abroad, with titles."""
        read = [self._read(table) for table in KINDS]
        person, packs = (np.concatenate([one[place] for one in read]) for place in range(2))
        kind, title, valid_to = unpacked(packs, SMALL, SMALL, DAY_BITS)
        return Facets(person, kind + NOT_STATED, title + NOT_STATED, valid_to)

    def freedom(self) -> Freedom:
        """The current statements about being free."""
        person, packs = self._read(SAID_FREE)
        return Freedom(person, *unpacked(packs, 2, DAY_BITS, DAY_BITS))

    def begun(self) -> Begun:
        """The first day of work of everybody who told of one."""
        return Begun(*self._read(BEGUN))


def _table_of(row: tuple[Any, ...]) -> int:
    """The place of the table that a row of `TOGETHER` is from."""
    return row[0]


def _places(public_id: Any, keys: list[str]) -> Numbers:
    """The place of everybody in the order of these keys, then of public ids."""
    by_id = np.argsort(public_id, kind="stable").tolist()
    order = sorted(by_id, key=keys.__getitem__)
    places = np.empty(len(keys), np.int64)
    places[order] = np.arange(len(keys))
    return places
