"""Sign-in records: the server's own account of who is signed in where. Ending a row ends the sign-in everywhere."""

import secrets
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from registry.accounts.models import Account, AccountSession
from registry.accounts.rules.sign_in import LONGEST, TOKEN_BYTES, token_hash
from registry.audit.operations import record


def open_sign_in(
    session: Session, account: Account, *, device: str, at: datetime, new_hash: str | None = None
) -> str:
    """A new sign-in record; returns the token for the cookie. `new_hash` replaces a hash of an old cost."""
    if new_hash is not None:
        account.password_hash = new_hash
    token = _add_record(session, account, device, at)
    record(
        session, account.id, "sign_in.done", "account", account.public_id, detail={"device": device}, at=at
    )
    return token


def rotate_sign_in(session: Session, account: Account, *, device: str, at: datetime) -> str:
    """A fresh record after all others ended, as after a change of password; the caller has told the log why."""
    return _add_record(session, account, device, at)


def refuse_sign_in(
    session: Session, account: Account | None, *, reason: str, source: str, at: datetime
) -> None:
    """Keep a failed try: which account if any, why, and a keyed mark of the network it came from."""
    subject = "unknown" if account is None else account.public_id
    record(
        session, None, "sign_in.refused", "account", subject, detail={"why": reason, "source": source}, at=at
    )


def touch_sign_in(session: Session, entry_id: int, *, at: datetime) -> None:
    """Note that the sign-in is in use."""
    session.execute(
        update(AccountSession)
        .where(AccountSession.id == entry_id, AccountSession.last_seen_at < at)
        .values(last_seen_at=at)
    )


def end_sign_in(session: Session, entry: AccountSession, *, because: str, by: int, at: datetime) -> None:
    """End one sign-in; ending it twice changes nothing."""
    if entry.ended_at is not None:
        return
    entry.ended_at = at
    entry.ended_because = because
    session.flush()
    detail = {"why": because, "device": entry.device}
    record(session, by, "sign_in.ended", "account", entry.account.public_id, detail=detail, at=at)


def end_all_sign_ins(
    session: Session,
    account: Account,
    *,
    because: str,
    at: datetime,
    by: int | None = None,
    except_id: int | None = None,
) -> int:
    """End every running sign-in of the account but `except_id`; returns how many.

    Leaves an event only with `by`: other operations call it as a part of themselves.
    """
    ended = session.scalars(
        update(AccountSession)
        .where(
            AccountSession.account_id == account.id,
            AccountSession.ended_at.is_(None),
            AccountSession.id != (except_id or 0),
        )
        .values(ended_at=at, ended_because=because)
        .returning(AccountSession.id)
    ).all()
    if by is not None:
        detail = {"why": because, "count": len(ended)}
        record(session, by, "sign_in.all_ended", "account", account.public_id, detail=detail, at=at)
    return len(ended)


def _add_record(session: Session, account: Account, device: str, at: datetime) -> str:
    token = secrets.token_urlsafe(TOKEN_BYTES)
    session.add(
        AccountSession(
            account_id=account.id,
            token_hash=token_hash(token),
            device=device,
            created_at=at,
            last_seen_at=at,
            expires_at=at + LONGEST,
        )
    )
    session.flush()
    return token
