"""Passkeys of an account: keeping, using and removing them. Flush, never commit."""

from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from registry.accounts.models import Account, Passkey, SpentQuestion
from registry.accounts.operations.second_factor import tell_owner
from registry.accounts.rules.passkeys import QUESTION_LASTS, NewPasskey
from registry.accounts.rules.sign_in import token_hash
from registry.audit.operations import record

ALERT_ADDED = "passkey.added"


class PasskeyKnown(Exception):
    """This passkey is kept already."""


def add_passkey(
    session: Session, account: Account, made: NewPasskey, *, name: str, by: int, at: datetime
) -> Passkey:
    """Keep a passkey under the name its owner gives it; the owner is told. Raises PasskeyKnown."""
    kept = Passkey(
        account_id=account.id,
        credential_id=made.credential_id,
        public_key=made.public_key,
        sign_count=made.sign_count,
        name=name,
        created_at=at,
    )
    try:
        with session.begin_nested():
            session.add(kept)
    except IntegrityError as error:
        raise PasskeyKnown from error
    record(session, by, "passkey.added", "account", account.public_id, at=at)
    tell_owner(session, account, ALERT_ADDED, {}, at=at)
    return kept


def remove_passkey(session: Session, account: Account, kept: Passkey, *, by: int, at: datetime) -> None:
    """Forget a passkey: it opens nothing any more."""
    session.delete(kept)
    session.flush()
    record(session, by, "passkey.removed", "account", account.public_id, at=at)


def note_use(session: Session, kept: Passkey, sign_count: int, *, at: datetime) -> None:
    """Keep the counter of a passkey that was just used."""
    kept.sign_count, kept.last_used_at = sign_count, at
    session.flush()


def spend_question(
    session: Session, question: str, *, at: datetime, lasts: timedelta = QUESTION_LASTS
) -> bool:
    """Mark a question as answered; False when it was answered before, whichever process saw that."""
    session.execute(delete(SpentQuestion).where(SpentQuestion.expires_at <= at))
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    # The mark outlives the question itself, so that it cannot be forgotten first.
    row = {"question_hash": token_hash(question), "expires_at": at + 2 * lasts}
    added = session.execute(
        dialect.insert(SpentQuestion).values(row).on_conflict_do_nothing().returning(SpentQuestion.id)
    ).all()
    return bool(added)
