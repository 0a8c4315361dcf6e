"""Work that finds itself: one worker looks at a time, and puts into the queue what is due unless it waits or runs. Commits."""

import sqlite3
from collections.abc import Generator, Mapping
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from sqlalchemy import text

from registry.db import Database
from registry.jobs.operations import enqueue_job
from registry.jobs.queries import unfinished_jobs

_LOCK_FILE = "look.sqlite3"
_TRY = text("SELECT pg_try_advisory_xact_lock(hashtext('registry.jobs.look'))")


def enqueue_alone(database: Database, kind: str, arguments: Mapping[str, int | str], *, at: datetime) -> bool:
    """Put a job into the queue when none of its kind waits or runs. True when it did.

    Whoever may not be alone to ask calls it while `looking_alone`.
    """
    with database.writing() as session:
        if unfinished_jobs(session, kind):
            return False
        enqueue_job(session, kind, arguments, at=at)
        session.commit()
    return True


@contextmanager
def looking_alone(database: Database) -> Generator[bool]:
    """Whether this worker alone, of all workers of the installation, looks for what is due: yields False when another
    one does. What is due once a day would else be put into the queue by each of them.

    The database server keeps the lock, or on SQLite a small file of its own; both let go of it when a process dies.
    """
    if database.write_engine.dialect.name == "postgresql":
        with database.write_engine.begin() as connection:
            yield bool(connection.execute(_TRY).scalar())
    elif database.folder is None:
        yield True
    else:
        with _locked(database.folder / _LOCK_FILE) as is_mine:
            yield is_mine


@contextmanager
def _locked(path: Path) -> Generator[bool]:
    with closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as connection:
        try:
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError:
            yield False
            return
        yield True
        connection.execute("ROLLBACK")
