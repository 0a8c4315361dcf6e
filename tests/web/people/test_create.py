"""Entering a whole record: consents with their channel and day, every section, double submission, likely twins."""

from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from registry.accounts.rules import Role
from registry.audit.models import AuditEvent
from registry.consents.queries import consent_history
from registry.consents.rules import ASKED_LATER, Channel, PurposeCode
from registry.db import new_public_id
from registry.people.models import (
    AcceptedPlace,
    Availability,
    CadreFacet,
    Education,
    Experience,
    LanguageClaim,
    Person,
    SkillClaim,
)
from registry.people.queries import contacts_in_clear, identities_in_clear
from registry.people.rules import ContactDraft, ContactKind, PartialDate, SelfDraft
from tests.conftest import Client
from tests.factories import people as make
from tests.factories.accounts import account, post, sign_in
from tests.factories.organisations import organisation

LEAST = {
    "keeper": "unit:VN/12/",
    "legal_basis": "consent",
    "full_name": "Vàng A Páo",
    "dong-y-purposes": ["registry", "matching", "contact"],
    "dong-y-channel": "paper",
    "dong-y-given_on": ["20", "11", "2026"],
}

WHOLE = {
    **LEAST,
    "external_id": "CB-0077",
    "birth": ["15", "8", "1990"],
    "sex": "male",
    "nationalities": "Việt Nam",
    "origin": "Bến Tre",
    "residence_country": "Việt Nam",
    "residence": "Lai Châu",
    "headline": "Kỹ sư dữ liệu",
    "stated_years": "9",
    "lien-he-email": "pao@vidu.vn",
    "lien-he-phone": "0912 345 678",
    "lien-he-preferred": "phone",
    "giay-to-kind": "cccd",
    "giay-to-number": "012090456789",
    "giay-to-country": "Việt Nam",
    "can-bo-kind": "civil_servant",
    "can-bo-office": "Chuyên viên",
    "hoc-van-degree": "THS",
    "hoc-van-field_code": "748",
    "hoc-van-is_completed": "y",
    "kinh-nghiem-title": "Kỹ sư dữ liệu",
    "kinh-nghiem-started": ["", "3", "2017"],
    "kinh-nghiem-is_ongoing": "y",
    "skills": "Công nghệ thông tin (4)\nTiếng Nhật N2; zqvxw khrtp qwx",
    "ngoai-ngu-language": "ja",
    "ngoai-ngu-rank": "4",
    "nguyen-vong-state": "available",
    "nguyen-vong-forms": ["remote"],
    "nguyen-vong-places": "Lai Châu",
    "nguyen-vong-remote": "y",
}


def count(session: Session, model: Any = Person) -> int:
    return session.scalar(select(func.count()).select_from(model)) or 0


def only_person(session: Session) -> Person:
    return session.scalars(select(Person)).one()


def test_no_purpose_is_ticked_beforehand_and_the_notice_version_is_shown(officer: Client) -> None:
    page = officer.get("/ung-vien/tao").text
    boxes = [line for line in page.split("<input") if 'name="dong-y-purposes"' in line]
    assert len(boxes) == len(set(PurposeCode) - ASKED_LATER)
    assert not any(" checked" in box for box in boxes)
    assert "bản 1, từ 01/01/2026" in page
    assert "chưa kiểm chứng" in page


def test_a_name_a_ground_and_an_office_are_enough(officer: Client, session: Session) -> None:
    answer = post(officer, "/ung-vien/tao", LEAST)
    person = only_person(session)
    assert answer.status_code == 303
    assert answer.headers["Location"] == f"/ung-vien/{person.public_id}"
    assert person.code in officer.get(answer.headers["Location"]).text
    assert (person.full_name, person.unit_path, person.organisation_path) == ("Vàng A Páo", "VN/12/", "")


def test_consents_carry_channel_day_version_and_who_recorded_them(officer: Client, session: Session) -> None:
    post(officer, "/ung-vien/tao", LEAST)
    history = consent_history(session, only_person(session).id)
    assert {one.purpose.code for one in history} == {
        PurposeCode.REGISTRY,
        PurposeCode.MATCHING,
        PurposeCode.CONTACT,
    }
    for one in history:
        assert (one.channel, one.notice.version, one.notice.language) == (Channel.PAPER, 1, "vi")
        assert one.given_at.isoformat() == "2026-11-19T17:00:00+00:00"
        assert one.recorded_by_id is not None


def test_every_section_is_kept(officer: Client, session: Session) -> None:
    assert post(officer, "/ung-vien/tao", WHOLE).status_code == 303
    person = only_person(session)
    assert (person.external_id, person.stated_years) == ("CB-0077", 9)
    assert sorted(contacts_in_clear(session, person).values()) == ["+84912345678", "pao@vidu.vn"]
    assert list(identities_in_clear(session, person).values()) == ["012090456789"]
    for model in (Education, Experience, LanguageClaim, CadreFacet, Availability):
        assert count(session, model) == 1, model
    assert count(session, AcceptedPlace) == 2
    claims = session.scalars(select(SkillClaim).order_by(SkillClaim.id)).all()
    assert [(claim.typed, claim.level) for claim in claims] == [
        ("Công nghệ thông tin", 4),
        ("Tiếng Nhật N2", 4),
        ("zqvxw khrtp qwx", None),
    ]
    assert claims[2].pending_term_id is not None
    actions = session.scalars(
        select(AuditEvent.action).where(AuditEvent.subject_id == person.public_id)
    ).all()
    assert list(actions) == ["person.registered", "consent.given"]


def test_a_record_kept_by_law_needs_no_consent(officer: Client, session: Session) -> None:
    fields = {"keeper": "unit:VN/12/", "legal_basis": "law", "full_name": "Lò Văn Chiến"}
    assert post(officer, "/ung-vien/tao", fields).status_code == 303
    assert only_person(session).agrees_to_be_named


def test_without_the_contact_consent_the_new_profile_shows_its_code_at_once(
    officer: Client, session: Session
) -> None:
    fields = {**WHOLE, "dong-y-purposes": ["registry", "matching"]}
    answer = post(officer, "/ung-vien/tao", fields, follow_redirects=True)
    assert answer.status_code == 200
    for hidden in ("Páo", "pao@vidu.vn", "CB-0077", "012090456789"):
        assert hidden not in answer.text, hidden


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"full_name": ""}, "Nhập họ và tên"),
        ({"legal_basis": ""}, "Chọn cơ sở lưu hồ sơ"),
        ({"keeper": "unit:VN/14/"}, "Chọn một mục trong danh sách"),
        ({"dong-y-purposes": []}, "cần mục «Lưu hồ sơ trong sổ đăng ký»"),
        ({"dong-y-purposes": ["matching"]}, "cần mục «Lưu hồ sơ trong sổ đăng ký»"),
        ({"dong-y-channel": ""}, "Chọn đồng ý bằng cách nào"),
        ({"dong-y-given_on": ["", "", ""]}, "Nhập ngày đồng ý"),
        ({"dong-y-given_on": ["1", "1", "2099"]}, "Ngày đồng ý không được sau hôm nay"),
        ({"birth": ["31", "2", "1988"]}, "Ngày sinh phải có thật"),
        ({"lien-he-email": "pao@"}, "Nhập địa chỉ thư điện tử đúng"),
        ({"lien-he-phone": "12"}, "Số điện thoại phải gọi được"),
        ({"giay-to-number": "12345"}, "Số CCCD phải gồm đúng 12 chữ số"),
        ({"hoc-van-degree": "", "hoc-van-school": "Trường X"}, "Chọn trình độ"),
        ({"kinh-nghiem-title": "", "kinh-nghiem-organisation": "Công ty X"}, "Nhập chức danh hoặc công việc"),
        ({"ngoai-ngu-language": "", "ngoai-ngu-certificate": "IELTS"}, "Chọn ngoại ngữ"),
        ({"skills": "Kế toán (9)"}, "là số từ 0 đến 5"),
        ({"skills": ";".join(f"k{n}" for n in range(61))}, "nhiều nhất 60 kỹ năng"),
        ({"skills": "x" * 300}, "còn không quá 200 ký tự"),
        ({"skills": "y" * 1_000_000}, "còn không quá 4000 ký tự"),
        ({"nguyen-vong-places": "Nơi Không Có"}, "Không tìm thấy «Nơi Không Có»"),
        ({"residence": "Tân Phú"}, "«Tân Phú» có thể là"),
    ],
)
def test_a_wrong_value_keeps_the_whole_form(
    officer: Client, session: Session, changes: dict[str, Any], sentence: str
) -> None:
    answer = post(officer, "/ung-vien/tao", {**WHOLE, **changes})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "<title>Lỗi:" in answer.text
    kept = {"full_name", "headline", "lien-he-email", "giay-to-number", "kinh-nghiem-title", "external_id"}
    for name in kept:
        typed = {**WHOLE, **changes}[name]
        assert not typed or str(typed) in answer.text, name
    assert count(session) == 0


def test_sections_left_blank_are_not_kept(officer: Client, session: Session) -> None:
    blank = {"hoc-van-degree": "", "hoc-van-school_country": "Việt Nam", "kinh-nghiem-country": "Việt Nam"}
    assert post(officer, "/ung-vien/tao", {**LEAST, **blank}).status_code == 303
    assert count(session, Education) == count(session, Experience) == 0


def test_sending_the_form_twice_makes_one_record(officer: Client, session: Session) -> None:
    fields = {**LEAST, "submission_key": new_public_id()}
    first = post(officer, "/ung-vien/tao", fields)
    second = post(officer, "/ung-vien/tao", fields)
    assert first.headers["Location"] == second.headers["Location"]
    assert count(session) == 1


def test_a_likely_twin_is_shown_before_a_second_record_is_made(officer: Client, session: Session) -> None:
    make.person(session, "VÀNG A PÁO", about=SelfDraft("x", birth=PartialDate(1990, 8, 15)))
    fields = {**LEAST, "birth": ["15", "8", "1990"]}
    answer = post(officer, "/ung-vien/tao", fields)
    assert answer.status_code == 422
    assert "Có thể đã có hồ sơ của người này" in answer.text
    assert post(officer, "/ung-vien/tao", {**fields, "is_other_person": "y"}).status_code == 303
    assert count(session) == 2


def test_a_twin_by_contact_is_shown_too_but_never_one_that_is_hidden(
    officer: Client, session: Session
) -> None:
    email = (ContactDraft(ContactKind.EMAIL, "Pao@vidu.vn"),)
    make.person(session, "Người Khác", contacts=email)
    fields = {**LEAST, "lien-he-email": "pao@VIDU.vn"}
    assert post(officer, "/ung-vien/tao", fields).status_code == 422
    session.scalars(select(Person)).one().unit_path = "VN/14/"
    session.flush()
    assert post(officer, "/ung-vien/tao", fields).status_code == 303


def test_an_identity_number_of_somebody_else_is_refused(officer: Client, session: Session) -> None:
    post(officer, "/ung-vien/tao", WHOLE)
    fields = {
        **WHOLE,
        "full_name": "Người Khác",
        "birth": ["1", "1", "1980"],
        "lien-he-email": "",
        "lien-he-phone": "",
    }
    answer = post(officer, "/ung-vien/tao", fields)
    assert answer.status_code == 422
    assert "Số này đã có trong một hồ sơ khác" in answer.text
    assert count(session) == 1


def test_roles_that_only_read_cannot_enter_records(client: Client, session: Session) -> None:
    sign_in(client, account(session, Role.CAMPAIGN_ADMIN, "VN/12/"))
    assert client.get("/ung-vien/tao").status_code == 403
    assert post(client, "/ung-vien/tao", LEAST).status_code == 403


def test_without_the_form_token_nothing_happens(officer: Client, session: Session) -> None:
    assert officer.post("/ung-vien/tao", data=LEAST).status_code == 400
    assert count(session) == 0


def test_an_officer_of_the_whole_country_chooses_the_province(client: Client, session: Session) -> None:
    sign_in(client, account(session, Role.OFFICER, ""))
    page = client.get("/ung-vien/tao").text
    assert 'value="unit:VN/12/"' in page
    assert 'value="unit:VN/14/"' in page
    assert post(client, "/ung-vien/tao", {**LEAST, "keeper": "unit:VN/14/"}).status_code == 303
    assert only_person(session).unit_path == "VN/14/"


def test_an_office_of_the_tree_may_keep_a_record(officer: Client, session: Session) -> None:
    office = organisation(session, "Sở Nội vụ tỉnh Lai Châu")
    page = officer.get("/ung-vien/tao").text
    assert "Sở Nội vụ tỉnh Lai Châu" in page
    fields = {**LEAST, "keeper": f"organisation:{office.public_id}"}
    assert post(officer, "/ung-vien/tao", fields).status_code == 303
    person = only_person(session)
    assert (person.unit_path, person.organisation_path) == ("VN/12/", office.path)
    assert "Sở Nội vụ tỉnh Lai Châu" in officer.get(f"/ung-vien/{person.public_id}").text


def test_an_officer_of_one_office_keeps_records_there_only(client: Client, session: Session) -> None:
    office = organisation(session, "Sở Y tế tỉnh Lai Châu")
    other = organisation(session, "Sở Nội vụ tỉnh Lai Châu")
    sign_in(client, account(session, Role.OFFICER, "VN/12/", office.path))
    page = client.get("/ung-vien/tao").text
    assert f"organisation:{office.public_id}" in page
    assert "unit:VN/12/" not in page
    assert other.public_id not in page
    assert post(client, "/ung-vien/tao", LEAST).status_code == 422
    fields = {**LEAST, "keeper": f"organisation:{office.public_id}"}
    assert post(client, "/ung-vien/tao", fields).status_code == 303
