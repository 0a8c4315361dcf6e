"""Measures the resolver on a labelled list of variants: `check_variants.py PATH [--json]`.

PATH is a CSV file with the columns variant, canonical_vi, canonical_en, kind. A row of kind `negative` says
that the variant must not resolve to that concept. Figures are given twice: with all labels, and without every
label whose folded text equals a listed variant (the names in the canonical columns stay), so that a label copied
from the list cannot lift the figure.
"""

import argparse
import csv
import json
import sys
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from registry.skills.queries import shipped_vocabulary
from registry.skills.resolver import Vocabulary, resolve
from registry.text import match_key

FORM_KINDS = ("exact", "no_diacritics", "tone_placement", "telex", "nfd", "typo", "word_order")
KNOWLEDGE_KINDS = ("abbreviation", "english", "synonym", "mixed")


@dataclass(frozen=True)
class Variant:
    """One row of the list."""

    text: str
    skill: str
    english: str
    kind: str


@dataclass
class Figures:
    """Counts of one kind."""

    rows: int = 0
    right: int = 0
    accepted_right: int = 0
    accepted_wrong: int = 0

    def add(self, other: "Figures") -> None:
        """Add the counts of another kind."""
        self.rows += other.rows
        self.right += other.right
        self.accepted_right += other.accepted_right
        self.accepted_wrong += other.accepted_wrong


def read_variants(path: Path) -> list[Variant]:
    """The rows of the list, the variants exactly as written (some are decomposed on purpose)."""
    with path.open(encoding="utf-8", newline="") as opened:
        return [
            Variant(row["variant"], row["canonical_vi"], row["canonical_en"], row["kind"])
            for row in csv.DictReader(opened)
        ]


def measure(variants: Sequence[Variant], vocabulary: Vocabulary, misses: list[str]) -> dict[str, Figures]:
    """Figures by kind; every row that is not right goes to `misses` as one line."""
    figures: dict[str, Figures] = defaultdict(Figures)
    for variant in variants:
        answer = resolve(variant.text, vocabulary)
        named = vocabulary.concepts[answer.skill].vi if answer.skill else ""
        counts = figures[variant.kind]
        counts.rows += 1
        is_right = (named == variant.skill) != (variant.kind == "negative")
        if variant.kind == "negative":
            counts.right += not answer.is_accepted or is_right
            counts.accepted_wrong += answer.is_accepted and not is_right
        else:
            counts.right += is_right
            counts.accepted_right += answer.is_accepted and is_right
            counts.accepted_wrong += answer.is_accepted and not is_right
        if not is_right:
            mark = "!" if answer.is_accepted else " "
            misses.append(
                f"{mark} {variant.kind}: {variant.text} → {named or '–'} ({answer.how}), not {variant.skill}"
            )
    return dict(figures)


def listed_keys(variants: Sequence[Variant]) -> set[str]:
    """Folded variants that are not the name of a concept."""
    names = {match_key(name) for variant in variants for name in (variant.skill, variant.english)}
    return {match_key(variant.text) for variant in variants if variant.kind != "negative"} - names


def grouped(figures: dict[str, Figures]) -> dict[str, Figures]:
    """The kinds, and the sums of form kinds, knowledge kinds, all positives."""
    sums = {"form": FORM_KINDS, "knowledge": KNOWLEDGE_KINDS, "positive": (*FORM_KINDS, *KNOWLEDGE_KINDS)}
    result = dict(sorted(figures.items()))
    for name, kinds in sums.items():
        total = Figures()
        for kind in kinds:
            total.add(figures.get(kind, Figures()))
        result[f"= {name}"] = total
    return result


def show(title: str, figures: dict[str, Figures]) -> None:
    """A table for people."""
    print(f"\n{title}")
    print(f"{'kind':<16}{'rows':>6}{'right':>8}{'%':>8}{'taken':>8}{'wrong':>8}")
    for kind, counts in figures.items():
        share = 100 * counts.right / counts.rows if counts.rows else 0.0
        print(
            f"{kind:<16}{counts.rows:>6}{counts.right:>8}{share:>8.1f}"
            f"{counts.accepted_right:>8}{counts.accepted_wrong:>8}"
        )


def main() -> int:
    """Read, measure twice, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path", type=Path)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--misses", action="store_true", help="list the rows that are not right")
    arguments = parser.parse_args()
    variants = read_variants(arguments.path)
    whole = shipped_vocabulary()
    keys = listed_keys(variants)
    left_out = sum(label.folded in keys for label in whole.labels)
    misses: list[str] = []
    with_all = grouped(measure(variants, whole, misses))
    without_misses: list[str] = []
    without = grouped(measure(variants, whole.without(keys), without_misses))
    if arguments.json:
        json.dump(
            {
                "labels": len(whole.labels),
                "labels_equal_to_a_variant": left_out,
                "with_all_labels": {kind: asdict(counts) for kind, counts in with_all.items()},
                "without_those_labels": {kind: asdict(counts) for kind, counts in without.items()},
            },
            sys.stdout,
            ensure_ascii=False,
        )
        print()
        return 0
    show(f"With all {len(whole.labels)} labels", with_all)
    show(f"Without the {left_out} labels equal to a listed variant", without)
    if arguments.misses:
        print("\nMisses with all labels:", *misses, sep="\n")
        print("\nMisses without those labels:", *without_misses, sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
