"""One page of the people found: rows of the roll and people who changed since, joined by the keys of their order."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import numpy as np
from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from registry.accounts.rules import Viewer
from registry.consents.rules import PurposeCode
from registry.db import read_rows
from registry.matching.engine.search.masks import flags_of, rows_of
from registry.matching.engine.search.order import Rows, in_order, next_by_name, next_by_points
from registry.matching.queries.considered import MOST_VIEWERS
from registry.matching.queries.search.asked import Sought
from registry.matching.queries.search.finding import (
    SHOWN,
    TOP,
    Anchor,
    Place,
    Shown,
    anchor_of,
    keys_of,
    plain_keys,
    rows_by_query,
)
from registry.matching.queries.search.on_roll import OnRoll, on_rolls
from registry.people.models import Person
from registry.people.queries import PersonShown, shown_columns, visible_condition, with_changes

PAGE_ROWS = 20


@dataclass(frozen=True)
class Found:
    """One page. `earlier` and `later` say whether there are rows before and after it."""

    people: Sequence[PersonShown]
    points: Sequence[int]
    earlier: bool
    later: bool


def page_of(session: Session, sought: Sought, place: Place = TOP, *, rows: int = PAGE_ROWS) -> Found:
    """One page. People added meanwhile move nobody from one page to another: a page begins after a person.

    A person who may no longer be seen leads to the first page.
    """
    anchor = anchor_of(session, sought, place.public_id)
    is_backwards = place.is_backwards and anchor is not None
    rolls = on_rolls(session, sought)
    found = _joined(session, sought, rolls, anchor, rows + 1, is_backwards=is_backwards) if rolls else None
    if found is None:
        found = rows_by_query(session, sought, anchor, rows + 1, is_backwards=is_backwards)
    more, shown = len(found) > rows, found[:rows]
    if is_backwards:
        shown = shown[::-1]
    return Found(
        [one.person for one in shown],
        [one.points for one in shown],
        earlier=more if is_backwards else anchor is not None,
        later=is_backwards or more,
    )


def _joined(
    session: Session,
    sought: Sought,
    rolls: Sequence[OnRoll],
    anchor: Anchor | None,
    count: int,
    *,
    is_backwards: bool,
) -> list[Shown] | None:
    """The nearest of all rolls, in order. None when the database does not know one of them: it answers alone."""
    worth: dict[int, int] = {}
    for asked in rolls:
        rows, points = _rows_of_roll(session, sought, asked, anchor, count, is_backwards=is_backwards)
        worth |= zip(asked.roll.arrays.row_ids[rows].tolist(), points, strict=True)
    held = _shown(session, sought, worth)
    if len(held) < len(worth):
        return None
    held.sort(key=lambda one: (-one.points, *one.keys), reverse=is_backwards)
    return held[:count]


def _rows_of_roll(
    session: Session, sought: Sought, asked: OnRoll, anchor: Anchor | None, count: int, *, is_backwards: bool
) -> tuple[Rows, list[int]]:
    """The nearest rows of the roll with their points."""
    if not sought.ranked:
        bound = anchor and _place_bound(session, sought, asked, anchor, is_backwards=is_backwards)
        rows = next_by_name(asked.roll, asked.found, bound, count, is_backwards=is_backwards)
        return rows, [0] * len(rows)
    after = anchor and (
        int(anchor.keys[0]),
        _row_bound(session, asked, anchor, is_backwards=is_backwards),
    )
    found = rows_of(asked.found, len(asked.roll))
    rows, points = next_by_points(found, asked.points(found), after, count, is_backwards=is_backwards)
    return rows, points.tolist()


def _row_bound(session: Session, asked: OnRoll, anchor: Anchor, *, is_backwards: bool) -> int:
    """The first row behind an anchor; backwards the first that is not before it."""
    held = _rows_of_person(asked, anchor)
    if len(held):
        return int(held[0]) + (not is_backwards)
    rows = rows_of(asked.visible, len(asked.roll))
    behind = _behind(session, asked, rows, [Person.public_id], anchor.keys[-1:])
    return len(asked.roll) if behind is None else behind


def _place_bound(
    session: Session, sought: Sought, asked: OnRoll, anchor: Anchor, *, is_backwards: bool
) -> int:
    """The same in the order of names. Whoever the roll does not answer for may have another name by now."""
    roll = asked.roll
    held = _rows_of_person(asked, anchor)
    if len(held) and flags_of(asked.visible, len(roll))[held[0]]:
        return roll.place_of(int(held[0])) + (not is_backwards)
    columns = [key.column for key in keys_of(sought)]
    behind = _behind(session, asked, in_order(roll, asked.visible), columns, anchor.keys)
    return len(roll) if behind is None else roll.place_of(behind)


def _rows_of_person(asked: OnRoll, anchor: Anchor) -> Rows:
    return asked.roll.rows_of(np.array([anchor.person_id], np.int64)).astype(np.intp)


def _behind(
    session: Session, asked: OnRoll, rows: Rows, columns: Sequence[Any], wanted: tuple[Any, ...]
) -> int | None:
    """The first of some rows, in their order, whose keys are not lower; a few of them are looked up."""

    def keys(row: int) -> tuple[Any, ...]:
        person = Person.id == int(asked.roll.arrays.row_ids[row])
        return tuple(session.execute(select(*columns).where(person)).one())

    behind = bisect_left(rows.tolist(), wanted, key=keys)
    return int(rows[behind]) if behind < len(rows) else None


@lru_cache(maxsize=MOST_VIEWERS)
def _people(viewer: Viewer, on: date, is_ranked: bool) -> Any:
    """The people of some `ids` whom the viewer may see, with the keys of their order."""
    keys = plain_keys(viewer, is_ranked=is_ranked)
    people: Any = with_changes(select(*shown_columns(), *keys).select_from(Person))
    wanted = Person.id.in_(bindparam("ids", expanding=True))
    return people.where(wanted, visible_condition(viewer, PurposeCode.MATCHING, on=on))


def _shown(session: Session, sought: Sought, worth: Mapping[int, int]) -> list[Shown]:
    """These people, asked once more whether they may be seen, with the values of their keys."""
    found = read_rows(session, _people(sought.viewer, sought.on, bool(sought.ranked)), ids=list(worth))
    rows = map(
        tuple[Any, ...], found.all()
    )  # all at once: one by one they are asked of the driver one by one
    return [Shown(PersonShown._make(row[:SHOWN]), worth[row[0]], row[SHOWN:]) for row in rows]
