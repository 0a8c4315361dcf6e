"""The people a search finds: how many, one page by its key, all their ids. Order is total and the same on both databases."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import Session

from registry.consents.rules import PurposeCode
from registry.matching.queries.search.asked import Sought
from registry.matching.queries.search.conditions import conditions_of, points_of
from registry.people.models import Person
from registry.people.queries import named_condition, people_for, visible_condition

PAGE_ROWS = 20


@dataclass(frozen=True)
class Place:
    """Where a page begins: after a person, or (backwards) before one; public ids. Both empty: at the top."""

    after: str = ""
    before: str = ""


TOP = Place()


@dataclass(frozen=True)
class Found:
    """One page. `earlier` and `later` say whether there are rows before and after it."""

    people: Sequence[Person]
    points: Sequence[int]
    earlier: bool
    later: bool


def found_total(session: Session, sought: Sought) -> int:
    """How many people fit."""
    counted = (
        select(func.count())
        .select_from(Person)
        .where(
            visible_condition(sought.viewer, PurposeCode.REGISTRY, on=sought.on),
            *conditions_of(sought).values(),
        )
    )
    return session.scalar(counted) or 0


def found_ids(sought: Sought) -> Select[Any]:
    """The ids of all people who fit, as a statement to compare or to keep."""
    people = people_for(sought.viewer, PurposeCode.REGISTRY, on=sought.on)
    return people.where(*conditions_of(sought).values()).with_only_columns(Person.id)


def page_of(session: Session, sought: Sought, place: Place = TOP, *, rows: int = PAGE_ROWS) -> Found:
    """One page. People added meanwhile move nobody from one page to another: a page begins after a person.

    With skills wanted: most found first, proved before claimed, nearer concepts first, then by public id.
    Otherwise people with a name in Vietnamese order, then anonymous ones by code.
    """
    keys = _keys(sought)
    is_backwards = bool(place.before)
    query = people_for(sought.viewer, PurposeCode.REGISTRY, on=sought.on).where(
        *conditions_of(sought).values()
    )
    anchor = _anchor(session, sought, keys, place.before or place.after)
    if anchor is not None:
        query = query.where(_beyond(keys, anchor, is_backwards=is_backwards))
    order = [key.column.desc() if key.is_down != is_backwards else key.column.asc() for key in keys]
    found = session.execute(query.add_columns(points_of(sought)).order_by(*order).limit(rows + 1)).all()
    more, shown = len(found) > rows, found[:rows]
    if is_backwards and anchor is not None:
        shown = shown[::-1]
    at_top = anchor is None
    return Found(
        [row[0] for row in shown],
        [row[1] for row in shown],
        earlier=more if is_backwards and not at_top else not at_top,
        later=True if is_backwards and not at_top else more,
    )


@dataclass(frozen=True)
class _Key:
    column: Any
    is_down: bool = False


def _keys(sought: Sought) -> list[_Key]:
    """What orders the people. The last key is different for everybody."""
    if sought.ranked:
        return [_Key(points_of(sought), is_down=True), _Key(Person.public_id)]
    named = named_condition(sought.viewer)
    return [
        _Key(case((named, 0), else_=1)),
        _Key(case((named, Person.name_sort_key), else_=Person.code)),
        _Key(Person.public_id),
    ]


def _anchor(session: Session, sought: Sought, keys: Sequence[_Key], public_id: str) -> Sequence[Any] | None:
    """The keys of the person a page begins after, whether or not that person still fits."""
    if not public_id:
        return None
    found = session.execute(
        select(*(key.column for key in keys)).where(
            visible_condition(sought.viewer, PurposeCode.REGISTRY, on=sought.on),
            Person.public_id == public_id,
        )
    ).one_or_none()
    return None if found is None else tuple(found)


def _beyond(keys: Sequence[_Key], anchor: Sequence[Any], *, is_backwards: bool) -> ColumnElement[bool]:
    """After the anchor (or before it) in the order of the keys."""
    cases: list[ColumnElement[bool]] = []
    for place, key in enumerate(keys):
        equal = [one.column == value for one, value in zip(keys[:place], anchor, strict=False)]
        is_further = key.column < anchor[place] if key.is_down != is_backwards else key.column > anchor[place]
        cases.append(and_(*equal, is_further))
    return or_(*cases)
