"""What days bring about by themselves: alerts before a commitment ends, its end, suspensions and decisions that are over.

One row a step, so that a worker that is killed tells nobody twice. Flushes, never commits.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from registry.db import Database
from registry.formats import LOCAL_ZONE
from registry.grants.models import EligibilityDecision, Grant, GrantCommitment, GrantEvent
from registry.grants.operations.changing import count_anew, resume_grant
from registry.grants.operations.deciding import expire_decision
from registry.grants.operations.keeping import Act, add_event, hold_grant, told
from registry.grants.operations.letters import tell_due
from registry.grants.rules import (
    CommitmentState,
    DecisionState,
    EventKind,
    GrantState,
    alert_due,
)
from registry.introductions.operations import Papers
from registry.jobs.alone import enqueue_alone
from registry.jobs.worker import Handler, JobRun
from registry.policies.rules import ALERT_DAYS

DAILY_JOB = "grants.daily"


def act_of(by: int | None, at: datetime) -> Act:
    """An act at an instant, with its day in Việt Nam."""
    return Act(by, at, at.astimezone(LOCAL_ZONE).date())


def enqueue_due_daily(database: Database, at: datetime) -> bool:
    """Put the job into the queue when a day brought something about. True when it did."""
    with database.read_session() as reading:
        is_due = next_due(reading, act_of(None, at)) is not None
    return is_due and enqueue_alone(database, DAILY_JOB, {}, at=at)


def daily(papers: Callable[[Session], Papers]) -> Handler:
    """The handler, with the letters of this installation."""

    def work(run: JobRun) -> Mapping[str, Any]:
        done, is_going_on = 0, True
        while is_going_on:
            with run.step() as session:
                is_going_on = do_next(session, papers(session), at=run.clock())
            done += is_going_on
        return {"done": done}

    return work


def do_next(session: Session, papers: Papers | None, *, at: datetime) -> bool:
    """Do the next thing a day brought about; False when nothing is left."""
    act = act_of(None, at)
    found = next_due(session, act)
    if found is None:
        return False
    if isinstance(found, EligibilityDecision):
        expire_decision(session, found, act)
    elif isinstance(found, Grant):
        _resume(session, found, act)
    else:
        _look_at(session, found, papers, act)
    return True


Due = EligibilityDecision | Grant | GrantCommitment


def next_due(session: Session, act: Act) -> Due | None:
    """The next row a day is over for: a decision, a suspended grant, a commitment. Three statements by their indexes."""
    decision = session.scalar(
        select(EligibilityDecision)
        .join(Grant, Grant.decision_id == EligibilityDecision.id)
        .where(
            EligibilityDecision.state == DecisionState.APPROVED,
            EligibilityDecision.expires_on < act.on,
            Grant.state == GrantState.PLANNED,
        )
        .order_by(EligibilityDecision.id)
        .limit(1)
    )
    if decision is not None:
        return decision
    grant = session.scalar(
        select(Grant)
        .join(GrantEvent, GrantEvent.grant_id == Grant.id)
        .where(
            Grant.state == GrantState.SUSPENDED,
            GrantEvent.kind == EventKind.SUSPENDED,
            GrantEvent.to_day < act.on,
            ~_suspended_later(act),
        )
        .order_by(Grant.id)
        .limit(1)
    )
    if grant is not None:
        return grant
    return session.scalar(
        select(GrantCommitment)
        .where(GrantCommitment.state == CommitmentState.RUNNING, _to_look_at(act))
        .order_by(GrantCommitment.id)
        .limit(1)
    )


def _suspended_later(act: Act) -> ColumnElement[bool]:
    later = select(GrantEvent.id).where(
        GrantEvent.grant_id == Grant.id,
        GrantEvent.kind == EventKind.SUSPENDED,
        or_(GrantEvent.to_day.is_(None), GrantEvent.to_day >= act.on),
    )
    return later.correlate(Grant).exists()


def _to_look_at(act: Act) -> ColumnElement[bool]:
    """Over, or so near its end that an alert is due which was not sent."""
    unsent = [
        and_(
            GrantCommitment.until <= act.on + timedelta(days=days),
            or_(GrantCommitment.alert_sent.is_(None), GrantCommitment.alert_sent > days),
        )
        for days in ALERT_DAYS
    ]
    return or_(GrantCommitment.until < act.on, *unsent)


def _resume(session: Session, grant: Grant, act: Act) -> None:
    """The suspension had a last day, and that is over."""
    days = [one.to_day for one in grant.events if one.kind is EventKind.SUSPENDED and one.to_day is not None]
    resume_grant(session, grant, act, on=max(days) + timedelta(days=1), words="")


def _look_at(session: Session, promised: GrantCommitment, papers: Papers | None, act: Act) -> None:
    grant = promised.grant
    hold_grant(session, grant)
    count_anew(grant, act.on)
    if promised.until < act.on:
        promised.state = CommitmentState.FULFILLED
        add_event(session, grant, EventKind.FULFILLED, act, on=promised.until)
        return
    level = alert_due(promised.state, promised.until, act.on, promised.alert_sent)
    if level is None:
        session.flush()
        return
    promised.alert_sent = level
    session.flush()
    told(session, "grant.alerted", grant, act, {"days": level, "until": promised.until})
    tell_due(session, papers, grant, promised.until, at=act.at)
