"""Rows of plain values written many at a time, past the unit of work: what thousands of rows of an import need.

A plan turns a row by column name into a tuple the driver takes as it is, which may be done in another process; writing
is then one statement a table: many inserts on SQLite, one COPY on PostgreSQL. Whoever writes people notes them himself.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Column, Connection, Dialect, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

Row = Mapping[str, Any]
Values = tuple[Any, ...]
_Put = tuple[str, Callable[[], Any] | None, Any, Callable[[Any], Any] | None]


class Plan(NamedTuple):
    """How rows of a table are written: the columns in their order, and for each what stands where a row says nothing.

    `first` are columns the writer fills in itself, in front.
    """

    table: str
    columns: tuple[str, ...]
    puts: tuple[_Put, ...]

    def values(self, row: Row) -> Values:
        """The row as the driver takes it, without the columns that come first."""
        return tuple(
            [
                _given(row[name] if name in row else (default() if default else fixed), process)
                for name, default, fixed, process in self.puts
            ]
        )


def _given(value: Any, process: Callable[[Any], Any] | None) -> Any:
    return value if process is None or value is None else process(value)


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
    if default.is_callable:
        return column.name, lambda: default.arg(None), None, process
    return column.name, None, default.arg, process


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


def fresh_ids(session: Session, table: Table, count: int) -> list[int]:
    """So many numbers for new rows of a table that nobody else is given."""
    connection = session.connection()
    if connection.dialect.name == "sqlite":  # the writer holds its place: nobody else adds rows
        last = connection.exec_driver_sql(f"SELECT COALESCE(MAX(id), 0) FROM {table.name}").scalar_one()  # noqa: S608
        return list(range(last + 1, last + 1 + count))
    drawn = "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)"
    return sorted(connection.exec_driver_sql(drawn, (table.name, count)).scalars())
