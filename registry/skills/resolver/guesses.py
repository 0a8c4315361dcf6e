"""Step 7: what is only like a label, and guesses from words and initials, mostly to be confirmed."""

from collections.abc import Iterable, Iterator

from registry.skills.resolver.fuzzy import LEAST_MARGIN, LISTED_SCORE, Grade, nearest
from registry.skills.resolver.levels import Level
from registry.skills.resolver.resolution import Candidate, How, Resolution
from registry.skills.resolver.spelling import without_connectors
from registry.skills.resolver.vocabulary import Vocabulary, stems_of
from registry.skills.resolver.written import Written
from registry.text import match_key

MAX_CANDIDATES = 5
# Texts graded besides the whole: each costs as much as the whole.
_MOST_GRADED_READINGS = 2
_LONGEST_CODE = 3
_SHORTEST_INITIALS = 3
# Scores of answers that are not a likeness of spelling but a guess to be confirmed.
_CONTAINED_SCORE, _INITIALS_SCORE = 70.0, 65.0


def by_likeness(written: Written, vocabulary: Vocabulary) -> Resolution:
    """The answer for a text that is no label: taken as a slip of one, offered as near to one, or unknown."""
    level: Level | None = None
    grades = nearest(written.key, vocabulary)
    if grades and grades[0].is_takeable:
        return _graded_answer(grades, vocabulary, None, is_offer=_lead(grades) < LEAST_MARGIN)
    for rest, rest_level in written.shorter[:_MOST_GRADED_READINGS]:
        shorter = nearest(rest, vocabulary)
        if _offer_value(shorter) > _offer_value(grades):
            grades, level = shorter, rest_level
    guesses = _contained(written.key, vocabulary) or _from_initials(written.key, vocabulary)
    if guesses and guesses[0].score >= _offer_value(grades):
        return _guess(guesses, grades, vocabulary)
    if _offer_value(grades):
        return _graded_answer(grades, vocabulary, level, is_offer=True)
    listed = tuple(_candidates(grades, vocabulary))
    top = listed[0].score if listed else 0.0
    return Resolution(None, "unknown", top, margin_of(listed), None, False, listed)


def margin_of(candidates: tuple[Candidate, ...]) -> float:
    """How far the first candidate is ahead of the second."""
    if not candidates:
        return 0.0
    return round(candidates[0].score - (candidates[1].score if len(candidates) > 1 else 0.0), 1)


def _offer_value(grades: list[Grade]) -> float:
    return grades[0].rank_value if grades and grades[0].is_offerable else 0.0


def _lead(grades: list[Grade]) -> float:
    """How far the best grade is ahead of the next that might be taken too."""
    rivals = [grade.score for grade in grades[1:] if grade.is_takeable]
    return grades[0].score - max(rivals) if rivals else 100.0


def _graded_answer(
    grades: list[Grade], vocabulary: Vocabulary, level: Level | None, *, is_offer: bool
) -> Resolution:
    candidates = tuple(_candidates(grades, vocabulary))
    best = candidates[0]
    return Resolution(best.skill, "fuzzy", best.score, margin_of(candidates), level, is_offer, candidates)


def _candidates(grades: Iterable[Grade], vocabulary: Vocabulary) -> Iterator[Candidate]:
    """The best grades as candidates; a takeable one stays first even where another is ranked higher."""
    highest = 100.0
    for count, grade in enumerate(grades):
        if count < MAX_CANDIDATES and grade.rank_value >= LISTED_SCORE:
            code = vocabulary.labels[grade.position].code
            highest = min(highest, round(grade.rank_value, 1))
            yield Candidate(code, vocabulary.concepts[code].vi, highest)


def _contained(key: str, vocabulary: Vocabulary) -> list[Candidate]:
    """Labels inside the text, the weightiest first: a guess, since what stands around may change the meaning."""
    weights: dict[str, float] = {}
    for inside in _windows(without_connectors(key).split(" ")):
        for position in vocabulary.by_accented.get(inside, ()):
            label = vocabulary.labels[position]
            if not label.is_ambiguous and len(label.folded) > _LONGEST_CODE:
                weight = _weight(inside, vocabulary)
                weights[label.code] = max(weight, weights.get(label.code, 0.0))
    return _guessed(sorted(weights, key=lambda code: (-weights[code], code)), _CONTAINED_SCORE, vocabulary)


def _windows(tokens: list[str]) -> Iterator[str]:
    """Every run of tokens but the whole."""
    for start in range(len(tokens)):
        for end in range(start + 1, len(tokens) + 1):
            if end - start < len(tokens):
                yield " ".join(tokens[start:end])


def _weight(inside: str, vocabulary: Vocabulary) -> float:
    return sum(vocabulary.rarity.get(stem, 0.0) for stem in stems_of(match_key(inside)))


def _from_initials(key: str, vocabulary: Vocabulary) -> list[Candidate]:
    """Initials of a name as people abbreviate it ad hoc (QLTG: quản lý tôn giáo): always a guess."""
    if " " in key or len(key) < _SHORTEST_INITIALS:
        return []
    return _guessed(vocabulary.initials.get(match_key(key), ()), _INITIALS_SCORE, vocabulary)


def _guessed(codes: Iterable[str], score: float, vocabulary: Vocabulary) -> list[Candidate]:
    return [
        Candidate(code, vocabulary.concepts[code].vi, score - place)
        for place, code in enumerate(codes)
        if place < MAX_CANDIDATES
    ]


def _guess(guesses: list[Candidate], grades: list[Grade], vocabulary: Vocabulary) -> Resolution:
    best = guesses[0]
    how: How = "contained" if best.score > _INITIALS_SCORE else "initials"
    others: dict[str, Candidate] = {}
    for other in (*guesses[1:], *_candidates(grades, vocabulary)):
        if other.skill != best.skill:
            others.setdefault(other.skill, Candidate(other.skill, other.vi, min(other.score, best.score)))
    ranked = sorted(others.values(), key=lambda other: (-other.score, other.skill))
    candidates = (best, *ranked[: MAX_CANDIDATES - 1])
    return Resolution(best.skill, how, best.score, margin_of(candidates), None, True, candidates)
