"""Residue of Vietnamese typing methods: "laapj trinhf" (Telex) and "la65p tri2nh" (VNI) → "lập trình".

A token is decoded only when the result is a possible Vietnamese syllable with at least one mark,
so "class", "boot" and "fax" stay English; a caller still accepts a decoded text only if it knows it.
"""

import re
from collections.abc import Callable
from functools import lru_cache

from registry.text.syllable import MARK_OF_TONE, is_vietnamese_syllable, tone_placed

_TELEX_TONES = {"f": 1, "r": 2, "x": 3, "s": 4, "j": 5}
_VNI_TONES = {"2": 1, "3": 2, "4": 3, "1": 4, "5": 5}
_VNI_SHAPES = {
    "6": {"a": "â", "e": "ê", "o": "ô"},
    "7": {"o": "ơ", "u": "ư"},
    "8": {"a": "ă"},
    "9": {"d": "đ"},
}
_DOUBLED = {"a": "â", "e": "ê", "o": "ô"}
_VOWELS = frozenset("aăâeêioôơuưy")
# Shapes may have been decoded and the tone not: "trươngf".
_TELEX_TOKEN = re.compile(r"[a-zA-ZăâđêôơưĂÂĐÊÔƠƯ]{2,10}")
_VNI_TOKEN = re.compile(r"[a-zA-Z]+[1-9][a-zA-Z1-9]*")
_VNI_MARK = re.compile("[1-9]")
_LONGEST_TOKEN = 12


@lru_cache(maxsize=32_768)
def decode_telex(token: str) -> str | None:
    """The syllable a Telex token stands for, lower case, or None when it is not Telex residue."""
    if not _TELEX_TOKEN.fullmatch(token):
        return None
    letters: list[str] = []
    tone = 0
    for char in token.casefold():
        if char in _TELEX_TONES and not _VOWELS.isdisjoint(letters):
            # A second tone key means that these are letters of another language.
            if tone:
                return None
            tone = _TELEX_TONES[char]
        elif not _telex_shape(letters, char):
            letters.append(char)
    return _syllable("".join(letters), tone, token)


@lru_cache(maxsize=32_768)
def decode_vni(token: str) -> str | None:
    """The syllable a VNI token (letters with digits for marks) stands for, lower case, or None."""
    if len(token) > _LONGEST_TOKEN or not _VNI_TOKEN.fullmatch(token):
        return None
    letters: list[str] = []
    tone = 0
    for char in token.casefold():
        if char in _VNI_TONES:
            if tone:
                return None
            tone = _VNI_TONES[char]
        elif char in _VNI_SHAPES:
            if not _vni_shape(letters, char):
                return None
        else:
            letters.append(char)
    return _syllable("".join(letters), tone, token)


def typed_residue(key: str) -> tuple[str, ...]:
    """The readings of a whole text (tokens separated by spaces) with every decodable token decoded.

    At most one by Telex and one by VNI; empty when nothing in the text can be decoded.
    """
    tokens = key.split(" ")
    # Most texts have no digits, so that none of their words can be of VNI.
    vni = _decoded(tokens, decode_vni) if _VNI_MARK.search(key) else None
    readings = (_decoded(tokens, decode_telex), vni)
    return tuple(dict.fromkeys(reading for reading in readings if reading is not None))


def _decoded(tokens: list[str], decode: Callable[[str], str | None]) -> str | None:
    decoded = [decode(token) for token in tokens]
    if not any(decoded):
        return None
    return " ".join(new or old for new, old in zip(decoded, tokens, strict=True))


def _telex_shape(letters: list[str], char: str) -> bool:
    """Apply a doubled letter, dd or w to what was typed so far; False when the key is a letter of its own."""
    if char == "w":
        return _horn(letters)
    if char == "d" and letters and letters[0] == "d" and "đ" not in letters:
        letters[0] = "đ"
        return True
    if char in _DOUBLED:
        return _reshape(letters, char, _DOUBLED[char])
    return False


def _horn(letters: list[str]) -> bool:
    """Telex w: horn on u and o together ("uow"), breve on a; alone after consonants it is ư."""
    if _horned_pair(letters):
        return True
    for at in range(len(letters) - 1, -1, -1):
        new = {"a": "ă", "o": "ơ", "u": "ư"}.get(letters[at])
        if new is not None:
            letters[at] = new
            return True
    letters.append("ư")
    return True


def _horned_pair(letters: list[str]) -> bool:
    """One key for the horns of u and o together, whether the u already has its own ("uow", "uwow")."""
    for at in range(len(letters) - 1, 0, -1):
        if letters[at] == "o" and letters[at - 1] in ("u", "ư"):
            letters[at - 1 : at + 1] = ["ư", "ơ"]
            return True
    return False


def _vni_shape(letters: list[str], char: str) -> bool:
    if char == "7" and _horned_pair(letters):
        return True
    return any(_reshape(letters, plain, shaped) for plain, shaped in _VNI_SHAPES[char].items())


def _reshape(letters: list[str], plain: str, shaped: str) -> bool:
    """Mark the last such letter of the syllable, if it is there."""
    for at in range(len(letters) - 1, -1, -1):
        if letters[at] == plain:
            letters[at] = shaped
            return True
    return False


def _horns_as_spelt(letters: str) -> str:
    """Inside a syllable u and o bear their horns together ("truwong"), at its end only o does ("thuowr")."""
    if letters.endswith("ươ"):
        return f"{letters[:-2]}uơ"
    return letters if letters.endswith("ưo") else letters.replace("ưo", "ươ")


def _syllable(letters: str, tone: int, token: str) -> str | None:
    if tone == 0 and (letters.isascii() or letters == token.casefold()):
        return None
    letters = _horns_as_spelt(letters)
    last_vowel = max((at for at, letter in enumerate(letters) if letter in _VOWELS), default=None)
    if last_vowel is None:
        return None
    marked = (
        letters if tone == 0 else letters[: last_vowel + 1] + MARK_OF_TONE[tone] + letters[last_vowel + 1 :]
    )
    return tone_placed(marked) if is_vietnamese_syllable(marked) else None
