"""Step 7: the labels nearest to a misspelt text, and whether one is near enough to be taken without asking.

Trigram postings find candidates, rapidfuzz grades them on accented text spelt as Telex keystrokes. What may
be taken is decided token by token, since a high ratio alone cannot tell a slip from another word: "công chúng"
is one stroke from "công chứng", "kế hoạch" shares half of its letters with "kế toán".
"""

from collections import Counter
from dataclasses import dataclass
from heapq import nlargest

from rapidfuzz import process
from rapidfuzz.distance import OSA

from registry.skills.resolver.spelling import (
    bare,
    is_code,
    is_lenient_match,
    keyed,
    strokes,
    without_connectors,
)
from registry.skills.resolver.vocabulary import Vocabulary, grams_of, stems_of
from registry.text import is_vietnamese_syllable, match_key

# Chosen on generated data on 2026-11-25 by `scripts/tune_resolver.py`; figures in `data/README.md`. Below 84
# nothing more is found that may be taken, since a slip is judged word by word.
ACCEPTED_SCORE = 84.0
# Offered for confirmation: so like in spelling, or sharing so much of the rare words.
OFFERED_SCORE = 76.0
OFFERED_OVERLAP = 50.0
OFFERED_MEAN = 50.0
LISTED_SCORE = 45.0
LEAST_MARGIN = 3.0

_GRADED = 40
_MOST_POSTINGS = 6_000
# A label that shares less than this part of the trigrams is never near enough to be worth grading.
_LEAST_SHARED_PART = 5
# A slip in a short word makes another word too easily ("mining", "dining"), so more letters must be right.
_SHORTEST_WITH_ONE_SLIP = 6
_SHORTEST_WITH_TWO_SLIPS = 12
_MOST_SLIPPED = 0.4
_SHORT_LABEL_SYLLABLES = 2
_LEAST_WORD_LIKENESS = 0.5


@dataclass(frozen=True, slots=True)
class Grade:
    """One label: its likeness 0…100 by keystrokes, the value it is ranked by, what may be done with it."""

    position: int
    score: float
    rank_value: float
    is_offerable: bool
    is_takeable: bool


def nearest(key: str, vocabulary: Vocabulary, accepted_score: float = ACCEPTED_SCORE) -> list[Grade]:
    """The labels most like an accented key, best first, at most one per concept; empty for codes.

    A slip is takeable from `accepted_score` on; only tuning gives another one.
    """
    core = without_connectors(key)
    folded = match_key(core)
    if is_code(folded):
        return []
    typed = core.split(" ")
    stems = stems_of(folded)
    positions = _candidates(folded, vocabulary)
    choices = {position: vocabulary.strokes[position] for position in positions}
    grades: dict[str, Grade] = {}
    for _, score, position in process.extract_iter(keyed(core), choices, scorer=OSA.normalized_similarity):
        grade = _graded(typed, stems, position, 100 * score, vocabulary, accepted_score)
        code = vocabulary.labels[position].code
        best = grades.get(code)
        if best is None or _order(grade) > _order(best):
            grades[code] = grade
    return sorted(grades.values(), key=_order, reverse=True)


def _order(grade: Grade) -> tuple[bool, float, int]:
    return (grade.is_takeable, grade.rank_value, -grade.position)


def _candidates(folded: str, vocabulary: Vocabulary) -> list[int]:
    """Positions of the labels that share most trigrams with the text (Dice coefficient).

    The rarest trigrams are counted first and counting stops at a budget: the common ones would cost most
    and tell least.
    """
    postings = [vocabulary.grams.get(gram, ()) for gram in grams_of(folded)]
    postings.sort(key=len)
    shared: Counter[int] = Counter()
    counted = 0
    for places in postings:
        counted += len(places)
        if shared and counted > _MOST_POSTINGS:
            break
        shared.update(places)
    counts, grams = vocabulary.gram_counts, len(postings)
    least = max(1, grams // _LEAST_SHARED_PART)
    likeness = [
        (2 * common / (grams + counts[position]), -position)
        for position, common in shared.items()
        if common >= least
    ]
    return [-position for _, position in nlargest(_GRADED, likeness)]


def _graded(
    typed: list[str],
    stems: frozenset[str],
    position: int,
    score: float,
    vocabulary: Vocabulary,
    accepted_score: float,
) -> Grade:
    shared = 100 * _overlap(stems, vocabulary.stems_of[position], vocabulary)
    mean = (score + shared) / 2
    offerable = (shared >= OFFERED_OVERLAP and mean >= OFFERED_MEAN) or (
        score >= OFFERED_SCORE and _is_near(typed, vocabulary.tokens_of[position])
    )
    takeable = score >= accepted_score and _is_slip(typed, vocabulary.tokens_of[position], vocabulary)
    return Grade(position, score, max(score, mean), offerable, takeable)


def _overlap(one: frozenset[str], other: frozenset[str], vocabulary: Vocabulary) -> float:
    """The share of rare words both have: a common head noun weighs little."""
    common = one & other
    if not common:
        return 0.0
    rarity, unseen = vocabulary.rarity, vocabulary.rarest
    whole = sum(rarity.get(stem, unseen) for stem in one | other)
    return sum(rarity.get(stem, unseen) for stem in common) / whole


def _is_near(typed: list[str], tokens: tuple[str, ...]) -> bool:
    """Whether no word is quite another one: "risk management" is spelt like "waste management", but is not near."""
    if len(typed) != len(tokens):
        return True
    return all(
        OSA.normalized_similarity(strokes(one), strokes(other)) >= _LEAST_WORD_LIKENESS
        for one, other in zip(typed, tokens, strict=True)
        if one != other
    )


def _is_slip(typed: list[str], tokens: tuple[str, ...], vocabulary: Vocabulary) -> bool:
    """Whether the text differs from the label only as slips of the keyboard would make it."""
    if len(typed) != len(tokens):
        return False
    marks = 0
    slips: list[tuple[int, int]] = []
    for one, other in zip(typed, tokens, strict=True):
        if is_lenient_match(one, other):
            continue
        if _is_another_word(one, other, vocabulary):
            return False
        if bare(one) == bare(other) and is_vietnamese_syllable(one):
            marks += 1
        else:
            slips.append((OSA.distance(strokes(one), strokes(other)), len(strokes(other))))
    if marks > (0 if len(tokens) <= _SHORT_LABEL_SYLLABLES else 1):
        return False
    return not slips or (len(slips) == 1 and _few_enough(*slips[0], sum(map(len, tokens))))


def _is_another_word(typed: str, token: str, vocabulary: Vocabulary) -> bool:
    """Another real word is no slip: a Vietnamese syllable with other letters, or a word of some other label."""
    if is_code(bare(typed)) and is_code(bare(token)) and not is_vietnamese_syllable(token):
        return True
    if bare(typed) == bare(token):
        return False
    return is_vietnamese_syllable(typed) or typed in vocabulary.tokens or _reads_as_syllable(typed, token)


def _reads_as_syllable(typed: str, token: str) -> bool:
    """An unmarked token that would be a syllable with some mark: "cac", "mot"; it may be another word."""
    return typed.isascii() and is_vietnamese_syllable(token) and is_vietnamese_syllable(typed + "\u0323")


def _few_enough(slip_strokes: int, word_strokes: int, letters: int) -> bool:
    """Most of the word must be right, and the label long enough to stay recognisable."""
    if slip_strokes > word_strokes * _MOST_SLIPPED:
        return False
    if slip_strokes <= 1:
        return letters >= _SHORTEST_WITH_ONE_SLIP
    return slip_strokes == 2 and letters >= _SHORTEST_WITH_TWO_SLIPS
