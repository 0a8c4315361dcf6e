"""Changes of job rows: enqueue, claim, report, finish, fail, cancel. Flush, never commit; no clock."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, or_, select, update
from sqlalchemy.orm import Session

from registry.db.leases import changed, claim_rows, write_claimed
from registry.jobs.models import Job
from registry.jobs.rules import LEASE, MAX_ATTEMPTS, JobState, check_arguments, retry_delay

GIVEN_UP = "Việc này đã dừng giữa chừng nhiều lần nên không chạy lại nữa. Báo quản trị hệ thống."
UNEXPECTED = "Gặp lỗi ngoài dự kiến. Thử lại; nếu vẫn lỗi, báo quản trị hệ thống mã của việc này."


class LeaseLost(Exception):
    """Another claim holds the job, or it is over: whatever this worker still wanted to write is refused."""


class CancelAsked(Exception):
    """Someone asked to stop; the handler leaves things as its last commit left them."""


@dataclass(frozen=True)
class Claim:
    """A job in a worker's hands: plain values, usable after the claiming transaction ended."""

    job_id: int
    public_id: str
    kind: str
    arguments: Mapping[str, Any]
    token: str
    attempts: int


def enqueue_job(
    session: Session,
    kind: str,
    arguments: Mapping[str, int | str],
    *,
    at: datetime,
    by: int | None = None,
    due_at: datetime | None = None,
    steps_total: int | None = None,
) -> Job:
    """Put work into the queue, in the caller's transaction: no commit, no job.

    `arguments` are ids and codes (ValueError otherwise); `due_at` is the earliest start.
    """
    job = Job(
        kind=kind,
        arguments=check_arguments(arguments),
        due_at=due_at or at,
        created_by=by,
        steps_total=steps_total,
    )
    session.add(job)
    session.flush()
    return job


def claim_jobs(session: Session, kinds: Collection[str], *, at: datetime, limit: int = 1) -> list[Claim]:
    """Take up to `limit` due jobs of these kinds, oldest first, for one lease.

    Due is: queued and its time come, or running under a lease that ended.
    """
    if not kinds:
        return []
    due = or_(
        and_(Job.state == JobState.QUEUED, Job.due_at <= at),
        and_(Job.state == JobState.RUNNING, Job.lease_until < at, Job.attempts < MAX_ATTEMPTS),
    )
    token, claimed = claim_rows(
        session,
        Job,
        and_(due, Job.kind.in_(sorted(kinds))),
        [Job.due_at],
        limit=limit,
        until=at + LEASE,
        values={"state": JobState.RUNNING, "started_at": at, "updated_at": at},
        told=(Job.id, Job.public_id, Job.kind, Job.arguments, Job.attempts),
    )
    claims = [
        Claim(job_id, public_id, kind, arguments, token, attempts)
        for job_id, public_id, kind, arguments, attempts in claimed
    ]
    return sorted(claims, key=lambda claim: claim.job_id)


def keep_lease(
    session: Session,
    claim: Claim,
    *,
    at: datetime,
    steps_done: int | None = None,
    steps_total: int | None = None,
) -> None:
    """Say how far the job is and renew its lease, in the transaction that holds the work itself.

    Raises LeaseLost when another claim took over: the work of this transaction must not be committed.
    """
    values: dict[str, Any] = {"lease_until": at + LEASE, "updated_at": at}
    if steps_done is not None:
        values["steps_done"] = steps_done
    if steps_total is not None:
        values["steps_total"] = steps_total
    _write_claimed(session, claim, values)


def report_progress(
    session: Session,
    claim: Claim,
    *,
    at: datetime,
    steps_done: int | None = None,
    steps_total: int | None = None,
) -> None:
    """The same, and raises CancelAsked when someone asked to stop: nothing of this transaction is to be kept."""
    keep_lease(session, claim, at=at, steps_done=steps_done, steps_total=steps_total)
    if session.scalar(select(Job.cancel_requested).where(Job.id == claim.job_id)):
        raise CancelAsked(claim.public_id)


def finish_job(
    session: Session, claim: Claim, *, at: datetime, result: Mapping[str, Any] | None = None
) -> None:
    """The work is done. Raises LeaseLost."""
    done = func.coalesce(Job.steps_total, Job.steps_done)
    _close(
        session, claim, JobState.DONE, at, {"result": dict(result or {}), "error": None, "steps_done": done}
    )


def fail_job(session: Session, claim: Claim, sentence: str, *, at: datetime) -> None:
    """The work cannot be done; `sentence` says why and how to mend it. Raises LeaseLost."""
    _close(session, claim, JobState.FAILED, at, {"error": sentence[:500]})


def cancel_job(session: Session, claim: Claim, *, at: datetime) -> None:
    """The worker stopped because someone asked it to. Raises LeaseLost."""
    _close(session, claim, JobState.CANCELLED, at, {})


def retry_job(session: Session, claim: Claim, *, at: datetime) -> None:
    """An unexpected fault: back into the queue after a pause, given up after MAX_ATTEMPTS. Raises LeaseLost."""
    if claim.attempts >= MAX_ATTEMPTS:
        fail_job(session, claim, UNEXPECTED, at=at)
        return
    values = {"state": JobState.QUEUED, "due_at": at + retry_delay(claim.attempts), "claim_token": None}
    _write_claimed(session, claim, values | {"lease_until": None, "updated_at": at})


def request_cancel(session: Session, job: Job, *, at: datetime) -> bool:
    """Ask a job to stop: a waiting one is cancelled at once, a running one at its next step.

    False when it was over already; asking twice is harmless.
    """
    waiting = session.execute(
        update(Job)
        .where(Job.id == job.id, Job.state == JobState.QUEUED)
        .values(state=JobState.CANCELLED, cancel_requested=True, finished_at=at, updated_at=at)
        .execution_options(synchronize_session=False)
    )
    running = session.execute(
        update(Job)
        .where(Job.id == job.id, Job.state == JobState.RUNNING)
        .values(cancel_requested=True, updated_at=at)
        .execution_options(synchronize_session=False)
    )
    session.refresh(job)
    return changed(waiting) + changed(running) > 0


def give_up_exhausted(session: Session, *, at: datetime) -> int:
    """Close the jobs that ended MAX_ATTEMPTS leases without a word; how many there were."""
    closed = session.execute(
        update(Job)
        .where(Job.state == JobState.RUNNING, Job.lease_until < at, Job.attempts >= MAX_ATTEMPTS)
        .values(state=JobState.FAILED, error=GIVEN_UP, claim_token=None, finished_at=at, updated_at=at)
        .execution_options(synchronize_session=False)
    )
    return changed(closed)


def _close(session: Session, claim: Claim, state: JobState, at: datetime, values: Mapping[str, Any]) -> None:
    ended = {"state": state, "claim_token": None, "lease_until": None, "finished_at": at, "updated_at": at}
    _write_claimed(session, claim, {**ended, **values})


def _write_claimed(session: Session, claim: Claim, values: Mapping[str, Any]) -> None:
    """Write to the row only while this claim holds it."""
    if not write_claimed(session, Job, claim.job_id, claim.token, JobState.RUNNING, values):
        raise LeaseLost(claim.public_id)
