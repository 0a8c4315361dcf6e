"""A commitment with what happened to it, as the engine counts it: its end, and what is to be paid back on a day. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from registry.grants.rules.states import CommitmentState, EventKind
from registry.policies.rules import (
    ALERT_DAYS,
    Commitment,
    Event,
    Extension,
    Repayable,
    Repayment,
    Suspension,
    alert,
    end,
    repayable,
)


@dataclass(frozen=True, slots=True)
class Happening:
    """One event of a grant: `on` is its day, `to` the last day of a suspension or the later end of an extension."""

    kind: EventKind
    on: date
    to: date | None = None


def promise(start: date, until: date, happenings: Iterable[Happening]) -> Commitment:
    """The commitment for the engine. A suspension that was ended early ends on the day before it was resumed."""
    events: list[Event] = []
    for one in sorted(happenings, key=lambda one: one.on):
        if one.kind is EventKind.SUSPENDED:
            events.append(Suspension(one.on, one.to))
        elif one.kind is EventKind.EXTENDED and one.to is not None:
            events.append(Extension(one.on, one.to))
    return Commitment(start, until, tuple(events))


def due_on(commitment: Commitment, on: date) -> date:
    """The last day that binds; a suspension that goes on counts up to a day."""
    return end(commitment, on)


def to_repay(
    terms: Repayment, paid: int, commitment: Commitment | None, on: date, ground: str | None = None
) -> Repayable:
    """What is to be paid back for what was paid, were the commitment broken on a day."""
    return repayable(terms, paid, commitment, on, ground)


def alert_due(state: CommitmentState, until: date, on: date, sent: int | None) -> int | None:
    """Which alert is to be sent on a day: 90, 30 or 0 days before the end; None where it was sent, or none is due.

    One that was missed is sent once, as the nearest: nobody gets three letters on one day. Nothing is sent after the end.
    """
    if state is not CommitmentState.RUNNING or on > until:
        return None
    due = alert(until, on)
    return due if due is not None and (sent is None or due < sent) else None


FIRST_ALERT = max(ALERT_DAYS)
"""How long before its end a commitment stands on the officer's page."""
