"""Words that stand nowhere else, in every text column of a person's rows, and looking for them everywhere."""

import re
from pathlib import Path
from typing import Any

from sqlalchemy import Enum, String, Table, select, text, update
from sqlalchemy.orm import Session

from registry.db import Database
from registry.people.models import Person
from registry.privacy.queries.holdings import HOLDINGS

WORD = "hoangyen"
_SHORTEST = 40  # columns for codes of countries, degrees and the like hold no words
_NOT_WORDS = frozenset(
    {"public_id", "token_hash", "value_digest", "number_digest", "added_batch", "removed_batch"}
)


def plant(session: Session, person: Person) -> dict[str, str]:
    """{canary: where it was put}: one in every column of text that a row of this person has."""
    planted: dict[str, str] = {}
    for holding in HOLDINGS:
        table = holding.table
        rows = session.execute(select(table.c.id).where(holding.belongs_to(person))).scalars().all()
        for name in _columns(table) if rows else ():
            canary = f"{WORD}{len(planted):04}x"
            session.connection().execute(update(table).where(table.c.id == rows[0]).values({name: canary}))
            planted[canary] = f"{table.name}.{name}"
    session.expire_all()
    return planted


def _columns(table: Table) -> list[str]:
    return [
        column.name
        for column in table.columns
        if isinstance(column.type, String)
        and not isinstance(column.type, Enum)
        and (column.type.length or _SHORTEST) >= _SHORTEST
        and column.name not in _NOT_WORDS
        and not column.name.endswith(("_path", "_version"))
        and not column.foreign_keys
        and table.name != "erased_person"
    ]


def canaries_in(content: bytes) -> set[str]:
    """The canaries in some bytes, however they are written."""
    found = re.findall(rf"{WORD}\d{{4}}x".encode(), content.lower())
    return {one.decode() for one in found}


def in_database(database: Database) -> set[str]:
    """The canaries in the files of a SQLite database, its log included; in a dump of a PostgreSQL one."""
    if database.write_engine.dialect.name == "sqlite":
        path = str(database.write_engine.url.database)
        found: set[str] = set()
        for part in (path, f"{path}-wal", f"{path}-journal"):
            if Path(part).exists():
                found |= canaries_in(Path(part).read_bytes())
        return found
    return canaries_in(_dump(database))


def _dump(database: Database) -> bytes:
    """Every row of every table, as COPY writes them."""
    parts: list[bytes] = []
    with database.write_engine.connect() as connection:
        names = connection.execute(
            text("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
        ).scalars()
        raw: Any = connection.connection.driver_connection
        for name in names.all():
            with raw.cursor() as cursor, cursor.copy(f'COPY "{name}" TO STDOUT') as copy:
                parts.extend(bytes(piece) for piece in copy)
    return b"".join(parts)


def in_folder(folder: Path) -> set[str]:
    """The canaries in all files below a folder, in their contents and their names."""
    found: set[str] = set()
    for path in folder.rglob("*"):
        found |= canaries_in(str(path.relative_to(folder)).encode())
        if path.is_file():
            found |= canaries_in(path.read_bytes())
    return found
