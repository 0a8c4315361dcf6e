"""The vocabulary as the resolver sees it: immutable labels and the indexes to find them by.

Built once per version from plain rows. Keys are those of `registry.text`: `accented` decides, `folded` finds.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import log

from registry.skills.resolver.spelling import is_code, keyed, squeezed, without_connectors
from registry.skills.resolver.words import EXPANSIONS, ROLE_WORDS

ABBREVIATION, PREFERRED = "abbreviation", "preferred"

# Labels of concepts whose initials people use as an abbreviation have at least this many syllables.
_SHORTEST_INITIALS = 3
_LEAST_RARITY = 0.3
# No Vietnamese syllable loses more than its last letters by this.
_STEM = 6


@dataclass(frozen=True, slots=True)
class Concept:
    """What a text can mean. `scale` names the scale of its levels: general, language or trade."""

    code: str
    vi: str
    en: str
    sector: str
    scale: str


@dataclass(frozen=True, slots=True)
class Label:
    """One way to write a concept. `sectors` and `words` say where an ambiguous one means this concept."""

    code: str
    text: str
    kind: str
    folded: str
    accented: str
    is_ambiguous: bool = False
    sectors: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


Postings = Mapping[str, tuple[int, ...]]


@dataclass(frozen=True)
class Vocabulary:
    """Labels by position, and positions of labels by each key. Never changed after `build`."""

    version: str
    concepts: Mapping[str, Concept]
    labels: Sequence[Label]
    by_accented: Postings
    by_folded: Postings
    by_squeezed: Postings
    by_bag: Postings
    # Concepts by the initials of their Vietnamese names, and what abbreviations stand for inside longer texts.
    initials: Mapping[str, tuple[str, ...]]
    expansions: Mapping[str, tuple[str, ...]]
    grams: Mapping[str, Sequence[int]] = field(repr=False)
    gram_counts: Sequence[int] = field(repr=False)
    # Per label, joining words off: its Telex keystrokes, its accented tokens, the stems of its folded tokens.
    strokes: Sequence[str] = field(repr=False)
    tokens_of: Sequence[tuple[str, ...]] = field(repr=False)
    stems_of: Sequence[frozenset[str]] = field(repr=False)
    # How rare each stem is among labels (natural logarithm of their share), and all accented tokens.
    rarity: Mapping[str, float] = field(repr=False)
    rarest: float
    tokens: frozenset[str] = field(repr=False)

    @classmethod
    def build(cls, version: str, concepts: Iterable[Concept], labels: Iterable[Label]) -> "Vocabulary":
        """Index the labels; of several labels under one key the order given is kept."""
        known = tuple(labels)
        indexes = _Indexes()
        for position, label in enumerate(known):
            indexes.add(position, label)
        rarity = indexes.rarity(len(known))
        return cls(
            version=version,
            concepts={concept.code: concept for concept in concepts},
            labels=known,
            by_accented=_frozen(indexes.by_accented),
            by_folded=_frozen(indexes.by_folded),
            by_squeezed=_frozen(indexes.by_squeezed),
            by_bag=_frozen(indexes.by_bag),
            initials={key: _most_named(named) for key, named in indexes.initials.items()},
            expansions=indexes.expansions(known),
            grams=dict(indexes.grams),
            gram_counts=tuple(indexes.gram_counts),
            strokes=tuple(indexes.strokes),
            tokens_of=tuple(indexes.tokens_of),
            stems_of=tuple(indexes.stems_of),
            rarity=rarity,
            rarest=max(rarity.values(), default=1.0),
            tokens=frozenset(indexes.tokens),
        )


class _Indexes:
    """The indexes while they are being filled."""

    def __init__(self) -> None:
        self.by_accented: dict[str, list[int]] = defaultdict(list)
        self.by_folded: dict[str, list[int]] = defaultdict(list)
        self.by_squeezed: dict[str, list[int]] = defaultdict(list)
        self.by_bag: dict[str, list[int]] = defaultdict(list)
        self.initials: dict[str, list[Label]] = defaultdict(list)
        self.grams: dict[str, list[int]] = defaultdict(list)
        self.gram_counts: list[int] = []
        self.strokes: list[str] = []
        self.tokens_of: list[tuple[str, ...]] = []
        self.stems_of: list[frozenset[str]] = []
        self.tokens: set[str] = set()
        self._seen_in: dict[str, int] = defaultdict(int)

    def add(self, position: int, label: Label) -> None:
        """Enter one label under all its keys."""
        accented, folded = without_connectors(label.accented), without_connectors(label.folded)
        for index, keys in (
            (self.by_accented, {label.accented, accented}),
            (self.by_folded, {label.folded, folded}),
            (self.by_squeezed, {squeezed(label.folded)} - {""}),
            (self.by_bag, {bag_of(folded)}),
        ):
            for key in keys:
                index[key].append(position)
        tokens = folded.split(" ")
        stems = stems_of(folded)
        for stem in stems:
            self._seen_in[stem] += 1
        self.tokens.update(label.accented.split(" "))
        self.tokens_of.append(tuple(accented.split(" ")))
        self.stems_of.append(stems)
        self.strokes.append(keyed(accented))
        if label.kind != ABBREVIATION and len(tokens) >= _SHORTEST_INITIALS:
            self.initials["".join(token[0] for token in tokens)].append(label)
        # Abbreviations are never fuzzed: one letter makes another one.
        is_fuzzed = label.kind != ABBREVIATION and not is_code(folded)
        grams = grams_of(folded) if is_fuzzed else set[str]()
        self.gram_counts.append(len(grams))
        for gram in grams:
            self.grams[gram].append(position)

    def expansions(self, labels: Sequence[Label]) -> dict[str, tuple[str, ...]]:
        """For every abbreviation the names of its concept that have these initials: CTR → chất thải rắn."""
        found: dict[str, tuple[str, ...]] = dict(EXPANSIONS)
        for label in labels:
            if label.kind != ABBREVIATION:
                continue
            names = (name.accented for name in self.initials.get(label.folded, ()) if name.code == label.code)
            found[label.accented] = tuple(dict.fromkeys((*found.get(label.accented, ()), *names)))
        return {short: readings for short, readings in found.items() if readings}

    def rarity(self, labels: int) -> dict[str, float]:
        """Inverse document frequency of every stem, at least a little above nothing."""
        return {stem: max(_LEAST_RARITY, log(labels / seen)) for stem, seen in self._seen_in.items()}


def _most_named(labels: list[Label]) -> tuple[str, ...]:
    """The concepts of labels with the same initials: preferred names first, then those with more such names."""
    counts = Counter(label.code for label in labels)
    preferred = {label.code for label in labels if label.kind == PREFERRED}
    return tuple(sorted(counts, key=lambda code: (code not in preferred, -counts[code], code)))


def bag_of(folded: str) -> str:
    """The tokens in alphabetical order: equal for texts that differ only in word order."""
    return " ".join(sorted(folded.split(" ")))


def stems_of(folded: str) -> frozenset[str]:
    """The folded tokens, long ones by their beginning, so that geology and geologist share one; role words off."""
    tokens = folded.split(" ")
    told = [token for token in tokens if token not in ROLE_WORDS] or tokens
    return frozenset(token[:_STEM] for token in told)


def grams_of(folded: str) -> set[str]:
    """The character trigrams of a key, with a blank before and after."""
    padded = f" {folded} "
    return {padded[at : at + 3] for at in range(len(padded) - 2)}


def _frozen(index: Mapping[str, list[int]]) -> dict[str, tuple[int, ...]]:
    return {key: tuple(positions) for key, positions in index.items()}
