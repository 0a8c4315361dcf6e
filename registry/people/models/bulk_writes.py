"""Statements that write many rows at once past the unit of work: their people are noted too, or they are refused."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, cast

from sqlalchemy import Delete, Insert, TextClause, Update, event, select
from sqlalchemy.orm import ORMExecuteState, Session

from registry.people.models.full_text import TELLING
from registry.people.models.keeping_text import text_changed
from registry.people.models.noting import OF_EVERYBODY, OWNERS, note_changed, note_everybody
from registry.people.models.person import Person
from registry.people.models.wishes import Availability, AvailabilityForm

NOTED = "people_noted"
"""Execution option of a statement whose writer has called `note_changed` for everybody it touches, and `text_changed`
where it writes texts."""

_OWNED: Mapping[str, tuple[type, str]] = {
    str(kind.__dict__["__tablename__"]): (kind, column)
    for kind, column in {**dict.fromkeys(TELLING, "person_id"), **OWNERS}.items()
}
_SHARED = frozenset(str(kind.__dict__["__tablename__"]) for kind in OF_EVERYBODY)
_WRITES = re.compile(
    rf"\b(?:insert\s+into|update|delete\s+from)\s+\W?(?:{'|'.join([*_OWNED, *_SHARED])})\b", re.IGNORECASE
)


class Unnoticed(Exception):
    """A statement writes what matching reads and does not tell whose it is. Write rows, or note and say so."""


def _watch(state: ORMExecuteState) -> None:
    statement: Any = state.statement
    if state.is_select or state.execution_options.get(NOTED):
        return
    if isinstance(statement, TextClause):
        if _WRITES.search(statement.text):
            raise Unnoticed(statement.text)
    elif isinstance(statement, Insert | Update | Delete):
        table = str(getattr(statement.table, "name", ""))
        if table in _SHARED:
            note_everybody(state.session)
        elif table in _OWNED:
            _note(state.session, statement, state.parameters, *_OWNED[table])


_Row = Mapping[Any, Any]


def _note(session: Session, statement: Any, parameters: Any, kind: type, column: str) -> None:
    given: list[_Row] = [parameters] if isinstance(parameters, Mapping) else list(parameters or ())
    owners: list[Any]
    if isinstance(statement, Insert):
        owners = [row.get(column) for row in _inserted(statement, given)]
    elif column in _set_columns(statement, given):
        raise Unnoticed(f"rows of {statement.table.name} change hands")
    else:
        owners = _touched(session, statement, given, kind, column)
    if any(not isinstance(one, int) for one in owners):
        raise Unnoticed(f"{statement.table.name} without {column}")
    if kind is AvailabilityForm:
        stated = select(Availability.person_id).where(Availability.id.in_(set(owners)))
        owners = list(session.scalars(stated))
    if kind in OWNERS:
        note_changed(session, owners, are_deleted=kind is Person and isinstance(statement, Delete))
    if kind in TELLING and (
        not isinstance(statement, Update) or _set_columns(statement, given) & TELLING[kind]
    ):
        text_changed(session, owners)


def _inserted(statement: Insert, given: Sequence[_Row]) -> Sequence[_Row]:
    """The rows of an INSERT; one that selects its rows or may change others instead tells none."""
    if statement.select is not None or getattr(statement, "_post_values_clause", None) is not None:
        raise Unnoticed(f"INSERT into {statement.table.name} of rows that it does not tell")
    own = _plain(getattr(statement, "_values", None) or {})
    groups: Sequence[Sequence[Any]] = getattr(statement, "_multi_values", ())
    many = [_plain(_by_column(statement, row)) for rows in groups for row in rows]
    return many or [{**own, **row} for row in given or [{}]]


def _by_column(statement: Insert, row: Any) -> _Row:
    if isinstance(row, Mapping):
        return cast(_Row, row)
    return dict(zip(statement.table.columns, row, strict=False))


def _plain(row: _Row) -> dict[str, Any]:
    """Values by the name of their column."""
    return {getattr(key, "key", key): getattr(value, "value", value) for key, value in row.items()}


def _set_columns(statement: Update | Delete, given: Sequence[_Row]) -> set[str]:
    """The columns an UPDATE sets; `id` in a list of values only says which row is meant."""
    if isinstance(statement, Delete):
        return set()
    columns = set(_plain(getattr(statement, "_values", None) or {}))
    if statement.whereclause is None:
        columns |= {str(key) for row in given for key in row if key != "id"}
    return columns


def _touched(
    session: Session, statement: Update | Delete, given: Sequence[_Row], kind: Any, column: str
) -> list[Any]:
    """Whose rows an UPDATE or DELETE is about to write: asked with its own condition, before it runs."""
    owners = select(getattr(kind, column)).distinct()
    if statement.whereclause is not None:
        wanted = owners.where(statement.whereclause)
        return [one for row in given or [{}] for one in session.scalars(wanted, row)]
    if given:
        return list(session.scalars(owners.where(kind.id.in_([row.get("id") for row in given]))))
    return list(session.scalars(owners))


event.listen(Session, "do_orm_execute", _watch)
