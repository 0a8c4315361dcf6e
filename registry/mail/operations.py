"""Changes of letters: queue, claim, settle, give up, send again. Flush, never commit; no clock, no network."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, delete, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from registry.db import new_public_id
from registry.db.keys import keyring_of
from registry.db.leases import changed, claim_rows, write_claimed
from registry.mail.letters import write_letter
from registry.mail.models import MailOutbox, MailSuppression
from registry.mail.rules import (
    KEPT_FOR,
    LEASE,
    MOST_ATTEMPTS,
    Ending,
    Letter,
    LetterState,
    Outcome,
    address_key,
    pause_after,
)

_DIGEST = "mail_outbox.recipient"
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
)
_OVERDUE, _GIVEN_UP, _SUPPRESSED = "overdue", "given-up", "suppressed"


@dataclass(frozen=True)
class LetterClaim:
    """A letter in a worker's hands: sealed as it lies in the table, usable after the claiming transaction ended."""

    id: int
    public_id: str
    kind: str
    language: str
    token: str
    attempts: int
    created_at: datetime
    recipient_sealed: bytes
    content_sealed: bytes


def queue_letter(session: Session, letter: Letter, *, at: datetime) -> MailOutbox:
    """Put a letter into the queue, in the caller's transaction: no commit, no letter.

    One to an address that takes no letters is kept as suppressed, so that somebody sees it.
    """
    written = write_letter(letter.kind, letter.language, letter.values)
    keyring, public_id = keyring_of(session), new_public_id()
    digests = keyring.digests(address_key(letter.to), _DIGEST)
    is_suppressed = session.scalar(
        select(MailSuppression.id).where(MailSuppression.recipient_digest.in_(digests)).limit(1)
    )
    row = MailOutbox(
        public_id=public_id,
        kind=letter.kind,
        language=letter.language,
        recipient_sealed=keyring.seal(letter.to, recipient_place(public_id)),
        recipient_digest=digests[0],
        content_sealed=keyring.seal(json.dumps(written), content_place(public_id)),
        state=LetterState.SUPPRESSED if is_suppressed else LetterState.QUEUED,
        fault=_SUPPRESSED if is_suppressed else "",
        next_try_at=at,
        good_until=letter.good_until,
        account_public_id=letter.account,
        person_public_id=letter.person,
        created_at=at,
    )
    session.add(row)
    session.flush()
    return row


def recipient_place(public_id: str) -> str:
    """Where a sealed recipient belongs: moved to another row, it does not open."""
    return f"mail_outbox.recipient:{public_id}"


def content_place(public_id: str) -> str:
    """Where sealed words belong."""
    return f"mail_outbox.content:{public_id}"


def claim_letter(session: Session, *, at: datetime) -> LetterClaim | None:
    """Take the letter that is due longest, for one lease; None when none is."""
    due = or_(
        and_(MailOutbox.state == LetterState.QUEUED, MailOutbox.next_try_at <= at),
        and_(MailOutbox.state == LetterState.SENDING, MailOutbox.lease_until < at),
    )
    token, rows = claim_rows(
        session,
        MailOutbox,
        and_(due, MailOutbox.attempts < MOST_ATTEMPTS),
        MailOutbox.next_try_at,
        limit=1,
        until=at + LEASE,
        values={"state": LetterState.SENDING},
        told=[getattr(MailOutbox, name) for name in _CLAIMED],
    )
    return LetterClaim(token=token, **dict(zip(_CLAIMED, rows[0], strict=True))) if rows else None


def settle_letter(session: Session, claim: LetterClaim, outcome: Outcome, *, at: datetime) -> bool:
    """Keep what came of a try, while this claim still holds the letter; False when another one does."""
    if outcome.ending is Ending.ADDRESS_REFUSED:
        _suppress(session, claim, outcome.fault, at)
    values = {"claim_token": None, "lease_until": None, "fault": outcome.fault}
    values |= _values_after(claim, outcome, at)
    return write_claimed(session, MailOutbox, claim.id, claim.token, LetterState.SENDING, values)


def _values_after(claim: LetterClaim, outcome: Outcome, at: datetime) -> dict[str, Any]:
    if outcome.ending is Ending.SENT:
        gone = {"recipient_sealed": None, "content_sealed": None}
        return {"state": LetterState.SENT, "sent_at": at, **gone}
    if outcome.ending is Ending.ADDRESS_REFUSED:
        return {"state": LetterState.SUPPRESSED}
    if outcome.ending is Ending.REFUSED or claim.attempts >= MOST_ATTEMPTS:
        return {"state": LetterState.FAILED}
    return {"state": LetterState.QUEUED, "next_try_at": at + pause_after(claim.attempts)}


def _suppress(session: Session, claim: LetterClaim, fault: str, at: datetime) -> None:
    digest = session.scalar(select(MailOutbox.recipient_digest).where(MailOutbox.id == claim.id))
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    row = {"recipient_digest": digest, "fault": fault, "since": at}
    session.execute(dialect.insert(MailSuppression).values([row]).on_conflict_do_nothing())


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


def send_letter_again(session: Session, public_id: str, *, at: datetime) -> bool:
    """Queue a letter that failed once more, from the first try; its address is written to again.

    False when there is no such letter, it did not fail, or its words were forgotten.
    """
    again = session.execute(
        update(MailOutbox)
        .where(
            MailOutbox.public_id == public_id,
            MailOutbox.state.in_([LetterState.FAILED, LetterState.SUPPRESSED]),
            MailOutbox.content_sealed.is_not(None),
            or_(MailOutbox.good_until.is_(None), MailOutbox.good_until > at),
        )
        .values(state=LetterState.QUEUED, attempts=0, fault="", next_try_at=at)
        .returning(MailOutbox.recipient_digest)
        .execution_options(synchronize_session=False)
    ).one_or_none()
    if again is None:
        return False
    session.execute(delete(MailSuppression).where(MailSuppression.recipient_digest == again.recipient_digest))
    return True
