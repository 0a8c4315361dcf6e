"""The account behind two records that become one. Flushes, never commits.

A record has one account. Where both have one, the other account keeps the record that was merged, which opens nothing;
it can no longer be signed in to, unless it has other work to do, and is told by letter.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.accounts.models import Account, AccountRole, AccountState
from registry.accounts.operations import LetterPaper, reopen_account, suspend_account, write_to
from registry.accounts.rules import Role
from registry.duplicates.operations.ledger import Ledger
from registry.duplicates.operations.settling import Acting
from registry.people.models import Person


def settle_accounts(ledger: Ledger, survivor: Person, merged: Person, *, takes_other: bool) -> int | None:
    """Give the survivor its account; the one (row id) left without a record that opens, if both had one."""
    own, other = survivor.account_id, merged.account_id
    if other is None:
        return None
    if own is None:
        ledger.change(merged, account_id=None)
        ledger.change(survivor, account_id=other)
        return None
    if not takes_other:
        return other
    ledger.change(merged, account_id=None)
    ledger.change(survivor, account_id=other)
    ledger.change(merged, account_id=own)
    return own


def end_account(
    session: Session, account_id: int, reason: str, paper: LetterPaper, *, acting: Acting
) -> int | None:
    """Close the door of an account that only served its record, and tell its owner; its row id when it was closed."""
    account = session.get_one(Account, account_id)
    is_closed = account.state is AccountState.ACTIVE and _serves_only_its_record(session, account)
    if is_closed:
        suspend_account(session, account, by=acting.by, reason=reason, at=acting.at, on=acting.on)
    write_to(session, paper, "account_merged", account.email, at=acting.at, account=account)
    return account_id if is_closed else None


def open_account_again(
    session: Session, account_id: int, reason: str, paper: LetterPaper, *, acting: Acting
) -> None:
    """Open the door again and tell the owner, unless somebody changed its state since."""
    account = session.get(Account, account_id)
    if account is None or account.state is not AccountState.SUSPENDED:
        return
    reopen_account(session, account, by=acting.by, reason=reason, at=acting.at)
    write_to(session, paper, "account_reopened", account.email, at=acting.at, account=account)


def _serves_only_its_record(session: Session, account: Account) -> bool:
    held = session.scalars(
        select(AccountRole).where(AccountRole.account_id == account.id, AccountRole.ended_at.is_(None))
    )
    return all(role.role is Role.CANDIDATE for role in held)
