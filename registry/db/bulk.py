"""Rows of plain values written many at a time, past the unit of work: what thousands of rows of an import need.

A plan turns rows by column name into tuples the driver takes as it is, which may be done in another process; writing
is then one statement a table: many inserts on SQLite, one COPY on PostgreSQL. Whoever writes people notes them himself.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Column, Connection, Dialect, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from registry.db.types import UtcDateTime

Row = Mapping[str, Any]
Values = tuple[Any, ...]
_ROOM_KILOBYTES = 40 * 1024
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
    else:
        given = [default() for _ in rows]
    if process is None:
        return given
    made = {value: process(value) for value in set(given) if value is not None}
    return [made.get(value) for value in given]


def _now() -> datetime:
    return datetime.now(UTC)


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


def make_room(session: Session) -> None:
    """Let SQLite hold more pages on this connection while thousands of rows are written.

    Most indexes are of random words: each part of an import touches nearly all of their pages, which else would be
    written out and read back many times in one transaction.
    """
    connection = session.connection()
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"PRAGMA cache_size=-{_ROOM_KILOBYTES}")


def fresh_ids(session: Session, table: Table, count: int) -> list[int]:
    """So many numbers for new rows of a table that nobody else is given."""
    connection = session.connection()
    if connection.dialect.name == "sqlite":  # the writer holds its place: nobody else adds rows
        last = connection.exec_driver_sql(f"SELECT COALESCE(MAX(id), 0) FROM {table.name}").scalar_one()  # noqa: S608
        return list(range(last + 1, last + 1 + count))
    drawn = "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)"
    return sorted(connection.exec_driver_sql(drawn, (table.name, count)).scalars())
