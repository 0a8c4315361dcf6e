"""The people a search finds: how many, one page by its key, all their ids. Order is total and the same on both databases."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import Session

from registry.accounts.rules import Viewer
from registry.matching.engine.search.masks import count_of
from registry.matching.queries.search.asked import Sought
from registry.matching.queries.search.conditions import conditions_of, points_of, sought_visible_condition
from registry.matching.queries.search.on_roll import on_rolls
from registry.people.models import Person
from registry.people.queries import PersonShown, named_condition, shown_columns, with_changes


@dataclass(frozen=True)
class Place:
    """Where a page begins: after a person, or (backwards) before one; public ids. Both empty: at the top."""

    after: str = ""
    before: str = ""

    @property
    def is_backwards(self) -> bool:
        """Whether the page ends before a person."""
        return bool(self.before)

    @property
    def public_id(self) -> str:
        """The person the page begins after or ends before."""
        return self.before or self.after


TOP = Place()
SHOWN = len(PersonShown._fields)
"""How many columns a person shown takes in a row; what else was asked stands behind them."""


def found_total(session: Session, sought: Sought) -> int:
    """How many people fit."""
    rolls = on_rolls(session, sought)
    if rolls:
        return sum(count_of(one.found) for one in rolls)
    counted = select(func.count()).select_from(Person)
    return (
        session.scalar(counted.where(sought_visible_condition(sought), *conditions_of(sought).values())) or 0
    )


def visible_total(session: Session, sought: Sought) -> int:
    """How many records the viewer may see at all."""
    rolls = on_rolls(session, sought)
    if rolls:
        return sum(count_of(one.visible) for one in rolls)
    return (
        session.scalar(select(func.count()).select_from(Person).where(sought_visible_condition(sought))) or 0
    )


def left_out_total(session: Session, sought: Sought) -> int:
    """How many people fit everything else and are left out because they were considered before."""
    if sought.search.considered is None:
        return 0
    rolls = on_rolls(session, sought)
    if rolls:
        return sum(count_of(one.without("considered")) - count_of(one.found) for one in rolls)
    conditions = conditions_of(sought)
    is_left_out = ~conditions.pop("considered")
    counted = select(func.count()).select_from(Person)
    return (
        session.scalar(counted.where(sought_visible_condition(sought), is_left_out, *conditions.values()))
        or 0
    )


def found_ids(sought: Sought) -> Select[Any]:
    """The ids of all people who fit, as a statement to compare or to keep."""
    return select(Person.id).where(sought_visible_condition(sought), *conditions_of(sought).values())


@dataclass(frozen=True)
class Shown:
    """A person of a page with the points, and the values of the keys it is ordered by, all but the points."""

    person: PersonShown
    points: int
    keys: tuple[Any, ...]


@dataclass(frozen=True)
class Key:
    """A column that orders the people."""

    column: Any
    is_down: bool = False


def keys_of(sought: Sought) -> list[Key]:
    """What orders the people. The last key is different for everybody.

    With skills wanted: most found first, proved before claimed, nearer concepts first, then by public id.
    Otherwise people with a name in Vietnamese order, then anonymous ones by code.
    """
    first = [Key(points_of(sought), is_down=True)] if sought.ranked else []
    return [*first, *map(Key, keys_beside_points(sought))]


def keys_beside_points(sought: Sought) -> list[Any]:
    """The columns of all keys but the points, which a roll knows."""
    return plain_keys(sought.viewer, is_ranked=bool(sought.ranked))


def plain_keys(viewer: Viewer, *, is_ranked: bool) -> list[Any]:
    """The same, for people ordered by points first or by name."""
    if is_ranked:
        return [Person.public_id]
    named = named_condition(viewer)
    return [
        case((named, 0), else_=1),
        case((named, Person.name_sort_key), else_=Person.code),
        Person.public_id,
    ]


@dataclass(frozen=True)
class Anchor:
    """A person that a page begins after, with the values of the keys."""

    person_id: int
    keys: tuple[Any, ...]


def anchor_of(session: Session, sought: Sought, public_id: str) -> Anchor | None:
    """The person a page begins after, whether or not that person still fits."""
    if not public_id:
        return None
    found = session.execute(
        select(Person.id, *(key.column for key in keys_of(sought))).where(
            sought_visible_condition(sought), Person.public_id == public_id
        )
    ).one_or_none()
    return None if found is None else Anchor(found[0], tuple(found[1:]))


def rows_by_query(
    session: Session, sought: Sought, anchor: Anchor | None, count: int, *, is_backwards: bool
) -> list[Shown]:
    """The first people after an anchor, or the last before it, nearest first."""
    keys = keys_of(sought)
    query: Any = with_changes(select(*shown_columns()).select_from(Person))
    query = query.where(sought_visible_condition(sought), *conditions_of(sought).values())
    if anchor is not None:
        query = query.where(_beyond(keys, anchor.keys, is_backwards=is_backwards))
    order = [key.column.desc() if key.is_down != is_backwards else key.column.asc() for key in keys]
    plain = [key.column for key in keys if not key.is_down]
    rows = session.execute(query.add_columns(points_of(sought), *plain).order_by(*order).limit(count))
    return [Shown(PersonShown(*row[:SHOWN]), row[SHOWN], tuple(row[SHOWN + 1 :])) for row in rows]


def _beyond(keys: Sequence[Key], anchor: Sequence[Any], *, is_backwards: bool) -> ColumnElement[bool]:
    """After the anchor (or before it) in the order of the keys."""
    cases: list[ColumnElement[bool]] = []
    for place, key in enumerate(keys):
        equal = [one.column == value for one, value in zip(keys[:place], anchor, strict=False)]
        is_further = key.column < anchor[place] if key.is_down != is_backwards else key.column > anchor[place]
        cases.append(and_(*equal, is_further))
    return or_(*cases)
