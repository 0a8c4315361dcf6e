"""Work that finds itself: put into the queue unless the same waits or runs. Commits."""

from collections.abc import Mapping
from datetime import datetime

from registry.db import Database
from registry.jobs.operations import enqueue_job
from registry.jobs.queries import unfinished_jobs


def enqueue_alone(database: Database, kind: str, arguments: Mapping[str, int | str], *, at: datetime) -> bool:
    """Put a job into the queue when none of its kind waits or runs. True when it did."""
    with database.writing() as session:
        if unfinished_jobs(session, kind):
            return False
        enqueue_job(session, kind, arguments, at=at)
        session.commit()
    return True
