"""Letters into the queue and out of it: queue, take back, send again; addresses that take none. Flush, never commit."""

import json
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, delete, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from registry.db import new_public_id
from registry.db.keys import keyring_of
from registry.db.leases import changed
from registry.mail.letters import Written, write_letter
from registry.mail.models import MailOutbox, MailSuppression
from registry.mail.rules import (
    Letter,
    LetterState,
    address_key,
    clean_lines,
    one_line,
)

_DIGEST = "mail_outbox.recipient"
SUPPRESSED = "suppressed"
"""Why a letter does not go: its address takes none."""


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
    digests = _digests(session, letter.to)
    is_suppressed = session.scalar(
        select(MailSuppression.id).where(MailSuppression.recipient_digest.in_(digests)).limit(1)
    )
    return MailOutbox(
        public_id=public_id,
        kind=letter.kind,
        once_key=letter.once or None,
        is_bulk=letter.is_bulk,
        zone=letter.zone,
        language=letter.language,
        recipient_sealed=keyring.seal(letter.to, recipient_place(public_id)),
        recipient_digest=digests[0],
        content_sealed=keyring.seal(json.dumps(_content_of(letter)), content_place(public_id)),
        state=LetterState.SUPPRESSED if is_suppressed else LetterState.QUEUED,
        fault=SUPPRESSED if is_suppressed else "",
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


def suppress_address(session: Session, address: str, fault: str, *, at: datetime) -> int:
    """Write to this address no more, as when a letter to it came back; how many waiting letters that keeps back."""
    return suppress_digest(session, _digests(session, address)[0], fault, at=at)


def suppress_recipient(session: Session, public_id: str, fault: str, *, at: datetime) -> int | None:
    """The same of the address that one letter went to; None when there is no such letter."""
    digest = session.scalar(select(MailOutbox.recipient_digest).where(MailOutbox.public_id == public_id))
    return None if digest is None else suppress_digest(session, digest, fault, at=at)


def suppress_digest(session: Session, digest: str, fault: str, *, at: datetime) -> int:
    """The same of an address by its keyed hash. Letters that wait for it are kept, so that somebody sees them."""
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    row = {"recipient_digest": digest, "fault": fault, "since": at}
    session.execute(dialect.insert(MailSuppression).values([row]).on_conflict_do_nothing())
    kept_back = session.execute(
        update(MailOutbox)
        .where(MailOutbox.recipient_digest == digest, MailOutbox.state == LetterState.QUEUED)
        .values(state=LetterState.SUPPRESSED, fault=SUPPRESSED)
        .execution_options(synchronize_session=False)
    )
    return changed(kept_back)


def _digests(session: Session, address: str) -> list[str]:
    return keyring_of(session).digests(address_key(address), _DIGEST)


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
