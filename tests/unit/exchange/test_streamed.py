"""A large workbook is read a row at a time: the same cells as a small one, without holding them."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

import pytest

from registry.exchange.readers import child
from registry.exchange.readers.child import HEAD_ROWS, workbook_lines
from tests.factories.exchange import Value, parts_of, workbook, zipped

# ruff: noqa: DTZ001 - Excel knows no zones
CELLS: Sequence[Sequence[Value]] = (
    ("Họ và tên", "", "Ngày", "=1+1", "'+84", " lùi ", "dòng\nhai", "_x0041_", "a\x00b", "&<>"),
    (),
    (None, 12345678901, 1.5, 0.1 + 0.2, 1234567890123456789, -3, True, False),
    (
        date(1990, 8, 15),
        datetime(1990, 8, 15, 10, 30),
        datetime(1990, 8, 15, 7, 5, 9),
        time(7, 5),
        1e18,
        "x",
        None,
    ),
    ("", "", "", ""),
    tuple(f"c{number}" for number in range(210)),
)


def lines(content: bytes, monkeypatch: pytest.MonkeyPatch, most: int | None = None) -> list[str]:
    """What the child prints when every file counts as large."""
    with monkeypatch.context() as patched:
        patched.setattr(child, "_STREAMED_FROM", 0)
        return list(workbook_lines(content, most))


@pytest.mark.parametrize("date_1904", [False, True])
def test_cells_are_those_of_a_file_that_is_held(date_1904: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    content = workbook({"Ứng viên": CELLS, "Trống": [], "Ví dụ": [[], ["", "b"]]}, date_1904=date_1904)
    assert lines(content, monkeypatch) == list(workbook_lines(content))


def test_other_ways_to_write_a_cell(monkeypatch: pytest.MonkeyPatch) -> None:
    parts = parts_of(workbook({"A": [["x"]]}))
    sheet = (
        '<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData>'
        '<x:row><x:c t="inlineStr"><x:is><x:r><x:t>Lò </x:t></x:r><x:rPh><x:t>ẩn</x:t></x:rPh><x:r><x:t>Páo</x:t></x:r></x:is></x:c>'
        '<x:c t="str"><x:f>A1&amp;"!"</x:f><x:v>Lò!</x:v></x:c><x:c t="e"><x:v>#N/A</x:v></x:c><x:c/><x:c t="b"><x:v>1</x:v></x:c>'
        '<x:c t="s"><x:v>0</x:v></x:c></x:row></x:sheetData></x:worksheet>'
    )
    parts["xl/worksheets/sheet1.xml"] = sheet.encode()
    assert lines(zipped(parts), monkeypatch)[1] == '[1,["Lò Páo","Lò!","#N/A","","TRUE","x"],[]]'


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("dd/mm/yyyy", "01/02/2000"),
        ('0.00" đồng"', "36557"),
        ("[Red]0", "36557"),
        ("[h]:mm", str(timedelta(days=36557))),
        ("General", "36557"),
        ('"dd"0', "36557"),
    ],
)
def test_a_number_is_a_date_when_its_format_says_so(
    code: str, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts = parts_of(workbook({"A": [[date(2000, 2, 1)]]}))
    escaped = code.replace('"', "&quot;").encode()
    parts["xl/styles.xml"] = parts["xl/styles.xml"].replace(b"dd/mm/yyyy", escaped)
    content = zipped(parts)
    [_name, row] = lines(content, monkeypatch)
    assert f'"{text}"' in row
    assert lines(content, monkeypatch) == list(workbook_lines(content))


@pytest.mark.parametrize(
    "sheet",
    [
        b"<worksheet><sheetData><row><c",
        b'<worksheet><sheetData><row><c r="B1"><v>1</v></c><c r="A1"><v>1</v></c></row></sheetData></worksheet>',
        b'<worksheet><sheetData><row><c t="s"><v>9</v></c></row></sheetData></worksheet>',
        b"<worksheet><sheetData><row><c><v>mot</v></c></row></sheetData></worksheet>",
    ],
)
def test_a_broken_sheet_is_refused(sheet: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    parts = parts_of(workbook({"A": [["x"]]}))
    parts["xl/worksheets/sheet1.xml"] = sheet
    assert lines(zipped(parts), monkeypatch)[-1] == '{"refused": "broken"}'


def test_the_head_of_a_large_file_is_read_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "MAX_ROWS", 40)
    content = workbook({"A": [[number] for number in range(50)], "B": [["b"]]})
    assert len(lines(content, monkeypatch, HEAD_ROWS)) == HEAD_ROWS + 3
    assert list(workbook_lines(content, HEAD_ROWS))[-1] == '{"refused": "too_many_rows"}'
    assert lines(content, monkeypatch)[-1] == '{"refused": "too_many_rows"}'
