"""Checks the vocabulary shipped with the product: `check_vocabulary.py [FOLDER] [--json]`.

Prints how many concepts, labels and links there are; labels count once whose folded words are the same in any
order. Exits 1 and says where when a label names two concepts without being declared ambiguous, broader links
lead round, a concept has no Vietnamese or no English name, or has too few labels. Labels that are another label
of their concept with a level after it are told but refused by nobody.
"""

import argparse
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from registry.skills.readers import DATA, LabelRow, VocabularyFiles, VocabularyRefused, read_vocabulary
from registry.skills.resolver.levels import level_off
from registry.skills.rules import LabelLanguage, RelationKind, cycle_of
from registry.text import accented_key, match_key

LEAST_LABELS = 3
Counts = dict[str, int | dict[str, int]]


def words_of(row: LabelRow) -> str:
    """What labels are compared by when they are counted: folded words in alphabetical order."""
    return " ".join(sorted(row.folded.split(" ")))


def two_concepts(files: VocabularyFiles) -> Iterator[str]:
    """Texts of two concepts that are not declared ambiguous for each of them."""
    rows: dict[str, list[LabelRow]] = defaultdict(list)
    for row in files.labels:
        rows[row.folded].append(row)
    for folded, named in rows.items():
        codes = sorted({row.code for row in named})
        if len(codes) > 1 and not all(row.is_ambiguous for row in named):
            yield f"one text for {', '.join(codes)}: {folded}"


def circles(files: VocabularyFiles) -> Iterator[str]:
    """The first circle of broader links."""
    broader: dict[str, list[str]] = defaultdict(list)
    for row in files.relations:
        if row.kind == RelationKind.BROADER:
            broader[row.code].append(row.other)
    if circle := cycle_of(broader):
        yield f"broader links lead round: {' → '.join(circle)}"


def missing_languages(files: VocabularyFiles) -> Iterator[str]:
    """Concepts without a name, or without a label that is their name, in one of the languages."""
    labels: dict[str, set[str]] = defaultdict(set)
    for row in files.labels:
        labels[row.code].add(row.folded)
    for row in files.skills:
        for language, name in ((LabelLanguage.VI, row.vi), (LabelLanguage.EN, row.en)):
            # Where both names fold alike (Logistics) one label says both, so that labels are looked for folded.
            key = match_key(name)
            if not key or key not in labels[row.code]:
                yield f"{row.code} has no name in {language}"


def lonely(files: VocabularyFiles) -> Iterator[str]:
    """Labels declared ambiguous that say neither where they mean their concept nor stand beside another reading."""
    readings = Counter(row.folded for row in files.labels)
    for row in files.labels:
        if row.is_ambiguous and not (row.sectors or row.words) and readings[row.folded] < 2:
            yield f"ambiguous without another reading or a context: {row.code} {row.text}"


def too_few(files: VocabularyFiles) -> Iterator[str]:
    """Concepts with less than three labels that differ."""
    for code, count in _labels_of(files).items():
        if count < LEAST_LABELS:
            yield f"{code} has {count} labels"


DETECTORS: tuple[Callable[[VocabularyFiles], Iterator[str]], ...] = (
    two_concepts,
    circles,
    missing_languages,
    lonely,
    too_few,
)


def with_level(files: VocabularyFiles) -> Iterator[str]:
    """Labels that are another label of their concept and a level; the level would be read without them."""
    known = {(row.code, row.accented) for row in files.labels}
    for row in files.labels:
        levelled = level_off(row.text)
        if levelled is not None and (row.code, accented_key(levelled.rest)) in known:
            yield f"{row.code} {row.text}"


def _labels_of(files: VocabularyFiles) -> dict[str, int]:
    """How many labels that differ every concept has."""
    words: dict[str, set[str]] = {row.code: set() for row in files.skills}
    for row in files.labels:
        words[row.code].add(words_of(row))
    return {code: len(found) for code, found in words.items()}


def counts(files: VocabularyFiles) -> Counts:
    """What there is, by name."""
    sectors = {row.code: row.sector for row in files.skills}
    distinct = {words_of(row): row for row in reversed(files.labels)}
    return {
        "concepts": len(files.skills),
        "concepts by sector": dict(sorted(Counter(sectors.values()).items())),
        "labels": len(files.labels),
        "labels that differ": len(distinct),
        "labels that differ, by sector": dict(
            sorted(Counter(sectors[row.code] for row in distinct.values()).items())
        ),
        "labels by language": dict(sorted(Counter(row.language for row in files.labels).items())),
        "labels by kind": dict(sorted(Counter(row.kind for row in files.labels).items())),
        "labels by origin": dict(sorted(Counter(row.origin for row in files.labels).items())),
        "fewest labels of a concept": min(_labels_of(files).values(), default=0),
        "ambiguous labels": sum(row.is_ambiguous for row in files.labels),
        "links": dict(sorted(Counter(row.kind for row in files.relations).items())),
        "labels with a level": sum(1 for _ in with_level(files)),
    }


def faults(files: VocabularyFiles) -> list[str]:
    """Everything the detectors find."""
    return [fault for detect in DETECTORS for fault in detect(files)]


def show(told: Counts, found: Sequence[str]) -> None:
    """Counts and faults for people."""
    for name, value in told.items():
        if isinstance(value, dict):
            print(f"{name}:")
            for key, count in value.items():
                print(f"  {key:<24}{count:>8}")
        else:
            print(f"{name:<32}{value:>8}")
    for fault in found:
        print(f"! {fault}")


def main() -> int:
    """Read, count, check, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=DATA)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    try:
        files = read_vocabulary(arguments.folder)
    except VocabularyRefused as refused:
        print(f"! {refused}", file=sys.stderr)
        return 1
    told, found = counts(files), faults(files)
    if arguments.json:
        json.dump({"counts": told, "faults": found}, sys.stdout, ensure_ascii=False)
        print()
    else:
        show(told, found)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
