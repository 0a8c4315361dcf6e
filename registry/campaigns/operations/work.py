"""The job that sends what campaigns ordered, one batch a step: a worker that is killed writes to nobody twice."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from registry.campaigns.operations.sending import Paper, due_sending, send_batch
from registry.campaigns.queries.audience import Seek
from registry.campaigns.queries.campaigns import is_sending_due
from registry.db import Database
from registry.jobs.alone import enqueue_alone
from registry.jobs.worker import Handler, JobRun

SENDING_JOB = "campaigns.send"


def enqueue_due_sendings(database: Database, at: datetime) -> bool:
    """Put the job into the queue when a batch is due and none waits or runs. True when it did."""
    with database.read_session() as reading:
        is_due = is_sending_due(reading, at)
    return is_due and enqueue_alone(database, SENDING_JOB, {}, at=at)


def sending(paper: Callable[[Session], Paper], seek: Seek) -> Handler:
    """The handler, with the paper of this installation and its way to find people."""

    def send(run: JobRun) -> Mapping[str, Any]:
        queued, is_due = 0, True
        while is_due:
            with run.step() as session:
                order = due_sending(session, run.clock())
                is_due = order is not None
                if order is not None:
                    queued += send_batch(session, order, paper(session), seek, at=run.clock())
        return {"queued": queued}

    return send
