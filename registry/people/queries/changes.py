"""What has changed since an earlier look, and sets of people too large for a list of parameters."""

import json
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, Integer, bindparam, cast, column, func, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session

from registry.db import Mark, may_write, read_rows
from registry.people.models import ChangeCounter, Person, PersonChange, noted_so_far

Ids = NDArray[np.int64]

_REACHED = Mark(select(ChangeCounter.n, ChangeCounter.told_from))

_NEWER = (
    select(PersonChange.id, PersonChange.n, PersonChange.is_deleted)
    .where(PersonChange.n > bindparam("number"))
    .limit(bindparam("most", type_=Integer))
)


Changed = dict[int, tuple[int, bool]]
"""The number of the last change of each of some people (row ids), and whether they are gone."""


@dataclass(frozen=True)
class _Known:
    """Everybody who changed after the change `number` up to the one `reached`."""

    number: int
    reached: int
    people: Changed


_MOST_KEPT = 20_000
_last: "WeakKeyDictionary[Any, _Known]" = WeakKeyDictionary()
"""The last answer by database: every page asks who changed since the index was made, a thousand people or so."""


@dataclass(frozen=True)
class ChangesSince:
    """The people (row ids, ascending) whose facts changed, and those of them that are gone."""

    changed: Ids
    deleted: Ids


def change_number(session: Session) -> int:
    """The number of the newest change this transaction can see."""
    return reached(session).n


@dataclass(frozen=True)
class Reached:
    """The number of the newest change, and of the last one that touched everybody and named nobody."""

    n: int
    told_from: int


def reached(session: Session) -> Reached:
    """How far the registry has changed, as this transaction sees it."""
    return Reached(*_REACHED.told(session))


def has_unsaved_changes(session: Session) -> bool:
    """Whether this session has written facts of people that it has not committed."""
    session.flush()
    here = noted_so_far(session)
    return here.everybody or bool(here.people)


def changes_since(session: Session, number: int, limit: int) -> ChangesSince | None:
    """Who changed after the change of this number, what this session has not committed yet included.

    None when they cannot be named: more than `limit`, a change of everybody, or a number from elsewhere.
    """
    session.flush()
    here = noted_so_far(session)
    now = reached(session)
    if here.everybody or not now.told_from <= number <= now.n:
        return None
    found = (_told(session, number, now.n, limit + 1) if number < now.n else {}) | here.people
    if len(found) > limit:
        return None
    return ChangesSince(_ids(found), _ids(who for who, is_deleted in found.items() if is_deleted))


def _told(session: Session, number: int, now: int, most: int) -> dict[int, bool]:
    """Who changed after one change up to the newest, and whether they are gone; `most` of them at most.

    Whoever changes gets a new number, so what was told once still holds and only newer changes are asked for. A
    session that may write asks for all: it may see what others never will.
    """
    if may_write(session):
        return _without_numbers(_newer(session, number, most), number)
    known = _last.get(session.get_bind())
    if known is None or not known.number <= number or known.reached > now:
        known = _Known(number, number, {})
    if known.reached < now:
        newer = _newer(session, known.reached, most)
        if len(newer) >= most:  # not all of them
            return _without_numbers(_newer(session, number, most), number)
        known = _Known(known.number, now, known.people | newer)
        if len(known.people) <= _MOST_KEPT:
            _last[session.get_bind()] = known
    return _without_numbers(known.people, number)


def _without_numbers(people: Changed, number: int) -> dict[int, bool]:
    """Those whose last change came after this one."""
    return {one: is_deleted for one, (changed, is_deleted) in people.items() if changed > number}


def _newer(session: Session, number: int, most: int) -> Changed:
    """Who changed after the change of this number: the last change of each, and whether they are gone."""
    rows = read_rows(session, _NEWER, number=number, most=most).all()  # at once: one by one each is asked for
    return {row[0]: (row[1], row[2]) for row in rows}


def _ids(people: Any) -> Ids:
    return np.array(sorted(people), np.int64)


def people_among(session: Session, ids: Ids) -> ColumnElement[bool]:
    """The people with these row ids, however many."""
    return Person.id.in_(listed(session, ids))


def listed(session: Session, ids: Ids) -> Any:
    """A select of these numbers, for a condition IN: the whole list is one parameter."""
    if session.get_bind().dialect.name == "sqlite":
        numbers = func.json_each(json.dumps(ids.tolist())).table_valued(column("value", Integer))
        return select(numbers.c.value)
    return select(func.unnest(cast(ids.tolist(), ARRAY(Integer))))
