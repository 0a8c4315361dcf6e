"""The script that measures the resolver on a labelled list."""

import json
import sys
from pathlib import Path

import pytest

from scripts import check_variants
from tests.factories.skills import shipped

ROWS = """variant,canonical_vi,canonical_en,kind
ke toan,Kế toán,Accounting,no_diacritics
thủ quỹ kiêm kế toán,Kế toán,Accounting,synonym
sổ sách,Thuế,Taxation,synonym
kiểm toán,Kế toán,Accounting,negative
Kế toán,Kế toán,Accounting,negative
kế toán viên,Kế toán,Accounting,synonym
"""


@pytest.fixture
def variants(tmp_path: Path) -> Path:
    path = tmp_path / "variants.csv"
    path.write_text(ROWS, "utf-8")
    return path


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setattr(sys, "argv", ["check_variants.py", *arguments])
    monkeypatch.setattr(check_variants, "shipped_vocabulary", shipped)
    return check_variants.main()


@pytest.mark.slow
def test_figures_by_kind_with_and_without_listed_labels(
    variants: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, str(variants), "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["labels_equal_to_a_variant"] == 1
    whole, without = told["with_all_labels"], told["without_those_labels"]
    assert whole["no_diacritics"] == {"rows": 1, "right": 1, "accepted_right": 1, "accepted_wrong": 0}
    assert whole["negative"] == {"rows": 2, "right": 1, "accepted_right": 0, "accepted_wrong": 1}
    assert (whole["synonym"]["accepted_right"], without["synonym"]["accepted_right"]) == (1, 0)
    assert whole["= positive"]["rows"] == 4


@pytest.mark.slow
def test_the_table_names_what_was_missed(
    variants: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, str(variants), "--misses") == 0
    told = capsys.readouterr().out
    assert "Without the 1 labels" in told
    assert "! negative: Kế toán → Kế toán" in told
