"""A set says what it is: dictionary of columns, catalogue entry with licence, period and dates."""

import json
from dataclasses import replace
from datetime import date

import pytest

from registry.open_data.rules import Column, Dataset, Distribution, catalogue_entry, dictionary_of

COLUMNS = [
    Column("nhom", "Nhóm đào tạo", "Training category", "Theo danh mục", is_required=True),
    Column("nguoi", "Số người", "People", "Đếm mỗi người một lần trong nhóm", "integer", "người"),
]
SET = Dataset(
    id="dao-tao-2025",
    title="Đào tạo, bồi dưỡng theo nhóm",
    title_en="Training by category",
    description="Người và lượt theo nhóm",
    description_en="People and attendances by category",
    theme="http://publications.europa.eu/resource/authority/data-theme/EDUC",
    publisher="Sở Nội vụ",
    licence="https://creativecommons.org/licenses/by/4.0/",
    page="https://vidu.vn/du-lieu-mo/dao-tao-2025",
    issued=date(2025, 7, 5),
    modified=date(2025, 7, 6),
    starts=date(2025, 1, 1),
    ends=date(2025, 6, 30),
    place="Lai Châu",
    keywords=("đào tạo",),
    dictionary="https://vidu.vn/du-lieu-mo/dao-tao-2025/tu-dien.json",
    distributions=(Distribution("csv", "https://vidu.vn/du-lieu-mo/dao-tao-2025.csv", 812, "ab" * 32),),
)


def test_a_dictionary_names_type_and_unit_of_each_column() -> None:
    said = dictionary_of(COLUMNS, "dao-tao-2025.csv")
    columns = said["tableSchema"]["columns"]
    assert [one["name"] for one in columns] == ["nhom", "nguoi"]
    assert columns[1]["schema:unitText"] == "người"
    assert "schema:unitText" not in columns[0]
    assert said["null"] == ""
    with pytest.raises(ValueError, match="repeated"):
        dictionary_of([COLUMNS[0], COLUMNS[0]], "x.csv")
    with pytest.raises(ValueError, match="unknown types"):
        dictionary_of([replace(COLUMNS[0], type="float")], "x.csv")


def test_a_catalogue_is_json_ld_with_licence_period_and_files() -> None:
    said = json.loads(
        json.dumps(catalogue_entry("Dữ liệu mở", "Sở Nội vụ", "https://vidu.vn/du-lieu-mo", [SET]))
    )
    entry = said["dcat:dataset"][0]
    assert (said["@type"], entry["@type"]) == ("dcat:Catalog", "dcat:Dataset")
    assert entry["dct:license"]["@id"] == SET.licence
    assert entry["dct:temporal"]["dcat:endDate"]["@value"] == "2025-06-30"
    assert entry["dcat:distribution"][0]["dcat:mediaType"]["@id"].endswith("text/csv")
    used = {key.partition(":")[0] for key in _keys(said) if ":" in key}
    assert used <= set(said["@context"])


def _keys(value: object) -> set[str]:
    if isinstance(value, dict):
        inner = {str(key) for key in value}  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
        return inner.union(*map(_keys, value.values())) if value else inner  # pyright: ignore[reportUnknownArgumentType]
    if isinstance(value, list):
        return set[str]().union(*map(_keys, value))  # pyright: ignore[reportUnknownArgumentType]
    return set()
