"""One page of the people found: rows of the roll and people who changed since, joined by the keys of their order."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.matching.engine.search.masks import flags_of
from registry.matching.engine.search.order import Rows, next_by_name, next_by_points, place_among
from registry.matching.queries.search.asked import Sought
from registry.matching.queries.search.conditions import visible
from registry.matching.queries.search.finding import TOP, Place, Shown, anchor_of, keys_of, rows_by_query
from registry.matching.queries.search.on_roll import OnRoll, on_roll
from registry.people.models import Person

PAGE_ROWS = 20

Anchor = Sequence[Any] | None


@dataclass(frozen=True)
class Found:
    """One page. `earlier` and `later` say whether there are rows before and after it."""

    people: Sequence[Person]
    points: Sequence[int]
    earlier: bool
    later: bool


def page_of(session: Session, sought: Sought, place: Place = TOP, *, rows: int = PAGE_ROWS) -> Found:
    """One page. People added meanwhile move nobody from one page to another: a page begins after a person."""
    anchor = anchor_of(session, sought, place.public_id)
    is_backwards = place.is_backwards
    asked = on_roll(session, sought)
    found = None if asked is None else _joined(session, sought, asked, place, anchor, rows + 1)
    if found is None:
        found = rows_by_query(session, sought, anchor, rows + 1, is_backwards=is_backwards)
    more, shown = len(found) > rows, found[:rows]
    at_top = anchor is None
    if is_backwards and not at_top:
        shown = shown[::-1]
    return Found(
        [one.person for one in shown],
        [one.points for one in shown],
        earlier=more if is_backwards and not at_top else not at_top,
        later=True if is_backwards and not at_top else more,
    )


def _joined(
    session: Session, sought: Sought, asked: OnRoll, place: Place, anchor: Anchor, count: int
) -> list[Shown] | None:
    """The nearest of both, in order. None when the database does not know somebody of the roll: it answers alone."""
    rows, points = _rows_of_roll(session, sought, asked, place, anchor, count)
    held = _shown(session, sought, asked, rows, points)
    if len(held) < len(rows):
        return None
    if asked.rest is not None:
        held += rows_by_query(
            session, sought, anchor, count, is_backwards=place.is_backwards, among=asked.rest
        )
    held.sort(key=lambda one: (-one.points, *one.keys), reverse=place.is_backwards)
    return held[:count]


def _rows_of_roll(
    session: Session, sought: Sought, asked: OnRoll, place: Place, anchor: Anchor, count: int
) -> tuple[Rows, list[int]]:
    """The nearest rows of the roll with their points."""
    if not sought.ranked:
        bound = None if anchor is None else _place_bound(session, sought, asked, place, anchor)
        rows = next_by_name(asked.roll, asked.found, bound, count, is_backwards=place.is_backwards)
        return rows, [0] * len(rows)
    points = asked.points()
    after = None if anchor is None else (int(anchor[0]), _row_bound(asked, place))
    rows = next_by_points(points, asked.found, after, count, is_backwards=place.is_backwards)
    return rows, points[rows].tolist()


def _row_bound(asked: OnRoll, place: Place) -> int:
    """The first row behind the anchor; backwards the first that is not before it."""
    row, is_held = asked.roll.row_at(place.public_id)
    return row + 1 if is_held and not place.is_backwards else row


def _place_bound(session: Session, sought: Sought, asked: OnRoll, place: Place, anchor: Sequence[Any]) -> int:
    """The same in the order of names. Somebody the roll does not answer for is placed by comparing keys."""
    roll = asked.roll
    row, is_held = roll.row_at(place.public_id)
    if is_held and flags_of(asked.visible, len(roll))[row]:
        return int(roll.arrays.places[row]) + (not place.is_backwards)
    order = place_among(roll, asked.visible)
    columns = [key.column for key in keys_of(sought)]

    def keys(row: int) -> tuple[Any, ...]:
        person = Person.id == int(roll.arrays.row_ids[row])
        return tuple(session.execute(select(*columns).where(person)).one())

    behind = bisect_left(order.tolist(), tuple(anchor), key=keys)
    return int(roll.arrays.places[order[behind]]) if behind < len(order) else len(roll)


def _shown(session: Session, sought: Sought, asked: OnRoll, rows: Rows, points: Sequence[int]) -> list[Shown]:
    """The people of these rows, asked once more whether they may be seen, with their keys."""
    ids: list[int] = asked.roll.arrays.row_ids[rows].tolist()
    plain = [key.column for key in keys_of(sought) if not key.is_down]
    found = session.execute(select(Person, *plain).where(Person.id.in_(ids), visible(sought)))
    worth = dict(zip(ids, points, strict=True))
    return [Shown(row[0], worth[row[0].id], tuple(row[1:])) for row in found]
