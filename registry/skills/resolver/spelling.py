"""How two written forms of a syllable compare: equal, lenient about missing marks, or in conflict."""

import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from registry.text import accented_key, fold, is_vietnamese_syllable

# Words that only join others; "va" is "và" typed without its mark.
_CONNECTORS = frozenset({"và", "va", "and", "of", "the", "&", "cùng", "với"})
_LONGEST_CODE = 3
_JOINERS = str.maketrans("", "", " .&/")
_SHORTEST_SQUEEZED = 4
# Every step asks for the same keys of one text.
_LATEST_KEYS = 1024
# The keystrokes of Telex: one stroke for each mark, the tone last, so that edits count like typing slips.
_STROKES = str.maketrans(
    {"ă": "aw", "â": "aa", "đ": "dd", "ê": "ee", "ô": "oo", "ơ": "ow", "ư": "uw"},
)
_TONE_STROKES = {"\u0300": "f", "\u0309": "r", "\u0303": "x", "\u0301": "s", "\u0323": "j"}


@lru_cache(_LATEST_KEYS)
def without_connectors(key: str) -> str:
    """The key without joining words; unchanged when nothing would be left."""
    tokens = key.split(" ")
    if _CONNECTORS.isdisjoint(tokens):
        return key
    return " ".join(token for token in tokens if token not in _CONNECTORS) or key


def around(tokens: Sequence[str], at: int) -> tuple[str, str]:
    """What stands before and after the place of one token, blanks included, for putting other words there."""
    before, after = tokens[:at], tokens[at + 1 :]
    return " ".join((*before, "")), " ".join(("", *after))


def is_code(key: str) -> bool:
    """Very short texts and texts with + # . are codes: C, R, Go, C++, .NET. They match exactly or not at all."""
    return len(key.replace(" ", "")) <= _LONGEST_CODE or "+" in key or "#" in key or "." in key


@lru_cache(maxsize=32_768)
def is_telling(token: str) -> bool:
    """Whether a token says something by itself; a number, a letter or both only do beside a word."""
    return sum(map(str.isalpha, token)) > 1


@lru_cache(maxsize=32_768)
def digits(token: str) -> str:
    """The digits of a token, in order."""
    return "".join(filter(str.isdigit, token))


def squeezed(folded: str) -> str:
    """The folded key without blanks and joining signs ("ui/ux", "ui ux" → "uiux"); empty for codes."""
    joined = folded.translate(_JOINERS)
    if len(joined) < _SHORTEST_SQUEEZED or folded.startswith(".") or "+" in joined or "#" in joined:
        return ""
    return joined


@lru_cache(maxsize=32_768)
def bare(token: str) -> str:
    """The accented token without its marks."""
    return token if token.isascii() else fold(token)


@lru_cache(_LATEST_KEYS)
def unmarked(key: str) -> str:
    """The accented key without its marks: the folded key of the text it was made of."""
    return key if key.isascii() else " ".join([bare(token) for token in key.split(" ")])


@lru_cache(maxsize=65_536)
def is_lenient_match(typed: str, token: str) -> bool:
    """Whether the typed token may stand for a label's token: equal, without any marks, or with too few.

    Too few marks are forgiven only where what is typed is no syllable of its own ("nuớc" for "nước",
    "đat" for "đất"); a marked syllable otherwise matches only itself.
    """
    if typed == token:
        return True
    if bare(typed) != bare(token):
        return False
    return typed.isascii() or (not is_vietnamese_syllable(typed) and _has_only_marks_of(typed, token))


def _has_only_marks_of(typed: str, token: str) -> bool:
    if len(typed) != len(token):
        return False
    return all(
        set(unicodedata.normalize("NFD", one)) <= set(unicodedata.normalize("NFD", other))
        or one == bare(other)
        for one, other in zip(typed, token, strict=True)
    )


@lru_cache(maxsize=32_768)
def word_key(word: str) -> str:
    """The accented key of one word; texts share their words, so it is remembered."""
    return accented_key(word)


def text_key(text: str) -> str:
    """The accented key of a text, word by word, since words are remembered; only "c ++" is more than its words."""
    if "+" in text or "#" in text:
        return accented_key(text)
    return " ".join(filter(None, map(word_key, text.split(" "))))


@lru_cache(maxsize=65_536)
def strokes(token: str) -> str:
    """The token as typed by Telex: "chuyển" → "chuyeenr". Slips of one key are edits of one character."""
    if token.isascii():
        return token
    letters: list[str] = []
    tones: list[str] = []
    for char in unicodedata.normalize("NFD", token):
        if char in _TONE_STROKES:
            tones.append(_TONE_STROKES[char])
        else:
            letters.append(char)
    return unicodedata.normalize("NFC", "".join(letters)).translate(_STROKES) + "".join(tones)


def keyed(accented: str) -> str:
    """A whole accented key as typed by Telex."""
    return " ".join(strokes(token) for token in accented.split(" "))
