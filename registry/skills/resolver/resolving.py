"""The resolver: a text, a vocabulary, perhaps a context in; a resolution out."""

from dataclasses import replace

from registry.skills.resolver.guesses import MAX_CANDIDATES, by_likeness, by_the_whole
from registry.skills.resolver.naming import Found
from registry.skills.resolver.resolution import NO_CONTEXT, Candidate, Context, How, Resolution
from registry.skills.resolver.spelling import text_key
from registry.skills.resolver.steps import by_knowledge
from registry.skills.resolver.typed import decoded_texts
from registry.skills.resolver.vocabulary import Vocabulary
from registry.skills.resolver.written import Written
from registry.text import TextRefused, clean

MAX_CHARACTERS = 200
MAX_TOKENS = 20
# Steps 1 to 6 are right or wrong, not more or less alike.
_CERTAIN = 100.0


def resolve(text: str, vocabulary: Vocabulary, context: Context = NO_CONTEXT) -> Resolution:
    """The concept a text names. Never raises: any text has an answer. Costs about a millisecond at most.

    At most 200 characters and 20 tokens are looked at; longer texts answer `too_long` before any comparison.
    """
    try:
        cleaned = clean(text, limit=MAX_CHARACTERS)
    except TextRefused as refused:
        return Resolution(None, "too_long" if refused.reason == "too_long" else "unreadable")
    key = text_key(cleaned)
    if not key:
        return Resolution(None, "unknown" if cleaned else "empty")
    if len(key.split(" ")) > MAX_TOKENS:
        return Resolution(None, "too_long")
    written = Written(cleaned, key)
    found = by_knowledge(written, vocabulary, context)
    if found is None or not found.is_sure:
        typed = _as_typed(written, vocabulary, context)
        if typed is not None:
            return typed
    return _told(found, written, vocabulary)


def _as_typed(written: Written, vocabulary: Vocabulary, context: Context) -> Resolution | None:
    """The answer for what the keys of Telex or VNI say, where the text plainly was left as they were pressed."""
    answers: list[Resolution] = []
    for text in decoded_texts(written.text, written.key, vocabulary.tokens):
        decoded = Written(text, text_key(text))
        found = by_knowledge(decoded, vocabulary, context)
        answers.append(_told(found, decoded, vocabulary))
    answers.sort(key=lambda answer: (not answer.is_accepted, -answer.score))
    if not answers or answers[0].skill is None:
        return None
    asks = answers[0].needs_confirmation or len({answer.skill for answer in answers}) > 1
    return replace(answers[0], how="decoded", needs_confirmation=asks)


def _told(found: Found | None, written: Written, vocabulary: Vocabulary) -> Resolution:
    """What steps 1 to 6 found, or else what the text is like; where a part of it was found, whatever the whole says."""
    if found is None:
        return by_likeness(written, vocabulary)
    return by_the_whole(found, written, vocabulary) if found.is_part else _answer(found, vocabulary)


def _answer(found: Found, vocabulary: Vocabulary) -> Resolution:
    candidates = tuple(
        Candidate(code, vocabulary.concepts[code].vi, _CERTAIN) for code in found.codes[:MAX_CANDIDATES]
    )
    how: How = found.how if found.is_one or found.how == "abbreviation" else "several"
    margin = _CERTAIN if found.is_one else 0.0
    return Resolution(found.codes[0], how, _CERTAIN, margin, found.level, not found.is_sure, candidates)
