"""Keys for tests, and asking with one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from registry.accounts.models import Account
from registry.accounts.rules import Role
from registry.api.models import ApiToken
from registry.api.operations.tokens import make_token
from registry.api.rules import ApiScope
from tests.conftest import Client
from tests.factories.accounts import account

EVERYTHING = tuple(ApiScope)
READING = tuple(scope for scope in ApiScope if not scope.value.endswith(":write"))


@dataclass(frozen=True)
class Key:
    """A key with its text and whoever made it."""

    row: ApiToken
    text: str
    maker: Account

    @property
    def headers(self) -> dict[str, str]:
        """What a request carries."""
        return {"Authorization": f"Bearer {self.text}"}


def key(
    session: Session,
    *scopes: ApiScope,
    unit_path: str = "VN/12/",
    maker: Account | None = None,
    name: str = "Phần mềm thử",
    days: int = 90,
) -> Key:
    """A key of these scopes (all of them without any), made by an administrator of the country."""
    by = maker or account(session, Role.SYSTEM_ADMIN, "", name="Quản trị thử")
    at = datetime.now(UTC)
    row, text = make_token(
        session,
        name=name,
        scopes=scopes or EVERYTHING,
        unit_path=unit_path,
        by=by.id,
        at=at,
        expires_at=at + timedelta(days=days),
    )
    session.commit()
    return Key(row, text, by)


def get(client: Client, one: Key | None, path: str, **headers: str) -> Any:
    """Ask for an address under /api/v1."""
    return client.get(f"/api/v1{path}", headers=_headers(one, headers))


def send(client: Client, one: Key | None, path: str, body: Any, method: str = "POST", **headers: str) -> Any:
    """Send JSON to an address under /api/v1."""
    return client.open(f"/api/v1{path}", method=method, json=body, headers=_headers(one, headers))


def _headers(one: Key | None, more: Mapping[str, str]) -> dict[str, str]:
    named = {name.replace("_", "-"): value for name, value in more.items()}
    return ({} if one is None else one.headers) | named


def is_refused_as_program(rule: Any, answer: Any) -> bool:
    """Whether an address for programs said that a key is missing: a sign-in, half or whole, is nothing to it."""
    return rule.endpoint.startswith("api.") and answer.status_code in {401, 404}
