"""The files of the vocabulary, and how files that contradict each other are refused."""

import csv
import shutil
from collections.abc import Iterable
from pathlib import Path

import pytest

from registry.skills.readers import DATA, LabelRow, VocabularyFiles, VocabularyRefused, read_vocabulary
from registry.skills.rules import (
    LabelKind,
    LabelLanguage,
    LabelOrigin,
    LevelScale,
    RelationKind,
    Sector,
    SkillFamily,
    cycle_of,
)
from registry.text import accented_key, match_key, nfc
from tests.factories.skills import shipped_files

KEPT = {"IT01", "IT02", "IT15", "IT16", "FI01", "EN02", "AG06"}


@pytest.fixture(scope="module")
def files() -> VocabularyFiles:
    return shipped_files()


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped files, of a few concepts only."""
    made = tmp_path_factory.mktemp("few") / "data"
    for path in DATA.rglob("*.csv"):
        with path.open(encoding="utf-8", newline="") as opened:
            rows = csv.DictReader(opened)
            kept = [row for row in rows if row["code"] in KEPT and row.get("other", "IT01") in KEPT]
        copied = made / path.relative_to(DATA)
        copied.parent.mkdir(parents=True, exist_ok=True)
        with copied.open("w", encoding="utf-8", newline="") as opened:
            writer = csv.DictWriter(opened, rows.fieldnames or [], lineterminator="\n")
            writer.writeheader()
            writer.writerows(kept)
    return made


@pytest.fixture
def folder(few: Path, tmp_path: Path) -> Path:
    """A copy of the same, which a test may spoil."""
    return shutil.copytree(few, tmp_path / "data")


def _append(path: Path, line: str) -> None:
    path.write_text(path.read_text("utf-8") + line + "\n", "utf-8")


def _different(rows: Iterable[LabelRow]) -> set[str]:
    """Labels that differ in more than case, accents, tone placement, punctuation and word order."""
    return {" ".join(sorted(row.folded.split())) for row in rows}


def test_there_are_1200_concepts_with_8000_labels_and_at_least_three_each(files: VocabularyFiles) -> None:
    assert len(files.skills) >= 1200
    assert len(_different(files.labels)) >= 8000
    by_code: dict[str, list[LabelRow]] = {row.code: [] for row in files.skills}
    for row in files.labels:
        by_code[row.code].append(row)
    assert min(len(_different(rows)) for rows in by_code.values()) >= 3


def test_every_concept_is_named_in_both_languages_by_its_labels(files: VocabularyFiles) -> None:
    preferred = {(row.code, row.language): row.text for row in files.labels if row.kind == "preferred"}
    for row in files.skills:
        assert preferred[row.code, "vi"] == row.vi
        # Where both names fold alike (Logistics, Marketing) one label says both.
        assert match_key(preferred.get((row.code, "en"), row.vi)) in (match_key(row.en), match_key(row.vi))


def test_all_words_of_the_files_are_known(files: VocabularyFiles) -> None:
    assert {row.sector for row in files.skills} == set(Sector)
    assert {row.family for row in files.skills} == set(SkillFamily)
    assert {row.scale for row in files.skills} == set(LevelScale)
    assert {row.kind for row in files.labels} == set(LabelKind)
    assert {row.language for row in files.labels} == set(LabelLanguage)
    assert {row.origin for row in files.labels} == {LabelOrigin.CATALOGUE, LabelOrigin.EDITORIAL}
    assert {row.kind for row in files.relations} == set(RelationKind)
    assert {sector for row in files.labels for sector in row.sectors.split("|")} - {""} <= set(Sector)


def test_label_texts_are_composed_trimmed_and_short(files: VocabularyFiles) -> None:
    for row in files.labels:
        assert row.text == nfc(row.text).strip()
        assert len(row.text) <= 200


def test_broader_links_have_no_cycle(files: VocabularyFiles) -> None:
    broader: dict[str, list[str]] = {}
    for row in files.relations:
        if row.kind == "broader":
            broader.setdefault(row.code, []).append(row.other)
    assert cycle_of(broader) == ()


@pytest.mark.parametrize(
    ("file", "line", "why"),
    [
        ("it/skills.csv", "IT01,Python hai,Python two,tool,general", "twice"),
        ("it/labels.csv", "XX99,không có,vi,alias,editorial", "without a concept"),
        ("it/labels.csv", "IT01,…,vi,alias,editorial", "without letters"),
        ("it/labels.csv", "IT01,ke toan,vi,alias,editorial", "two concepts"),
        ("it/labels.csv", "FI01,KE TOAN,vi,alias,editorial", "twice for one concept"),
        ("it/labels.csv", "IT01,CNC,vi,alias,editorial", "two concepts"),
        ("it/relations.csv", "IT16,related,IT15", "twice"),
        ("it/relations.csv", "IT01,related,IT02", "both directions"),
        ("it/relations.csv", "IT15,broader,IT16", "both directions"),
        ("it/relations.csv", "IT01,broader,IT01", "itself"),
        ("it/relations.csv", "IT01,broader,XX99", "unknown"),
    ],
)
def test_files_that_contradict_each_other_are_refused(folder: Path, file: str, line: str, why: str) -> None:
    _append(folder / file, line)
    with pytest.raises(VocabularyRefused, match=why):
        read_vocabulary(folder)


@pytest.mark.parametrize("header", ["code,vi,en,family", "code,en,vi,family,scale", ""])
def test_a_file_with_other_columns_is_refused(folder: Path, header: str) -> None:
    (folder / "it" / "skills.csv").write_text(header, "utf-8")
    with pytest.raises(VocabularyRefused, match="columns"):
        read_vocabulary(folder)


def test_a_row_of_another_length_is_refused(folder: Path) -> None:
    _append(folder / "it" / "labels.csv", "IT01,rắn Python,vi,alias")
    with pytest.raises(VocabularyRefused, match="5 values"):
        read_vocabulary(folder)


def test_keys_made_together_are_those_made_one_by_one(files: VocabularyFiles) -> None:
    for row in files.labels[::7]:
        assert (row.folded, row.accented) == (match_key(row.text), accented_key(row.text))


def test_the_digest_follows_the_bytes(folder: Path) -> None:
    before = read_vocabulary(folder).sha256
    assert before == read_vocabulary(folder).sha256
    _append(folder / "it" / "labels.csv", "IT01,rắn Python,vi,alias,editorial")
    assert read_vocabulary(folder).sha256 != before
