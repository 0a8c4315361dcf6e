"""Step 7: whether a text is a label with a slip of the keyboard in it, so that it may be taken without asking.

A high likeness alone cannot tell a slip from another word: "công chúng" is one stroke from "công chứng", "kế
hoạch" shares half of its letters with "kế toán". So it is decided word by word: all words but one must be those
of the label, and that one no word of its own. The words known that are spelt nearly like it, as keystrokes of
Telex, are put in its place, and what then is a label is graded by rapidfuzz.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA

from registry.skills.resolver.keyboard import may_begin
from registry.skills.resolver.labels import ABBREVIATION
from registry.skills.resolver.spelling import (
    around,
    bare,
    digits,
    is_code,
    is_lenient_match,
    keyed,
    strokes,
    without_connectors,
)
from registry.skills.resolver.vocabulary import Vocabulary
from registry.skills.resolver.wordlist import MOST_SLIPPED, Nearby
from registry.text import is_vietnamese_syllable

# Chosen on generated data on 2026-11-26 by `scripts/tune_resolver.py`; figures in `data/README.md`. Below 84
# nothing more is found that may be taken, since a slip is judged word by word.
ACCEPTED_SCORE = 84.0
# A slip in a text without marks has so many keys missing that it is only offered.
OFFERED_SCORE = 76.0
LEAST_MARGIN = 3.0

# A slip in a short word makes another word too easily ("mining", "dining"), so more letters must be right.
_SHORTEST_WITH_ONE_SLIP = 6
_SHORTEST_WITH_TWO_SLIPS = 12
_MOST_STROKES = 2
# So few labels are compared one by one: to compare many at once takes a start.
_FEW = 4
_SHORT_LABEL_SYLLABLES = 2


@dataclass(frozen=True, slots=True)
class Slip:
    """A label the text may be taken for, its likeness 0…100 by keystrokes, and whether it must be asked about."""

    position: int
    score: float
    asks: bool = False


def slips(key: str, vocabulary: Vocabulary, nearby: Nearby, least_score: float = OFFERED_SCORE) -> list[Slip]:
    """The labels an accented key is a slip of, most like it first, at most one per concept; none for codes.

    A slip counts from `least_score` on; only tuning gives another one.
    """
    core = without_connectors(key)
    typed = core.split(" ")
    letters = [bare(token) for token in typed]
    unknown = [at for at, token in enumerate(letters) if token not in vocabulary.bare_tokens]
    if len(unknown) > 1 or is_code(" ".join(letters)):
        return []
    places = [at for at in unknown or range(len(typed)) if _may_be_slip(typed[at], vocabulary)]
    near = _near(typed, letters, places, vocabulary, nearby)
    one_slip = near(1)
    if not unknown:
        one_slip.update(vocabulary.by_folded.get(" ".join(letters), ()))
    found = _graded(core, one_slip, least_score, vocabulary)
    if not found and places and sum(map(len, typed)) >= _SHORTEST_WITH_TWO_SLIPS - _MOST_STROKES:
        found = _graded(core, near(_MOST_STROKES), least_score, vocabulary)
    return sorted(found, key=lambda slip: (-slip.score, slip.position))


def _graded(core: str, near: set[int], least_score: float, vocabulary: Vocabulary) -> list[Slip]:
    """Of each concept the label most like the text, where the text may be a slip of it."""
    typed = core.split(" ")
    positions = sorted([at for at in near if _is_slip(typed, at, vocabulary)])
    found: dict[str, Slip] = {}
    for position, likeness in zip(positions, keystroke_likeness(core, positions, vocabulary), strict=True):
        score, code = 100 * likeness, vocabulary.labels[position].code
        if score >= least_score and (code not in found or score > found[code].score):
            tokens = vocabulary.cores[position].split(" ")
            asks = _begins_otherwise(typed, tokens) or _says_another_word(typed, tokens, vocabulary)
            found[code] = Slip(position, score, asks)
    return list(found.values())


def keystroke_likeness(core: str, positions: Sequence[int], vocabulary: Vocabulary) -> list[float]:
    """How like the text is to each of these labels, 0…1, typed by Telex."""
    if not positions:
        return []
    typed = keyed(core)
    if len(positions) <= _FEW:
        # As exact as what is computed for many at once.
        likeness = (OSA.normalized_similarity(typed, vocabulary.strokes[position]) for position in positions)
        return [float(np.float32(like)) for like in likeness]
    strokes_of = [vocabulary.strokes[position] for position in positions]
    return process.cdist([typed], strokes_of, scorer=OSA.normalized_similarity)[0].tolist()


def _near(
    typed: Sequence[str],
    letters: Sequence[str],
    places: Sequence[int],
    vocabulary: Vocabulary,
    nearby: Nearby,
) -> Callable[[int], set[int]]:
    """What tells the labels with a known word in one of these places that is so many strokes away, one or two.

    `letters` are the words typed without their marks.
    """
    if len(typed) == 1:
        return partial(_near_word, typed[0] if places else "", vocabulary, nearby)
    found: tuple[set[int], ...] = (set(), set(), set(), set())
    for at in places:
        before, after = around(letters, at)
        token, apart_from = typed[at], vocabulary.spelling.apart
        for position, word in vocabulary.beside.words_between(before, after):
            found[apart_from(token, word)].add(position)
    return found.__getitem__


def _near_word(token: str, vocabulary: Vocabulary, nearby: Nearby, apart: int) -> set[int]:
    """The same for a text of one word, which has no others to be found by."""
    words = nearby.one_slip(token) if apart == 1 else nearby.two_slips(token)
    return {position for word in words for position in vocabulary.by_folded.get(bare(word), ())}


def _may_be_slip(token: str, vocabulary: Vocabulary) -> bool:
    return not is_vietnamese_syllable(token) and token not in vocabulary.tokens


def _is_slip(typed: list[str], position: int, vocabulary: Vocabulary) -> bool:
    """Whether the text differs from the label only as slips of the keyboard would make it."""
    tokens = vocabulary.cores[position].split(" ")
    if len(typed) != len(tokens) or vocabulary.labels[position].kind == ABBREVIATION:
        return False
    marks = 0
    slipped: list[tuple[int, int]] = []
    for one, other in zip(typed, tokens, strict=True):
        if one == other or is_lenient_match(one, other):
            continue
        if _is_another_word(one, other, vocabulary):
            return False
        if bare(one) == bare(other) and is_vietnamese_syllable(one):
            marks += 1
        else:
            slipped.append((OSA.distance(strokes(one), strokes(other)), len(strokes(other))))
    if marks > (0 if len(tokens) <= _SHORT_LABEL_SYLLABLES else 1):
        return False
    return not slipped or (len(slipped) == 1 and _few_enough(*slipped[0], sum(map(len, tokens))))


def _is_another_word(typed: str, token: str, vocabulary: Vocabulary) -> bool:
    """Another real word is no slip: a syllable with other letters, a word of some other label, another number."""
    if is_code(bare(typed)) and is_code(bare(token)) and not is_vietnamese_syllable(token):
        return True
    if bare(typed) == bare(token):
        return False
    if digits(token) and digits(typed) != digits(token):
        return True
    return is_vietnamese_syllable(typed) or typed in vocabulary.tokens or _reads_as_syllable(typed, token)


def _reads_as_syllable(typed: str, token: str) -> bool:
    """An unmarked token that would be a syllable with some mark: "cac", "mot"; it may be another word."""
    return typed.isascii() and is_vietnamese_syllable(token) and is_vietnamese_syllable(typed + "\u0323")


def _begins_otherwise(typed: Sequence[str], tokens: Sequence[str]) -> bool:
    """Whether a foreign word has a first letter no finger slips to: boom and loom may both be words.

    Which syllables are Vietnamese is known; which words are foreign is not.
    """
    return any(
        one != other and not is_vietnamese_syllable(other) and not may_begin(strokes(one), strokes(other))
        for one, other in zip(typed, tokens, strict=True)
    )


def _says_another_word(typed: Sequence[str], tokens: Sequence[str], vocabulary: Vocabulary) -> bool:
    """Whether a word differs in marks only and is a word of names as it stands: «sản xuất giấy» is no «giày»."""
    return any(
        one != other
        and one in vocabulary.tokens
        and bare(one) == bare(other)
        and not is_lenient_match(one, other)
        for one, other in zip(typed, tokens, strict=True)
    )


def _few_enough(slip_strokes: int, word_strokes: int, letters: int) -> bool:
    """Most of the word must be right, and the label long enough to stay recognisable."""
    if slip_strokes > word_strokes * MOST_SLIPPED:
        return False
    if slip_strokes <= 1:
        return letters >= _SHORTEST_WITH_ONE_SLIP
    return slip_strokes == 2 and letters >= _SHORTEST_WITH_TWO_SLIPS
