"""The job that tells administrators of clocks that run out, and what finds that it is due. The finder commits."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from registry.db import Database
from registry.incidents.operations.alerting import clocks_to_tell, tell_clocks
from registry.jobs.alone import enqueue_alone
from registry.jobs.worker import Handler, JobRun
from registry.privacy.operations.reaching import Office

CLOCK_JOB = "incidents.clocks"


def enqueue_due_clocks(database: Database, at: datetime) -> bool:
    """Put the telling into the queue when a clock has fallen to its next mark. True when it did."""
    with database.read_session() as reading:
        is_due = bool(clocks_to_tell(reading, at=at))
    return is_due and enqueue_alone(database, CLOCK_JOB, {}, at=at)


def telling(public_url: str) -> Handler:
    """The handler, as letters of this installation begin."""

    def tell(run: JobRun) -> Mapping[str, Any]:
        with run.step() as session:
            return {"letters": tell_clocks(session, Office.of(session, public_url), at=run.clock())}

    return tell
