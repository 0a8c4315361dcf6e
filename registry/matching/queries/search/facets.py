"""Counts beside the options of facets: the people there would be, the facet's own choice left out. OR inside, AND across."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from registry.matching.queries.search.asked import Sought
from registry.matching.queries.search.conditions import (
    closed_condition,
    conditions_of,
    sought_visible_condition,
)
from registry.people.models import Education, LanguageClaim, Person, SkillClaim
from registry.people.queries.areas import AREA_FACETS
from registry.people.queries.narrowing import FACETS, HOME_COUNTRY
from registry.skills.models import Skill

MOST_OPTIONS = 20
CLOSED_FACETS: Mapping[str, tuple[str, ...]] = {**FACETS, **AREA_FACETS}
OPEN_FACETS = ("skill", "field", "language", "country")
# The name of the condition that holds the choice of an open facet.
OWN = {"skill": "skill", "field": "field", "language": "language", "country": "residence"}


@dataclass(frozen=True)
class FacetCounts:
    """Per facet and option how many people there would be; `named` are the concepts by code, (vi, en)."""

    closed: Mapping[str, Mapping[str, int]]
    open: Mapping[str, Mapping[str, int]]
    units: Mapping[str, int]
    named: Mapping[str, tuple[str, str]]


Conditions = Mapping[str, ColumnElement[bool]]


def counts_by_query(session: Session, sought: Sought, units: Sequence[str]) -> FacetCounts:
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


def chosen_in(sought: Sought, facet: str) -> Sequence[str]:
    """The options of an open list that are chosen."""
    search = sought.search
    chosen = {"skill": search.skills, "field": search.fields, "language": search.languages}
    return chosen.get(facet, search.countries)


def _closed(
    session: Session, sought: Sought, conditions: Conditions, units: Sequence[str]
) -> tuple[dict[str, dict[str, int]], dict[str, int]]:
    """The closed lists: what belongs to no list stands in WHERE, the other lists' choices beside each count.

    Every choice and every option is looked at once a person, in a table of its own, and then only counted.
    """
    own = sorted({*CLOSED_FACETS, "unit"} & conditions.keys())
    asked: dict[tuple[str, str], ColumnElement[bool]] = {
        **{
            (facet, option): closed_condition(sought, facet, option)
            for facet, options in CLOSED_FACETS.items()
            for option in options
        },
        **{("unit", path): Person.unit_path.startswith(path, autoescape=True) for path in units},
    }
    looked_at: Any = (
        select(
            *(conditions[name].label(f"chosen_{name}") for name in own),
            *(condition.label(f"option_{place}") for place, condition in enumerate(asked.values())),
        )
        .select_from(Person)
        .where(
            sought_visible_condition(sought), *(one for name, one in conditions.items() if name not in own)
        )
        .cte("looked_at")
        .prefix_with("MATERIALIZED")
    )
    columns = [
        func.count().filter(
            looked_at.c[f"option_{place}"], *(looked_at.c[f"chosen_{name}"] for name in own if name != facet)
        )
        for place, (facet, _option) in enumerate(asked)
    ]
    row = session.execute(select(*columns).select_from(looked_at)).one()
    found: dict[str, dict[str, int]] = {facet: {} for facet in (*CLOSED_FACETS, "unit")}
    for (facet, option), count in zip(asked, row, strict=True):
        found[facet][option] = count
    by_unit = found.pop("unit")
    return found, by_unit


def _others(sought: Sought, conditions: Conditions, facet: str) -> list[ColumnElement[bool]]:
    kept = [condition for name, condition in conditions.items() if name != OWN[facet]]
    return [sought_visible_condition(sought), *kept]


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
        .where(*_claimed(sought))
        .where(*_others(sought, conditions, "skill"))
        .group_by(Skill.code, Skill.vi, Skill.en)
        .order_by((Skill.code.in_(chosen)).desc(), count.desc(), Skill.code)
        .limit(max(MOST_OPTIONS, len(chosen)))
    )
    rows = session.execute(query).all()
    return {row[0]: row[3] for row in rows}, {row[0]: (row[1], row[2]) for row in rows}


def _claimed(sought: Sought) -> tuple[ColumnElement[bool], ...]:
    return SkillClaim.valid_to.is_(None), _held(SkillClaim.level, sought.search.skill_rank)


def _held(column: Any, rank: int | None) -> ColumnElement[bool]:
    return column >= rank if rank is not None else func.coalesce(column, 1) != 0


def _grouped(session: Session, sought: Sought, conditions: Conditions, facet: str) -> dict[str, int]:
    """Another open list: its most frequent codes and those chosen."""
    column, query = _listed(sought, facet)
    chosen = chosen_in(sought, facet)
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


def _listed(sought: Sought, facet: str) -> tuple[Any, Select[Any]]:
    """The column of an open list, and the people with what stands in it."""
    if facet == "field":
        field = Education.field_code
        query = select(field).join(Person, Person.id == Education.person_id)
        return field, query.where(field.is_not(None), Education.is_completed.is_(True))
    if facet == "language":
        spoken = LanguageClaim.language
        query = select(spoken).join(Person, Person.id == LanguageClaim.person_id)
        is_held = _held(LanguageClaim.rank, sought.search.language_rank)
        return spoken, query.where(LanguageClaim.valid_to.is_(None), is_held)
    country = Person.residence_country
    return country, select(country).where(country.is_not(None), country != HOME_COUNTRY)
