"""Counts beside the options of facets: the people there would be, the facet's own choice left out. OR inside, AND across."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, select, true
from sqlalchemy.orm import Session

from registry.consents.rules import PurposeCode
from registry.matching.queries.search.asked import Sought
from registry.matching.queries.search.conditions import conditions_of
from registry.people.models import Education, LanguageClaim, Person, SkillClaim
from registry.people.queries import option_condition, visible_condition
from registry.people.queries.narrowing import FACETS
from registry.skills.models import Skill

MOST_OPTIONS = 20
OPEN_FACETS = ("skill", "field", "language", "country")
# The name of the condition that holds the choice of an open facet.
_OWN = {"skill": "skill", "field": "field", "language": "language", "country": "residence"}


@dataclass(frozen=True)
class FacetCounts:
    """Per facet and option how many people there would be; `named` are the concepts by code, (vi, en)."""

    closed: Mapping[str, Mapping[str, int]]
    open: Mapping[str, Mapping[str, int]]
    units: Mapping[str, int]
    named: Mapping[str, tuple[str, str]]


def facet_counts(session: Session, sought: Sought, units: Sequence[str]) -> FacetCounts:
    """All counts in five statements: one for the closed lists and units, one for each open list.

    Open lists hold at most twenty options, the most frequent first, and whatever is chosen.
    """
    conditions = conditions_of(sought)
    closed, by_unit = _closed(session, sought, conditions, units)
    skills, named = _skills(session, sought, conditions)
    opened = {
        "skill": skills,
        "field": _grouped(session, sought, conditions, "field"),
        "language": _grouped(session, sought, conditions, "language"),
        "country": _grouped(session, sought, conditions, "country"),
    }
    return FacetCounts(closed, opened, by_unit, named)


Conditions = Mapping[str, ColumnElement[bool]]


def _closed(
    session: Session, sought: Sought, conditions: Conditions, units: Sequence[str]
) -> tuple[dict[str, dict[str, int]], dict[str, int]]:
    """The closed lists: what belongs to no list stands in WHERE, the other lists' choices beside each count."""
    own = {*FACETS, "unit"}
    shared = [condition for name, condition in conditions.items() if name not in own]
    columns: list[Any] = []
    places: list[tuple[str, str]] = []
    for facet, options in FACETS.items():
        others = and_(
            true(), *(conditions[name] for name in sorted(own & conditions.keys()) if name != facet)
        )
        for option in options:
            places.append((facet, option))
            columns.append(func.count().filter(and_(others, option_condition(facet, option, sought.on))))
    others = and_(true(), *(conditions[name] for name in sorted(own & conditions.keys()) if name != "unit"))
    for path in units:
        places.append(("unit", path))
        columns.append(func.count().filter(and_(others, Person.unit_path.startswith(path, autoescape=True))))
    row = session.execute(
        select(*columns)
        .select_from(Person)
        .where(visible_condition(sought.viewer, PurposeCode.REGISTRY, on=sought.on), *shared)
    ).one()
    found: dict[str, dict[str, int]] = {facet: {} for facet in FACETS}
    by_unit: dict[str, int] = {}
    for (facet, option), count in zip(places, row, strict=True):
        (by_unit if facet == "unit" else found[facet])[option] = count
    return found, by_unit


def _others(sought: Sought, conditions: Conditions, facet: str) -> list[ColumnElement[bool]]:
    kept = [condition for name, condition in conditions.items() if name != _OWN[facet]]
    return [visible_condition(sought.viewer, PurposeCode.REGISTRY, on=sought.on), *kept]


def _skills(
    session: Session, sought: Sought, conditions: Conditions
) -> tuple[dict[str, int], dict[str, tuple[str, str]]]:
    """The skills most of these people claim, and those ticked, with the rank that is asked for."""
    chosen = sought.search.skills
    count = func.count(SkillClaim.person_id.distinct())
    query = (
        select(Skill.code, Skill.vi, Skill.en, count)
        .join(SkillClaim, SkillClaim.skill_id == Skill.id)
        .join(Person, Person.id == SkillClaim.person_id)
        .where(SkillClaim.valid_to.is_(None), _held(SkillClaim.level, sought.search.skill_rank))
        .where(*_others(sought, conditions, "skill"))
        .group_by(Skill.code, Skill.vi, Skill.en)
        .order_by((Skill.code.in_(chosen)).desc(), count.desc(), Skill.code)
        .limit(max(MOST_OPTIONS, len(chosen)))
    )
    rows = session.execute(query).all()
    return {row[0]: row[3] for row in rows}, {row[0]: (row[1], row[2]) for row in rows}


def _held(column: Any, rank: int | None) -> ColumnElement[bool]:
    return column >= rank if rank is not None else func.coalesce(column, 1) != 0


def _grouped(session: Session, sought: Sought, conditions: Conditions, facet: str) -> dict[str, int]:
    """Another open list: its most frequent codes and those chosen."""
    search = sought.search
    query: Select[Any]
    if facet == "field":
        column, chosen = Education.field_code, search.fields
        query = select(column).join(Person, Person.id == Education.person_id)
        query = query.where(column.is_not(None), Education.is_completed.is_(True))
    elif facet == "language":
        column, chosen = LanguageClaim.language, search.languages
        query = select(column).join(Person, Person.id == LanguageClaim.person_id)
        query = query.where(LanguageClaim.valid_to.is_(None), _held(LanguageClaim.rank, search.language_rank))
    else:
        column, chosen = Person.residence_country, search.countries
        query = select(column).where(column.is_not(None), column != "VN")
    count = func.count(Person.id.distinct())
    rows = session.execute(
        query.add_columns(count)
        .where(*_others(sought, conditions, facet))
        .group_by(column)
        .order_by(column.in_(chosen).desc(), count.desc(), column)
        .limit(max(MOST_OPTIONS, len(chosen)))
    )
    found: dict[str, int] = dict(iter(rows))
    return found | {code: 0 for code in chosen if code not in found}
