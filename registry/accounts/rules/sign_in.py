"""How long a sign-in lasts and what the server keeps of its token. Pure."""

import hashlib
from datetime import datetime, timedelta

# A working day at the longest, and a lunch break of silence.
LONGEST = timedelta(hours=12)
LONGEST_SILENCE = timedelta(minutes=60)
# A page view renews the last use at most this often: reading must not become writing.
TOUCH_EVERY = timedelta(minutes=2)
# A password somebody else made is good for a first sign-in within a week.
TEMPORARY_PASSWORD = timedelta(days=7)
TOKEN_BYTES = 32


def token_hash(token: str) -> str:
    """What the table keeps of a token. It has 256 random bits, so a fast hash cannot be guessed back."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def is_live(last_seen_at: datetime, expires_at: datetime, ended_at: datetime | None, at: datetime) -> bool:
    """True while a sign-in has neither ended, nor grown too old, nor been silent too long."""
    return ended_at is None and at < expires_at and at - last_seen_at < LONGEST_SILENCE


def is_touch_due(last_seen_at: datetime, at: datetime) -> bool:
    """True when the note of the last use is old enough to be renewed."""
    return at - last_seen_at >= TOUCH_EVERY
