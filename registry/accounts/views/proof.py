"""Proving a password and the second step: throttled before they are looked at, kept in the log when they fail.

The slow hash of a password is made outside any transaction.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from registry.accounts import operations, queries
from registry.accounts.access import tools
from registry.accounts.models import Account, AccountState
from registry.accounts.operations.throttle import source_mark
from registry.accounts.rules import folded_email
from registry.accounts.rules.sign_in import TEMPORARY_PASSWORD
from registry.accounts.views.postman import letter_paper
from registry.web.database import database, write_session
from registry.web.limits import client_network


@dataclass(frozen=True)
class Proof:
    """What came of a password: whose it is, or how long to wait, or neither."""

    account: Account | None = None
    wait_seconds: int = 0
    new_hash: str | None = None


def prove(email: str, password: str, at: datetime) -> Proof:
    """Check a password. Commits the attempt's count and, when it fails, its audit event.

    An unknown address, a wrong password, a suspended account and an overdue temporary password take the
    same steps in the same order, so that neither the answer nor its time tells them apart.
    """
    folded, network = folded_email(email), client_network()
    wait = _claimed(folded, network, at)
    if wait:
        return Proof(wait_seconds=wait)
    account = _known(email)
    hashing = tools().hashing
    fits = hashing.verify(None if account is None else account.password_hash, password)
    why = _refusal(account, fits, at)
    session = write_session()
    if why or account is None:
        operations.refuse_sign_in(session, account, reason=why, source=source_mark(session, network), at=at)
        is_slowed = tools().rate_limits and operations.is_slowed(session, folded, network, at=at)
        if is_slowed and account is not None:
            _warn(session, account, at)
        session.commit()
        return Proof()
    if tools().rate_limits:
        operations.forgive_attempt(session, folded, network, at=at)
        session.commit()
    outdated = account.password_hash is not None and hashing.is_outdated(account.password_hash)
    return Proof(account, new_hash=hashing.hash(password) if outdated else None)


def _warn(session: Session, account: Account, at: datetime) -> None:
    """Tell the owner of an account in use that tries to sign in to it must wait now."""
    owner = session.get(Account, account.id)
    if owner is not None and owner.state is AccountState.ACTIVE:
        operations.warn_of_tries(session, letter_paper(session), owner, at=at)


@dataclass(frozen=True)
class SecondProof:
    """What came of a second step: whether it was right, or how long to wait."""

    is_right: bool = False
    wait_seconds: int = 0


def prove_second(account: Account, typed: str, at: datetime, *, how: str) -> SecondProof:
    """Check six digits (`how` = "totp") or a recovery code (`how` = "recovery_code") of this account.

    A failure is committed with its count; a success is left to the caller, who commits it with what it opens.
    """
    session = write_session()
    if tools().rate_limits:
        wait = operations.claim_second_try(session, account, at=at)
        if wait:
            session.rollback()
            return SecondProof(wait_seconds=-int(-wait.total_seconds() // 1))
    accept = operations.accept_code if how == "totp" else operations.accept_recovery_code
    if accept(session, account, typed, at=at):
        operations.forget_second_tries(session, account)
        return SecondProof(is_right=True)
    operations.refuse_second_step(session, account, how=how, at=at)
    session.commit()
    return SecondProof()


def _claimed(folded: str, network: str, at: datetime) -> int:
    """Count the attempt; the whole seconds it must wait, 0 when it may be tried."""
    if not tools().rate_limits:
        return 0
    session = write_session()
    wait = operations.claim_attempt(session, folded, network, at=at)
    session.commit()
    return -int(-wait.total_seconds() // 1)


def _known(email: str) -> Account | None:
    """The account of the address, read in a transaction that ends before the slow hash begins."""
    reading = database().read_session()
    try:
        return queries.account_by_email(reading, email)
    finally:
        reading.close()


def _refusal(account: Account | None, fits: bool, at: datetime) -> str:
    """Why the password opens nothing; "" when it does."""
    if account is None:
        return "unknown"
    if not fits:
        return "wrong_password"
    if account.state is not AccountState.ACTIVE:
        return account.state.value
    set_at = account.password_set_at
    if account.password_is_temporary and set_at is not None and at - set_at > TEMPORARY_PASSWORD:
        return "temporary_password_overdue"
    return ""
