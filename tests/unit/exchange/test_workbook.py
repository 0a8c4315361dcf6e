"""Cells come out of a workbook as people see them; a file that is too much for the child is refused, not awaited."""

import unicodedata
from datetime import date, datetime, time

import pytest

from registry.exchange.readers import child, limited
from registry.exchange.readers import workbook as reading
from registry.exchange.readers.archive import WorkbookRefused
from registry.exchange.readers.child import MAX_CELL_CHARACTERS, workbook_lines
from registry.exchange.readers.workbook import Sheet, SheetRow, read_workbook
from tests.factories.exchange import parts_of, workbook, zipped

NFD_NAME = unicodedata.normalize("NFD", "Nguyễn Thị Hòa")


def one_sheet(content: bytes) -> Sheet:
    [sheet] = read_workbook(content).sheets
    return sheet


def test_texts_come_out_exactly() -> None:
    texts = [
        "=1+1",
        "+84912345678",
        "0123",
        " lùi vào ",
        "dòng\nhai",
        "a\x00b",
        "a\u202eb",
        NFD_NAME,
        "“Hòa”",
        "_x0041_",
    ]
    [row] = one_sheet(workbook({"A": [texts]})).rows
    assert row == SheetRow(1, tuple(texts), frozenset())


def test_numbers_come_out_without_a_fraction_they_do_not_have() -> None:
    [row] = one_sheet(
        workbook({"A": [[12345678901, 1188456789, 1.5, 0.1 + 0.2, 1234567890123456789, -3]]})
    ).rows
    assert row.cells == ("12345678901", "1188456789", "1.5", "0.3", "1.234567890123457E+18", "-3")
    assert row.numbers == frozenset(range(6))


@pytest.mark.parametrize("date_1904", [False, True])
def test_dates_come_out_as_written_in_viet_nam(date_1904: bool) -> None:
    values = [date(1990, 8, 15), datetime(1990, 8, 15, 10, 30), True]  # noqa: DTZ001 - Excel knows no zones
    [row] = one_sheet(workbook({"A": [values]}, date_1904=date_1904)).rows
    assert row.cells == ("15/08/1990", "15/08/1990 10:30", "TRUE")
    assert row.numbers == frozenset()


def test_rows_keep_the_numbers_excel_shows() -> None:
    sheet = one_sheet(workbook({"A": [[], ["", "Họ và tên"], [], [], ["", "Hòa"]]}))
    assert [(row.number, row.cells) for row in sheet.rows] == [(2, ("", "Họ và tên")), (5, ("", "Hòa"))]
    assert sheet.rows[0].cell(7) == ""


def test_sheets_keep_their_order_and_an_empty_one_stays() -> None:
    book = read_workbook(workbook({"Ứng viên": [["a"]], "Trống": [], "Ví dụ": [["b"]]}))
    assert [(sheet.name, len(sheet.rows)) for sheet in book.sheets] == [
        ("Ứng viên", 1),
        ("Trống", 0),
        ("Ví dụ", 1),
    ]
    assert book.sheet("Ví dụ") is not None
    assert book.sheet("không có") is None


def test_a_text_of_a_million_characters_is_cut_to_what_no_field_accepts() -> None:
    parts = parts_of(workbook({"A": [["Kỹ năng"], ["x"]]}))
    long = "k" * 1_000_000
    parts["xl/sharedStrings.xml"] = parts["xl/sharedStrings.xml"].replace(
        b"<t>x</t>", f"<t>{long}</t>".encode()
    )
    # Stored, since a million equal letters would be refused for packing too well.
    sheet = one_sheet(zipped(parts, compression=0))
    assert len(sheet.rows[1].cells[0]) == MAX_CELL_CHARACTERS


@pytest.mark.slow
def test_one_text_shared_by_thousands_of_cells_is_refused() -> None:
    long = "Đắk Lắk " * 3_000
    with pytest.raises(WorkbookRefused) as refused:
        read_workbook(workbook({"A": [[long] * 100 for _row in range(60)]}))
    assert refused.value.code == "too_heavy"


def test_a_lone_cell_at_the_bottom_of_the_sheet_does_not_fill_the_memory() -> None:
    parts = parts_of(workbook({"A": [["Họ và tên"], ["Hòa"]]}))
    cell = b'<row r="1048576"><c r="XFD1048576" t="s"><v>0</v></c></row></sheetData>'
    parts["xl/worksheets/sheet1.xml"] = parts["xl/worksheets/sheet1.xml"].replace(b"</sheetData>", cell)
    with pytest.raises(WorkbookRefused) as refused:
        read_workbook(zipped(parts))
    assert refused.value.code == "too_heavy"


def test_a_child_that_takes_too_long_is_killed() -> None:
    with pytest.raises(WorkbookRefused) as refused:
        read_workbook(workbook({"A": [["x"]]}), wall_seconds=0.001)
    assert refused.value.code == "too_heavy"


def test_a_broken_sheet_is_refused_with_the_reason() -> None:
    parts = parts_of(workbook({"A": [["x"]]}))
    parts["xl/worksheets/sheet1.xml"] = b"<worksheet><sheetData><row><c"
    with pytest.raises(WorkbookRefused) as refused:
        read_workbook(zipped(parts))
    assert refused.value.code == "broken"


def test_too_many_readers_at_once_are_asked_to_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "_WAIT_SECONDS", 0.01)
    with reading._AT_ONCE, pytest.raises(WorkbookRefused) as refused:  # pyright: ignore[reportPrivateUsage]
        read_workbook(workbook({"A": [["x"]]}))
    assert refused.value.code == "busy"


def test_what_the_child_prints_can_be_read_without_a_child() -> None:
    lines = list(workbook_lines(workbook({"A": [["Họ và tên", "", 7]]})))
    assert lines == ['{"sheet": "A"}', '[1,["Họ và tên","","7"],[2]]']
    assert list(workbook_lines(b"PK\x03\x04")) == ['{"refused": "broken"}']


def test_rows_are_trimmed_at_the_right_and_padded_at_the_left(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = list(workbook_lines(workbook({"A": [[], ["", "x", "", ""]], "Trống": []})))
    assert lines == ['{"sheet": "A"}', '[2,["","x"],[]]', '{"sheet": "Trống"}']
    content = workbook({"A": [[date(1990, 8, 15), datetime(1990, 8, 15, 7, 5), time(7, 5), 1e18, "x", None]]})  # noqa: DTZ001
    [_name, row] = workbook_lines(content)
    assert row == '[1,["15/08/1990","15/08/1990 07:05","07:05:00","1E+18","x"],[3]]'
    monkeypatch.setattr(child, "MAX_ROWS", 1)
    assert list(workbook_lines(workbook({"A": [["a"], ["b"], ["c"]]})))[-1] == '{"refused": "too_many_rows"}'
    monkeypatch.setattr(child, "_MAX_CHARACTERS", 10)
    assert list(workbook_lines(workbook({"A": [["a" * 20]]})))[-1] == '{"refused": "too_heavy"}'


def test_a_child_that_breaks_is_a_broken_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limited, "_PROGRAM", "raise SystemExit(3)")
    with pytest.raises(WorkbookRefused) as refused:
        read_workbook(workbook({"A": [["x"]]}))
    assert refused.value.code == "broken"
    monkeypatch.setattr(limited, "_PROGRAM", "")
    assert read_workbook(workbook({"A": [["x"]]})).sheets == ()
