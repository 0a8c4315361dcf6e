"""A promise that was not kept: found by a person, paid back, or waived by another person. Flushes, never commits."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from registry.grants.models import Grant, GrantCommitment
from registry.grants.operations.changing import open_suspension
from registry.grants.operations.errors import (
    AmountNeeded,
    DayOutOfOrder,
    GroundNotListed,
    NotPossible,
    OverPaid,
    SecondPersonNeeded,
)
from registry.grants.operations.giving import cancel_unpaid
from registry.grants.operations.keeping import Act, add_event, hold_grant
from registry.grants.queries.promised import end_of, repayable_on
from registry.grants.queries.sealed import frozen_of
from registry.grants.rules import BOUND, CommitmentState, EventKind, GrantState, may_happen, repayment_of


@dataclass(frozen=True)
class Repaid:
    """What came back: how much, on which day, under which voucher."""

    vnd: int
    on: date
    voucher: str


def find_breach(
    session: Session, grant: Grant, act: Act, *, on: date, words: str, amount: int | None = None
) -> None:
    """Write down that the promise was broken on a day; what is to be paid back is computed and kept with its formula.

    `amount` is asked for only where the formula of the text was not read. Raises NotPossible, DayOutOfOrder, AmountNeeded.
    """
    hold_grant(session, grant)
    promised = grant.commitment
    if promised is None or promised.state not in BOUND or not may_happen(grant.state, EventKind.BREACHED):
        raise NotPossible
    if not promised.starts_on <= on <= min(act.on, end_of(grant, promised, on)):
        raise DayOutOfOrder(promised.starts_on)
    _count_breach(session, grant, promised, on, amount, act.on)
    suspension = open_suspension(grant)
    if suspension is not None and (suspension.to_day is None or suspension.to_day > on):
        suspension.to_day = max(suspension.on_day, on)
    promised.state, promised.breached_on, promised.breach_by_id = CommitmentState.BREACHED, on, act.by
    grant.state = GrantState.BREACHED
    cancel_unpaid(grant)
    add_event(session, grant, EventKind.BREACHED, act, on=on, amount=promised.repayable_vnd, words=words)


def _count_breach(
    session: Session, grant: Grant, promised: GrantCommitment, on: date, amount: int | None, today: date
) -> None:
    found = repayable_on(frozen_of(session, grant.decision), grant, on, paid_to=today)
    if found is not None and found.vnd is not None:
        promised.repayable_vnd, promised.repayable_formula = found.vnd, found.formula
        promised.repay_by = found.due_on
        return
    if amount is None:
        raise AmountNeeded
    promised.repayable_vnd = amount
    promised.repayable_formula = "" if found is None else found.formula


def record_repaid(session: Session, grant: Grant, repaid: Repaid, act: Act, *, words: str = "") -> None:
    """Record what came back; with the last đồng the matter is over. Raises NotPossible, OverPaid, DayOutOfOrder."""
    promised = _breached(session, grant)
    left = (promised.repayable_vnd or 0) - promised.repaid_vnd
    if not 0 < repaid.vnd <= left:
        raise OverPaid(left)
    if promised.breached_on is None or not promised.breached_on <= repaid.on <= act.on:
        raise DayOutOfOrder(promised.breached_on)
    promised.repaid_vnd += repaid.vnd
    add_event(
        session,
        grant,
        EventKind.REPAID,
        act,
        on=repaid.on,
        amount=repaid.vnd,
        number=repaid.voucher,
        words=words,
    )
    if promised.repaid_vnd == promised.repayable_vnd:
        promised.state, grant.state = CommitmentState.REPAID, GrantState.REPAID
        session.flush()


def waive_repayment(session: Session, grant: Grant, act: Act, *, ground: str, words: str) -> None:
    """Free from what is still to be paid back, on a ground the text lists (any, where none was read).

    Never by who found the breach. Raises NotPossible, SecondPersonNeeded, GroundNotListed.
    """
    promised = _breached(session, grant)
    if act.by == promised.breach_by_id:
        raise SecondPersonNeeded
    terms = repayment_of(frozen_of(session, grant.decision) or {})
    if terms.waived_when and ground not in terms.waived_when:
        raise GroundNotListed(terms.waived_when)
    promised.state, grant.state = CommitmentState.WAIVED, GrantState.WAIVED
    left = (promised.repayable_vnd or 0) - promised.repaid_vnd
    said = "\n".join(part for part in (ground, words) if part)
    add_event(session, grant, EventKind.WAIVED, act, on=act.on, amount=left, words=said)


def _breached(session: Session, grant: Grant) -> GrantCommitment:
    hold_grant(session, grant)
    promised = grant.commitment
    if promised is None or promised.state is not CommitmentState.BREACHED:
        raise NotPossible
    return promised
