"""Files of ESCO and O*NET as they are published and in shorter forms."""

import pytest

from registry.skills.rules.external_rows import ExternalRow, UnknownColumns, esco_rows, onet_rows

URI = "http://data.europa.eu/esco/skill/0005c151-5b5a-4a66-8aac-60e734beb1ab"


def test_published_skills_of_esco_have_their_labels_in_lines() -> None:
    row = {
        "conceptUri": URI,
        "preferredLabel": "manage musical staff",
        "altLabels": "coach music staff\nMST\n\n",
    }
    assert list(esco_rows(list(row), [row])) == [
        ExternalRow(
            "0005c151-5b5a-4a66-8aac-60e734beb1ab", URI, "manage musical staff", ("coach music staff",)
        )
    ]


def test_short_occupations_have_their_labels_between_strokes() -> None:
    row = {
        "esco_code": "0110.1",
        "label_en": "air force officer",
        "alt_labels_en": "pilot officer|Air Force Officer",
        "uri": "u",
    }
    assert list(esco_rows(list(row), [row])) == [
        ExternalRow("0110.1", "u", "air force officer", ("pilot officer",))
    ]


@pytest.mark.parametrize(
    ("row", "code", "label"),
    [
        ({"name": "AutoCAD", "commodity_code": "432"}, "432 AutoCAD", "AutoCAD"),
        ({"Example": "AutoCAD", "Commodity Code": "432", "Title": "x"}, "432 AutoCAD", "AutoCAD"),
        ({"Element ID": "2.A.1.a", "Element Name": "Reading"}, "2.A.1.a", "Reading"),
    ],
)
def test_onet_files_are_known_by_their_columns(row: dict[str, str], code: str, label: str) -> None:
    assert list(onet_rows(list(row), [row])) == [ExternalRow(code, "", label)]


def test_a_code_stands_once_and_unreadable_labels_are_left_out() -> None:
    rows = [
        {"Element ID": "1", "Element Name": "Reading"},
        {"Element ID": "1", "Element Name": "Reading"},
        {"Element ID": "2", "Element Name": "a\u202eb"},
        {"Element ID": "3", "Element Name": "☆"},
        {"Element ID": "", "Element Name": "Writing"},
        {"Element ID": "4", "Element Name": "x" * 300},
    ]
    assert [row.code for row in onet_rows(list(rows[0]), rows)] == ["1"]


def test_a_file_with_other_columns_is_refused_and_the_columns_are_named() -> None:
    with pytest.raises(UnknownColumns, match="conceptUri, preferredLabel"):
        esco_rows(["name"], [])
    with pytest.raises(UnknownColumns, match="Element ID, Element Name"):
        onet_rows(["conceptUri"], [])
