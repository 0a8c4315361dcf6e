"""Moving a need from state to state; the log of these moves is what time to fill is computed from (NE-01)."""

from datetime import datetime

from sqlalchemy.orm import Session

from registry.audit.operations import record
from registry.needs.models import Need, NeedTransition
from registry.needs.rules import FINAL_STATES, NeedState, local_day, transition


class ExpectedDateMissing(Exception):
    """A need asks for approval, and is opened, only when it says by when people are expected."""


# Checked where people can still mend it; an older need that was approved without a date can be refused or stopped.
_DATED = frozenset({NeedState.SUBMITTED, NeedState.OPEN})


class ReasonMissing(Exception):
    """This change of state must say why."""


def move_need(
    session: Session, need: Need, target: NeedState, *, by: int | None, at: datetime, reason: str = ""
) -> None:
    """Enter a state. Raises NotPermitted, ReasonMissing or ExpectedDateMissing; then nothing has changed.

    Whether the account may approve is asked by the caller: `transition(...).needs_approval_right` says that a
    right is due, `rules.may_approve` that a second person is.
    """
    source = need.state
    step = transition(source, target)
    if step.needs_reason and not reason.strip():
        raise ReasonMissing(target)
    if target in _DATED and need.expected_on is None:
        raise ExpectedDateMissing(need.code)
    need.state = target
    need.updated_at = at
    if target is NeedState.OPEN and need.opened_on is None:
        need.opened_on = local_day(at)
    if target in FINAL_STATES:
        need.closed_on = local_day(at)
    log_state(session, need, by=by, at=at, reason=reason)
    record(
        session,
        by,
        f"need.{target}",
        "need",
        need.public_id,
        changes={"state": (source, target)},
        reason=reason,
        at=at,
    )


def log_state(session: Session, need: Need, *, by: int | None, at: datetime, reason: str = "") -> None:
    """Add the state the need is in now to its log."""
    need.transitions.append(NeedTransition(state=need.state, at=at, by=by, reason=reason))
    session.flush()
