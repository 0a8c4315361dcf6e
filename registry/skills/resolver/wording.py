"""Which words name which concepts: weights of stems, pairs of stems and words as they stand, as sparse arrays.

All labels of a concept speak for it together, so a name nobody listed is found by words its names use. Concepts
and labels are numbers here, the labels of a concept side by side; what they mean is for the caller.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from math import log, sqrt

import numpy as np

from registry.skills.resolver.sparse import Ids, Sparse, Weights, ranges, sparse
from registry.skills.resolver.spelling import bare, is_telling
from registry.text import is_vietnamese_syllable

_LONGEST_STEM = 7
_SHORTEST_INFLECTED = 5
_SHORTEST_ROOT = 4
# English endings that do not change what is named; the longest that fits is taken off.
_ENDINGS = (
    "ization", "izing", "izers", "izer", "ized", "izes", "ize", "ations", "ation", "ments", "ment", "ings", "ing", "ists", "ist",
    "ers", "er", "ors", "or", "ies", "es", "s", "al", "ic", "y", "e",
)  # fmt: skip
_AMERICAN = {"isa": "iza", "ise": "ize", "isi": "izi", "yse": "yze", "our": "or", "tre": "ter", "mme": "m"}
_BRITISH = re.compile("(?<=.{3})(?:isa|ise|isi|yse|our|tre$|mme$)")
# How much of a word's weight a concept gets that uses it in one label, in two, in many: 40 %, 57 %, …
_SATURATION = 1.5
_PAIR_WEIGHT = 0.5
_EXACT_WEIGHT = 0.5
_READING_WEIGHT = 0.6
_BREAK = "\n"
_NOTHING = np.zeros(1)
_NONE = (np.empty(0, np.int64), np.empty(0), np.empty(0))


@lru_cache(maxsize=65_536)
def stem(token: str) -> str:
    """A folded token without an English ending, cut: geology, geologist, geological share "geolog"."""
    if len(token) < _SHORTEST_INFLECTED or not token.isascii():
        return token
    token = _BRITISH.sub(lambda found: _AMERICAN[found.group()], token)
    for ending in _ENDINGS:
        if token.endswith(ending) and len(token) - len(ending) >= _SHORTEST_ROOT:
            token = token[: -len(ending)]
            break
    return token[:_LONGEST_STEM]


# What one word of a text may stand for: readings, each of stems by number (-1 unknown).
Readings = Sequence[Sequence[int]]


@dataclass(frozen=True)
class Asked:
    """A text in features: of each word its own (-1 unknown), weight 0…1 and readings, and those labels have."""

    words: Sequence[int]
    # Whether each word says something by itself: no number, no single letter, but for names (5S, C#).
    telling: Sequence[bool]
    weights: Sequence[float]
    readings: Sequence[Readings]
    pairs: Sequence[int]
    features: Ids
    # Root of the summed squared weights of all features, known or not.
    norm: float


class Wording:
    """Features of labels and of concepts. A feature is a stem, a pair of stems side by side, or a word as it stands.

    `keys` are the accented labels, those of a concept side by side; `starts` says where each concept's begin.
    """

    def __init__(self, keys: Sequence[str], starts: Ids) -> None:
        self._starts, self._concepts = starts, len(starts) - 1
        words = f" {_BREAK} ".join(keys).split(" ")
        self._tokens: dict[str, int] = {_BREAK: 0}
        numbers = np.array([self._tokens.setdefault(word, len(self._tokens)) for word in words], np.int64)
        self.stems: dict[str, int] = {}
        stem_of = np.array(
            [self.stems.setdefault(stem(bare(token)), len(self.stems)) for token in self._tokens], np.int64
        )
        is_word = numbers != 0
        labels = np.cumsum(~is_word)
        stems, joined = stem_of[numbers], is_word[:-1] & is_word[1:]
        pairs, pair_ids = np.unique(
            stems[:-1][joined] * len(self.stems) + stems[1:][joined], return_inverse=True
        )
        self._pairs = dict(
            zip(pairs.tolist(), range(len(self.stems), len(self.stems) + len(pairs)), strict=True)
        )
        self._first_pair, self._first_exact = len(self.stems), len(self.stems) + len(pairs)
        self._features = self._first_exact + len(self._tokens)
        feature = (stems[is_word], self._first_pair + pair_ids, self._first_exact + numbers[is_word])
        label = (labels[is_word], labels[:-1][joined], labels[is_word])
        distinct = np.unique(np.concatenate(label) * self._features + np.concatenate(feature))
        self._label, self._feature = np.divmod(distinct, self._features)
        self._labels = len(keys)
        self._names = frozenset(key for key in keys if " " not in key)
        self._unseen, self._unknown = log(1 + len(keys)), log(1 + self._concepts)

    @cached_property
    def _seen(self) -> Ids:
        """In how many labels every feature is."""
        return np.bincount(self._feature, minlength=self._features)

    @cached_property
    def _squared(self) -> Weights:
        """Of every feature the square of its rarity among labels."""
        squared = np.log(1 + self._labels / np.maximum(self._seen, 1)) ** 2
        squared[self._first_exact :] *= _EXACT_WEIGHT
        return squared

    @cached_property
    def _label_starts(self) -> Ids:
        """Where the features of every label begin."""
        starts = np.zeros(self._labels + 1, np.int64)
        np.cumsum(np.bincount(self._label, minlength=self._labels), out=starts[1:])
        return starts

    @cached_property
    def _sizes(self) -> Ids:
        """How many features every label has."""
        return np.diff(self._label_starts)

    @cached_property
    def _norms(self) -> Weights:
        squares = np.bincount(self._label, self._squared[self._feature], minlength=self._labels)
        return np.sqrt(np.maximum(squares, 1e-9))

    @cached_property
    def _of_concepts(self) -> tuple[Ids, Ids, Weights]:
        """Features, ascending, the concepts that have them, in how many labels."""
        concept_of = np.repeat(np.arange(self._concepts), np.diff(self._starts))
        distinct, counts = np.unique(
            self._feature * self._concepts + concept_of[self._label], return_counts=True
        )
        feature, concept = np.divmod(distinct, max(self._concepts, 1))
        return feature, concept, counts.astype(np.float64)

    @cached_property
    def rarity(self) -> Weights:
        """Of every feature its rarity among concepts."""
        seen = np.bincount(self._of_concepts[0], minlength=self._features)
        rarity = np.log(1 + self._concepts / np.maximum(seen, 1))
        rarity[self._first_pair : self._first_exact] *= _PAIR_WEIGHT
        return rarity

    @cached_property
    def _by_feature(self) -> Sparse:
        feature, concept, counts = self._of_concepts
        weights = self.rarity[feature] * counts / (counts + _SATURATION)
        return sparse(feature, concept, weights, self._features)

    @cached_property
    def _by_concept(self) -> Sparse:
        """Of every concept its stems, by weights whose squares add to one."""
        feature, concept, counts = self._of_concepts
        stems = int(np.searchsorted(feature, self._first_pair))
        order = np.argsort(concept[:stems], kind="stable")
        rows, feature, counts = concept[order], feature[order], counts[order]
        weights = np.log1p(counts) * self.rarity[feature]
        norms = np.sqrt(np.bincount(rows, weights**2, minlength=self._concepts))
        return sparse(rows, feature, weights / norms[rows], self._concepts)

    def rarity_of(self, token: str) -> float:
        """How rare an accented token is among concepts."""
        known = self.stems.get(stem(bare(token)))
        return self._unknown if known is None else self.rarity.item(known)

    def knows(self, token: str) -> bool:
        """Whether some label has this accented token or one of its stem."""
        return stem(bare(token)) in self.stems

    def share_of(self, token: str, concept: int) -> float:
        """Of the labels that use an accented token the share (0…1) that are of this concept."""
        feature, concepts, counts = self._of_concepts
        start, end = np.searchsorted(feature, self._first_exact + self._tokens[token] + np.arange(2)).tolist()
        of_concept = counts[start:end][concepts[start:end] == concept]
        return float(of_concept.sum() / counts[start:end].sum())

    def asked(self, tokens: Sequence[str], weights: Sequence[float], readings: Sequence[Readings]) -> Asked:
        """The accented tokens of a text as features."""
        stems = [self.stems.get(stem(bare(token)), -1) for token in tokens]
        is_marked = not all(map(str.isascii, tokens))
        words = [self._word(token, at, is_marked=is_marked) for token, at in zip(tokens, stems, strict=True)]
        pairs = [self._pair(one, other) for one, other in pairwise(stems)]
        exact = [self._tokens.get(token, -1) for token in tokens]
        features = {*stems, *pairs, *(self._first_exact + at for at in exact if at >= 0)} - {-1}
        unseen = stems.count(-1) + pairs.count(-1) + _EXACT_WEIGHT * exact.count(-1)
        norm = sqrt(sum(map(self._squared.item, features)) + unseen * self._unseen**2)
        known = np.array(sorted(features), np.int64)
        telling = [is_telling(token) or (len(token) > 1 and token in self._names) for token in tokens]
        return Asked(
            words, telling, weights, readings, [at for at in pairs if at >= 0], known, max(norm, 1e-9)
        )

    def _word(self, token: str, stem_id: int, *, is_marked: bool) -> int:
        """The feature to look a word up by: its stem, but the syllable as it stands in a text with marks."""
        if is_marked and is_vietnamese_syllable(token):
            at = self._tokens.get(token, -1)
            return self._first_exact + at if at >= 0 else -1
        return stem_id

    def _pair(self, one: int, other: int) -> int:
        return -1 if one < 0 or other < 0 else self._pairs.get(one * self._first_pair + other, -1)

    def said_of(self, asked: Asked) -> tuple[Weights, Weights]:
        """Per concept the share of the text's weight its words cover, and the same by how firmly it uses them.

        Nothing for concepts that only numbers or single letters speak for.
        """
        concepts: list[Ids] = []
        covering: list[Weights] = []
        firmness: list[Weights] = []
        total = 1e-9
        for at, word in enumerate(asked.words):
            whole = asked.weights[at] * (
                self._unknown if word < 0 or asked.readings[at] else self.rarity.item(word)
            )
            total += whole
            found, covers, firm = self._said_by(asked, at, whole)
            concepts.append(found)
            covering.append(covers)
            firmness.append(firm)
        told = [found for found, is_told in zip(concepts, asked.telling, strict=True) if is_told]
        every = np.concatenate(concepts)
        covered = np.bincount(every, np.concatenate(covering), minlength=self._concepts) / total
        for pair in asked.pairs:
            found, said = self._by_feature.row(pair)
            concepts.append(found)
            firmness.append(said)
        every = np.concatenate(concepts)
        firm = np.bincount(every, np.concatenate(firmness), minlength=self._concepts) / total
        if len(told) < len(asked.words):
            is_told = np.zeros(self._concepts)
            is_told[np.concatenate((*told, np.empty(0, np.int64)))] = 1.0
            return covered * is_told, firm * is_told
        return covered, firm

    def _said_by(self, asked: Asked, at: int, whole: float) -> tuple[Ids, Weights, Weights]:
        """The concepts one word of the text speaks for, how much of it they cover, how firmly they use it."""
        word, weight = asked.words[at], asked.weights[at]
        if asked.readings[at]:
            found, read = self._read(word, asked.readings[at])
            return found, whole * read, whole * _READING_WEIGHT * read
        if word < 0:
            return _NONE
        found, said = self._by_feature.row(word)
        return found, np.full(len(found), whole), said if weight == 1.0 else weight * said

    def _read(self, word: int, readings: Readings) -> tuple[Ids, Weights]:
        """Concepts, and 0…1 how fully each uses the words of the best reading of a short form, or the form itself."""
        best = np.zeros(self._concepts)
        for reading in (*readings, (word,)):
            if len(reading) == 1:
                # Most are of one word: who uses it uses all of it.
                if reading[0] >= 0:
                    best[self._by_feature.row(reading[0])[0]] = 1.0
                continue
            said = np.zeros(self._concepts)
            whole = 1e-9
            for at in reading:
                rarity = self._unknown if at < 0 else self.rarity.item(at)
                whole += rarity
                if at >= 0:
                    said[self._by_feature.row(at)[0]] += rarity
            np.maximum(best, (said / whole) ** 2, out=best)
        found = np.flatnonzero(best)
        return found, best[found]

    def known_phrase(self, labels: Sequence[int]) -> Weights:
        """How established each label is as a phrase: the logarithm of how many labels hold its rarest pair of words."""
        rarest = [float(self._labels)] * len(labels)
        for at, label in enumerate(labels):
            features = self._feature[self._label_starts[label] : self._label_starts[label + 1]]
            pairs = features[(features >= self._first_pair) & (features < self._first_exact)]
            rarest[at] = float(self._seen[pairs].min(initial=self._labels))
        return np.log(rarest)

    def feedback(self, firm: Weights, concepts: Ids) -> Weights:
        """How like each of these concepts is in its words to all of them, as firmly as they use those of the text."""
        place, feature, weight = self._by_concept.rows(concepts)
        likely = np.bincount(feature, weight * firm[concepts][place], minlength=self._first_pair)
        like = np.bincount(place, weight * likely[feature], minlength=len(concepts))
        # Not `likely @ likely`: that starts threads, which wait for each other on a busy machine.
        return like / max(sqrt(float(np.square(likely, out=likely).sum())), 1e-9)

    def likeness(self, asked: Asked, concepts: Ids) -> tuple[Ids, Weights]:
        """The labels of these concepts, in order, and the cosine of the text and each of them."""
        # Which of the features asked for each one is, in one byte: a table that small stays in the cache.
        place = np.zeros(self._features, np.uint8)
        place[asked.features] = np.arange(1, len(asked.features) + 1)
        wanted = np.concatenate((_NOTHING, self._squared[asked.features]))
        starts, ends = self._starts[concepts], self._starts[concepts + 1]
        labels = ranges(starts, ends)
        bounds = zip(self._label_starts[starts].tolist(), self._label_starts[ends].tolist(), strict=True)
        asked_for = place[np.concatenate([self._feature[start:end] for start, end in bounds])]
        # Few are: only these are looked at one by one.
        found = asked_for.astype(np.bool_).nonzero()[0]
        label = self._sizes[labels].cumsum().searchsorted(found, side="right")
        shared = np.bincount(label, wanted[asked_for[found]], minlength=len(labels))
        return labels, shared / (self._norms[labels] * asked.norm)
