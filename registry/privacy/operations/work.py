"""The job that clears the files after an erasure: those of the database, and those made from it."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from registry.jobs.models import Job
from registry.jobs.operations import enqueue_job
from registry.jobs.worker import Handlers, JobRun
from registry.matching.operations import rebuild
from registry.matching.operations.snapshots import keeping
from registry.matching.queries.files import BuildGoesOn
from registry.privacy.operations.scrubbing import scrub
from registry.privacy.rules import local_day

SCRUB_JOB = "privacy.scrub"


def enqueue_scrub(session: Session, *, by: int | None, at: datetime) -> Job:
    """Have the files cleared as soon as the erasure is committed."""
    return enqueue_job(session, SCRUB_JOB, {}, at=at, by=by)


def scrub_files(run: JobRun) -> Mapping[str, Any] | None:
    """Make the index anew without who was erased, then clear what is left of erased rows."""
    if run.database.folder is not None:
        _rebuild(run)
    scrub(run.database, is_whole=False)
    return None


def _rebuild(run: JobRun) -> None:
    with suppress(BuildGoesOn):  # one that goes on; who is gone makes the next one due by itself
        rebuild(run.database, local_day(run.clock()), keeping(run))


HANDLERS: Handlers = {SCRUB_JOB: scrub_files}
