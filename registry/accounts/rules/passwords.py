"""Which passwords are refused and how one is spelled before it is hashed. Pure."""

import re
import unicodedata
from collections.abc import Collection, Iterable
from datetime import date
from enum import StrEnum

MIN_CHARACTERS = 8
MAX_BYTES = 1024


# What people put behind a word to make it pass for a password.
_ENDINGS = "0123456789!@#$%^&*.?-_"


class PasswordFault(StrEnum):
    """Why a password cannot be set. There is no rule about kinds of characters, on purpose."""

    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    COMMON = "common"
    PREDICTABLE = "predictable"
    PERSONAL = "personal"


def spelled(password: str) -> bytes:
    """The bytes that are hashed: NFKC, so that macOS (NFD), Windows (NFC) and full-width keys agree.

    A lone surrogate cannot come from a keyboard; it is kept apart rather than raising an error.
    """
    return unicodedata.normalize("NFKC", password).encode("utf-8", "surrogatepass")


def is_too_long(password: str) -> bool:
    """True beyond 1,024 bytes: such a text is never normalised or hashed."""
    return len(password) > MAX_BYTES or len(password.encode("utf-8", "surrogatepass")) > MAX_BYTES


def password_fault(password: str, common: Collection[str], context: Iterable[str]) -> PasswordFault | None:
    """The first reason to refuse this password, None when it is fine.

    `common` are well-known passwords as `guessing_form` spells them; `context` are words around the account
    (its address, its name, the product).
    """
    if is_too_long(password):
        return PasswordFault.TOO_LONG
    if len(unicodedata.normalize("NFKC", password)) < MIN_CHARACTERS:
        return PasswordFault.TOO_SHORT
    form = guessing_form(password)
    if form in common or form.rstrip(_ENDINGS) in common:
        return PasswordFault.COMMON
    if _is_predictable(form):
        return PasswordFault.PREDICTABLE
    return PasswordFault.PERSONAL if _is_made_of(form, context) else None


def guessing_form(password: str) -> str:
    """What a guesser tries first: no marks, no capitals, no blanks."""
    bare = unicodedata.normalize("NFKD", password).casefold().replace("đ", "d")
    return "".join(c for c in bare if not unicodedata.combining(c) and not c.isspace())


_KEYBOARD_ROWS = (
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "1234567890",
    "0987654321",
    "abcdefghijklmnopqrstuvwxyz",
)
_PHONE = re.compile(r"(?:0|84|\+84)[235789][0-9]{8}", re.ASCII)


def _is_predictable(form: str) -> bool:
    """One to three characters over and over, a run along the keyboard, a date or a telephone number."""
    if any(form == (form[:size] * len(form))[: len(form)] for size in (1, 2, 3)):
        return True
    if any(form in row * 2 or form in (row * 2)[::-1] for row in _KEYBOARD_ROWS):
        return True
    return _PHONE.fullmatch(form) is not None or _is_date(form)


def _is_date(form: str) -> bool:
    digits = re.sub(r"[-/.]", "", form)
    if re.fullmatch(r"[0-9]{8}", digits, re.ASCII) is None:
        return False
    return _exists(digits[4:], digits[2:4], digits[:2]) or _exists(digits[:4], digits[4:6], digits[6:])


def _exists(year: str, month: str, day: str) -> bool:
    if not 1900 <= int(year) <= 2100:
        return False
    try:
        date(int(year), int(month), int(day))
    except ValueError:
        return False
    return True


def _is_made_of(form: str, context: Iterable[str]) -> bool:
    """True when nothing but digits and signs is left once a word around the account is taken out."""
    words = {word for text in context for word in _words(text) if len(word) >= 3}
    letters = re.sub(r"[^a-z]", "", form)
    return bool(letters) and any(letters in (word, word * 2) for word in words)


def _words(text: str) -> set[str]:
    """The text's words, alone and run together, as a guesser spells them."""
    parts = [re.sub(r"[^a-z]", "", guessing_form(part)) for part in re.split(r"[\s@._+-]+", text)]
    return {*parts, "".join(parts)}
