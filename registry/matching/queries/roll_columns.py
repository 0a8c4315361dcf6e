"""Everybody whose record is kept, as columns: what rolls are made from. One pass over every table.

The same people as `people_for` gives a viewer of everything for the keeping of records, and of each what the
conditions of a search ask (`conditions`, and `option_condition` of people). Names are put in order and let go.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import SQLColumnExpression, String, case, func, literal, select, text
from sqlalchemy.orm import Session

from registry.accounts.rules import Viewer
from registry.consents.rules import PurposeCode
from registry.matching.engine.search.columns import (
    EVIDENCE,
    FREEDOM,
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
    day_number,
    numbered,
    optional,
    packed,
    read_numbers,
    read_rows,
    unpacked,
)
from registry.people.models import (
    Availability,
    CadreFacet,
    Education,
    Experience,
    ExpertFacet,
    LanguageClaim,
    OverseasFacet,
    Person,
    SkillClaim,
)
from registry.people.queries import listed, people_for
from registry.people.queries.narrowing import FACETS, OVERSEAS
from registry.people.rules import AcademicTitle, CadreKind, ExpertKind

OPTIONS = tuple(f"{facet}:{option}" for facet, options in FACETS.items() for option in options)

Ids = NDArray[np.int64]

_NAMED, _ANONYMOUS = "0", "1"
_SMALL = 6
"""Bits of kinds and titles, 0 for none."""


def read_roll(session: Session, as_of: date, only: Ids | None = None) -> RollColumns:
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
    only: Ids | None
    units: Numbering = field(default_factory=Numbering)
    offices: Numbering = field(default_factory=Numbering)
    homes: Numbering = field(default_factory=Numbering)
    countries: Numbering = field(default_factory=_every_word)
    headlines: Numbering = field(default_factory=_every_word)
    fields: Numbering = field(default_factory=_every_word)
    spoken: Numbering = field(default_factory=_every_word)

    def people(self, as_of: date) -> Recorded:
        """Everybody in the order of public ids, with their place in the order of names."""
        key = case(
            (Person.agrees_to_be_named, literal(_NAMED, String) + Person.name_sort_key),
            else_=literal(_ANONYMOUS, String) + Person.code,
        )
        said = packed((optional(Person.stated_years), 7), (day_number(Person.confirmed_on), DAY_BITS))
        wanted = people_for(Viewer.installation(), PurposeCode.REGISTRY, on=as_of).with_only_columns(
            Person.id,
            said,
            Person.public_id,
            key,
            Person.unit_path,
            Person.organisation_path,
            Person.residence_unit_path,
            Person.residence_country,
            Person.folded_headline,
        )
        wanted = self._theirs(wanted, Person.id)
        parts = [self._some(list(zip(*rows, strict=True))) for rows in read_rows(self.session, wanted)]
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
            is_named=np.array([key[0] == _NAMED for key in keys], np.bool_),
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

    def _theirs(self, statement: Any, owner: SQLColumnExpression[int]) -> Any:
        """The rows of the people wanted."""
        return statement if self.only is None else statement.where(owner.in_(listed(self.session, self.only)))

    def _read(
        self, statement: Any, owner: SQLColumnExpression[int], words: Numbering | None = None
    ) -> list[Numbers]:
        """The owners, one packed number and perhaps a word of all rows of the people wanted."""
        return read_numbers(self.session, self._theirs(statement, owner), 2, words)

    def skills(self) -> Claimed:
        """All current claims, also on words that are no concept yet."""
        said = packed(
            (func.coalesce(SkillClaim.skill_id + 1, 0), 31),
            (optional(SkillClaim.level), 3),
            *_evidence(SkillClaim),
        )
        statement = select(SkillClaim.person_id, said).where(SkillClaim.valid_to.is_(None))
        person, packs = self._read(statement, SkillClaim.person_id)
        skill, rank, state, until = unpacked(packs, 31, 3, 3, DAY_BITS)
        return Claimed(person, skill - 1, rank - 1, state, until)

    def languages(self) -> Claimed:
        """All current claims on languages."""
        said = packed((optional(LanguageClaim.rank), 3), *_evidence(LanguageClaim))
        statement = select(LanguageClaim.person_id, said, LanguageClaim.language)
        person, packs, language = self._read(
            statement.where(LanguageClaim.valid_to.is_(None)), LanguageClaim.person_id, self.spoken
        )
        rank, state, until = unpacked(packs, 3, 3, DAY_BITS)
        return Claimed(person, language, rank - 1, state, until)

    def studies(self) -> Studied:
        """All educations."""
        is_completed = case((Education.is_completed, 1), else_=0)
        said = packed((func.coalesce(Education.degree_rank, 0), 3), (is_completed, 1), *_evidence(Education))
        person, packs, code = self._read(
            select(Education.person_id, said, Education.field_code), Education.person_id, self.fields
        )
        rank, completed, state, until = unpacked(packs, 3, 1, 3, DAY_BITS)
        return Studied(person, rank, code, state, until, completed.astype(np.bool_))

    def facets(self) -> Facets:
        """Experts, cadres and people abroad, with titles."""
        experts = (numbered(ExpertFacet.kind, _options("kind", ExpertKind)), _title())
        cadres = (numbered(CadreFacet.kind, _options("kind", CadreKind)), literal(0))
        overseas = (literal(OPTIONS.index(f"kind:{OVERSEAS}") + 1), literal(0))
        read: list[list[Numbers]] = []
        for model, (kind, title) in ((ExpertFacet, experts), (CadreFacet, cadres), (OverseasFacet, overseas)):
            said = packed((kind, _SMALL), (title, _SMALL), (day_number(model.valid_to), DAY_BITS))
            read.append(self._read(select(model.person_id, said), model.person_id))
        person, packs = (np.concatenate([one[place] for one in read]) for place in range(2))
        kind, title, valid_to = unpacked(packs, _SMALL, _SMALL, DAY_BITS)
        return Facets(person, kind + NOT_STATED, title + NOT_STATED, valid_to)

    def freedom(self) -> Freedom:
        """The current statements about being free."""
        said = packed(
            (_numbered_as(Availability.state, FREEDOM), 2),
            (day_number(Availability.from_on), DAY_BITS),
            (day_number(Availability.paused_until), DAY_BITS),
        )
        statement = select(Availability.person_id, said).where(Availability.ended_on.is_(None))
        person, packs = self._read(statement, Availability.person_id)
        return Freedom(person, *unpacked(packs, 2, DAY_BITS, DAY_BITS))

    def begun(self) -> Begun:
        """The first day of work of everybody who told of one."""
        first = select(Experience.person_id, day_number(func.min(Experience.from_on)))
        dated = first.where(Experience.from_on.is_not(None)).group_by(Experience.person_id)
        return Begun(*self._read(dated, Experience.person_id))


def _places(public_id: Any, keys: list[str]) -> Numbers:
    """The place of everybody in the order of these keys, then of public ids."""
    by_id = np.argsort(public_id, kind="stable").tolist()
    order = sorted(by_id, key=keys.__getitem__)
    places = np.empty(len(keys), np.int64)
    places[order] = np.arange(len(keys))
    return places


def _evidence(model: Any) -> tuple[tuple[Any, int], ...]:
    return (_numbered_as(model.evidence_state, EVIDENCE), 3), (day_number(model.evidence_until), DAY_BITS)


def _numbered_as(value: SQLColumnExpression[Any], words: tuple[Any, ...]) -> Any:
    return numbered(value, {word: place for place, word in enumerate(words)})


def _options(facet: str, words: Any) -> Mapping[Any, int]:
    """One more than the number of the option of each word."""
    return {word: OPTIONS.index(f"{facet}:{word.value}") + 1 for word in words}


def _title() -> Any:
    return numbered(ExpertFacet.academic_title, _options("title", AcademicTitle))
