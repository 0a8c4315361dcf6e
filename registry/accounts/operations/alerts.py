"""Alerts of accounts: raised once, read by whoever they are for. Flush, never commit."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from registry.accounts.models import Alert


def raise_alert(
    session: Session,
    account_id: int,
    kind: str,
    *,
    subject: tuple[str, str],
    about: str,
    detail: Mapping[str, int],
    at: datetime,
) -> bool:
    """Tell an account of something, unless it was told already. `subject` is (kind, public id); `detail` counts.

    `about` is the public id of what happened: the same is told once. False when it was told before.
    """
    told = select(Alert.id).where(Alert.account_id == account_id, Alert.kind == kind, Alert.about_id == about)
    if session.scalar(told) is not None:
        return False
    subject_kind, subject_id = subject
    session.add(
        Alert(
            account_id=account_id,
            kind=kind,
            subject_kind=subject_kind,
            subject_id=subject_id,
            about_id=about,
            detail=dict(detail),
            raised_at=at,
        )
    )
    session.flush()
    return True


def add_to_alert(
    session: Session,
    account_id: int,
    kind: str,
    *,
    subject: tuple[str, str],
    about: str,
    counted: str,
    at: datetime,
) -> None:
    """Tell an account that something happened once more: what it has not read yet is counted up, else a new one begins.

    `counted` names the count in `detail`, which says how often.
    """
    unread = (
        select(Alert)
        .where(
            Alert.account_id == account_id,
            Alert.kind == kind,
            Alert.subject_kind == subject[0],
            Alert.subject_id == subject[1],
            Alert.read_at.is_(None),
        )
        .order_by(Alert.id.desc())
        .limit(1)
        .with_for_update()
    )
    known = session.scalar(unread)
    if known is None:
        raise_alert(session, account_id, kind, subject=subject, about=about, detail={counted: 1}, at=at)
        return
    known.detail = {**known.detail, counted: int(known.detail.get(counted, 0)) + 1}
    known.raised_at = at
    session.flush()


def mark_read(
    session: Session,
    account_id: int,
    *,
    at: datetime,
    public_id: str | None = None,
    subject_kind: str | None = None,
) -> None:
    """Note that the account has read one of its alerts, or all (of a kind of subject); others' are left alone."""
    unread = update(Alert).where(Alert.account_id == account_id, Alert.read_at.is_(None))
    if subject_kind is not None:
        unread = unread.where(Alert.subject_kind == subject_kind)
    if public_id is not None:
        unread = unread.where(Alert.public_id == public_id)
    session.execute(unread.values(read_at=at).execution_options(synchronize_session=False))
