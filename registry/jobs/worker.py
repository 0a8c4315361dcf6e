"""The worker: takes due jobs, runs their handlers, keeps what they say. Commits; the handlers are handed in.

A handler does its work in steps: `with run.step(done, total) as session: …` keeps what the block wrote
and the progress together, or neither. A handler may be killed anywhere and is then run again, so a step
must be safe to repeat.
"""

import os
import time
import traceback
from collections.abc import Callable, Collection, Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import structlog
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.db import Database
from registry.jobs import operations
from registry.jobs.models import Job
from registry.jobs.operations import CancelAsked, Claim, LeaseLost
from registry.jobs.rules import JobState

log = structlog.get_logger("registry.jobs")

# SQLite lets one writer in at a time and those who wait look again every tenth of a second: without a pause
# between the steps of a long job they would hardly ever find the door open.
_BREATH_SECONDS = 0.025

Clock = Callable[[], datetime]


class JobRefused(Exception):
    """The work cannot be done and trying again would not help; the message is a sentence for people."""


@dataclass(frozen=True)
class JobRun:
    """What a handler holds while it works."""

    claim: Claim
    database: Database
    clock: Clock

    @property
    def arguments(self) -> Mapping[str, Any]:
        return self.claim.arguments

    @contextmanager
    def step(
        self, done: int | None = None, total: int | None = None, *, even_if_cancelled: bool = False
    ) -> Generator[Session, None, None]:
        """A write session for one step, committed with the progress when the block ends well.

        Raises LeaseLost or CancelAsked, which the handler lets pass: the step is not kept then. A step that
        tidies up after a cancellation is `even_if_cancelled`.
        """
        with self.database.writing() as session:
            yield session
            report = operations.keep_lease if even_if_cancelled else operations.report_progress
            report(session, self.claim, at=self.clock(), steps_done=done, steps_total=total)
            session.commit()
        if self.database.write_engine.dialect.name == "sqlite":
            time.sleep(_BREATH_SECONDS)

    @contextmanager
    def reading(self) -> Generator[Session, None, None]:
        """A read session, for the part of the work that changes nothing."""
        session = self.database.read_session()
        try:
            yield session
        finally:
            session.close()


Handler = Callable[[JobRun], Mapping[str, Any] | None]
Handlers = Mapping[str, Handler]


def utc_now() -> datetime:
    """The worker's clock."""
    return datetime.now(UTC)


def run_due_jobs(
    database: Database,
    handlers: Handlers,
    *,
    clock: Clock = utc_now,
    limit: int | None = None,
    more: Callable[[], object] | None = None,
) -> int:
    """Run due jobs one after another until none is left (or `limit` were run); how many were run.

    `more` is called before a job is run while others wait: somebody else may do these meanwhile.
    """
    with database.writing() as session:
        if operations.give_up_exhausted(session, at=clock()):
            session.commit()
    count = 0
    while limit is None or count < limit:
        claim = _claim_one(database, handlers, clock)
        if claim is None:
            break
        if more is not None and is_job_due(database, handlers.keys(), at=clock()):
            more()
        run_claimed(JobRun(claim, database, clock), handlers[claim.kind])
        count += 1
    return count


def is_job_due(database: Database, kinds: Collection[str], *, at: datetime) -> bool:
    """Whether a job of these kinds waits whose time has come."""
    with database.read_session() as session:
        due = select(Job.id).where(
            Job.state == JobState.QUEUED, Job.due_at <= at, Job.kind.in_(sorted(kinds))
        )
        return session.scalar(due.limit(1)) is not None


def _claim_one(database: Database, handlers: Handlers, clock: Clock) -> Claim | None:
    with database.writing() as session:
        claims = operations.claim_jobs(session, handlers.keys(), at=clock())
        session.commit()
    return claims[0] if claims else None


def run_claimed(run: JobRun, handler: Handler) -> None:
    """Run one claimed job to its end and keep how it ended."""
    claim = run.claim
    try:
        _end(run, _ending(run, handler))
    except LeaseLost:
        # Another worker has the job now; nothing of this run may be kept.
        log.warning("job_lease_lost", job=claim.public_id, kind=claim.kind, attempt=claim.attempts)


def _ending(run: JobRun, handler: Handler) -> Callable[[Session], None]:
    """Run the handler; what is to be written about how it went."""
    claim, clock = run.claim, run.clock
    try:
        result = handler(run)
    except CancelAsked:
        return lambda session: operations.cancel_job(session, claim, at=clock())
    except JobRefused as refused:
        sentence = str(refused)
        return lambda session: operations.fail_job(session, claim, sentence, at=clock())
    except LeaseLost:
        raise
    except Exception as fault:
        _log_fault(claim, fault)
        return lambda session: operations.retry_job(session, claim, at=clock())
    return lambda session: operations.finish_job(session, claim, at=clock(), result=result)


def _end(run: JobRun, write: Callable[[Session], None]) -> None:
    with run.database.writing() as session:
        write(session)
        session.commit()


def _log_fault(claim: Claim, fault: Exception) -> None:
    """Kind and place only: the text of an exception may repeat the values that were being written."""
    frames = traceback.extract_tb(fault.__traceback__)
    place = f"{os.path.basename(frames[-1].filename)}:{frames[-1].lineno}" if frames else ""  # noqa: PTH119 - a label
    log.error(
        "job_fault",
        job=claim.public_id,
        kind=claim.kind,
        attempt=claim.attempts,
        fault=type(fault).__name__,
        at=place,
    )
