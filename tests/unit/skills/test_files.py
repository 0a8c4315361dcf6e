"""The files of the vocabulary, and how files that contradict each other are refused."""

import shutil
from collections import Counter
from pathlib import Path

import pytest

from registry.skills.readers import DATA, VocabularyRefused, read_vocabulary
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
from registry.text import match_key, nfc


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(DATA, tmp_path / "data"))


def _append(path: Path, line: str) -> None:
    path.write_text(path.read_text("utf-8") + line + "\n", "utf-8")


def test_there_are_240_concepts_each_with_at_least_eight_labels() -> None:
    files = read_vocabulary()
    assert len(files.skills) == 240
    counts = Counter(row.code for row in files.labels)
    assert min(counts[row.code] for row in files.skills) >= 8
    assert len({match_key(row.text) for row in files.labels}) >= 8000


def test_every_concept_is_named_in_both_languages_by_its_labels() -> None:
    files = read_vocabulary()
    preferred = {(row.code, row.language): row.text for row in files.labels if row.kind == "preferred"}
    for row in files.skills:
        assert preferred[row.code, "vi"] == row.vi
        # Where both names fold alike (Logistics, Marketing) one label says both.
        assert match_key(preferred.get((row.code, "en"), row.vi)) in (match_key(row.en), match_key(row.vi))


def test_all_words_of_the_files_are_known() -> None:
    files = read_vocabulary()
    assert {row.sector for row in files.skills} <= set(Sector)
    assert {row.family for row in files.skills} == set(SkillFamily)
    assert {row.scale for row in files.skills} == set(LevelScale)
    assert {row.kind for row in files.labels} == set(LabelKind)
    assert {row.language for row in files.labels} == set(LabelLanguage)
    assert {row.origin for row in files.labels} == {LabelOrigin.CATALOGUE, LabelOrigin.EDITORIAL}
    assert {row.kind for row in files.relations} == set(RelationKind)
    assert {sector for row in files.labels for sector in row.sectors.split("|")} - {""} <= set(Sector)


def test_label_texts_are_composed_trimmed_and_short() -> None:
    for row in read_vocabulary().labels:
        assert row.text == nfc(row.text).strip()
        assert len(row.text) <= 200


def test_broader_links_have_no_cycle() -> None:
    broader: dict[str, list[str]] = {}
    for row in read_vocabulary().relations:
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


def test_the_digest_follows_the_bytes(folder: Path) -> None:
    before = read_vocabulary(folder).sha256
    assert before == read_vocabulary().sha256
    _append(folder / "it" / "labels.csv", "IT01,rắn Python,vi,alias,editorial")
    assert read_vocabulary(folder).sha256 != before
