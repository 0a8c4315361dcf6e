"""What a Vietnamese syllable sounds like where regions do not tell sounds apart: how people misspell who write as they speak.

"xử" and "sử", "giáo" and "ráo", "nghề" and "ngề", "lý" and "lí", "bảo" and "bão", "bàn" and "bàng" sound alike to
somebody. The spelling read here need not be right: "ngiệp", "kông" and "qản" have a sound as well.
"""

import unicodedata
from functools import lru_cache
from typing import NamedTuple

from registry.text.syllable import RHYMES, split_tone

# One class for all beginnings that some region does not tell apart.
_BEGINNINGS = {
    "ch": "ch", "tr": "ch", "s": "x", "x": "x", "d": "d", "gi": "d", "r": "d", "v": "d", "l": "l", "n": "l",
    "c": "k", "k": "k", "q": "k", "qu": "k", "g": "g", "gh": "g", "ng": "ng", "ngh": "ng", "b": "b", "đ": "đ",
    "h": "h", "kh": "kh", "m": "m", "nh": "nh", "p": "p", "ph": "ph", "t": "t", "th": "th", "": "",
}  # fmt: skip
_LONGEST_BEGINNING = 3
# Written after "gi" without its i: "giếng", "giết".
_AFTER_GI = frozenset({"êc", "êm", "ên", "êng", "êt"})
_ENDINGS = {
    "inh": "in", "ich": "it", "ênh": "ên", "êch": "êt", "uynh": "uyn", "uych": "uyt", "enh": "en", "ech": "et",
}  # fmt: skip
_ASK, _TUMBLE = 2, 3
_GLIDE_ALONE = 2
# Also what is no spelling but heard as one: "ting" for "tin", "nhiệc" for "nhiệt".
_RHYMES = RHYMES.union(
    (f"{rhyme}g" for rhyme in RHYMES if rhyme.endswith("n")),
    (f"{rhyme[:-1]}c" for rhyme in RHYMES if rhyme.endswith("t")),
)


class Sound(NamedTuple):
    """The class of the beginning, of the rest, and of the tone (hỏi and ngã are one)."""

    onset: str
    rhyme: str
    tone: int

    @property
    def unmarked(self) -> str:
        """The same without marks: đ is d, and so are "oan" and "uân" one."""
        rhyme = _bare(self.rhyme)
        glided = f"u{rhyme[1:]}" if rhyme[:2] in ("oa", "oe") and len(rhyme) > _GLIDE_ALONE else rhyme
        return ("d" if self.onset == "đ" else self.onset) + glided


@lru_cache(maxsize=32_768)
def sound(token: str) -> Sound | None:
    """The sound of a lower-case syllable, with or without marks; None for what cannot be read as one."""
    letters, tone = split_tone(token)
    rhymes = _PLAIN_OR_UNMARKED if token.isascii() else _RHYMES
    for length in range(_LONGEST_BEGINNING, -1, -1):
        onset, rhyme = letters[:length], letters[length:]
        if onset in _BEGINNINGS and len(onset) == length and _fits(onset, rhyme, rhymes):
            return Sound(*_heard(onset, rhyme), _ASK if tone == _TUMBLE else tone)
    if letters[:2] in ("cu", "ku") and letters[2:] in rhymes:
        return Sound(*_heard("qu", letters[2:]), _ASK if tone == _TUMBLE else tone)
    return None


def _fits(onset: str, rhyme: str, rhymes: frozenset[str]) -> bool:
    return rhyme in rhymes or (onset == "gi" and rhyme in _AFTER_GI)


def _heard(onset: str, rhyme: str) -> tuple[str, str]:
    if onset == "qu" or (onset == "q" and not rhyme.startswith("u")):
        # "quan" is c and oan, "quân" c and uân; "quit" is "quyt".
        rhyme = f"o{rhyme}" if rhyme[0] in "aăe" and rhyme[:2] != "ao" else f"u{rhyme}"
        rhyme = f"uy{rhyme[2:]}" if rhyme.startswith("ui") else rhyme
    elif onset == "gi" and (rhyme in _AFTER_GI or rhyme in _UNMARKED_AFTER_GI):
        rhyme = f"i{rhyme}"
    elif rhyme.startswith("y"):
        rhyme = f"i{rhyme[1:]}"
    heard = "d" if onset in ("g", "gh") and rhyme.startswith("i") else _BEGINNINGS[onset]
    return heard, _ended(rhyme)


def _ended(rhyme: str) -> str:
    """The rest of a syllable with n for ng and t for c at its end."""
    if rhyme in _ENDINGS:
        return _ENDINGS[rhyme]
    if rhyme.endswith("ng"):
        return rhyme[:-1]
    return f"{rhyme[:-1]}t" if rhyme.endswith("c") else rhyme


@lru_cache(maxsize=1024)
def _bare(rhyme: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFD", rhyme) if char.isascii())


_UNMARKED_RHYMES = frozenset(map(_bare, _RHYMES))
_PLAIN_OR_UNMARKED = _RHYMES | _UNMARKED_RHYMES
_UNMARKED_AFTER_GI = frozenset(map(_bare, _AFTER_GI))
