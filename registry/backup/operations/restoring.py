"""Filling an empty database from a backup, in the caller's transaction; then erasing again whoever was erased since.

Rows go in as they came out, with their ids; what the database then holds is read again and compared with the manifest
before anything is committed.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    Connection,
    MetaData,
    Table,
    Text,
    bindparam,
    cast,
    delete,
    func,
    insert,
    inspect,
    select,
    text,
)
from sqlalchemy.exc import DataError, IntegrityError, StatementError
from sqlalchemy.orm import Session

from registry.backup.queries.opening import OpenedBackup
from registry.backup.queries.tables import (
    BATCH,
    columns_of,
    kind_of,
    ordered_tables,
    stored_table,
    tables_of,
    tables_with_rows,
)
from registry.backup.rules.manifest import Manifest, StoredTable
from registry.backup.rules.refusals import BackupRefused, Why
from registry.backup.rules.values import Kind, line_reader
from registry.privacy.operations.replaying import Erased, replay


def check_fits(backup: OpenedBackup, metadata: MetaData, revisions: Sequence[str]) -> None:
    """Raise BackupRefused (OTHER_REVISION) for tables that this version never had; `revisions` begin with its newest.

    A backup of the newest has exactly the tables and columns of the models. An older one is brought up afterwards.
    """
    manifest = backup.manifest
    told = f"{manifest.product} ({manifest.revision})"
    if manifest.revision not in revisions:
        raise BackupRefused(Why.OTHER_REVISION, told)
    own = {table.name: columns_of(table) for table in ordered_tables(metadata)}
    is_newest = manifest.revision == revisions[0]
    if is_newest and {table.name: table.columns for table in manifest.tables} != own:
        raise BackupRefused(Why.OTHER_REVISION, told)


def restore_rows(session: Session, backup: OpenedBackup, made_by_migrations: Set[str]) -> None:
    """Fill the tables, which are there and empty but for rows that migrations make.

    Raises BackupRefused (OTHER_REVISION, NOT_EMPTY, NOT_FITTING, NOT_EQUAL, DAMAGED).
    """
    connection, metadata = session.connection(), tables_of(backup.manifest)
    _check_columns(connection, backup.manifest)
    held = tables_with_rows(connection, metadata)
    if others := held - made_by_migrations:
        raise BackupRefused(Why.NOT_EMPTY, ", ".join(sorted(others)[:5]))
    for name in sorted(held):
        connection.execute(delete(metadata.tables[name]))
    tables = [(metadata.tables[stored.name], stored) for stored in backup.manifest.tables]
    later = _check_later(connection, [table.name for table, _stored in tables])
    for table, stored in tables:
        try:
            _fill(connection, table, stored, backup)
        except (DataError, IntegrityError, StatementError, ValueError) as wrong:
            raise BackupRefused(Why.NOT_FITTING, table.name) from wrong
    try:
        _check_now(connection, later)
    except IntegrityError as wrong:
        raise BackupRefused(Why.NOT_FITTING) from wrong
    _follow_ids(connection, [table for table, _stored in tables])
    for table, stored in tables:
        if stored_table(connection, table) != stored:
            raise BackupRefused(Why.NOT_EQUAL, table.name)


def _check_columns(connection: Connection, manifest: Manifest) -> None:
    """Those of the database at the revision of the backup are those of the backup."""
    found = {
        table: {column["name"] for column in columns}
        for (_schema, table), columns in inspect(connection).get_multi_columns().items()
    }
    if any(found.get(table.name) != {one.name for one in table.columns} for table in manifest.tables):
        raise BackupRefused(Why.OTHER_REVISION, f"{manifest.product} ({manifest.revision})")


def erase_again(session: Session, people: Iterable[Erased], *, at: datetime) -> int:
    """Erase whoever of this list the backup still had; how many. Raises KeptByLaw."""
    return replay(session, people, at=at)


def _fill(connection: Connection, table: Table, stored: StoredTable, backup: OpenedBackup) -> None:
    read = line_reader([column.kind for column in stored.columns])
    names = [column.name for column in stored.columns]
    statement = insert(table).values(_places(connection, table))
    lines = backup.lines(stored)
    for rows in _batches(dict(zip(names, read(line), strict=True)) for line in lines):
        connection.execute(statement, rows)


def _places(connection: Connection, table: Table) -> dict[str, Any]:
    """Where each value goes, past the models' own writing, which would make other documents of those it is given."""
    places: dict[str, Any] = {}
    for column in table.columns:
        place: Any = bindparam(column.name, type_=_sent_as(column))
        if kind_of(column) is Kind.JSON and connection.dialect.name == "postgresql":
            place = cast(place, JSON)
        places[column.name] = place
    return places


def _sent_as(column: Column[Any]) -> Any:
    return Text() if kind_of(column) in {Kind.JSON, Kind.TEXT} else column.type


def _batches(rows: Iterable[Mapping[str, Any]]) -> Iterator[list[Mapping[str, Any]]]:
    remaining = iter(rows)
    while batch := list(islice(remaining, BATCH)):
        yield batch


# Foreign keys that a row may meet before the row they name: within a table, or towards a table that comes later.
_FOREIGN_KEYS = text(
    "SELECT own.relname, bound.conname, other.relname FROM pg_constraint bound"
    " JOIN pg_class own ON own.oid = bound.conrelid JOIN pg_class other ON other.oid = bound.confrelid"
    " WHERE bound.contype = 'f' AND own.relnamespace = current_schema()::regnamespace ORDER BY 1, 2"
)


def _check_later(connection: Connection, tables: Sequence[str]) -> Sequence[tuple[str, str]]:
    """Let foreign keys that point forward be checked when all rows are there; which ones, on PostgreSQL."""
    if connection.dialect.name == "sqlite":
        connection.execute(text("PRAGMA defer_foreign_keys = ON"))  # until this transaction ends
        return []
    connection.execute(text("SET LOCAL statement_timeout = 0"))
    order = {table: place for place, table in enumerate(tables)}
    forward = [
        (own, name)
        for own, name, other in connection.execute(_FOREIGN_KEYS).all()
        if own in order and order.get(other, -1) >= order[own]
    ]
    _alter(connection, forward, "DEFERRABLE INITIALLY DEFERRED")
    return forward


def _check_now(connection: Connection, forward: Sequence[tuple[str, str]]) -> None:
    """Check what was put off, and put nothing off any more."""
    if connection.dialect.name == "sqlite":
        broken = connection.execute(text("PRAGMA foreign_key_check")).first()
        if broken is not None:
            raise BackupRefused(Why.NOT_FITTING, str(broken[0]))
        return
    connection.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
    _alter(connection, forward, "NOT DEFERRABLE")


def _alter(connection: Connection, keys: Sequence[tuple[str, str]], manner: str) -> None:
    quote = connection.dialect.identifier_preparer.quote
    for table, name in keys:
        connection.execute(text(f"ALTER TABLE {quote(table)} ALTER CONSTRAINT {quote(name)} {manner}"))


def _follow_ids(connection: Connection, tables: Sequence[Table]) -> None:
    """The next row gets the id after the greatest. SQLite does so by itself."""
    if connection.dialect.name == "sqlite":
        return
    for table in tables:
        for column in table.primary_key:
            greatest = connection.execute(select(func.max(column))).scalar()
            sequence = func.pg_get_serial_sequence(table.name, column.name)
            if greatest is not None:
                connection.execute(select(func.setval(sequence, greatest))).scalar()
