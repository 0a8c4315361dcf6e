"""The border: what typed, pasted and uploaded text becomes before anything else sees it.

One rule for invisible characters, the same for forms, files and commands:

* removed: zero-width characters, soft hyphens, byte-order marks and other format characters;
  they come with pasted text and nobody can see them;
* refused: control characters (NUL, C0, C1), direction marks and overrides, lone surrogates, the
  replacement character (the sign that bytes were not UTF-8), non-characters and private-use
  characters, and piles of combining marks.

Line breaks and tabs become spaces in text of one line, since spreadsheet cells hold them.
"""

import re
import unicodedata
from typing import Literal

Refusal = Literal["control", "bidi", "too_long", "encoding"]

# Direction marks, embeddings, overrides and isolates: they reorder what the reader sees.
_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_BROKEN = re.compile("[\ud800-\udfff\ufffd\ufdd0-\ufdef\ufffe\uffff\ue000-\uf8ff]|[\U000f0000-\U0010ffff]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200d\u2060-\u2064\u206a-\u206f\u3164\ufe00-\ufe0f"
    "\ufeff\uffa0\ufff9-\ufffb\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_LINE_BREAK = re.compile("\r\n|[\r\x85\u2028\u2029]")
_BLANKS = re.compile(r"\s+")
_BLANKS_IN_LINE = re.compile(r"[^\S\n\t]+")
_PILE = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{4,}")

# Composed Latin letters, digits and signs, one blank between words: what people type. Nothing in it is to be refused,
# left out or joined, which one look tells instead of six.
_PLAIN = re.compile(
    "[!-~\u00a1-\u00ac\u00ae-\u02ff\u1e00-\u1eff]+(?: [!-~\u00a1-\u00ac\u00ae-\u02ff\u1e00-\u1eff]+)*"
)

# A letter of Vietnamese takes at most three code points when decomposed, so anything longer than
# four times the limit is refused before it costs any work.
_LONGEST_DECOMPOSITION = 4


class TextRefused(ValueError):
    """Text that may not enter, with the reason; the message for people is made by forms and readers."""

    def __init__(self, reason: Refusal) -> None:
        super().__init__(reason)
        self.reason: Refusal = reason


def nfc(value: str) -> str:
    """The composed form of Unicode, in which all text is kept."""
    return unicodedata.normalize("NFC", value)


def clean(value: str, *, limit: int, multiline: bool = False) -> str:
    """The value as it may be stored: NFC, trimmed, without invisible characters, at most `limit` code points.

    In one line all runs of white space become one space; with `multiline` line breaks become "\\n"
    and indentation is kept. Raises `TextRefused` with the reason. Applying it twice changes nothing.
    """
    if len(value) <= limit and _PLAIN.fullmatch(value):
        return value
    if len(value) > limit * _LONGEST_DECOMPOSITION and len(value.strip()) > limit * _LONGEST_DECOMPOSITION:
        raise TextRefused("too_long")
    _refuse_unreadable(value)
    text = nfc(_INVISIBLE.sub("", value))
    if _PILE.search(text):
        raise TextRefused("control")
    text = _lines(text) if multiline else _BLANKS.sub(" ", text).strip()
    if len(text) > limit:
        raise TextRefused("too_long")
    return text


def _refuse_unreadable(value: str) -> None:
    if _BROKEN.search(value):
        raise TextRefused("encoding")
    if _CONTROL.search(value):
        raise TextRefused("control")
    if _BIDI.search(value):
        raise TextRefused("bidi")


def _lines(text: str) -> str:
    text = _LINE_BREAK.sub("\n", text)
    lines = [_BLANKS_IN_LINE.sub(" ", line).rstrip() for line in text.split("\n")]
    return "\n".join(lines).strip()
