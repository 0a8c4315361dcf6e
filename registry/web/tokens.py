"""Form tokens that look different on every page.

Pages are compressed, and the length of what is compressed tells how often something in it repeats (the attack called
BREACH: Gluck, Harris, Prado 2013): whoever may put words into a page of somebody else and sees its length could guess a
secret in it letter by letter. The token of Flask-WTF is such a secret; of its three parts the first is the same on every
page of a sign-in, and all are on two pages of one second. Hence it is covered before it is shown: sixteen fresh random
bytes, then the token XORed with what SHAKE128 makes of these. Uncovered, it is the library that judges it.

Who already has a page with an uncovered token, from before an upgrade, may still send it: that it is covered protects it
on the way out only.
"""

import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from hashlib import shake_128

_RANDOM_BYTES = 16
_LONGEST = 1_000


def covered(token: str) -> str:
    """The token as a page shows it; another text at every call, of the alphabet of addresses."""
    fresh = secrets.token_bytes(_RANDOM_BYTES)
    return urlsafe_b64encode(fresh + _xored(token.encode(), fresh)).decode().rstrip("=")


def uncovered(sent: str) -> str:
    """What was covered; anything else as it is, for the library to refuse. Its own tokens hold a full stop."""
    if "." in sent or len(sent) > _LONGEST:
        return sent
    try:
        whole = urlsafe_b64decode(sent + "=" * (-len(sent) % 4))
        return _xored(whole[_RANDOM_BYTES:], whole[:_RANDOM_BYTES]).decode("ascii")
    except ValueError:
        return sent


def _xored(text: bytes, fresh: bytes) -> bytes:
    stream = shake_128(fresh).digest(len(text))
    both = int.from_bytes(text) ^ int.from_bytes(stream)
    return both.to_bytes(len(text))
