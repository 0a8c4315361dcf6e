"""The jobs of the room: comparing whoever changed, everybody, and forgetting what can no longer be undone."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from registry.audit.operations import record
from registry.db import Database
from registry.duplicates.operations.finding import (
    compare_people,
    forget_unseen,
    keep_found,
    take_waiting,
)
from registry.duplicates.queries.alike import Found, complete
from registry.duplicates.queries.everybody import (
    birth_years,
    by_contacts_of_all,
    by_names_of_year,
    by_papers_of_all,
)
from registry.jobs.alone import enqueue_alone
from registry.jobs.models import Job
from registry.jobs.operations import enqueue_job
from registry.jobs.queries import unfinished_jobs
from registry.jobs.worker import Handlers, JobRun
from registry.people.models import DuplicateMerge, DuplicateWaiting
from registry.privacy.rules import local_day

FIND_JOB = "duplicates.find"
FIND_ALL_JOB = "duplicates.find_all"

AT_ONCE = 25
"""People compared in one step."""

MANY = 5_000
"""When more wait, everybody is compared at once: that costs less than looking for each."""


def enqueue_due_comparison(database: Database, at: datetime) -> bool:
    """Put the comparison into the queue when somebody waits or a merge can no longer be undone. True when it did."""
    session = database.read_session()
    try:
        waiting = session.scalar(select(func.count(DuplicateWaiting.id))) or 0
        is_due = bool(waiting) or session.scalar(_over(local_day(at)).limit(1)) is not None
    finally:
        session.close()
    return is_due and enqueue_alone(database, FIND_ALL_JOB if waiting > MANY else FIND_JOB, {}, at=at)


def enqueue_for_all(session: Session, *, by: int, at: datetime) -> Job:
    """Have everybody compared; one comparison that waits or runs already is the one."""
    running = unfinished_jobs(session, FIND_ALL_JOB)
    if running:
        return running[0]
    job = enqueue_job(session, FIND_ALL_JOB, {}, at=at, by=by)
    record(session, by, "duplicates.compared", "job", job.public_id, at=at)
    return job


def compare_waiting(run: JobRun) -> Mapping[str, Any]:
    """Compare whoever waits, some in a step, and forget what undoes merges whose time is over."""
    looked = pairs = 0
    while True:
        with run.step(looked) as session:
            at = run.clock()
            ids = take_waiting(session, AT_ONCE)
            pairs += compare_people(session, ids, at=at, on=local_day(at)) if ids else 0
        looked += len(ids)
        if not ids:
            break
    with run.step(looked) as session:
        forget_material(session, local_day(run.clock()))
    return {"people": looked, "pairs": pairs}


def compare_all(run: JobRun) -> Mapping[str, Any]:
    """Compare everybody: papers, contacts, then names year by year. Pairs that no longer hold go at the end."""
    began, found = run.clock(), 0
    with run.step(0, 1) as session:
        session.execute(delete(DuplicateWaiting))
    with run.reading() as session:
        years = birth_years(session)
    steps = [by_contacts_of_all, by_papers_of_all]
    total = len(steps) + len(years)
    kept: Found = {}
    for done, look in enumerate(steps, 1):
        with run.reading() as session:
            found_now = complete(session, look(session), on=local_day(began))
        kept = _joined(kept, found_now)
        with run.step(done, total) as session:
            keep_found(session, kept, at=began)
    for done, year in enumerate(years, len(steps) + 1):
        with run.reading() as session:
            named = by_names_of_year(session, year)
        # Who shares an address as well keeps both reasons.
        named = {pair: reason | kept.get(pair, reason) for pair, reason in named.items()}
        found += len(named.keys() - kept.keys())
        with run.step(done, total) as session:
            keep_found(session, named, at=began)
    with run.step(total, total) as session:
        forget_unseen(session, began)
    return {"pairs": found + len(kept)}


def _joined(one: Found, other: Found) -> Found:
    return one | {pair: reason | one.get(pair, reason) for pair, reason in other.items()}


def _over(on: date) -> Any:
    return select(DuplicateMerge.id).where(
        DuplicateMerge.undo_until < on, DuplicateMerge.material_sealed.is_not(None)
    )


def forget_material(session: Session, on: date) -> None:
    """Forget what would undo merges whose time is over."""
    session.execute(update(DuplicateMerge).where(DuplicateMerge.undo_until < on).values(material_sealed=None))


HANDLERS: Handlers = {FIND_JOB: compare_waiting, FIND_ALL_JOB: compare_all}
"""Job kind → function."""
