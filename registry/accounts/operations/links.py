"""Single-use links and codes: issued, used once, ended when what they were good for is over. Flush, never commit."""

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import CursorResult, delete, select, update
from sqlalchemy.orm import Session

from registry.accounts.models import Account, SingleUseLink
from registry.accounts.rules import folded_email
from registry.accounts.rules.links import (
    LIFETIME,
    MOST_CODE_TRIES,
    LinkEnd,
    LinkPurpose,
    link_hash,
    new_code,
    new_link_token,
)
from registry.audit.operations import record
from registry.db import new_public_id
from registry.db.keys import keyring_of

_EMAIL, _CODE, _PAYLOAD = "single_use_link.email", "single_use_link.code", "single_use_link.payload"
_KEPT_AFTER = timedelta(days=30)
# A second request makes the first one useless; where a stranger may ask, the first stays good.
_REPLACED = frozenset({LinkPurpose.EMAIL, LinkPurpose.INVITATION})


@dataclass(frozen=True)
class IssuedLink:
    """A link as it goes into a letter: token and code are known here and never again."""

    public_id: str
    purpose: LinkPurpose
    token: str
    code: str
    expires_at: datetime


def issue_link(
    session: Session,
    purpose: LinkPurpose,
    *,
    email: str,
    at: datetime,
    by: int | None = None,
    account: Account | None = None,
    subject: str = "",
    payload: str = "",
) -> IssuedLink:
    """A new link that goes to `email`. It takes the same steps whoever it is for, so that none of them tells who exists."""
    _forget_old_links(session, at)
    if purpose in _REPLACED:
        _replace(session, purpose, account, subject, at)
    keyring, public_id = keyring_of(session), new_public_id()
    token, code, expires_at = new_link_token(), new_code(), at + LIFETIME[purpose]
    session.add(
        SingleUseLink(
            public_id=public_id,
            purpose=purpose,
            token_hash=link_hash(token),
            code_digest=keyring.digest(f"{public_id}\0{code}", _CODE),
            account_id=None if account is None else account.id,
            subject_id=subject,
            email_digest=keyring.digest(folded_email(email), _EMAIL),
            payload_sealed=keyring.seal(payload, f"{_PAYLOAD}:{public_id}"),
            created_at=at,
            expires_at=expires_at,
        )
    )
    session.flush()
    kind, about = ("person", subject) if subject else ("account", account.public_id if account else "unknown")
    record(session, by, "link.issued", kind, about, detail={"good_for": purpose}, at=at)
    return IssuedLink(public_id, purpose, token, code, expires_at)


def payload_of(session: Session, link: SingleUseLink) -> str:
    """What the link carries, in the clear; «» once it was used or is long over."""
    if link.payload_sealed is None:
        return ""
    return keyring_of(session).open(link.payload_sealed, f"{_PAYLOAD}:{link.public_id}")


def use_link(session: Session, link: SingleUseLink, *, at: datetime) -> bool:
    """Use the link up; False when somebody else did in the same moment, or it is over.

    All that went to the same address is locked first and in one order: who uses another of these links in the same
    moment waits instead of both waiting for each other.
    """
    alike = select(SingleUseLink.id).where(SingleUseLink.email_digest == link.email_digest)
    session.execute(alike.order_by(SingleUseLink.id).with_for_update()).all()
    return _end(session, [SingleUseLink.id == link.id, SingleUseLink.expires_at > at], LinkEnd.USED, at) == 1


def end_links(session: Session, account: Account, *, because: LinkEnd, at: datetime) -> int:
    """End every link of an account that still works; how many there were."""
    return _end(session, [SingleUseLink.account_id == account.id], because, at)


def end_links_to(
    session: Session, email: str, purpose: LinkPurpose, *, because: LinkEnd, at: datetime
) -> int:
    """End the links of a purpose that went to an address; how many there were."""
    digests = keyring_of(session).digests(folded_email(email), _EMAIL)
    wanted = [SingleUseLink.email_digest.in_(digests), SingleUseLink.purpose == purpose]
    return _end(session, wanted, because, at)


def try_code(
    session: Session,
    public_id: str,
    code: str,
    *,
    at: datetime,
    purpose: LinkPurpose = LinkPurpose.REGISTRATION,
) -> SingleUseLink | None:
    """What this code was sent for; None for a wrong one. Every try counts, and after five none is right.

    The caller commits, or the try would not count.
    """
    row = session.execute(
        update(SingleUseLink)
        .where(
            SingleUseLink.public_id == public_id,
            SingleUseLink.purpose == purpose,
            SingleUseLink.ended_at.is_(None),
            SingleUseLink.expires_at > at,
            SingleUseLink.code_tries < MOST_CODE_TRIES,
        )
        .values(code_tries=SingleUseLink.code_tries + 1)
        .returning(SingleUseLink.id, SingleUseLink.code_digest)
        .execution_options(synchronize_session=False)
    ).one_or_none()
    expected = "" if row is None else str(row.code_digest)
    tried = keyring_of(session).digests(f"{public_id}\0{code}", _CODE)
    fits = [hmac.compare_digest(expected, one) for one in tried]
    if row is None or not any(fits):
        return None
    return session.get(SingleUseLink, row.id, populate_existing=True)


def count_link_try(session: Session, link: SingleUseLink, *, at: datetime) -> bool:
    """Count a try of something that is asked for beside the link; False when there were too many. The caller commits."""
    counted = session.execute(
        update(SingleUseLink)
        .where(
            SingleUseLink.id == link.id,
            SingleUseLink.ended_at.is_(None),
            SingleUseLink.expires_at > at,
            SingleUseLink.code_tries < MOST_CODE_TRIES,
        )
        .values(code_tries=SingleUseLink.code_tries + 1)
        .execution_options(synchronize_session=False)
    )
    return _changed(counted) == 1


def _replace(
    session: Session, purpose: LinkPurpose, account: Account | None, subject: str, at: datetime
) -> None:
    whose = SingleUseLink.subject_id == subject
    if account is not None:
        whose = SingleUseLink.account_id == account.id
    _end(session, [SingleUseLink.purpose == purpose, whose], LinkEnd.REPLACED, at)


def _end(session: Session, wanted: list[Any], because: LinkEnd, at: datetime) -> int:
    used_at = {"used_at": at} if because is LinkEnd.USED else {}
    ended = session.execute(
        update(SingleUseLink)
        .where(SingleUseLink.ended_at.is_(None), *wanted)
        .values(ended_at=at, ended_because=because, payload_sealed=None, **used_at)
        .execution_options(synchronize_session=False)
    )
    return _changed(ended)


def _forget_old_links(session: Session, at: datetime) -> None:
    """What expired forgets what it carried; a month later it is gone."""
    past = SingleUseLink.expires_at < at
    carrying = update(SingleUseLink).where(past, SingleUseLink.payload_sealed.is_not(None))
    session.execute(carrying.values(payload_sealed=None).execution_options(synchronize_session=False))
    gone = delete(SingleUseLink).where(SingleUseLink.expires_at < at - _KEPT_AFTER)
    session.execute(gone.execution_options(synchronize_session=False))


def live_link(session: Session, purpose: LinkPurpose, token: str, *, at: datetime) -> SingleUseLink | None:
    """The link of a token while it works; looking at it consumes nothing."""
    return session.scalar(
        select(SingleUseLink).where(
            SingleUseLink.token_hash == link_hash(token),
            SingleUseLink.purpose == purpose,
            SingleUseLink.ended_at.is_(None),
            SingleUseLink.expires_at > at,
        )
    )


def link_of(session: Session, purpose: LinkPurpose, token: str) -> SingleUseLink | None:
    """The link of a token, also when it is over: for sending another in its place, never for opening anything."""
    wanted = (SingleUseLink.token_hash == link_hash(token), SingleUseLink.purpose == purpose)
    return session.scalar(select(SingleUseLink).where(*wanted))


def _changed(outcome: Any) -> int:
    return cast("CursorResult[Any]", outcome).rowcount
