"""Reads of accounts, and the one condition that limits any list to a viewer's scopes."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, bindparam, exists, false, func, or_, select, true
from sqlalchemy.orm import Session, contains_eager, joinedload, selectinload

from registry.accounts.models import (
    Account,
    AccountRole,
    AccountSession,
    AccountState,
    Alert,
    HalfSignIn,
    LinkedIdentity,
    Passkey,
    RecoveryCode,
)
from registry.accounts.rules import EVERYWHERE, Grant, Permission, Scope, Viewer, folded_email
from registry.accounts.rules.sign_in import LONGEST_SILENCE, is_live, token_hash
from registry.db import read_rows
from registry.db.keys import keyring_of

PAGE_SIZE = 50
SUBJECT_PURPOSE = "linked_identity.subject"


class Member(NamedTuple):
    """What a request knows of the account behind it. Whoever changes an account reads it for themselves."""

    id: int
    public_id: str
    email: str
    display_name: str
    password_set_at: datetime | None
    password_is_temporary: bool
    totp_since: datetime | None


class OpenSignIn(NamedTuple):
    """A live sign-in with its account and the roles in force today."""

    id: int
    public_id: str
    last_seen_at: datetime
    proved_at: datetime | None
    account: Member
    grants: tuple[Grant, ...]


_MEMBER = [getattr(Account, name) for name in Member._fields]
_ENTRY = [
    AccountSession.id,
    AccountSession.public_id,
    AccountSession.last_seen_at,
    AccountSession.proved_at,
]
_ROLE = [
    AccountRole.role,
    AccountRole.unit_path,
    AccountRole.organisation_path,
    AccountRole.starts_on,
    AccountRole.ends_on,
    AccountRole.ended_at,
]
# Asked by every request of somebody signed in: a row a role.
_SIGN_IN = (
    select(
        *(*_ENTRY, *_MEMBER, AccountSession.expires_at, AccountSession.ended_at.label("over_at")),
        *(Account.state, *_ROLE),
    )
    .join(Account, Account.id == AccountSession.account_id)
    .outerjoin(AccountRole, AccountRole.account_id == Account.id)
    .where(AccountSession.token_hash == bindparam("token_hash"))
    .order_by(AccountRole.id)
)


def scope_condition(
    viewer: Viewer,
    unit_path_column: Any,
    organisation_path_column: Any,
    permission: Permission | None = None,
) -> ColumnElement[bool]:
    """True for rows inside one of the viewer's scopes (those of `permission` when it is given).

    Paths hold codes and strokes only (Scope checks it), so nothing in a prefix is a LIKE wildcard.
    """
    scopes = viewer.scopes if permission is None else viewer.scopes_for(permission)
    if EVERYWHERE in scopes:
        return true()
    return or_(false(), *(_inside(scope, unit_path_column, organisation_path_column) for scope in scopes))


def _inside(scope: Scope, unit_path_column: Any, organisation_path_column: Any) -> ColumnElement[bool]:
    wanted = ((unit_path_column, scope.unit_path), (organisation_path_column, scope.organisation_path))
    return and_(true(), *(column.like(f"{path}%") for column, path in wanted if path))


def account_by_email(session: Session, email: str) -> Account | None:
    """The account of an address, however it is spelled."""
    return session.scalars(select(Account).where(Account.email_folded == folded_email(email))).one_or_none()


def grants_on(account: Account, on: date) -> list[Grant]:
    """The roles of the account in force on a day."""
    return _grants(account.roles, on)


def _grants(roles: Iterable[Any], on: date) -> list[Grant]:
    return [
        Grant(role.role, Scope(role.unit_path, role.organisation_path))
        for role in roles
        if is_in_force(role, on)
    ]


def is_in_force(role: Any, on: date) -> bool:
    """Whether the role counts on this day: begun, not over, and not ended by anybody."""
    return role.starts_on <= on and (role.ends_on is None or role.ends_on >= on) and role.ended_at is None


def sign_in_of(session: Session, token: str, at: datetime, on: date) -> OpenSignIn | None:
    """The live sign-in of a token, with the account and its roles; None when it or its account is not open."""
    rows = read_rows(session, _SIGN_IN, token_hash=token_hash(token)).all()
    if not rows or rows[0].state is not AccountState.ACTIVE:
        return None
    first, before, behind = rows[0], len(_ENTRY), len(_ENTRY) + len(_MEMBER)
    if not is_live(first.last_seen_at, first.expires_at, first.over_at, at):
        return None
    grants = _grants((row for row in rows if row.role is not None), on)
    number, public_id, last_seen_at, proved_at = first[:before]
    member = Member._make(first[before:behind])
    return OpenSignIn(number, public_id, last_seen_at, proved_at, member, tuple(grants))


def half_sign_in_of(session: Session, token: str, at: datetime) -> HalfSignIn | None:
    """The half-finished sign-in of a token with its account, while it lasts and the account is open."""
    return session.scalars(
        select(HalfSignIn)
        .join(Account, Account.id == HalfSignIn.account_id)
        .where(
            HalfSignIn.token_hash == token_hash(token),
            HalfSignIn.expires_at > at,
            Account.state == AccountState.ACTIVE,
        )
        .options(contains_eager(HalfSignIn.account))
    ).one_or_none()


def recovery_codes_left(session: Session, account_id: int) -> int:
    """How many recovery codes of the account are still good."""
    unused = (RecoveryCode.account_id == account_id, RecoveryCode.used_at.is_(None))
    return session.scalar(select(func.count(RecoveryCode.id)).where(*unused)) or 0


def passkeys_of(session: Session, account_id: int) -> Sequence[Passkey]:
    """The passkeys of an account, oldest first."""
    return session.scalars(select(Passkey).where(Passkey.account_id == account_id).order_by(Passkey.id)).all()


def passkey_by_credential(session: Session, credential_id: str) -> Passkey | None:
    """The passkey of this id, with its account."""
    return session.scalars(
        select(Passkey).where(Passkey.credential_id == credential_id).options(joinedload(Passkey.account))
    ).one_or_none()


def linked_identity(session: Session, issuer: str, subject: str) -> LinkedIdentity | None:
    """The link of somebody at an OpenID provider, with the account it opens."""
    digests = keyring_of(session).digests(f"{issuer}\0{subject}", SUBJECT_PURPOSE)
    return session.scalars(
        select(LinkedIdentity)
        .where(LinkedIdentity.issuer == issuer, LinkedIdentity.subject_digest.in_(digests))
        .options(joinedload(LinkedIdentity.account))
    ).first()


def identities_of(session: Session, account_id: int) -> Sequence[LinkedIdentity]:
    """What an account is linked to at OpenID providers, oldest first."""
    wanted = select(LinkedIdentity).where(LinkedIdentity.account_id == account_id)
    return session.scalars(wanted.order_by(LinkedIdentity.id)).all()


def own_passkey(session: Session, account_id: int, public_id: str) -> Passkey | None:
    """One passkey of this account; another's is not found."""
    return session.scalars(
        select(Passkey).where(Passkey.account_id == account_id, Passkey.public_id == public_id)
    ).one_or_none()


def alerts_about_itself(session: Session, account_id: int) -> Sequence[Alert]:
    """What the account was told about itself and has not read, newest first."""
    return session.scalars(
        select(Alert)
        .where(Alert.account_id == account_id, Alert.subject_kind == "account", Alert.read_at.is_(None))
        .order_by(Alert.raised_at.desc(), Alert.id.desc())
    ).all()


def running_sign_ins(session: Session, account_id: int, at: datetime) -> Sequence[AccountSession]:
    """The account's sign-ins that have not ended, newest first."""
    found = session.scalars(
        select(AccountSession)
        .where(
            AccountSession.account_id == account_id,
            AccountSession.ended_at.is_(None),
            AccountSession.expires_at > at,
            AccountSession.last_seen_at > at - LONGEST_SILENCE,
        )
        .order_by(AccountSession.last_seen_at.desc(), AccountSession.id.desc())
    )
    return found.all()


def own_sign_in(session: Session, account_id: int, public_id: str) -> AccountSession | None:
    """One sign-in of this account; another's is not found."""
    return session.scalars(
        select(AccountSession)
        .where(AccountSession.account_id == account_id, AccountSession.public_id == public_id)
        .options(selectinload(AccountSession.account))
    ).one_or_none()


def visible_accounts(viewer: Viewer) -> Select[Account]:
    """Accounts the viewer administers: those with a role inside the viewer's scopes, or with none at all."""
    inside = scope_condition(
        viewer, AccountRole.unit_path, AccountRole.organisation_path, Permission.ACCOUNTS_MANAGE
    )
    has_role = exists().where(AccountRole.account_id == Account.id)
    reachable = exists().where(AccountRole.account_id == Account.id, inside)
    return select(Account).where(or_(reachable, ~has_role))


def accounts(
    session: Session, viewer: Viewer, *, state: AccountState | None, page: int
) -> tuple[Sequence[Account], int]:
    """One page of the accounts the viewer administers, by address, and how many there are in all."""
    wanted = visible_accounts(viewer)
    if state is not None:
        wanted = wanted.where(Account.state == state)
    total = session.scalar(select(func.count()).select_from(wanted.subquery())) or 0
    rows = session.scalars(
        wanted.options(selectinload(Account.roles))
        .order_by(Account.email_folded, Account.id)
        .limit(PAGE_SIZE)
        .offset((page - 1) * PAGE_SIZE)
    ).all()
    return rows, total


def account_for(session: Session, viewer: Viewer, public_id: str) -> Account | None:
    """One account the viewer administers, with its roles."""
    found = visible_accounts(viewer).where(Account.public_id == public_id)
    return session.scalars(found.options(selectinload(Account.roles))).one_or_none()


def may_change(viewer: Viewer, account: Account, on: date) -> bool:
    """True when every role the account has in force lies inside the viewer's scopes.

    Otherwise an administrator of one province could close the account of one of the whole country.
    """
    return all(
        viewer.can(Permission.ACCOUNTS_MANAGE, at=(grant.scope.unit_path, grant.scope.organisation_path))
        for grant in grants_on(account, on)
    )


def known_by(session: Session, ids: Sequence[int]) -> dict[int, tuple[str, str]]:
    """{account number: (public id, display name)}, for pages that show who did something."""
    wanted = select(Account.id, Account.public_id, Account.display_name).where(
        Account.id.in_(sorted(set(ids)))
    )
    return {number: (public_id, name) for number, public_id, name in session.execute(wanted)}


def account_within(
    session: Session, viewer: Viewer, public_id: str, permission: Permission
) -> Account | None:
    """The account, when it has or had a role inside the viewer's scopes for this permission."""
    wanted = select(Account).where(Account.public_id == public_id)
    if EVERYWHERE not in viewer.scopes_for(permission):
        wanted = wanted.where(Account.id.in_(ids_within(viewer, permission)))
    return session.scalars(wanted).one_or_none()


def ids_within(viewer: Viewer, permission: Permission) -> Select[int]:
    """Numbers of the accounts that have or had a role inside the viewer's scopes for this permission."""
    inside = scope_condition(viewer, AccountRole.unit_path, AccountRole.organisation_path, permission)
    return select(AccountRole.account_id).where(inside).distinct()
