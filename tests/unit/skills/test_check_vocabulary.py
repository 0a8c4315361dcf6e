"""The script that counts and checks the vocabulary: every detector fires, and the shipped files pass."""

import json
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from registry.skills.readers import LabelRow, RelationRow, SkillRow, VocabularyFiles
from scripts import check_vocabulary

SKILLS = [
    SkillRow(f"XX{number}", f"kỹ năng {number}", f"skill {number}", "it", "tool", "general")
    for number in (1, 2, 3)
]
LABELS = [
    LabelRow(row.code, text, language, "preferred", "editorial")
    for row in SKILLS
    for text, language in ((row.vi, "vi"), (row.en, "en"), (f"tên khác của {row.code}", "vi"))
]
SOUND = VocabularyFiles(SKILLS, LABELS, [RelationRow("XX1", "broader", "XX2")], "")


def faults(*labels: LabelRow, **changes: object) -> list[str]:
    return check_vocabulary.faults(replace(SOUND, labels=[*LABELS, *labels], **changes))


def test_a_sound_vocabulary_has_no_faults() -> None:
    assert faults() == []


def test_a_label_of_two_concepts_is_found() -> None:
    one, other = (LabelRow(code, "TÊN chung", "vi", "alias", "editorial") for code in ("XX1", "XX2"))
    assert faults(one, replace(other, text="ten chung")) == ["one text for XX1, XX2: ten chung"]
    declared = replace(other, is_ambiguous=True, sectors="it")
    assert faults(one, declared) == ["one text for XX1, XX2: ten chung"]
    assert faults(replace(one, is_ambiguous=True), declared) == []


def test_a_circle_of_broader_links_is_found() -> None:
    links = [RelationRow(f"XX{one}", "broader", f"XX{other}") for one, other in ((1, 2), (2, 3), (3, 1))]
    assert faults(relations=links) == ["broader links lead round: XX1 → XX2 → XX3 → XX1"]
    assert faults(relations=[replace(link, kind="related") for link in links]) == []


@pytest.mark.parametrize(
    ("change", "language"),
    [({"vi": "tên lạ"}, "vi"), ({"vi": ""}, "vi"), ({"en": "strange"}, "en"), ({"en": ""}, "en")],
)
def test_a_missing_language_is_found(change: dict[str, str], language: str) -> None:
    assert faults(skills=[replace(SKILLS[0], **change), *SKILLS[1:]]) == [f"XX1 has no name in {language}"]


def test_an_ambiguous_label_without_a_second_reading_or_a_context_is_found() -> None:
    label = LabelRow("XX1", "mơ hồ", "vi", "alias", "editorial", is_ambiguous=True)
    assert faults(label) == ["ambiguous without another reading or a context: XX1 mơ hồ"]
    assert faults(replace(label, words="sổ sách")) == []
    assert faults(label, replace(label, code="XX2")) == []


def test_a_concept_with_too_few_labels_is_found() -> None:
    last = LABELS[-1]
    fewer = replace(SOUND, labels=[*LABELS[:-1], replace(last, text="3 skill")])
    assert check_vocabulary.faults(fewer) == ["XX3 has 2 labels"]


def test_labels_that_are_others_with_a_level_are_told_of() -> None:
    label = LabelRow("XX1", "skill 1 B2", "en", "alias", "editorial")
    assert list(check_vocabulary.with_level(replace(SOUND, labels=[*LABELS, label]))) == ["XX1 skill 1 B2"]


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setattr(sys, "argv", ["check_vocabulary.py", *arguments])
    return check_vocabulary.main()


@pytest.mark.slow
def test_the_shipped_files_pass_and_are_counted(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["faults"] == []
    assert told["counts"]["concepts"] == sum(told["counts"]["concepts by sector"].values()) >= 1200
    assert told["counts"]["labels that differ"] >= 8000
    assert told["counts"]["fewest labels of a concept"] >= 3


def test_faults_and_files_that_cannot_be_read_fail(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    sector = tmp_path / "it"
    sector.mkdir()
    (tmp_path / "ambiguous.csv").write_text("label,code,language,kind,sectors,words,origin\n", "utf-8")
    (sector / "skills.csv").write_text("code,vi,en,family,scale\nXX1,một,one,tool,general\n", "utf-8")
    (sector / "labels.csv").write_text(
        "code,label,language,kind,origin\nXX1,một,vi,preferred,editorial\n", "utf-8"
    )
    (sector / "relations.csv").write_text("code,kind,other\n", "utf-8")
    assert run(monkeypatch, str(tmp_path)) == 1
    told = capsys.readouterr().out
    assert "! XX1 has no name in en" in told
    assert "! XX1 has 1 labels" in told
    (sector / "labels.csv").write_text("code,label\n", "utf-8")
    assert run(monkeypatch, str(tmp_path)) == 1
    assert "columns" in capsys.readouterr().err
