"""The files people take with them: nothing a spreadsheet would run, a PDF that never reads data as markup."""

import io
import json
import zipfile
from typing import Any

import pytest

from registry.privacy.writers.archive import archive, csv_of, guarded
from registry.privacy.writers.reading import ReadingWords

WORDS = ReadingWords(
    "Dữ liệu về bạn", "Hồ sơ HS-1", "Nhật ký", "vi", str, str, lambda _table, _column, value: str(value)
)


def files(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def test_the_archive_has_json_csv_and_a_pdf() -> None:
    tables: dict[str, Any] = {"person": [{"full_name": "Đặng Thị Ấm", "birth_on": None}], "contact": []}
    found = files(archive("HS-1", tables, [{"at": "2026-11-25", "action": "person.opened"}], WORDS))
    assert set(found) == {"du-lieu.json", "csv/person.csv", "csv/log.csv", "ban-doc.pdf"}
    assert json.loads(found["du-lieu.json"])["tables"]["person"][0]["full_name"] == "Đặng Thị Ấm"
    assert found["csv/person.csv"].decode("utf-8-sig").splitlines()[1] == "Đặng Thị Ấm,"
    assert found["ban-doc.pdf"].startswith(b"%PDF")


@pytest.mark.parametrize(
    "typed", ["#panic()", "$x^2", "*đậm* _nghiêng_", '#import "/etc/passwd"', "\\u{0}", "= Tiêu đề", "`a`"]
)
def test_what_people_typed_is_never_read_as_markup(typed: str) -> None:
    tables = {"person": [{"summary": typed}]}
    assert files(archive("HS-1", tables, [], WORDS))["ban-doc.pdf"].startswith(b"%PDF")


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+84912", "'+84912"),
        ("  @x", "'  @x"),
        ("'=1", "''=1"),
        ("An", "An"),
        ("'An", "'An"),
    ],
)
def test_a_spreadsheet_runs_nothing(typed: str, written: str) -> None:
    assert guarded(typed) == written


def test_rows_with_other_columns_share_one_file() -> None:
    rows = csv_of([{"a": 1}, {"b": ["x", "y"], "a": None}]).decode("utf-8-sig").splitlines()
    assert rows == ["a,b", "1,", ',"[""x"", ""y""]"']
