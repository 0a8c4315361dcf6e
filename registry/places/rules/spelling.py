"""How names of places are compared: found by a key without marks, graded with them."""

import re
from enum import IntEnum
from functools import lru_cache

from registry.places.rules.kinds import Tokens
from registry.text import accented_key, match_key

_APOSTROPHE = re.compile("[’‘'`´]\\s*")
_SEPARATOR = re.compile(r"[.\-–—_&/+#]")
_ZEROS = re.compile(r"\b0+(?=\d)")
# «P1», «Q.3» and «F12»: a kind letter written against the number that is the name.
_LETTER_AND_NUMBER = re.compile(r"\b([pqfPQF])(?=\d)")
# One word of the highlands, written three ways in the official lists themselves.
_SPELLINGS = {"đăk": "đắk", "đak": "đắk", "lăk": "lắk"}


class Grade(IntEnum):
    """How well a typed name agrees with a name of the list in its marks."""

    CONFLICT = 0
    LENIENT = 1
    EXACT = 2


@lru_cache(maxsize=65_536)
def name_tokens(text: str) -> Tokens:
    """The words of a name in lower case with their marks, tones in one placement: what is graded."""
    plain = _SEPARATOR.sub(" ", _APOSTROPHE.sub("", text))
    plain = _ZEROS.sub("", _LETTER_AND_NUMBER.sub(r"\1 ", plain))
    return tuple(_SPELLINGS.get(token, token) for token in accented_key(plain).split())


def key_of(tokens: Tokens) -> str:
    """The key to find by: no marks, no spaces («Kontum» and «Kon Tum» are one)."""
    return "".join(map(_plain, tokens))


def grade(typed: Tokens, name: Tokens) -> Grade:
    """Compare two names whose keys are equal. An unmarked word fits any marks, a marked one only itself."""
    if typed == name or "".join(typed) == "".join(name):
        return Grade.EXACT
    if len(typed) != len(name):
        return Grade.LENIENT if all(token.isascii() for token in typed) else Grade.CONFLICT
    fits = all(t == n or (t.isascii() and _plain(n) == t) for t, n in zip(typed, name, strict=True))
    return Grade.LENIENT if fits else Grade.CONFLICT


@lru_cache(maxsize=65_536)
def _plain(token: str) -> str:
    return match_key(token).replace(" ", "")
