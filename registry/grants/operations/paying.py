"""Recording what was paid, and taking a wrong record back. Flushes, never commits; no money moves here."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from registry.db import new_public_id
from registry.grants.models import GrantPayment
from registry.grants.operations.errors import DayOutOfOrder, NotPossible, OverPaid
from registry.grants.operations.keeping import Act, add_event, hold_grant, told
from registry.grants.rules import GOING_ON, PAYING, EventKind, GrantState, PaymentState, split


@dataclass(frozen=True)
class Paid:
    """What was paid: how much, on which day, under which voucher."""

    vnd: int
    on: date
    voucher: str


def record_payment(session: Session, payment: GrantPayment, paid: Paid, act: Act) -> None:
    """Record that a part was paid; of a smaller sum the rest stays due on its day.

    Raises NotPossible (nothing is paid while a grant is planned, suspended or over), OverPaid, DayOutOfOrder.
    """
    grant = payment.line.grant
    hold_grant(session, grant)
    session.refresh(payment)
    if grant.state not in PAYING or payment.state is not PaymentState.COMMITTED:
        raise NotPossible
    if not grant.decision.decided_on <= paid.on <= act.on:
        raise DayOutOfOrder(grant.decision.decided_on)
    try:
        vnd, rest = split(payment.amount_vnd, paid.vnd)
    except ValueError as refused:
        raise OverPaid(payment.amount_vnd) from refused
    if rest:
        payment.line.payments.append(
            GrantPayment(
                public_id=new_public_id(),
                due_on=payment.due_on,
                amount_vnd=rest,
                state=PaymentState.COMMITTED,
            )
        )
    payment.amount_vnd, payment.state = vnd, PaymentState.PAID
    payment.paid_on, payment.voucher = paid.on, paid.voucher
    payment.by_id, payment.at = act.by, act.at
    session.flush()
    told(session, "grant.paid", grant, act, {"on": paid.on, "voucher": paid.voucher})


def undo_payment(session: Session, payment: GrantPayment, act: Act, *, words: str) -> None:
    """Take a record of a payment back, with the reason; the part is due again. Raises NotPossible."""
    grant = payment.line.grant
    hold_grant(session, grant)
    session.refresh(payment)
    is_open = grant.state in GOING_ON or grant.state is GrantState.COMPLETED
    if payment.state is not PaymentState.PAID or not is_open:
        raise NotPossible
    add_event(
        session,
        grant,
        EventKind.PAYMENT_UNDONE,
        act,
        on=act.on,
        amount=payment.amount_vnd,
        number=payment.voucher,
        words=words,
    )
    payment.state, payment.paid_on, payment.voucher = PaymentState.COMMITTED, None, ""
    if grant.state is GrantState.COMPLETED:
        grant.state = GrantState.ACTIVE
    session.flush()
