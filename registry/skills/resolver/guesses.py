"""Step 7: what is only like a label, or what the words of a text point to; all but slips are to be confirmed."""

from dataclasses import replace
from itertools import pairwise
from math import exp

import numpy as np

from registry.skills.resolver.evidence import FEATURES, Evidence, Text, evidence_for
from registry.skills.resolver.frames import is_frame_word
from registry.skills.resolver.hearing import Heard
from registry.skills.resolver.levels import Level
from registry.skills.resolver.misspelt import misspelt
from registry.skills.resolver.naming import Found
from registry.skills.resolver.resolution import Candidate, How, Resolution
from registry.skills.resolver.slips import ACCEPTED_SCORE, LEAST_MARGIN, Slip, slips
from registry.skills.resolver.sparse import Weights
from registry.skills.resolver.spelling import without_connectors
from registry.skills.resolver.vocabulary import Vocabulary
from registry.skills.resolver.wordlist import Nearby
from registry.skills.resolver.written import Written

MAX_CANDIDATES = 5
# What each kind of evidence is worth for the order of concepts, in texts of words and in those that may be
# initials, and for how likely the first one is meant at all. Learnt on 2026-11-26 by `scripts/learn_weights.py`
# from labels held out of the vocabulary and names inside longer texts; how, and figures, in `data/README.md`.
OF_WORDS = {
    "covered": 3.52, "firm": 1.82, "feedback": 3.12, "all_labels": 1.2, "preferred": 2.2,
    "spelling": 2.09, "inside": 2.18, "head": 0.72, "short_form": -0.29, "kinds": 0.0, "sector": 2.31,
}  # fmt: skip
OF_INITIALS = {
    "covered": -0.47, "firm": 0.28, "feedback": 2.08, "all_labels": 0.53, "preferred": 1.06,
    "kinds": 0.03, "sector": 0.83, "size": -0.01, "initials": 3.14, "initials_often": 2.08,
    "initials_known": 0.1, "initials_inside": 3.68, "initials_part": 0.82,
}  # fmt: skip
OF_BELIEF = {
    "covered": 0.24, "firm": 1.03, "feedback": -0.43, "all_labels": 0.25, "preferred": -0.07,
    "spelling": -0.22, "inside": 0.38, "head": 0.45, "short_form": 0.48, "kinds": 0.09, "sector": 0.45,
    "size": -0.35, "initials": 1.22, "initials_often": 0.7, "initials_known": 0.27,
    "initials_inside": 0.15, "initials_part": 0.74, "heft": 0.54, "lead": 0.13, "share": 2.16,
    "base": -1.9,
}  # fmt: skip
# Offered for confirmation from this chance (of 100) on; less likely ones are only listed, from the lower one on.
OFFERED_CHANCE = 40.0
LISTED_CHANCE = 2.0
# A syllable confused by ear differs by so much of a whole one.
_CONFUSED = 0.25
# From this chance on nothing else is asked about a text that is a name but for letters of words that are none.
_PLAINLY_MISSPELT = 65.0
# What being named by a part of the text is worth beside the evidence of the whole; set by hand on development
# lists, where values around them make little difference (`data/README.md`).
_PART_VALUE = 2.0
_FIRST_PART_VALUE = 0.5
# Role words say little of what is meant.
_ROLE_WEIGHT = 0.3

# Besides the evidence for the first concept: how much the text says, its lead over the second, its share of the odds, a constant.
BELIEF_FEATURES = (*FEATURES, "heft", "lead", "share", "base")
_of_words = np.array([OF_WORDS.get(feature, 0.0) for feature in FEATURES])
_of_initials = np.array([OF_INITIALS.get(feature, 0.0) for feature in FEATURES])
_of_belief = np.array([OF_BELIEF.get(feature, 0.0) for feature in BELIEF_FEATURES])


def by_likeness(written: Written, vocabulary: Vocabulary) -> Resolution:
    """The answer for a text that is no label: taken as a slip of one, offered as likely, or unknown."""
    if not vocabulary.labels:
        return Resolution(None, "unknown")
    heard = by_ear(written, vocabulary)
    if heard is not None and heard.is_accepted:
        return heard
    nearby = Nearby(vocabulary.spelling)
    found = slips(written.key, vocabulary, nearby)
    slip = _slip(found, written.text, vocabulary) if found else None
    if heard is not None and not (slip is not None and slip.is_accepted and slip.skill == heard.skill):
        return heard
    if slip is not None:
        return slip
    wrong_letters = _misspelt(written, vocabulary)
    if wrong_letters is not None and wrong_letters.score >= _PLAINLY_MISSPELT:
        return wrong_letters
    text, level = text_of(written, nearby)
    likely = _likely(evidence_for(text, vocabulary), level, vocabulary)
    if wrong_letters is None or wrong_letters.score <= max(likely.score, OFFERED_CHANCE):
        return likely
    named = {candidate.skill for candidate in wrong_letters.candidates}
    others = tuple(other for other in likely.candidates if other.skill not in named)
    return replace(wrong_letters, candidates=(*wrong_letters.candidates, *others)[:MAX_CANDIDATES])


def _misspelt(written: Written, vocabulary: Vocabulary) -> Resolution | None:
    """The label the text, or the text without its level or role, is likeliest misspelt for."""
    for key, level in ((written.key, None), *written.shorter):
        found = misspelt(without_connectors(key), vocabulary)[:MAX_CANDIDATES]
        if found:
            codes = [vocabulary.labels[one.position].code for one in found]
            listed = tuple(
                Candidate(code, vocabulary.concepts[code].vi, one.chance)
                for code, one in zip(codes, found, strict=True)
            )
            best = listed[0]
            return Resolution(best.skill, "fuzzy", best.score, margin_of(listed), level, True, listed)
    return None


def by_the_whole(found: Found, written: Written, vocabulary: Vocabulary) -> Resolution:
    """The answer where parts of a text name concepts: to be asked about, in the order the whole text speaks for them.

    A concept no part names comes first only where the words of the whole speak for it plainly.
    """
    parts = {vocabulary.numbers[code] for code in found.codes}
    text, _ = text_of(written, Nearby(vocabulary.spelling))
    evidence = evidence_for(text, vocabulary, parts)
    concepts: list[int] = evidence.concepts.tolist()
    values = values_of(evidence) + [_PART_VALUE * (concept in parts) for concept in concepts]
    values[np.searchsorted(evidence.concepts, vocabulary.numbers[found.codes[0]])] += _FIRST_PART_VALUE
    told: list[float] = values.tolist()
    order = sorted(range(len(told)), key=lambda at: -told[at])
    first = told[order[0]]
    candidates: list[Candidate] = []
    for at in order[:MAX_CANDIDATES]:
        score = round(100 * exp(told[at] - first), 1)
        if score >= LISTED_CHANCE or concepts[at] in parts:
            code = vocabulary.codes[concepts[at]]
            candidates.append(Candidate(code, vocabulary.concepts[code].vi, score))
    listed = tuple(candidates)
    how: How = "contained" if concepts[order[0]] not in parts else found.how
    return Resolution(listed[0].skill, how, listed[0].score, margin_of(listed), found.level, True, listed)


def by_ear(written: Written, vocabulary: Vocabulary) -> Resolution | None:
    """The concept whose label sounds like the text, or like it without its level or role; None where there is none."""
    for key, level in ((written.key, None), *written.shorter):
        core = without_connectors(key)
        found = vocabulary.hearing.alike(core, vocabulary.tokens)
        if found:
            is_part = key != written.key
            return _heard(found, core.count(" ") + 1, level, is_part=is_part, vocabulary=vocabulary)
    return None


def _heard(
    found: list[Heard], syllables: int, level: Level | None, *, is_part: bool, vocabulary: Vocabulary
) -> Resolution:
    """Taken where most syllables stand as in the label and no other concept sounds as near; else asked about."""
    scores: dict[str, float] = {}
    for heard in found:
        code = vocabulary.labels[heard.position].code
        scores.setdefault(code, round(100 * (1 - _CONFUSED * heard.confused / syllables), 1))
    listed = tuple(Candidate(code, vocabulary.concepts[code].vi, score) for code, score in scores.items())[
        :MAX_CANDIDATES
    ]
    best, margin = listed[0], margin_of(listed)
    asks = is_part or found[0].asks or not margin or 2 * found[0].confused >= syllables
    return Resolution(best.skill, "fuzzy", best.score, margin, level, asks, listed)


def margin_of(candidates: tuple[Candidate, ...]) -> float:
    """How far the first candidate is ahead of the second."""
    if not candidates:
        return 0.0
    return round(candidates[0].score - (candidates[1].score if len(candidates) > 1 else 0.0), 1)


def _slip(found: list[Slip], text: str, vocabulary: Vocabulary) -> Resolution:
    """The label the text is a slip of; asked about where it is less like it, or another could be meant as well."""
    candidates: list[Candidate] = []
    for slip in found[:MAX_CANDIDATES]:
        code = vocabulary.labels[slip.position].code
        candidates.append(Candidate(code, vocabulary.concepts[code].vi, round(slip.score, 1)))
    best, listed = candidates[0], tuple(candidates)
    is_close = len(found) > 1 and found[0].score - found[1].score < LEAST_MARGIN
    meant = vocabulary.labels[found[0].position].text
    is_other_name = _has_capital_inside(text) and not _has_capital_inside(meant)
    asks = is_close or is_other_name or found[0].asks or found[0].score < ACCEPTED_SCORE
    return Resolution(best.skill, "fuzzy", best.score, margin_of(listed), None, asks, listed)


def _has_capital_inside(text: str) -> bool:
    """Whether a word goes on with a capital, as names that are made up do: FishXing, PowerPoint."""
    return not text[1:].islower() and any(one.islower() and other.isupper() for one, other in pairwise(text))


def values_of(evidence: Evidence) -> Weights:
    """The evidence for each concept weighed into one number, for their order."""
    return evidence.rows @ (_of_initials if evidence.is_abbreviated else _of_words)


def belief_row(evidence: Evidence, values: Weights) -> Weights:
    """BELIEF_FEATURES of the best concept."""
    told = sorted(values.tolist(), reverse=True)
    share = 1 / sum(exp(value - told[0]) for value in told)
    lead = told[0] - (told[1] if len(told) > 1 else 0.0)
    return np.concatenate((evidence.rows[int(values.argmax())], (evidence.heft, lead, share, 1.0)))


def text_of(written: Written, nearby: Nearby) -> tuple[Text, Level | None]:
    """The text with its level and role words made light, and the level that was read."""
    rest, level = written.key, None
    for shorter, shorter_level in written.shorter:
        if len(shorter) < len(rest):
            rest, level = shorter, shorter_level or level
    kept = set(without_connectors(rest).split(" "))
    every = without_connectors(written.key).split(" ")
    tokens = [token for token in every if token in kept or not is_frame_word(token)] or every
    return Text(tokens, [1.0 if token in kept else _ROLE_WEIGHT for token in tokens], nearby), level


def _likely(evidence: Evidence, level: Level | None, vocabulary: Vocabulary) -> Resolution:
    if not evidence.concepts.size:
        return Resolution(None, "unknown")
    values = values_of(evidence)
    best = int(values.argmax())
    chance = 100 / (1 + exp(-float(belief_row(evidence, values) @ _of_belief)))
    told, numbers = values.tolist(), evidence.concepts.tolist()
    candidates: list[Candidate] = []
    for at in np.argsort(-values, kind="stable")[:MAX_CANDIDATES].tolist():
        score = round(chance * exp(told[at] - told[best]), 1)
        if score >= LISTED_CHANCE:
            code = vocabulary.codes[int(numbers[at])]
            candidates.append(Candidate(code, vocabulary.concepts[code].vi, score))
    listed = tuple(candidates)
    if chance < OFFERED_CHANCE:
        return Resolution(None, "unknown", round(chance, 1), margin_of(listed), None, False, listed)
    how = _how(dict(zip(FEATURES, evidence.rows[best].tolist(), strict=True)))
    return Resolution(listed[0].skill, how, listed[0].score, margin_of(listed), level, True, listed)


def _how(row: dict[str, float]) -> How:
    if row["initials"] or row["initials_part"] or (row["initials_inside"] and not row["inside"]):
        return "initials"
    return "contained" if row["inside"] else "fuzzy"
