"""A workbook of 2,000 generated people with 40 planted errors reports exactly those 40, by row and column."""

import importlib.util
import json
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from registry.accounts.rules import Viewer
from registry.cli import imports as command
from registry.cli.context import CommandRefused
from registry.cli.main import build_parser
from registry.exchange.models import ImportBatch
from registry.exchange.operations.judging import Summary, judge_all
from registry.exchange.operations.making import kind_maker
from registry.exchange.operations.sources import header_of, sheet_source
from registry.exchange.readers.workbook import read_workbook
from registry.exchange.rules.batches import ImportKind
from registry.needs.models import Need
from registry.organisations.rules import Office
from registry.people.models import Person
from registry.people.rules import LegalBasis
from tests.factories.exchange import needs_workbook, people_workbook, workbook

pytestmark = pytest.mark.slow

SCRIPT = Path(__file__).resolve().parents[3] / "scripts" / "make_planted_workbook.py"
TODAY = date(2026, 11, 25)


@pytest.fixture(scope="module")
def maker() -> ModuleType:
    """The generator of the workbook."""
    spec = importlib.util.spec_from_file_location("make_planted_workbook", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def judged(session: Session, content: bytes) -> Summary:
    """What a dry run finds."""
    book = read_workbook(content)
    header = header_of(book, ImportKind.PEOPLE)
    assert header is not None
    source = sheet_source(book, ImportKind.PEOPLE, header)
    make = kind_maker(session, ImportKind.PEOPLE, Viewer.installation(), Office(), LegalBasis.LAW, TODAY)
    return judge_all(session, make(), source)


def planted_file(maker: ModuleType, path: Path, rows: int, errors: int) -> list[Any]:
    made = list(maker.people(rows, 7))
    planted = maker.plant(made, errors, 7)
    maker.write(path, made)
    return planted


def test_two_thousand_rows_report_exactly_the_forty_planted_errors(
    session: Session, maker: ModuleType, tmp_path: Path
) -> None:
    planted = planted_file(maker, tmp_path / "people.xlsx", 2_000, 40)
    found = judged(session, (tmp_path / "people.xlsx").read_bytes())
    assert [(one.row, one.column) for one in found.errors] == [(one.row, one.column) for one in planted]
    assert {one.kind for one in planted} == set(maker.ERRORS)
    assert (found.rows, found.valid) == (2_000, 1_960)
    assert all(one.finding.message for one in found.errors)


def test_people_without_planted_errors_are_all_valid(
    session: Session, maker: ModuleType, tmp_path: Path
) -> None:
    assert planted_file(maker, tmp_path / "people.xlsx", 300, 0) == []
    found = judged(session, (tmp_path / "people.xlsx").read_bytes())
    assert (found.rows, found.valid, found.errors) == (300, 300, [])


@pytest.fixture(autouse=True)
def this_database(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command works on the database of the test."""

    class Opened:
        def __enter__(self) -> Session:
            return session

        def __exit__(self, *_: object) -> None:
            session.rollback()

    monkeypatch.setattr(command, "reading", Opened)
    monkeypatch.setattr(command, "writing", Opened)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., Any]:
    """Run `registry import …`: exit code and what it printed."""

    def call(*arguments: str) -> tuple[int, Any]:
        parsed = build_parser().parse_args(["import", *arguments])
        code = parsed.run(parsed)
        out = capsys.readouterr().out
        return code, json.loads(out) if out else None

    return call


def test_the_command_reports_errors_in_the_agreed_shape_and_keeps_nothing(
    run: Any, session: Session, tmp_path: Path
) -> None:
    path = tmp_path / "a.xlsx"
    rows = [
        {"full_name": "Nguyễn Thị Hòa", "birth": "1990"},
        {"full_name": "Trần Văn Đức", "birth": "31/02/1988"},
    ]
    path.write_bytes(people_workbook(rows))
    expected = {
        "rows": 2,
        "valid": 1,
        "warnings": 0,
        "errors": [
            {
                "sheet": "Ứng viên",
                "row": 3,
                "column": "Ngày sinh",
                "value": "31/02/1988",
                "message": "Ngày sinh phải có thật, ví dụ 15/08/1990",
            }
        ],
        "batch": None,
    }
    assert run("people", str(path), "--json") == (1, expected)
    assert run("people", str(path), "--dry-run", "--json") == (1, expected)
    assert session.scalar(select(func.count(Person.id))) == 0


def test_the_command_saves_valid_rows_when_told_so(run: Any, session: Session, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(people_workbook([{"full_name": "Nguyễn Thị Hòa"}, {"full_name": "Đức", "birth": "x"}]))
    code, printed = run("people", str(path), "--valid-only", "--json")
    assert code == 1
    batch = session.scalars(select(ImportBatch)).one()
    assert printed["batch"] == batch.public_id
    assert session.scalar(select(func.count(Person.id))) == 1


def test_an_import_without_errors_saves_all_and_a_second_one_nothing(
    run: Any, session: Session, tmp_path: Path
) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(
        people_workbook(
            [{"full_name": "Nguyễn Thị Hòa", "external_id": "A", "residence": "xã Ba Tri, Vĩnh Long"}]
        )
    )
    code, printed = run("people", str(path), "--json")
    assert (code, printed["valid"], printed["warnings"]) == (0, 1, 0)
    person = session.scalars(select(Person)).one()
    assert person.unit_path == "VN/86/"
    code, printed = run("people", str(path), "--json")
    assert (code, printed["valid"], printed["warnings"], printed["errors"]) == (0, 1, 1, [])
    assert session.scalar(select(func.count(Person.id))) == 1


def test_a_unit_can_be_named_and_people_without_consent_refused(
    run: Any, session: Session, tmp_path: Path
) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(people_workbook([{"full_name": "Nguyễn Thị Hòa", "basis": None}]))
    code, printed = run("people", str(path), "--basis", "consent", "--json")
    assert code == 1
    assert [one["column"] for one in printed["errors"]] == ["Đồng ý cho", "Ngày đồng ý"]
    assert run("people", str(path), "--unit", "12", "--basis", "law", "--json")[0] == 0
    assert session.scalars(select(Person)).one().unit_path == "VN/12/"
    with pytest.raises(CommandRefused):
        run("people", str(path), "--unit", "999", "--json")


def test_people_of_whom_nobody_says_why_they_may_be_kept_are_not_imported(
    run: Any, session: Session, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.xlsx"
    agreed = {"consents": "Lưu hồ sơ", "consented_on": "20/11/2026"}
    rows = [
        {"full_name": "Nguyễn Thị Hòa", "basis": None},
        {"full_name": "Trần Văn Đức", "basis": None, **agreed},
        {"full_name": "Lò Thị Mai"},
    ]
    path.write_bytes(people_workbook(rows))
    with pytest.raises(CommandRefused, match=r"^1 dòng không ghi «Cơ sở lưu hồ sơ».*--basis law"):
        run("people", str(path), "--json")
    assert session.scalar(select(func.count(Person.id))) == 0
    parsed = build_parser().parse_args(["import", "people", str(path), "--dry-run", "--json"])
    assert parsed.run(parsed) == 0
    printed = capsys.readouterr()
    assert json.loads(printed.out)["errors"] == []
    assert "1 dòng không ghi «Cơ sở lưu hồ sơ»" in printed.err
    code, answer = run("people", str(path), "--valid-only", "--json")
    assert (code, answer["valid"], answer["errors"][0]["row"]) == (1, 2, 2)


def test_the_command_names_cells_and_rows_as_what_they_are(
    run: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(people_workbook([{"full_name": "", "birth": "x", "email": "y"}]))
    parsed = build_parser().parse_args(["import", "people", str(path)])
    assert parsed.run(parsed) == 1
    assert "3 lỗi ở 1 dòng" in capsys.readouterr().err


def test_job_posts_are_needs(run: Any, session: Session, tmp_path: Path) -> None:
    path = tmp_path / "posts.json"
    post = {
        "slug": "a-1",
        "title": "Kỹ sư dữ liệu",
        "company": "VNG",
        "location": "Ha Noi",
        "skills": ["Python"],
    }
    path.write_text(json.dumps([post, {**post, "slug": "a-2", "title": 7}, post]), encoding="utf-8")
    code, printed = run("needs", str(path), "--json")
    assert code == 1
    assert [(one["row"], one["column"]) for one in printed["errors"]] == [(2, "title"), (3, "slug")]
    path.write_text(json.dumps([post]), encoding="utf-8")
    assert run("needs", str(path), "--json")[0] == 0
    assert session.scalars(select(Need.external_id)).one() == "a-1"


def test_a_template_is_written_and_its_examples_import_without_a_word(run: Any, tmp_path: Path) -> None:
    for noun, like in (("people", people_workbook), ("needs", needs_workbook)):
        path = tmp_path / f"{noun}.xlsx"
        assert run(noun, "--template", str(path))[0] == 0
        book = read_workbook(path.read_bytes())
        data, examples = book.sheets[0], book.sheet("Ví dụ")
        assert examples is not None
        assert data.rows[0].cells == examples.rows[0].cells
        assert [len(data.rows), len(examples.rows)] == [1, 3]
        path.write_bytes(workbook({data.name: [list(row.cells) for row in examples.rows]}))
        code, printed = run(noun, str(path), "--dry-run", "--json")
        assert (code, printed["rows"], printed["errors"]) == (0, 2, [])
        assert like([]) != b""


def test_files_that_are_no_workbooks_are_refused_in_words(run: Any, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    for content, words in (
        (b"%PDF-1.7", "không phải bảng tính"),
        (workbook({"A": [["Cột một"], ["x"]]}), "Không tìm thấy cột «Họ và tên»"),
    ):
        path.write_bytes(content)
        with pytest.raises(CommandRefused, match=words):
            run("people", str(path), "--json")
    with pytest.raises(CommandRefused, match="Không mở được tệp"):
        run("people", str(tmp_path / "không có.xlsx"), "--json")
    assert run("people", "--json")[0] == 2
