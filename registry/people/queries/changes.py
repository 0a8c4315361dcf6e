"""What has changed since an earlier look, and sets of people too large for a list of parameters."""

import json
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, Integer, bindparam, cast, column, func, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session

from registry.db import Mark, read_rows
from registry.people.models import ChangeCounter, Person, PersonChange, noted_so_far

Ids = NDArray[np.int64]

_REACHED = Mark(select(ChangeCounter.n, ChangeCounter.told_from))

_NEWER = (
    select(PersonChange.id, PersonChange.is_deleted)
    .where(PersonChange.n > bindparam("number"))
    .limit(bindparam("most", type_=Integer))
)


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
    found = (_newer(session, number, limit + 1) if number < now.n else {}) | here.people
    if len(found) > limit:
        return None
    return ChangesSince(_ids(found), _ids(who for who, is_deleted in found.items() if is_deleted))


def _newer(session: Session, number: int, most: int) -> dict[int, bool]:
    """Who changed after the change of this number, and whether they are gone."""
    rows = read_rows(session, _NEWER, number=number, most=most).all()  # at once: one by one each is asked for
    return {row[0]: row[1] for row in rows}


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
