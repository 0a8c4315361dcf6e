"""Databases of a test's own, for what really must commit: several writers at once, commands.

They are copies of one that was migrated and loaded with the reference data once a run and kind: loading it takes
seconds, copying it a moment.
"""

import fcntl
import os
import sqlite3
from collections.abc import Callable, Generator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import text, update

from registry.app.reference import load_reference_data
from registry.app.schema import upgrade_schema
from registry.db import Database, open_database
from registry.db.keys import Keyring
from registry.skills.models import VocabularyState

_FILE = "registry.sqlite3"
_MODEL = "model"
"""The name of the database that others copy. Nobody stays connected to it: PostgreSQL wants it so."""
_VOCABULARY = "0" * 26
"""The name of its vocabulary, which both kinds hold alike: what a process works out of it serves for both."""

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "alone")


@contextmanager
def alone_in(folder: Path) -> Generator[None]:
    """No other worker of this run is in such a block of the folder meanwhile."""
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def sqlite_database(shared: Path, folder: Path, keyring: Keyring) -> Database:
    """A copy, in the folder, of the model in the folder all workers share."""
    with alone_in(shared):
        model = _sqlite_model(shared, keyring)
    return open_database(copied_file(model, folder), keyring)


def sqlite_installation(shared: Path, keyring: Keyring, name: str, fill: Callable[[Path], None]) -> Path:
    """The folder, by this name among what all workers share, of a migrated installation that was filled once."""
    folder = shared / name
    with alone_in(shared):
        if not folder.exists():
            begun = shared / f"{name}.begun"
            begun.mkdir()
            copied_file(_sqlite_model(shared, keyring), begun)
            fill(begun)
            begun.rename(folder)
    return folder


def copied_file(model: Path, folder: Path) -> str:
    """The address of a copy of the file under the name that installations give it."""
    _copy(model, folder / _FILE)
    return f"sqlite:///{folder / _FILE}"


def _sqlite_model(shared: Path, keyring: Keyring) -> Path:
    model = shared / f"{_MODEL}.sqlite3"
    if not model.exists():
        _load(f"sqlite:///{model}", keyring)
    return model


def postgres_database(shared: Path, postgres_url: str, keyring: Keyring) -> Database:
    """A copy of the model on the server all workers share."""
    load_postgres(shared, postgres_url, keyring)
    return postgres_copy(postgres_url, keyring, f"registry_{WORKER}")


def load_postgres(shared: Path, postgres_url: str, keyring: Keyring) -> None:
    """Make the model on the server, unless it is there."""
    loaded = Path(postgres_url.partition("host=")[2]) / "model_is_loaded"  # gone with the server
    with alone_in(shared):
        if not loaded.exists():
            _load(created_database(postgres_url, keyring, _MODEL), keyring)
            loaded.touch()


def postgres_copy(postgres_url: str, keyring: Keyring, name: str) -> Database:
    """A copy by this name of the model on the server."""
    return open_database(created_database(postgres_url, keyring, name, template=_MODEL), keyring)


def _load(url: str, keyring: Keyring) -> None:
    """Migrate a new database and fill in the reference data."""
    opened = open_database(url, keyring)
    upgrade_schema(opened)
    with opened.writing() as session:
        load_reference_data(session)
        session.execute(update(VocabularyState).values(version=_VOCABULARY))
        session.commit()
    opened.dispose()


def created_database(postgres_url: str, keyring: Keyring, name: str, template: str = "template1") -> str:
    """The address of a new database by that name."""
    at_server(postgres_url, keyring, f"CREATE DATABASE {name} TEMPLATE {template}")
    return postgres_url.replace("/postgres?", f"/{name}?")


def at_server(postgres_url: str, keyring: Keyring, statement: str) -> None:
    """Send what stands outside transactions, such as the making of a database."""
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
            _copy(Path(str(database.write_engine.url.database)), path)
        yield from _opened(f"sqlite:///{path}", database)
        return
    server, name = str(request.getfixturevalue("postgres_url")), f"{name}_{WORKER}"
    template = "template1" if is_empty else _MODEL
    yield from _opened(created_database(server, database.keyring, name, template), database)
    at_server(server, database.keyring, f"DROP DATABASE {name} WITH (FORCE)")


def _copy(source: Path, target: Path) -> None:
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
