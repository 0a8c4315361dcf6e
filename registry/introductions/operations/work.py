"""The job that writes down what is over, one row a step: a worker that is killed tells nobody twice."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from registry.db import Database
from registry.introductions.operations.closing import (
    close_request,
    ended_requests,
    interests_to_tell,
    is_anything_over,
    tell_of_closing,
)
from registry.introductions.operations.letters import Papers
from registry.jobs.alone import enqueue_alone
from registry.jobs.worker import Handler, JobRun

CLOSING_JOB = "introductions.close"
_MOST = 20
"""Rows a step: each is a letter, and a step holds the only pen of SQLite."""


def enqueue_due_closing(database: Database, at: datetime) -> bool:
    """Put the job into the queue when something is over. True when it did."""
    with database.read_session() as reading:
        is_due = is_anything_over(reading, at=at)
    return is_due and enqueue_alone(database, CLOSING_JOB, {}, at=at)


def closing(papers: Callable[[Session], Papers]) -> Handler:
    """The handler, with the letters of this installation."""

    def close(run: JobRun) -> Mapping[str, Any]:
        done = 0
        while True:
            with run.step() as session:
                count = close_some(session, papers(session), at=run.clock())
            done += count
            if count == 0:
                return {"closed": done}

    return close


def close_some(session: Session, papers: Papers, *, at: datetime) -> int:
    """Write down some of what is over; how many rows, 0 when nothing is left."""
    requests = ended_requests(session, at=at, most=_MOST)
    for request in requests:
        close_request(session, request, papers, at=at)
    interests = interests_to_tell(session, most=_MOST)
    for interest in interests:
        tell_of_closing(session, interest, papers, at=at)
    return len(requests) + len(interests)
