"""Every open need against everyone, as a job: one consistent read, each ranking kept, the owners told what moved.

A job that was killed is run again for the same day: rankings that were kept already are found again, and nobody is
told twice.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from registry.accounts.rules import Viewer
from registry.db import Database
from registry.jobs.models import Job
from registry.jobs.operations import enqueue_job
from registry.jobs.queries import unfinished_jobs
from registry.jobs.worker import JobRun
from registry.matching.operations.owners import Reader, owners, readers, tell_owners
from registry.matching.operations.runs import KEPT_ROWS, keep_ranked
from registry.matching.operations.snapshots import keeping, rebuild
from registry.matching.queries import Ranked, Window
from registry.matching.queries.batch import ranked_each
from registry.matching.queries.changes import ranks_of_run, run_before
from registry.matching.queries.files import BuildGoesOn
from registry.matching.queries.needs import open_needs
from registry.matching.queries.snapshots import rebuild_due
from registry.needs.models import Need
from registry.needs.rules import NeedState
from registry.skills.queries import vocabulary_version
from registry.web.clock import LOCAL_ZONE

MATCH_JOB = "match.all"
STEP_NEEDS = 10
"""Needs kept in one step: progress is seen, and a stop is heard, after so many."""

NIGHT_BEGINS, NIGHT_ENDS = 1, 5
"""Hours of the night (Asia/Ho_Chi_Minh) in which the needs are ranked by themselves."""

_EVERY = timedelta(hours=24)


@dataclass
class _Result:
    needs: int = 0
    kept: int = 0
    alerts: int = 0


def enqueue_batch(session: Session, *, as_of: date, at: datetime, by: int | None) -> Job:
    """Put the ranking of all open needs into the queue, or give the job that waits or runs already."""
    waiting = unfinished_jobs(session, MATCH_JOB)
    return (
        waiting[0] if waiting else enqueue_job(session, MATCH_JOB, {"as_of": as_of.isoformat()}, at=at, by=by)
    )


def batch_is_due(session: Session, at: datetime) -> bool:
    """Whether it is time by itself: at night once, and by day when the last night was slept through.

    Without an open need there is nothing to do.
    """
    if session.scalar(select(Need.id).where(Need.state == NeedState.OPEN).limit(1)) is None:
        return False
    last: datetime | None = session.scalar(select(func.max(Job.created_at)).where(Job.kind == MATCH_JOB))
    local = at.astimezone(LOCAL_ZONE)
    if NIGHT_BEGINS <= local.hour < NIGHT_ENDS:
        begun = local.replace(hour=NIGHT_BEGINS, minute=0, second=0, microsecond=0)
        return last is None or last < begun
    return last is not None and at - last > _EVERY


def match_all(run: JobRun) -> Mapping[str, Any]:
    """Rank people for every open need and keep what comes out."""
    as_of = date.fromisoformat(str(run.arguments["as_of"]))
    _make_index(run, as_of)
    result = _Result()
    with run.reading() as session:
        by = session.scalar(select(Job.created_by).where(Job.id == run.claim.job_id))
        viewer = Viewer.installation()
        needs = open_needs(session, viewer)
        answers = ranked_each(session, needs, viewer, as_of, window=Window(count=KEPT_ROWS))
        told = readers(session, as_of)
        keeping = _Keeping(run, as_of, by, vocabulary_version(session), told, result)
        with run.step(0, len(needs)):
            pass
        for together in _chunks(answers):
            with run.step(result.needs + len(together), len(needs)) as writing:
                for found in together:
                    keeping.keep(writing, found)
            result.needs += len(together)
    return {"needs": result.needs, "kept": result.kept, "alerts": result.alerts}


def _chunks(answers: Iterable[Ranked]) -> Iterator[list[Ranked]]:
    waiting = iter(answers)
    while together := list(islice(waiting, STEP_NEEDS)):
        yield together


@dataclass(frozen=True)
class _Keeping:
    """What keeping one ranking of the batch needs to know."""

    run: JobRun
    as_of: date
    by: int | None
    vocabulary: str
    readers: Sequence[Reader]
    result: _Result

    def keep(self, session: Session, found: Ranked) -> None:
        """Keep one ranking; when it is new and another stood before it, tell the owners what moved."""
        at = self.run.clock()
        kept = keep_ranked(
            session, found, Viewer.installation(), vocabulary=self.vocabulary, at=at, by=self.by
        )
        self.result.kept += kept.is_new
        earlier = run_before(session, kept.run) if kept.is_new else None
        if earlier is not None:
            told = owners(found.need, self.readers)
            before = ranks_of_run(session, earlier)
            self.result.alerts += tell_owners(
                session, found.need, kept.run, before, told, on=self.as_of, at=at
            )


def _make_index(run: JobRun, as_of: date) -> None:
    """A snapshot of the day first, where files may be made: all needs are then answered from it."""

    def alive(_done: int, _of: int) -> None:
        with run.step():
            pass

    with run.reading() as session:
        is_due = run.database.folder is not None and rebuild_due(session, as_of, run.clock()) is not None
    if is_due:
        try:
            rebuild(run.database, as_of, keeping(run), alive)
        except BuildGoesOn:
            return  # somebody else makes one; until then people are read from the tables


def due_batch(database: Database, at: datetime) -> tuple[str, Mapping[str, int | str]] | None:
    """The job to put into the queue now, if one is due: its kind and arguments."""
    session = database.read_session()
    try:
        if not batch_is_due(session, at) or unfinished_jobs(session, MATCH_JOB):
            return None
    finally:
        session.close()
    return MATCH_JOB, {"as_of": at.astimezone(LOCAL_ZONE).date().isoformat()}
