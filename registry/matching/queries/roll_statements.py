"""The statements a roll is read with, each made once: to make and to write one out takes longer than to answer it.

Every one tells the person, then numbers packed into one, then perhaps a word.
"""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import SQLColumnExpression, String, case, cast, func, literal, null, select, union_all

from registry.accounts.rules import Viewer
from registry.consents.rules import PurposeCode
from registry.matching.engine.search.columns import EVIDENCE, FREEDOM
from registry.matching.queries.packing import (
    DAY_BITS,
    day_number,
    is_handed,
    numbered,
    optional,
    packed,
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
from registry.people.queries import people_for
from registry.people.queries.narrowing import FACETS, OVERSEAS
from registry.people.rules import AcademicTitle, CadreKind, ExpertKind

OPTIONS = tuple(f"{facet}:{option}" for facet, options in FACETS.items() for option in options)

NAMED, _ANONYMOUS = "0", "1"
SMALL = 6
"""Bits of kinds and titles, 0 for none."""


class Asked:
    """A statement about everybody, and the same about people handed over."""

    def __init__(self, statement: Any, owner: SQLColumnExpression[int]) -> None:
        self.everybody = statement
        self.some = statement.where(is_handed(owner))

    def beside_others(self, place: int) -> Any:
        """The one about some people with a number in front, and a word at the end whether or not it has one."""
        person, said, *words = self.some.selected_columns
        return self.some.with_only_columns(literal(place), person, said, *(words or [cast(null(), String)]))


def _evidence(model: Any) -> tuple[tuple[Any, int], ...]:
    return (_numbered_as(model.evidence_state, EVIDENCE), 3), (day_number(model.evidence_until), DAY_BITS)


def _numbered_as(value: SQLColumnExpression[Any], words: tuple[Any, ...]) -> Any:
    return numbered(value, {word: place for place, word in enumerate(words)})


def _options(facet: str, words: Any) -> Mapping[Any, int]:
    """One more than the number of the option of each word."""
    return {word: OPTIONS.index(f"{facet}:{word.value}") + 1 for word in words}


def _title() -> Any:
    return numbered(ExpertFacet.academic_title, _options("title", AcademicTitle))


@lru_cache(maxsize=2)
def people_asked(as_of: date) -> Asked:
    """Everybody who may be searched on a day; the key of their order is the fourth column."""
    key = case(
        (Person.agrees_to_be_named, literal(NAMED, String) + Person.name_sort_key),
        else_=literal(_ANONYMOUS, String) + Person.code,
    )
    said = packed((optional(Person.stated_years), 7), (day_number(Person.confirmed_on), DAY_BITS))
    people = people_for(Viewer.installation(), PurposeCode.MATCHING, on=as_of).with_only_columns(
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
    return Asked(people, Person.id)


def _said(model: Any, *parts: tuple[Any, int]) -> Any:
    return select(model.person_id, packed(*parts))


SKILLS = Asked(
    _said(
        SkillClaim,
        (func.coalesce(SkillClaim.skill_id + 1, 0), 31),
        (optional(SkillClaim.level), 3),
        *_evidence(SkillClaim),
    ).where(SkillClaim.valid_to.is_(None)),
    SkillClaim.person_id,
)
LANGUAGES = Asked(
    _said(LanguageClaim, (optional(LanguageClaim.rank), 3), *_evidence(LanguageClaim))
    .add_columns(LanguageClaim.language)
    .where(LanguageClaim.valid_to.is_(None)),
    LanguageClaim.person_id,
)
STUDIES = Asked(
    _said(
        Education,
        (func.coalesce(Education.degree_rank, 0), 3),
        (case((Education.is_completed, 1), else_=0), 1),
        *_evidence(Education),
    ).add_columns(Education.field_code),
    Education.person_id,
)
KINDS = tuple(
    Asked(
        _said(model, (kind, SMALL), (title, SMALL), (day_number(model.valid_to), DAY_BITS)), model.person_id
    )
    for model, kind, title in (
        (ExpertFacet, numbered(ExpertFacet.kind, _options("kind", ExpertKind)), _title()),
        (CadreFacet, numbered(CadreFacet.kind, _options("kind", CadreKind)), literal(0)),
        (OverseasFacet, literal(OPTIONS.index(f"kind:{OVERSEAS}") + 1), literal(0)),
    )
)
SAID_FREE = Asked(
    _said(
        Availability,
        (_numbered_as(Availability.state, FREEDOM), 2),
        (day_number(Availability.from_on), DAY_BITS),
        (day_number(Availability.paused_until), DAY_BITS),
    ).where(Availability.ended_on.is_(None)),
    Availability.person_id,
)
BEGUN = Asked(
    select(Experience.person_id, day_number(func.min(Experience.from_on)))
    .where(Experience.from_on.is_not(None))
    .group_by(Experience.person_id),
    Experience.person_id,
)

TABLES = (SKILLS, LANGUAGES, STUDIES, *KINDS, SAID_FREE, BEGUN)
TOGETHER = union_all(*(one.beside_others(place) for place, one in enumerate(TABLES)))
"""What all tables say of people handed over, in one answer; each row begins with the place of its table."""
