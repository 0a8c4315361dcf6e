"""The account of somebody who is erased: nobody signs in with it again, and it names nobody. Never commits."""

from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from registry.accounts.models import Account, AccountRole, AccountSession, AccountState, Alert
from registry.accounts.operations.sign_ins import end_all_sign_ins
from registry.accounts.rules import Role
from registry.audit.operations import destroy_person_key, record


def erase_account(session: Session, account_id: int, *, by: int | None, at: datetime) -> None:
    """Empty an account that only served its own record; one with another role goes on, without the record."""
    account = session.get_one(Account, account_id)
    held = session.scalars(select(AccountRole).where(AccountRole.account_id == account_id)).all()
    if any(role.role is not Role.CANDIDATE for role in held):
        return
    end_all_sign_ins(session, account, because="erased", at=at)
    for role in held:
        role.ended_at, role.ended_because = role.ended_at or at, ""
    session.execute(update(AccountSession).where(AccountSession.account_id == account_id).values(device=""))
    session.execute(delete(Alert).where(Alert.account_id == account_id))
    account.email = account.email_folded = f"{account.public_id}@erased.invalid"
    account.display_name = ""
    account.password_hash, account.password_set_at = None, None
    account.state = AccountState.CLOSED
    session.flush()
    record(session, by, "account.erased", "account", account.public_id, at=at)
    destroy_person_key(session, account.public_id)
