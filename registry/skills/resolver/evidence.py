"""Step 7: what speaks for each concept a text may mean: words, spelling, initials, names inside, kinds of it."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from registry.skills.resolver.initials import SHORTEST_INITIALS, is_short_form
from registry.skills.resolver.labels import ABBREVIATION
from registry.skills.resolver.slips import keystroke_likeness
from registry.skills.resolver.sparse import Ids, Weights
from registry.skills.resolver.spelling import bare, is_code, is_telling, without_connectors
from registry.skills.resolver.vocabulary import Vocabulary
from registry.skills.resolver.wording import Asked, Readings, stem
from registry.skills.resolver.wordlist import Nearby

# The columns of the evidence.
FEATURES = (
    "covered", "firm", "feedback", "all_labels", "preferred", "spelling", "inside", "head", "short_form", "kinds",
    "sector", "size", "initials", "initials_often", "initials_known", "initials_inside", "initials_part",
)  # fmt: skip

# Concepts looked at: the first by words.
_FIRST_BY_WORDS = 12
_PART_OF_HIGHEST = 0.25
_MOST_READINGS = 8
_MOST_CORRECTED = 2
_MOST_NEAR = 4
_LONGEST_INSIDE = 8
_LONGEST_CODE = 3
# Labels nearly as like in words as the best of their concept are compared in spelling too.
_NEARLY_BEST = 0.8
_MOST_GRADED = 24


@dataclass(frozen=True)
class Evidence:
    """Concepts by number, ascending, and a row of FEATURES for each."""

    concepts: Ids
    rows: Weights
    # How much the text says at all, in tens of natural logarithms of rarity: head nouns alone say little.
    heft: float = 0.0
    # Whether the text may be the initials of a name.
    is_abbreviated: bool = False


@dataclass(frozen=True)
class Text:
    """A text to look for: its tokens without joining words, of each its weight 0…1, and words spelt like them."""

    tokens: Sequence[str]
    weights: Sequence[float]
    nearby: Nearby

    @property
    def core(self) -> str:
        """The tokens as one key."""
        return " ".join(self.tokens)


def evidence_for(text: Text, vocabulary: Vocabulary, also: Collection[int] = ()) -> Evidence:
    """What speaks for which concept, and for those in `also`; empty where nothing does."""
    wording = vocabulary.wording
    readings = _readings(text, vocabulary)
    asked = wording.asked(_corrected(text, readings), text.weights, [reading.stems for reading in readings])
    covered, firm = wording.said_of(asked)
    first = _first(covered + firm)
    abbreviated = Abbreviated.read(text, vocabulary)
    short = _short_forms(text.tokens, vocabulary)
    rarities = list(map(wording.rarity_of, text.tokens))
    inside, head = _inside(text.tokens, rarities, vocabulary)
    others = {*abbreviated.concepts(vocabulary), *short, *inside, *also}
    listed = sorted({*first.tolist(), *others})
    concepts = np.array(listed, np.int64)
    if not concepts.size:
        return Evidence(concepts, np.empty((0, len(FEATURES))))
    meant = covered * firm
    sizes = vocabulary.starts[concepts + 1] - vocabulary.starts[concepts]
    rows = np.array(
        (
            covered[concepts],
            firm[concepts],
            wording.feedback(firm, concepts),
            *_by_labels(text, asked, concepts, sizes, vocabulary),
            [inside.get(concept, 0.0) for concept in listed],
            [head.get(concept, 0.0) for concept in listed],
            [float(concept in short) for concept in listed],
            _by_kinds(meant, listed, vocabulary),
            _by_sector(meant, first, concepts, vocabulary),
            np.log(sizes),
            *abbreviated.rows(concepts, vocabulary),
        )
    ).T
    return Evidence(concepts, rows, sum(rarities) / 10, abbreviated.is_any)


@dataclass(frozen=True)
class Abbreviated:
    """The labels whose initials the text has: all of them, some, or but for a role's letters."""

    exact: Sequence[int]
    inside: dict[int, float]
    part: dict[int, float]

    @classmethod
    def read(cls, text: Text, vocabulary: Vocabulary) -> "Abbreviated":
        """What the initials of the text are."""
        if len(text.tokens) > 1 and not any(map(is_short_form, text.tokens)):
            return cls((), {}, {})
        exact = vocabulary.initials.exactly(text.core)
        inside = vocabulary.initials.inside(text.core)
        part = _parts(text.core, vocabulary) if len(text.tokens) == 1 else {}
        return cls(exact, inside, part)

    @property
    def is_any(self) -> bool:
        """Whether there are such labels."""
        return bool(self.exact or self.inside or self.part)

    def concepts(self, vocabulary: Vocabulary) -> set[int]:
        """The concepts of all these labels."""
        if not self.is_any:
            return set()
        return set(vocabulary.concept_of[[*self.exact, *self.inside, *self.part]].tolist())

    def rows(self, concepts: Ids, vocabulary: Vocabulary) -> Sequence[Weights]:
        """Columns of the evidence."""
        columns = np.zeros((5, len(concepts)))
        if not self.is_any:
            return list(columns)
        exact = np.searchsorted(concepts, vocabulary.concept_of[self.exact])
        np.maximum.at(columns[0], exact, 1.0)
        np.add.at(columns[1], exact, 1.0)
        columns[1] = np.log1p(columns[1])
        np.maximum.at(columns[2], exact, self._phrases(self.exact, vocabulary))
        for column, found in ((columns[3], self.inside), (columns[4], self.part)):
            positions = list(found)
            worth = np.array([*found.values()]) * (0.5 + 0.1 * self._phrases(positions, vocabulary))
            np.maximum.at(column, np.searchsorted(concepts, vocabulary.concept_of[positions]), worth)
        return list(columns)

    @staticmethod
    def _phrases(positions: Sequence[int], vocabulary: Vocabulary) -> Weights:
        return vocabulary.wording.known_phrase(vocabulary.ranks[positions].tolist())


def _parts(token: str, vocabulary: Vocabulary) -> dict[int, float]:
    """Labels abbreviated by the token but for letters before them (BS…, QL…) or one after (…V)."""
    found: dict[int, float] = {}
    letters = bare(token)
    for start, end in ((0, len(letters) - 1), *((at, len(letters)) for at in range(1, len(letters) - 2))):
        rest = letters[start:end]
        if len(rest) < SHORTEST_INITIALS:
            continue
        for position in vocabulary.by_folded.get(rest, ()):
            if vocabulary.labels[position].kind == ABBREVIATION:
                found[position] = 2 * len(rest) / len(letters)
        for position in vocabulary.initials.exactly(token[start:end]):
            found[position] = max(found.get(position, 0.0), len(rest) / len(letters))
    return found


def _first(values: Weights) -> Ids:
    """The concepts of the highest values above nothing."""
    places = (values > _PART_OF_HIGHEST * float(values.max(initial=0.0))).nonzero()[0]
    if len(places) > _FIRST_BY_WORDS:
        places = places[(-values[places]).argpartition(_FIRST_BY_WORDS)[:_FIRST_BY_WORDS]]
        places.sort()
    return places


def _by_labels(
    text: Text, asked: Asked, concepts: Ids, sizes: Ids, vocabulary: Vocabulary
) -> tuple[Weights, ...]:
    """Per concept how like its labels are to the text: all together in words, a preferred one, the best in spelling."""
    ranks, like = vocabulary.wording.likeness(asked, concepts)
    starts = sizes.cumsum() - sizes
    best = np.maximum.reduceat(like, starts)
    together = np.sqrt(np.add.reduceat(like * like, starts))
    named = np.maximum.reduceat(like * vocabulary.preferred[ranks], starts)
    chosen = (like > (_NEARLY_BEST * best).repeat(sizes)).nonzero()[0]
    if len(chosen) > _MOST_GRADED:
        chosen = chosen[(-like[chosen]).argpartition(_MOST_GRADED)[:_MOST_GRADED]]
    spelling = np.zeros(len(concepts))
    positions = vocabulary.order[ranks[chosen]].tolist()
    alike = np.array(keystroke_likeness(text.core, positions, vocabulary))
    np.maximum.at(spelling, starts.searchsorted(chosen, side="right") - 1, alike)
    return together, named, spelling


def _by_kinds(values: Weights, concepts: Sequence[int], vocabulary: Vocabulary) -> list[float]:
    """Per concept how well the best of its kinds is meant: where several kinds tie, the broader one is likelier."""
    narrower = vocabulary.narrower
    return [max(map(values.item, narrower.get(concept, ())), default=0.0) for concept in concepts]


def _by_sector(values: Weights, first: Ids, concepts: Ids, vocabulary: Vocabulary) -> Weights:
    """Per concept the share of its sector in what the text may mean."""
    sectors = vocabulary.sector_of
    sums = np.bincount(sectors[first], values[first] ** 2, minlength=vocabulary.sectors)
    return sums[sectors[concepts]] / max(float(sums.sum()), 1e-9)


@dataclass(frozen=True)
class Reading:
    """What a token may be short for or a slip of, as stems; of a slip the likeliest word."""

    stems: Readings = ()
    word: str = ""


def _readings(text: Text, vocabulary: Vocabulary) -> list[Reading]:
    """Of every token what else it may stand for; nothing for words as they stand."""
    readings = [Reading()] * len(text.tokens)
    unknown: list[int] = []
    for at, token in enumerate(text.tokens):
        if len(text.tokens) > 1 and token in vocabulary.expansions:
            readings[at] = Reading(_stems_of(vocabulary.expansions[token][:_MOST_READINGS], vocabulary))
        elif is_telling(token) and not is_code(token) and not vocabulary.wording.knows(token):
            unknown.append(at)
    if len(unknown) <= _MOST_CORRECTED:
        for at in unknown:
            near = [word for word in text.nearby.nearest(text.tokens[at]) if not is_code(bare(word))][
                :_MOST_NEAR
            ]
            stems = _stems_of((*near, *_cut(text.tokens[at], vocabulary.tokens)), vocabulary)
            readings[at] = Reading(stems, near[0] if near else "")
    return readings


def _corrected(text: Text, readings: Sequence[Reading]) -> list[str]:
    """The tokens, misspelt ones as they were likely meant."""
    return [reading.word or token for token, reading in zip(text.tokens, readings, strict=True)]


def _cut(token: str, known: frozenset[str]) -> list[str]:
    """The token as two known words written together."""
    halves = ((token[:at], token[at:]) for at in range(2, len(token) - 1))
    return [f"{one} {other}" for one, other in halves if one in known and other in known]


def _stems_of(readings: Sequence[str], vocabulary: Vocabulary) -> Readings:
    stems = vocabulary.wording.stems
    return [
        [stems.get(stem(bare(word)), -1) for word in without_connectors(reading).split(" ")]
        for reading in readings
    ]


def _short_forms(tokens: Sequence[str], vocabulary: Vocabulary) -> set[int]:
    """Concepts one of whose abbreviations stands in the text."""
    if len(tokens) < 2:
        return set()
    positions = {at for token in tokens for at in vocabulary.by_folded.get(bare(token), ())}
    return {int(vocabulary.concept_of[at]) for at in positions if vocabulary.labels[at].kind == ABBREVIATION}


def _inside(
    tokens: Sequence[str], weights: Sequence[float], vocabulary: Vocabulary
) -> tuple[dict[int, float], dict[int, float]]:
    """Concepts with a name inside the text, by the share of the text's weight the name has; and those at its head.

    What a Vietnamese text is about stands first, what an English one is about last.
    """
    is_plain = all(map(str.isascii, tokens))
    names = vocabulary.by_folded if is_plain else vocabulary.by_accented
    whole = sum(weights)
    found: dict[int, float] = {}
    head: dict[int, float] = {}
    for start, end in _windows(tokens, vocabulary.bare_tokens if is_plain else vocabulary.tokens):
        positions = names.get(" ".join(tokens[start:end]), ())
        if not positions:
            continue
        share = sum(weights[start:end]) / whole
        for position in positions:
            label = vocabulary.labels[position]
            if label.is_ambiguous or len(label.folded) <= _LONGEST_CODE:
                continue
            concept = int(vocabulary.concept_of[position])
            found[concept] = max(share, found.get(concept, 0.0))
            if end == len(tokens) if label.accented.isascii() else start == 0:
                head[concept] = max(share, head.get(concept, 0.0))
    return found, head


def _windows(tokens: Sequence[str], known: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Every run of known tokens but the whole."""
    for start in range(len(tokens)):
        for end in range(start + 1, min(len(tokens), start + _LONGEST_INSIDE) + 1):
            if tokens[end - 1] not in known:
                break
            if end - start < len(tokens):
                yield start, end
