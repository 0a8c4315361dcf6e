"""Making accounts, granting and ending roles, suspending and closing. Every write leaves one audit event."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from registry.accounts.models import Account, AccountRole, AccountState
from registry.accounts.operations.links import end_links
from registry.accounts.operations.sign_ins import end_all_sign_ins
from registry.accounts.queries import is_in_force
from registry.accounts.rules import Role, Scope, folded_email
from registry.accounts.rules.links import LinkEnd
from registry.audit.operations import record


class EmailTaken(Exception):
    """Another account already has this address."""


class RoleHeld(Exception):
    """The account already has this role on this scope."""


class LastAdministrator(Exception):
    """Without this account nobody could administer the whole installation any more."""


def create_account(
    session: Session,
    *,
    email: str,
    display_name: str,
    password_hash: str | None,
    by: int | None,
    at: datetime,
    is_temporary: bool = False,
) -> Account:
    """A new active account. With `is_temporary` its first sign-in must choose a password. Raises EmailTaken."""
    account = Account(
        email=email.strip(),
        email_folded=folded_email(email),
        display_name=display_name,
        password_hash=password_hash,
        password_set_at=at if password_hash else None,
        password_is_temporary=is_temporary,
    )
    try:
        with session.begin_nested():
            session.add(account)
    except IntegrityError as error:
        raise EmailTaken from error
    changes = {"email": (None, account.email), "display_name": (None, display_name)}
    record(
        session,
        by,
        "account.created",
        "account",
        account.public_id,
        changes=changes,
        person=account.public_id,
        at=at,
    )
    return account


def grant_role(
    session: Session,
    account: Account,
    role: Role,
    scope: Scope,
    *,
    by: int | None,
    starts_on: date,
    at: datetime,
    ends_on: date | None = None,
) -> AccountRole:
    """Give the account a role on a scope from a day (to a day, inclusive). Raises RoleHeld.

    Running sign-ins end, here and where a role ends: what somebody may do changes with a sign-in of its own.
    """
    if any(_is_same(held, role, scope) and _reaches(held, starts_on) for held in _roles(session, account)):
        raise RoleHeld
    granted = AccountRole(
        account_id=account.id,
        role=role,
        unit_path=scope.unit_path,
        organisation_path=scope.organisation_path,
        starts_on=starts_on,
        ends_on=ends_on,
        granted_by_id=by,
    )
    session.add(granted)
    session.flush()
    session.expire(account, ["roles"])
    end_all_sign_ins(session, account, because="rights_changed", at=at)
    detail = _role_detail(granted) | {"starts_on": starts_on, "ends_on": ends_on}
    record(session, by, "account.role_granted", "account", account.public_id, detail=detail, at=at)
    return granted


def end_role(
    session: Session, granted: AccountRole, *, by: int | None, reason: str, at: datetime, on: date
) -> None:
    """End a role at once; the reason is kept. Raises LastAdministrator."""
    _keep_an_administrator(session, without_role=granted, on=on)
    granted.ended_at = at
    granted.ended_because = reason
    session.flush()
    end_all_sign_ins(session, granted.account, because="rights_changed", at=at)
    subject = granted.account.public_id
    record(
        session,
        by,
        "account.role_ended",
        "account",
        subject,
        detail=_role_detail(granted),
        reason=reason,
        at=at,
    )


def suspend_account(
    session: Session, account: Account, *, by: int | None, reason: str, at: datetime, on: date
) -> None:
    """Close the door at once: running sign-ins end too. Raises LastAdministrator."""
    _keep_an_administrator(session, without_account=account, on=on)
    _change_state(session, account, AccountState.SUSPENDED, by, reason, at)
    end_all_sign_ins(session, account, because="suspended", at=at)


def reopen_account(session: Session, account: Account, *, by: int | None, reason: str, at: datetime) -> None:
    """Let a suspended account sign in again."""
    _change_state(session, account, AccountState.ACTIVE, by, reason, at)


def close_account(
    session: Session, account: Account, *, by: int | None, reason: str, at: datetime, on: date
) -> None:
    """End the account for good. The row stays, since what it did must keep its author. Raises LastAdministrator."""
    _keep_an_administrator(session, without_account=account, on=on)
    _change_state(session, account, AccountState.CLOSED, by, reason, at)
    account.password_hash = None
    end_all_sign_ins(session, account, because="closed", at=at)
    session.flush()


def change_password(
    session: Session,
    account: Account,
    password_hash: str,
    *,
    by: int | None,
    at: datetime,
    is_temporary: bool = False,
) -> None:
    """Set the hash of a new password; every running sign-in of the account and every link sent to it ends."""
    account.password_hash = password_hash
    account.password_set_at = at
    account.password_is_temporary = is_temporary
    end_all_sign_ins(session, account, because="password_changed", at=at)
    end_links(session, account, because=LinkEnd.PASSWORD_CHANGED, at=at)
    session.flush()
    record(
        session,
        by,
        "account.password_changed",
        "account",
        account.public_id,
        detail={"temporary": is_temporary},
        at=at,
    )


def _change_state(
    session: Session, account: Account, state: AccountState, by: int | None, reason: str, at: datetime
) -> None:
    before = account.state
    account.state = state
    session.flush()
    action = {
        AccountState.ACTIVE: "reopened",
        AccountState.SUSPENDED: "suspended",
        AccountState.CLOSED: "closed",
    }[state]
    record(
        session,
        by,
        f"account.{action}",
        "account",
        account.public_id,
        changes={"state": (before, state)},
        reason=reason,
        at=at,
    )


def _keep_an_administrator(
    session: Session,
    *,
    on: date,
    without_account: Account | None = None,
    without_role: AccountRole | None = None,
) -> None:
    """Raise LastAdministrator unless an active administrator of the whole installation remains.

    The rows are locked, so that two administrators cannot remove each other in the same moment.
    """
    held = session.execute(
        select(AccountRole, Account)
        .join(Account, AccountRole.account_id == Account.id)
        .where(
            AccountRole.role == Role.SYSTEM_ADMIN,
            AccountRole.unit_path == "",
            AccountRole.organisation_path == "",
        )
        .order_by(AccountRole.id)
        .with_for_update()
        .execution_options(populate_existing=True)  # as they are after waiting for the lock
    ).all()
    standing = {
        role.id: account.id
        for role, account in held
        if account.state is AccountState.ACTIVE and is_in_force(role, on)
    }
    left = {
        role_id
        for role_id, account_id in standing.items()
        if (without_account is None or account_id != without_account.id)
        and (without_role is None or role_id != without_role.id)
    }
    if standing and not left:
        raise LastAdministrator


def _roles(session: Session, account: Account) -> list[AccountRole]:
    return list(
        session.scalars(
            select(AccountRole).where(AccountRole.account_id == account.id).order_by(AccountRole.id)
        )
    )


def _is_same(held: AccountRole, role: Role, scope: Scope) -> bool:
    return (held.role, held.unit_path, held.organisation_path) == (
        role,
        scope.unit_path,
        scope.organisation_path,
    )


def _reaches(held: AccountRole, on: date) -> bool:
    return held.ended_at is None and (held.ends_on is None or held.ends_on >= on)


def _role_detail(granted: AccountRole) -> dict[str, object]:
    return {
        "role": granted.role,
        "unit_path": granted.unit_path,
        "organisation_path": granted.organisation_path,
    }
