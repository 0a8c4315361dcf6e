"""Keys to find and compare text by. Find with folded text, grade with accented text.

Every key is idempotent and equal for NFC and NFD. Keys are for machines; what people read is the
text itself.
"""

import re
import unicodedata

from registry.text.border import nfc
from registry.text.syllable import tone_placed

# đ does not decompose, and two look-alikes of its capital are common in old documents.
_D_WITH_STROKE = str.maketrans({"đ": "d", "Đ": "d", "Ð": "d", "ð": "d", "Ɖ": "d", "ɖ": "d"})
_LOOKALIKES = str.maketrans({"Ð": "đ", "ð": "đ", "Ɖ": "đ", "ɖ": "đ", "’": "'", "‐": "-", "‑": "-"})

# One token: letters and digits, joined inside by . & / and closed by + or #, or opened by one dot (".net").
_TOKEN = re.compile(r"(?:(?<![^\W_])\.(?=[^\W\d_]))?[^\W_]+(?:[.&/][^\W_]+)*(?:\++|#)?")
# "c #" and "c ++" are typed for C# and C++.
_SPLIT_SUFFIX = re.compile(r"\b([a-z]) +(\+\+|#)(?![^\W_])")
_MARK_OR_FORMAT = frozenset({"Mn", "Me", "Cf"})
# A syllable that is only an onset and y: kỹ/kĩ, lý/lí, mỹ/mĩ, sỹ/sĩ, tỷ/tỉ, hy/hi.
_FINAL_Y = re.compile(r"\b([bcdghklmnpqrstvx]*[hklmst])y\b")
_FINAL_Y_ACCENTED = re.compile(r"\b([bcdđghklmnpqrstvx]*[hklmst])([yýỳỷỹỵ])\b")
_I_FOR_Y = dict(zip("yýỳỷỹỵ", "iíìỉĩị", strict=True))
_QUI = re.compile(r"\bqu([iíìỉĩị])\b")
_Y_FOR_I = dict(zip("iíìỉĩị", "yýỳỷỹỵ", strict=True))


def fold(text: str) -> str:
    """The text without case, marks and separators, for finding: "Kỹ thuật, Điện" → "ky thuat dien".

    đ and its look-alikes become d. The signs + # . & / stay inside a token ("c++", "c#", ".net",
    "node.js", "kh&cn", "ci/cd"); everything else that is not a letter or digit becomes one space.
    """
    return _tokens_joined(_without_marks(text))


def accented_key(text: str) -> str:
    """Like `fold`, but with the marks kept, tones in one placement and i/y in one spelling.

    This is what gradings compare, since dropping marks merges different words (công chứng, công chúng).
    """
    lowered = nfc(tone_placed(text.translate(_LOOKALIKES)).casefold())
    return unify_i_and_y(_tokens_joined(lowered))


def match_key(text: str) -> str:
    """`fold` with y as i after h k l m s t in open syllables, so that "kĩ thuật" finds "kỹ thuật"."""
    return _QUI.sub("quy", _FINAL_Y.sub(r"\1i", fold(text)))


def unify_i_and_y(key: str) -> str:
    """The accented, lower-case key with "kĩ" for "kỹ" and "quý" for "quí"."""
    key = _FINAL_Y_ACCENTED.sub(lambda found: found.group(1) + _I_FOR_Y[found.group(2)], key)
    return _QUI.sub(lambda found: "qu" + _Y_FOR_I[found.group(1)], key)


def syllables(text: str) -> tuple[str, ...]:
    """The tokens of the text in order, NFC, case and marks kept: letters and digits with + # . & / inside."""
    return tuple(_TOKEN.findall(nfc(text)))


class _Folding(dict[int, str]):
    """A table for `str.translate` that folds one character at a time and remembers the common ones."""

    def __missing__(self, code: int) -> str:
        folded = _folded_char(chr(code))
        if code < _LAST_REMEMBERED:
            self[code] = folded
        return folded


# Latin, Greek, Cyrillic and Vietnamese letters: the table stays small whatever is typed.
_LAST_REMEMBERED = 0x2000
_FOLDING = _Folding()


def _without_marks(text: str) -> str:
    return text.lower() if text.isascii() else nfc(nfc(text).translate(_FOLDING))


def _folded_char(char: str) -> str:
    # Twice: case folding can bring marks ("İ" folds to i and a dot), and marks can hide case.
    for _ in range(2):
        decomposed = unicodedata.normalize("NFD", char.translate(_D_WITH_STROKE))
        char = "".join(c for c in decomposed if unicodedata.category(c) not in _MARK_OR_FORMAT).casefold()
    return unicodedata.normalize("NFC", char)


def _tokens_joined(lowered: str) -> str:
    return " ".join(_TOKEN.findall(_SPLIT_SUFFIX.sub(r"\1\2", lowered)))
