"""The job that writes down what is over, one row a step: a worker that is killed tells nobody twice."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from registry.db import Database
from registry.introductions.operations.closing import (
    close_request,
    is_anything_over,
    next_ended_request,
    next_interest_to_tell,
    tell_of_closing,
)
from registry.introductions.operations.letters import Papers
from registry.jobs.alone import enqueue_alone
from registry.jobs.worker import Handler, JobRun

CLOSING_JOB = "introductions.close"


def enqueue_due_closing(database: Database, at: datetime) -> bool:
    """Put the job into the queue when something is over. True when it did."""
    with database.read_session() as reading:
        is_due = is_anything_over(reading, at=at)
    return is_due and enqueue_alone(database, CLOSING_JOB, {}, at=at)


def closing(papers: Callable[[Session], Papers]) -> Handler:
    """The handler, with the letters of this installation."""

    def close(run: JobRun) -> Mapping[str, Any]:
        done, is_going_on = 0, True
        while is_going_on:
            with run.step() as session:
                is_going_on = close_next(session, papers(session), at=run.clock())
            done += is_going_on
        return {"closed": done}

    return close


def close_next(session: Session, papers: Papers, *, at: datetime) -> bool:
    """Write down the next thing that is over; False when nothing is left.

    One person in one transaction: a second one would be waited for while the log is held, by somebody who holds that
    person and waits for the log.
    """
    request = next_ended_request(session, at=at)
    if request is not None:
        close_request(session, request, papers, at=at)
        return True
    interest = next_interest_to_tell(session)
    if interest is None:
        return False
    tell_of_closing(session, interest, papers, at=at)
    return True
