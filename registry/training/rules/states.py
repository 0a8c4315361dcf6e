"""States of sessions, participations and orders, and what may follow what. Pure."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

LONGEST_NUMBER = 80
MOST_SEATS = 100_000
MOST_HOURS = 20_000


class SessionState(StrEnum):
    """Where a class stands."""

    PLANNED = "planned"
    OPEN = "open"
    RUNNING = "running"
    FINISHED = "finished"
    CANCELLED = "cancelled"


class Mode(StrEnum):
    """How a class is held; one course may have sessions of each (TR-02)."""

    IN_PERSON = "in_person"
    ONLINE = "online"
    MIXED = "mixed"


class PartnerRole(StrEnum):
    """What an institution is to a session or programme: who sponsors is not who teaches (TR-08)."""

    PARTNER = "partner"
    SPONSOR = "sponsor"
    PROVIDER = "provider"


class ParticipationState(StrEnum):
    """Whether somebody came."""

    REGISTERED = "registered"
    ATTENDING = "attending"
    ABSENT = "absent"
    COMPLETED = "completed"


class Result(StrEnum):
    """What came of it; nothing until somebody says so."""

    PASSED = "passed"
    FAILED = "failed"
    REPEAT = "repeat"
    REVOKED = "revoked"


class OrderState(StrEnum):
    """Where an order for training (đặt hàng) stands."""

    ASKED = "asked"
    ACCEPTED = "accepted"
    DELIVERED = "delivered"
    CLOSED = "closed"


class Measure(StrEnum):
    """What a figure counts: distinct people (người) or participations (lượt)."""

    PEOPLE = "people"
    ATTENDANCES = "attendances"


class CreditKind(StrEnum):
    """What a passed course gave its participant."""

    SKILL = "skill"
    POLITICAL_THEORY = "political_theory"
    STATE_MANAGEMENT = "state_management"


SESSION_STEPS: Mapping[SessionState, frozenset[SessionState]] = {
    SessionState.PLANNED: frozenset({SessionState.OPEN, SessionState.RUNNING, SessionState.CANCELLED}),
    SessionState.OPEN: frozenset({SessionState.RUNNING, SessionState.CANCELLED}),
    SessionState.RUNNING: frozenset({SessionState.FINISHED, SessionState.CANCELLED}),
    SessionState.FINISHED: frozenset(),
    SessionState.CANCELLED: frozenset(),
}
ORDER_STEPS: Mapping[OrderState, frozenset[OrderState]] = {
    OrderState.ASKED: frozenset({OrderState.ACCEPTED, OrderState.CLOSED}),
    OrderState.ACCEPTED: frozenset({OrderState.DELIVERED, OrderState.CLOSED}),
    OrderState.DELIVERED: frozenset({OrderState.CLOSED}),
    OrderState.CLOSED: frozenset(),
}

TOOK_PART = frozenset({ParticipationState.ATTENDING, ParticipationState.COMPLETED})


def counts_on(
    state: ParticipationState, session: SessionState, start: date | None, end: date | None
) -> date | None:
    """The day by which a participation is counted; None for whoever did not take part, or in a class not begun.

    `start` and `end` are the actual days: the end once there is one, the start before.
    """
    if state not in TOOK_PART or session is SessionState.CANCELLED:
        return None
    return end or start
