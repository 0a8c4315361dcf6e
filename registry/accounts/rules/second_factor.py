"""The second step of signing in: six digits that change, recovery codes, how often one may try. Pure."""

import base64
import hmac
import secrets
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from pyotp.hotp import HOTP
from pyotp.totp import TOTP

from registry.accounts.rules.rights import Role

# Whoever may see or change what belongs to others; people with a profile of their own are offered it.
MUST_HAVE = frozenset({Role.OFFICER, Role.CAMPAIGN_ADMIN, Role.SYSTEM_ADMIN, Role.AUDITOR})
# RFC 6238: a code stands for thirty seconds, and clocks may differ by one such step.
STEP_SECONDS = 30
_DRIFT = (0, -1, 1)
_SECRET_BYTES = 20
# Between the password and the second step; long enough to fetch a telephone.
HALF_SIGN_IN = timedelta(minutes=10)
# What is dangerous asks again for password and code when the last proof is older.
PROOF_LASTS = timedelta(minutes=15)
# At most so many tries within so long (the figures of PyPI).
TRIES = ((5, timedelta(minutes=5)), (20, timedelta(hours=1)), (50, timedelta(days=1)))
LONGEST_TRIES = timedelta(days=1)

RECOVERY_CODES = 10
# Easily told apart on paper: no 0 and o, no 1, i and l. Ten of them are 49 bits.
_RECOVERY_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
_RECOVERY_LENGTH = 10


def must_have_second_factor(roles: Iterable[Role]) -> bool:
    """Whether an account with these roles in force may do nothing without a second factor."""
    return not MUST_HAVE.isdisjoint(roles)


def new_secret() -> str:
    """A secret of 160 random bits in base 32, as authenticator apps take it."""
    return secret_of(secrets.token_bytes(_SECRET_BYTES))


def secret_of(random_bytes: bytes) -> str:
    """The first 160 bits in base 32. Raises ValueError for fewer."""
    if len(random_bytes) < _SECRET_BYTES:
        raise ValueError("a secret needs 20 bytes")
    return base64.b32encode(random_bytes[:_SECRET_BYTES]).decode("ascii")


def spelled_secret(secret: str) -> str:
    """The secret in groups of four, for typing."""
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))


def enrolment_address(secret: str, email: str, issuer: str) -> str:
    """What the square picture says: an `otpauth://` address (Key URI Format of Google Authenticator)."""
    return TOTP(secret).provisioning_uri(name=email, issuer_name=issuer)


def step_at(at: datetime) -> int:
    """The number of the thirty seconds that an instant belongs to."""
    return int(at.timestamp()) // STEP_SECONDS


def code_of(secret: str, step: int) -> str:
    """The six digits of a step."""
    return HOTP(secret).at(step)


def matching_step(secret: str, typed: str, at: datetime) -> int | None:
    """The step whose code was typed: this one, the one before or the one after; None when it is none of them."""
    digits = spelled_code(typed)
    found: int | None = None
    for drift in _DRIFT:  # all three, whatever fits, so that the time taken says nothing
        step = step_at(at) + drift
        if hmac.compare_digest(code_of(secret, step).encode(), digits.encode()) and found is None:
            found = step
    return found


def spelled_code(typed: str) -> str:
    """The digits without blanks between them; digits of wide keyboards are digits too."""
    return "".join(unicodedata.normalize("NFKC", typed[:40]).encode("ascii", "ignore").decode().split())


def wait_before_try(tries: Sequence[datetime], at: datetime) -> timedelta:
    """How long the next try must wait, given the instants of the former ones; zero when it may come."""
    waits = [timedelta(0)]
    for most, within in TRIES:
        recent = sorted(one for one in tries if at - one < within)
        if len(recent) >= most:
            waits.append(recent[-most] + within - at)
    return max(waits)


def new_recovery_code() -> str:
    """A code of two groups, for the day the telephone is lost."""
    letters = "".join(secrets.choice(_RECOVERY_LETTERS) for _ in range(_RECOVERY_LENGTH))
    return f"{letters[:5]}-{letters[5:]}"


def spelled_recovery_code(typed: str) -> str:
    """A recovery code as it is hashed: capitals, blanks and strokes do not matter."""
    plain = unicodedata.normalize("NFKC", typed[:100]).casefold()
    return "".join(letter for letter in plain if letter in _RECOVERY_LETTERS)


def is_proof_fresh(proved_at: datetime | None, at: datetime) -> bool:
    """Whether the last proof of who one is still counts for what is dangerous."""
    return proved_at is not None and at - proved_at <= PROOF_LASTS
