"""Chooses the thresholds of the resolver on generated texts: `tune_resolver.py [--names FILE:COLUMN …] [--json]`.

Positives are one or two keyboard slips in a label; negatives are labels with one syllable replaced by another
real one, and the names in the given CSV columns (communes, occupations, tools) that are no labels. Concepts are
split in two halves: the lowest threshold whose upper 95 % bound of wrongly accepted texts on half A is at most
1 % is chosen, and confirmed once on half B. Nothing here looks at a list of measured variants.
"""

import argparse
import csv
import json
import random
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt
from pathlib import Path

from registry.skills.queries import shipped_vocabulary
from registry.skills.resolver import Label, Resolution, Vocabulary, resolve
from registry.skills.resolver.slips import LEAST_MARGIN, slips
from registry.skills.resolver.spelling import strokes
from registry.skills.resolver.wordlist import Nearby
from registry.text import accented_key, decode_telex, is_vietnamese_syllable, match_key

SEED = 20261125
SLIPS_PER_LABEL = 1
NEIGHBOURS = {
    "q": "wa", "w": "qes", "e": "wrd", "r": "etf", "t": "ryg", "y": "tuh", "u": "yij", "i": "uok", "o": "ipl",
    "p": "ol", "a": "qsz", "s": "awdx", "d": "sefc", "f": "drgv", "g": "fthb", "h": "gyjn", "j": "hukm",
    "k": "jil", "l": "ko", "z": "asx", "x": "zsdc", "c": "xdfv", "v": "cfgb", "b": "vghn", "n": "bhjm", "m": "njk",
}  # fmt: skip
THRESHOLDS = tuple(range(76, 99, 2))


@dataclass(frozen=True)
class Trial:
    """One generated text; `code` is None where every acceptance is wrong."""

    text: str
    code: str | None
    half: str
    kind: str


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


def generated(vocabulary: Vocabulary, names: Iterable[str]) -> list[Trial]:
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
        trials.extend(_positives(label, half, random_))
        other = replaced(label.text, syllables, random_)
        if match_key(other) not in known:
            trials.append(Trial(other, None, half, "another syllable"))
    fresh = [name for name in names if match_key(name) not in known]
    trials += [Trial(name, None, random_.choice("AB"), "other names") for name in fresh]
    return trials


def _positives(label: Label, half: str, random_: random.Random) -> Iterable[Trial]:
    for _ in range(SLIPS_PER_LABEL):
        yield Trial(slipped(label.text, random_), label.code, half, "slips")


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
        if grades and (len(grades) == 1 or grades[0].score - grades[1].score >= LEAST_MARGIN):
            code = vocabulary.labels[grades[0].position].code
            found.append(Taken(trial, code, grades[0].score))
    return found


def table(trials: Sequence[Trial], taken: Sequence[Taken], half: str) -> list[dict[str, float]]:
    """Per threshold: wrongly accepted share and its upper bound over all trials of the half, recall of positives."""
    tried = [trial for trial in trials if trial.half == half]
    positives = sum(trial.code is not None for trial in tried)
    rows: list[dict[str, float]] = []
    for threshold in THRESHOLDS:
        above = [one for one in taken if one.trial.half == half and one.score >= threshold]
        wrong = sum(one.code != one.trial.code for one in above)
        right = sum(one.code == one.trial.code for one in above)
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
        figures[name] = {
            "tried": len(answers),
            "right_at_rank_1": sum(answer.skill == trial.code for trial, answer in answers),
            "offered": sum(answer.needs_confirmation for _, answer in answers),
            "accepted_right": sum(
                answer.is_accepted and answer.skill == trial.code for trial, answer in answers
            ),
            "accepted_wrong": sum(
                answer.is_accepted and answer.skill != trial.code for trial, answer in answers
            ),
        }
    return figures


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
    parser.add_argument("--most-names", type=int, default=4000)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--wrong", action="store_true", help="list what is wrongly accepted")
    arguments = parser.parse_args()
    vocabulary = shipped_vocabulary()
    names = read_names(arguments.names)
    random.Random(SEED).shuffle(names)  # noqa: S311 - repeatable trials, no secret
    trials = generated(vocabulary, names[: arguments.most_names])
    answers = [resolve(trial.text, vocabulary) for trial in trials]
    taken = taken_by_likeness(trials, answers, vocabulary)
    halves = {half: table(trials, taken, half) for half in "AB"}
    figures = overall(trials, answers)
    if arguments.json:
        json.dump({"halves": halves, "overall": figures}, sys.stdout)
        print()
        return 0
    for half, rows in halves.items():
        print(f"\nHalf {half}: step 7 alone, {rows[0]['tried']} texts")
        print("threshold  wrong  upper %  right % of positives")
        for row in rows:
            print(
                f"{row['threshold']:>9}{row['wrong']:>7}{100 * row['upper']:>9.2f}"
                f"{100 * row['right_of_positives']:>12.1f}"
            )
    print("\nThe whole resolver:", *(f"{name}: {counts}" for name, counts in figures.items()), sep="\n")
    if arguments.wrong:
        for trial in trials:
            answer = resolve(trial.text, vocabulary)
            if answer.is_accepted and answer.skill != trial.code:
                print(f"{trial.text} → {answer.skill} {answer.how} {answer.score}, not {trial.code}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
