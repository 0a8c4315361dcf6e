"""Databases of a test's own, for what really must commit: several writers at once, commands.

They are copies of one that was migrated and loaded with the reference data once a run and kind: loading it takes
seconds, copying it a moment.
"""

import sqlite3
from collections.abc import Generator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import text

from registry.app.reference import load_reference_data
from registry.app.schema import upgrade_schema
from registry.db import Database, open_database
from registry.db.keys import Keyring

_MODEL = "model"
"""The name of the PostgreSQL database that others copy. Nobody stays connected to it: PostgreSQL wants it so."""


def loaded_database(url: str, keyring: Keyring) -> Database:
    """A new database at the address, migrated, with the reference data."""
    opened = open_database(url, keyring)
    upgrade_schema(opened)
    with opened.writing() as session:
        load_reference_data(session)
        session.commit()
    return opened


def postgres_database(postgres_url: str, keyring: Keyring, name: str) -> Database:
    """A copy of the model, which is made first."""
    loaded_database(created(postgres_url, keyring, _MODEL), keyring).dispose()
    return open_database(created(postgres_url, keyring, name, template=_MODEL), keyring)


def created(postgres_url: str, keyring: Keyring, name: str, template: str = "template1") -> str:
    """A new PostgreSQL database by that name; its address."""
    _at_server(postgres_url, keyring, f"CREATE DATABASE {name} TEMPLATE {template}")
    return postgres_url.replace("/postgres?", f"/{name}?")


def _at_server(postgres_url: str, keyring: Keyring, statement: str) -> None:
    server = open_database(postgres_url, keyring)
    with server.write_engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        connection.execute(text(statement))
    server.dispose()


@contextmanager
def own_database(
    database: Database, request: pytest.FixtureRequest, folder: Path, name: str, *, is_empty: bool = False
) -> Generator[tuple[str, Database]]:
    """A migrated database of the same kind as `database`, and its address; gone afterwards.

    It holds the reference data, or nothing at all when it `is_empty`.
    """
    if database.write_engine.dialect.name == "sqlite":
        path = folder / f"{name}.sqlite3"
        if not is_empty:
            _copy(str(database.write_engine.url.database), path)
        yield from _opened(f"sqlite:///{path}", database)
        return
    server = str(request.getfixturevalue("postgres_url"))
    template = "template1" if is_empty else _MODEL
    yield from _opened(created(server, database.keyring, name, template), database)
    _at_server(server, database.keyring, f"DROP DATABASE {name} WITH (FORCE)")


def _copy(source: str, target: Path) -> None:
    """What is committed in the one file, in another; what a test is about to undo is not in it."""
    with closing(sqlite3.connect(source)) as read, closing(sqlite3.connect(target)) as written:
        read.backup(written)


def _opened(url: str, database: Database) -> Generator[tuple[str, Database]]:
    opened = open_database(url, database.keyring)
    upgrade_schema(opened)  # nothing to do in a copy
    try:
        yield url, opened
    finally:
        opened.dispose()
