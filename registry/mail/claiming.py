"""Letters in the hands of workers: taken for a lease, settled by whoever still holds it, given back. Flush, never commit."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select, text, update
from sqlalchemy.orm import Session

from registry.db.leases import changed, claim_rows, write_claimed
from registry.mail.models import MailOutbox
from registry.mail.operations import suppress_digest
from registry.mail.rules import (
    KEPT_FOR,
    LEASE,
    MOST_ATTEMPTS,
    Ending,
    LetterState,
    Outcome,
    pause_after,
    spread_of,
)

# What a claim holds of its letter.
_CLAIMED = (
    "id",
    "public_id",
    "kind",
    "language",
    "attempts",
    "created_at",
    "recipient_sealed",
    "content_sealed",
    "person_public_id",
    "is_bulk",
    "zone",
)
_OVERDUE, _GIVEN_UP, UNWANTED = "overdue", "given-up", "unwanted"
_MINUTE = timedelta(minutes=1)
# Whoever counts the letters of a minute and takes some does so alone (PostgreSQL; SQLite has one writer anyway).
_COUNTING = text("SELECT pg_advisory_xact_lock(hashtext('registry.mail.pace'))")


@dataclass(frozen=True)
class LetterClaim:
    """A letter in a worker's hands: sealed as it lies in the table, usable after the claiming transaction ended."""

    id: int
    public_id: str
    kind: str
    language: str
    token: str
    until: datetime
    attempts: int
    created_at: datetime
    recipient_sealed: bytes
    content_sealed: bytes
    person_public_id: str
    is_bulk: bool
    zone: str


def claim_letter(session: Session, *, at: datetime) -> LetterClaim | None:
    """Take the letter that is due longest, for one lease; None when none is."""
    return next(iter(claim_letters(session, at=at, limit=1)), None)


def claim_letters(session: Session, *, at: datetime, limit: int, per_minute: int = 0) -> list[LetterClaim]:
    """Take up to `limit` letters that are due, for one lease: those first that a worker left behind, then those that
    somebody waits for, then bulk. Of all workers together no more than `per_minute` (0: as many as there are)."""
    if per_minute:
        limit = min(limit, per_minute - _within_a_minute(session, at))
    left = and_(MailOutbox.state == LetterState.SENDING, MailOutbox.lease_until < at)
    waiting = and_(MailOutbox.state == LetterState.QUEUED, MailOutbox.next_try_at <= at)
    claims: list[LetterClaim] = []
    for due in (left, waiting):
        if len(claims) < limit:
            claims += _claimed(session, due, at, limit - len(claims))
    return claims


def _claimed(session: Session, due: ColumnElement[bool], at: datetime, limit: int) -> list[LetterClaim]:
    token, rows = claim_rows(
        session,
        MailOutbox,
        and_(due, MailOutbox.attempts < MOST_ATTEMPTS),
        [MailOutbox.is_bulk, MailOutbox.next_try_at],
        limit=limit,
        until=at + LEASE,
        values={"state": LetterState.SENDING},
        told=[getattr(MailOutbox, name) for name in _CLAIMED],
    )
    claims = [
        LetterClaim(token=token, until=at + LEASE, **dict(zip(_CLAIMED, row, strict=True))) for row in rows
    ]
    return sorted(claims, key=lambda claim: (claim.is_bulk, claim.id))


def _within_a_minute(session: Session, at: datetime) -> int:
    """How many letters went within the last minute or are on their way."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(_COUNTING)
    went = and_(MailOutbox.sent_at > at - _MINUTE, MailOutbox.state == LetterState.SENT)
    going = and_(MailOutbox.state == LetterState.SENDING, MailOutbox.lease_until >= at)
    counted = [
        session.scalar(select(func.count()).select_from(MailOutbox).where(one)) for one in (went, going)
    ]
    return sum(one or 0 for one in counted)


def settle_letter(session: Session, claim: LetterClaim, outcome: Outcome, *, at: datetime) -> bool:
    """Keep what came of a try, while this claim still holds the letter; False when another one does."""
    if outcome.ending is Ending.ADDRESS_REFUSED:
        digest = session.scalar(select(MailOutbox.recipient_digest).where(MailOutbox.id == claim.id))
        if digest is not None:
            suppress_digest(session, digest, outcome.fault, at=at)
    values = {"claim_token": None, "lease_until": None, "fault": outcome.fault}
    values |= _values_after(claim, outcome, at)
    return write_claimed(session, MailOutbox, claim.id, claim.token, LetterState.SENDING, values)


def _values_after(claim: LetterClaim, outcome: Outcome, at: datetime) -> dict[str, Any]:
    gone = {"recipient_sealed": None, "content_sealed": None}
    if outcome.ending is Ending.SENT:
        return {"state": LetterState.SENT, "sent_at": at, **gone}
    if outcome.ending is Ending.UNWANTED:
        return {"state": LetterState.CANCELLED, "cancelled_at": at, **gone}
    if outcome.ending is Ending.ADDRESS_REFUSED:
        return {"state": LetterState.SUPPRESSED}
    if outcome.ending is Ending.REFUSED or claim.attempts >= MOST_ATTEMPTS:
        return {"state": LetterState.FAILED}
    pause = pause_after(claim.attempts, spread_of(claim.token))
    return {"state": LetterState.QUEUED, "next_try_at": at + pause}


def give_back(session: Session, claims: list[LetterClaim], *, until: datetime | None = None) -> int:
    """Let others have letters that were taken and not begun, as if they had not been taken; how many there were.

    With `until` they rest so long first.
    """
    values: dict[str, Any] = {
        "state": LetterState.QUEUED,
        "claim_token": None,
        "lease_until": None,
        "attempts": MailOutbox.attempts - 1,
    }
    if until is not None:
        values["next_try_at"] = until
    given = session.execute(
        update(MailOutbox)
        .where(
            MailOutbox.id.in_([claim.id for claim in claims]),
            MailOutbox.claim_token.in_({claim.token for claim in claims}),
            MailOutbox.state == LetterState.SENDING,
        )
        .values(**values)
        .execution_options(synchronize_session=False)
    )
    return changed(given)


def give_up_letters(session: Session, *, at: datetime) -> int:
    """Close what is of no use any more: letters past their time, and those tried too often; how many there were.

    A letter that failed keeps its words for a while, so that it can be sent again, then forgets them.
    """
    waiting = MailOutbox.state == LetterState.QUEUED
    stuck = and_(MailOutbox.state == LetterState.SENDING, MailOutbox.lease_until < at)
    ended = {"state": LetterState.FAILED, "claim_token": None, "lease_until": None}
    late = (
        update(MailOutbox)
        .where(or_(waiting, stuck), MailOutbox.good_until < at)
        .values(**ended, fault=_OVERDUE)
    )
    tired = (
        update(MailOutbox).where(stuck, MailOutbox.attempts >= MOST_ATTEMPTS).values(**ended, fault=_GIVEN_UP)
    )
    forgotten = (
        update(MailOutbox)
        .where(
            MailOutbox.state.in_([LetterState.FAILED, LetterState.SUPPRESSED]),
            MailOutbox.content_sealed.is_not(None),
            or_(MailOutbox.good_until < at, MailOutbox.created_at < at - KEPT_FOR),
        )
        .values(recipient_sealed=None, content_sealed=None)
    )
    return sum(
        changed(session.execute(one.execution_options(synchronize_session=False)))
        for one in (late, tired, forgotten)
    )
