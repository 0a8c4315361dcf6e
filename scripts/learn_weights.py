"""Learns what evidence for a concept is worth, from labels held out of the vocabulary: `learn_weights.py [--json]`.

One label of every concept at a time is taken out (with all labels that fold alike) and resolved by what is left;
abbreviations are held out more often, since there are few. The weights are a logistic model each: which concept
is meant (one for texts of words, one for initials), and whether the first one is meant at all, for which
unrelated names (`--names FILE:COLUMN`) count as not meant. Concepts are split in halves: accuracy is told for each
half by weights learnt on the other, then weights are learnt on all. `--first FILE:COLUMN` names concepts (by
their Vietnamese name) that count as much as all others together: the broad ones people write about most.
Nothing here looks at a list of measured variants.
"""

import argparse
import json
import random
import sys
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from registry.skills.queries import shipped_vocabulary
from registry.skills.readers import read_vocabulary
from registry.skills.resolver import NO_CONTEXT, Label, Vocabulary
from registry.skills.resolver.evidence import FEATURES, Evidence, evidence_for
from registry.skills.resolver.guesses import BELIEF_FEATURES, belief_row, text_of
from registry.skills.resolver.slips import slips
from registry.skills.resolver.steps import by_knowledge
from registry.skills.resolver.wordlist import Nearby
from registry.skills.resolver.written import Written
from registry.text import accented_key, clean, match_key
from scripts.tune_resolver import read_names

SEED = 20261125
Rows = NDArray[np.float64]
OF_WORDS = tuple(feature for feature in FEATURES if not feature.startswith("initials") and feature != "size")
OF_INITIALS = tuple(
    feature for feature in FEATURES if feature not in ("inside", "head", "spelling", "short_form")
)
THRESHOLDS = (10, 15, 20, 25, 30, 40)
_PENALTY = 2e-3
_UNMARKED_SHARE = 1 / 3


@dataclass(frozen=True)
class Held:
    """One text held out: the concept meant, its group and kind, the code steps 1 to 7 take, or the evidence."""

    text: str
    code: str
    number: int
    is_first: bool
    kind: str
    taken: str | None
    evidence: Evidence | None

    @property
    def half(self) -> int:
        """The half its concept is in."""
        return zlib.crc32(self.code.encode()) % 2


def read(text: str, vocabulary: Vocabulary) -> tuple[str | None, Evidence | None]:
    """What the steps before guessing answer, else the evidence for a guess."""
    written = Written(clean(text, limit=200), accented_key(text))
    found = by_knowledge(written, vocabulary, NO_CONTEXT)
    if found is not None:
        return found.codes[0], None
    nearby = Nearby(vocabulary.spelling)
    slipped = slips(written.key, vocabulary, nearby)
    if slipped:
        return vocabulary.labels[slipped[0].position].code, None
    return None, evidence_for(text_of(written, nearby)[0], vocabulary)


def folds(vocabulary: Vocabulary, count: int) -> Iterator[list[Label]]:
    """Labels to hold out together: one of every concept, then one abbreviation of every concept that has any."""
    random_ = random.Random(SEED)  # noqa: S311 - repeatable trials, no secret
    for only in ("", "abbreviation"):
        labels: dict[str, list[Label]] = defaultdict(list)
        for label in vocabulary.labels:
            if not label.is_ambiguous and (not only or label.kind == only):
                labels[label.code].append(label)
        for named in labels.values():
            random_.shuffle(named)
        for fold in range(count):
            yield [named[fold] for named in labels.values() if len(named) > fold]


def held_out(whole: Vocabulary, first: frozenset[str], count: int, share: float) -> Iterator[Held]:
    """All trials; of the concepts not in `first` only a share, since there are many."""
    languages = {(row.code, row.text): row.language for row in read_vocabulary().labels}
    random_ = random.Random(SEED)  # noqa: S311 - repeatable trials, no secret
    for number, fold in enumerate(folds(whole, count)):
        vocabulary = whole.without({label.folded for label in fold})
        for label in fold:
            is_first = vocabulary.concepts[label.code].vi in first
            if not is_first and random_.random() > share:
                continue
            is_short = label.kind == "abbreviation"
            if is_short != (number >= count):
                continue
            kind = "abbreviation" if is_short else languages[label.code, label.text]
            taken, evidence = read(label.text, vocabulary)
            yield Held(
                label.text, label.code, vocabulary.numbers[label.code], is_first, kind, taken, evidence
            )


def surrounded(whole: Vocabulary, first: frozenset[str], count: int) -> Iterator[Held]:
    """Names inside longer texts, marks off in a third: most words more stand behind a Vietnamese name and before an English one."""
    random_ = random.Random(SEED)  # noqa: S311 - repeatable trials, no secret
    labels = [label for label in whole.labels if not label.is_ambiguous and " " in label.accented]
    words = sorted(whole.tokens)
    for label in random_.sample(labels, count):
        more, fewer = (
            random_.sample(words, random_.randint(1, 3)),
            random_.sample(words, random_.choice((0, 0, 1))),
        )
        before, after = (more, fewer) if label.accented.isascii() else (fewer, more)
        text = " ".join((*before, label.accented, *after))
        text = match_key(text) if random_.random() < _UNMARKED_SHARE else text
        taken, evidence = read(text, whole)
        is_first = whole.concepts[label.code].vi in first
        yield Held(text, label.code, whole.numbers[label.code], is_first, "inside", taken, evidence)


def ranked(trials: Sequence[Held], columns: Sequence[str]) -> Rows:
    """Weights by which the concept meant comes first: a conditional logistic model."""
    picked = [FEATURES.index(feature) for feature in columns]
    rows: list[Rows] = []
    meant: list[int] = []
    sizes: list[int] = []
    importance: list[float] = []
    firsts = sum(trial.is_first for trial in trials)
    for trial in trials:
        evidence = trial.evidence
        if evidence is not None and trial.number in evidence.concepts:
            meant.append(sum(sizes) + int(np.searchsorted(evidence.concepts, trial.number)))
            sizes.append(len(evidence.concepts))
            rows.append(evidence.rows[:, picked])
            importance.append(max(1.0, len(trials) / max(firsts, 1) - 1) if trial.is_first else 1.0)
    every, weight = np.concatenate(rows), np.array(importance) / sum(importance)
    starts, groups = np.cumsum([0, *sizes[:-1]]), np.repeat(np.arange(len(sizes)), sizes)

    def slope(weights: Rows) -> Rows:
        values = every @ weights
        odds = np.exp(values - np.maximum.reduceat(values, starts)[groups])
        odds *= (weight / np.add.reduceat(odds, starts))[groups]
        return every.T @ odds - every[meant].T @ weight

    return descended(slope, len(picked))


def believed(rows: Rows, is_meant: Rows, importance: Rows) -> Rows:
    """Weights of the chance that the first concept is meant."""

    def slope(weights: Rows) -> Rows:
        chance = 1 / (1 + np.exp(-rows @ weights))
        return rows.T @ ((chance - is_meant) * importance) / importance.sum()

    return descended(slope, rows.shape[1])


def descended(slope: Callable[[Rows], Rows], size: int) -> Rows:
    """The weights where the slope and a small penalty on their size balance."""
    weights, mean, square = np.zeros(size), np.zeros(size), np.zeros(size)
    for _ in range(500):
        step = slope(weights) + _PENALTY * weights
        mean, square = 0.9 * mean + 0.1 * step, 0.99 * square + 0.01 * step**2
        weights = weights - 0.1 * mean / (np.sqrt(square) + 1e-8)
    return weights


@dataclass(frozen=True)
class Weighing:
    """Learnt weights, each in the order of its columns."""

    of_words: Rows
    of_initials: Rows

    def values(self, evidence: Evidence) -> Rows:
        """The evidence weighed into one number for each concept."""
        columns, weights = (
            (OF_INITIALS, self.of_initials) if evidence.is_abbreviated else (OF_WORDS, self.of_words)
        )
        return evidence.rows[:, [FEATURES.index(feature) for feature in columns]] @ weights

    def first(self, trial: Held) -> int | None:
        """The number of the concept put first."""
        if trial.evidence is None or not trial.evidence.concepts.size:
            return None
        return int(trial.evidence.concepts[int(np.argmax(self.values(trial.evidence)))])


def weighed(trials: Sequence[Held]) -> Weighing:
    """Weights learnt on these trials."""
    short = [trial for trial in trials if trial.evidence is not None and trial.evidence.is_abbreviated]
    long = [
        trial
        for trial in trials
        if trial.evidence is not None and trial.kind != "abbreviation" and not trial.evidence.is_abbreviated
    ]
    return Weighing(ranked(long, OF_WORDS), ranked(short, OF_INITIALS))


def accuracy(trials: Sequence[Held], by_half: Sequence[Weighing]) -> dict[str, dict[str, int]]:
    """Per group and kind how many texts were tried and how many put the concept meant first."""
    figures: dict[str, dict[str, int]] = defaultdict(lambda: {"tried": 0, "right": 0, "among_evidence": 0})
    for trial in trials:
        first = by_half[1 - trial.half].first(trial)
        is_right = trial.taken == trial.code if trial.evidence is None else first == trial.number
        is_among = is_right if trial.evidence is None else trial.number in trial.evidence.concepts
        group = "first" if trial.is_first else "other"
        for name in (f"{group} {trial.kind}", f"= {group}"):
            figures[name]["tried"] += 1
            figures[name]["right"] += is_right
            figures[name]["among_evidence"] += is_among
    return dict(sorted(figures.items()))


def belief(
    trials: Sequence[Held], names: Sequence[str], whole: Vocabulary, by: Weighing
) -> tuple[Rows, dict[str, dict[int, float]]]:
    """Weights of the chance that the first concept is meant; and by threshold what would be offered.

    That is the share of right first concepts of the trials kept, and of unrelated names offered one.
    """
    rows: list[Rows] = []
    meant: list[float] = []
    importance: list[float] = []
    for trial in trials:
        if trial.evidence is not None and trial.evidence.concepts.size:
            rows.append(belief_row(trial.evidence, by.values(trial.evidence)))
            meant.append(float(by.first(trial) == trial.number))
            importance.append(2.0 if trial.is_first else 1.0)
    tried = 0
    for name in names:
        taken, evidence = read(name, whole)
        if taken is None and evidence is not None and evidence.concepts.size:
            rows.append(belief_row(evidence, by.values(evidence)))
            meant.append(0.0)
            tried += 1
            importance.append(1.0)
    every = np.array(rows)
    weights = believed(every, np.array(meant), np.array(importance))
    chances, is_meant = 100 / (1 + np.exp(-every @ weights)), np.array(meant) > 0
    kept = {least: round(float(np.mean(chances[is_meant] >= least)), 3) for least in THRESHOLDS}
    of_names = chances[len(chances) - tried :]
    offered = {least: round(float(np.sum(of_names >= least)) / max(len(names), 1), 3) for least in THRESHOLDS}
    return weights, {"right ones kept": kept, "unrelated names offered": offered}


def told(columns: Sequence[str], weights: Rows) -> dict[str, float]:
    """Weights by name, rounded as they stand in the code."""
    return {column: round(float(weight), 2) for column, weight in zip(columns, weights, strict=True)}


def main() -> int:
    """Hold out, learn, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--first", default="", metavar="FILE:COLUMN")
    parser.add_argument("--names", action="append", default=[], metavar="FILE:COLUMN")
    parser.add_argument("--most-names", type=int, default=500, help="of each file")
    parser.add_argument("--surrounded", type=int, default=1500, help="names inside longer texts")
    parser.add_argument("--folds", type=int, default=4)
    parser.add_argument("--share", type=float, default=0.25, help="of the concepts that are not first")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    whole = shipped_vocabulary()
    first = frozenset(read_names([arguments.first])) if arguments.first else frozenset[str]()
    trials = list(held_out(whole, first, arguments.folds, arguments.share))
    trials += surrounded(whole, first, arguments.surrounded)
    by_half = [weighed([trial for trial in trials if trial.half == half]) for half in (0, 1)]
    figures = accuracy(trials, by_half)
    learnt = weighed(trials)
    random_ = random.Random(SEED)  # noqa: S311 - repeatable trials, no secret
    names: list[str] = []
    for source in arguments.names:
        read_from = [name for name in read_names([source]) if accented_key(name)]
        names += random_.sample(read_from, min(arguments.most_names, len(read_from)))
    weights, offered = belief(trials, names, whole, learnt)
    answer = {
        "accuracy": figures,
        "offered": offered,
        "OF_WORDS": told(OF_WORDS, learnt.of_words),
        "OF_INITIALS": told(OF_INITIALS, learnt.of_initials),
        "OF_BELIEF": told(BELIEF_FEATURES, weights),
    }
    if arguments.json:
        json.dump(answer, sys.stdout)
        print()
        return 0
    for name, counts in figures.items():
        share = 100 * counts["right"] / counts["tried"]
        among = 100 * counts["among_evidence"] / counts["tried"]
        print(
            f"{name:<20}{counts['tried']:>6}{counts['right']:>6}{share:>7.1f} %  among the evidence {among:.1f} %"
        )
    for name in ("offered", "OF_WORDS", "OF_INITIALS", "OF_BELIEF"):
        print(name, json.dumps(answer[name]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
