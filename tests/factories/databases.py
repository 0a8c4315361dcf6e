"""Databases of a test's own, for what really must commit: several writers at once, commands."""

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import text

from registry.app.schema import upgrade_schema
from registry.db import Database, open_database


@contextmanager
def own_database(
    database: Database, request: pytest.FixtureRequest, folder: Path, name: str
) -> Generator[tuple[str, Database]]:
    """A migrated, empty database of the same kind as `database`, and its address; gone afterwards."""
    if database.write_engine.dialect.name == "sqlite":
        yield from _opened(f"sqlite:///{folder / name}.sqlite3", database)
        return
    server = database.write_engine.execution_options(isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    url = str(request.getfixturevalue("postgres_url")).replace("/postgres?", f"/{name}?")
    yield from _opened(url, database)
    with server.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))


def _opened(url: str, database: Database) -> Generator[tuple[str, Database]]:
    opened = open_database(url, database.keyring)
    upgrade_schema(opened)
    try:
        yield url, opened
    finally:
        opened.dispose()
