"""Keys to find and compare text by. Find with folded text, grade with accented text.

Every key is idempotent and equal for NFC and NFD. Keys are for machines; what people read is the
text itself.
"""

import re
import unicodedata
from collections.abc import Sequence

from registry.text.border import nfc
from registry.text.syllable import tone_placed

# đ does not decompose, and two look-alikes of its capital are common in old documents.
_D_WITH_STROKE = str.maketrans({"đ": "d", "Đ": "d", "Ð": "d", "ð": "d", "Ɖ": "d", "ɖ": "d"})
_LOOKALIKES = str.maketrans({"Ð": "đ", "ð": "đ", "Ɖ": "đ", "ɖ": "đ", "’": "'", "‐": "-", "‑": "-"})

# One token: letters and digits, joined inside by . & / and closed by + or #, or opened by one dot (".net").
_TOKEN = re.compile(r"(?:(?<![^\W_])\.(?=[^\W\d_]))?[^\W_]+(?:[.&/][^\W_]+)*(?:\++|#)?")
# Many texts are made keys of in one go, one a line.
_LINE = "\n"
_TOKEN_OR_LINE = re.compile(rf"{_TOKEN.pattern}|{_LINE}")
# "c #" and "c ++" are typed for C# and C++.
_SPLIT_SUFFIX = re.compile(r"\b([a-z]) +(\+\+|#)(?![^\W_])")
_MARK_OR_FORMAT = frozenset({"Mn", "Me", "Cf"})
# A syllable that is only an onset and y: kỹ/kĩ, lý/lí, mỹ/mĩ, sỹ/sĩ, tỷ/tỉ, hy/hi.
_FINAL_Y = re.compile(r"\b([bcdghklmnpqrstvx]*[hklmst])y\b")
_FINAL_Y_ACCENTED = re.compile(r"\b([bcdđghklmnpqrstvx]*[hklmst])([yýỳỷỹỵ])\b")
_I_FOR_Y = dict(zip("yýỳỷỹỵ", "iíìỉĩị", strict=True))
_I_OR_Y = frozenset("iyIY")
_QUI = re.compile(r"\bqu([iíìỉĩị])\b")
_Y_FOR_I = dict(zip("iíìỉĩị", "yýỳỷỹỵ", strict=True))
_I_OR_Y_MARKED = frozenset((*_I_FOR_Y, *_Y_FOR_I))


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
    if text.isascii() and text.isalnum():
        # One word without marks: only its last letter may be written otherwise.
        return unify_i_and_y(text.lower()) if text[-1] in _I_OR_Y else text.lower()
    lowered = nfc(tone_placed(text.translate(_LOOKALIKES)).casefold())
    if lowered.isalnum() and lowered[-1] not in _I_OR_Y_MARKED:
        return lowered
    return unify_i_and_y(_tokens_joined(lowered))


def match_key(text: str) -> str:
    """`fold` with y as i after h k l m s t in open syllables, so that "kĩ thuật" finds "kỹ thuật"."""
    return _QUI.sub("quy", _FINAL_Y.sub(r"\1i", fold(text)))


def label_keys(texts: Sequence[str]) -> list[tuple[str, str]]:
    """The `match_key` and `accented_key` of every text, many times as fast as one by one.

    Texts of plain words are put together from the keys of their words, of which there are few.
    """
    plain = {text: text.split(" ") for text in texts if _is_plain(text)}
    words = list({word for parts in plain.values() for word in parts})
    folded, accented = _keys_in_one(words)
    other = [text for text in texts if text not in plain]
    keys = dict(zip(other, zip(*_keys_in_one(other), strict=True), strict=True))
    of_folded, of_accented = dict(zip(words, folded, strict=True)), dict(zip(words, accented, strict=True))
    for text, parts in plain.items():
        keys[text] = (
            " ".join([of_folded[part] for part in parts]),
            " ".join([of_accented[part] for part in parts]),
        )
    return [keys[text] for text in texts]


def _is_plain(text: str) -> bool:
    """Only words of letters and digits, with one blank between them."""
    return "  " not in text and text == text.strip(" ") and text.replace(" ", "").isalnum()


def _keys_in_one(texts: Sequence[str]) -> tuple[list[str], list[str]]:
    """Both keys of texts joined by line breaks, unless one of them holds such."""
    joined = _LINE.join(texts)
    if joined.count(_LINE) >= max(len(texts), 1):
        return [match_key(text) for text in texts], [accented_key(text) for text in texts]
    folded = _QUI.sub("quy", _FINAL_Y.sub(r"\1i", _lines_joined(_without_marks(joined))))
    lowered = nfc(tone_placed(joined.translate(_LOOKALIKES)).casefold())
    accented = unify_i_and_y(_lines_joined(lowered))
    return _split_lines(folded, len(texts)), _split_lines(accented, len(texts))


def _lines_joined(lowered: str) -> str:
    return " ".join(_TOKEN_OR_LINE.findall(_SPLIT_SUFFIX.sub(r"\1\2", lowered)))


def _split_lines(joined: str, count: int) -> list[str]:
    return [line.strip(" ") for line in joined.split(_LINE)][:count]


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
    if lowered.isalnum():
        return lowered
    return " ".join(_TOKEN.findall(_SPLIT_SUFFIX.sub(r"\1\2", lowered)))
