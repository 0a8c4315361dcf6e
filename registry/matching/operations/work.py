"""The jobs of matching, as the worker is handed them: a new snapshot when it is worth its making, all needs ranked."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from registry.db import Database
from registry.jobs.alone import enqueue_alone
from registry.jobs.worker import Handlers, JobRun
from registry.matching.operations.batch import MATCH_JOB, due_batch, match_all
from registry.matching.operations.snapshots import keeping, rebuild
from registry.matching.queries.files import BuildGoesOn
from registry.matching.queries.snapshots import rebuild_due
from registry.web.clock import LOCAL_ZONE

BUILD_JOB = "index.build"


def enqueue_due_rebuild(database: Database, at: datetime) -> bool:
    """Put a rebuild into the queue when one is due and none waits or runs. Commits. True when it did."""
    if database.folder is None or not _is_due(database, at):
        return False
    return enqueue_alone(database, BUILD_JOB, {}, at=at)


def enqueue_due_batch(database: Database, at: datetime) -> bool:
    """Put the ranking of all open needs into the queue when it is due by itself. True when it did."""
    due = due_batch(database, at)
    return due is not None and enqueue_alone(database, due[0], due[1], at=at)


def build_index(run: JobRun) -> Mapping[str, Any]:
    """Make a new snapshot unless somebody else just did."""
    at = run.clock()
    if run.database.folder is None or not _is_due(run.database, at):
        return {"built": False}

    def told(done: int, total: int) -> None:
        with run.step(done, total):
            pass  # only how far it is, and that the worker still lives

    try:
        snapshot = rebuild(run.database, _day(at), keeping(run), told)
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


HANDLERS: Handlers = {BUILD_JOB: build_index, MATCH_JOB: match_all}
"""Job kind → function."""
