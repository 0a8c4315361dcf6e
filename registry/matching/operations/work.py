"""The job of matching, as the worker is handed it: a new snapshot when it is worth its making."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from registry.db import Database
from registry.jobs.operations import enqueue_job
from registry.jobs.queries import unfinished_jobs
from registry.jobs.worker import Handlers, JobRun
from registry.matching.operations.snapshots import rebuild
from registry.matching.queries.files import BuildGoesOn
from registry.matching.queries.snapshots import rebuild_due
from registry.web.clock import LOCAL_ZONE

BUILD_JOB = "index.build"


def enqueue_due_rebuild(database: Database, at: datetime) -> bool:
    """Put a rebuild into the queue when one is due and none waits or runs. Commits. True when it did."""
    if database.folder is None or not _is_due(database, at):
        return False
    with database.writing() as session:
        if unfinished_jobs(session, BUILD_JOB):
            return False
        enqueue_job(session, BUILD_JOB, {}, at=at)
        session.commit()
    return True


def build_index(run: JobRun) -> Mapping[str, Any]:
    """Make a new snapshot unless somebody else just did."""
    at = run.clock()
    if run.database.folder is None or not _is_due(run.database, at):
        return {"built": False}

    def told(done: int, total: int) -> None:
        with run.step(done, total):
            pass  # only how far it is, and that the worker still lives

    try:
        snapshot = rebuild(run.database, _day(at), run.clock, told)
    except BuildGoesOn:
        return {"built": False}
    return {"built": True, "people": len(snapshot), "change": snapshot.change}


def _is_due(database: Database, at: datetime) -> bool:
    session = database.read_session()
    try:
        return rebuild_due(session, _day(at), at) is not None
    finally:
        session.close()


def _day(at: datetime) -> date:
    return at.astimezone(LOCAL_ZONE).date()


HANDLERS: Handlers = {BUILD_JOB: build_index}
"""Job kind → function."""
