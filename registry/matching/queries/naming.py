"""What the codes and people of a ranking are called, for whoever looks."""

from collections.abc import Collection, Iterable
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from registry.accounts.rules import Viewer
from registry.consents.rules import PurposeCode
from registry.db import read_rows
from registry.matching.engine.facts import NeedSpec, ScopeCondition
from registry.matching.engine.names import Names
from registry.matching.queries.concepts import Concepts
from registry.matching.queries.considered import MOST_VIEWERS
from registry.people.models import Person
from registry.people.queries import (
    PersonCard,
    PersonShown,
    people_for,
    person_cards,
    shown_columns,
    with_changes,
)
from registry.people.rules import degree_of_rank, vocabulary
from registry.places.models import AdministrativeUnit

_RANKS = range(1, 7)


def names_of(session: Session, concepts: Concepts, specs: Iterable[NeedSpec], locale: str = "vi") -> Names:
    """Names of concepts, fields, languages, degrees, and of the units that conditions mention."""
    words = vocabulary()
    return Names(
        skills=concepts.labels(locale),
        fields={one.code: _in(locale, one.vi, one.en) for one in (*words.field_groups, *words.fields)},
        languages={one.code: _in(locale, one.vi, one.en) for one in words.languages},
        degrees={rank: _in(locale, one.vi, one.en) for rank in _RANKS if (one := degree_of_rank(rank))},
        units=_units(session, specs),
    )


def _in(locale: str, vi: str, en: str) -> str:
    return en if locale == "en" and en else vi


def _units(session: Session, specs: Iterable[NeedSpec]) -> dict[str, str]:
    paths = {
        condition.unit_path
        for spec in specs
        for condition in spec.conditions
        if isinstance(condition, ScopeCondition)
    }
    if not paths:
        return {}
    rows = session.execute(
        select(AdministrativeUnit.path, AdministrativeUnit.full_name).where(
            AdministrativeUnit.path.in_(sorted(paths)), AdministrativeUnit.valid_to.is_(None)
        )
    )
    return {row.path: row.full_name for row in rows}


@lru_cache(maxsize=MOST_VIEWERS)
def _people(viewer: Viewer, on: date) -> Any:
    """Those among some `people` whom the viewer may match."""
    visible: Any = people_for(viewer, PurposeCode.MATCHING, on=on).with_only_columns(*shown_columns())
    return with_changes(visible).where(Person.public_id.in_(bindparam("people", expanding=True)))


def people_shown(
    session: Session, viewer: Viewer, people: Collection[str], on: date
) -> dict[str, PersonCard]:
    """The people of a page by public id, for display only. Scope, consent and pause are asked once more.

    The order and the points are settled before this is read, so nothing here can reach them.
    """
    rows = read_rows(session, _people(viewer, on), people=sorted(people)).all()
    found = [PersonShown._make(row) for row in rows]
    return {card.person.public_id: card for card in person_cards(session, found, on=on)}
