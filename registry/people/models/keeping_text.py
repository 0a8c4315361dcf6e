"""Whoever writes a text of a profile, its full text follows: before the next search in it, and before the commit.

Sessions are listened to as for changes (`noting`). A transaction remembers whose texts it has touched; a savepoint
that is rolled back makes it look again.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, event, insert, inspect, select, update
from sqlalchemy.orm import Mapper, ORMExecuteState, Session, SessionTransaction, object_session
from sqlalchemy.sql import visitors

from registry.people.models.full_text import TELLING, PersonText, told_of
from registry.people.models.person import Person
from registry.people.rules.full_text import kept_words

_HELD = "registry.people.full_text"
_AT_ONCE = 400


@dataclass
class _Touched:
    """The people whose texts a transaction touched, and those among them whose full texts are still to be written."""

    people: set[int] = field(default_factory=set[int])
    waiting: set[int] = field(default_factory=set[int])


def text_changed(session: Session, person_ids: Iterable[int]) -> None:
    """Say that texts of these people (row ids) change in this transaction; for whoever writes past the session."""
    touched: _Touched = session.info.setdefault(_HELD, _Touched())
    ids = set(person_ids)
    touched.people |= ids
    touched.waiting |= ids


def keep_text(session: Session, person_ids: Sequence[int]) -> None:
    """Write the full texts of these people anew, where they changed. Ascending ids, so that no two wait for each other.

    Whoever changes another part of the same profile meanwhile waits: what they write holds what was written here.
    """
    for start in range(0, len(person_ids), _AT_ONCE):
        ids = person_ids[start : start + _AT_ONCE]
        session.execute(
            select(Person.id).where(Person.id.in_(ids)).order_by(Person.id).with_for_update(key_share=True)
        )
        wanted = kept_words(told_of(session, ids))
        columns = select(PersonText.id, PersonText.open_words, PersonText.closed_words)
        held = {row[0]: tuple(row[1:]) for row in session.execute(columns.where(PersonText.id.in_(ids)))}
        rows = [
            {"id": person, "open_words": kept.open_words, "closed_words": kept.closed_words}
            for person, kept in wanted.items()
            if held.get(person) != tuple(kept)
        ]
        new = [row for row in rows if row["id"] not in held]
        changed = [row for row in rows if row["id"] in held]
        if new:
            session.execute(insert(PersonText), new)
        if changed:
            session.execute(update(PersonText), changed)


# --- what the unit of work writes -------------------------------------------------------------------------


def _written(_mapper: Mapper[Any], _connection: Connection, row: Any) -> None:
    session, state = object_session(row), inspect(row)
    owner = frozenset[str]() if isinstance(row, Person) else {"person_id"}
    columns = TELLING[type(row)] | owner
    if session is not None and any(state.attrs[one].history.has_changes() for one in columns):
        _touch(session, row)


def _deleted(_mapper: Mapper[Any], _connection: Connection, row: Any) -> None:
    session = object_session(row)
    if session is not None:
        _touch(session, row)


def _touch(session: Session, row: Any) -> None:
    """The person of a row and, when it has changed hands, the one before."""
    if isinstance(row, Person):
        text_changed(session, [row.id])
        return
    before: list[int] = [
        one for one in inspect(row).attrs["person_id"].history.deleted or () if one is not None
    ]
    text_changed(session, [row.person_id, *before])


for _kind in TELLING:
    event.listen(_kind, "after_insert", _written)
    event.listen(_kind, "after_update", _written)
    event.listen(_kind, "after_delete", _deleted)


# --- when it is written down ------------------------------------------------------------------------------


def _keep(session: Session) -> None:
    touched: _Touched | None = session.info.get(_HELD)
    if touched is not None and touched.waiting:
        waiting, touched.waiting = sorted(touched.waiting), set()
        keep_text(session, waiting)


def _before_search(state: ORMExecuteState) -> None:
    """A search sees what its own transaction has written."""
    touched: _Touched | None = state.session.info.get(_HELD)
    if touched is not None and touched.waiting and state.is_select and _searches(state.statement):
        _keep(state.session)


def _searches(statement: Any) -> bool:
    parts: Iterable[Any] = visitors.iterate(statement)
    return any(str(getattr(one, "name", "")).startswith(PersonText.__tablename__) for one in parts)


def _before_commit(session: Session) -> None:
    """Once a transaction: what a savepoint touched waits for the end of the whole."""
    if session.in_nested_transaction():
        return
    session.flush()
    _keep(session)


def _look_again(session: Session, _transaction: SessionTransaction) -> None:
    """What was rolled back may have been a full text, while the text it follows stays."""
    touched: _Touched | None = session.info.get(_HELD)
    if touched is not None:
        touched.waiting = set(touched.people)


def _forget(session: Session, transaction: SessionTransaction) -> None:
    if transaction.parent is None:
        session.info.pop(_HELD, None)


event.listen(Session, "do_orm_execute", _before_search)
# Before the changes of the transaction are numbered, which is its last act.
event.listen(Session, "before_commit", _before_commit, insert=True)
event.listen(Session, "after_soft_rollback", _look_again)
event.listen(Session, "after_transaction_end", _forget)
