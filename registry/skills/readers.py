"""Reads the files of the vocabulary shipped with the product into plain rows, and refuses files that disagree.

Pure apart from opening the files. The lists of words (families, scales …) are checked where rows become records.
"""

import csv
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from registry.text import match_key

DATA = Path(__file__).parent / "data"
_AMBIGUOUS = "ambiguous.csv"


class VocabularyRefused(ValueError):
    """The files contradict each other; the message says which row and why."""


@dataclass(frozen=True, slots=True)
class SkillRow:
    """One concept."""

    code: str
    vi: str
    en: str
    sector: str
    family: str
    scale: str


@dataclass(frozen=True, slots=True)
class LabelRow:
    """One label; contexts are only given for ambiguous ones."""

    code: str
    text: str
    language: str
    kind: str
    origin: str
    is_ambiguous: bool = False
    sectors: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class RelationRow:
    """One relation; related pairs stand in both directions."""

    code: str
    kind: str
    other: str


@dataclass(frozen=True, slots=True)
class VocabularyFiles:
    """Everything the files say, and the digest of their bytes."""

    skills: Sequence[SkillRow]
    labels: Sequence[LabelRow]
    relations: Sequence[RelationRow]
    sha256: str


def read_vocabulary(folder: Path = DATA) -> VocabularyFiles:
    """Read and check the files of a folder: one folder per sector, and the ambiguous labels of all sectors.

    Sectors are read in alphabetical order, so labels keep one order on every machine.
    Raises VocabularyRefused.
    """
    folders = _sector_folders(folder)
    skills = [
        SkillRow(row["code"], row["vi"], row["en"], sector, row["family"], row["scale"])
        for sector, path in folders.items()
        for row in _rows(path / "skills.csv")
    ]
    labels = [
        LabelRow(row["code"], row["label"], row["language"], row["kind"], row["origin"])
        for path in folders.values()
        for row in _rows(path / "labels.csv")
    ]
    labels += [_ambiguous_label(row) for row in _rows(folder / _AMBIGUOUS)]
    relations = [
        RelationRow(row["code"], row["kind"], row["other"])
        for path in folders.values()
        for row in _rows(path / "relations.csv")
    ]
    files = VocabularyFiles(skills, labels, relations, files_digest(folder))
    check_vocabulary(files)
    return files


def _sector_folders(folder: Path) -> dict[str, Path]:
    """The folders by sector, in alphabetical order; whether there is such a sector is asked when rows are loaded."""
    return {path.name: path for path in sorted(folder.iterdir()) if path.is_dir()}


def _ambiguous_label(row: Mapping[str, str]) -> LabelRow:
    return LabelRow(
        row["code"],
        row["label"],
        row["language"],
        row["kind"],
        row["origin"],
        is_ambiguous=True,
        sectors=row["sectors"],
        words=row["words"],
    )


def files_digest(folder: Path = DATA) -> str:
    """SHA-256 over all files of a folder: whether they changed can be told without reading a row."""
    digest = hashlib.sha256((folder / _AMBIGUOUS).read_bytes())
    for path in _sector_folders(folder).values():
        for name in ("skills.csv", "labels.csv", "relations.csv"):
            digest.update((path / name).read_bytes())
    return digest.hexdigest()


def check_vocabulary(files: VocabularyFiles) -> None:
    """Codes exist once, folded labels name one concept or are marked ambiguous, relations hold together."""
    codes = [row.code for row in files.skills]
    if len(codes) != len(set(codes)):
        raise VocabularyRefused("a code stands twice in skills.csv")
    _check_labels(files.labels, set(codes))
    _check_relations(files.relations, set(codes))


def _check_labels(labels: Sequence[LabelRow], codes: set[str]) -> None:
    owners: dict[str, LabelRow] = {}
    seen: set[tuple[str, str]] = set()
    for row in labels:
        key = match_key(row.text)
        if row.code not in codes or not key:
            raise VocabularyRefused(f"label without a concept or without letters: {row}")
        if (row.code, key) in seen:
            raise VocabularyRefused(f"label twice for one concept: {row}")
        seen.add((row.code, key))
        other = owners.setdefault(key, row)
        if other is not row and not (other.is_ambiguous and row.is_ambiguous):
            raise VocabularyRefused(f"one text for two concepts: {other} and {row}")


def _check_relations(relations: Sequence[RelationRow], codes: set[str]) -> None:
    pairs = {(row.code, row.other): row.kind for row in relations}
    if len(pairs) != len(relations):
        raise VocabularyRefused("a relation stands twice in relations.csv")
    for (code, other), kind in pairs.items():
        if code not in codes or other not in codes or code == other:
            raise VocabularyRefused(f"relation of unknown concepts or of one to itself: {code}, {other}")
        back = pairs.get((other, code))
        if (kind == "related") != (back == "related") or (kind == "broader" and back is not None):
            raise VocabularyRefused(
                f"related pairs stand in both directions, broader ones in one: {code}, {other}"
            )


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as opened:
        yield from csv.DictReader(opened)
