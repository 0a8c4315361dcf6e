"""Reads of job rows."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.jobs.models import Job
from registry.jobs.rules import JobState


def job_by_public_id(session: Session, public_id: str) -> Job | None:
    """The job of this opaque id."""
    return session.scalar(select(Job).where(Job.public_id == public_id))


def unfinished_jobs(session: Session, kind: str) -> Sequence[Job]:
    """The jobs of a kind that wait or run, oldest first."""
    is_open = Job.state.in_([JobState.QUEUED, JobState.RUNNING])
    return session.scalars(select(Job).where(Job.kind == kind, is_open).order_by(Job.due_at, Job.id)).all()
