"""What keys may open, how long, how often; cursors. Pure: no database, no clock."""

import hashlib
import json
import re
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from registry.accounts.rules import Permission


class ApiScope(StrEnum):
    """What a key may do, kind by kind; what is not named is closed."""

    PEOPLE_READ = "people:read"
    NEEDS_READ = "needs:read"
    NEEDS_WRITE = "needs:write"
    MATCHES_READ = "matches:read"
    SKILLS_READ = "skills:read"
    PLACES_READ = "places:read"
    CHANGES_READ = "changes:read"


PERMISSIONS: Mapping[ApiScope, Permission] = {
    ApiScope.PEOPLE_READ: Permission.PEOPLE_READ,
    ApiScope.NEEDS_READ: Permission.NEEDS_READ,
    ApiScope.NEEDS_WRITE: Permission.NEEDS_WRITE,
    ApiScope.MATCHES_READ: Permission.MATCHING_READ,
    ApiScope.SKILLS_READ: Permission.SKILLS_READ,
    ApiScope.PLACES_READ: Permission.PLACES_READ,
    ApiScope.CHANGES_READ: Permission.PEOPLE_READ,
}

TOKEN_BYTES = 32
"""256 bits: nobody guesses one, so that a fast hash of it may be kept."""
_TOKEN = re.compile(r"reg_[A-Za-z0-9_-]{43}", re.ASCII)
LONGEST_LIFE = timedelta(days=366)
TOUCH_EVERY = timedelta(minutes=2)

REQUESTS, WINDOW = 600, timedelta(minutes=5)
"""So many requests of one key pass in each window."""
STRANGERS = 60
"""So many requests without a good key pass from one network in each window."""

KEPT_FOR = timedelta(hours=24)
"""How long a write is remembered by its Idempotency-Key."""
_WRITE_KEY = re.compile(r"[!-~]{1,80}", re.ASCII)

PAGE, MOST_ON_PAGE = 50, 100
MOST_TEXTS, TEXT_LIMIT = 100, 200
MOST_BYTES = 256 * 1024
"""Larger bodies are refused before they are read."""
_LONGEST_CURSOR = 400


def new_token() -> str:
    """A fresh key; the beginning tells programs that look for leaked keys what it is."""
    return f"reg_{secrets.token_urlsafe(TOKEN_BYTES)}"


def is_token(text: str) -> bool:
    """Whether a text has the shape of a key; anything else need not reach the database."""
    return _TOKEN.fullmatch(text) is not None


def is_write_key(text: str) -> bool:
    """Whether a text may be an Idempotency-Key: 1 to 80 printable ASCII characters."""
    return _WRITE_KEY.fullmatch(text) is not None


def permissions_of(scopes: Iterable[str]) -> frozenset[Permission]:
    """The permissions that these scopes carry; words that are none carry none."""
    known = {scope.value: permission for scope, permission in PERMISSIONS.items()}
    return frozenset(known[scope] for scope in scopes if scope in known)


def is_touch_due(last_used_at: datetime | None, at: datetime) -> bool:
    """True when the note of the last use is old enough to be renewed."""
    return last_used_at is None or at - last_used_at >= TOUCH_EVERY


@dataclass(frozen=True)
class Budget:
    """What is left of a window: how many requests more, until it begins anew in so many seconds."""

    left: int
    seconds: int

    @property
    def is_spent(self) -> bool:
        return self.left < 0


def budget(used: int, since: datetime, at: datetime, most: int) -> Budget:
    """The budget after `used` requests of a window that began at `since`."""
    rest = since + WINDOW - at
    return Budget(most - used, max(1, -(-int(rest.total_seconds() * 1000) // 1000)))


def cursor_of(*parts: str | int) -> str:
    """A mark from which a list goes on; its inside is nobody's business and may change."""
    return urlsafe_b64encode(json.dumps(parts, separators=(",", ":")).encode()).decode().rstrip("=")


def parts_of(cursor: str, *kinds: type[str] | type[int]) -> tuple[str | int, ...] | None:
    """What a mark says, its parts being of these kinds; None for anything this registry did not make."""
    if len(cursor) > _LONGEST_CURSOR or not cursor.isascii():
        return None
    try:
        found = json.loads(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, list) or len(found) != len(kinds):  # pyright: ignore[reportUnknownArgumentType]
        return None
    parts: list[object] = list(found)  # pyright: ignore[reportUnknownArgumentType]
    if any(type(part) is not kind for part, kind in zip(parts, kinds, strict=True)):
        return None
    return tuple(found)  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]


def request_hash(method: str, path: str, body: bytes) -> str:
    """What tells two requests under one key apart."""
    return hashlib.sha256(b"\0".join((method.encode(), path.encode(), body))).hexdigest()
