"""Keys: the one a request comes with, while it opens anything, and those an administrator looks after."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, literal, select
from sqlalchemy.orm import Session

from registry.accounts.models import Account, AccountState
from registry.accounts.queries import grants_on, scope_condition
from registry.accounts.rules import Permission, Scope, Viewer
from registry.accounts.rules.second_factor import must_have_second_factor
from registry.accounts.rules.sign_in import token_hash
from registry.api.models import ApiToken
from registry.api.rules import ApiScope, permissions_of
from registry.people.queries import is_public_id

_MANAGE = Permission.ACCOUNTS_MANAGE


@dataclass(frozen=True)
class Caller:
    """The system behind a request: its key, what it may do, and as whom it reads."""

    token_id: int
    public_id: str
    name: str
    account_id: int
    scopes: frozenset[str]
    viewer: Viewer
    last_used_at: datetime | None

    def may(self, scope: ApiScope) -> bool:
        """Whether the key carries this scope."""
        return scope.value in self.scopes


def caller_of(session: Session, token: str, *, at: datetime, on: date) -> Caller | None:
    """Who comes with this key; None when it is unknown, over, or its maker could not make it any more."""
    found = session.scalar(select(ApiToken).where(ApiToken.token_hash == token_hash(token)))
    if found is None or not opens(found, at=at, on=on):
        return None
    scopes = frozenset(found.scopes)
    viewer = Viewer(found.made_by_id, permissions_of(scopes), (Scope(found.unit_path),))
    return Caller(found.id, found.public_id, found.name, found.made_by_id, scopes, viewer, found.last_used_at)


def opens(token: ApiToken, *, at: datetime, on: date) -> bool:
    """Whether the key opens anything at this instant."""
    return (
        token.ended_at is None and at < token.expires_at and may_vouch(token.made_by, token.unit_path, on=on)
    )


def may_vouch(account: Account, unit_path: str, *, on: date) -> bool:
    """Whether the account administers this place today: what is asked when a key is made is asked at every use."""
    if account.state is not AccountState.ACTIVE:
        return False
    grants = grants_on(account, on)
    if account.totp_since is None and must_have_second_factor(grant.role for grant in grants):
        return False
    return Viewer.of_grants(account.id, grants).can(_MANAGE, at=(unit_path, ""))


def tokens_within(session: Session, viewer: Viewer) -> Sequence[ApiToken]:
    """The keys of the places a viewer administers, whoever made them; those that are over last."""
    return session.scalars(
        select(ApiToken)
        .where(_inside(viewer))
        .order_by(ApiToken.ended_at.is_not(None), ApiToken.made_at.desc(), ApiToken.id.desc())
    ).all()


def token_within(session: Session, viewer: Viewer, public_id: str) -> ApiToken | None:
    """One of them."""
    if not is_public_id(public_id):
        return None
    return session.scalar(select(ApiToken).where(ApiToken.public_id == public_id, _inside(viewer)))


def _inside(viewer: Viewer) -> ColumnElement[bool]:
    return scope_condition(viewer, ApiToken.unit_path, literal(""), _MANAGE)
