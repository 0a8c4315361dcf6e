"""Measures the speed of the resolver: `bench_resolve.py [--labels N] [--texts N] [--repeats N] [--json]`.

The vocabulary is grown to N labels by crossing the names of concepts, always the same way. Every repeat resolves
texts nobody asked before, so that no cache of answers could help: labels as they stand, written otherwise (case,
marks off, order, level, role), with slips of the keyboard, with a word replaced, and noise of words the
vocabulary does not know. Peers run over the same labels and texts in the same run: rapidfuzz
`process.extractOne(ratio)` over all labels, and a trigram index in numpy whose best 50 are ranked by the same
ratio. Time is that of this process alone, so that others on the machine count less. Answers are checked first:
asked twice, and by a vocabulary built anew, a text has the same answer.
"""

import argparse
import gc
import json
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from registry.skills.queries import shipped_vocabulary
from registry.skills.resolver import Concept, Label, Vocabulary, resolve
from registry.text import accented_key, fold, match_key
from scripts.tune_resolver import replaced, slipped

SEED = 20261125
KINDS = ("known", "form", "slip", "words", "noise")
FRESH = ("form", "slip")
_RERANKED = 50
_CHECKED = 300


def grown(whole: Vocabulary, labels: int) -> Vocabulary:
    """The vocabulary with concepts added that cross two others, until there are that many labels."""
    random_ = random.Random(SEED)  # noqa: S311 - repeatable trials, no secret
    concepts = list(whole.concepts.values())
    named: dict[str, list[Label]] = {}
    for label in whole.labels:
        named.setdefault(label.code, []).append(label)
    made = list(whole.labels)[:labels]
    known = {label.folded for label in made}
    while len(made) < labels:
        one, other = random_.sample(concepts[: len(whole.concepts)], 2)
        code = f"X{len(concepts)}"
        fresh = list(_crossed(code, named[one.code], named[other.code], known))[: labels - len(made)]
        if fresh:
            concepts.append(Concept(code, fresh[0].text, fresh[0].text, one.sector, one.scale))
            made += fresh
    return Vocabulary.build(f"grown to {labels}", concepts, made, whole.broader)


def _crossed(code: str, ones: Sequence[Label], others: Sequence[Label], known: set[str]) -> Iterator[Label]:
    """Names that begin like a name of one concept and end like a name of the other."""
    for one, other in zip(ones, others, strict=False):
        text = " ".join((*one.text.split(" ")[:-1], other.text.split(" ")[0], other.text.split(" ")[-1]))
        folded = match_key(text)
        if folded and folded not in known:
            known.add(folded)
            yield Label(code, text, "alias", folded, accented_key(text))


def texts_of(kind: str, vocabulary: Vocabulary, count: int, seed: int) -> list[str]:
    """Fresh texts of a kind."""
    random_ = random.Random(f"{SEED} {kind} {seed}")  # noqa: S311 - repeatable trials, no secret
    if kind == "noise":
        return [_noise(random_, vocabulary.tokens) for _ in range(count)]
    labels = [label for label in vocabulary.labels if label.kind != "abbreviation" and " " in label.text]
    syllables = sorted(vocabulary.tokens)
    chosen = [label.text for label in random_.sample(labels, count)]
    if kind == "known":
        return chosen
    if kind == "form":
        return [_written_otherwise(text, random_) for text in chosen]
    if kind == "slip":
        return [slipped(text, random_) for text in chosen]
    return [replaced(text, syllables, random_) for text in chosen]


def _written_otherwise(text: str, random_: random.Random) -> str:
    words = text.split(" ")
    return random_.choice(
        (
            text.upper(),
            fold(text),
            " ".join(words[1:] + words[:1]),
            f"{text} (bậc 3/7)",
            f"kỹ sư {text}",
            f"  {text} ,",
        )
    )


def _noise(random_: random.Random, known: frozenset[str]) -> str:
    """Two to five words made of letters, none of them known."""
    words: list[str] = []
    wanted = random_.randint(2, 5)
    while len(words) < wanted:
        word = "".join(
            random_.choice("bcdfghklmnprstvx") + random_.choice("aeiouăêôơư")
            for _ in range(random_.randint(1, 4))
        )
        if word not in known:
            words.append(word)
    return " ".join(words)


class TrigramPeer:
    """The usual way: postings of trigrams, the labels sharing most, ranked by rapidfuzz."""

    def __init__(self, keys: Sequence[str]) -> None:
        postings: dict[str, list[int]] = {}
        for position, key in enumerate(keys):
            for gram in _grams(key):
                postings.setdefault(gram, []).append(position)
        self._postings = {gram: np.array(places, np.int64) for gram, places in postings.items()}
        self._sizes = np.array([len(_grams(key)) for key in keys])
        self._keys = keys

    def best(self, key: str) -> str | None:
        """The key most like this one."""
        grams = _grams(key)
        found: list[NDArray[np.int64]] = [self._postings[gram] for gram in grams if gram in self._postings]
        if not found:
            return None
        shared = np.bincount(np.concatenate(found), minlength=len(self._keys))
        hits = np.flatnonzero(shared)
        likeness = 2 * shared[hits] / (len(grams) + self._sizes[hits])
        if hits.size > _RERANKED:
            hits = hits[np.argpartition(-likeness, _RERANKED)[:_RERANKED]]
        best = process.extractOne(key, [self._keys[at] for at in hits.tolist()], scorer=fuzz.ratio)
        return best[0]


def _grams(key: str) -> set[str]:
    padded = f" {key} "
    return {padded[at : at + 3] for at in range(len(padded) - 2)}


@dataclass(frozen=True)
class Timing:
    """Milliseconds a text, over all repeats: the median, the lowest and the highest."""

    median: float
    lowest: float
    highest: float


def timed(run: Callable[[str], object], batches: Sequence[Sequence[str]]) -> Timing:
    """The mean of every batch; batches are the repeats."""
    means: list[float] = []
    for batch in batches:
        began = time.process_time()
        for text in batch:
            run(text)
        means.append(1000 * (time.process_time() - began) / len(batch))
    return Timing(statistics.median(means), min(means), max(means))


def check_answers(vocabulary: Vocabulary, texts: Sequence[str]) -> None:
    """Refuse to measure a resolver whose answers differ between two askings or two builds."""
    again = Vocabulary.build(
        vocabulary.version, vocabulary.concepts.values(), vocabulary.labels, vocabulary.broader
    )
    for text in texts:
        answer = resolve(text, vocabulary)
        if answer != resolve(text, vocabulary) or answer != resolve(text, again):
            raise SystemExit(f"two answers for one text: {text}")


def measure(vocabulary: Vocabulary, texts: int, repeats: int) -> dict[str, dict[str, Timing]]:
    """Timings by kind of text and by who resolves."""
    keys = [label.folded for label in vocabulary.labels]
    peer = TrigramPeer(keys)
    resolve("một câu lạ lùng", vocabulary)
    few = max(1, texts // 20)
    result: dict[str, dict[str, Timing]] = {}
    for kind in KINDS:
        batches = [texts_of(kind, vocabulary, texts, repeat) for repeat in range(repeats)]
        result[kind] = {
            "resolve": timed(lambda text: resolve(text, vocabulary), batches),
            "trigram": timed(
                lambda text: peer.best(match_key(text)), [batch[: 5 * few] for batch in batches]
            ),
            "extractOne": timed(
                lambda text: process.extractOne(match_key(text), keys, scorer=fuzz.ratio),
                [batch[:few] for batch in batches],
            ),
        }
    return result


def fresh(timings: dict[str, dict[str, Timing]], who: str) -> float:
    """Milliseconds for a name written otherwise or misspelt, in equal parts."""
    return statistics.mean(timings[kind][who].median for kind in FRESH)


def ratios(timings: dict[str, dict[str, Timing]]) -> dict[str, float]:
    """How many times as long the peers take."""
    told: dict[str, float] = {}
    for who in ("extractOne", "trigram"):
        told[f"fresh ÷ {who}"] = round(fresh(timings, who) / fresh(timings, "resolve"), 2)
        for kind in KINDS:
            told[f"{kind} ÷ {who}"] = round(timings[kind][who].median / timings[kind]["resolve"].median, 2)
    return told


def main() -> int:
    """Build, check, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--labels", type=int, default=100_000)
    parser.add_argument("--texts", type=int, default=400, help="of each kind, in each repeat")
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    vocabulary = grown(shipped_vocabulary(), arguments.labels)
    began = time.perf_counter()
    check_answers(
        vocabulary,
        [text for kind in KINDS for text in texts_of(kind, vocabulary, _CHECKED // len(KINDS), -1)],
    )
    checked = time.perf_counter() - began
    # As the server does once it has read what stays: to go through all of it now and then is no work of a text.
    gc.collect()
    gc.freeze()
    timings = measure(vocabulary, arguments.texts, arguments.repeats)
    answer = {
        "labels": len(vocabulary.labels),
        "concepts": len(vocabulary.concepts),
        "milliseconds": {
            kind: {who: asdict(timing) for who, timing in by.items()} for kind, by in timings.items()
        },
        "ratios": ratios(timings),
    }
    if arguments.json:
        json.dump(answer, sys.stdout)
        print()
        return 0
    print(f"{answer['labels']} labels, {answer['concepts']} concepts; answers equal ({checked:.1f} s)")
    print(f"{'ms a text':<8}{'resolve':>22}{'trigram + rerank':>22}{'extractOne(ratio)':>22}")
    for kind, by in timings.items():
        told = (f"{one.median:.3f} ({one.lowest:.3f}–{one.highest:.3f})" for one in by.values())
        print(f"{kind:<8}" + "".join(f"{one:>22}" for one in told))
    for name, ratio in ratios(timings).items():
        print(f"{name}: {ratio} ×")
    return 0


if __name__ == "__main__":
    sys.exit(main())
