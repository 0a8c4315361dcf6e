"""The tables of the models as a backup knows them: found from the metadata, never listed; and their rows as lines."""

from collections.abc import Iterator, Sequence
from hashlib import sha256
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Connection,
    Date,
    Float,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    cast,
    inspect,
    literal,
    select,
    text,
    type_coerce,
)
from sqlalchemy.types import TypeEngine

from registry.backup.rules.manifest import Manifest, StoredColumn, StoredTable
from registry.backup.rules.values import Kind, line_writer
from registry.db.types import UtcDateTime

BATCH = 1_000
"""Rows that are in memory at a time."""

# Of the first that fits; a boolean is no integer here, and the words of a closed list are text.
_KINDS: tuple[tuple[type[Any], Kind], ...] = (
    (UtcDateTime, Kind.INSTANT),
    (Boolean, Kind.BOOLEAN),
    (Integer, Kind.INTEGER),
    (Float, Kind.FLOAT),
    (Date, Kind.DATE),
    (LargeBinary, Kind.BYTES),
    (JSON, Kind.JSON),
    (String, Kind.TEXT),
)


class NotCovered(Exception):
    """A column of a type that no backup knows yet: it gets a kind in `rules.values` before it gets a table."""


def kind_of(column: Column[Any]) -> Kind:
    """What a column holds. Raises NotCovered."""
    for held, kind in _KINDS:
        if isinstance(column.type, held):
            return kind
    raise NotCovered(f"{column.table.name}.{column.name}: {column.type!r}")


def columns_of(table: Table) -> tuple[StoredColumn, ...]:
    """The columns of a table. Raises NotCovered."""
    return tuple(StoredColumn(column.name, kind_of(column)) for column in table.columns)


def ordered_tables(metadata: MetaData) -> Sequence[Table]:
    """All tables, those first that others point to."""
    return metadata.sorted_tables


_TYPES: dict[Kind, type[TypeEngine[Any]]] = {
    Kind.INTEGER: BigInteger,
    Kind.FLOAT: Float,
    Kind.BOOLEAN: Boolean,
    Kind.TEXT: Text,
    Kind.DATE: Date,
    Kind.INSTANT: UtcDateTime,
    Kind.BYTES: LargeBinary,
    Kind.JSON: JSON,
}


def tables_of(manifest: Manifest) -> MetaData:
    """The tables of a backup as it tells them, which those of the models need not be: it may be older."""
    metadata = MetaData()
    for table in manifest.tables:
        columns = [
            Column(one.name, _TYPES[one.kind](), primary_key=one.name == "id") for one in table.columns
        ]
        Table(table.name, metadata, *columns)
    return metadata


def _as_stored(column: Column[Any]) -> Any:
    """Past the models' own reading, which would refuse a word that a newer list does not know and reorder documents."""
    kind = kind_of(column)
    if kind is Kind.JSON:
        return cast(column, Text).label(column.name)
    return type_coerce(column, String()).label(column.name) if kind is Kind.TEXT else column


def table_lines(connection: Connection, table: Table) -> Iterator[bytes]:
    """The rows of a table, by id, as the lines of its member; a batch of them in memory at a time."""
    write = line_writer([column.kind for column in columns_of(table)])
    statement = select(*map(_as_stored, table.columns)).order_by(*table.primary_key)
    with connection.execute(statement.execution_options(yield_per=BATCH)) as rows:
        for row in rows:
            yield write(row)


def stored_table(connection: Connection, table: Table) -> StoredTable:
    """What a backup would say of this table now."""
    digest, rows, length = sha256(), 0, 0
    for line in table_lines(connection, table):
        digest.update(line)
        rows += 1
        length += len(line)
    return StoredTable(table.name, columns_of(table), rows, length, digest.hexdigest())


def tables_with_rows(connection: Connection, metadata: MetaData) -> set[str]:
    """The tables of this database that hold anything; of those that were migrated away or not yet in, too."""
    migrations = "alembic_version"
    names = [name for name in inspect(connection).get_table_names() if name in metadata.tables]
    other = [
        name
        for name in inspect(connection).get_table_names()
        if name not in metadata.tables and name != migrations and not name.startswith("person_text_words")
    ]
    held = {
        name
        for name in names
        if connection.execute(select(literal(1)).select_from(metadata.tables[name]).limit(1)).first()
        is not None
    }
    return held | set(other)


def revision_of(connection: Connection) -> str | None:
    """The revision of the schema within this snapshot."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
