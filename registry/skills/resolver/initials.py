"""Initials of names, as people abbreviate ad hoc: QLTG, "quản lý CTR", UXD. Positions of labels come out."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from registry.skills.resolver.labels import ABBREVIATION, Label
from registry.skills.resolver.spelling import bare, without_connectors
from registry.text import is_vietnamese_syllable

# Shorter ones name too many things.
SHORTEST_INITIALS = 3
_LONGEST_INITIALS = 12
_LONGEST_SHORT_FORM = 7
_SIGNS = str.maketrans("&./-", "    ")
_MOST_LONGER = 1000
# Longer ones with vowels are words.
_LONGEST_WITH_VOWELS = 4
# Words that abbreviations leave out, besides the joining ones.
_LEFT_OUT = frozenset(
    [
        "về",
        "cho",
        "trong",
        "của",
        "các",
        "theo",
        "bằng",
        "tại",
        "từ",
        "đến",
        "trên",
        "ở",
        "bởi",
        "một",
        "những",
        "in",
        "for",
        "on",
        "to",
        "by",
        "a",
        "an",
        "at",
        "as",
        "from",
        "với",
    ]
)


class Initials:
    """The initials of every name, with and without its small words, and the labels that have them."""

    def __init__(self, labels: Sequence[Label]) -> None:
        self._names: dict[str, list[tuple[int, str]]] = {}
        for position, label in enumerate(labels):
            if label.kind != ABBREVIATION and " " in label.accented:
                for name in _forms(label.accented):
                    letters = bare(letters_of(name))
                    if len(letters) >= SHORTEST_INITIALS:
                        self._names.setdefault(letters, []).append((position, name))
        self._holding: dict[str, list[str]] = {}
        for letters in self._names:
            for three in {letters[at : at + SHORTEST_INITIALS] for at in range(len(letters) - 2)}:
                self._holding.setdefault(three, []).append(letters)

    def exactly(self, key: str) -> list[int]:
        """Labels the whole accented text abbreviates; words written in full must agree, and so must đ and d."""
        tokens = _split(key)
        letters = _read(tokens)
        if not SHORTEST_INITIALS <= len(letters) <= _LONGEST_INITIALS or not _is_short(tokens):
            return []
        return [position for position, name in self._names.get(bare(letters), ()) if _agrees(tokens, name, 0)]

    def inside(self, key: str) -> dict[int, float]:
        """Labels of whose initials the text's are a part, and how large a part (0…1)."""
        tokens = _split(key)
        letters = _read(tokens)
        if not SHORTEST_INITIALS <= len(letters) <= _LONGEST_INITIALS or not _is_short(tokens):
            return {}
        if len(tokens) == 1 and len(letters) > _LONGEST_WITH_VOWELS and not is_short_form(letters):
            return {}
        found: dict[int, float] = {}
        for longer, at in self._longer(bare(letters)):
            for position, name in self._names[longer]:
                if _agrees(tokens, name, at):
                    found[position] = max(found.get(position, 0.0), len(letters) / len(longer))
        return found

    def of(self, letters: str) -> list[int]:
        """Labels with these initials, marks off."""
        return [position for position, _ in self._names.get(letters, ())]

    def _longer(self, letters: str) -> Iterator[tuple[str, int]]:
        """Initials that hold these and more, and at which letter."""
        threes = (letters[at : at + SHORTEST_INITIALS] for at in range(len(letters) - 2))
        holding = min((self._holding.get(three, []) for three in threes), key=len)
        for longer in holding[:_MOST_LONGER]:
            at = longer.find(letters)
            if at >= 0 and len(longer) > len(letters):
                yield longer, at


def letters_of(name: str) -> str:
    """The first letter of every word; "&", "/" and "." part words too."""
    return "".join(token[0] for token in _split(name))


@lru_cache(maxsize=32_768)
def is_short_form(token: str) -> bool:
    """Whether a token can only be read as letters: no syllable of Vietnamese, hardly a word."""
    return (
        2 <= len(token) <= _LONGEST_SHORT_FORM
        and token.isalpha()
        and not is_vietnamese_syllable(token)
        and sum(letter in "aeiouy" for letter in token) * 4 <= len(token)
    )


def _forms(name: str) -> set[str]:
    core = without_connectors(name)
    return {name, core, " ".join(token for token in core.split(" ") if token not in _LEFT_OUT)}


def _split(key: str) -> list[str]:
    return key.translate(_SIGNS).split()


def _is_short(tokens: list[str]) -> bool:
    return len(tokens) == 1 or any(is_short_form(token) for token in tokens)


def _read(tokens: list[str]) -> str:
    """The initials a text stands for: of words the first letter, of short forms all."""
    if len(tokens) == 1:
        return tokens[0]
    return "".join(token if is_short_form(token) else token[0] for token in tokens)


def _agrees(tokens: list[str], name: str, at: int) -> bool:
    """Whether letters and words are those of the name from the place `at` on."""
    words = _split(name)
    lenient = all(map(str.isascii, tokens))
    for token in tokens:
        if len(tokens) == 1 or is_short_form(token):
            if not all(map(_begins, words[at : at + len(token)], token, [lenient] * len(token))):
                return False
            at += len(token)
        elif at < len(words) and (words[at] == token or (lenient and bare(words[at]) == token)):
            at += 1
        else:
            return False
    return True


def _begins(word: str, letter: str, lenient: bool) -> bool:
    return word[0] == letter or (lenient and bare(word[0]) == letter)
