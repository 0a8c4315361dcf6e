"""One text names one concept, or is declared ambiguous: what a new label meets, and what kind it seems to be. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from registry.skills.rules.lists import LabelKind, LabelLanguage
from registry.text import accented_key, fold, match_key, syllables
from registry.text.syllable import ONSETS, RHYMES

_LONGEST_ABBREVIATION = 8
_LONGEST_CONTEXT = 500
# Syllables as they look without marks: people often type Vietnamese so.
_BARE_ONSETS = frozenset(fold(onset) for onset in ONSETS)
_BARE_RHYMES = frozenset(fold(rhyme) for rhyme in RHYMES)
_LONGEST_ONSET = max(map(len, _BARE_ONSETS))


@dataclass(frozen=True, slots=True)
class LabelHolder:
    """A label with the same folded text that is there already."""

    skill_id: int
    accented: str
    is_ambiguous: bool


class Verdict(StrEnum):
    """What becomes of a new label."""

    FREE = "free"
    """Nobody has the text."""
    OWN = "own"
    """The concept has it already."""
    MARKS = "marks"
    """Others have it with other marks only («công chứng», «công chúng»): both stay, the marks decide."""
    DECLARED = "declared"
    """Others have it, and it was declared ambiguous with contexts."""
    TAKEN = "taken"
    """Another concept has it."""
    WORDLESS = "wordless"
    """It has no letter or digit to be found by."""


def judge_label(
    text: str, skill_id: int, holders: Sequence[LabelHolder], *, has_contexts: bool = False
) -> Verdict:
    """Whether the text may become a label of the concept; `holders` are the labels with its folded text."""
    if not match_key(text):
        return Verdict.WORDLESS
    if any(holder.skill_id == skill_id for holder in holders):
        return Verdict.OWN
    if not holders:
        return Verdict.FREE
    if all(_contradict(accented_key(text), holder.accented) for holder in holders):
        return Verdict.MARKS
    return Verdict.DECLARED if has_contexts else Verdict.TAKEN


def _contradict(one: str, other: str) -> bool:
    """Whether marks tell the two apart: some syllable is marked in both, and differently."""
    pairs = zip(one.split(" "), other.split(" "), strict=False)
    return any(a != b and fold(a) not in (a, b) and fold(b) not in (a, b) for a, b in pairs)


def guess_kind(text: str) -> LabelKind:
    """Short and in capitals is an abbreviation; everything else another name."""
    is_short = len(text) <= _LONGEST_ABBREVIATION and " " not in text
    return LabelKind.ABBREVIATION if is_short and text.isupper() else LabelKind.ALIAS


def guess_language(text: str) -> LabelLanguage:
    """English when every letter is plain and some word is no Vietnamese syllable; otherwise Vietnamese."""
    is_foreign = any(word.isalpha() and not _looks_vietnamese(word.lower()) for word in syllables(text))
    is_name = guess_kind(text) is LabelKind.ALIAS
    return LabelLanguage.EN if text.isascii() and is_foreign and is_name else LabelLanguage.VI


def _looks_vietnamese(word: str) -> bool:
    return any(word[:cut] in _BARE_ONSETS and word[cut:] in _BARE_RHYMES for cut in range(_LONGEST_ONSET + 1))


def listed_words(words: Iterable[str]) -> str:
    """Context words as stored: trimmed, each once, «|» between them. Raises ValueError when they are too long."""
    kept = dict.fromkeys(word for one in words if (word := " ".join(one.replace("|", " ").split())))
    joined = "|".join(kept)
    if len(joined) > _LONGEST_CONTEXT:
        raise ValueError("context words are too long")
    return joined
