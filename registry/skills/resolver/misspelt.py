"""Step 7: labels a text differs from in one letter of one or two words, whatever these words now say.

A slip that makes another real word («ngoại hoa» for «ngoại khoa»), or in a text without marks any word, cannot be
told from what is meant as it stands: what is found here is only ever offered.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from registry.skills.resolver.labels import ABBREVIATION
from registry.skills.resolver.spelling import around, bare, digits, is_code, is_lenient_match
from registry.skills.resolver.vocabulary import Vocabulary
from registry.skills.resolver.wordlist import MOST_SLIPPED
from registry.text import is_vietnamese_syllable

_MOST_TOKENS = 10
_MOST_SLIPS = 2
_MOST_NEAR = 16
_MOST_NEAR_OF_TWO = 8
_SHORTEST = 5
# Two words may be wrong only where so many others stand as they should.
_SHORTEST_WITH_TWO = 3
_MOST_SLIPPED_BESIDE = 0.7
# How likely (of 100) the label is meant: where the word typed is none, where it is a word, what each slip more and
# each syllable with another mark takes away, and what a short name does. Set by hand; that their order is the order
# of how often the label is meant was confirmed on 2026-11-26 on generated texts in two halves (`data/README.md`).
_CHANCE_NO_WORD = 82.0
_CHANCE_WORD = 60.0
_SECOND_SLIP = 14.0
_TWO_STROKES = 4.0
_OTHER_MARKS = 8.0
_SHORT_NAME = 12.0
_SHORT_SYLLABLES = 2


@dataclass(frozen=True, slots=True)
class Misspelt:
    """A label, and the chance of 100 that it is meant."""

    position: int
    chance: float


def misspelt(core: str, vocabulary: Vocabulary) -> list[Misspelt]:
    """The labels an accented key without joining words may be misspelt for, likeliest first, one for each concept."""
    typed = core.split(" ")
    letters = [bare(token) for token in typed]
    if len(typed) > _MOST_TOKENS or sum(map(len, letters)) < _SHORTEST or is_code(" ".join(letters)):
        return []
    unknown = tuple(at for at, token in enumerate(letters) if token not in vocabulary.bare_tokens)
    if len(unknown) > _MOST_SLIPS:
        return []
    found: dict[str, Misspelt] = {}
    nearby: dict[int, Sequence[str]] = {}
    for number, places in enumerate(_places(letters, unknown)):
        positions = _with_other_words(letters, places, nearby, vocabulary)
        for position in positions:
            _keep(found, position, _chance(typed, places, position, vocabulary), vocabulary)
        if not found and number == 0 and len(unknown) == 1:
            for position in _beside_others(typed, letters, unknown[0], vocabulary):
                chance = _chance(typed, unknown, position, vocabulary) - _TWO_STROKES
                _keep(found, position, chance, vocabulary)
        if found:
            break
    return sorted(found.values(), key=lambda one: (-one.chance, one.position))


def _keep(found: dict[str, Misspelt], position: int, chance: float, vocabulary: Vocabulary) -> None:
    """Of each concept the likeliest label."""
    code = vocabulary.labels[position].code
    if chance > 0 and (code not in found or chance > found[code].chance):
        found[code] = Misspelt(position, chance)


def _beside_others(
    typed: Sequence[str], letters: Sequence[str], at: int, vocabulary: Vocabulary
) -> Iterator[int]:
    """Positions of names of which all words but this one stand, and this one is two strokes away."""
    if len(typed) == 1:
        return
    before, after = around(letters, at)
    # Where two others stand, most of a short word may be wrong.
    share = _MOST_SLIPPED_BESIDE if len(typed) >= _SHORTEST_WITH_TWO else MOST_SLIPPED
    for position, word in vocabulary.beside.words_between(before, after):
        if vocabulary.spelling.apart(typed[at], word, share) <= _MOST_SLIPS:
            yield position


def _places(letters: Sequence[str], unknown: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    """Which words may be the wrong ones together: all that no label has, or else any one, or two."""
    # None first: all letters are those of a name, and only marks are others («cầu long»).
    yield unknown
    if len(unknown) <= 1:
        others = [(at,) for at in range(len(letters)) if at not in unknown]
        if not unknown:
            yield from others
        if len(letters) >= _SHORTEST_WITH_TWO:
            yield from ((*unknown, *other) for other in others) if unknown else ()


def _with_other_words(
    letters: Sequence[str], places: tuple[int, ...], nearby: dict[int, Sequence[str]], vocabulary: Vocabulary
) -> Iterator[int]:
    """Positions of names with words one letter away in these places; `nearby` keeps what was looked up."""
    for at in places:
        if at not in nearby:
            nearby[at] = vocabulary.letters.one_slip(letters[at])[:_MOST_NEAR]
        if not nearby[at]:
            return
    most = _MOST_NEAR if len(places) <= 1 else _MOST_NEAR_OF_TWO
    texts = _filled(list(letters), places, [nearby[at][:most] for at in places])
    for positions in filter(None, map(vocabulary.by_folded.get, texts)):
        for position in positions:
            if vocabulary.labels[position].kind != ABBREVIATION:
                yield position


def _filled(tokens: list[str], places: tuple[int, ...], words: Sequence[Sequence[str]]) -> Iterator[str]:
    """The tokens with every choice of these words in these places, as one text."""
    if not places:
        yield " ".join(tokens)
        return
    before, after = around(tokens, places[-1])
    for chosen in product(*words[:-1]):
        if chosen:
            for at, word in zip(places, chosen, strict=False):
                tokens[at] = word
            before, after = around(tokens, places[-1])
        yield from [f"{before}{word}{after}" for word in words[-1]]


def _chance(typed: Sequence[str], places: tuple[int, ...], position: int, vocabulary: Vocabulary) -> float:
    """The chance of 100 that the label is meant; 0 where more than letters of these words differ."""
    tokens = vocabulary.cores[position].split(" ")
    if len(tokens) != len(typed) or any(digits(typed[at]) != digits(tokens[at]) for at in places):
        return 0.0
    chance = _CHANCE_NO_WORD - _SECOND_SLIP * max(len(places) - 1, 0)
    if any(_is_word(typed[at], vocabulary) for at in places):
        chance -= _CHANCE_NO_WORD - _CHANCE_WORD
    if len(typed) <= _SHORT_SYLLABLES:
        chance -= _SHORT_NAME * (2 if _stands_as_it_is(typed, vocabulary) else 1)
    others = (at for at in range(len(typed)) if at not in places)
    chance -= _OTHER_MARKS * sum(not is_lenient_match(typed[at], tokens[at]) for at in others)
    return max(chance, 0.0)


def _stands_as_it_is(typed: Sequence[str], vocabulary: Vocabulary) -> bool:
    """Whether all are words of labels with their marks: «kỹ thuật» is no «mỹ thuật»."""
    return not all(map(str.isascii, typed)) and all(token in vocabulary.tokens for token in typed)


def _is_word(token: str, vocabulary: Vocabulary) -> bool:
    return token in vocabulary.tokens or is_vietnamese_syllable(token) or token in vocabulary.bare_tokens
