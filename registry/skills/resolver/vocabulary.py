"""The vocabulary as the resolver sees it: immutable labels and the indexes to find them by.

Built once per version from plain rows. Keys are those of `registry.text`: `accented` decides, `folded` finds.
What only a text needs that is no label is indexed when the first such text comes.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from registry.skills.resolver.beside import Beside
from registry.skills.resolver.hearing import Hearing
from registry.skills.resolver.initials import Initials
from registry.skills.resolver.labels import ABBREVIATION, PREFERRED, Concept, Label
from registry.skills.resolver.sparse import Ids, Weights
from registry.skills.resolver.spelling import bare, keyed, squeezed, unmarked, without_connectors
from registry.skills.resolver.wording import Wording
from registry.skills.resolver.wordlist import WordList
from registry.skills.resolver.words import EXPANSIONS

__all__ = ["ABBREVIATION", "PREFERRED", "Concept", "Label", "Vocabulary", "bag_of"]

Postings = Mapping[str, tuple[int, ...]]


@dataclass(frozen=True)
class Vocabulary:
    """Labels by position, and positions of labels by each key. Never changed after `build`."""

    version: str
    concepts: Mapping[str, Concept]
    labels: Sequence[Label]
    # Pairs of codes: the second concept is more general than the first.
    broader: Sequence[tuple[str, str]] = field(repr=False)
    by_accented: Postings = field(repr=False)
    by_folded: Postings = field(repr=False)
    # Per label its accented and its folded key without joining words.
    cores: Sequence[str] = field(repr=False)
    folded_cores: Sequence[str] = field(repr=False)

    @classmethod
    def build(
        cls,
        version: str,
        concepts: Iterable[Concept],
        labels: Iterable[Label],
        broader: Iterable[tuple[str, str]] = (),
    ) -> "Vocabulary":
        """Index the labels; of several labels under one key the order given is kept."""
        known = tuple(labels)
        cores = [without_connectors(label.accented) for label in known]
        folded_cores = [without_connectors(label.folded) for label in known]
        return cls(
            version=version,
            concepts={concept.code: concept for concept in concepts},
            labels=known,
            broader=tuple(broader),
            by_accented=_postings([label.accented for label in known], cores),
            by_folded=_postings([label.folded for label in known], folded_cores),
            cores=cores,
            folded_cores=folded_cores,
        )

    def without(self, folded: Collection[str]) -> "Vocabulary":
        """The same but for the labels with these folded texts, for measuring on what is not known."""
        kept = (label for label in self.labels if label.folded not in folded)
        return Vocabulary.build(self.version, self.concepts.values(), kept, self.broader)

    @cached_property
    def codes(self) -> Sequence[str]:
        """The codes of concepts; the numbers the arrays use are places in this list."""
        return tuple(self.concepts)

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """The number of every code."""
        return {code: number for number, code in enumerate(self.codes)}

    @cached_property
    def concept_of(self) -> Ids:
        """Of every label the number of its concept."""
        numbers = self.numbers
        return np.fromiter((numbers[label.code] for label in self.labels), np.int64, len(self.labels))

    @cached_property
    def order(self) -> Ids:
        """The positions of labels, those of a concept side by side."""
        return np.argsort(self.concept_of, kind="stable")

    @cached_property
    def ranks(self) -> Ids:
        """Of every label its place in `order`."""
        ranks = np.empty(len(self.labels), np.int64)
        ranks[self.order] = np.arange(len(self.labels))
        return ranks

    @cached_property
    def starts(self) -> Ids:
        """Where in `order` the labels of each concept begin; one more entry than concepts."""
        starts = np.zeros(len(self.codes) + 1, np.int64)
        np.cumsum(np.bincount(self.concept_of, minlength=len(self.codes)), out=starts[1:])
        return starts

    @cached_property
    def preferred(self) -> Weights:
        """1 for every preferred label, in `order`."""
        kinds = np.fromiter((label.kind == PREFERRED for label in self.labels), np.float64, len(self.labels))
        return kinds[self.order]

    @cached_property
    def narrower(self) -> Mapping[int, tuple[int, ...]]:
        """The numbers of the concepts that are kinds of one."""
        found: dict[int, list[int]] = defaultdict(list)
        for special, general in self.broader:
            if special in self.numbers and general in self.numbers:
                found[self.numbers[general]].append(self.numbers[special])
        return {general: tuple(specials) for general, specials in found.items()}

    @cached_property
    def sector_of(self) -> Ids:
        """Of every concept the number of its sector."""
        sectors: dict[str, int] = {}
        return np.array(
            [sectors.setdefault(one.sector, len(sectors)) for one in self.concepts.values()], np.int64
        )

    @cached_property
    def sectors(self) -> int:
        """How many sectors there are."""
        return int(self.sector_of.max(initial=-1)) + 1

    @cached_property
    def by_squeezed(self) -> Postings:
        """Labels by their folded key without blanks and joining signs."""
        found: dict[str, tuple[int, ...]] = {}
        for position, label in enumerate(self.labels):
            key = squeezed(label.folded)
            if key:
                found[key] = (*found.get(key, ()), position)
        return found

    @cached_property
    def by_bag(self) -> Postings:
        """Labels by their folded tokens in alphabetical order, joining words off."""
        found: dict[str, tuple[int, ...]] = {}
        for position, folded in enumerate(self.folded_cores):
            key = bag_of(folded)
            found[key] = (*found.get(key, ()), position)
        return found

    @cached_property
    def tokens(self) -> frozenset[str]:
        """All accented tokens of labels."""
        return frozenset(" ".join(label.accented for label in self.labels).split(" "))

    @cached_property
    def bare_tokens(self) -> frozenset[str]:
        """The tokens without their marks."""
        return frozenset(map(bare, self.tokens))

    @cached_property
    def spelling(self) -> WordList:
        """The tokens of names, frequent ones first, by their keystrokes. Abbreviations are never fuzzed: one letter makes another one."""
        names = (
            core for label, core in zip(self.labels, self.cores, strict=True) if label.kind != ABBREVIATION
        )
        seen = Counter(" ".join(names).split(" "))
        return WordList(sorted(seen, key=lambda word: (-seen[word], word)))

    @cached_property
    def beside(self) -> Beside:
        """Names by all their words but one."""
        names = [at for at, label in enumerate(self.labels) if label.kind != ABBREVIATION]
        # Not the folded keys without joining words: «thế» folds to one that joins.
        return Beside([unmarked(core) for core in self.cores], names)

    @cached_property
    def letters(self) -> WordList:
        """The tokens of names without their marks, frequent ones first."""
        names = (
            core
            for label, core in zip(self.labels, self.folded_cores, strict=True)
            if label.kind != ABBREVIATION
        )
        seen = Counter(" ".join(names).split(" "))
        return WordList(sorted(seen, key=lambda word: (-seen[word], word)), most_slipped=0.5)

    @cached_property
    def strokes(self) -> Sequence[str]:
        """Per label its Telex keystrokes, joining words off."""
        return [keyed(core) for core in self.cores]

    @cached_property
    def by_strokes(self) -> Postings:
        """Labels with marks by their keystrokes: loan words (matít) are no syllables that could be decoded."""
        found: dict[str, tuple[int, ...]] = {}
        for position, typed in enumerate(self.strokes):
            if typed != self.cores[position]:
                found[typed] = (*found.get(typed, ()), position)
        return found

    @cached_property
    def hearing(self) -> Hearing:
        """Vietnamese names by how they sound."""
        return Hearing(self.labels, self.cores)

    @cached_property
    def initials(self) -> Initials:
        """Names by their initials."""
        return Initials(self.labels)

    @cached_property
    def expansions(self) -> Mapping[str, tuple[str, ...]]:
        """For every abbreviation the names of its concept that have these initials: CTR → chất thải rắn."""
        found: dict[str, tuple[str, ...]] = dict(EXPANSIONS)
        for label in self.labels:
            if label.kind != ABBREVIATION:
                continue
            alike = (self.labels[position] for position in self.initials.of(label.folded))
            names = (name.accented for name in alike if name.code == label.code)
            found[label.accented] = tuple(dict.fromkeys((*found.get(label.accented, ()), *names)))
        return {short: readings for short, readings in found.items() if readings}

    @cached_property
    def wording(self) -> Wording:
        """Concepts by their words; its labels are numbered as in `order`."""
        return Wording([self.cores[int(at)] for at in self.order], self.starts)


def _postings(keys: Sequence[str], cores: Sequence[str]) -> dict[str, tuple[int, ...]]:
    """Positions by key, and by the key without joining words where that differs."""
    found: dict[str, tuple[int, ...]] = {}
    for position, (key, core) in enumerate(zip(keys, cores, strict=True)):
        found[key] = (*found[key], position) if key in found else (position,)
        if core != key:
            found[core] = (*found[core], position) if core in found else (position,)
    return found


def bag_of(folded: str) -> str:
    """The tokens in alphabetical order: equal for texts that differ only in word order."""
    return " ".join(sorted(folded.split(" ")))
