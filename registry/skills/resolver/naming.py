"""Steps 1 to 4: the text as a whole is a label, exactly, as an alias, an abbreviation, without marks or joined."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from registry.skills.resolver.levels import Level
from registry.skills.resolver.resolution import Context, How
from registry.skills.resolver.spelling import is_lenient_match, squeezed, unmarked, without_connectors
from registry.skills.resolver.vocabulary import ABBREVIATION, PREFERRED, Label, Vocabulary
from registry.text import match_key


@dataclass(frozen=True, slots=True)
class Found:
    """Concepts in the order of their labels, the step, whether they must be asked about even if one."""

    codes: tuple[str, ...]
    how: How
    asks: bool = False
    level: Level | None = None
    # Whether only a part of the text says so, and the rest may say something else.
    is_part: bool = False

    @property
    def is_one(self) -> bool:
        """Whether exactly one concept was found."""
        return len(self.codes) == 1

    @property
    def is_sure(self) -> bool:
        """Whether the one concept found need not be asked about."""
        return self.is_one and not self.asks


def named(key: str, vocabulary: Vocabulary, context: Context) -> Found | None:
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
        folded = _from_labels(positions, "folded", key, vocabulary, context)
        return replace(folded, asks=True) if _says_another_word(key, positions, vocabulary) else folded
    joined = vocabulary.by_squeezed.get(squeezed(unmarked(key)))
    if joined is None:
        return None
    if not key.isascii():
        joined = tuple(at for at in joined if squeezed(vocabulary.labels[at].accented) == squeezed(key))
    return _from_labels(joined, "joined", key, vocabulary, context) if joined else None


def _folded_positions(key: str, core: str, vocabulary: Vocabulary) -> tuple[int, ...]:
    """Labels that fold alike and whose marks the typed syllables do not contradict."""
    for typed, strip in ((key, False), (core, True)) if core != key else ((key, True),):
        folded = unmarked(typed)
        alike = vocabulary.by_folded.get(folded)
        found = alike and [at for at in alike if _is_lenient(typed, vocabulary.labels[at], strip)]
        if found:
            literally = [at for at in found if vocabulary.labels[at].folded == folded]
            return tuple(literally or found)
    return ()


def _is_lenient(typed: str, label: Label, strip: bool) -> bool:
    accented = without_connectors(label.accented) if strip else label.accented
    one, other = typed.split(" "), accented.split(" ")
    return len(one) == len(other) and all(map(is_lenient_match, one, other))


def _says_another_word(key: str, positions: Iterable[int], vocabulary: Vocabulary) -> bool:
    """Whether a word without marks among words with marks is a word of names as it stands: «thợ da» is no «thợ đá»."""
    if key.isascii():
        return False
    words = {token for token in key.split(" ") if token.isascii() and token in vocabulary.tokens}
    return bool(words) and not any(
        words.issubset(vocabulary.labels[position].accented.split(" ")) for position in positions
    )


def _how_written(positions: Iterable[int], vocabulary: Vocabulary) -> How:
    kinds = {vocabulary.labels[position].kind for position in positions}
    if PREFERRED in kinds:
        return "exact"
    return "alias" if "alias" in kinds else "abbreviation"


def _from_labels(
    positions: tuple[int, ...], how: How, key: str, vocabulary: Vocabulary, context: Context
) -> Found:
    """The concepts of the labels; context decides between the readings of an ambiguous one."""
    labels = [vocabulary.labels[position] for position in positions]
    codes = tuple(dict.fromkeys(label.code for label in labels))
    asks = _asks(labels, key, vocabulary)
    if len(codes) > 1 or asks:
        if context.asked is not None:
            context.asked.append(key)
        fitting = tuple(dict.fromkeys(label.code for label in labels if _fits(label, context)))
        if len(fitting) == 1:
            return Found(fitting, how)
        codes = tuple(dict.fromkeys((*fitting, *codes)))
    return Found(codes, how, asks)


def _asks(labels: list[Label], key: str, vocabulary: Vocabulary) -> bool:
    """An ambiguous abbreviation asks, unless its marks set it apart from the other readings (KTĐN, KTDN)."""
    if not all(label.is_ambiguous and label.kind == ABBREVIATION for label in labels):
        return False
    alike = vocabulary.by_folded.get(unmarked(key), ())
    readings = {vocabulary.labels[position].accented for position in alike}
    return key.isascii() or len(readings) == 1


def _fits(label: Label, context: Context) -> bool:
    if context.sector and context.sector in label.sectors:
        return True
    beside = f" {match_key(' ; '.join(context.neighbours))} "
    return any(f" {match_key(word)} " in beside for word in label.words)
