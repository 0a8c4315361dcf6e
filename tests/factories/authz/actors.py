"""Every kind of actor, signed in by a real sign-in record; the cookie is made here, since the form is not the point."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from flask import Flask
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.accounts.models import Account, AccountSession
from registry.accounts.operations import end_all_sign_ins, grant_role, open_sign_in, suspend_account
from registry.accounts.rules import Role, Scope
from registry.accounts.rules.second_factor import PROOF_LASTS
from registry.api.operations.tokens import end_token
from registry.api.rules import ApiScope
from tests.factories.accounts import account
from tests.factories.api import READING, key

A, B = "VN/12/", "VN/01/"
BELOW = "VN/12/03388/"
"""A commune of A."""

_BUT_PLACES = tuple(scope for scope in ApiScope if scope is not ApiScope.PLACES_READ)
_FORM_SECRET = "0" * 40


@dataclass(frozen=True)
class Actor:
    """An account (none: nobody is signed in) and the cookies of a fresh sign-in and of one proved long ago.

    `key` is what a program sends instead.
    """

    name: str
    account: Account | None
    fresh: str
    stale: str
    key: str = ""

    @property
    def headers(self) -> dict[str, str]:
        """What goes along beside the cookies."""
        return {"Authorization": f"Bearer {self.key}"} if self.key else {}


def form_fields(app: Flask) -> dict[str, str]:
    """The token that every form of these cookies carries."""
    serializer: Any = URLSafeTimedSerializer(str(app.secret_key), salt="wtf-csrf-token")
    return {"csrf_token": str(serializer.dumps(_FORM_SECRET))}


def nobody(app: Flask) -> Actor:
    """A browser in which nobody is signed in."""
    cookie = _cookie(app, None)
    return Actor("anon", None, cookie, cookie)


def make_accounts(session: Session, organisation_path: str) -> dict[str, Account]:
    """The accounts of the actors by their short names, as the file of expectations calls them."""
    officer, admin, candidate = Role.OFFICER, Role.CAMPAIGN_ADMIN, Role.CANDIDATE
    made = {
        "new": account(session, candidate, "", name="Người mới"),
        "self": account(session, candidate, "", name="Người của hồ sơ A"),
        "cand": account(session, candidate, "", name="Người của hồ sơ B"),
        "offA": account(session, officer, A, name="Cán bộ tỉnh A"),
        "offB": account(session, officer, B, name="Cán bộ tỉnh B"),
        "offU": account(session, officer, BELOW, name="Cán bộ xã của A"),
        "offO": account(session, officer, A, organisation_path, name="Cán bộ cơ quan của A"),
        "cadA": account(session, admin, A, name="Quản trị chiến dịch A"),
        "cadN": account(session, admin, "", name="Quản trị chiến dịch cả nước"),
        "sysA": account(session, Role.SYSTEM_ADMIN, A, name="Quản trị hệ thống A"),
        "sysN": account(session, Role.SYSTEM_ADMIN, "", name="Quản trị hệ thống cả nước"),
        "audN": account(session, Role.AUDITOR, "", name="Kiểm toán cả nước"),
        "mixd": account(session, officer, B, name="Hai vai trò"),
        "duo": account(session, officer, B, name="Cán bộ và quản trị hệ thống"),
        "susp": account(session, officer, A, name="Bị tạm khóa"),
        "ende": account(session, officer, A, name="Phiên đã kết thúc"),
        "nofa": account(session, officer, A, has_factor=False, name="Chưa có lớp thứ hai"),
        "temp": account(session, officer, A, is_temporary=True, name="Mật khẩu một lần"),
        "past": account(session, None, name="Vai trò đã hết"),
    }
    at = datetime.now(UTC)
    grant_role(session, made["mixd"], admin, Scope(A), by=None, starts_on=date(2026, 1, 1), at=at)
    grant_role(session, made["duo"], Role.SYSTEM_ADMIN, Scope(), by=None, starts_on=date(2026, 1, 1), at=at)
    granted = grant_role(session, made["past"], officer, Scope(A), by=None, starts_on=date(2026, 1, 1), at=at)
    granted.ends_on = date(2026, 1, 2)
    session.commit()
    return made


def signed_in(app: Flask, session: Session, accounts: Mapping[str, Account]) -> dict[str, Actor]:
    """The actors, each with both sign-ins; what takes some of them their right happens after they signed in."""
    made = {"anon": nobody(app)}
    at = datetime.now(UTC)
    for name, one in accounts.items():
        tokens = [open_sign_in(session, one, device=f"Máy của {name}", at=at) for _ in range(2)]
        session.flush()
        _set_proofs(session, one, at)
        made[name] = Actor(name, one, *(_cookie(app, token) for token in tokens))
    suspend_account(session, accounts["susp"], by=None, reason="thử", at=at, on=at.date())
    end_all_sign_ins(session, accounts["ende"], because="ended", by=accounts["ende"].id, at=at)
    session.commit()
    return made


def with_keys(app: Flask, session: Session) -> dict[str, Actor]:
    """Programs with a key: of A that reads, that reads and writes; of B for all but places; one that ended, one whose maker is suspended;
    of A for places alone. The last comes with the cookie of an officer besides.
    """
    maker = account(session, Role.SYSTEM_ADMIN, "", name="Người tạo khóa")
    lost = account(session, Role.SYSTEM_ADMIN, "", name="Người tạo khóa bị khóa")
    made = {
        "keyR": key(session, *READING, unit_path=A, maker=maker, name="Khóa đọc A"),
        "keyW": key(session, unit_path=A, maker=maker, name="Khóa ghi A"),
        "keyB": key(session, *_BUT_PLACES, unit_path=B, maker=maker, name="Khóa ghi B"),
        "keyE": key(session, unit_path=A, maker=maker, name="Khóa đã hết"),
        "keyM": key(session, unit_path=A, maker=lost, name="Khóa mất người tạo"),
        "keyP": key(session, ApiScope.PLACES_READ, unit_path=A, maker=maker, name="Khóa địa bàn"),
    }
    at = datetime.now(UTC)
    end_token(session, made["keyE"].row, by=maker.id, reason="thử", at=at)
    suspend_account(session, lost, by=None, reason="thử", at=at, on=at.date())
    session.commit()
    cookie = _cookie(app, None)
    return {name: Actor(name, None, cookie, cookie, one.text) for name, one in made.items()}


def _set_proofs(session: Session, one: Account, at: datetime) -> None:
    """The first sign-in stays as good as just proved however long a run takes, the last was proved long ago."""
    own = select(AccountSession).where(AccountSession.account_id == one.id).order_by(AccountSession.id)
    fresh, stale = session.scalars(own).all()[-2:]
    fresh.proved_at = at + timedelta(days=1)
    stale.proved_at = at - PROOF_LASTS - timedelta(minutes=1)


def _cookie(app: Flask, token: str | None) -> str:
    held = {"csrf_token": _FORM_SECRET} | ({} if token is None else {"sign_in": token})
    interface: Any = app.session_interface
    serializer: Any = interface.get_signing_serializer(app)
    return f"{app.config['SESSION_COOKIE_NAME']}={serializer.dumps(held)}"
