"""The daily job of retention, and what finds that it is due. Steps are small, and each looks at its subject again."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from registry.db import Database
from registry.jobs.alone import enqueue_alone
from registry.jobs.models import Job
from registry.jobs.worker import Handler, JobRun
from registry.privacy.operations.reaching import Office
from registry.privacy.operations.replaying import erased_people, keep_outside
from registry.privacy.operations.retaining import attend
from registry.privacy.operations.work import enqueue_scrub
from registry.privacy.queries.retention import confirmed_rules, due_for, notices_waiting, subject_of
from registry.privacy.queries.starts import Subject
from registry.privacy.rules import local_day
from registry.privacy.rules.retention import RetentionRule
from registry.web.installation import installation

RETENTION_JOB = "privacy.retention"
_IN_A_STEP = 50
Task = tuple[RetentionRule, Subject]


def enqueue_due_retention(database: Database, at: datetime) -> bool:
    """Put the job into the queue once a day; never over made-up people, who answer no letters. True when it did."""
    with database.read_session() as reading:
        if installation(reading).is_demonstration:
            return False
        last = reading.scalar(select(func.max(Job.created_at)).where(Job.kind == RETENTION_JOB))
    if last is not None and local_day(last) >= local_day(at):
        return False
    return enqueue_alone(database, RETENTION_JOB, {}, at=at)


def retaining(public_url: str) -> Handler:
    """The handler, as letters of this installation begin."""

    def retain(run: JobRun) -> Mapping[str, Any]:
        with run.reading() as reading:
            tasks = tasks_due(reading, run.clock())
        done: Counter[str] = Counter()
        for begin in range(0, len(tasks), _IN_A_STEP):
            part = tasks[begin : begin + _IN_A_STEP]
            with run.step(begin + len(part), len(tasks)) as session:
                done += attend_all(session, part, public_url, at=run.clock())
        _keep_list(run, is_needed=bool(done["erased"]))
        return dict(done)

    return retain


def tasks_due(session: Session, at: datetime) -> list[Task]:
    """Everything that needs a look today: whoever is due, and whoever waits for something that may be over."""
    return list(dict.fromkeys(_tasks(session, at)))


def _tasks(session: Session, at: datetime) -> Iterator[Task]:
    on = local_day(at)
    for rule in confirmed_rules(session, on):
        for due in due_for(session, rule, on=on):
            yield rule, due.subject
        for notice in notices_waiting(session, rule.code):
            yield rule, subject_of(notice)


def attend_all(session: Session, tasks: list[Task], public_url: str, *, at: datetime) -> Counter[str]:
    """Attend to some of them; how often what was done."""
    office = Office.of(session, public_url)
    done: Counter[str] = Counter()
    for rule, subject in tasks:
        done[attend(session, rule, subject, office, at=at) or "nothing"] += 1
    if done["erased"]:
        enqueue_scrub(session, by=None, at=at)
    return done


def _keep_list(run: JobRun, *, is_needed: bool) -> None:
    """Write beside the database whom a restored backup must erase again."""
    if not is_needed or run.database.folder is None:
        return
    with run.reading() as session:
        keep_outside(run.database.folder, erased_people(session))
