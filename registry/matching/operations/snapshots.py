"""Making the snapshot that questions are answered from: read in one go, write the files, tell the database.

The order is what makes a crash harmless: the files are whole before the database knows of them, and the
database knows of them before they are used.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from registry.db import Database, new_public_id
from registry.jobs.worker import JobRun
from registry.matching.engine.index.building import build
from registry.matching.engine.index.snapshot import Snapshot
from registry.matching.engine.search.building import build_roll
from registry.matching.models import MatchSnapshot
from registry.matching.queries.columns import TABLES, Told, read_columns
from registry.matching.queries.files import building, index_folder, use_snapshot, write_snapshot
from registry.matching.queries.roll_columns import read_roll
from registry.people.queries import change_number

STEPS = TABLES + 3
"""What a build tells of: every table that is read, the roll, the arrays, the files."""

_REMEMBERED = 100


class NoFolder(Exception):
    """This installation has no folder for files made from its tables."""


def make_snapshot(session: Session, as_of: date, told: Told = lambda _done, _of: None) -> Snapshot:
    """The snapshot of a day from one consistent read: a read session, which sees one moment. Writes nothing."""
    change = change_number(session)
    version = f"{as_of:%Y%m%d}-{change}-{new_public_id()[:8]}"
    made = build(read_columns(session, as_of, lambda done, _of: told(done, STEPS)), as_of, change, version)
    roll = build_roll(read_roll(session, as_of), as_of)
    told(STEPS - 2, STEPS)
    return replace(made, roll=roll)


def record_snapshot(session: Session, snapshot: Snapshot, *, at: datetime) -> None:
    """Let the database know of a snapshot, so that its files may be used."""
    record = MatchSnapshot(
        version=snapshot.version,
        as_of=snapshot.as_of,
        change=snapshot.change,
        people=len(snapshot),
        built_at=at,
    )
    session.add(record)
    session.flush()
    session.execute(
        delete(MatchSnapshot)
        .where(MatchSnapshot.id <= record.id - _REMEMBERED)
        .execution_options(synchronize_session=False)
    )


def rebuild(
    database: Database,
    as_of: date,
    keep: Callable[[Snapshot], None],
    told: Told = lambda _done, _of: None,
) -> Snapshot:
    """Make the snapshot of a day and answer from it. Raises NoFolder, and BuildGoesOn (try later).

    `keep` records it in a transaction of its own and commits, or raises: then the one before stays in use.
    """
    if database.folder is None:
        raise NoFolder
    folder = index_folder(database.folder)
    with building(folder):
        session = database.read_session()
        try:
            snapshot = make_snapshot(session, as_of, told)
        finally:
            session.close()
        told(STEPS - 1, STEPS)
        write_snapshot(folder, snapshot)
        keep(snapshot)
        use_snapshot(folder, snapshot.version)
    told(STEPS, STEPS)
    return snapshot


def keeping(run: JobRun) -> Callable[[Snapshot], None]:
    """Records a snapshot as a step of a job: one that lost its lease keeps nothing."""

    def keep(snapshot: Snapshot) -> None:
        with run.step() as session:
            record_snapshot(session, snapshot, at=run.clock())

    return keep
