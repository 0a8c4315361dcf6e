"""Accounts for tests: one with a role on a scope, signed in without the slow hash when the password is not the point."""

from datetime import UTC, date, datetime
from functools import lru_cache
from itertools import count
from typing import Any

from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import update
from sqlalchemy.orm import Session

from registry.accounts.models import Account
from registry.accounts.operations import (
    PasswordHashing,
    create_account,
    grant_role,
    keep_secret,
    open_sign_in,
)
from registry.accounts.rules import Role, Scope
from registry.accounts.rules.second_factor import MUST_HAVE, code_of, step_at

PASSWORD = "đàn gà con chạy quanh sân"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
# The cheapest argon2id there is: tests check who may enter, not how long guessing takes.
CHEAP = PasswordHashing(8, 1, 1)
_START = date(2026, 1, 1)
_numbers = count(1)


@lru_cache(maxsize=64)
def cheap_hash(password: str) -> str:
    """The hash of a password at the lowest cost, made once."""
    return CHEAP.hash(password)


def account(
    session: Session,
    role: Role | None = Role.OFFICER,
    unit_path: str = "VN/12/",
    organisation_path: str = "",
    email: str | None = None,
    password: str = PASSWORD,
    name: str = "Phạm Thị Duyên",
    is_temporary: bool = False,
    has_factor: bool = True,
) -> Account:
    """An active account with one role (none with role=None), committed to the test's transaction.

    Whoever must have a second factor has one, unless `has_factor` says otherwise: its secret is SECRET.
    """
    made = create_account(
        session,
        email=email or f"can-bo-{next(_numbers)}@vidu.vn",
        display_name=name,
        password_hash=cheap_hash(password),
        by=None,
        at=datetime.now(UTC),
        is_temporary=is_temporary,
    )
    if role is not None:
        scope = Scope(unit_path, organisation_path)
        grant_role(session, made, role, scope, by=None, starts_on=_START, at=datetime.now(UTC))
    if has_factor and role in MUST_HAVE:
        keep_secret(session, made, SECRET, at=datetime.now(UTC))
    session.commit()
    return made


def fresh_code(session: Session, of: Account) -> str:
    """The six digits of this moment, as if the account had used none yet."""
    session.execute(update(Account).where(Account.id == of.id).values(totp_step=None))
    session.commit()
    return code_of(SECRET, step_at(datetime.now(UTC)))


def sign_in(client: FlaskClient, signed_in: Account) -> FlaskClient:
    """Sign the client in as this account, as the sign-in page would, but without the password."""
    of_test: Any = client  # conftest gives its client the session of the test
    session: Session = of_test.session
    token = open_sign_in(session, signed_in, device="Firefox · Linux", at=datetime.now(UTC))
    session.commit()
    with client.session_transaction() as cookie:
        cookie.clear()
        cookie["sign_in"] = token
    return client


def form_token(client: FlaskClient) -> str:
    """A token that this client's forms would carry."""
    with client.session_transaction() as cookie:
        raw: str = cookie.setdefault("csrf_token", "0" * 40)
    serializer: Any = URLSafeTimedSerializer(str(client.application.secret_key), salt="wtf-csrf-token")
    return str(serializer.dumps(raw))


def post(client: FlaskClient, path: str, fields: dict[str, Any] | None = None, **kwargs: Any) -> Any:
    """Send a form like a browser does: with its token."""
    return client.post(path, data={**(fields or {}), "csrf_token": form_token(client)}, **kwargs)
