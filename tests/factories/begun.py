"""What many tests begin from, made once for all of a file and database: only what each of them adds is undone.

Such tests stand in a file of their own. On SQLite the one who writes holds the database until the end of the file, so no
other connection may write there meanwhile.
"""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import Connection
from sqlalchemy.orm import Session

from registry.db import Database
from tests.conftest import Apps, serving_over, session_on, settings_in


@contextmanager
def begun(database: Database) -> Generator[Connection]:
    """A connection whose outer transaction is rolled back at the end of the block."""
    with database.write_engine.connect() as opened:
        outer = opened.begin()
        yield opened
        outer.rollback()


@contextmanager
def undone(connection: Connection) -> Generator[Connection]:
    """The connection as it is; afterwards it stands where it stood, whatever was saved or left open in the block."""
    here = connection.begin_nested()
    yield connection
    while (inner := connection.get_nested_transaction()) is not None and inner is not here:
        inner.rollback()
    here.rollback()


@contextmanager
def begun_by(
    database: Database,
    apps: Apps,
    compiled: FileSystemBytecodeCache,
    folder: Path,
    make: Callable[[Flask, Session], int],
) -> Generator[tuple[Connection, int]]:
    """The same after something was made with an app over it, and the id of what was made."""
    with begun(database) as opened:
        with serving_over(opened, database, apps, compiled) as serve:
            first = session_on(opened, database)
            made = make(serve(settings_in(folder)), first)
            first.commit()
            first.close()
        yield opened, made
