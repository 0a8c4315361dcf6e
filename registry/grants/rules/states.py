"""How decisions, grants, payments and commitments stand, and what may follow what. Pure."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

MOST_GROUPS = 20
LONGEST_NUMBER = 80
WORDS_LENGTH = 2_000


class DecisionState(StrEnum):
    """proposed → approved | refused | revoked (taken back); approved → revoked | expired."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    REFUSED = "refused"
    REVOKED = "revoked"
    EXPIRED = "expired"


class GrantState(StrEnum):
    """planned → active; active ⇄ suspended, → extended; then completed or ended; a breach ends in repaid or waived."""

    PLANNED = "planned"
    ACTIVE = "active"
    SUSPENDED = "suspended"
    EXTENDED = "extended"
    COMPLETED = "completed"
    ENDED = "ended"
    BREACHED = "breached"
    REPAID = "repaid"
    WAIVED = "waived"


class PaymentState(StrEnum):
    """planned → committed → paid; what is not to be paid any more is cancelled."""

    PLANNED = "planned"
    COMMITTED = "committed"
    PAID = "paid"
    CANCELLED = "cancelled"


class CommitmentState(StrEnum):
    """running ⇄ suspended → fulfilled | breached; breached → repaid | waived."""

    RUNNING = "running"
    SUSPENDED = "suspended"
    FULFILLED = "fulfilled"
    BREACHED = "breached"
    REPAID = "repaid"
    WAIVED = "waived"


class EventKind(StrEnum):
    """What happened to a grant and to the commitment that stands against it."""

    COMMITTED = "committed"
    SUSPENDED = "suspended"
    RESUMED = "resumed"
    EXTENDED = "extended"
    COMPLETED = "completed"
    ENDED = "ended"
    FULFILLED = "fulfilled"
    BREACHED = "breached"
    REPAID = "repaid"
    WAIVED = "waived"
    PAYMENT_UNDONE = "payment_undone"


PAYING = frozenset({GrantState.ACTIVE, GrantState.EXTENDED})
"""States in which payments may be recorded."""

GOING_ON = PAYING | {GrantState.SUSPENDED}
"""States of a grant that is neither over nor only planned."""

BOUND = frozenset({CommitmentState.RUNNING, CommitmentState.SUSPENDED})
"""States of a commitment that still binds."""

_MAY_FOLLOW: Mapping[GrantState, frozenset[EventKind]] = {
    GrantState.PLANNED: frozenset({EventKind.COMMITTED, EventKind.ENDED}),
    GrantState.ACTIVE: frozenset(
        {EventKind.SUSPENDED, EventKind.EXTENDED, EventKind.COMPLETED, EventKind.ENDED, EventKind.BREACHED}
    ),
    GrantState.EXTENDED: frozenset(
        {EventKind.SUSPENDED, EventKind.EXTENDED, EventKind.COMPLETED, EventKind.ENDED, EventKind.BREACHED}
    ),
    GrantState.SUSPENDED: frozenset({EventKind.RESUMED, EventKind.ENDED, EventKind.BREACHED}),
    GrantState.COMPLETED: frozenset({EventKind.BREACHED}),
    GrantState.ENDED: frozenset({EventKind.BREACHED}),
    GrantState.BREACHED: frozenset({EventKind.REPAID, EventKind.WAIVED}),
    GrantState.REPAID: frozenset(),
    GrantState.WAIVED: frozenset(),
}


def may_happen(state: GrantState, event: EventKind) -> bool:
    """Whether an event may happen to a grant in a state. A breach also needs a commitment that binds."""
    return event in _MAY_FOLLOW[state]


def decision_standing(
    state: DecisionState, expires_on: date | None, on: date, *, is_used: bool
) -> DecisionState:
    """What a decision is on a day: approved and not used until its last day, it is over."""
    if state is DecisionState.APPROVED and not is_used and expires_on is not None and on > expires_on:
        return DecisionState.EXPIRED
    return state
