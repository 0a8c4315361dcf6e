"""Who may do what: a part of the matrix that touches every route. The whole is asked by scripts/check_authz.py."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.factories.authz.asking import Asker, Cell, Findings, judge, some_cells, unlisted
from tests.factories.authz.expected import Unreadable, cells_of, read_matrix
from tests.factories.authz.fields import read_fields, unlisted_columns
from tests.factories.authz.methods import head_cells, sees_hidden_write
from tests.factories.authz.showing import misshown

MATRIX, FIELDS = read_matrix(), read_fields()


@pytest.mark.slow
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_every_route_answers_everybody_as_the_file_says(asker: Asker) -> None:
    findings = Findings()
    for cell in some_cells(MATRIX):
        judge(MATRIX, cell, asker.ask(cell), findings)
    assert findings.unexpected == [], "\n".join(findings.unexpected)
    missing = unlisted(asker.app, findings.covered)
    assert missing == [], "\n".join(missing)


@pytest.mark.slow
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_head_is_answered_as_get_without_a_body(asker: Asker) -> None:
    findings = Findings()
    for cell in list(head_cells(MATRIX))[::9]:
        answer = asker.ask(cell)
        judge(MATRIX, cell, answer, findings)
        assert answer.page == ""
    assert findings.unexpected == []


@pytest.mark.slow
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_refusal_that_writes_where_no_statement_is_seen_would_be_reported(asker: Asker) -> None:
    assert sees_hidden_write(asker, MATRIX)


@pytest.mark.slow
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_every_field_of_a_person_is_shown_to_whom_the_file_says(asker: Asker) -> None:
    forms = (
        "page",
        "table",
        "compare",
        "file",
        "checking",
        "receipt",
        "copy",
        "along",
        "cv",
        "cv_hidden",
        "own_cv",
        "json",
    )
    assert misshown(asker, FIELDS, forms) == []
    one = FIELDS.shown["named"]["person.summary"]
    wrong = replace(
        FIELDS, shown={**FIELDS.shown, "named": {"person.summary": {**one, "table": "A", "page": "A"}}}
    )
    found = misshown(asker, wrong, ("page", "table"))
    assert "[named] person.summary page:C hiện mà tệp không cho" in found
    assert "[named] person.summary table:A không hiện" in found


def test_every_column_about_people_stands_in_the_file() -> None:
    assert unlisted_columns(FIELDS) == []
    texts = {field: text for field, text in FIELDS.texts.items() if field != "person.summary"}
    assert unlisted_columns(replace(FIELDS, texts=texts)) == ["person.summary"]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_the_check_sees_a_wrong_verdict_a_shown_record_and_a_missing_line(asker: Asker) -> None:
    ask = next(one for one in MATRIX.asks if one.path == "/ung-vien/<ma>" and one.method == "GET")
    findings = Findings()
    judge(MATRIX, Cell(ask, "own", "offB", "S"), asker.ask(Cell(ask, "own", "offB", "S")), findings)
    assert "N (404), mong đợi S" in findings.unexpected[0]
    shown = asker.ask(Cell(ask, "own", "offA", "S"))
    findings = Findings()
    judge(MATRIX, Cell(ask, "own", "offB", "S"), shown, findings)
    assert any("cho thấy name.own" in one for one in findings.unexpected)
    lines = unlisted(asker.app, findings.covered)
    assert any("POST /ung-vien/tao" in one and "thêm một dòng" in one for one in lines)


def test_the_whole_has_thousands_of_cells_and_no_shape_is_idle() -> None:
    cells = sum(len(list(cells_of(MATRIX, ask))) for ask in MATRIX.asks)
    assert cells >= 3_000
    assert {ask.shape for ask in MATRIX.asks} == set(MATRIX.shapes)


def test_a_line_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="dòng 7: 1 ô cho 2 loại"):
        read_matrix(_written(tmp_path, "  - S"))
    with pytest.raises(Unreadable, match="dòng 9: không có dạng «là»"):
        read_matrix(_written(tmp_path, "  - SS"))


def _written(folder: Path, row: str) -> Path:
    path = folder / "matrix.txt"
    path.write_text(f"[actors]\n# hai\na b\n\n[shapes]\npage\n{row}\n[routes]\nGET / - là\n[sees]\n", "utf-8")
    return path
