"""Signing in with an OpenID provider: what its claims say of somebody, and whether they answer what we asked. Pure.

Source of the checks: OpenID Connect Core 1.0, section 3.1.3.7 (ID token validation); RFC 9207 for the issuer that
comes back with the code.
"""

import hmac
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from registry.accounts.rules.addresses import is_email
from registry.accounts.rules.rights import Role

# From going to the provider until coming back, and from coming back until the account is told.
QUESTION_LASTS = timedelta(minutes=10)
IDENTITY_LASTS = timedelta(minutes=15)
# Clocks of two machines are never the same.
SKEW = timedelta(seconds=60)
_LONGEST_NAME = 120
# OpenID Connect Core 1.0, section 2: a subject has at most 255 characters.
_LONGEST_SUBJECT = 255


class NotTrusted(Exception):
    """An ID token that does not answer our question; `reason` is a word for the log, never a value of the token."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Asked:
    """What an ID token must answer: from whom, for whom, to which question, asked when."""

    issuer: str
    client_id: str
    nonce: str
    asked_at: datetime


@dataclass(frozen=True)
class ClaimNames:
    """Which claim says what; `strong` are the values that mean a second factor."""

    subject: str
    email: str
    verified: str
    name: str
    assurance: str
    strong: tuple[str, ...]


@dataclass(frozen=True)
class Identity:
    """Who the provider says has signed in. `email` is «» unless the provider has verified it."""

    issuer: str
    subject: str
    email: str
    name: str
    is_strong: bool


def check_answer(claims: Mapping[str, Any], asked: Asked, at: datetime) -> None:
    """Raise NotTrusted unless the claims answer this question, now, for us."""
    if claims.get("iss") != asked.issuer:
        raise NotTrusted("issuer")
    _check_audience(claims, asked.client_id)
    nonce = claims.get("nonce")
    if not isinstance(nonce, str) or not hmac.compare_digest(nonce.encode(), asked.nonce.encode()):
        raise NotTrusted("nonce")
    _check_times(claims, asked.asked_at, at)


def _check_audience(claims: Mapping[str, Any], client_id: str) -> None:
    said = claims.get("aud")
    audience: list[Any] = list(said) if isinstance(said, list) else [said]  # pyright: ignore[reportUnknownArgumentType]
    if client_id not in audience:
        raise NotTrusted("audience")
    party = claims.get("azp")
    if party not in (None, client_id) or (party is None and len(audience) > 1):
        raise NotTrusted("authorised_party")


def _check_times(claims: Mapping[str, Any], asked_at: datetime, at: datetime) -> None:
    expires, issued = _seconds(claims.get("exp")), _seconds(claims.get("iat"))
    not_before = _seconds(claims.get("nbf", 0))
    if expires is None or issued is None or not_before is None:
        raise NotTrusted("times_missing")
    now, skew = at.timestamp(), SKEW.total_seconds()
    if expires + skew <= now:
        raise NotTrusted("expired")
    if issued - skew > now or not_before - skew > now:
        raise NotTrusted("from_the_future")
    if issued + skew < asked_at.timestamp():
        raise NotTrusted("older_than_the_question")


def _seconds(value: Any) -> float | None:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return float(value) if is_number and abs(value) < 1e12 else None


def identity_of(claims: Mapping[str, Any], names: ClaimNames) -> Identity:
    """Who the claims speak of. Raises NotTrusted without a subject."""
    subject = claims.get(names.subject)
    if isinstance(subject, int) and not isinstance(subject, bool):
        subject = str(subject)
    if not isinstance(subject, str) or not 0 < len(subject) <= _LONGEST_SUBJECT:
        raise NotTrusted("subject")
    email = claims.get(names.email)
    is_verified = claims.get(names.verified) is True or claims.get(names.verified) == "true"
    has_address = is_verified and isinstance(email, str) and is_email(email)
    name = claims.get(names.name)
    return Identity(
        issuer=str(claims["iss"]),
        subject=subject,
        email=str(email) if has_address else "",
        name=" ".join(name.split())[:_LONGEST_NAME] if isinstance(name, str) and name.isprintable() else "",
        is_strong=bool(set(_said(claims, names.assurance)) & set(names.strong)),
    )


def _said(claims: Mapping[str, Any], assurance: str) -> list[str]:
    """How strongly somebody signed in there: the assurance claim, and the methods (RFC 8176)."""
    words: list[Any] = []
    for value in (claims.get(assurance), claims.get("amr")):
        words += value if isinstance(value, list) else [value]
    return [word for word in words if isinstance(word, str)]


def roles_of(words: Iterable[str]) -> frozenset[Role]:
    """The roles these words name. Raises ValueError for a word that names none."""
    return frozenset(Role(word) for word in words)


def may_use(held: Iterable[Role], allowed: frozenset[Role]) -> bool:
    """Whether an account with these roles in force may come in this way: all of them must be allowed."""
    return set(held) <= allowed
