"""From an approved decision to money that is committed: lines, the sums an office fixes, the schedule. Flushes, never commits."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.db import new_public_id
from registry.db.keys import keyring_of
from registry.grants.models import (
    EligibilityDecision,
    Grant,
    GrantCommitment,
    GrantLine,
    GrantPayment,
)
from registry.grants.operations.errors import (
    EndNeeded,
    GroundNeeded,
    LinesNotFixed,
    NotPossible,
    OutOfBounds,
)
from registry.grants.operations.keeping import Act, add_event, hold_grant, told
from registry.grants.queries.sealed import frozen_of, ground_place
from registry.grants.rules import (
    MOST_MONTHS,
    CommitmentState,
    EventKind,
    GrantState,
    PaymentState,
    Plan,
    may_happen,
    parts_of,
)
from registry.policies.rules import MOST_VND, LineKind, Period

_BOUNDED = frozenset({LineKind.RANGE, LineKind.UP_TO})
_FREE = frozenset({LineKind.UNKNOWN, LineKind.NEGOTIATED})
TO_FIX = _BOUNDED | _FREE
"""Lines whose amount an office fixes before anything is committed."""


def plan_grant(session: Session, decision: EligibilityDecision, act: Act) -> Grant:
    """The grant of a decision that was just approved: its lines as frozen, with payments where the sum is known."""
    frozen = frozen_of(session, decision)
    if frozen is None or act.by is None:
        raise NotPossible
    grant = Grant(
        public_id=new_public_id(),
        decision=decision,
        state=GrantState.PLANNED,
        starts_on=decision.starts_on or decision.decided_on,
        made_by_id=act.by,
        made_at=act.at,
    )
    grant.lines = [_line(row, place) for place, row in enumerate(frozen["lines"], start=1)]
    for line in grant.lines:
        _schedule(grant, line)
    session.add(grant)
    session.flush()
    told(session, "grant.planned", grant, act)
    return grant


def _line(row: Mapping[str, Any], place: int) -> GrantLine:
    kind = LineKind(row["kind"])
    return GrantLine(
        public_id=new_public_id(),
        position=place,
        benefit=row["benefit"],
        group_code=row["group"] or "",
        text=row["text"],
        clause=row["clause"],
        formula=row["formula"],
        kind=kind,
        period=Period(row["period"]),
        low_vnd=row["low"],
        high_vnd=row["high"],
        amount_vnd=row["high"] if kind is LineKind.FIXED else None,
        months=row["months"],
        years=row["years"],
        is_verified=row["verified"],
    )


def is_fixed(line: GrantLine) -> bool:
    """Whether a line has all that its schedule needs; what is no money needs nothing."""
    if line.kind is LineKind.IN_KIND:
        return True
    if line.amount_vnd is None:
        return False
    return line.amount_vnd == 0 or line.period is Period.ONCE or line.months is not None


def _schedule(grant: Grant, line: GrantLine) -> None:
    """Plan the payments of a line anew; of one that has no amount, or no end yet, there are none."""
    line.payments[:] = []
    if line.amount_vnd and is_fixed(line):
        plan = Plan(line.amount_vnd, line.period, line.months, line.years)
        line.payments[:] = [
            GrantPayment(
                public_id=new_public_id(), due_on=one.due_on, amount_vnd=one.vnd, state=PaymentState.PLANNED
            )
            for one in parts_of(plan, grant.decision.decided_on, grant.starts_on)
            if one.vnd
        ]


def fix_line(
    session: Session, line: GrantLine, *, amount: int | None, months: int | None, ground: str, act: Act
) -> None:
    """Fix the sum of a range or a ceiling within its bounds, and the months of what has no end; the schedule follows.

    Where the text gives no bounds the ground is needed. Raises NotPossible, OutOfBounds, GroundNeeded.
    """
    grant = line.grant
    hold_grant(session, grant)
    if grant.state is not GrantState.PLANNED:
        raise NotPossible
    if line.kind in TO_FIX:
        _fix_amount(line, amount, ground)
    if line.period is not Period.ONCE:
        _fix_months(line, months)
    line.fixed_by_id, line.fixed_at = act.by, act.at
    line.ground_sealed = keyring_of(session).seal(ground, ground_place(line)) if ground else None
    _schedule(grant, line)
    session.flush()
    told(session, "grant.line_fixed", grant, act, {"benefit": line.benefit})


def _fix_amount(line: GrantLine, amount: int | None, ground: str) -> None:
    low, high = line.low_vnd or 0, MOST_VND if line.high_vnd is None else line.high_vnd
    if amount is None or not low <= amount <= high:
        raise OutOfBounds(low, high)
    if line.kind in _FREE and not ground:
        raise GroundNeeded
    line.amount_vnd = amount


def _fix_months(line: GrantLine, months: int | None) -> None:
    """A cap of the text is never widened; what has none gets one."""
    highest = MOST_MONTHS if line.months is None else line.months
    if months is None:
        return
    if not 1 <= months <= highest:
        raise OutOfBounds(1, highest)
    line.months = months


def commit_grant(
    session: Session, grant: Grant, act: Act, *, until: date | None = None, words: str = ""
) -> None:
    """Commit the money of a planned grant; with it begins what the person promised.

    `until`: the end of the promise, where the terms do not tell it. Raises NotPossible, LinesNotFixed, EndNeeded.
    """
    hold_grant(session, grant)
    if not may_happen(grant.state, EventKind.COMMITTED):
        raise NotPossible
    if not all(is_fixed(line) for line in grant.lines):
        raise LinesNotFixed
    _promise(session, grant, until)
    grant.state = GrantState.ACTIVE
    for payment in payments_of(grant, PaymentState.PLANNED):
        payment.state = PaymentState.COMMITTED
    add_event(session, grant, EventKind.COMMITTED, act, on=act.on, words=words)


def _promise(session: Session, grant: Grant, until: date | None) -> None:
    """The commitment of the frozen terms, where they ask for one."""
    terms = (frozen_of(session, grant.decision) or {}).get("given", {}).get("commitment", {})
    if terms.get("needs") and until is None:
        raise EndNeeded
    ends = date.fromisoformat(terms["until"]) if terms.get("until") else None
    if terms.get("needs"):
        ends = until if ends is None else max(ends, until or ends)
    if ends is None:
        return
    starts = date.fromisoformat(terms["from"]) if terms.get("from") else grant.starts_on
    if ends < starts:
        raise EndNeeded
    grant.commitment = GrantCommitment(
        public_id=new_public_id(),
        state=CommitmentState.RUNNING,
        starts_on=starts,
        first_until=ends,
        until=ends,
    )


def drop_grant(session: Session, decision: EligibilityDecision, act: Act, *, words: str) -> None:
    """End the planned grant of a decision that is no more. Raises NotPossible once anything of it is committed."""
    grant = session.scalar(select(Grant).where(Grant.decision_id == decision.id))
    if grant is None:
        return
    if grant.state is not GrantState.PLANNED:
        raise NotPossible
    grant.state = GrantState.ENDED
    cancel_unpaid(grant)
    add_event(session, grant, EventKind.ENDED, act, on=act.on, words=words)


def payments_of(grant: Grant, *states: PaymentState) -> list[GrantPayment]:
    """The payments of all lines of a grant in these states, by day."""
    found = [one for line in grant.lines for one in line.payments if one.state in states]
    return sorted(found, key=lambda one: (one.due_on, one.id))


def cancel_unpaid(grant: Grant) -> None:
    """What was not paid will not be."""
    for payment in payments_of(grant, PaymentState.PLANNED, PaymentState.COMMITTED):
        payment.state = PaymentState.CANCELLED
