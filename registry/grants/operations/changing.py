"""What happens to a grant that goes on: suspended, taken up again, extended, completed, ended. Flushes, never commits.

A suspension stops payments and lets the promised time stand still.
"""

from datetime import date, timedelta

from sqlalchemy.orm import Session

from registry.grants.models import Grant, GrantCommitment, GrantEvent
from registry.grants.operations.errors import DayOutOfOrder, LinesNotFixed, NotPossible
from registry.grants.operations.giving import cancel_unpaid, payments_of
from registry.grants.operations.keeping import Act, add_event, hold_grant
from registry.grants.queries.promised import promise_of
from registry.grants.rules import (
    BOUND,
    CommitmentState,
    EventKind,
    GrantState,
    PaymentState,
    due_on,
    may_happen,
)


def suspend_grant(session: Session, grant: Grant, act: Act, *, on: date, to: date | None, words: str) -> None:
    """Stop payments from a day on, until a day or until it is taken up again. Raises NotPossible, DayOutOfOrder."""
    _begin(session, grant, EventKind.SUSPENDED)
    last = _last_suspended_day(grant)
    if on < grant.decision.decided_on or on > act.on or (last is not None and on <= last):
        raise DayOutOfOrder(last or grant.decision.decided_on)
    if to is not None and to < max(on, act.on):
        raise DayOutOfOrder(max(on, act.on))
    grant.state = GrantState.SUSPENDED
    if grant.commitment is not None and grant.commitment.state is CommitmentState.RUNNING:
        grant.commitment.state = CommitmentState.SUSPENDED
    add_event(session, grant, EventKind.SUSPENDED, act, on=on, to=to, words=words)
    count_anew(grant, act.on)
    session.flush()


def _last_suspended_day(grant: Grant) -> date | None:
    days = [one.to_day for one in grant.events if one.kind is EventKind.SUSPENDED and one.to_day is not None]
    return max(days, default=None)


def resume_grant(session: Session, grant: Grant, act: Act, *, on: date, words: str) -> None:
    """Take a suspended grant up again from a day on; the day before was the last suspended one.

    Raises NotPossible, DayOutOfOrder.
    """
    _begin(session, grant, EventKind.RESUMED)
    suspension = open_suspension(grant)
    if suspension is None:
        raise NotPossible
    is_beyond = suspension.to_day is not None and on > suspension.to_day + timedelta(days=1)
    if on <= suspension.on_day or on > act.on + timedelta(days=1) or is_beyond:
        raise DayOutOfOrder(suspension.on_day)
    suspension.to_day = on - timedelta(days=1)
    was_extended = any(one.kind is EventKind.EXTENDED for one in grant.events)
    grant.state = GrantState.EXTENDED if was_extended else GrantState.ACTIVE
    if grant.commitment is not None and grant.commitment.state is CommitmentState.SUSPENDED:
        grant.commitment.state = CommitmentState.RUNNING
    add_event(session, grant, EventKind.RESUMED, act, on=on, words=words)
    count_anew(grant, act.on)
    session.flush()


def open_suspension(grant: Grant) -> GrantEvent | None:
    """The suspension a grant is in: the newest one."""
    found = [one for one in grant.events if one.kind is EventKind.SUSPENDED]
    return found[-1] if found and grant.state is GrantState.SUSPENDED else None


def extend_grant(session: Session, grant: Grant, act: Act, *, until: date, words: str) -> None:
    """Agree on a later end of what was promised. Raises NotPossible, DayOutOfOrder."""
    _begin(session, grant, EventKind.EXTENDED)
    promised = grant.commitment
    if promised is None or promised.state not in BOUND:
        raise NotPossible
    if until <= promised.until:
        raise DayOutOfOrder(promised.until)
    grant.state = GrantState.EXTENDED
    add_event(session, grant, EventKind.EXTENDED, act, on=act.on, to=until, words=words)
    count_anew(grant, act.on)
    session.flush()


def complete_grant(session: Session, grant: Grant, act: Act, *, words: str) -> None:
    """All was paid. What was promised goes on. Raises NotPossible, and LinesNotFixed while something is due."""
    _begin(session, grant, EventKind.COMPLETED)
    if payments_of(grant, PaymentState.PLANNED, PaymentState.COMMITTED):
        raise LinesNotFixed
    grant.state = GrantState.COMPLETED
    add_event(session, grant, EventKind.COMPLETED, act, on=act.on, words=words)


def end_grant(session: Session, grant: Grant, act: Act, *, words: str) -> None:
    """End a grant before all was paid; the rest is cancelled. What was promised for what was paid goes on.

    Raises NotPossible.
    """
    _begin(session, grant, EventKind.ENDED)
    if grant.commitment is not None and grant.commitment.state is CommitmentState.SUSPENDED:
        suspension = open_suspension(grant)
        if suspension is not None and (suspension.to_day is None or suspension.to_day > act.on):
            suspension.to_day = max(suspension.on_day, act.on)
        grant.commitment.state = CommitmentState.RUNNING
    grant.state = GrantState.ENDED
    cancel_unpaid(grant)
    add_event(session, grant, EventKind.ENDED, act, on=act.on, words=words)
    count_anew(grant, act.on)
    session.flush()


def count_anew(grant: Grant, on: date) -> None:
    """The end of what was promised, with all that happened; a later end is told anew."""
    promised: GrantCommitment | None = grant.commitment
    if promised is None:
        return
    until = due_on(promise_of(grant, promised), on)
    if until != promised.until:
        promised.until, promised.alert_sent = until, None


def _begin(session: Session, grant: Grant, kind: EventKind) -> None:
    hold_grant(session, grant)
    if not may_happen(grant.state, kind):
        raise NotPossible
