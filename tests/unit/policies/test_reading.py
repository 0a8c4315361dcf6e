"""What is refused before it is saved, in words that say where it is and how to mend it."""

import json
from collections.abc import Callable
from datetime import date
from importlib.resources import files
from typing import Any

import pytest

from registry.policies.rules import (
    MOST_VND,
    Law,
    PolicyRefused,
    check_version,
    prepare,
    read_asked,
    read_facts,
    read_law,
    read_version,
)
from registry.policies.rules.reading_rules import DEEPEST, MOST_LEAVES

Row = dict[str, Any]
Change = Callable[[Row], None]


def version(**changes: Any) -> Row:
    return {
        "code": "THU",
        "document": "VB",
        "version": 1,
        "title": "Chính sách thử",
        "purpose": "attract",
        "scope": [{"unit": "01", "as_of": "2025-07-01"}],
        "effective_from": "2026-01-01",
        "effective_to": "2026-12-31",
        "stacking": "sum",
        "ladders": {"degree": [["DH"], ["THS", "CKI"], ["TS"]]},
        "groups": [group()],
    } | changes


def group(**changes: Any) -> Row:
    return {
        "code": "ts",
        "title": "Tiến sĩ",
        "rank": 1,
        "rule": {"fact": "degree_rank", "op": ">=", "value": "TS"},
        "benefits": [benefit()],
    } | changes


def benefit(**changes: Any) -> Row:
    return {
        "code": "mot-lan",
        "text": "Hỗ trợ một lần",
        "kind": "money",
        "amount": {"fixed": 100_000_000},
        "period": "once",
    } | changes


def with_rule(rule: Any) -> Row:
    return version(groups=[group(rule=rule)])


def with_amount(amount: Any, **changes: Any) -> Row:
    return version(groups=[group(benefits=[benefit(amount=amount, **changes)])])


def age(op: str, value: Any, **more: Any) -> Row:
    return {"fact": "age_on", "op": op, "value": value} | more


def refusal(row: Row) -> str:
    with pytest.raises(PolicyRefused) as refused:
        read_version(row)
    return "\n".join(map(str, refused.value.problems))


def nested(depth: int) -> Row:
    rule: Row = {"fact": "recognised_talent", "op": "=", "value": True}
    for _ in range(depth - 1):
        rule = {"all": [rule]}
    return rule


def test_a_sound_version_is_read() -> None:
    read = read_version(version())
    assert read.key == "THU@1"
    assert read.groups[0].benefits[0].text == "Hỗ trợ một lần"
    assert read_version(with_rule(nested(DEEPEST)))


RULES: dict[str, tuple[Any, str]] = {
    "unknown fact": (
        {"fact": "height", "op": ">", "value": 1},
        "nhóm «ts» › điều kiện: không có dữ kiện «height»",
    ),
    "money is no condition": (
        {"fact": "current_salary", "op": ">", "value": 1},
        "không có dữ kiện «current_salary»",
    ),
    "part by its full name": (
        {"fact": "training:kind", "op": "=", "value": "TS"},
        "không có dữ kiện «training:kind»",
    ),
    "operator": (
        {"fact": "gender", "op": ">=", "value": "female"},
        "«Giới tính» không so sánh bằng «>=»; dùng một trong: =, !=, in",
    ),
    "type": (age("<", "35"), "«Tuổi» phải so với một số nguyên"),
    "yes is no number": (age("<", True), "«Tuổi» phải so với một số nguyên"),
    "yes or no": ({"fact": "recognised_talent", "op": "=", "value": "có"}, "phải so với có hoặc không"),
    "out of bounds": (age("<", 400), "«Tuổi» phải từ 0 đến 120"),
    "value": (
        {"fact": "gender", "op": "=", "value": "nữ"},
        "không có giá trị «nữ»; dùng một trong: female, male, other",
    ),
    "ladder": (
        {"fact": "degree_rank", "op": ">=", "value": "CKII"},
        "thang bằng cấp của chính sách không có «CKII»",
    ),
    "list": ({"fact": "award", "op": "has_any", "value": []}, "cần một danh sách có ít nhất một giá trị"),
    "kind": ({"fact": "years_experience", "op": ">=", "value": 5}, "chưa nói loại nào"),
    "wrong kind": ({"fact": "years_experience", "of": "x", "op": ">=", "value": 5}, "không có loại «x»"),
    "no kind": (age("<", 35, of="x"), "«Tuổi» không có loại «x»"),
    "field": ({"fact": "field_code", "op": "has_any", "value": ["y khoa"]}, "phải là mã ngành bằng chữ số"),
    "unit": ({"fact": "origin_unit", "op": "in", "value": ["83"]}, "phải viết như 83@2025-06-30"),
    "day": (age("<", 35, as_of="today"), "«as_of» phải là một trong: apply, decide"),
    "mistyped part": (age("<", 35, claus="Điều 1"), "không có phần nào tên «claus»"),
    "no code": ({"fact": "gender", "op": "=", "value": 1}, "«Giới tính» phải so với một mã"),
    "no text": (age("<", 35, clause=3), "«clause» phải là chữ"),
    "too long a list": ({"any": [age("<", 35)] * 61}, "«any» có 61 mục; nhiều nhất là 60"),
    "empty any": ({"any": []}, "«một trong» phải có ít nhất một điều kiện"),
    "empty all": ({"all": []}, "«tất cả» phải có ít nhất một điều kiện"),
    "two branches": ({"all": [age("<", 35)], "any": [age("<", 35)]}, "phải là đúng một trong"),
    "nothing": ({}, "phải là đúng một trong"),
    "no row": ("tuổi", "phải là một mục có tên từng phần"),
    "no list": ({"all": age("<", 35)}, "«all» phải là một danh sách"),
    "place": (
        {"all": [age("<", 35), {"not": age("<", "x")}]},
        "nhóm «ts» › điều kiện › điều kiện 2 › không: ",
    ),
    "too deep": (nested(DEEPEST + 1), f"lồng nhau quá {DEEPEST} lớp"),
    "too many": (
        {"any": [{"all": [age("<", n % 90), age("<", n)]} for n in range(1, 32)]},
        f"có 62 điều kiện; nhiều nhất là {MOST_LEAVES}",
    ),
}


@pytest.mark.parametrize(("rule", "words"), RULES.values(), ids=RULES)
def test_a_rule_that_cannot_be_judged_is_refused(rule: Any, words: str) -> None:
    assert words in refusal(with_rule(rule))


CONTRADICTIONS: dict[str, tuple[Any, str]] = {
    "ages": (
        {"all": [age("<", 30), age(">", 40)]},
        "«Dưới 30 tuổi vào ngày quyết định» và «Trên 40 tuổi vào ngày quyết định» không thể cùng đạt",
    ),
    "no whole number between": ({"all": [age(">", 30), age("<", 31)]}, "không thể cùng đạt"),
    "equal and not": (
        {"all": [{"fact": "academic_title", "op": op, "value": "GS"} for op in ("=", "!=")]},
        "không thể cùng đạt",
    ),
    "two values": (
        {"all": [{"fact": "residence_country", "op": "=", "value": one} for one in ("VN", "DE")]},
        "không thể cùng đạt",
    ),
    "one and not it": ({"all": [age("<", 30), {"not": age("<", 30)}]}, "(phủ định)"),
    "inside any": ({"all": [age("<", 30), {"any": [age(">", 40), age(">", 20)]}]}, "không thể cùng đạt"),
    "not any": ({"not": {"any": [age("<", 50), age(">", 40)]}}, "không thể cùng đạt"),
    "above the ladder": ({"fact": "degree_rank", "op": ">", "value": "TS"}, "không thể cùng đạt"),
    "degrees": (
        {
            "all": [
                {"fact": "degree_rank", "op": "<", "value": "THS"},
                {"fact": "degree_rank", "op": "has_any", "value": ["TS"]},
            ]
        },
        "không thể cùng đạt",
    ),
    "field within a refused one": (
        {
            "all": [
                {"fact": "field_code", "op": "has_any", "value": ["7720101"]},
                {"not": {"fact": "field_code", "op": "has_any", "value": ["772"]}},
            ]
        },
        "không thể cùng đạt",
    ),
    "three together": (
        {
            "all": [
                {"fact": "classification", "op": op, "value": value}
                for op, value in ((">=", "K"), ("<=", "G"), ("in", ["XS"]))
            ]
        },
        "không thể cùng đạt",
    ),
}


@pytest.mark.parametrize(("rule", "words"), CONTRADICTIONS.values(), ids=CONTRADICTIONS)
def test_a_rule_that_contradicts_itself_is_refused(rule: Any, words: str) -> None:
    assert words in refusal(with_rule(rule))


@pytest.mark.parametrize(
    "rule",
    [
        {"all": [age(">=", 30), age("<=", 30)]},
        {"all": [age("<", 30), age(">", 40, as_of="apply")]},
        {"any": [age("<", 30), age(">", 40)]},
        {"all": [{"fact": "nationality", "op": "has_any", "value": [one]} for one in ("VN", "DE")]},
        {
            "all": [
                {"fact": "field_code", "op": "has_any", "value": ["772"]},
                {"not": {"fact": "field_code", "op": "has_any", "value": ["7720115"]}},
            ]
        },
        {
            "all": [
                {"fact": "degree_rank", "op": ">=", "value": "THS"},
                {"not": {"fact": "degree_rank", "op": "has_any", "value": ["THS"]}},
            ]
        },
        {
            "all": [
                {"fact": "university_rank", "op": "<=", "value": 200},
                {"fact": "university_rank", "op": ">", "value": 100},
            ]
        },
        {"not": {"fact": "university_rank", "op": "<=", "value": 200}},
    ],
)
def test_a_rule_that_somebody_can_meet_is_read(rule: Any) -> None:
    assert read_version(with_rule(rule))


def test_a_group_that_an_exclusion_shuts_for_everybody_is_refused() -> None:
    rule = {"fact": "degree_rank", "op": "has_any", "value": ["TS"]}
    words = refusal(
        version(exclusions=[{"rule": rule, "text": "Không áp dụng với tiến sĩ"}], groups=[group(rule=rule)])
    )
    assert "nhóm «ts»: không ai đạt được" in words


AMOUNTS: dict[str, tuple[Any, str]] = {
    "negative": ({"fixed": -1}, "«fixed» phải từ 0 đến 1.000.000.000.000"),
    "too large": ({"up_to": MOST_VND + 1}, "«up_to» phải từ 0 đến 1.000.000.000.000"),
    "float": ({"fixed": 1.5}, "«fixed» phải là số nguyên"),
    "turned round": ({"min": 2, "max": 1}, "mức thấp nhất lớn hơn mức cao nhất"),
    "no shape": ({"fixed": 1, "max": 2}, "mức hưởng phải là một trong"),
    "parameter": ({"times": 5, "of": "salary"}, "không có mức lương «salary»"),
    "times as float": ({"times": 1.5, "of": "base_salary"}, 'ví dụ 500 hoặc "1.5"'),
    "times turned round": (
        {"times_min": "2.5", "times_max": 2, "of": "base_salary"},
        "số lần thấp nhất lớn hơn",
    ),
    "percent of a fact": ({"percent": 5, "of": "age_on"}, "không tính phần trăm của «age_on»"),
    "by a fact": ({"by": "gender", "steps": [{"in": ["female"], "fixed": 1}]}, "không xếp theo «gender»"),
    "by an unknown place": (
        {"by": "workplace_kind", "steps": [{"in": ["moon"], "fixed": 1}]},
        "phải nêu nơi làm việc trong",
    ),
    "by no step": ({"by": "workplace_kind", "steps": []}, "chưa có mức nào"),
    "by place without an amount": (
        {"by": "workplace_kind", "steps": [{"in": ["island"]}]},
        "mỗi mức phải là một số tiền",
    ),
    "percent below nothing": ({"percent": 0, "of": "current_salary"}, "«percent» phải là số lớn hơn 0"),
    "no step": ({"steps": []}, "chưa có mức nào"),
    "step twice": ({"steps": [{"code": "a", "text": "A", "fixed": 1}] * 2}, "mức «a» có hai lần"),
    "step without an amount": ({"steps": [{"code": "a", "text": "A"}]}, "mỗi mức phải là một số tiền"),
}


@pytest.mark.parametrize(("amount", "words"), AMOUNTS.values(), ids=AMOUNTS)
def test_an_amount_that_cannot_be_paid_is_refused(amount: Any, words: str) -> None:
    assert words in refusal(with_amount(amount))


VERSIONS: dict[str, tuple[Row, str]] = {
    "group twice": (version(groups=[group(), group(rank=2, benefits=[])]), "nhóm «ts» có hai lần"),
    "rank twice": (version(groups=[group(), group(code="b", benefits=[])]), "thứ tự «1» có hai lần"),
    "line twice": (version(groups=[group(benefits=[benefit(), benefit()])]), "khoản «mot-lan» có hai lần"),
    "no group": (version(groups=[]), "phải có ít nhất một nhóm"),
    "days": (version(effective_to="2025-01-01"), "ngày cuối hiệu lực trước ngày đầu"),
    "no such day": (version(effective_from="2026-02-30"), "phải là một ngày có thật, viết như 2026-03-01"),
    "line for another group": (
        version(extra_benefits=[benefit(code="x") | {"for": ["b"]}]),
        "khoản «x» nêu nhóm «b» không có",
    ),
    "modifier for another group": (
        version(modifiers=[{"rule": age("<", 35), "effect": {"percent": 10}, "applies_to": ["b"]}]),
        "hệ số 1 nêu nhóm «b» không có trong chính sách",
    ),
    "modifier without effect": (
        version(modifiers=[{"rule": age("<", 35), "effect": {}, "applies_to": "all"}]),
        "số phần trăm hoặc số tiền",
    ),
    "commitment twice": (
        version(groups=[group(commitment={"years": 5, "until": "2030-01-01"})]),
        "đúng một trong",
    ),
    "multiple": (version(repayment={"kind": "multiple"}), "phải có số lần"),
    "months of once": (with_amount({"fixed": 1}, months=3), "một lần không có số tháng"),
    "money without amount": (with_amount(None), "khoản tiền phải có mức hưởng"),
    "instalments of months": (
        with_amount({"fixed": 1}, period="month", instalments={"years": 3}),
        "chỉ khoản hưởng một lần mới chia",
    ),
    "amount of no money": (
        version(groups=[group(benefits=[benefit(kind="in_kind")])]),
        "chỉ khoản tiền mới có mức hưởng",
    ),
    "instalments without years": (with_amount({"fixed": 1}, instalments={}), "thiếu số năm"),
    "no rank": (version(groups=[group(rank=None)]), "thiếu thứ tự của nhóm"),
    "no flag": (version(verified="yes"), "«verified» phải là có hoặc không"),
    "notes": (version(notes=[1]), "«notes» phải là danh sách các mã hoặc chữ"),
    "exclusion without a rule": (version(exclusions=[{"text": "x"}]), "thiếu điều kiện loại trừ"),
    "modifier without a rule": (
        version(modifiers=[{"effect": {"add": 1}, "applies_to": "all"}]),
        "thiếu điều kiện áp dụng",
    ),
    "modifier for nobody": (
        version(modifiers=[{"rule": age("<", 35), "effect": {"add": 1}, "applies_to": []}]),
        "phải nêu nhóm được áp dụng",
    ),
    "no such year": (version(effective_from="0026-01-01"), "phải là một ngày có thật"),
    "no whole day": (version(effective_from="2026"), "phải là một ngày có thật"),
    "scope": (version(scope=[{"unit": "Hà Nội"}]), "phải có mã đơn vị hành chính bằng chữ số"),
    "ladder": (version(ladders={"degree": [["DH"], ["DH", "PHD"], ["TS"]]}), "không có bằng cấp «PHD»"),
    "degree twice": (version(ladders={"degree": [["DH"], ["DH"], ["TS"]]}), "bằng cấp «DH» có hai lần"),
    "purpose": (version(purpose="fun"), "«purpose» phải là một trong"),
    "mistyped": (version(group=[]), "không có phần nào tên «group»"),
    "text": (version(title="a\u202eb"), "«title» có ký tự không đọc được"),
    "long": (version(title="a" * 3000), "«title» dài quá 2000 chữ"),
}


@pytest.mark.parametrize(("row", "words"), VERSIONS.values(), ids=VERSIONS)
def test_a_version_that_does_not_hold_together_is_refused(row: Row, words: str) -> None:
    assert words in refusal(row)


def test_everything_wrong_is_said_at_once() -> None:
    assert (
        refusal(
            version(title="", groups=[group(rule=age("<", "x"), benefits=[benefit(amount={"fixed": -1})])])
        ).count("\n")
        == 2
    )


def document(code: str = "VB", **changes: Any) -> Row:
    return {"code": code, "title": "Văn bản thử", "status": "in_force"} | changes


def salary(*values: Row) -> Row:
    return {"key": "base_salary", "vi": "Mức lương cơ sở", "values": list(values)}


def law(*versions: Row, values: tuple[Row, ...] = ()) -> Law:
    return read_law({"documents": [document()], "parameters": [salary(*values)], "policies": list(versions)})


def problems(row: Row, beside: Law) -> list[str]:
    return [str(one) for one in check_version(read_version(row), beside)]


MULTIPLE = with_amount({"times": 500, "of": "base_salary"})


def test_a_parameter_missing_on_a_day_of_the_version_is_named() -> None:
    whole = {"value": 2_340_000, "valid_from": "2024-07-01", "valid_to": None}
    half = whole | {"valid_to": "2026-06-30"}
    rest = {"value": 2_530_000, "valid_from": "2026-07-01", "valid_to": "2026-12-31"}
    assert problems(MULTIPLE, law(values=(whole,))) == []
    assert problems(MULTIPLE, law(values=(half, rest))) == []
    assert problems(MULTIPLE, law(values=(half,))) == [
        "khoản «mot-lan»: chưa có Mức lương cơ sở ngày 01/07/2026; nhập tham số trước"
    ]
    late = whole | {"valid_from": "2026-02-01"}
    assert "ngày 01/01/2026" in problems(MULTIPLE, law(values=(late,)))[0]
    assert "chưa có giá trị nào của mức lương cơ sở" in problems(MULTIPLE, law())[0]


def test_two_versions_in_force_on_one_day_are_refused() -> None:
    second = version(version=2, effective_from="2026-12-31", effective_to=None)
    assert "phiên bản 1 cũng có hiệu lực" in problems(second, law(version()))[0]
    assert problems(second | {"effective_from": "2027-01-01"}, law(version())) == []
    assert problems(version(), law(version())) == []
    with pytest.raises(PolicyRefused, match="cũng có hiệu lực"):
        law(version(), second)


def test_rows_a_version_names_must_be_there() -> None:
    assert problems(version(document="khac"), law()) == ["văn bản: không có văn bản «khac»"]
    assert problems(version(yearly_list="X"), law()) == ["danh mục: không có danh mục hằng năm «X»"]


def test_values_of_a_parameter_may_not_overlap() -> None:
    first = {"value": 1, "valid_from": "2024-07-01", "valid_to": "2025-07-01"}
    with pytest.raises(PolicyRefused, match="hai giá trị cùng có hiệu lực ngày 01/07/2025"):
        law(values=(first, {"value": 2, "valid_from": "2025-07-01"}))


def test_rows_beside_policies_are_checked_too() -> None:
    with pytest.raises(PolicyRefused, match="phải có số tiền và ngày bắt đầu"):
        law(values=({"valid_from": "2025-07-01"},))
    with pytest.raises(PolicyRefused, match="«sang năm» không phải một năm"):
        read_law({"yearly_lists": [{"code": "X", "years": {"sang năm": []}}]})
    with pytest.raises(PolicyRefused, match="văn bản «VB» có hai lần"):
        read_law({"documents": [document(), document()]})
    lists = read_law({"yearly_lists": [{"code": "X", "years": {"2026": ["772"]}}]}).yearly_lists
    assert lists["X"].years == {2026: frozenset({"772"})}
    assert read_law() == Law({}, {}, {}, {})


def test_parameters_of_unknown_days_need_one_value_and_no_gap() -> None:
    dates = {"effective_from": None, "effective_to": None}
    first = {"value": 1, "valid_from": "2024-07-01", "valid_to": "2025-06-30"}
    assert (
        problems(
            MULTIPLE | dates, law(values=(first, first | {"valid_from": "2025-07-01", "valid_to": None}))
        )
        == []
    )
    assert "ngày 01/07/2025" in problems(MULTIPLE | dates, law(values=(first,)))[0]
    over = first | {"valid_from": "2019-07-01", "valid_to": "2020-06-30"}
    assert "ngày 01/01/2026" in problems(MULTIPLE, law(values=(over,)))[0]


def test_a_ladder_may_be_missing_and_an_exclusion_may_have_several_conditions() -> None:
    both = {"all": [age(">", 50), {"fact": "recognised_talent", "op": "=", "value": False}]}
    read = read_version(
        version(
            ladders=None, groups=[group(rule=age("<", 60))], exclusions=[{"rule": both, "text": "Quá tuổi"}]
        )
    )
    assert [leaf.text for leaf in prepare(read, Law()).leaves][1:] == [
        "Trên 50 tuổi vào ngày quyết định",
        "Chưa được công nhận là người có tài năng",
    ]


FACTS: dict[str, tuple[Row, str]] = {
    "unknown": ({"height": 170}, "người: không có dữ kiện «height»"),
    "age instead of birth": ({"age_on": 30}, "không có dữ kiện «age_on»"),
    "type": ({"degree_rank": "TS"}, "«degree_rank» phải là một danh sách"),
    "code": ({"degree_rank": ["PHD"]}, "không có giá trị «PHD»"),
    "value": ({"gender": "nữ"}, "không có giá trị «nữ»"),
    "kind": ({"years_experience": {"x": 1}}, "không có phần nào tên «x»"),
    "number": ({"led_programmes": -1}, "phải từ 0 đến"),
    "day": ({"born": "1990-02-30"}, "phải là một ngày có thật"),
    "unit": ({"origin_unit": "83"}, "phải viết như 83@2025-06-30"),
}


@pytest.mark.parametrize(("person", "words"), FACTS.values(), ids=FACTS)
def test_a_fact_nobody_knows_is_refused(person: Row, words: str) -> None:
    with pytest.raises(PolicyRefused) as refused:
        read_facts(person, {}, {}, {})
    assert words in str(refused.value)


def test_nothing_said_and_nothing_held_are_two_things() -> None:
    facts = read_facts(
        {"award": [], "degree_rank": None, "university_rank": None}, {}, {"training": {"kind": "TS"}}, {}
    )
    assert facts.values == {"award": frozenset(), "training": {"kind": "TS"}}
    assert facts.units is None
    assert read_facts({}, {}, {"training": None}, {}).values == {}


def test_evidence_and_circumstances_are_checked_too() -> None:
    with pytest.raises(PolicyRefused, match="«state» phải là một trong"):
        read_facts({}, {}, {}, {"award": {"state": "sure"}})
    day = date(2026, 3, 1)
    with pytest.raises(PolicyRefused, match="thiếu ngày quyết định"):
        read_asked({"existing_grant": {"policy": "x"}}, day, day)


def test_the_package_brings_what_can_be_read_and_nothing_is_verified() -> None:
    data = json.loads((files("registry.policies") / "data" / "policies.json").read_text("utf-8"))
    read = read_law(data)
    assert len(read.versions) == 19
    assert not any(one.verified for one in (*read.versions.values(), *read.documents.values()))
    assert not any(line.verified for one in read.versions.values() for line in one.benefits)
