"""The job that closes what was open for a need that is over, one candidacy a step: nobody disappears without a word (NO-06).

Pages never wait for it: they say on their day that the need closed before anything was decided.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from registry.candidacies.models import Candidacy
from registry.candidacies.operations.letters import tell_of_change
from registry.candidacies.operations.moving import move
from registry.candidacies.rules import TAKEN, Stage
from registry.candidacies.rules.reasons import NEED_CLOSED
from registry.db import Database
from registry.introductions.operations import Papers
from registry.jobs.alone import enqueue_alone
from registry.jobs.worker import Handler, JobRun
from registry.needs.models import Need
from registry.needs.rules import FINAL_STATES
from registry.people.rules import PersonState

CLOSING_JOB = "candidacies.close"


def _over() -> Select[Candidacy]:
    return (
        select(Candidacy)
        .join(Need, Need.id == Candidacy.need_id)
        .where(Candidacy.closed_at.is_(None), Candidacy.stage.not_in(TAKEN), Need.state.in_(FINAL_STATES))
        .order_by(Candidacy.id)
        .limit(1)
    )


def enqueue_due_candidacies(database: Database, at: datetime) -> bool:
    """Put the job into the queue when a need is over and somebody still stands for it. True when it did."""
    with database.read_session() as reading:
        is_due = reading.scalar(_over()) is not None
    return is_due and enqueue_alone(database, CLOSING_JOB, {}, at=at)


def closing(papers: Callable[[Session], Papers | None]) -> Handler:
    """The handler, with the letters of this installation."""

    def close(run: JobRun) -> Mapping[str, Any]:
        done, is_going_on = 0, True
        while is_going_on:
            with run.step() as session:
                is_going_on = close_next(session, papers(session), at=run.clock())
            done += is_going_on
        return {"closed": done}

    return close


def close_next(session: Session, papers: Papers | None, *, at: datetime) -> bool:
    """Close the next candidacy of a need that is over, and tell whoever knew of it; False when none is left."""
    one = session.scalar(_over())
    if one is None:
        return False
    move(session, one, Stage.REMOVED, reason=NEED_CLOSED, by=None, at=at)
    if one.person.state is PersonState.ACTIVE:
        tell_of_change(session, one, papers, at=at)
    return True
