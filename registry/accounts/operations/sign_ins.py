"""Sign-in records: the server's own account of who is signed in where. Ending a row ends the sign-in everywhere."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from registry.accounts.models import Account, AccountSession, HalfSignIn
from registry.accounts.rules.second_factor import HALF_SIGN_IN
from registry.accounts.rules.sign_in import LONGEST, TOKEN_BYTES, token_hash
from registry.audit.operations import record


@dataclass(frozen=True)
class Begun:
    """A sign-in after its first step: the token for the cookie, and whether the second step is still to come."""

    token: str
    is_half: bool


def begin_sign_in(
    session: Session,
    account: Account,
    *,
    device: str,
    at: datetime,
    new_hash: str | None = None,
    how: str = "",
    is_complete: bool = False,
) -> Begun:
    """What follows a right password, or whatever else proves the first step: the one way to a sign-in.

    An account with a second factor gets a half-finished sign-in that opens nothing; one without is signed in.
    `new_hash` replaces a hash of an old cost; `how` names what proved the first step when it was
    no password; with `is_complete` that has proved the second step too.
    """
    if new_hash is not None:
        account.password_hash = new_hash
    if account.totp_since is None or is_complete:
        return Begun(open_sign_in(session, account, device=device, at=at, how=how), is_half=False)
    session.execute(
        delete(HalfSignIn).where(HalfSignIn.account_id == account.id, HalfSignIn.expires_at <= at)
    )
    token = secrets.token_urlsafe(TOKEN_BYTES)
    session.add(
        HalfSignIn(
            account_id=account.id,
            token_hash=token_hash(token),
            device=device,
            created_at=at,
            expires_at=at + HALF_SIGN_IN,
        )
    )
    session.flush()
    return Begun(token, is_half=True)


def finish_sign_in(session: Session, half: HalfSignIn, *, how: str, at: datetime) -> str | None:
    """The sign-in that a half-finished one becomes, once; None when it was used in the same moment. Returns the token."""
    account, device = half.account, half.device
    if not _used_up(session, half):
        return None
    return open_sign_in(session, account, device=device, at=at, how=how)


def drop_half_sign_in(session: Session, half: HalfSignIn) -> None:
    """Give up a half-finished sign-in."""
    _used_up(session, half)


def _used_up(session: Session, half: HalfSignIn) -> bool:
    """Take the row away; False when somebody else did."""
    gone = session.execute(
        delete(HalfSignIn).where(HalfSignIn.id == half.id).returning(HalfSignIn.id),
        execution_options={"synchronize_session": False},
    ).all()
    session.expunge(half)
    return bool(gone)


def open_sign_in(session: Session, account: Account, *, device: str, at: datetime, how: str = "") -> str:
    """A new sign-in record after all steps were taken; returns the token for the cookie. `how` names the last one."""
    token = _add_record(session, account, device, at, proved_at=at)
    detail = {"device": device} | ({"step": how} if how else {})
    record(session, account.id, "sign_in.done", "account", account.public_id, detail=detail, at=at)
    return token


def rotate_sign_in(
    session: Session, account: Account, *, device: str, at: datetime, proved_at: datetime | None = None
) -> str:
    """A fresh record after all others ended, as after a change of password; the caller has told the log why.

    `proved_at` is when whoever is signed in last proved who they are (by default now).
    """
    return _add_record(session, account, device, at, proved_at=proved_at or at)


def renew_proof(session: Session, account_id: int, entry_id: int, *, how: str, at: datetime) -> str:
    """Note that who is signed in proved it again, under a new token for the cookie; the old one is dead."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    entry = session.get_one(AccountSession, entry_id)
    entry.token_hash, entry.proved_at = token_hash(token), at
    session.flush()
    subject = entry.account.public_id
    record(session, account_id, "sign_in.confirmed", "account", subject, detail={"step": how}, at=at)
    return token


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
    """End every running sign-in of the account but `except_id`, half-finished ones too; returns how many.

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
    session.execute(delete(HalfSignIn).where(HalfSignIn.account_id == account.id))
    if by is not None:
        detail = {"why": because, "count": len(ended)}
        record(session, by, "sign_in.all_ended", "account", account.public_id, detail=detail, at=at)
    return len(ended)


def _add_record(session: Session, account: Account, device: str, at: datetime, *, proved_at: datetime) -> str:
    token = secrets.token_urlsafe(TOKEN_BYTES)
    session.add(
        AccountSession(
            account_id=account.id,
            token_hash=token_hash(token),
            device=device,
            created_at=at,
            last_seen_at=at,
            proved_at=proved_at,
            expires_at=at + LONGEST,
        )
    )
    session.flush()
    return token
