"""Single-use links and codes: what they are for, how long they live, what the table keeps of them. Pure."""

import secrets
from datetime import timedelta
from enum import StrEnum

from registry.accounts.rules.sign_in import TOKEN_BYTES, token_hash

CODE_DIGITS = 6
MOST_CODE_TRIES = 5


class LinkPurpose(StrEnum):
    """What a link is good for; one of another purpose opens nothing."""

    REGISTRATION = "registration"
    PASSWORD = "password"  # noqa: S105 - a purpose, not a secret
    EMAIL = "email"
    INVITATION = "invitation"
    SIGN_ON = "sign_on"


class LinkEnd(StrEnum):
    """Why a link opens nothing any more."""

    USED = "used"
    REPLACED = "replaced"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105 - a reason, not a secret
    EMAIL_CHANGED = "email_changed"


LIFETIME: dict[LinkPurpose, timedelta] = {
    LinkPurpose.REGISTRATION: timedelta(hours=1),
    LinkPurpose.PASSWORD: timedelta(hours=1),
    LinkPurpose.EMAIL: timedelta(hours=1),
    LinkPurpose.INVITATION: timedelta(days=14),
    LinkPurpose.SIGN_ON: timedelta(minutes=15),
}


def new_link_token() -> str:
    """A token for a link: 256 random bits."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def new_code() -> str:
    """Six random digits to type; five tries and an hour are all that anybody has for them."""
    return "".join(secrets.choice("0123456789") for _ in range(CODE_DIGITS))


def link_hash(token: str) -> str:
    """What the table keeps of a token."""
    return token_hash(token)


def typed_code(text: str) -> str:
    """The code somebody typed, blanks and a hyphen in it forgiven; «» for what is none."""
    bare = text.replace(" ", "").replace("-", "")
    return bare if len(bare) == CODE_DIGITS and bare.isascii() and bare.isdigit() else ""
