"""Texts left as the keys of Telex or VNI were pressed: which plainly are, and what they then say.

What a text says decides nothing here: the caller resolves it like any other text.
"""

import re
from collections.abc import Callable

from registry.skills.resolver.spelling import is_telling
from registry.text import decode_telex, decode_vni, is_vietnamese_syllable

Decode = Callable[[str], str | None]

_WORD = re.compile(r"[^\W_]+")
_SHORTEST = 2
_UNDER_DOT = "\u0323"


def decoded_texts(text: str, key: str, known: frozenset[str]) -> tuple[str, ...]:
    """The text with its keys read as syllables, where it plainly was typed so: with words of labels kept, and without.

    `key` is its accented key and `known` are the words of labels. Empty for all other texts; English is one.
    """
    tokens = key.split(" ")
    unknown = {token for token in tokens if token not in known and is_telling(token)}
    # Too few words are none for the decoded ones to be half of them.
    if 2 * len(unknown) < sum(any(map(str.isalpha, token)) for token in {*tokens}):
        return ()
    for decode in (decode_telex, decode_vni):
        if _is_plainly_typed(tokens, decode, unknown):
            kept, every = _decoded(text, decode, known), _decoded(text, decode, frozenset())
            return tuple(dict.fromkeys((kept, every)))
    return ()


def _is_plainly_typed(tokens: list[str], decode: Decode, unknown: set[str]) -> bool:
    """Whether most of the words are none but decode to syllables, or half of them and the others are syllables."""
    distinct = {*tokens}
    residue = {token for token in unknown if _is_residue(token, decode)}
    # "toong" may be meant as it stands.
    if len(tokens) < _SHORTEST or all(map(is_vietnamese_syllable, residue)):
        return False
    words = [token for token in distinct if any(map(str.isalpha, token))]
    others = len(words) - len(residue)
    if others != len(residue):
        return others < len(residue)
    return all(_is_syllable(word) for word in words if word not in residue)


def _is_syllable(token: str) -> bool:
    """A syllable as it stands; most that stop need a mark that may be left out."""
    return is_vietnamese_syllable(token) or (
        token.isascii() and is_vietnamese_syllable(f"{token}{_UNDER_DOT}")
    )


def _is_residue(token: str, decode: Decode) -> bool:
    # A w that begins a word is one of English («wax») far more often than a ư.
    return token[0] != "w" and decode(token) is not None


def _decoded(text: str, decode: Decode, kept: frozenset[str]) -> str:
    """The text with every word that decodes decoded, but for those kept."""

    def read(found: re.Match[str]) -> str:
        word = found.group()
        return word if word.casefold() in kept or not is_telling(word) else decode(word) or word

    return _WORD.sub(read, text)
