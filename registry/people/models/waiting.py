"""Whoever writes a name, a birth date, a contact or a paper of somebody leaves that person to be looked at again.

Sessions are listened to as for changes (`noting`); the writer pays one statement a transaction.
"""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, event, inspect
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapper, Session, SessionTransaction, object_session

from registry.consents.models import Consent
from registry.people.models.claims import Evidence
from registry.people.models.duplicates import DuplicateWaiting
from registry.people.models.person import Contact, IdentityDocument, Person, PersonName

_HELD = "registry.people.waiting"
_AT_ONCE = 400

TELLING: dict[type, frozenset[str]] = {
    Person: frozenset({"folded_name", "birth_on", "birth_precision", "state", "legal_basis"}),
    PersonName: frozenset({"person_id", "folded_name"}),
    Contact: frozenset({"person_id", "value_digest"}),
    IdentityDocument: frozenset({"person_id", "number_digest"}),
    Evidence: frozenset({"person_id", "reference"}),
    Consent: frozenset({"person_id", "withdrawn_at"}),
}
"""The columns by which records are found to be alike, and by which they may be compared at all."""


def look_again(session: Session, person_ids: Iterable[int]) -> None:
    """Have these people (row ids) compared with all others once this transaction is committed."""
    held: set[int] = session.info.setdefault(_HELD, set())
    held.update(person_ids)


def _written(_mapper: Mapper[Any], _connection: Connection, row: Any) -> None:
    session, state = object_session(row), inspect(row)
    if session is not None and any(state.attrs[one].history.has_changes() for one in TELLING[type(row)]):
        look_again(session, [row.id if isinstance(row, Person) else row.person_id])


for _kind in TELLING:
    event.listen(_kind, "after_insert", _written)
    event.listen(_kind, "after_update", _written)


def _before_commit(session: Session) -> None:
    """Once a transaction; what a savepoint wrote waits for the end of the whole."""
    if session.in_nested_transaction():
        return
    session.flush()
    waiting: set[int] = session.info.pop(_HELD, set())
    ids = sorted(waiting)
    for start in range(0, len(ids), _AT_ONCE):
        _write_down(session, ids[start : start + _AT_ONCE])


def _write_down(session: Session, ids: list[int]) -> None:
    """In order of the ids, so that no two wait for each other; without people who are gone again."""
    table: Any = DuplicateWaiting.__table__
    people: Any = Person.__table__
    known = people.select().with_only_columns(people.c.id).where(people.c.id.in_(ids)).order_by(people.c.id)
    rows = [{"person_id": one, "times": 1} for one in session.execute(known).scalars()]
    if not rows:
        return
    made = (sqlite if session.get_bind().dialect.name == "sqlite" else postgresql).insert(table)
    again = made.on_conflict_do_update(index_elements=["person_id"], set_={"times": table.c.times + 1})
    session.execute(again, rows)


def _forget(session: Session, transaction: SessionTransaction) -> None:
    if transaction.parent is None:
        session.info.pop(_HELD, None)


# Before the changes of the transaction are numbered, which is its last act.
event.listen(Session, "before_commit", _before_commit, insert=True)
event.listen(Session, "after_transaction_end", _forget)
