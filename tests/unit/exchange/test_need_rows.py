"""A row of needs becomes the terms of a draft, or says cell by cell what is to be mended."""

from datetime import date
from typing import Any

import pytest

from registry.exchange.rules.cells import Cell
from registry.exchange.rules.needs import NeedRow, read_need_row
from registry.needs.rules import ConditionKind, NeedKind
from registry.organisations.rules import Office
from tests.unit.exchange.lookups import lookups


def read(in_scope: str = "", home: Office | None = None, **cells: str) -> NeedRow:
    filled = {"title": "Kỹ sư dữ liệu", **cells}
    return read_need_row({key: Cell(text) for key, text in filled.items()}, lookups(home, in_scope))


def found(row: NeedRow) -> list[tuple[str, str]]:
    return [(one.key, one.code if one.is_error else f"{one.code}?") for one in row.findings]


def test_a_title_alone_is_enough() -> None:
    row = read(home=Office(2, "VN/12/"))
    assert row.terms is not None
    assert (row.terms.title, row.terms.headcount, row.terms.kind) == ("Kỹ sư dữ liệu", 1, NeedKind.POSITION)
    assert (row.terms.unit_id, row.terms.unit_path) == (2, "VN/12/")


def test_a_full_row() -> None:
    row = read(
        external_id="NC-1",
        kind="Biệt phái",
        headcount="3",
        organisation="Sở Y tế",
        workplace="Lai Châu",
        remote="Có",
        essential="Python (4)",
        desirable="hàn; Python; nuôi ong (2, trọng số 3)",
        experience_years="5",
        experience_field="748",
        degree="Đại học",
        study_fields="748; Pháp luật; 748",
        degree_required="Thạc sĩ",
        languages_required="Tiếng Anh (B2); Tiếng Anh (C1)",
        forms="Từ xa",
        start_on="01/03/2027",
        expected_on="15/02/2027",
        legal_basis="Đề án",
        description="Dòng một\nDòng hai",
    )
    terms = row.terms
    assert terms is not None
    assert (terms.kind, terms.headcount, terms.is_remote, terms.unit_path) == (
        NeedKind.SECONDMENT,
        3,
        True,
        "VN/12/",
    )
    assert (terms.experience_years, terms.experience_field, terms.qualification_rank) == (5, "748", 4)
    assert terms.qualification_fields == ("748", "738")
    assert (terms.start_on, terms.expected_on, terms.forms) == (
        date(2027, 3, 1),
        date(2027, 2, 15),
        ("remote",),
    )
    assert terms.description == "Dòng một\nDòng hai"
    assert (row.organisation, row.external_id) == ("Sở Y tế", "NC-1")
    assert [(one.typed, one.skill_id, one.level, one.weight, one.is_essential) for one in row.skills] == [
        ("Python", 10, 4, 1, True),
        ("hàn", 11, 3, 1, False),
        ("nuôi ong", None, 2, 3, False),
    ]
    assert [(one.kind, one.rank, one.language) for one in row.conditions] == [
        (ConditionKind.DEGREE, 5, None),
        (ConditionKind.LANGUAGE, 4, "en"),
    ]
    assert found(row) == [("desirable", "pending_skill?")]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"title": ""}, ("title", "empty_title")),
        ({"title": "x" * 201}, ("title", "too_long")),
        ({"headcount": "0"}, ("headcount", "not_in_range")),
        ({"workplace": "Atlantis"}, ("workplace", "unknown_place")),
        ({"workplace": "trùng"}, ("workplace", "ambiguous_place")),
        ({"workplace": "Lai Châu", "in_scope": "VN/01/"}, ("workplace", "out_of_scope")),
        ({"essential": "Python (6)"}, ("essential", "level_out_of_scale")),
        ({"essential": "Python (0)"}, ("essential", "level_zero")),
        ({"desirable": "Python (3, trọng số 9)"}, ("desirable", "weight_out_of_range")),
        ({"essential": ";".join(f"k{number}" for number in range(9))}, ("essential", "too_many")),
        ({"desirable": ";".join(f"k{number}" for number in range(17))}, ("desirable", "too_many")),
        ({"experience_years": "16"}, ("experience_years", "not_in_range")),
        ({"experience_field": "?"}, ("experience_field", "unknown_field")),
        ({"languages_required": "Tiếng Anh"}, ("languages_required", "language_level_missing")),
        ({"expected_on": "2027"}, ("expected_on", "day_missing")),
    ],
)
def test_each_fault_is_said_at_its_cell(cells: dict[str, Any], expected: tuple[str, str]) -> None:
    row = read(**cells)
    assert expected in found(row)
    assert row.terms is None
