"""Composing a policy on pages, without a line of its data form: what is kept, refused, undone, and done by two at once."""

import re
from collections.abc import Mapping
from html import escape
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.accounts.models import Account
from registry.accounts.rules import Role
from registry.policies.models import Policy, PolicyVersion
from registry.policies.queries.versions import content_of
from tests.conftest import Client
from tests.factories import needs as make_needs
from tests.factories import people as make
from tests.factories.accounts import account, post, sign_in
from tests.web.policies.test_person_facts import RICH
from tests.web.reading import text_of

ADMIN = "/chinh-sach/quan-tri"
BEGUN = {
    "code": "thu-1-2027",
    "title": "Thu hút thử",
    "purpose": "attract",
    "document": "HN-92-2026",
    "scope": ["Quảng Ninh", "nay"],
    "effective_from": ["1", "1", "2027"],
    "group_title": "Tiến sĩ",
    "group_clause": "Điều 3 khoản 1",
}
DRAFT = f"{ADMIN}/THU-1-2027/1"
DEGREE = {"op": ">=", "codes": "THS", "as_of": "decide", "clause": "Điều 3 khoản 2", "evidence": "degree"}
AGE = {"op": "<=", "number": "40", "as_of": "apply"}


@pytest.fixture
def administrator(client: Client, session: Session) -> Account:
    """Signed in as a campaign administrator of one province."""
    made = account(session, Role.CAMPAIGN_ADMIN, "VN/12/")
    sign_in(client, made)
    return made


@pytest.fixture
def draft(client: Client, session: Session, administrator: Account) -> PolicyVersion:
    """A policy begun from nothing, with its first group."""
    assert post(client, f"{ADMIN}/lap-moi", BEGUN).status_code == 303
    return newest(session)


def newest(session: Session, code: str = "THU-1-2027") -> PolicyVersion:
    session.expire_all()
    return session.scalars(select(Policy).where(Policy.code == code)).one().versions[-1]


def body(session: Session) -> Mapping[str, Any]:
    return content_of(newest(session))


def hidden(page: str) -> dict[str, str]:
    """The marks with which a form was opened."""
    found = {
        name: re.search(rf'name="{name}"[^>]*value="([^"]*)"', page) for name in ("version", "opened_with")
    }
    return {name: one[1] for name, one in found.items() if one}


def fill(client: Client, path: str, typed: Mapping[str, Any], status: int = 303) -> str:
    """Open a form, type into it, send it."""
    opened = client.get(path)
    assert opened.status_code == 200, path
    sent = post(client, path, hidden(opened.text) | dict(typed))
    assert sent.status_code == status, text_of(sent.text)
    return sent.text


def press(client: Client, page: str, step: str, at: str = "", status: int = 303) -> None:
    """Press the button of a step that stands beside the part with this path or name."""
    found = re.findall(
        rf'<form method="post" action="([^"]*/soan/{step})">(.*?)</form>', client.get(page).text, re.S
    )
    buttons = [(to, dict(re.findall(r'name="([a-z_]+)" value="([^"]*)"', inside))) for to, inside in found]
    action, sent = next((to, sent) for to, sent in buttons if at in (sent.get("o", ""), sent.get("ten")))
    del sent["csrf_token"]
    assert post(client, action, sent).status_code == status


def test_a_policy_is_composed_without_its_data_form(
    client: Client, session: Session, draft: PolicyVersion
) -> None:
    assert content_of(draft)["scope"] == [{"unit": "22", "as_of": "2025-07-01"}]
    rule = f"{DRAFT}/dieu-kien?noi=nhom:tien-si"
    one = f"{DRAFT}/dieu-kien/o?noi=nhom:tien-si&viec=them"
    assert "Hỏi về" not in client.get(one).text
    fill(client, f"{one}&du-kien=degree_rank", DEGREE)
    fill(client, f"{one}&du-kien=age_on", AGE)
    fill(
        client,
        f"{one}&du-kien=origin_unit",
        {"op": "in", "units": ["Quảng Ninh", "truoc"], "as_of": "decide"},
    )
    said = text_of(client.get(rule).text)
    assert (
        "Có bằng Thạc sĩ trở lên — Điều 3 khoản 2 VÀ Không quá 40 tuổi vào ngày nộp hồ sơ VÀ Quê quán:"
        in said
    )
    press(client, rule, "mot-trong", "1")  # the second condition, which others can join
    fill(
        client,
        f"{one}&o=1&du-kien=nationality",
        {"op": "has_any", "lines": "Pháp\nHoa Kỳ", "as_of": "decide"},
    )
    press(client, rule, "khong", "1.1")
    press(client, rule, "len", "1")
    press(client, rule, "xoa", "2")
    press(client, rule, "hoan-tac")
    assert body(session)["groups"][0]["rule"] == {
        "all": [
            {
                "any": [
                    {"fact": "age_on", "op": "<=", "value": 40, "as_of": "apply"},
                    {"not": {"fact": "nationality", "op": "has_any", "value": ["FR", "US"]}},
                ]
            },
            {
                "fact": "degree_rank",
                "op": ">=",
                "value": "THS",
                "clause": "Điều 3 khoản 2",
                "evidence": "degree",
            },
            {"fact": "origin_unit", "op": "in", "value": ["22@2025-06-30"]},
        ]
    }


def test_benefits_groups_and_the_rest_are_composed_as_people_write_them(
    client: Client, session: Session, draft: PolicyVersion
) -> None:
    assert draft.number == 1
    fill(
        client,
        f"{DRAFT}/nhom",
        {"group_title": "Giáo sư", "commitment": "years", "years": "5", "remaining": "3"},
    )
    fill(
        client,
        f"{DRAFT}/nhom",
        {"group_title": "Sinh viên giỏi", "commitment": "times_training", "times_training": "2"},
    )
    press(client, f"{DRAFT}/soan", "len", "giao-su")
    assert "Số lần mức lương cơ sở" in client.get(f"{DRAFT}/khoan?nhom=giao-su").text
    new = f"{DRAFT}/khoan?nhom=giao-su&kieu="
    once, monthly = (
        {"period": "once", "text": "Hỗ trợ một lần"},
        {"period": "month", "text": "Hỗ trợ hằng tháng"},
    )
    fill(client, f"{new}mot-so-tien", once | {"low": "1.500.000.000", "instalment_years": "5"})
    fill(
        client,
        f"{new}so-lan",
        once | {"text": "Lần", "times": "1,5", "of": "base_salary", "exclusive": "nha-o"},
    )
    fill(
        client,
        f"{new}khong-qua-phan-tram",
        monthly | {"percent": "50", "of": "housing_rent", "cap": "3 triệu"},
    )
    places = {"step0_places": ["island", "border"], "step0_kind": "range", "step0_low": "1.000.000"}
    fill(client, f"{new}theo-noi-lam-viec", monthly | places | {"step0_high": "2.000.000"})
    fill(client, f"{DRAFT}/khoan?kieu=hien-vat", {"text": "Nhà công vụ", "groups": "giao-su"})
    fill(
        client,
        f"{DRAFT}/dieu-kien/o?noi=khoan:lan&viec=them&du-kien=owns_home_in_province",
        {"yes_no": "=:false", "as_of": "decide"},
    )
    fill(
        client,
        f"{DRAFT}/he-so?du-kien=gender",
        {"op": "=", "codes": "female", "as_of": "decide", "effect": "percent", "percent": "10"},
    )
    fill(
        client,
        f"{DRAFT}/loai-tru?du-kien=worked_here_before",
        {"yes_no": "=:true", "as_of": "decide", "words": "Người của tỉnh"},
    )
    fill(client, f"{DRAFT}/thang-bang", {"DH": "1", "THS": "2", "CKI": "2", "TS": "3"})
    fill(client, f"{DRAFT}/quy-dinh-chung", {"stacking": "sum", "transition": "Hưởng tiếp", "keeps_old": "y"})
    fill(client, f"{DRAFT}/boi-hoan", {"kind": "multiple", "multiple": "2", "waived_when": "Ốm\nChết"})
    fill(client, f"{DRAFT}/dia-ban", {"scope": ["22@2025-07-01", "Bến Tre", "truoc"]})
    data = body(session)
    first = min(data["groups"], key=lambda one: one["rank"])
    assert (first["code"], first["commitment"], first["min_remaining_years"]) == ("giao-su", {"years": 5}, 3)
    amounts = [one["amount"] for one in first["benefits"]]
    assert amounts == [
        {"fixed": 1_500_000_000},
        {"times": "1.5", "of": "base_salary"},
        {"percent_up_to": 50, "of": "housing_rent", "cap_month": 3_000_000},
        {"by": "workplace_kind", "steps": [{"in": ["island", "border"], "min": 1_000_000, "max": 2_000_000}]},
    ]
    assert first["benefits"][1]["rule"] == {"fact": "owns_home_in_province", "op": "=", "value": False}
    assert data["extra_benefits"] == [
        {"text": "Nhà công vụ", "kind": "in_kind", "for": ["giao-su"], "code": "nha-cong-vu"}
    ]
    assert data["modifiers"][0]["effect"] == {"percent": 10}
    assert data["ladders"] == {"degree": [["DH"], ["THS", "CKI"], ["TS"]]}
    assert data["repayment"] == {"kind": "multiple", "multiple": 2, "waived_when": ["Ốm", "Chết"]}
    assert [one["unit"] for one in data["scope"]] == ["22", "83"]
    page = text_of(client.get(f"{DRAFT}/soan").text).replace("\xa0", " ")
    for words in (
        "50 % tiền thuê nhà",
        "từ 1.000.000 ₫ đến 2.000.000 ₫",
        "Hoàn trả 2 lần số đã nhận",
        "tỉnh Bến Tre",
    ):
        assert words in page, words


@pytest.mark.parametrize(
    ("where", "typed", "words"),
    [
        (
            "dieu-kien/o?noi=nhom:tien-si&viec=them&du-kien=age_on",
            {"op": "<", "number": "999"},
            "từ 0 đến 120",
        ),
        (
            "dieu-kien/o?noi=nhom:tien-si&viec=them&du-kien=degree_rank",
            {"op": ">=", "codes": "CKI"},
            "thang bằng cấp",
        ),
        ("dieu-kien/o?noi=nhom:tien-si&viec=them&du-kien=degree_rank", {"op": ">="}, "ít nhất một giá trị"),
        (
            "dieu-kien/o?noi=nhom:tien-si&viec=them&du-kien=nationality",
            {"op": "has_any", "lines": "Xyz"},
            "«Xyz»",
        ),
        (
            "dieu-kien/o?noi=nhom:tien-si&viec=them&du-kien=origin_unit",
            {"op": "=", "units": "Nowhere"},
            "Không tìm thấy",
        ),
        (
            "khoan?nhom=tien-si&kieu=mot-so-tien",
            {"text": "x", "low": "rất nhiều"},
            "1.500.000 hoặc 150 triệu",
        ),
        (
            "khoan?nhom=tien-si&kieu=mot-so-tien",
            {"text": "x", "low": "2.000.000.000.000"},
            "nhiều nhất 1.000.000.000.000",
        ),
        (
            "khoan?nhom=tien-si&kieu=tu-den",
            {"text": "x", "low": "2 triệu", "high": "1 triệu"},
            "từ mức thấp nhất",
        ),
        ("khoan?nhom=tien-si&kieu=theo-muc", {"text": "x"}, "ít nhất một mức"),
        ("khoan?nhom=tien-si&kieu=so-lan", {"text": "x", "times": "0", "of": "base_salary"}, "lớn hơn 0"),
        ("nhom", {"group_title": "", "commitment": "years"}, "Điền ô này"),
        ("nhom", {"group_title": "a" * 301}, "không quá 300"),
        ("thang-bang", {"DH": "17"}, "Chọn một mục"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field_and_stays_typed(
    client: Client, session: Session, draft: PolicyVersion, where: str, typed: dict[str, str], words: str
) -> None:
    before = content_of(draft)
    again = fill(client, f"{DRAFT}/{where}", {"as_of": "decide", "period": "once"} | typed, 422)
    assert words in text_of(again)
    for one in typed.values() if where != "thang-bang" else ():  # a choice holds none but its own
        assert not one or escape(one) in again
    assert body(session) == before


def test_two_at_one_draft_see_each_other_and_nothing_is_lost(
    client: Client, session: Session, draft: PolicyVersion
) -> None:
    group, add = f"{DRAFT}/nhom?nhom=tien-si", f"{DRAFT}/dieu-kien/o?noi=nhom:tien-si&viec=them&du-kien="
    first, second = (hidden(client.get(group).text) for _n in range(2))
    typed = {"group_title": "Tiến sĩ, giáo sư", "group_clause": "Điều 3 khoản 1", "commitment": "none"}
    assert post(client, group, first | typed).status_code == 303
    fill(client, f"{add}age_on", AGE)  # another part of the draft is no conflict
    met = post(client, group, second | typed | {"group_title": "Tiến sĩ Y khoa"})
    assert met.status_code == 409
    assert "Tiến sĩ Y khoa" in met.text
    assert "Tiến sĩ, giáo sư" in met.text
    edit = f"{DRAFT}/dieu-kien/o?noi=nhom:tien-si&o=&viec=sua&du-kien=age_on"
    seen = hidden(client.get(edit).text)
    fill(client, edit, AGE | {"number": "35"})
    assert post(client, edit, seen | AGE | {"number": "45"}).status_code == 409
    stale = {"noi": "nhom:tien-si", "o": "", "seen": "cu"}
    assert post(client, f"{DRAFT}/soan/xoa", stale).status_code == 303
    assert body(session)["groups"][0]["rule"]["value"] == 35
    gone = {"phan": "nhom", "ten": "khong-co", "seen": "x"}
    assert post(client, f"{DRAFT}/soan/xoa", gone).status_code == 404
    assert post(client, f"{DRAFT}/soan/nhay", stale).status_code == 404
    assert draft.number == 1


def test_a_condition_turns_to_another_fact_in_its_place(
    client: Client, session: Session, draft: PolicyVersion
) -> None:
    assert draft.number == 1
    add = f"{DRAFT}/dieu-kien/o?noi=nhom:tien-si&viec=them&du-kien="
    fill(client, f"{add}degree_rank", DEGREE)
    fill(client, f"{add}age_on", AGE | {"clause": "Điều 4", "text": "Dưới 40 tuổi"})
    stands = f"{DRAFT}/dieu-kien/o?noi=nhom:tien-si&o=1&viec=sua"
    assert "doi=1" in client.get(stands).text
    chosen = client.get(f"{stands}&doi=1").text
    assert "viec=sua&amp;du-kien=years_experience" in chosen
    page = client.get(f"{stands}&du-kien=years_experience").text
    said = text_of(page)
    assert "Trước khi đổi: Dưới 40 tuổi" in said
    assert "Không dùng lại được: giá trị, lời của văn bản" in said
    assert 'value="Điều 4"' in page
    typed = {"argument": "any", "op": "<=", "number": "5", "as_of": "apply", "clause": "Điều 4"}
    fill(client, f"{stands}&du-kien=years_experience", typed)
    assert body(session)["groups"][0]["rule"]["all"][1] == {
        "fact": "years_experience",
        "of": "any",
        "op": "<=",
        "value": 5,
        "as_of": "apply",
        "clause": "Điều 4",
    }


def test_what_contradicts_itself_is_refused_when_it_is_typed(
    client: Client, session: Session, draft: PolicyVersion
) -> None:
    assert draft.number == 1
    add = f"{DRAFT}/dieu-kien/o?noi=nhom:tien-si&viec=them&du-kien="
    fill(client, f"{add}age_on", AGE | {"op": "<", "number": "30", "as_of": "decide"})
    again = fill(client, f"{add}age_on", {"op": ">", "number": "40", "as_of": "decide"}, 422)
    assert "không thể cùng đạt" in text_of(again)
    assert body(session)["groups"][0]["rule"]["value"] == 30


def days(version: PolicyVersion, first: list[str]) -> dict[str, Any]:
    return {
        "title": version.title,
        "purpose": "attract",
        "document": version.document.code,
        "effective_from": first,
    }


def test_a_parameter_that_is_missing_on_a_day_and_days_of_another_version_are_refused_at_once(
    client: Client, session: Session, draft: PolicyVersion
) -> None:
    fill(
        client,
        f"{DRAFT}/khoan?nhom=tien-si&kieu=so-lan",
        {"text": "x", "times": "10", "of": "base_salary", "period": "once"},
    )
    early = fill(client, f"{DRAFT}/sua", days(draft, ["1", "1", "1990"]), 422)
    assert "nhập tham số trước" in text_of(early)
    made = post(client, f"{ADMIN}/HN-92-2026/1/ban-moi")
    assert made.status_code == 303
    hanoi = newest(session, "HN-92-2026")
    moved = fill(client, f"{ADMIN}/HN-92-2026/2/sua", days(hanoi, ["1", "1", "2020"]), 422)
    assert "phiên bản 1" in text_of(moved)
    fill(client, f"{ADMIN}/HN-92-2026/2/sua", days(hanoi, ["1", "1", "2027"]))
    twice = post(client, f"{ADMIN}/lap-moi", BEGUN)
    assert twice.status_code == 422
    assert "Đặt mã khác" in text_of(twice.text)


def test_a_draft_is_tried_on_samples_on_a_person_and_on_the_register(
    client: Client, session: Session, administrator: Account
) -> None:
    person = make.person(session, "Lò Văn Chiến", **RICH)
    bare = make.person(session, "Vàng A Páo")
    assert administrator.id
    session.commit()
    assert post(client, f"{ADMIN}/HN-92-2026/1/ban-moi").status_code == 303
    trial = f"{ADMIN}/HN-92-2026/2"
    fill(
        client,
        f"{trial}/dieu-kien/o?noi=chung:&viec=them&du-kien=age_on",
        {"op": "<", "number": "30", "as_of": "decide"},
    )
    assert "Chưa có dữ kiện nào" in client.get(f"{trial}/thu").text
    sample = text_of(client.get(f"{trial}/thu?mau=tien-si-tre").text).replace("\xa0", " ")
    assert "Không đạt" in sample
    young = text_of(client.get(f"{trial}/thu?degree_rank=TS&born=1&born=1&born=2000").text).replace(
        "\xa0", " "
    )
    assert "× 2.530.000 ₫" in young
    real = client.get(f"{trial}/thu?nguoi={person.code}").text
    assert person.public_id in real
    assert "36 tuổi" in text_of(real)
    assert "Không tìm thấy hồ sơ" in client.get(f"{trial}/thu?nguoi=HS-000").text
    away, here = (make_needs.need(session, "Giảng viên", unit_path=unit) for unit in ("VN/12/", "VN/01/"))
    session.commit()
    tried = text_of(client.get(f"{trial}/thu?mau=tien-si-tre&nhu-cau={away.code.lower()}").text)
    assert f"Cho vị trí: {away.code} Giảng viên" in tried
    assert "ngoài địa bàn" in tried
    assert "Không tìm thấy nhu cầu" in client.get(f"{trial}/thu?nhu-cau={here.code}").text
    page = client.get(f"{trial}/thu/so-dang-ky").text
    said = text_of(page)
    assert "thêm 0 người đạt, bớt 1" in said
    assert "Đã xét 2 trong 2 người" in said
    assert person.public_id in page
    assert bare.public_id not in page


NONSENSE = ["x", "9" * 300, "loai-tru:²", "0.0.0.0.0.0.0.0.0.0.0", "a\x00"]


@pytest.mark.slow
def test_nonsense_in_addresses_and_fields_is_refused_in_words(
    client: Client, session: Session, draft: PolicyVersion
) -> None:
    before = content_of(draft)
    pages = {
        "dieu-kien": ("noi",),
        "dieu-kien/o": ("noi", "o", "viec", "du-kien"),
        "nhom": ("nhom",),
        "khoan": ("khoan", "nhom", "kieu"),
        "loai-tru": ("so", "du-kien"),
        "he-so": ("so", "du-kien"),
        "thu": ("mau", "nguoi", "born", "degree_rank"),
    }
    for page, names in pages.items():
        for name in names:
            for value in NONSENSE:
                answer = client.get(f"{DRAFT}/{page}", query_string={name: value})
                assert answer.status_code in (200, 400, 404), (page, name, value)
    fields = (
        "op",
        "codes",
        "number",
        "lines",
        "units",
        "yes_no",
        "low",
        "times",
        "period",
        "scope",
        "TS",
        "multiple",
    )
    forms = (
        "dieu-kien/o?viec=them&du-kien=degree_rank",
        "dieu-kien/o?viec=them&du-kien=origin_unit",
        "dieu-kien/o?viec=them&du-kien=university_rank",
        "khoan?kieu=so-lan",
        "khoan?kieu=theo-muc",
        "dia-ban",
        "thang-bang",
        "boi-hoan",
    )
    for form in forms:
        marks = hidden(client.get(f"{DRAFT}/{form}").text)
        for value in NONSENSE[::2]:
            sent = post(client, f"{DRAFT}/{form}", marks | dict.fromkeys(fields, value))
            assert sent.status_code in (400, 422), (form, value)
    assert body(session) == before
