"""The second factor of an account: enrolling, checking a code once, recovery codes, taking it away. Never commits."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from registry.accounts.models import Account, Passkey, RecoveryCode, SecondStepTry
from registry.accounts.operations.alerts import raise_alert
from registry.accounts.operations.sign_ins import end_all_sign_ins
from registry.accounts.rules.second_factor import (
    LONGEST_TRIES,
    RECOVERY_CODES,
    matching_step,
    new_recovery_code,
    secret_of,
    spelled_recovery_code,
    wait_before_try,
)
from registry.audit.operations import record
from registry.db import new_public_id
from registry.db.keys import keyring_of

_CODE_PURPOSE = "recovery code"
ALERT_RESET = "second_factor.reset"
ALERT_CODE_USED = "second_factor.code_used"
ALERT_TRIED = "second_factor.tried"


def offered_secret(session: Session, account: Account, occasion: str) -> str:
    """The secret that an enrolment offers on one occasion: the same at every look, and no other occasion's.

    It is derived under the installation's key, so that looking at the page writes nothing and a browser cannot
    choose the secret. `occasion` changes with every sign-in and every enrolment.
    """
    text = f"{account.public_id}\0{occasion}\0{account.totp_since}"
    return secret_of(bytes.fromhex(keyring_of(session).digest(text, "second factor offered")))


def enrol(
    session: Session, account: Account, secret: str, code: str, *, by: int | None, at: datetime
) -> list[str] | None:
    """Take the secret as the account's second factor when the code is of it; returns fresh recovery codes.

    None when the code is not right. Every sign-in ends: the caller opens a new one for whoever enrolled.
    """
    step = matching_step(secret, code, at)
    if step is None:
        return None
    action = "second_factor.enrolled" if account.totp_since is None else "second_factor.replaced"
    keep_secret(session, account, secret, at=at)
    account.totp_step = step
    end_all_sign_ins(session, account, because="second_factor_changed", at=at)
    session.flush()
    record(session, by, action, "account", account.public_id, at=at)
    return _fresh_codes(session, account, at)


def keep_secret(session: Session, account: Account, secret: str, *, at: datetime) -> None:
    """Store a secret without asking for a code: for what is generated, never for what somebody typed."""
    account.totp_sealed = keyring_of(session).seal(secret, _where(account))
    account.totp_since, account.totp_step = at, None
    session.flush()


def secret_kept(session: Session, account: Account) -> str | None:
    """The secret of the account in the clear; None when it has none."""
    if account.totp_sealed is None:
        return None
    return keyring_of(session).open(account.totp_sealed, _where(account))


def accept_code(session: Session, account: Account, code: str, *, at: datetime) -> bool:
    """Whether the six digits are of this account and were not used before. A code accepted is used up."""
    secret = secret_kept(session, account)
    step = None if secret is None else matching_step(secret, code, at)
    if step is None:
        return False
    used = session.execute(
        update(Account)
        .where(Account.id == account.id, or_(Account.totp_step.is_(None), Account.totp_step < step))
        .values(totp_step=step)
        .returning(Account.id),
        execution_options={"synchronize_session": False},
    ).all()
    session.expire(account, ["totp_step"])
    return bool(used)


def accept_recovery_code(session: Session, account: Account, code: str, *, at: datetime) -> bool:
    """Whether this is an unused recovery code of the account. It is used up, and its owner is told."""
    hashes = keyring_of(session).digests(spelled_recovery_code(code), _CODE_PURPOSE)
    used = session.scalars(
        update(RecoveryCode)
        .where(
            RecoveryCode.account_id == account.id,
            RecoveryCode.code_hash.in_(hashes),
            RecoveryCode.used_at.is_(None),
        )
        .values(used_at=at)
        .returning(RecoveryCode.id),
        execution_options={"synchronize_session": False},
    ).all()
    if not used:
        return False
    record(session, account.id, "second_factor.code_used", "account", account.public_id, at=at)
    tell_owner(session, account, ALERT_CODE_USED, {}, at=at)
    return True


def renew_recovery_codes(session: Session, account: Account, *, by: int, at: datetime) -> list[str]:
    """Fresh recovery codes; those of before are worth nothing."""
    record(session, by, "second_factor.codes_renewed", "account", account.public_id, at=at)
    return _fresh_codes(session, account, at)


def remove_second_factor(session: Session, account: Account, *, by: int, at: datetime) -> None:
    """Go without a second factor, where the roles allow it; the caller asks that. All other sign-ins end."""
    _take_away(session, account)
    end_all_sign_ins(session, account, because="second_factor_changed", at=at)
    session.flush()
    record(session, by, "second_factor.removed", "account", account.public_id, at=at)


def reset_second_factor(session: Session, account: Account, *, by: int, reason: str, at: datetime) -> None:
    """Take app, recovery codes and passkeys away for somebody who lost them; all sign-ins end, the owner is told."""
    _take_away(session, account)
    session.execute(delete(Passkey).where(Passkey.account_id == account.id))
    end_all_sign_ins(session, account, because="second_factor_reset", at=at)
    session.flush()
    record(session, by, "second_factor.reset", "account", account.public_id, reason=reason, at=at)
    tell_owner(session, account, ALERT_RESET, {}, at=at)


def claim_second_try(session: Session, account: Account, *, at: datetime) -> timedelta:
    """Count one try at the second step before it is looked at; returns how long it must wait (zero: go ahead).

    The account's row is held meanwhile, so that many tries at once count as one after the other.
    """
    session.execute(select(Account.id).where(Account.id == account.id).with_for_update())
    own = SecondStepTry.account_id == account.id
    session.execute(delete(SecondStepTry).where(own, SecondStepTry.tried_at <= at - LONGEST_TRIES))
    tries = session.scalars(select(SecondStepTry.tried_at).where(own)).all()
    wait = wait_before_try(tries, at)
    if wait > timedelta(0):
        return wait
    session.add(SecondStepTry(account_id=account.id, tried_at=at))
    session.flush()
    until = wait_before_try([*tries, at], at)
    if until > timedelta(0):
        minutes = -(-int(until.total_seconds()) // 60)
        record(session, None, "limit.second_factor", "account", account.public_id, at=at)
        tell_owner(session, account, ALERT_TRIED, {"minutes": minutes}, at=at)
    return timedelta(0)


def forget_second_tries(session: Session, account: Account) -> None:
    """After a right second step the account starts anew."""
    session.execute(delete(SecondStepTry).where(SecondStepTry.account_id == account.id))


def refuse_second_step(session: Session, account: Account, *, how: str, at: datetime) -> None:
    """Keep a failed try at the second step: somebody had the password."""
    subject = account.public_id
    record(session, None, "second_factor.refused", "account", subject, detail={"step": how}, at=at)


def tell_owner(
    session: Session, account: Account, kind: str, detail: Mapping[str, int], *, at: datetime
) -> None:
    """Alert the owner of something that happened to the account's sign-in."""
    subject = ("account", account.public_id)
    raise_alert(session, account.id, kind, subject=subject, about=new_public_id(), detail=detail, at=at)


def _fresh_codes(session: Session, account: Account, at: datetime) -> list[str]:
    session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account.id))
    codes = [new_recovery_code() for _ in range(RECOVERY_CODES)]
    digest = keyring_of(session).digest
    session.add_all(
        RecoveryCode(
            account_id=account.id, code_hash=digest(spelled_recovery_code(code), _CODE_PURPOSE), made_at=at
        )
        for code in codes
    )
    session.flush()
    return codes


def _take_away(session: Session, account: Account) -> None:
    account.totp_sealed = account.totp_since = account.totp_step = None
    session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account.id))
    session.execute(delete(SecondStepTry).where(SecondStepTry.account_id == account.id))


def _where(account: Account) -> str:
    """Where a sealed secret belongs: it opens in no other account's row."""
    return f"account.totp_sealed {account.public_id}"
