"""Lists that leave as files and come back: no text is live, none is another afterwards, memory holds one row."""

import csv
import io
import json
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as some

from registry.exchange.readers.child import MAX_CELL_CHARACTERS as READ_AT_MOST
from registry.exchange.readers.child import workbook_lines
from registry.exchange.readers.workbook import read_workbook
from registry.exchange.writers.book import MAX_CELL_CHARACTERS
from registry.exchange.writers.rows import INFO_SHEET, Listed, write_csv, write_xlsx
from registry.text.csv_rows import csv_lines
from registry.text.formulas import guarded, sheltered, unguarded, writable

NASTY = [
    "=1+1", "+84912345678", "-2", "@SUM(A1)", "\t=1", "＝1+1", " =cmd|' /C calc'!A0", "'=1", "''+1", "'", "'x",
    "\r", "a\r\nb", "a\nb", "a\x00b", "a\x1fb", "_x0041_", "<r><t>x</t></r>", "<r>&</r>", "</r>", '"', '"",', "a;b",
    "001188456789", "1.23E+11", "01/03/2027", "Nguyễn Thị Hòa", "e\u0301", "😀", "  hai đầu  ", "\u2028", "\ufeffx",
]  # fmt: skip
SIGNS = some.sampled_from("=+-@＝＋－＠'\t\r\n \"<>_x0") | some.characters(exclude_categories=("Cs",))
LISTED = Listed("Ứng viên", ("Họ và tên", "Ghi chú"), (("Mục đích", "=gửi hội đồng"),))


def through_csv(texts: Sequence[str]) -> list[str]:
    content = "".join(csv_lines(["cột"], ([text] for text in texts)))
    assert content.startswith("\ufeffcột\r\n")
    rows = csv.reader(io.StringIO(content.removeprefix("\ufeff"), newline=""))
    return [unguarded(cell) for [cell] in rows][1:]


def workbook_of(rows: Sequence[Sequence[str]], folder: Path) -> bytes:
    stream = io.BytesIO()
    assert write_xlsx(stream, LISTED, rows, folder) == len(rows)
    return stream.getvalue()


def sheets_of(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        return "".join(parts.read(name).decode() for name in parts.namelist() if name.endswith(".xml"))


@settings(max_examples=200, deadline=None)
@given(some.text(SIGNS, max_size=12))
@example("'=1")
@example("'\u3000+1")
def test_the_quote_goes_on_and_comes_off_again(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert unguarded(sheltered(text)) == text
    assert guarded(text).lstrip()[:1] not in set("=+-@＝＋－＠")
    assert through_csv([text]) == [writable(text)]


def test_nasty_texts_come_back_from_both_kinds_of_file(tmp_path: Path) -> None:
    assert through_csv(NASTY) == NASTY
    content = workbook_of([(text, "x") for text in NASTY], tmp_path)
    sheet = read_workbook(content).sheets[0]
    assert [row.cell(0) for row in sheet.rows[1:]] == NASTY
    assert "<f>" not in sheets_of(content)
    assert "hyperlink" not in sheets_of(content)


@settings(max_examples=20, deadline=None)
@given(some.lists(some.text(SIGNS, min_size=1, max_size=12), min_size=1, max_size=20))
def test_any_text_comes_back_from_a_workbook(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str]
) -> None:
    content = workbook_of([(text, "x") for text in texts], tmp_path_factory.getbasetemp())
    lines = [json.loads(line) for line in workbook_lines(content)]
    assert [line[1][0] for line in lines[2 : len(texts) + 2]] == [writable(text) for text in texts]


def test_what_is_no_character_is_replaced_and_what_is_too_long_is_cut(tmp_path: Path) -> None:
    assert writable("a\ud800b\uffffc") == "a\ufffdb\ufffdc"
    content = workbook_of([("á" * (MAX_CELL_CHARACTERS + 9), "x")], tmp_path)
    assert len(read_workbook(content).sheets[0].rows[1].cell(0)) == MAX_CELL_CHARACTERS < READ_AT_MOST


def test_a_workbook_says_what_it_is_on_a_sheet_of_its_own(tmp_path: Path) -> None:
    book = read_workbook(workbook_of([("Hòa", "")], tmp_path))
    assert [sheet.name for sheet in book.sheets] == ["Ứng viên", INFO_SHEET]
    told = [row.cells for row in book.sheets[1].rows]
    assert told == [("Mục đích", "=gửi hội đồng"), ("Số dòng trong tệp", "1")]
    assert not list(tmp_path.iterdir())


def test_columns_in_groups_have_two_lines_of_headers_and_one_in_csv(tmp_path: Path) -> None:
    listed = Listed(
        "Cán bộ", ("Họ và tên", "Ngày sinh", "Bậc"), (), ("1. Bản thân", "1. Bản thân", "3. Lương")
    )
    stream, text = io.BytesIO(), io.StringIO()
    rows = [("Hòa", "1990", "=3"), ("", "", "4")]
    assert write_xlsx(stream, listed, rows, tmp_path) == write_csv(text, listed, rows) == 2
    sheet = read_workbook(stream.getvalue()).sheets[0]
    assert [row.cells for row in sheet.rows[:3]] == [
        ("1. Bản thân", "", "3. Lương"),
        ("Họ và tên", "Ngày sinh", "Bậc"),
        ("Hòa", "1990", "=3"),
    ]
    assert '<mergeCell ref="A1:B1"/>' in sheets_of(stream.getvalue())
    assert (
        text.getvalue().splitlines()[0] == "\ufeff1. Bản thân: Họ và tên,1. Bản thân: Ngày sinh,3. Lương: Bậc"
    )


def test_a_file_of_rows_counts_them(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        assert write_csv(stream, replace(LISTED, about=()), [("Hòa", "+84"), ("", "")]) == 2
    assert path.read_bytes() == "\ufeffHọ và tên,Ghi chú\r\nHòa,'+84\r\n,\r\n".encode()


def test_a_file_of_rows_says_what_it_is_beside_its_first_row() -> None:
    told = io.StringIO(newline="")
    about = (("Người xuất", "Lò Thị Hạnh"), ("Mục đích", "=gửi hội đồng"))
    assert write_csv(told, replace(LISTED, about=about), [("Hòa", ""), ("An", "")]) == 2
    read = list(csv.reader(io.StringIO(told.getvalue().removeprefix("\ufeff"), newline="")))
    assert [row[:2] for row in read] == [["Họ và tên", "Ghi chú"], ["Hòa", ""], ["An", ""]]
    assert [row[2] for row in read] == [INFO_SHEET, "Người xuất: Lò Thị Hạnh\nMục đích: =gửi hội đồng", ""]


def test_a_workbook_that_is_not_finished_leaves_nothing_behind(tmp_path: Path) -> None:
    def broken() -> Iterator[tuple[str, str]]:
        yield "Hòa", ""
        raise EOFError

    with pytest.raises(EOFError):
        write_xlsx(io.BytesIO(), LISTED, broken(), tmp_path)
    assert not list(tmp_path.iterdir())
