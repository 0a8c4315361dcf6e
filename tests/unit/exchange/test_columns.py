"""Headers are found and understood however people write them."""

import unicodedata

import pytest

from registry.exchange.rules.columns import find_header, guess_mapping, header_key, missing_columns
from registry.exchange.rules.examples import PEOPLE_EXAMPLES
from registry.exchange.rules.need_columns import NEED_COLUMNS
from registry.exchange.rules.people_columns import PEOPLE_COLUMNS

OWN = ("Ví dụ", "Hướng dẫn", "Danh mục")


@pytest.mark.parametrize("columns", [PEOPLE_COLUMNS, NEED_COLUMNS])
def test_every_column_of_a_template_is_recognised(columns: tuple[object, ...]) -> None:
    headers = [column.header for column in columns]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType, reportUnknownVariableType]
    mapping = guess_mapping(headers, columns)  # pyright: ignore[reportArgumentType, reportUnknownArgumentType]
    assert list(mapping.values()) == [column.key for column in columns]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]


@pytest.mark.parametrize("columns", [PEOPLE_COLUMNS, NEED_COLUMNS])
def test_no_header_means_two_columns(columns: tuple[object, ...]) -> None:
    keys: dict[str, str] = {}
    for column in columns:
        for text in (column.header, *column.also):  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType, reportUnknownVariableType]
            key = header_key(str(text))  # pyright: ignore[reportUnknownArgumentType]
            assert keys.setdefault(key, column.key) == column.key, text  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType, reportUnknownArgumentType]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("HỌ VÀ TÊN", "full_name"),
        (unicodedata.normalize("NFD", "Họ và tên"), "full_name"),
        ("ho ten", "full_name"),
        ("Họ và tên (*)", "full_name"),
        ("Ngày sinh (dd/mm/yyyy)", "birth"),
        ("  Số CCCD ", "identity"),
        ("E-mail", "email"),
        ("Kĩ năng", "skills"),
        ("Địa chỉ [nơi ở]", "residence"),
    ],
)
def test_headers_are_understood_in_many_spellings(text: str, key: str) -> None:
    assert guess_mapping([text], PEOPLE_COLUMNS) == {0: key}


def test_each_column_is_given_once_and_the_exact_header_wins() -> None:
    assert guess_mapping(["Tên", "Họ và tên", "Cột lạ", ""], PEOPLE_COLUMNS) == {1: "full_name"}


def test_the_header_row_may_stand_below_a_title() -> None:
    sheets = {
        "Bìa": [(1, ["Danh sách"])],
        "Dữ liệu": [
            (1, ["DANH SÁCH CÁN BỘ"]),
            (4, ["STT", "Họ tên", "Ngày sinh"]),
            (5, ["1", "Hòa", "1990"]),
        ],
    }
    header = find_header(sheets, PEOPLE_COLUMNS, OWN)
    assert header is not None
    assert (header.sheet, header.row, header.mapping) == ("Dữ liệu", 4, {1: "full_name", 2: "birth"})


def test_the_data_sheet_wins_over_the_examples_of_the_template() -> None:
    headers = [column.header for column in PEOPLE_COLUMNS]
    header = find_header({"Ví dụ": [(1, headers)], "Của tôi": [(1, ["Họ tên"])]}, PEOPLE_COLUMNS, OWN)
    assert header is not None
    assert header.sheet == "Của tôi"


def test_a_workbook_without_a_row_has_no_header() -> None:
    assert find_header({"A": []}, PEOPLE_COLUMNS, OWN) is None


def test_required_columns_that_nobody_pointed_to_are_named() -> None:
    assert [column.key for column in missing_columns({0: "birth"}, PEOPLE_COLUMNS)] == ["full_name"]
    assert missing_columns({0: "full_name"}, PEOPLE_COLUMNS) == ()


def test_examples_only_fill_columns_that_exist() -> None:
    known = {column.key for column in PEOPLE_COLUMNS}
    assert all(set(example) <= known for example in PEOPLE_EXAMPLES)
