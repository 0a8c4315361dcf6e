"""The 86 printed figures, each by its id: what it is, and whether it follows from what is printed."""

import csv
import json
from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

import registry.places
from registry.indicators.rules.checks import Counted, check, check_all
from registry.indicators.rules.figures import Missing, Reading, Refused
from registry.indicators.rules.plain import plain
from registry.indicators.rules.published import Bound, Published, published_figures
from registry.indicators.rules.ratios import percent_of_plan, ratio
from registry.indicators.rules.verdicts import Finding
from registry.places.rules import REFORM

NBSP = "\u00a0"
PLACES = Path(registry.places.__file__).parent / "data"
ROWS = published_figures()
CONSISTENT = {
    *("BT-09", "BT-10", "BT-11", "BT-17", "BT-18", "BT-19", "BT-25", "BT-26", "BT-27", "BT-28"),
    *("KH-04", "KH-05", "KH-09", "KH-10", "KH-11", "KH-12", "KH-14"),
    *("HP-02", "HP-11", "HP-12", "PT-03", "PT-04", "PT-05", "LC-10", "LC-19", "LC-22", "LC-23"),
}
CONTRADICTS = {"LC-05", "LC-06", "LC-08"}
NO_QUANTITY = {
    "duration": {"BT-18", "KH-04", "LC-19"},
    "period": {
        *("BT-19", "BT-20", "BT-21", "BT-22", "BT-23", "BT-24", "KH-05", "KH-06", "KH-07", "HP-07", "HP-08"),
        *("HP-09", "HP-10", "PT-03", "PT-04", "LC-20", "LC-24", "LC-25"),
    },
    "date": {
        "BT-27",
        "BT-28",
        "KH-10",
        "KH-12",
        "KH-14",
        "HP-05",
        "HP-11",
        "HP-12",
        "PT-05",
        "LC-22",
        "LC-23",
    },
    "document": {"BT-25", "BT-26", "KH-09", "KH-11", "KH-13", "HP-06", "LC-26", "LC-27"},
    "ordinal": {"KH-08", "HP-04", "LC-14", "LC-21"},
}


def listed(file: str, province: str) -> list[dict[str, str]]:
    with (PLACES / file).open(encoding="utf-8", newline="") as lines:
        return [row for row in csv.DictReader(lines) if row["province"] == province]


@pytest.fixture(scope="module")
def counted() -> Counted:
    """What the list of units says of Lai Châu (12)."""
    return {
        "communes:12": len(listed("communes.csv", "12")),
        "former_districts:12": len({row["district"] for row in listed("former_communes.csv", "12")}),
        "first_day": REFORM,
    }


def expected(row: str) -> Finding:
    if row in CONTRADICTS:
        return Finding.CONTRADICTS
    return Finding.CONSISTENT if row in CONSISTENT else Finding.NOT_CHECKABLE


@pytest.mark.parametrize("row", ROWS.values(), ids=lambda row: row.id)
def test_each_printed_figure_has_its_verdict(row: Published, counted: Counted) -> None:
    named = next((kind for kind, ids in NO_QUANTITY.items() if row.id in ids), None)
    assert row.kind.is_quantity is (named is None)
    if named:
        assert row.kind == named
    else:
        assert row.figure.is_known is bool(row.value)
        assert row.unit.unit.name
    found = check(row, ROWS, counted)
    assert found.finding is expected(row.id), found.text
    assert found.text
    assert row.quote
    assert row.source
    assert row.paragraph > 0
    assert set(row.plans) | ({row.part_of} - {""}) <= set(ROWS)


def test_all_of_them_are_there(counted: Counted) -> None:
    assert Counter(row.id[:2] for row in ROWS.values()) == {"BT": 28, "KH": 14, "HP": 12, "PT": 5, "LC": 27}
    assert sum(row.kind.is_quantity for row in ROWS.values()) == 42
    verdicts = Counter(one.finding for one in check_all(ROWS, counted).values())
    assert verdicts == {Finding.CONSISTENT: 27, Finding.CONTRADICTS: 3, Finding.NOT_CHECKABLE: 56}


def test_the_three_contradictions_show_their_arithmetic(counted: Counted) -> None:
    said = {one: check(ROWS[one], ROWS, counted).text.replace(NBSP, " ") for one in (*CONTRADICTS, "LC-07")}
    for part in (
        "716 ÷ 6.775 = 10,6 %",
        "716 ÷ 8.000 = 9,0 %",
        "không khớp với kế hoạch nào",
        "7.270 đến 7.343",
    ):
        assert part in said["LC-05"]
    for part in ("5.647 ÷ 8.500 = 66,4 %", "không khớp với kế hoạch nào", "9.452 đến 9.466"):
        assert part in said["LC-06"]
    assert said["LC-08"] == "Báo cáo ghi 5 đơn vị, hệ thống đếm được 8 đơn vị (lệch +3)"
    assert "133,1 %" in said["LC-07"]
    assert said["LC-07"].endswith("đúng 160")


def test_printed_percentages_stand_in_the_quotations() -> None:
    found = {row.id: row.printed_percent.percent for row in ROWS.values() if row.printed_percent}
    assert found == {"LC-05": Decimal("9.8"), "LC-06": Decimal("59.7"), "LC-07": Decimal("133.1")}


def test_what_is_printed_as_about_missing_or_unclear_is_kept_so() -> None:
    assert ROWS["BT-16"].figure.words == "khoảng 100 người"
    assert {row.id for row in ROWS.values() if row.kind.is_quantity and not row.value} == {
        "KH-01",
        "KH-02",
        "KH-03",
    }
    assert ROWS["KH-01"].figure.why_missing is Missing.NOT_PRINTED
    assert ROWS["LC-02"].plan.reading is Reading.UNCLEAR
    assert ROWS["LC-01"].plan.words == "8.500 lao động/năm"
    assert ROWS["LC-12"].bound is Bound.AT_LEAST
    with pytest.raises(ValueError, match="no target"):
        _ = ROWS["LC-05"].plan
    with pytest.raises(ValueError, match="no unit"):
        _ = ROWS["KH-11"].unit


def test_attendances_against_their_printed_target_are_refused_bt3() -> None:
    """BT3: the rows themselves give the warning, none gives a percentage."""
    for one in ("BT-09", "BT-10", "BT-11"):
        refused = percent_of_plan(ROWS[one].figure, ROWS[ROWS[one].plans[0]].plan)
        assert isinstance(refused, Refused)
        assert refused.bare is not None


def test_a_quota_of_some_courses_is_no_share_of_all_training_lc6() -> None:
    """LC6: 6,775 places are of elementary and short courses; other levels have no printed quota."""
    assert isinstance(ratio(ROWS["LC-03"].figure, ROWS["LC-02"].figure), Refused)
    other_levels = percent_of_plan(ROWS["LC-05"].figure, None)
    assert isinstance(other_levels, Refused)
    assert other_levels.code == "no_plan"


def test_a_number_the_registry_does_not_have_is_not_guessed() -> None:
    found = check(ROWS["LC-10"], ROWS, {})
    assert found.finding is Finding.NOT_CHECKABLE
    wrong = check(ROWS["LC-23"], ROWS, {"first_day": date(2025, 7, 2)})
    assert wrong.finding is Finding.CONTRADICTS


def test_programs_get_every_figure_without_a_float(counted: Counted) -> None:
    said = json.loads(
        json.dumps([plain(one) for one in check_all(ROWS, counted).values()]), parse_float=pytest.fail
    )
    assert [one["id"] for one in said] == list(ROWS)
    trained, abroad = (next(one for one in said if one["id"] == name) for name in ("LC-05", "LC-07"))
    assert trained["implied"] == {"lowest": 7270, "highest": 7343}
    assert [(one["amount"], one["percent"]) for one in trained["tried"]] == [
        ("6775", "10.6"),
        ("8000", "9.0"),
    ]
    assert (abroad["printed_percent"], abroad["implied"]["lowest"], abroad["tried"]) == ("133.1", 160, [])
    assert next(one for one in said if one["id"] == "KH-01")["value"] is None


def test_a_changed_row_changes_the_verdict(counted: Counted) -> None:
    """Control: the verdicts are found, not stored."""
    changed = {**ROWS, "BT-10": _with(ROWS["BT-10"], "471"), "LC-05": _with(ROWS["LC-05"], "664")}
    found = check_all(changed, counted)
    assert found["BT-09"].finding is Finding.CONTRADICTS
    assert found["BT-09"].text == "471 + 483 = 954, in là 953"
    assert found["LC-05"].finding is Finding.CONSISTENT


def _with(row: Published, value: str) -> Published:
    names = [name for name in Published.__dataclass_fields__ if name != "value"]
    return Published(value=value, **{name: getattr(row, name) for name in names})
