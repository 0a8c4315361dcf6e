"""Everybody's facts as columns, in one read: what snapshots are made from.

The same people as `people_for` gives, for a viewer of everything, and those whose pause ends soon. The same
facts as `person_facts` gives, for all needs at once. No name and no protected attribute is selected.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

import numpy as np
from sqlalchemy import ColumnElement, Executable, SQLColumnExpression, case, select, text
from sqlalchemy.orm import Session

from registry.accounts.rules import Viewer
from registry.consents.rules import PurposeCode
from registry.matching.engine.dates import add_months
from registry.matching.engine.facts import EVIDENCE_STRENGTH
from registry.matching.engine.index.columns import (
    Claims,
    Columns,
    People,
    Places,
    Posts,
    Statements,
    Studies,
    Tongues,
    Words,
)
from registry.matching.engine.index.snapshot import HORIZON_DAYS
from registry.matching.engine.parts import STATEMENT_GOOD_FOR_MONTHS
from registry.matching.queries.packing import (
    DAY_BITS,
    Numbering,
    Numbers,
    day_number,
    numbered,
    optional,
    packed,
    per_value,
    read_numbers,
    read_rows,
    unpacked,
)
from registry.matching.queries.people import named_field
from registry.people.models import (
    AcceptedPlace,
    Availability,
    AvailabilityForm,
    Education,
    Experience,
    LanguageClaim,
    Person,
    SkillClaim,
)
from registry.people.queries import people_for
from registry.people.rules import (
    AvailabilityState,
    DatePrecision,
    EvidenceState,
    PartialDate,
    PlaceKind,
    WorkForm,
)
from registry.skills.models import Skill

Told = Callable[[int, int], None]
"""Told how many of how many tables are read."""

TABLES = 7
FORMS = tuple(sorted(one.value for one in WorkForm))

_STRENGTHS = {EvidenceState(name): strength for name, strength in EVIDENCE_STRENGTH.items()}
_PRECISIONS = (DatePrecision.DAY, DatePrecision.MONTH, DatePrecision.YEAR)
_STATES = (AvailabilityState.NOT_AVAILABLE, AvailabilityState.AVAILABLE, AvailabilityState.PAUSED)
_KINDS = (PlaceKind.UNIT, PlaceKind.ANYWHERE, PlaceKind.REMOTE)


def read_columns(session: Session, as_of: date, told: Told = lambda _done, _of: None) -> Columns:
    """The columns of a snapshot for a day. Takes seconds a hundred thousand people; writes nothing."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SET LOCAL statement_timeout = 0"))  # a page has to be short, this has not
    reader = _Reader(session)
    people = reader.people(as_of)
    told(1, TABLES)
    claims = reader.claims()
    told(2, TABLES)
    posts = reader.posts()
    told(3, TABLES)
    studies = reader.studies()
    told(4, TABLES)
    tongues = reader.tongues()
    told(5, TABLES)
    statements = reader.statements(people)
    told(6, TABLES)
    places = reader.places()
    told(7, TABLES)
    return reader.columns(people, claims, posts, studies, tongues, statements, places)


def current_skills(session: Session) -> dict[int, int]:
    """Merged concepts and what they became, redirects followed to their end."""
    rows = session.execute(select(Skill.id, Skill.merged_into_id).where(Skill.merged_into_id.is_not(None)))
    became = {skill_id: into for skill_id, into in rows if into is not None}
    return {skill_id: _end(skill_id, became) for skill_id in became}


def _end(skill_id: int, became: dict[int, int]) -> int:
    passed: set[int] = set()
    while skill_id in became and skill_id not in passed:
        passed.add(skill_id)
        skill_id = became[skill_id]
    return skill_id


@dataclass
class _Reader:
    """Reads table by table and keeps the rows of the people it found; words get numbers as they come."""

    session: Session
    row_ids: Numbers = field(default_factory=lambda: np.empty(0, np.int64))
    paths: Numbering = field(default_factory=Numbering)
    offices: Numbering = field(default_factory=Numbering)
    codes: Numbering = field(default_factory=Numbering)
    languages: Numbering = field(default_factory=Numbering)

    def _read(self, statement: Executable, columns: int, words: Numbering | None = None) -> list[Numbers]:
        """Columns of the people found; the first one is the person."""
        read = read_numbers(self.session, statement, columns, words)
        held = np.isin(read[0], self.row_ids)
        return [column[held] for column in read]

    def people(self, as_of: date) -> People:
        last = as_of + timedelta(days=HORIZON_DAYS)
        found = people_for(Viewer.installation(), PurposeCode.MATCHING, on=last)
        wanted = found.with_only_columns(
            Person.id, Person.public_id, Person.unit_path, Person.organisation_path
        ).order_by(Person.id)
        parts = [list(zip(*rows, strict=True)) for rows in read_rows(self.session, wanted)]
        self.row_ids = np.array([one for part in parts for one in part[0]], np.int64)
        return People(
            row_id=self.row_ids,
            public_id=np.array([one for part in parts for one in part[1]], "S26"),
            unit=self.paths.of(one for part in parts for one in part[2]).astype(np.int32),
            organisation=self.offices.of(one for part in parts for one in part[3]).astype(np.int32),
            appears_on=np.zeros(len(self.row_ids), np.int32),
        )

    def claims(self) -> Claims:
        """The current claims on a concept that nobody has to confirm first.

        Others are read too and dropped here: asked for concepts, SQLite goes through the index by concept and looks
        up every claim elsewhere in the table, which takes three times as long as reading the table once.
        """
        said = packed(
            (optional(SkillClaim.skill_id), 31),
            (optional(SkillClaim.level), 3),
            (numbered(SkillClaim.evidence_state, _STRENGTHS), 3),
            (day_number(SkillClaim.evidence_until), DAY_BITS),
            (_flag(SkillClaim.needs_confirmation), 1),
        )
        person, packs = self._read(select(SkillClaim.person_id, said).where(SkillClaim.valid_to.is_(None)), 2)
        skill, rank, strength, until, is_unsure = unpacked(packs, 31, 3, 3, DAY_BITS, 1)
        counts = (skill > 0) & (is_unsure == 0)
        return Claims(
            person=person[counts],
            skill=(skill[counts] - 1).astype(np.int32),
            rank=(rank[counts] - 1).astype(np.int8),
            strength=strength[counts].astype(np.uint8),
            until=until[counts].astype(np.int32),
        )

    def posts(self) -> Posts:
        start = _moment(Experience.from_on, Experience.from_precision)
        end = _moment(Experience.to_on, Experience.to_precision)
        said = packed(*start, *end, (_flag(Experience.is_ongoing), 1))
        person, packs, code = self._read(
            select(Experience.person_id, said, Experience.field_code), 2, self.codes
        )
        starts, ends, ongoing = unpacked(packs, DAY_BITS + 2, DAY_BITS + 2, 1)
        return Posts(
            person=person,
            field=code.astype(np.int32),
            group=code.astype(np.int32),
            start_latest=per_value(starts, lambda one: _bound(one, "latest")).astype(np.int32),
            end_earliest=per_value(ends, lambda one: _bound(one, "earliest")).astype(np.int32),
            is_ongoing=ongoing.astype(np.bool_),
        )

    def studies(self) -> Studies:
        said = packed((optional(Education.degree_rank), 3), (day_number(Education.to_on), DAY_BITS))
        statement = select(Education.person_id, said, Education.field_code).where(Education.is_completed)
        person, packs, code = self._read(statement, 2, self.codes)
        rank, finished_on = unpacked(packs, 3, DAY_BITS)
        return Studies(
            person=person,
            rank=(rank - 1).astype(np.int8),
            field=code.astype(np.int32),
            group=code.astype(np.int32),
            finished_on=finished_on.astype(np.int32),
        )

    def tongues(self) -> Tongues:
        statement = select(LanguageClaim.person_id, optional(LanguageClaim.rank), LanguageClaim.language)
        person, rank, language = self._read(
            statement.where(LanguageClaim.valid_to.is_(None)), 2, self.languages
        )
        return Tongues(person, language.astype(np.int32), (rank - 1).astype(np.int8))

    def statements(self, people: People) -> Statements:
        """The current statements; who is paused is told in `people` too. A pause over leaves the person free."""
        said = packed(
            (_numbers(Availability.state, _STATES), 2), (day_number(Availability.from_on), DAY_BITS)
        )
        days = packed(
            (day_number(Availability.paused_until), DAY_BITS), (day_number(Availability.stated_on), DAY_BITS)
        )
        statement = select(Availability.person_id, said, days).where(Availability.ended_on.is_(None))
        person, saids, daypacks = self._read(statement, 3)
        state, free_from = unpacked(saids, 2, DAY_BITS)
        until, stated = unpacked(daypacks, DAY_BITS, DAY_BITS)
        paused = state == _STATES.index(AvailabilityState.PAUSED)
        places = np.searchsorted(self.row_ids, person)
        people.appears_on[places[paused]] = until[paused] + 1
        return Statements(
            person=person,
            is_available=state != _STATES.index(AvailabilityState.NOT_AVAILABLE),
            free_from=np.where(paused, np.maximum(free_from, until + 1), free_from).astype(np.int32),
            forms=self._forms()[places],
            stops_on=per_value(stated, _stops_on).astype(np.int32),
        )

    def _forms(self) -> Any:
        """The bits of the forms that each of the people found accepts."""
        bits = {WorkForm(form): 1 << place for place, form in enumerate(FORMS)}
        statement = (
            select(Availability.person_id, numbered(AvailabilityForm.form, bits))
            .join(AvailabilityForm, AvailabilityForm.availability_id == Availability.id)
            .where(Availability.ended_on.is_(None))
        )
        person, bit = self._read(statement, 2)
        places = np.searchsorted(self.row_ids, person)
        return np.bincount(places, bit, len(self.row_ids)).astype(np.uint16)

    def places(self) -> Places:
        statement = select(
            AcceptedPlace.person_id, _numbers(AcceptedPlace.kind, _KINDS), AcceptedPlace.unit_path
        )
        person, kind, unit = self._read(statement, 2, self.paths)
        return Places(
            person=person,
            unit=np.where(kind == _KINDS.index(PlaceKind.UNIT), unit, -1).astype(np.int32),
            is_anywhere=kind == _KINDS.index(PlaceKind.ANYWHERE),
            is_remote=kind == _KINDS.index(PlaceKind.REMOTE),
        )

    def columns(
        self,
        people: People,
        claims: Claims,
        posts: Posts,
        studies: Studies,
        tongues: Tongues,
        statements: Statements,
        places: Places,
    ) -> Columns:
        """All of it, words in order and numbered by that order."""
        unit_paths, unit = self.paths.sorted(people.unit, places.unit)
        offices, office = self.offices.sorted(people.organisation)
        languages, language = self.languages.sorted(tongues.language)
        fields = _Fields.of(*self.codes.sorted(posts.field, studies.field))
        words = Words(unit_paths, offices, fields.codes, fields.groups, languages, FORMS)
        return Columns(
            words=words,
            people=_renumbered(people, unit=unit, organisation=office),
            claims=claims,
            posts=_renumbered(posts, field=fields.field, group=fields.group),
            studies=_renumbered(studies, field=fields.field, group=fields.group),
            tongues=_renumbered(tongues, language=language),
            statements=statements,
            places=_renumbered(places, unit=unit),
            current_skill=current_skills(self.session),
        )


@dataclass(frozen=True)
class _Fields:
    """The fields and groups that codes stand for; `field` and `group` by the number a code had when it was read."""

    codes: tuple[str, ...]
    groups: tuple[str, ...]
    field: Numbers
    group: Numbers

    @staticmethod
    def of(words: tuple[str, ...], places: Numbers) -> "_Fields":
        named = [found for found in map(named_field, words) if found is not None]
        codes = sorted({(one.code, one.group or "") for one in named if one.code})
        groups = sorted({one.group for one in named if one.group})
        listed = [code for code, _group in codes]
        field = np.array([-1 if one.code is None else listed.index(one.code) for one in named] + [-1])
        group = np.array([groups.index(one.group) if one.group else -1 for one in named] + [-1])
        return _Fields(
            codes=tuple(listed),
            groups=tuple(groups),
            field=field[places],
            group=group[places],
        )


def _renumbered(part: Any, **places: Numbers) -> Any:
    """A part with other numbers for its words."""
    return replace(part, **{name: new[getattr(part, name)].astype(np.int32) for name, new in places.items()})


def _numbers(value: SQLColumnExpression[Any], words: Sequence[Any]) -> ColumnElement[int]:
    """The place of a word in a closed list."""
    return numbered(value, {word: place for place, word in enumerate(words)})


def _flag(value: SQLColumnExpression[bool]) -> ColumnElement[int]:
    return case((value, 1), else_=0)


def _moment(
    day: SQLColumnExpression[Any], precision: SQLColumnExpression[Any]
) -> list[tuple[ColumnElement[int], int]]:
    return [(day_number(day), DAY_BITS), (_numbers(precision, _PRECISIONS), 2)]


def _bound(packed_moment: int, which: str) -> int:
    """The first or last day a date may be, from its two columns in one number; 0 where there is none."""
    day, precision = packed_moment & ((1 << DAY_BITS) - 1), _PRECISIONS[packed_moment >> DAY_BITS]
    known = PartialDate.of(date.fromordinal(day), precision) if day else None
    found: date | None = None if known is None else getattr(known, which)
    return 0 if found is None else found.toordinal()


def _stops_on(stated_on: int) -> int:
    """The first day a statement is too old to count."""
    last = add_months(date.fromordinal(stated_on), STATEMENT_GOOD_FOR_MONTHS)
    return last.toordinal() + 1
