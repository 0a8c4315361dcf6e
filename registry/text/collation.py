"""Sort keys: ASCII strings whose bytewise order is the order of a Vietnamese dictionary.

Dictionaries order syllable by syllable: first the letters (a ă â b c d đ e ê … o ô ơ … u ư … y),
then the tone (ngang huyền hỏi ngã sắc nặng), so every "ba …" stands before every "bà …". Numbers
sort by value and before letters. Columns that hold these keys must be compared bytewise.
"""

import re
import unicodedata
from functools import lru_cache

from registry.text.border import nfc
from registry.text.syllable import TONE_MARKS, split_tone

_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_CODE = {letter: chr(ord("A") + place) for place, letter in enumerate(_ALPHABET)}
_LOOKALIKES = str.maketrans({"Ð": "đ", "ð": "đ", "Ɖ": "đ", "ɖ": "đ"})
_PART = re.compile(r"[0-9]+|[^\W_]+|[+#&./]+")
_PIECE = re.compile(r"[0-9]+|[^0-9]")
# Below every letter and digit code, so that a shorter syllable comes first and tones decide last.
_TONE_FOLLOWS = "!"
_LONGEST_NUMBER = 9


def sort_key(text: str) -> str:
    """The key of any text; equal for NFC and NFD, for upper and lower case."""
    lowered = nfc(nfc(text).translate(_LOOKALIKES).casefold())
    return " ".join(_part_key(part) for part in _PART.findall(lowered))


def person_sort_key(full_name: str) -> str:
    """The key of a person's name: given name (the last word), then family name, then the words between."""
    words = nfc(full_name).split()
    if len(words) < 2:
        return sort_key(full_name)
    return sort_key(" ".join([words[-1], words[0], *words[1:-1]]))


@lru_cache(maxsize=32_768)
def _part_key(part: str) -> str:
    letters, tone = split_tone(part)
    codes = "".join(_piece_code(piece) for piece in _PIECE.findall(letters))
    return f"{codes}{_TONE_FOLLOWS}{tone}"


def _piece_code(piece: str) -> str:
    if piece[0] in "0123456789":
        value = piece.lstrip("0") or "0"
        return f"{min(len(value), _LONGEST_NUMBER)}{value}"
    return _CODE.get(piece) or _foreign_code(piece)


def _foreign_code(char: str) -> str:
    """Letters with foreign marks sort as their base letter, other scripts after z by code point."""
    base = "".join(c for c in unicodedata.normalize("NFKD", char) if not unicodedata.combining(c)).casefold()
    if base and base != char and all(c in _CODE for c in base):
        return "".join(_CODE[c] for c in base)
    return "" if unicodedata.combining(char) and char not in TONE_MARKS else f"~{ord(char):06x}"
