"""Steps 1 to 7 in order. Each is a small function from a text to what it found; `resolve` asks them in turn."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product

from registry.skills.resolver.fuzzy import (
    ACCEPTED_SCORE,
    LEAST_MARGIN,
    LISTED_SCORE,
    Grade,
    nearest,
)
from registry.skills.resolver.levels import GENERAL, YEARS, Level, Levelled, level_before, level_off
from registry.skills.resolver.resolution import NO_CONTEXT, Candidate, Context, How, Resolution
from registry.skills.resolver.spelling import (
    bare,
    is_lenient_match,
    squeezed,
    without_connectors,
)
from registry.skills.resolver.vocabulary import Label, Vocabulary, bag_of, stems_of
from registry.skills.resolver.words import ROLES_AFTER, ROLES_BEFORE
from registry.text import TextRefused, accented_key, clean, match_key, typed_residue

MAX_CHARACTERS = 200
MAX_TOKENS = 20
MAX_CANDIDATES = 5

_MOST_READINGS = 24
_MOST_ROLES = 3
_MOST_GRADED_READINGS = 2
_LONGEST_ROLE = max(ROLES_BEFORE)
_SHORTEST_SURE_ABBREVIATION = 3
_SHORTEST_INITIALS = 3
_SHORTEST_REORDERED = 3
# Scores of answers that are not a likeness of spelling but a guess to be confirmed.
_CONTAINED_SCORE, _INITIALS_SCORE = 70.0, 65.0
_PARTS = re.compile(r"\s*[,;/|:+]\s+|\s*[,;|:]\s*|\s+[-–—/]\s+|(?<=[^\W\d_]{3})/(?=[^\W\d_]{2})")
_BRACKETS = re.compile(r"[(\[]([^()\[\]]+)[)\]]")
_SURE: frozenset[How] = frozenset({"exact", "alias"})


class _Text:
    """The text being resolved: as cleaned, its accented key, and its shorter readings once computed."""

    def __init__(self, text: str, key: str) -> None:
        self.text = text
        self.key = key

    @cached_property
    def levelled(self) -> Levelled | None:
        return level_off(self.text)

    @cached_property
    def without_roles(self) -> tuple[str, ...]:
        return tuple(_without_roles(self.key))

    @cached_property
    def shorter(self) -> tuple[tuple[str, Level | None, bool], ...]:
        return tuple(_without_level_and_roles(self))


@dataclass(frozen=True, slots=True)
class _Found:
    """Concepts in the order of their labels, the step, and whether they must be asked about even if one."""

    codes: tuple[str, ...]
    how: How
    asks: bool = False
    level: Level | None = None

    @property
    def is_one(self) -> bool:
        return len(self.codes) == 1

    @property
    def is_sure(self) -> bool:
        return self.is_one and not self.asks


def resolve(text: str, vocabulary: Vocabulary, context: Context = NO_CONTEXT) -> Resolution:
    """The concept a text names. Never raises: any text has an answer. Costs at most about a millisecond.

    At most 200 characters and 20 tokens are looked at; longer texts answer `too_long` before any comparison.
    """
    try:
        cleaned = clean(text, limit=MAX_CHARACTERS)
    except TextRefused as refused:
        return Resolution(None, "too_long" if refused.reason == "too_long" else "unreadable")
    key = accented_key(cleaned)
    tokens = key.split(" ")
    if len(tokens) > MAX_TOKENS:
        return Resolution(None, "too_long")
    if not key:
        return Resolution(None, "unknown" if cleaned else "empty")
    written = _Text(cleaned, key)
    found = _by_knowledge(written, vocabulary, context)
    if found is not None:
        return _answer(found, vocabulary)
    return _by_likeness(written, vocabulary)


def _by_knowledge(written: _Text, vocabulary: Vocabulary, context: Context) -> _Found | None:
    """Steps 1 to 6: only what is written in labels, however it is written."""
    whole = _named(written.key, vocabulary, context)
    if whole is not None:
        return whole
    unsure: list[_Found] = []
    for step in (_stripped, _in_parts, _expanded, _decoded, _reordered):
        found = step(written, vocabulary, context)
        if found is not None and found.is_sure:
            return found
        if found is not None:
            unsure.append(found)
    return min(unsure, key=lambda found: len(found.codes), default=None)


# Steps 1 to 4: the text as a whole.


def _named(key: str, vocabulary: Vocabulary, context: Context) -> _Found | None:
    """Exact, alias, abbreviation, folded, joined: the first that finds labels."""
    core = without_connectors(key)
    positions = vocabulary.by_accented.get(key) or vocabulary.by_accented.get(core)
    if positions:
        # "marketing communications" is one name and "marketing and communications" another.
        literally = [at for at in positions if vocabulary.labels[at].accented == key]
        positions = tuple(literally) or positions
        return _from_labels(positions, _how_written(positions, vocabulary), key, vocabulary, context)
    positions = _folded_positions(key, core, vocabulary)
    if positions:
        return _from_labels(positions, "folded", key, vocabulary, context)
    joined = squeezed(match_key(key))
    positions = tuple(
        position
        for position in vocabulary.by_squeezed.get(joined, ())
        if key.isascii() or squeezed(vocabulary.labels[position].accented) == squeezed(key)
    )
    return _from_labels(positions, "joined", key, vocabulary, context) if positions else None


def _folded_positions(key: str, core: str, vocabulary: Vocabulary) -> tuple[int, ...]:
    """Labels that fold alike and whose marks the typed syllables do not contradict."""
    for typed, strip in ((key, False), (core, True)):
        found = tuple(
            position
            for position in vocabulary.by_folded.get(match_key(typed), ())
            if _is_lenient(typed, vocabulary.labels[position], strip)
        )
        literally = tuple(at for at in found if vocabulary.labels[at].folded == match_key(typed))
        if found:
            return literally or found
    return ()


def _is_lenient(typed: str, label: Label, strip: bool) -> bool:
    accented = without_connectors(label.accented) if strip else label.accented
    one, other = typed.split(" "), accented.split(" ")
    return len(one) == len(other) and all(map(is_lenient_match, one, other))


def _how_written(positions: Iterable[int], vocabulary: Vocabulary) -> How:
    kinds = {vocabulary.labels[position].kind for position in positions}
    if "preferred" in kinds:
        return "exact"
    return "alias" if "alias" in kinds else "abbreviation"


def _from_labels(
    positions: tuple[int, ...], how: How, key: str, vocabulary: Vocabulary, context: Context
) -> _Found:
    """The concepts of the labels; context decides between the readings of an ambiguous one."""
    labels = [vocabulary.labels[position] for position in positions]
    codes = tuple(dict.fromkeys(label.code for label in labels))
    asks = _asks(labels, key, vocabulary)
    if len(codes) > 1 or asks:
        fitting = tuple(dict.fromkeys(label.code for label in labels if _fits(label, context)))
        if len(fitting) == 1:
            return _Found(fitting, how)
        codes = tuple(dict.fromkeys((*fitting, *codes)))
    return _Found(codes, how, asks)


def _asks(labels: list[Label], key: str, vocabulary: Vocabulary) -> bool:
    """An ambiguous abbreviation asks, unless its marks set it apart from the other readings (KTĐN, KTDN)."""
    if not all(label.is_ambiguous and label.kind == "abbreviation" for label in labels):
        return False
    alike = vocabulary.by_folded.get(match_key(key), ())
    readings = {vocabulary.labels[position].accented for position in alike}
    return key.isascii() or len(readings) == 1


def _fits(label: Label, context: Context) -> bool:
    if context.sector and context.sector in label.sectors:
        return True
    beside = f" {match_key(' ; '.join(context.neighbours))} "
    return any(f" {match_key(word)} " in beside for word in label.words)


# Step 5: levels and role words off.


def _stripped(written: _Text, vocabulary: Vocabulary, context: Context) -> _Found | None:
    first: _Found | None = None
    for rest, level, is_exam in written.shorter:
        found = _named(rest, vocabulary, context)
        if found is None:
            continue
        found = replace(
            found,
            how="stripped",
            asks=found.asks or not _is_exact_enough(found, rest) or not _level_fits(found, level, vocabulary),
            level=level,
        )
        if found.is_sure or is_exam:
            return found
        first = first or found
    return first


def _without_level_and_roles(written: _Text) -> Iterator[tuple[str, Level | None, bool]]:
    """Readings of the text without its level, then without role words, then without both.

    The third value says that only the name of an examination was left, which names a language itself.
    """
    levelled = written.levelled
    if levelled is not None:
        rest = accented_key(levelled.rest)
        if rest:
            yield rest, levelled.level, False
            for shorter in _without_roles(rest):
                yield shorter, levelled.level, False
        elif levelled.exam:
            yield levelled.exam, levelled.level, True
    before = level_before(written.text)
    if before is not None:
        yield accented_key(before.rest), before.level, False
    for shorter in written.without_roles:
        yield shorter, None, False


def _without_roles(key: str) -> Iterator[str]:
    """The key with up to three role phrases taken off its beginning and end, one after the other."""
    tokens = key.split(" ")
    for _ in range(_MOST_ROLES):
        length = _role_length(tokens, ROLES_BEFORE, from_end=False)
        if length:
            tokens = tokens[length:]
        else:
            length = _role_length(tokens, ROLES_AFTER, from_end=True)
            if not length:
                return
            tokens = tokens[:-length]
        yield " ".join(tokens)


def _role_length(tokens: list[str], roles: dict[int, frozenset[str]], *, from_end: bool) -> int:
    """How many tokens the longest role phrase at one end takes; 0 for none or when nothing would be left."""
    for length in range(min(_LONGEST_ROLE, len(tokens) - 1), 0, -1):
        phrase = tokens[-length:] if from_end else tokens[:length]
        known = roles.get(length, frozenset())
        if " ".join(phrase) in known or (length > 1 and _is_unmarked_role(phrase, known)):
            return length
    return 0


def _is_unmarked_role(phrase: list[str], roles: frozenset[str]) -> bool:
    return " ".join(phrase).isascii() and any(" ".join(phrase) == bare(role) for role in roles)


def _is_exact_enough(found: _Found, rest: str) -> bool:
    if found.how == "abbreviation":
        return len(rest) >= _SHORTEST_SURE_ABBREVIATION
    return found.how in _SURE


def _level_fits(found: _Found, level: Level | None, vocabulary: Vocabulary) -> bool:
    """A level of another scale ("Python B2") makes the reading doubtful."""
    if level is None or level.scale in (GENERAL, YEARS):
        return True
    return all(vocabulary.concepts[code].scale == level.scale for code in found.codes)


# Parts: brackets and separators.


def _in_parts(written: _Text, vocabulary: Vocabulary, context: Context) -> _Found | None:
    """A name with its gloss in brackets, or names side by side: sure when all name the same concept."""
    levelled = written.levelled
    level = None if levelled is None else levelled.level
    text = written.text if levelled is None or not levelled.rest else levelled.rest
    parts = _parts_of(text)
    if len(parts) < 2:
        return None
    answers = [_plainly(part, vocabulary, context) for part in parts]
    named = [answer for answer in answers if answer is not None]
    if not named:
        return None
    common = set(named[0].codes).intersection(*(answer.codes for answer in named[1:]))
    if len(common) == 1:
        is_whole = len(named) == len(answers)
        agreed = _Found(tuple(common), "stripped", not is_whole or _all_ask(named), level)
        return replace(agreed, asks=agreed.asks or not _level_fits(agreed, level, vocabulary))
    codes = tuple(dict.fromkeys(code for answer in named for code in answer.codes))
    return _Found(codes, "several", True, level)


def _all_ask(answers: list[_Found]) -> bool:
    return all(answer.asks and answer.is_one for answer in answers)


def _parts_of(text: str) -> list[str]:
    inside = [found.group(1) for found in _BRACKETS.finditer(text)]
    outside = _BRACKETS.sub(" ", text)
    pieces = [outside, *inside] if inside else _PARTS.split(text)
    return [key for piece in pieces if (key := accented_key(piece))]


def _plainly(key: str, vocabulary: Vocabulary, context: Context) -> _Found | None:
    found = _named(key, vocabulary, context)
    if found is None:
        for shorter in _without_roles(key):
            found = _named(shorter, vocabulary, context)
            if found is not None:
                return replace(found, asks=True)
    return found


# Abbreviated syllables inside a longer text.


def _expanded(written: _Text, vocabulary: Vocabulary, context: Context) -> _Found | None:
    """ "QL dự án" → quản lý dự án, "nuôi tôm CNC" → … công nghệ cao: a reading counts only if it is a label."""
    for place, shorter in enumerate((written.key, *written.without_roles)):
        codes: dict[str, bool] = {}
        for reading in _readings(shorter, vocabulary.expansions):
            found = _named(reading, vocabulary, context)
            if found is not None and found.is_one:
                codes[found.codes[0]] = codes.get(found.codes[0], False) or found.how in _SURE
        if codes:
            asks = place > 0 or not any(codes.values())
            return _Found(tuple(codes), "expanded", asks)
    return None


def _readings(key: str, expansions: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    tokens = key.split(" ")
    if len(tokens) < 2 or not any(token in expansions for token in tokens):
        return
    options = [(*expansions.get(token, ()), token) for token in tokens]
    for count, chosen in enumerate(product(*options)):
        if count >= _MOST_READINGS:
            return
        reading = " ".join(chosen)
        if reading != key:
            yield reading


# Step 6: typing residue and word order.


def _decoded(written: _Text, vocabulary: Vocabulary, context: Context) -> _Found | None:
    """Telex or VNI left undecoded; taken only when the decoded text is a label."""
    for typed, level, _ in ((written.key, None, False), *written.shorter):
        for reading in typed_residue(typed):
            found = _named(accented_key(reading), vocabulary, context)
            if found is not None and found.how != "abbreviation":
                return replace(found, how="decoded", level=level)
    return None


def _reordered(written: _Text, vocabulary: Vocabulary, _context: Context) -> _Found | None:
    """The same words in another order: at least three, or set apart by a separator."""
    core = without_connectors(written.key)
    typed = core.split(" ")
    if len(typed) < _SHORTEST_REORDERED and (len(typed) < 2 or _PARTS.search(written.text) is None):
        return None
    positions = tuple(
        position
        for position in vocabulary.by_bag.get(bag_of(match_key(core)), ())
        if _is_same_bag(typed, vocabulary.labels[position])
    )
    codes = tuple(dict.fromkeys(vocabulary.labels[position].code for position in positions))
    return _Found(codes, "reordered") if codes else None


def _is_same_bag(typed: list[str], label: Label) -> bool:
    tokens = without_connectors(label.accented).split(" ")
    one = sorted(typed, key=lambda token: (bare(token), token))
    other = sorted(tokens, key=lambda token: (bare(token), token))
    return len(one) == len(other) and all(map(is_lenient_match, one, other))


# Step 7 and guesses.


def _by_likeness(written: _Text, vocabulary: Vocabulary) -> Resolution:
    grades, level = nearest(written.key, vocabulary), None
    if grades and grades[0].is_takeable:
        return _graded_answer(grades, vocabulary, None, is_offer=_rival(grades) < LEAST_MARGIN)
    for rest, rest_level, _ in written.shorter[:_MOST_GRADED_READINGS]:
        shorter = nearest(rest, vocabulary)
        if shorter and _offer_value(shorter) > _offer_value(grades):
            grades, level = shorter, rest_level
    guesses = _contained(written.key, vocabulary) or _from_initials(written.key, vocabulary)
    if guesses and guesses[0].score >= _offer_value(grades):
        return _guess(guesses, grades, vocabulary)
    if _offer_value(grades):
        return _graded_answer(grades, vocabulary, level, is_offer=True)
    listed = tuple(_candidates(grades, vocabulary))
    top = listed[0].score if listed else 0.0
    return Resolution(None, "unknown", top, _margin(listed), None, False, listed)


def _offer_value(grades: list[Grade]) -> float:
    return grades[0].rank_value if grades and grades[0].is_offerable else 0.0


def _rival(grades: list[Grade]) -> float:
    """How far the best grade is ahead of the next that might be taken too."""
    rivals = [grade.score for grade in grades[1:] if grade.is_takeable]
    return grades[0].score - max(rivals) if rivals else 100.0


def _graded_answer(
    grades: list[Grade], vocabulary: Vocabulary, level: Level | None, *, is_offer: bool
) -> Resolution:
    candidates = tuple(_candidates(grades, vocabulary))
    best = candidates[0]
    return Resolution(best.skill, "fuzzy", best.score, _margin(candidates), level, is_offer, candidates)


def _candidates(grades: Iterable[Grade], vocabulary: Vocabulary) -> Iterator[Candidate]:
    for count, grade in enumerate(grades):
        if count < MAX_CANDIDATES and grade.rank_value >= LISTED_SCORE:
            code = vocabulary.labels[grade.position].code
            yield Candidate(code, vocabulary.concepts[code].vi, round(grade.rank_value, 1))


def _contained(key: str, vocabulary: Vocabulary) -> list[Candidate]:
    """Labels inside the text, the weightiest first: a guess, since what stands around may change the meaning."""
    tokens = without_connectors(key).split(" ")
    weights: dict[str, float] = {}
    for start in range(len(tokens)):
        for end in range(start + 1, len(tokens) + 1):
            if end - start == len(tokens):
                continue
            inside = tokens[start:end]
            for position in vocabulary.by_accented.get(" ".join(inside), ()):
                label = vocabulary.labels[position]
                if label.is_ambiguous or len(label.folded) <= _SHORTEST_SURE_ABBREVIATION:
                    continue
                weight = sum(
                    vocabulary.rarity.get(stem, 0.0) for stem in stems_of(match_key(" ".join(inside)))
                )
                weights[label.code] = max(weight, weights.get(label.code, 0.0))
    order = sorted(weights, key=lambda code: (-weights[code], code))
    return [
        Candidate(code, vocabulary.concepts[code].vi, _CONTAINED_SCORE - place)
        for place, code in enumerate(order[:MAX_CANDIDATES])
    ]


def _from_initials(key: str, vocabulary: Vocabulary) -> list[Candidate]:
    """Initials of a name as people abbreviate it ad hoc (QLTG: quản lý tôn giáo): always a guess."""
    if " " in key or len(key) < _SHORTEST_INITIALS:
        return []
    codes = vocabulary.initials.get(match_key(key), ())
    return [
        Candidate(code, vocabulary.concepts[code].vi, _INITIALS_SCORE - place)
        for place, code in enumerate(codes[:MAX_CANDIDATES])
    ]


def _guess(guesses: list[Candidate], grades: list[Grade], vocabulary: Vocabulary) -> Resolution:
    best = guesses[0]
    how: How = "contained" if best.score > _INITIALS_SCORE else "initials"
    others = (*guesses[1:], *_candidates(grades, vocabulary))
    seen = {best.skill: best}
    for other in others:
        seen.setdefault(other.skill, other)
    candidates = tuple(list(seen.values())[:MAX_CANDIDATES])
    return Resolution(best.skill, how, best.score, _margin(candidates), None, True, candidates)


def _margin(candidates: tuple[Candidate, ...]) -> float:
    if not candidates:
        return 0.0
    return round(candidates[0].score - (candidates[1].score if len(candidates) > 1 else 0.0), 1)


def _answer(found: _Found, vocabulary: Vocabulary) -> Resolution:
    """What steps 1 to 6 found, as a resolution: they are right or wrong, not more or less alike."""
    score = ACCEPTED_SCORE if found.how == "several" else 100.0
    candidates = tuple(
        Candidate(code, vocabulary.concepts[code].vi, score) for code in found.codes[:MAX_CANDIDATES]
    )
    how: How = found.how if found.is_one or found.how == "abbreviation" else "several"
    margin = 0.0 if len(candidates) > 1 else score
    return Resolution(found.codes[0], how, score, margin, found.level, not found.is_sure, candidates)
