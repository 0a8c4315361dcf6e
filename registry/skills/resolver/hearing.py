"""Between steps 6 and 7: every syllable is that of one label but for sounds that some region does not tell apart.

Other syllables are never forgiven here, so a text is either written by ear or not; how sure that is, is judged by
how much stands as it should and by whether another concept sounds the same.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from registry.skills.resolver.buckets import Buckets
from registry.skills.resolver.labels import ABBREVIATION, Label
from registry.skills.resolver.spelling import bare, is_lenient_match
from registry.text import is_vietnamese_syllable, sound


@dataclass(frozen=True, slots=True)
class Heard:
    """A label the text sounds like: how many of its syllables are confused, and whether one of them must be asked about."""

    position: int
    confused: int
    asks: bool


class Hearing:
    """Vietnamese labels by how they sound without their marks."""

    def __init__(self, labels: Sequence[Label], cores: Sequence[str]) -> None:
        self._labels, self._cores = labels, cores
        positions = [at for at, core in enumerate(cores) if _is_indexed(core, labels[at])]
        self._by_sound = Buckets([hash(ear_key(cores[at])) for at in positions], positions)

    def alike(self, core: str, words: frozenset[str]) -> list[Heard]:
        """The labels that sound like an accented key without joining words, those with fewest confusions first.

        `words` are those labels use: one of them in place of another may be meant as it stands.
        """
        if " " not in core and core.isascii():
            return []
        sounds = ear_key(core)
        positions = [at for at in self._by_sound.of(sounds) if ear_key(self._cores[at]) == sounds]
        if not positions:
            return []
        found = list(self._compared(core.split(" "), positions, words))
        return sorted(found, key=lambda heard: (heard.confused, heard.position))

    def _compared(
        self, typed: Sequence[str], positions: Sequence[int], words: frozenset[str]
    ) -> Iterator[Heard]:
        for position in positions:
            tokens = self._cores[position].split(" ")
            confused = 0
            asks = self._labels[position].is_ambiguous
            for one, other in zip(typed, tokens, strict=False):
                if is_lenient_match(one, other):
                    continue
                if not _sounds_like(one, other):
                    break
                confused += 1
                asks = asks or one in words or sound(one) != sound(other)
            else:
                if len(typed) == len(tokens):
                    yield Heard(position, confused, asks)


def ear_key(core: str) -> str:
    """What texts have in common that sound alike to somebody, marks off."""
    return " ".join([_ear(token) for token in core.split(" ")])


@lru_cache(maxsize=32_768)
def _ear(token: str) -> str:
    heard = sound(token)
    return bare(token) if heard is None else heard.unmarked


def _is_indexed(core: str, label: Label) -> bool:
    """Names with Vietnamese marks: only Vietnamese is misspelt like this."""
    return label.kind != ABBREVIATION and not core.isascii()


@lru_cache(maxsize=32_768)
def _sounds_like(typed: str, token: str) -> bool:
    """Whether a token may be a label's syllable as somebody hears it, marks perhaps left out."""
    one, other = sound(typed), sound(token)
    if one is None or other is None or not is_vietnamese_syllable(token):
        return False
    if one == other or not typed.isascii():
        return one == other
    begins_alike = one.onset == other.onset or (typed[0] == "d" and other.onset == "đ")
    return begins_alike and one.unmarked == other.unmarked
