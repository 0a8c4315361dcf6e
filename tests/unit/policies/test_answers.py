"""What stands beside amounts in an answer: reasons, formulas, what is left out, what is said, the data of the CLI."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from registry.policies.rules import (
    Answer,
    Applicability,
    Asked,
    Document,
    EvidenceState,
    ExistingGrant,
    Facts,
    Group,
    Law,
    Leaf,
    Status,
    Version,
    YearlyList,
    answer,
    answer_data,
    prepare,
    read_facts,
    read_law,
)

DAY = date(2026, 3, 1)
MONEY = {"kind": "money", "period": "once"}
DEGREE = {"fact": "degree_rank", "op": ">=", "value": "DH"}
Row = dict[str, Any]


def law(documents: list[Row] | None = None, **changes: Any) -> Law:
    version = {
        "code": "THU",
        "document": "VB",
        "version": 1,
        "title": "Chính sách thử",
        "purpose": "attract",
        "scope": [{"unit": "01", "as_of": "2025-07-01"}],
        "stacking": "sum",
        "ladders": {"degree": [["DH"], ["THS"], ["TS"]]},
        "groups": [
            {
                "code": "dh",
                "title": "Đại học",
                "rank": 1,
                "rule": DEGREE,
                "benefits": [{**MONEY, "code": "a", "text": "Một lần", "amount": {"fixed": 1_000}}],
            }
        ],
    } | changes
    salaries = [{"value": 2_340_000, "valid_from": "2024-07-01"}]
    return read_law(
        {
            "documents": documents or [{"code": "VB", "title": "Văn bản", "status": "unknown"}],
            "parameters": [{"key": "base_salary", "vi": "Mức lương cơ sở", "values": salaries}],
            "policies": [version],
        }
    )


def asked_of(read: Law, person: Row | None = None, asked: Asked | None = None, **post: Any) -> Answer:
    facts = read_facts(person if person is not None else {"degree_rank": ["DH"]}, post, {}, {})
    return answer(prepare(read.versions["THU@1"], read), facts, asked or Asked(DAY, DAY))


def benefits(*rows: Row) -> list[Row]:
    lines = [{**MONEY, "code": f"b{n}", "text": f"Khoản {n}", **row} for n, row in enumerate(rows)]
    return [{"code": "dh", "title": "Đại học", "rank": 1, "rule": DEGREE, "benefits": lines}]


def formula(amount: Row, asked: Asked | None = None, **more: Any) -> str:
    person = {"degree_rank": ["DH"], "current_salary": 5_432_101}
    found = asked_of(
        law(groups=benefits({"amount": amount} | more)), person, asked, workplace_kind=["island"]
    )
    return found.lines[0].formula.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ({"fixed": 200}, "200 ₫"),
        ({"min": 1, "max": 2}, "từ 1 ₫ đến 2 ₫"),
        ({"up_to": 5_000}, "không quá 5.000 ₫"),
        ({"times": 500, "of": "base_salary"}, "500 × 2.340.000 ₫ = 1.170.000.000 ₫"),
        (
            {"times_min": "1.5", "times_max": 4, "of": "base_salary"},
            "(1,5 đến 4) × 2.340.000 ₫ = từ 3.510.000 ₫ đến 9.360.000 ₫",
        ),
        ({"percent": 150, "of": "current_salary"}, "150 % × 5.432.101 ₫ = 8.148.152 ₫"),
        (
            {"percent_up_to": 50, "of": "current_salary", "cap_month": 2_000_000},
            "50 % × 5.432.101 ₫, không quá 2.000.000 ₫ = không quá 2.000.000 ₫",
        ),
        ({"by": "workplace_kind", "steps": [{"in": ["island"], "fixed": 7}]}, "7 ₫"),
        (
            {
                "steps": [
                    {"code": "m1", "text": "Mức 1", "fixed": 7},
                    {"code": "m2", "text": "Mức 2", "up_to": 9},
                ]
            },
            "chưa xếp mức: từ 0 ₫ đến 9 ₫",
        ),
    ],
)
def test_formulas(amount: Row, words: str) -> None:
    assert formula(amount) == words


def test_a_level_the_office_chose_is_named() -> None:
    steps = {"steps": [{"code": "m1", "text": "Mức 1", "fixed": 7}]}
    assert formula(steps, Asked(DAY, DAY, levels={"b0": "m1"})) == "Mức 1: 7 ₫"


def test_modifiers_stand_in_the_formula() -> None:
    modifiers = [
        {"rule": DEGREE, "effect": {"percent": 10}, "applies_to": "all"},
        {"rule": DEGREE, "effect": {"add": 50}, "applies_to": ["dh"], "cap": 1_100},
    ]
    found = asked_of(law(modifiers=modifiers)).lines[0]
    assert found.formula.replace("\u00a0", " ") == "1.000 ₫ × 110 % + 50 ₫, không quá 1.100 ₫ = 1.100 ₫"
    assert found.amount == 1_100


def test_a_modifier_of_which_nothing_is_known_is_said_and_not_applied() -> None:
    modifiers = [
        {
            "rule": {"fact": "gender", "op": "=", "value": "female"},
            "effect": {"percent": 10},
            "applies_to": "all",
        }
    ]
    found = asked_of(law(modifiers=modifiers))
    assert found.notes == ("Chưa biết có được áp dụng hệ số hay không: Giới tính: Nữ.",)
    assert found.lines[0].amount == 1_000


def test_a_ceiling_grows_but_never_gets_a_floor() -> None:
    modifiers = [{"rule": DEGREE, "effect": {"add": 50}, "applies_to": "all"}]
    line = asked_of(law(groups=benefits({"amount": {"up_to": 100}}), modifiers=modifiers)).lines[0]
    assert (line.low, line.high) == (0, 150)


def test_what_is_left_out_says_for_what() -> None:
    two = [
        {
            "code": "ths",
            "title": "Thạc sĩ",
            "rank": 1,
            "rule": DEGREE,
            "benefits": [{**MONEY, "code": "x", "text": "X", "amount": {"fixed": 5}}],
        },
        {
            "code": "dh",
            "title": "Đại học",
            "rank": 2,
            "rule": DEGREE,
            "benefits": [{**MONEY, "code": "y", "text": "Y", "amount": {"fixed": 9}}],
        },
    ]
    found = asked_of(law(groups=two, stacking="highest_only"))
    assert found.granted == ("dh",)
    assert [(one.group, one.because, one.text) for one in found.left_out] == [
        ("ths", "dh", "Chỉ hưởng mức cao nhất: «Đại học»")
    ]
    excluded = benefits(
        {"amount": {"fixed": 5}, "group": "k"},
        {"amount": {"fixed": 5}, "period": "month", "group": "k", "months": 2},
    )
    found = asked_of(law(groups=excluded))
    assert [line.benefit for line in found.lines] == ["b1"]
    assert found.left_out[0].text == "Không hưởng cùng với «Khoản 1»"


def test_the_lowest_cap_holds_and_extra_lines_are_not_modified() -> None:
    modifiers = [
        {"rule": DEGREE, "effect": {"add": 500}, "applies_to": "all", "cap": cap} for cap in (1_200, 1_100)
    ]
    extra = [{**MONEY, "code": "x", "text": "Thêm", "amount": {"fixed": 1_000}}]
    found = asked_of(law(modifiers=modifiers, extra_benefits=extra))
    assert [(line.benefit, line.amount) for line in found.lines] == [("a", 1_100), ("x", 1_000)]


def test_of_two_equal_lines_with_one_key_the_first_is_kept() -> None:
    found = asked_of(law(groups=benefits(*[{"amount": {"fixed": 1}, "group": "k"}] * 2)))
    assert [line.benefit for line in found.lines] == ["b0"]


def test_what_is_paid_once_is_paid_in_the_year_of_the_decision() -> None:
    lines = benefits({"amount": {"fixed": 5}}, {"amount": {"fixed": 7}, "period": "month", "months": 1})
    late = Asked(date(2026, 11, 1), date(2026, 12, 1), starts_on=date(2027, 1, 15))
    assert answer_data(asked_of(law(groups=lines), asked=late))["cost_by_year"] == {"2026": 5, "2027": 7}


def test_the_yearly_list_is_that_of_the_decision() -> None:
    lists = {"X": YearlyList("X", "", {2025: frozenset({"772"}), 2026: frozenset({"748"})})}
    read = replace(law(yearly_list="X"), yearly_lists=lists)
    person = {"degree_rank": ["DH"], "field_code": ["748"]}
    assert asked_of(read, person, Asked(date(2025, 12, 1), DAY)).granted == ("dh",)
    assert asked_of(read, person, Asked(date(2025, 11, 1), date(2025, 12, 1))).granted == ()


def test_of_two_lines_with_one_key_the_one_that_can_be_computed_is_kept() -> None:
    unknown = {"amount": {"percent": 100, "of": "project_budget"}, "group": "k"}
    found = asked_of(law(groups=benefits(unknown, {"amount": {"fixed": 1}, "group": "k"})))
    assert [line.benefit for line in found.lines] == ["b1"]


@pytest.mark.parametrize(
    ("ranks", "of", "state"),
    [
        ({"QS:2025": 300, "THE:2025": 150}, None, "met"),
        ({"QS:2025": 300, "THE:2025": 150}, "THE:2025", "met"),
        ({"QS:2025": 300, "THE:2025": 150}, "QS:2025", "not_met"),
        ({"QS:2025": 150}, "THE:2025", "unknown"),
        ({}, "QS:2025", "not_met"),
        ({}, None, "not_met"),
        (None, None, "unknown"),
        (None, "QS:2025", "unknown"),
    ],
)
def test_the_place_of_a_university(ranks: dict[str, int] | None, of: str | None, state: str) -> None:
    rule = {"fact": "university_rank", "op": "<=", "value": 200} | ({} if of is None else {"of": of})
    read = law(groups=[{"code": "dh", "title": "Đại học", "rank": 1, "rule": rule}])
    assert asked_of(read, {"university_rank": ranks}).state_of("dh").value == state


def test_a_condition_of_no_catalogue_cannot_be_prepared() -> None:
    group = Group("g", "", 1, Leaf("height", ">", 1))
    with pytest.raises(LookupError):
        prepare(Version("THU", 1, "", "", "attract", frozenset(), (group,)), Law())


def in_force(read: Law, asked: Asked, **post: Any) -> tuple[Applicability, str]:
    found = asked_of(read, asked=asked, **post)
    return found.applicable, found.reason


def days(day: date) -> Asked:
    return Asked(day, day)


def test_unknown_dates_apply_and_are_said() -> None:
    assert in_force(law(), days(DAY)) == (Applicability.YES, "Chưa rõ ngày có hiệu lực và ngày hết hiệu lực.")


def test_over_without_a_day_is_over() -> None:
    for status, applicable in (("expired", Applicability.EXPIRED), ("replaced", Applicability.REPLACED)):
        read = law([{"code": "VB", "title": "Văn bản", "status": status}])
        assert in_force(read, days(DAY))[0] is applicable
    assert in_force(read, days(DAY))[1] == "Đã được thay thế."


def test_the_successors_first_day_is_the_end_but_a_draft_replaces_nothing() -> None:
    old = {"code": "VB", "title": "Văn bản", "status": "replaced", "effective_from": "2020-01-01"}
    new = {
        "code": "MOI",
        "number": "2/NQ",
        "title": "Mới",
        "status": "in_force",
        "effective_from": "2026-07-01",
        "replaces": ["VB"],
    }
    read = law([old, new])
    assert in_force(read, days(date(2026, 6, 30)))[0] is Applicability.YES
    assert in_force(read, days(date(2026, 7, 1))) == (
        Applicability.REPLACED,
        "Đã được thay thế bằng 2/NQ từ ngày 01/07/2026.",
    )
    draft = law([old | {"status": "in_force"}, new | {"status": "draft"}])
    assert in_force(draft, days(date(2026, 7, 1)))[0] is Applicability.YES


def test_the_place_is_asked_only_with_a_post() -> None:
    read = law()
    assert asked_of(read).scope_asked is False
    assert in_force(read, days(DAY), units=["31@2025-07-01"]) == (
        Applicability.OUT_OF_SCOPE,
        "Nơi làm việc ngoài địa bàn áp dụng.",
    )
    assert in_force(read, days(DAY), units=["31@2025-06-30", "01@2025-07-01"])[0] is Applicability.YES
    nowhere = law(scope=[])
    assert in_force(nowhere, days(DAY))[1] == "Văn bản chưa nêu địa bàn áp dụng."
    assert in_force(nowhere, replace(days(DAY), trial=True))[0] is Applicability.YES


def test_an_old_grant_without_an_end_goes_on() -> None:
    read = law(effective_from="2026-01-01", transition={"text": "Hưởng tiếp", "keeps_old_grants": True})
    asked = replace(days(DAY), existing_grant=ExistingGrant("CU", date(2025, 12, 31)))
    assert in_force(read, asked)[0] is Applicability.KEEPS_OLD_GRANT
    last_day = replace(asked, existing_grant=ExistingGrant("CU", date(2025, 12, 31), DAY))
    assert in_force(read, last_day)[0] is Applicability.KEEPS_OLD_GRANT
    same_day = replace(asked, existing_grant=ExistingGrant("CU", date(2026, 1, 1)))
    assert in_force(read, same_day)[0] is Applicability.YES


def test_reasons_in_words() -> None:
    read = law(
        effective_from="2026-01-01", effective_to="2026-12-31", apply_from="2026-02-01", apply_to="2026-02-28"
    )
    draft = law([{"code": "VB", "title": "Văn bản", "status": "draft"}])
    assert in_force(draft, days(DAY))[1] == "Văn bản còn là dự thảo, chưa áp dụng."
    assert in_force(read, days(date(2025, 12, 31)))[1] == "Có hiệu lực từ ngày 01/01/2026."
    assert in_force(read, days(date(2027, 1, 1)))[1] == "Đã hết hiệu lực sau ngày 31/12/2026."
    assert in_force(read, days(date(2026, 1, 31)))[1] == "Nhận hồ sơ từ ngày 01/02/2026."
    assert in_force(read, days(DAY))[1] == "Đã hết hạn nhận hồ sơ sau ngày 28/02/2026."


def test_a_commitment_by_training_needs_its_months() -> None:
    group = benefits({"amount": {"fixed": 1}})[0] | {"commitment": {"times_training": 2}}
    found = asked_of(law(groups=[group]))
    assert (found.commitment_until, found.commitment_needs) == (None, ("training:months",))


def test_evidence_is_shown_with_the_value_used() -> None:
    read = law()
    facts = read_facts(
        {"degree_rank": ["TS", "DH"]}, {}, {}, {"degree_rank": {"state": "verified", "expiry": "2026-02-28"}}
    )
    found = answer(prepare(read.versions["THU@1"], read), facts, Asked(DAY, DAY))
    leaf = found.groups[0].leaves[0]
    assert (leaf.state.value, leaf.evidence, leaf.value) == (
        "unknown",
        EvidenceState.EXPIRED,
        frozenset({"DH", "TS"}),
    )
    assert found.state_of("dh").value == "unknown"
    with pytest.raises(KeyError):
        found.state_of("x")


def test_the_data_of_an_answer() -> None:
    exclusion = {
        "rule": {"fact": "worked_here_before", "op": "=", "value": True},
        "text": "Từng làm tại tỉnh",
        "clause": "Điều 3",
    }
    found = answer_data(asked_of(law(exclusions=[exclusion]), {"degree_rank": ["TC"]}))
    assert found["groups"][0]["clauses"] == [
        {
            "name": "degree_rank",
            "clause": "",
            "text": "Có bằng Đại học trở lên",
            "state": "not_met",
            "value": ["TC"],
            "evidence": "declared",
            "on": "2026-03-01",
            "against": False,
        },
        {
            "name": "worked_here_before",
            "clause": "Điều 3",
            "text": "Từng làm tại tỉnh",
            "state": "unknown",
            "value": None,
            "evidence": "declared",
            "on": "2026-03-01",
            "against": True,
        },
    ]
    assert found["groups"][0]["changes"] == [
        ["cần: Có bằng Đại học trở lên", "chưa biết có vướng: Từng làm tại tỉnh"]
    ]
    assert found["applicable"] == "yes"
    assert found["cost_by_year"] == {}


def test_a_version_without_its_document_is_answered_without_dates() -> None:
    version = Version("THU", 1, "khac", "", "attract", frozenset({"VN"}), ())
    found = answer(
        prepare(version, Law({"VB": Document("VB", "", "", "", "", Status.DRAFT)})),
        Facts({}),
        Asked(DAY, DAY),
    )
    assert (found.applicable, found.dates_known, found.groups) == (Applicability.YES, False, ())
