"""Rows of plain values written many at a time, past the unit of work: what thousands of rows of an import need.

A plan turns rows by column name into tuples the driver takes as it is, which may be done in another process; writing
is then one statement a table: many inserts on SQLite, one COPY on PostgreSQL. Whoever writes people notes them himself.
"""

import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Column, Connection, Date, Dialect, Select, Table, Text, cast, column, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from registry.db.base import new_public_id
from registry.db.types import UtcDateTime

Row = Mapping[str, Any]
Values = tuple[Any, ...]
_ROOM_KILOBYTES, _USUAL_KILOBYTES = 40 * 1024, 2_000
_ROOM_PAGES, _USUAL_PAGES = 50_000, 1_000
_BESIDE = 6
_Put = tuple[str, Callable[[], Any] | None, Any, Callable[[Any], Any] | None]


class Plan(NamedTuple):
    """How rows of a table are written: the columns in their order, and for each what stands where rows say nothing.

    `first` are columns the writer fills in itself, in front.
    """

    table: str
    columns: tuple[str, ...]
    puts: tuple[_Put, ...] = ()

    def values(self, rows: Sequence[Row]) -> list[Values]:
        """Rows that name the same columns as the driver takes them, without the columns that come first."""
        return list(zip(*(_column(rows, put) for put in self.puts), strict=True)) if rows else []


def _column(rows: Sequence[Row], put: _Put) -> Iterable[Any]:
    """One column of all rows. Equal values, of which there are few, are made what the driver takes once."""
    name, default, fixed, process = put
    given: list[Any]
    if name in rows[0]:
        given = [row[name] for row in rows]
    elif default is None:
        given = [fixed] * len(rows)
    elif default is _now:
        given = [_now()] * len(rows)
    elif name == "public_id":
        given = ids_beside(len(rows))
    else:
        given = [default() for _ in rows]
    if process is None:
        return given
    made = {value: process(value) for value in set(given) if value is not None}
    return [made.get(value) for value in given]


def _now() -> datetime:
    return datetime.now(UTC)


def ids_beside(count: int) -> list[str]:
    """So many public ids that begin alike, each with 100 random bits of its own.

    An index of random words takes a row on nearly every page; of words that begin alike, on one page beside the last.
    Whoever sees two of them learns that the rows were written together: not for what stands for a person.
    """
    start = new_public_id()[:_BESIDE]
    return [start + new_public_id()[_BESIDE:] for _ in range(count)]


@lru_cache
def plan_of(table: Table, dialect_name: str, first: tuple[str, ...] = (), keeps_id: bool = False) -> Plan:
    """The plan of a table on a database; ids are the database's own unless `keeps_id`."""
    dialect: Dialect = (sqlite if dialect_name == "sqlite" else postgresql).dialect()
    columns = [
        column for column in table.columns if column.name not in first and (keeps_id or column.name != "id")
    ]
    puts = tuple(_put(column, dialect) for column in columns)
    return Plan(table.name, (*first, *(column.name for column in columns)), puts)


def _put(column: Column[Any], dialect: Dialect) -> _Put:
    default: Any = column.default
    process: Any = column.type.dialect_impl(dialect).bind_processor(dialect)
    if default is None:
        return column.name, None, None, process
    if not default.is_callable:
        return column.name, None, default.arg, process
    is_time = isinstance(column.type, UtcDateTime)
    return column.name, _now if is_time else lambda: default.arg(None), None, process


def write_rows(session: Session, plan: Plan, rows: Sequence[Values]) -> None:
    """Write rows, each with the values of all columns of the plan. Raises IntegrityError."""
    if not rows:
        return
    connection = session.connection()
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(_insert(plan.table, plan.columns), list(rows))
    else:
        _copy(connection, plan, rows)


@lru_cache
def _insert(table: str, columns: tuple[str, ...]) -> str:
    marks = ", ".join("?" * len(columns))
    return f"INSERT INTO {table} ({', '.join(_quoted(columns))}) VALUES ({marks})"  # noqa: S608 - our own names


def _quoted(columns: Sequence[str]) -> list[str]:
    return [f'"{name}"' for name in columns]


def _copy(connection: Connection, plan: Plan, rows: Sequence[Values]) -> None:
    raw: Any = connection.connection.driver_connection
    dialect: Any = connection.dialect
    statement = f"COPY {plan.table} ({', '.join(_quoted(plan.columns))}) FROM STDIN"
    try:
        with raw.cursor() as cursor, cursor.copy(statement) as copying:
            for row in rows:
                copying.write_row(row)
    except dialect.dbapi.IntegrityError as fault:
        raise IntegrityError(statement, None, fault, hide_parameters=True) from fault


def texts_of(session: Session, texts: Collection[str]) -> Select[tuple[str]]:
    """A thousand texts as one statement's list: `column.in_(texts_of(session, texts))`, handed over as one value.

    With a mark for each text the statement is written anew every time, which costs more than the database's answer.
    """
    if session.get_bind().dialect.name == "sqlite":
        return select(func.json_each(json.dumps(list(texts))).table_valued("value").c.value)
    handed = func.jsonb_array_elements_text(cast(list(texts), JSONB))
    return select(handed.table_valued(column("value", Text)).c.value)


def pairs_of(session: Session, pairs: Collection[tuple[str, date]]) -> Select[Any, Any]:
    """The same of texts each with a day."""
    handed = [[text, day.isoformat()] for text, day in pairs]
    if session.get_bind().dialect.name == "sqlite":
        one = func.json_each(json.dumps(handed)).table_valued("value").c.value
        return select(func.json_extract(one, "$[0]"), func.json_extract(one, "$[1]"))
    pair = func.jsonb_array_elements(cast(handed, JSONB)).table_valued(column("value", JSONB)).c.value
    return select(pair[0].astext, cast(pair[1].astext, Date))


def make_room(session: Session) -> None:
    """Let SQLite hold more pages on this connection while thousands of rows are written, until `give_room_back`.

    Most indexes are of random words: each part of an import touches nearly all of their pages, which else would be
    written out and read back many times in one transaction, and carried from the log into the file after each.
    """
    _room(session, f"cache_size=-{_ROOM_KILOBYTES}", _ROOM_PAGES)


def give_room_back(session: Session) -> None:
    """The connection is as before; the log goes into the file with the next commit."""
    _room(session, f"cache_size=-{_USUAL_KILOBYTES}", _USUAL_PAGES)


def _room(session: Session, cache: str, pages: int) -> None:
    connection = session.connection()
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"PRAGMA {cache}")
        connection.exec_driver_sql(f"PRAGMA wal_autocheckpoint={pages}")


def fresh_ids(session: Session, table: Table, count: int) -> list[int]:
    """So many numbers for new rows of a table that nobody else is given."""
    connection = session.connection()
    if connection.dialect.name == "sqlite":  # the writer holds its place: nobody else adds rows
        last = connection.exec_driver_sql(f"SELECT COALESCE(MAX(id), 0) FROM {table.name}").scalar_one()  # noqa: S608
        return list(range(last + 1, last + 1 + count))
    drawn = "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)"
    return sorted(connection.exec_driver_sql(drawn, (table.name, count)).scalars())
