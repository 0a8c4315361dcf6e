"""Changes of letters: queue, claim, settle, give up, send again. Flush, never commit; no clock, no network."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from registry.db import new_public_id
from registry.db.keys import keyring_of
from registry.db.leases import changed, claim_rows, write_claimed
from registry.mail.letters import Written, write_letter
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
    clean_lines,
    one_line,
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

    One to an address that takes no letters is kept as suppressed, so that somebody sees it. Of an occasion (`once`) that
    has its letter already that letter is given back and none is queued, whatever became of it.
    """
    if letter.once and (there := _letter_of(session, letter.once)) is not None:
        return there
    row = _row_of(session, letter, at)
    if not letter.once:
        session.add(row)
        session.flush()
        return row
    # Somebody else may be queueing the same at this moment: the unique key decides, and no error is raised.
    values = {one.key: getattr(row, one.key) for one in MailOutbox.__table__.columns if one.key != "id"}
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    session.flush()
    session.execute(dialect.insert(MailOutbox).values([values]).on_conflict_do_nothing())
    kept = _letter_of(session, letter.once)
    assert kept is not None  # noqa: S101 - just written, by us or by the other
    return kept


def _letter_of(session: Session, once: str) -> MailOutbox | None:
    return session.scalar(select(MailOutbox).where(MailOutbox.once_key == once))


def _row_of(session: Session, letter: Letter, at: datetime) -> MailOutbox:
    keyring, public_id = keyring_of(session), new_public_id()
    digests = keyring.digests(address_key(letter.to), _DIGEST)
    is_suppressed = session.scalar(
        select(MailSuppression.id).where(MailSuppression.recipient_digest.in_(digests)).limit(1)
    )
    return MailOutbox(
        public_id=public_id,
        kind=letter.kind,
        once_key=letter.once or None,
        is_bulk=letter.is_bulk,
        language=letter.language,
        recipient_sealed=keyring.seal(letter.to, recipient_place(public_id)),
        recipient_digest=digests[0],
        content_sealed=keyring.seal(json.dumps(_content_of(letter)), content_place(public_id)),
        state=LetterState.SUPPRESSED if is_suppressed else LetterState.QUEUED,
        fault=_SUPPRESSED if is_suppressed else "",
        attempts=0,
        next_try_at=max(at, letter.not_before or at),
        good_until=letter.good_until,
        account_public_id=letter.account,
        person_public_id=letter.person,
        created_at=at,
    )


def _content_of(letter: Letter) -> list[str]:
    """What is sealed: subject and body, and where such letters are stopped if they can be."""
    if letter.words is None:
        written = write_letter(letter.kind, letter.language, letter.values)
    else:
        written = Written(one_line(letter.words[0]), clean_lines(letter.words[1]))
    return [*written, one_line(letter.unsubscribe)] if letter.unsubscribe else [*written]


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


def cancel_letters(session: Session, occasions: str | Collection[str], *, at: datetime) -> int:
    """Take back letters that wait; how many there were. `occasions` are their `once` keys, or what these begin with.

    One that is in a worker's hands goes its way. What is taken back is forgotten at once; its occasion stays taken.
    """
    if isinstance(occasions, str):
        if not occasions:
            raise ValueError("a beginning that every letter has would take all of them back")
        named = func.substr(MailOutbox.once_key, 1, len(occasions)) == occasions
    else:
        named = MailOutbox.once_key.in_(sorted(occasions))
    return _cancel(session, named, at)


def cancel_letter(session: Session, public_id: str, *, at: datetime) -> bool:
    """Take back one letter that waits; False when there is none such, or it is on its way or over."""
    return _cancel(session, MailOutbox.public_id == public_id, at) > 0


def _cancel(session: Session, named: ColumnElement[bool], at: datetime) -> int:
    session.flush()
    taken_back = session.execute(
        update(MailOutbox)
        .where(named, MailOutbox.state == LetterState.QUEUED)
        .values(state=LetterState.CANCELLED, recipient_sealed=None, content_sealed=None, cancelled_at=at)
        .execution_options(synchronize_session=False)
    )
    return changed(taken_back)


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
