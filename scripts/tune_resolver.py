"""Chooses the thresholds of the resolver on generated texts: `tune_resolver.py [--names FILE:COLUMN …] [--json]`.

Positives are one or two keyboard slips in a label. Negatives are labels with one syllable replaced by another
real one; places, people, organisations and slogans (`outside_names.py`); and the names in CSV columns that are no
labels: of `--names` all (places, say), of `--titles` (occupations, tools) those whose words no label has together,
since «welding engineer» does name a skill. Titles whose words one label has are told apart: there only a concept
none of whose labels has those words is wrong. Concepts are split in two halves: the lowest threshold whose upper
95 % bound of wrongly accepted texts on half A is at most 1 % is chosen, and confirmed once on half B. Nothing here
looks at a list of measured variants.
"""

import argparse
import csv
import json
import random
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from pathlib import Path

from registry.skills.queries import shipped_vocabulary
from registry.skills.resolver import Resolution, Vocabulary, resolve
from registry.skills.resolver.keyboard import NEIGHBOURS
from registry.skills.resolver.slips import LEAST_MARGIN, slips
from registry.skills.resolver.spelling import strokes, without_connectors
from registry.skills.resolver.wording import stem
from registry.skills.resolver.wordlist import Nearby
from registry.skills.resolver.words import ROLE_WORDS
from registry.text import accented_key, decode_telex, fold, is_vietnamese_syllable, match_key
from scripts.outside_names import outside_names

SEED = 20261125
SLIPS = "slips"
THRESHOLDS = tuple(range(76, 99, 2))


@dataclass(frozen=True)
class Trial:
    """One generated text; `codes` are the concepts that are right, none where every acceptance is wrong."""

    text: str
    codes: frozenset[str]
    half: str
    kind: str

    @property
    def is_positive(self) -> bool:
        """Whether the text was made from a label, so that its concept should be found."""
        return self.kind == SLIPS


def slipped(text: str, random_: random.Random) -> str:
    """The text as typed by Telex with one slip of the keyboard in one word, decoded where that still decodes."""
    words = accented_key(text).split(" ")
    at = random_.randrange(len(words))
    keys = list(strokes(words[at]))
    for _ in range(random_.choice((1, 1, 2))):
        _slip(keys, random_)
    typed = "".join(keys)
    words[at] = decode_telex(typed) or typed
    return " ".join(words)


def _slip(keys: list[str], random_: random.Random) -> None:
    at = random_.randrange(len(keys)) if keys else 0
    kind = random_.choice("drst")
    if kind == "d" and len(keys) > 1:
        del keys[at]
    elif kind == "s" and at + 1 < len(keys):
        keys[at], keys[at + 1] = keys[at + 1], keys[at]
    elif kind == "t":
        keys.insert(at, random_.choice(NEIGHBOURS.get(keys[at] if keys else "a", "e")))
    elif keys:
        keys[at] = random_.choice(NEIGHBOURS.get(keys[at], "e"))


def replaced(text: str, syllables: Sequence[str], random_: random.Random) -> str:
    """The text with one of its words replaced by another real syllable."""
    words = accented_key(text).split(" ")
    at = random_.randrange(len(words))
    words[at] = random_.choice([word for word in random_.sample(syllables, 3) if word != words[at]])
    return " ".join(words)


def generated(
    vocabulary: Vocabulary, names: Mapping[str, Sequence[str]], titles: Sequence[str]
) -> list[Trial]:
    """All trials; texts that fold like a label are left out of the negatives."""
    random_ = random.Random(SEED)  # noqa: S311 - repeatable trials, no secret
    known = set(vocabulary.by_folded)
    syllables = sorted(token for token in vocabulary.tokens if is_vietnamese_syllable(token))
    halves = {code: random_.choice("AB") for code in sorted(vocabulary.concepts)}
    trials: list[Trial] = []
    for label in vocabulary.labels:
        if label.is_ambiguous or label.kind == "abbreviation":
            continue
        half = halves[label.code]
        trials.append(Trial(slipped(label.text, random_), frozenset({label.code}), half, SLIPS))
        other = replaced(label.text, syllables, random_)
        if match_key(other) not in known:
            trials.append(Trial(other, frozenset(), half, "another syllable"))
    outside = [*outside_names(known), *((kind, name) for kind, read in names.items() for name in read)]
    trials += [
        Trial(name, frozenset(), random_.choice("AB"), kind)
        for kind, name in outside
        if match_key(name) not in known
    ]
    holding = Holding(vocabulary)
    for title in titles:
        if match_key(title) not in known:
            codes = holding.concepts(title)
            kind = "titles of words of labels" if codes else "other titles"
            trials.append(Trial(title, codes, random_.choice("AB"), kind))
    return trials


class Holding:
    """Which labels have which words, by stem."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._codes = [label.code for label in vocabulary.labels]
        self._labels: dict[str, set[int]] = defaultdict(set)
        for position, label in enumerate(vocabulary.labels):
            for word in _stems(label.text):
                self._labels[word].add(position)

    def concepts(self, title: str) -> frozenset[str]:
        """The concepts of labels that have all words of the title but those that say who somebody is."""
        words = _stems(title) - _ROLES
        if not words:
            return frozenset()
        first, *others = (self._labels.get(word, set[int]()) for word in words)
        return frozenset(self._codes[position] for position in first.intersection(*others))


def _stems(text: str) -> set[str]:
    return {stem(word) for word in fold(without_connectors(accented_key(text))).split(" ")}


_ROLES = frozenset(map(stem, ROLE_WORDS))


def upper_bound(wrong: int, tried: int) -> float:
    """Upper end of the 95 % Wilson interval of a share."""
    if tried == 0:
        return 1.0
    z = 1.96
    share = wrong / tried
    middle = share + z * z / (2 * tried)
    spread = z * sqrt(share * (1 - share) / tried + z * z / (4 * tried * tried))
    return (middle + spread) / (1 + z * z / tried)


@dataclass(frozen=True)
class Taken:
    """What the fuzzy step would take at any threshold: a concept, from which score on."""

    trial: Trial
    code: str
    score: float


def taken_by_likeness(
    trials: Sequence[Trial], answers: Sequence[Resolution], vocabulary: Vocabulary
) -> list[Taken]:
    """The answers of step 7 alone, without a threshold, for texts that steps 1 to 6 do not know."""
    found: list[Taken] = []
    for trial, answer in zip(trials, answers, strict=True):
        if answer.how not in ("fuzzy", "unknown", "contained", "initials"):
            continue
        grades = slips(accented_key(trial.text), vocabulary, Nearby(vocabulary.spelling), 0.0)
        is_sure = bool(grades) and not grades[0].asks
        if is_sure and (len(grades) == 1 or grades[0].score - grades[1].score >= LEAST_MARGIN):
            code = vocabulary.labels[grades[0].position].code
            found.append(Taken(trial, code, grades[0].score))
    return found


def table(trials: Sequence[Trial], taken: Sequence[Taken], half: str) -> list[dict[str, float]]:
    """Per threshold: wrongly accepted share and its upper bound over all trials of the half, recall of positives."""
    tried = [trial for trial in trials if trial.half == half]
    positives = sum(trial.is_positive for trial in tried)
    rows: list[dict[str, float]] = []
    for threshold in THRESHOLDS:
        above = [one for one in taken if one.trial.half == half and one.score >= threshold]
        wrong = sum(one.code not in one.trial.codes for one in above)
        right = sum(one.trial.is_positive and one.code in one.trial.codes for one in above)
        rows.append(
            {
                "threshold": threshold,
                "tried": len(tried),
                "wrong": wrong,
                "upper": upper_bound(wrong, len(tried)),
                "right_of_positives": right / positives if positives else 0.0,
            }
        )
    return rows


def overall(trials: Sequence[Trial], given: Sequence[Resolution]) -> dict[str, dict[str, int]]:
    """What the whole resolver accepts of every kind of text."""
    figures: dict[str, dict[str, int]] = {}
    for name in dict.fromkeys(trial.kind for trial in trials):
        answers = [one for one in zip(trials, given, strict=True) if one[0].kind == name]
        wrong = sum(answer.is_accepted and answer.skill not in trial.codes for trial, answer in answers)
        figures[name] = {
            "tried": len(answers),
            "right_at_rank_1": sum(answer.skill in trial.codes for trial, answer in answers),
            "offered": sum(answer.needs_confirmation for _, answer in answers),
            "accepted_right": sum(answer.is_accepted for _, answer in answers) - wrong,
            "accepted_wrong": wrong,
        }
    return figures


def of_negatives(figures: Mapping[str, Mapping[str, int]]) -> dict[str, int]:
    """The counts of all kinds of text that name no skill, but for replaced syllables: they are of names outside."""
    kinds = [kind for kind in figures if kind not in (SLIPS, "another syllable", "titles of words of labels")]
    return {
        count: sum(figures[kind][count] for kind in kinds) for count in ("tried", "offered", "accepted_wrong")
    }


def read_names(sources: Sequence[str]) -> list[str]:
    """Names from CSV columns, given as FILE:COLUMN."""
    names: list[str] = []
    for source in sources:
        path, _, column = source.rpartition(":")
        with Path(path).open(encoding="utf-8", newline="") as opened:
            names += [row[column] for row in csv.DictReader(opened)]
    return sorted(set(names))


def main() -> int:
    """Generate, grade, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--names", action="append", default=[], metavar="FILE:COLUMN")
    parser.add_argument("--titles", action="append", default=[], metavar="FILE:COLUMN")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--wrong", action="store_true", help="list what is wrongly accepted")
    arguments = parser.parse_args()
    vocabulary = shipped_vocabulary()
    names = {f"names of {Path(source).stem}": read_names([source]) for source in arguments.names}
    trials = generated(vocabulary, names, read_names(arguments.titles))
    answers = [resolve(trial.text, vocabulary) for trial in trials]
    taken = taken_by_likeness(trials, answers, vocabulary)
    halves = {half: table(trials, taken, half) for half in "AB"}
    figures = overall(trials, answers)
    if arguments.json:
        told = {"halves": halves, "overall": figures, "outside": of_negatives(figures)}
        json.dump(told, sys.stdout)
        print()
        return 0
    show(halves, figures)
    if arguments.wrong:
        for trial, answer in zip(trials, answers, strict=True):
            if answer.is_accepted and answer.skill not in trial.codes:
                meant = ", ".join(sorted(trial.codes)) or "a skill"
                print(f"{trial.kind}: {trial.text} → {answer.skill} {answer.how} {answer.score}, not {meant}")
    return 0


def show(halves: Mapping[str, list[dict[str, float]]], figures: Mapping[str, Mapping[str, int]]) -> None:
    """Tables for people."""
    for half, rows in halves.items():
        print(f"\nHalf {half}: step 7 alone, {rows[0]['tried']} texts")
        print("threshold  wrong  upper %  right % of positives")
        for row in rows:
            print(
                f"{row['threshold']:>9}{row['wrong']:>7}{100 * row['upper']:>9.2f}"
                f"{100 * row['right_of_positives']:>12.1f}"
            )
    print(
        f"\nThe whole resolver\n{'kind':<28}{'tried':>7}{'right':>7}{'offered':>9}{'taken':>7}{'wrong':>7}  upper %"
    )
    for kind, counts in figures.items():
        bound = 100 * upper_bound(counts["accepted_wrong"], counts["tried"])
        told = (counts[name] for name in ("right_at_rank_1", "offered", "accepted_right", "accepted_wrong"))
        print(f"{kind:<28}{counts['tried']:>7}{{:>7}}{{:>9}}{{:>7}}{{:>7}}{bound:>9.2f}".format(*told))
    sums = of_negatives(figures)
    print(
        f"names outside the vocabulary: {sums['accepted_wrong']} of {sums['tried']} accepted, {sums['offered']} offered"
    )


if __name__ == "__main__":
    sys.exit(main())
