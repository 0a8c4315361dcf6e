"""What stands behind a number: the needs that make up a demand, and the people of a supply, counted by facets.

Needs are listed where the viewer may read needs. People are never listed here: their number is shown by degree, by when
they are free and by where their records are kept, and these add up to it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import Session, joinedload

from registry.accounts.queries import scope_condition
from registry.accounts.rules import Viewer
from registry.balance.queries.counting import (
    Part,
    available,
    open_places,
    standing,
    standings_of,
    wanted_within,
)
from registry.balance.queries.subjects import OCCUPATION_OF_NEED, occupation_of_person
from registry.balance.rules import Horizon, Subject, SubjectKind
from registry.balance.rules.subjects import SECTOR_LENGTH
from registry.needs.models import Need, NeedSkill
from registry.people.models import Education, Person, SkillClaim
from registry.places.models import AdministrativeUnit
from registry.skills.models import Skill
from registry.web.paging import PAGE_SIZE, Page

DEGREE, WHEN, KEPT = "degree", "when", "kept"


class NeedLine(NamedTuple):
    """A need and the places of it that are counted."""

    need: Need
    places: int


@dataclass(frozen=True)
class NeedsBehind:
    """One page of needs, and the places of all of them: the number that was opened."""

    page: Page[NeedLine]
    places: int


@dataclass(frozen=True)
class PeopleBehind:
    """How many people, and the same people by facet: {facet: {option: people}}."""

    people: int
    by: Mapping[str, Mapping[str, int]]


def needs_behind(
    session: Session,
    part: Part,
    reader: Viewer,
    subject: Subject | None,
    horizon: Horizon,
    page: int,
    *,
    on: date,
) -> NeedsBehind:
    """The open needs of a part with free places on a subject (of all, where none is said). Two statements.

    `reader` has the scopes on which needs may be read: no other is listed, and none outside the part that was counted.
    """
    places = open_places()
    chosen = [
        *part.needs(),
        scope_condition(reader, Need.unit_path, Need.organisation_path),
        *wanted_within(horizon, on),
        places > 0,
        *_needs_about(subject),
    ]
    counted = select(Need.id, places.label("places")).where(*chosen).subquery()
    total, posts = session.execute(
        select(func.count(), func.sum(counted.c.places)).select_from(counted)
    ).one()
    rows = session.execute(
        select(Need, places)
        .where(*chosen)
        .options(joinedload(Need.organisation), joinedload(Need.unit).joinedload(AdministrativeUnit.parent))
        .order_by(places.desc(), Need.title_sort, Need.id)
        .limit(PAGE_SIZE)
        .offset((page - 1) * PAGE_SIZE)
    )
    return NeedsBehind(Page([NeedLine(need, free) for need, free in rows], page, total), int(posts or 0))


def people_behind(
    session: Session,
    part: Part,
    subject: Subject | None,
    horizon: Horizon,
    *,
    on: date,
    unknown: bool = False,
) -> PeopleBehind:
    """The people who make up a supply, or those of whom a deciding fact is not known. One statement.

    Of a skill the unknown are also those who are free and said no level.
    """
    rows = _people(part, subject, horizon, on, unknown=unknown).subquery()
    columns = (rows.c.degree, rows.c.when, rows.c.kept)
    found = session.execute(select(*columns, func.count()).group_by(*columns)).all()
    by: dict[str, dict[str, int]] = {DEGREE: {}, WHEN: {}, KEPT: {}}
    for degree, when, kept, people in found:
        for facet, option in ((DEGREE, str(degree)), (WHEN, when), (KEPT, kept)):
            by[facet][option] = by[facet].get(option, 0) + people
    return PeopleBehind(sum(row[-1] for row in found), by)


def counted_now(
    session: Session, part: Part, subject: Subject, horizon: Horizon, *, on: date
) -> tuple[int, int]:
    """(free posts, people who are free) of one subject: what a shortage is found by. Two statements."""
    places = open_places()
    posts = session.scalar(
        select(func.sum(places)).where(*part.needs(), *wanted_within(horizon, on), *_needs_about(subject))
    )
    people = _people(part, subject, horizon, on, unknown=False).subquery()
    return int(posts or 0), session.scalar(select(func.count()).select_from(people)) or 0


def _needs_about(subject: Subject | None) -> Sequence[ColumnElement[bool]]:
    if subject is None:
        return ()
    if subject.kind is SubjectKind.OCCUPATION:
        return (OCCUPATION_OF_NEED.in_([subject.code]),)
    if subject.kind is SubjectKind.SECTOR:
        return (func.substr(OCCUPATION_OF_NEED, 1, SECTOR_LENGTH) == subject.code,)
    asks = (
        select(NeedSkill.id)
        .join(Skill, Skill.id == NeedSkill.skill_id)
        .where(NeedSkill.need_id == Need.id, Skill.code == subject.code)
        .correlate(Need)
        .exists()
    )
    return (asks,)


def _people(part: Part, subject: Subject | None, horizon: Horizon, on: date, *, unknown: bool) -> Any:
    said = standing(on)
    wanted = said.in_(sorted(standings_of(horizon, unknown=unknown)))
    degree = (
        select(func.max(Education.degree_rank))
        .where(Education.person_id == Person.id, Education.is_completed.is_(True))
        .correlate(Person)
        .scalar_subquery()
    )
    chosen = available(part, on)
    if subject is not None and subject.kind is SubjectKind.SKILL:
        chosen, wanted = _claiming(chosen, subject.code, said, horizon, unknown=unknown)
    elif subject is not None:
        occupation = occupation_of_person()
        is_sector = subject.kind is SubjectKind.SECTOR
        own = func.substr(occupation, 1, SECTOR_LENGTH) if is_sector else occupation
        chosen = chosen.where(own == subject.code)
    return chosen.where(wanted).with_only_columns(
        func.coalesce(degree, 0).label("degree"), said.label("when"), Person.unit_path.label("kept")
    )


def _claiming(
    chosen: Select[Any], code: str, said: ColumnElement[str], horizon: Horizon, *, unknown: bool
) -> tuple[Select[Any], ColumnElement[bool]]:
    """The same people with a claim on the concept, and which of them count."""
    joined = (
        chosen.join(SkillClaim, SkillClaim.person_id == Person.id)
        .join(Skill, Skill.id == SkillClaim.skill_id)
        .where(Skill.code == code, SkillClaim.valid_to.is_(None))
    )
    free = said.in_(sorted(standings_of(horizon)))
    levelled = case((SkillClaim.level > 0, 1), else_=0) == 1
    if not unknown:
        return joined, and_(free, levelled)
    unsaid = said.in_(sorted(standings_of(horizon, unknown=True)))
    has = or_(SkillClaim.level.is_(None), SkillClaim.level > 0)
    return joined, and_(has, or_(unsaid, and_(free, SkillClaim.level.is_(None))))
