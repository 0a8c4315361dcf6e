"""Every row of a database or of a backup file as plain texts, read past the product: by the drivers and by ZIP and JSON.

Two of them are equal when nothing was lost, whichever database they are. An instant is "YYYY-MM-DD HH:MM:SS[.f]" in UTC
without zeros at the end, bytes are hexadecimal, documents are as the database keeps them.
"""

import json
import sqlite3
from base64 import b64decode
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import psycopg
from sqlalchemy import Boolean, Column, Float, LargeBinary, Table

from registry.app.schema import METADATA
from registry.db.types import UtcDateTime

Rows = Mapping[str, Mapping[int, tuple[str | None, ...]]]
"""Table → id → its values."""

_Read = Callable[[Any], str]


def rows_of_sqlite(file: Path) -> Rows:
    """What a SQLite file holds."""
    with closing(sqlite3.connect(file)) as connection:
        return {table.name: _rows(table, connection.execute(_select(table)), _SQLITE) for table in _tables()}


def rows_of_postgres(url: str) -> Rows:
    """What a database at a PostgreSQL server holds; `url` is a SQLAlchemy URL."""
    with psycopg.connect(
        url.replace("postgresql+psycopg://", "postgresql://"), options="-c timezone=UTC"
    ) as connection:
        return {
            table.name: _rows(
                table, connection.execute(_select(table, "::text").encode()).fetchall(), _POSTGRES
            )
            for table in _tables()
        }


def rows_of_backup(file: Path) -> Rows:
    """What a backup that is not encrypted holds."""
    with ZipFile(file) as archive:
        return {
            table.name: _rows(table, map(json.loads, archive.open(f"tables/{table.name}.jsonl")), _BACKUP)
            for table in _tables()
        }


def differing(one: Mapping[str, object], other: Mapping[str, object]) -> list[str]:
    """The tables that are not equal."""
    return sorted(name for name in {*one, *other} if one.get(name) != other.get(name))


def _tables() -> Sequence[Table]:
    return METADATA.sorted_tables


def _select(table: Table, manner: str = "") -> str:
    columns = ", ".join(f'"{column.name}"{manner}' for column in table.columns)
    return f'SELECT {columns} FROM "{table.name}"'  # noqa: S608 - names of the models


def _rows(table: Table, rows: Any, manner: Mapping[type[Any], _Read]) -> dict[int, tuple[str | None, ...]]:
    reads = [_read_of(column, manner) for column in table.columns]
    place = [column.name for column in table.columns].index("id")
    return {
        int(row[place]): tuple(
            None if value is None else read(value) for read, value in zip(reads, row, strict=True)
        )
        for row in rows
    }


def _read_of(column: Column[Any], manner: Mapping[type[Any], _Read]) -> _Read:
    return next((read for kind, read in manner.items() if isinstance(column.type, kind)), str)


def _instant(text: str) -> str:
    plain = text.replace("T", " ").removesuffix("Z").removesuffix("+00")
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def _float(value: Any) -> str:
    return repr(float(value))


def _hex(value: bytes) -> str:
    return value.hex()


def _decoded(value: str) -> str:
    return b64decode(value).hex()


def _flag(value: Any) -> str:
    return str(bool(value))


_SQLITE: Mapping[type[Any], _Read] = {UtcDateTime: _instant, Boolean: _flag, Float: _float, LargeBinary: _hex}
_POSTGRES: Mapping[type[Any], _Read] = {
    UtcDateTime: _instant,
    Boolean: {"true": "True", "false": "False"}.__getitem__,
    Float: _float,
    LargeBinary: lambda text: str(text).removeprefix("\\x"),
}
_BACKUP: Mapping[type[Any], _Read] = {
    UtcDateTime: _instant,
    Boolean: str,
    Float: _float,
    LargeBinary: _decoded,
}
