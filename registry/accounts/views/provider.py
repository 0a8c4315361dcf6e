"""The sign-in service in requests: its name, the question somebody takes there, who came back. No routes here.

Both lie in the signed cookie of the browser that began: the question until it is answered, once; who came back sealed,
until the account is known.
"""

import json
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from hmac import compare_digest
from typing import Any

from flask import session as cookie
from flask import url_for
from sqlalchemy.orm import Session

from registry.accounts.rules.sign_on import IDENTITY_LASTS, QUESTION_LASTS, Identity
from registry.accounts.views.postman import settings
from registry.db.keys import WrongKey, keyring_of
from registry.web.errors import NotVisible
from registry.web.i18n import current_language
from registry.web.i18n import gettext as _
from registry.web.openid import OpenIdProvider, Question, provider

_QUESTION, _IDENTITY = "sign_on_question", "sign_on_identity"
_RANDOM_BYTES = 32


@dataclass(frozen=True)
class Begun:
    """A way to the service that one browser is on."""

    question: Question
    asked_at: datetime
    following: str


@dataclass(frozen=True)
class Came:
    """Somebody who came back and whose account is not known yet. `ticket` is good once."""

    identity: Identity
    following: str
    ticket: str


def the_provider() -> OpenIdProvider:
    """The sign-in service of this installation; without one there are no such pages."""
    found = provider()
    if found is None:
        raise NotVisible
    return found


def sign_on_label() -> str:
    """What the button says, in the language of the page; «» without a service."""
    found = provider()
    if found is None:
        return ""
    said = found.settings
    named = (said.label_en or said.label) if current_language() == "en" else said.label
    return named or _("dịch vụ đăng nhập chung")


def way_back() -> str:
    """The one address the service sends people back to: it begins with the configured public one."""
    return settings().public_url.rstrip("/") + url_for("accounts.sign_on_back")


def ask_question(at: datetime, following: str) -> Question:
    """A fresh question, remembered in the cookie of this browser."""
    state, nonce, verifier = (secrets.token_urlsafe(_RANDOM_BYTES) for _ in range(3))
    cookie[_QUESTION] = [state, nonce, verifier, int(at.timestamp()), following]
    return Question(state, nonce, verifier)


def answered_question(state: str, at: datetime) -> Begun | None:
    """The question of this browser whose state came back, taken out; None for another one and when it is too old."""
    kept: list[Any] | None = cookie.get(_QUESTION)
    if kept is None or not compare_digest(str(kept[0]).encode(), state.encode("utf-8", "replace")):
        return None
    del cookie[_QUESTION]
    own, nonce, verifier, asked_at, following = kept
    if at.timestamp() - int(asked_at) > QUESTION_LASTS.total_seconds():
        return None
    return Begun(Question(own, nonce, verifier), datetime.fromtimestamp(int(asked_at), UTC), str(following))


def remember_identity(session: Session, identity: Identity, following: str, at: datetime) -> None:
    """Keep who came back until the account is known."""
    came = Came(identity, following, secrets.token_urlsafe(_RANDOM_BYTES))
    cookie[_IDENTITY] = sealed_identity(session, came, at)


def remembered_identity(session: Session, at: datetime) -> Came | None:
    """Who came back in this browser, for a quarter of an hour."""
    kept = cookie.get(_IDENTITY)
    return opened_identity(session, kept, at) if isinstance(kept, str) else None


def forget_identity() -> None:
    """Nobody came back any more."""
    cookie.pop(_IDENTITY, None)


def sealed_identity(session: Session, came: Came, at: datetime, owner: str = "") -> str:
    """Who came back as one word nobody can read or change; with `owner` it is good for that account alone."""
    text = json.dumps([int(at.timestamp()), asdict(came)])
    return urlsafe_b64encode(keyring_of(session).seal(text, f"{_IDENTITY}:{owner}")).decode()


def opened_identity(session: Session, word: str, at: datetime, owner: str = "") -> Came | None:
    """Who a sealed word speaks of; None when it is none, too old or another account's."""
    try:
        text = keyring_of(session).open(urlsafe_b64decode(word), f"{_IDENTITY}:{owner}")
    except (ValueError, WrongKey):
        return None
    sealed_at, came = json.loads(text)
    if at.timestamp() - sealed_at > IDENTITY_LASTS.total_seconds():
        return None
    return Came(**(came | {"identity": Identity(**came["identity"])}))
