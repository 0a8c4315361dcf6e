"""Reads of the queue: how many letters stand in which state, and the lines of its page. Never who or what."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from registry.mail.models import MailOutbox
from registry.mail.rules import LetterState

_SHOWN = 100


@dataclass(frozen=True)
class LetterLine:
    """A letter as the queue page shows it."""

    public_id: str
    kind: str
    state: LetterState
    attempts: int
    created_at: datetime
    next_try_at: datetime
    fault: str
    may_be_sent_again: bool


def letters_by_state(session: Session) -> dict[LetterState, int]:
    """How many letters stand in each state; states without any count none."""
    rows = session.execute(select(MailOutbox.state, func.count()).group_by(MailOutbox.state)).all()
    counted: dict[LetterState, int] = dict.fromkeys(LetterState, 0)
    for state, number in rows:
        counted[state] = number
    return counted


def letter_lines(session: Session, states: Sequence[LetterState], *, at: datetime) -> Sequence[LetterLine]:
    """The letters in these states, the newest first."""
    rows = session.scalars(
        select(MailOutbox)
        .where(MailOutbox.state.in_(states))
        .order_by(MailOutbox.created_at.desc(), MailOutbox.id.desc())
        .limit(_SHOWN)
    )
    return [
        LetterLine(
            row.public_id,
            row.kind,
            row.state,
            row.attempts,
            row.created_at,
            row.next_try_at,
            row.fault,
            row.content_sealed is not None and (row.good_until is None or row.good_until > at),
        )
        for row in rows
    ]


def is_letter_due(session: Session, *, at: datetime) -> bool:
    """Whether a letter waits whose time has come, or one was left behind by a worker that ended."""
    due = or_(
        and_(MailOutbox.state == LetterState.QUEUED, MailOutbox.next_try_at <= at),
        and_(MailOutbox.state == LetterState.SENDING, MailOutbox.lease_until < at),
    )
    return session.scalar(select(MailOutbox.id).where(due).limit(1)) is not None


def was_told(session: Session, kind: str, account_public_id: str, *, since: datetime) -> bool:
    """Whether an account was written such a letter since then."""
    told = select(MailOutbox.id).where(
        MailOutbox.account_public_id == account_public_id,
        MailOutbox.kind == kind,
        MailOutbox.created_at >= since,
    )
    return session.scalar(told.limit(1)) is not None
