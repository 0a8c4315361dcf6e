"""A commitment as the engine counts it, with what happened to its grant, and what would be repaid on a day."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from registry.grants.models import Grant, GrantCommitment
from registry.grants.rules import Happening, PaymentState, due_on, promise, repayment_of, to_repay
from registry.policies.rules import Commitment, Repayable


def promise_of(grant: Grant, promised: GrantCommitment) -> Commitment:
    """The commitment of a grant with its suspensions and extensions."""
    happened = (Happening(one.kind, one.on_day, one.to_day) for one in grant.events)
    return promise(promised.starts_on, promised.first_until, happened)


def end_of(grant: Grant, promised: GrantCommitment, on: date) -> date:
    """The last day that binds, as it is known on a day."""
    return due_on(promise_of(grant, promised), on)


def paid_until(grant: Grant, on: date) -> int:
    """What was paid up to a day, in đồng."""
    return sum(
        one.amount_vnd
        for line in grant.lines
        for one in line.payments
        if one.state is PaymentState.PAID and one.paid_on is not None and one.paid_on <= on
    )


def repayable_on(
    frozen: Mapping[str, Any] | None,
    grant: Grant,
    on: date,
    ground: str | None = None,
    *,
    paid_to: date | None = None,
) -> Repayable | None:
    """What is to be paid back were the commitment broken on a day, under the frozen terms; None without a commitment.

    What was paid counts up to that day, or up to `paid_to`: what was still paid after a breach comes back too.
    """
    promised = grant.commitment
    if promised is None or frozen is None:
        return None
    return to_repay(
        repayment_of(frozen), paid_until(grant, paid_to or on), promise_of(grant, promised), on, ground
    )
