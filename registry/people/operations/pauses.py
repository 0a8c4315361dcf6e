"""Pauses that end by themselves: once a day, whoever is found again from today on is noted as changed. Commits by the job.

Nothing of the record changes on such a day. Without a note whoever follows the changes would never hear that somebody
who was told as gone is there again.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from registry.db import Database
from registry.jobs.alone import enqueue_alone
from registry.jobs.models import Job
from registry.jobs.rules import JobState
from registry.jobs.worker import Handlers, JobRun
from registry.people.models import Availability
from registry.people.models.noting import note_changed
from registry.people.rules import AvailabilityState
from registry.web.clock import LOCAL_ZONE

PAUSES_JOB = "people.pauses"


def enqueue_due_pauses(database: Database, at: datetime) -> bool:
    """Put the job into the queue once a day. True when it did."""
    with database.read_session() as reading:
        last = _last(reading)
    return (last is None or last < _day(at)) and enqueue_alone(database, PAUSES_JOB, {}, at=at)


def note_ended_pauses(run: JobRun) -> Mapping[str, Any]:
    """Note everybody whose pause ended since the job was done last."""
    with run.step() as session:
        people = ended_pauses(session, since=_last(session, JobState.DONE), on=_day(run.clock()))
        note_changed(session, people)
    return {"people": len(people)}


def ended_pauses(session: Session, *, since: date | None, on: date) -> list[int]:
    """The people (row ids) whose pause was over by the day, and was not yet on the day `since`."""
    ended = select(Availability.person_id).where(
        Availability.ended_on.is_(None),
        Availability.state == AvailabilityState.PAUSED,
        Availability.paused_until < on,
    )
    if since is not None:
        ended = ended.where(Availability.paused_until >= since)
    return list(session.scalars(ended))


def _last(session: Session, *states: JobState) -> date | None:
    """The day of the last job, whatever its state or in one of these."""
    found = select(func.max(Job.due_at)).where(Job.kind == PAUSES_JOB)
    last = session.scalar(found.where(Job.state.in_(states)) if states else found)
    return None if last is None else _day(last)


def _day(at: datetime) -> date:
    return at.astimezone(LOCAL_ZONE).date()


HANDLERS: Handlers = {PAUSES_JOB: note_ended_pauses}
"""Job kind → function."""
