"""Editing sections: happy, invalid with everything kept, two editors, no token; on both databases."""

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.people import operations
from registry.people.models import (
    Availability,
    Education,
    Experience,
    LanguageClaim,
    OverseasFacet,
    Person,
    SkillClaim,
)
from registry.people.queries import contacts_in_clear, identities_in_clear, traits_in_clear
from registry.people.rules import (
    AvailabilityState,
    ContactDraft,
    ContactKind,
    DatePrecision,
    EducationDraft,
    IdentityDraft,
    IdentityKind,
    LanguageDraft,
    SelfDraft,
    SkillDraft,
    WorkForm,
)
from registry.skills.models import PendingTerm, Skill
from registry.web.clock import today
from tests.conftest import Client
from tests.factories import people as make
from tests.factories.accounts import post
from tests.factories.people import AT

ABOUT = {
    "full_name": "Lò Văn Chiến",
    "birth": ["15", "8", "1990"],
    "sex": "male",
    "nationalities": "Việt Nam, Nhật Bản",
    "origin": "Bến Tre",
    "birthplace": "",
    "residence_country": "Việt Nam",
    "residence": "Lai Châu",
    "headline": "Kỹ sư dữ liệu",
    "summary": "",
    "stated_years": "12 năm",
}


def url(person: Person, rest: str) -> str:
    return f"/ung-vien/{person.public_id}/{rest}"


def one(session: Session, model: Any, person: Person) -> Any:
    return session.scalars(select(model).where(model.person_id == person.id)).one()


# --- bản thân


def test_about_a_person_is_saved_with_places_resolved_and_former_names_kept(
    officer: Client, session: Session
) -> None:
    person = make.person(session)
    answer = post(officer, url(person, "ban-than"), {**ABOUT, "version": person.version})
    assert answer.status_code == 303
    session.refresh(person)
    assert (person.full_name, person.birth_precision) == ("Lò Văn Chiến", DatePrecision.DAY)
    assert sorted(row.country for row in person.nationalities) == ["JP", "VN"]
    assert person.residence_unit_path == "VN/12/"
    assert person.stated_years == 12
    page = officer.get(f"/ung-vien/{person.public_id}").text
    assert "Bến Tre, nay là Vĩnh Long" in page


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"full_name": ""}, "Nhập họ và tên"),
        ({"full_name": "A" * 121}, "Rút gọn còn không quá 120 ký tự"),
        ({"full_name": "Lò\u202eVăn"}, "Bỏ ký tự đổi chiều chữ"),
        ({"full_name": "Lò\x07Văn"}, "Bỏ ký tự điều khiển"),
        ({"birth": ["31", "2", "1988"]}, "Ngày sinh phải có thật"),
        ({"birth": ["15", "", "1988"]}, "Ngày sinh phải có thật"),
        ({"birth": ["", "", "2090"]}, "Ngày sinh không được sau hôm nay"),
        ({"stated_years": "61"}, "từ 0 đến 60"),
        ({"stated_years": "nhiều"}, "phải là số"),
        ({"nationalities": "Việt Nam, Xyz"}, "Không có nước «Xyz»"),
        ({"residence_country": "Xyz"}, "Không có nước «Xyz»"),
        ({"residence": "Nơi Không Có Thật"}, "Không tìm thấy «Nơi Không Có Thật»"),
        ({"sex": "x"}, "Chọn một mục trong danh sách"),
        ({"headline": "b" * 1_000_000}, "Rút gọn còn không quá 200 ký tự"),
    ],
)
def test_a_wrong_value_says_how_to_mend_it_and_loses_nothing(
    officer: Client, session: Session, changes: dict[str, Any], sentence: str
) -> None:
    person = make.person(session, "Tên Cũ")
    answer = post(officer, url(person, "ban-than"), {**ABOUT, **changes, "version": person.version})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "<title>Lỗi:" in answer.text
    for name, value in {**ABOUT, **changes}.items():
        texts: list[str] = [value] if isinstance(value, str) else value
        for typed in texts:
            if typed and name not in {"sex", "headline"} and "\x07" not in typed and "\u202e" not in typed:
                assert typed in answer.text, name
    session.refresh(person)
    assert person.full_name == "Tên Cũ"


def test_a_date_may_be_pasted_into_one_box_and_a_year_is_enough(officer: Client, session: Session) -> None:
    person = make.person(session)
    post(
        officer,
        url(person, "ban-than"),
        {**ABOUT, "birth": ["15/08/1990", "", ""], "version": person.version},
    )
    session.refresh(person)
    assert person.birth is not None
    assert person.birth.text == "15/08/1990"
    post(officer, url(person, "ban-than"), {**ABOUT, "birth": ["", "", "1990"], "version": person.version})
    session.refresh(person)
    assert person.birth.text == "1990"


def test_an_ambiguous_place_becomes_a_question_that_one_choice_answers(
    officer: Client, session: Session
) -> None:
    person = make.person(session)
    fields = {**ABOUT, "residence": "Tân Phú", "version": person.version}
    answer = post(officer, url(person, "ban-than"), fields)
    assert answer.status_code == 422
    assert "«Tân Phú» là nơi nào?" in answer.text
    choice = answer.text.split('name="residence-chon" value="')[1].split('"')[0]
    answer = post(officer, url(person, "ban-than"), {**fields, "residence-chon": choice})
    assert answer.status_code == 303
    session.refresh(person)
    assert (person.residence_text, person.residence_unit_path) == ("Tân Phú", choice)


def test_a_place_abroad_is_kept_as_typed(officer: Client, session: Session) -> None:
    person = make.person(session)
    fields = {**ABOUT, "residence_country": "Nhật Bản", "residence": "Nagoya", "version": person.version}
    assert post(officer, url(person, "ban-than"), fields).status_code == 303
    session.refresh(person)
    assert (person.residence_country, person.residence_text, person.residence_unit_path) == (
        "JP",
        "Nagoya",
        "",
    )


def test_two_editors_see_both_versions_and_choose_field_by_field(officer: Client, session: Session) -> None:
    person = make.person(session, "Tên Cũ")
    opened_at = person.version
    operations.revise_person(
        session,
        person,
        SelfDraft("Tên Của Người Kia", headline="Bác sĩ"),
        expected_version=opened_at,
        by=None,
        at=AT,
    )
    answer = post(officer, url(person, "ban-than"), {**ABOUT, "version": opened_at})
    assert answer.status_code == 409
    for shown in ("Tên Của Người Kia", "Lò Văn Chiến", "Bác sĩ", "Kỹ sư dữ liệu", "15/8/1990"):
        assert shown in answer.text, shown
    assert person.full_name == "Tên Của Người Kia"
    choices = {"pick-full_name": "theirs", "pick-headline": "mine"}
    answer = post(officer, url(person, "ban-than"), {**ABOUT, **choices, "version": person.version})
    assert answer.status_code == 303
    session.refresh(person)
    assert (person.full_name, person.headline) == ("Tên Của Người Kia", "Kỹ sư dữ liệu")


@pytest.mark.parametrize("version", ["", "0", "x", "99999999999", "-1"])
def test_a_form_without_a_sensible_version_never_overwrites(
    officer: Client, session: Session, version: str
) -> None:
    person = make.person(session, "Tên Cũ")
    assert post(officer, url(person, "ban-than"), {**ABOUT, "version": version}).status_code == 409
    assert person.full_name == "Tên Cũ"


def test_fields_that_are_not_on_the_form_change_nothing(officer: Client, session: Session) -> None:
    person = make.person(session, by_law=True)
    planted = {
        "state": "erased",
        "legal_basis": "consent",
        "unit_path": "",
        "code": "HS-1",
        "account_id": "1",
    }
    post(officer, url(person, "ban-than"), {**ABOUT, **planted, "version": person.version})
    session.refresh(person)
    assert (person.state.value, person.legal_basis.value, person.unit_path) == ("active", "law", "VN/12/")
    assert person.account_id is None


# --- liên hệ và giấy tờ


def test_contacts_are_kept_in_one_form(officer: Client, session: Session) -> None:
    person = make.person(session)
    page = officer.get(url(person, "lien-he")).text
    version = page.split('name="version" type="hidden" value="')[1].split('"')[0]
    fields = {"version": version, "email": "hoa@vidu.vn", "phone": "+81 90 1234 5678", "preferred": "phone"}
    assert post(officer, url(person, "lien-he"), fields).status_code == 303
    session.refresh(person)
    assert sorted(contacts_in_clear(session, person).values()) == ["+819012345678", "hoa@vidu.vn"]
    answer = post(officer, url(person, "lien-he"), {**fields, "email": "khac@vidu.vn"})
    assert answer.status_code == 409
    assert "khac@vidu.vn" in answer.text


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [({"email": "hoa@"}, "Nhập địa chỉ thư điện tử đúng"), ({"phone": "123"}, "Số điện thoại phải gọi được")],
)
def test_contacts_nobody_can_reach_are_refused(
    officer: Client, session: Session, fields: dict[str, str], sentence: str
) -> None:
    person = make.person(session, contacts=(ContactDraft(ContactKind.EMAIL, "cu@vidu.vn"),))
    answer = post(officer, url(person, "lien-he"), fields)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert next(iter(fields.values())) in answer.text


def test_an_identity_number_is_kept_and_doubts_are_told(officer: Client, session: Session) -> None:
    person = make.person(session, about=SelfDraft("x"))
    fields = {"kind": "cccd", "number": "999188456789", "country": "Việt Nam"}
    answer = post(officer, url(person, "giay-to"), fields, follow_redirects=True)
    assert "Ba số đầu của CCCD (999) không phải mã tỉnh" in answer.text
    assert "999188456789" in answer.text
    assert list(identities_in_clear(session, person).values()) == ["999188456789"]
    assert post(officer, url(person, "giay-to/cccd/xoa")).status_code == 303
    session.refresh(person)
    assert person.identities == []
    assert post(officer, url(person, "giay-to/cccd/xoa")).status_code == 404


def test_a_number_of_somebody_else_is_refused_without_telling_whose(
    officer: Client, session: Session
) -> None:
    number = IdentityDraft(IdentityKind.CCCD, "001188456789")
    make.person(session, "Người Sơn La", unit_path="VN/14/", identities=(number,))
    person = make.person(session)
    answer = post(officer, url(person, "giay-to"), {"kind": "cccd", "number": "001188456789"})
    assert answer.status_code == 422
    assert "Số này đã có trong một hồ sơ khác" in answer.text
    assert "Sơn La" not in answer.text


def test_full_width_digits_are_no_identity_number(officer: Client, session: Session) -> None:
    person = make.person(session)
    answer = post(officer, url(person, "giay-to"), {"kind": "cccd", "number": "００1188456789"})
    assert answer.status_code == 422
    assert "đúng 12 chữ số" in answer.text


def test_sensitive_traits_have_a_page_of_their_own(officer: Client, session: Session) -> None:
    person = make.person(session)
    fields = {"ethnicity": "Thái", "religion": "", "party_member": "yes"}
    assert post(officer, url(person, "nhay-cam"), fields).status_code == 303
    assert traits_in_clear(session, person)["ethnicity"] == "Thái"
    assert "selected" in officer.get(url(person, "nhay-cam")).text
    assert "Thái" not in officer.get(f"/ung-vien/{person.public_id}").text


# --- học vấn, kinh nghiệm, đối tượng

STUDY = {
    "degree": "THS",
    "field_code": "748",
    "major": "Khoa học dữ liệu",
    "school": "Đại học Bách khoa",
    "school_country": "Nhật Bản",
    "started": ["", "9", "2015"],
    "ended": ["", "", "2017"],
    "is_completed": "y",
}


def test_a_course_of_study_is_added_edited_and_removed(officer: Client, session: Session) -> None:
    person = make.person(session)
    assert post(officer, url(person, "hoc-van/tao"), STUDY).status_code == 303
    row: Education = one(session, Education, person)
    assert (row.degree_rank, row.school_country, row.from_precision) == (5, "JP", DatePrecision.MONTH)
    page = officer.get(url(person, f"hoc-van/{row.public_id}"))
    assert "Khoa học dữ liệu" in page.text
    changed = {**STUDY, "degree": "TS", "version": row.version}
    assert post(officer, url(person, f"hoc-van/{row.public_id}"), changed).status_code == 303
    session.refresh(row)
    assert row.degree_rank == 6
    stale = post(officer, url(person, f"hoc-van/{row.public_id}/xoa"), {"version": row.version - 1})
    assert stale.status_code == 303
    assert one(session, Education, person)
    post(officer, url(person, f"hoc-van/{row.public_id}/xoa"), {"version": row.version})
    assert session.scalars(select(Education)).all() == []


def test_a_row_edited_meanwhile_shows_both_versions(officer: Client, session: Session) -> None:
    person = make.person(session)
    row = operations.add_entry(session, person, EducationDraft(4, "DH", school="Trường Kia"), by=None, at=AT)
    answer = post(officer, url(person, f"hoc-van/{row.public_id}"), {**STUDY, "version": 0})
    assert answer.status_code == 409
    assert "Trường Kia" in answer.text
    assert "Đại học Bách khoa" in answer.text
    picked = {"pick-school": "theirs", "pick-degree": "theirs", "version": row.version}
    assert post(officer, url(person, f"hoc-van/{row.public_id}"), {**STUDY, **picked}).status_code == 303
    session.refresh(row)
    assert isinstance(row, Education)
    assert (row.school, row.degree_code, row.major) == ("Trường Kia", "DH", "Khoa học dữ liệu")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"degree": ""}, "Chọn trình độ"),
        ({"degree": "XX"}, "Chọn một mục trong danh sách"),
        ({"ended": ["", "", "2014"]}, "Thời gian kết thúc phải sau thời gian bắt đầu"),
        ({"started": ["", "13", "2015"]}, "Ngày phải có thật"),
        ({"school_country": "Nước Lạ"}, "Không có nước «Nước Lạ»"),
    ],
)
def test_a_wrong_course_keeps_what_was_typed(
    officer: Client, session: Session, changes: dict[str, Any], sentence: str
) -> None:
    person = make.person(session)
    answer = post(officer, url(person, "hoc-van/tao"), {**STUDY, **changes})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "Khoa học dữ liệu" in answer.text
    assert session.scalars(select(Education)).all() == []


def test_work_that_goes_on_has_no_end(officer: Client, session: Session) -> None:
    person = make.person(session)
    fields = {
        "title": "Kỹ sư dữ liệu",
        "organisation": "Sở Khoa học và Công nghệ",
        "field_code": "748",
        "started": ["", "3", "2019"],
        "is_ongoing": "y",
        "country": "Việt Nam",
        "place": "Lai Châu",
    }
    answer = post(officer, url(person, "kinh-nghiem/tao"), {**fields, "ended": ["", "", "2020"]})
    assert answer.status_code == 422
    assert "Bỏ «Đang làm việc này»" in answer.text
    assert post(officer, url(person, "kinh-nghiem/tao"), fields).status_code == 303
    row: Experience = one(session, Experience, person)
    assert (row.is_ongoing, row.field_code, row.country) == (True, "748", "VN")
    assert "03/2019 – nay" in officer.get(f"/ung-vien/{person.public_id}").text


def test_a_place_of_work_may_be_a_question_too(officer: Client, session: Session) -> None:
    person = make.person(session)
    fields = {"title": "Kỹ sư", "country": "Việt Nam", "place": "Tân Phú"}
    answer = post(officer, url(person, "kinh-nghiem/tao"), fields)
    assert answer.status_code == 422
    assert 'name="place-chon"' in answer.text


def test_facets_are_kept_with_their_dates(officer: Client, session: Session) -> None:
    person = make.person(session)
    cadre = {"kind": "civil_servant", "office": "Phó Trưởng phòng", "coefficient": "4,98", "step": "5"}
    assert post(officer, url(person, "can-bo/tao"), cadre).status_code == 303
    assert post(officer, url(person, "can-bo/tao"), {**cadre, "coefficient": "bốn"}).status_code == 422
    expert = {"kind": "young_scientist", "valid_from": ["1", "1", "2026"], "valid_to": ["1", "1", "2025"]}
    answer = post(officer, url(person, "chuyen-gia/tao"), expert)
    assert "Ngày kết thúc phải sau ngày bắt đầu" in answer.text
    abroad = {"country": "Đức", "return_intent": "short_visit", "time_zone": "Europe/Berlin"}
    assert post(officer, url(person, "o-nuoc-ngoai/tao"), abroad).status_code == 303
    facet: OverseasFacet = one(session, OverseasFacet, person)
    assert (facet.country, facet.time_zone) == ("DE", "Europe/Berlin")
    page = officer.get(f"/ung-vien/{person.public_id}").text
    assert "Phó Trưởng phòng" in page
    assert "Ở Đức" in page


def test_an_unknown_section_or_row_is_not_found(officer: Client, session: Session) -> None:
    person = make.person(session)
    other = make.person(session, "Người Khác")
    row = operations.add_entry(session, other, EducationDraft(4, "DH"), by=None, at=AT)
    assert officer.get(url(person, "khong-co/tao")).status_code == 404
    assert officer.get(url(person, f"hoc-van/{row.public_id}")).status_code == 404
    assert officer.get(url(person, "hoc-van/%00")).status_code in {400, 404}


# --- kỹ năng, ngoại ngữ


def skill_of(session: Session, code: str) -> Skill:
    return session.scalars(select(Skill).where(Skill.code == code)).one()


def it_skill(session: Session) -> Skill:
    return session.scalars(select(Skill).where(Skill.vi == "Công nghệ thông tin")).one()


def test_a_skill_is_understood_and_the_answer_is_told(officer: Client, session: Session) -> None:
    person = make.person(session)
    answer = post(
        officer,
        url(person, "ky-nang/tao"),
        {"typed": "CNTT", "level": "4", "since_year": "2018"},
        follow_redirects=True,
    )
    claim: SkillClaim = one(session, SkillClaim, person)
    assert claim.skill_id == it_skill(session).id
    assert (claim.level, claim.since_year, claim.typed) == (4, 2018, "CNTT")
    assert "«CNTT» được hiểu là" in answer.text


def test_a_skill_nobody_knows_is_kept_as_typed(officer: Client, session: Session) -> None:
    person = make.person(session)
    words = "thổi khèn lá dong qwx"
    answer = post(officer, url(person, "ky-nang/tao"), {"typed": words, "level": ""}, follow_redirects=True)
    if "Bạn muốn nói kỹ năng nào" in answer.text:
        fields = {"typed": words, "level": "", "concept": "giu"}
        answer = post(officer, url(person, "ky-nang/tao"), fields, follow_redirects=True)
    claim: SkillClaim = one(session, SkillClaim, person)
    assert claim.skill_id is None
    term = session.get_one(PendingTerm, claim.pending_term_id)
    assert (term.text, term.count) == (words, 1)
    assert "Đã giữ nguyên chữ" in answer.text


def test_an_ambiguous_abbreviation_asks_and_the_answer_settles_it(officer: Client, session: Session) -> None:
    person = make.person(session)
    answer = post(officer, url(person, "ky-nang/tao"), {"typed": "KT", "level": "3"})
    assert answer.status_code == 422
    assert "Bạn muốn nói kỹ năng nào?" in answer.text
    code = answer.text.split('name="concept" value="')[1].split('"')[0]
    fields = {"typed": "KT", "level": "3", "concept": code}
    assert post(officer, url(person, "ky-nang/tao"), fields).status_code == 303
    claim: SkillClaim = one(session, SkillClaim, person)
    assert claim.skill_id == skill_of(session, code).id
    assert not claim.needs_confirmation


def test_an_answer_that_was_not_offered_is_asked_again(officer: Client, session: Session) -> None:
    person = make.person(session)
    fields = {"typed": "KT", "level": "3", "concept": "IT01"}
    assert post(officer, url(person, "ky-nang/tao"), fields).status_code == 422
    assert session.scalars(select(SkillClaim)).all() == []


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"typed": "", "level": ""}, "Nhập kỹ năng"),
        ({"typed": "CNTT", "level": "7"}, "là số từ 0 đến 5"),
        ({"typed": "CNTT", "level": "9"}, "Chọn một mục trong danh sách"),
        ({"typed": "CNTT", "level": "", "since_year": "1800"}, "Nhập số từ 1950 đến 2100"),
        ({"typed": "x" * 1_000_000, "level": ""}, "Rút gọn còn không quá 200 ký tự"),
        ({"typed": "CN\x00TT", "level": ""}, "Bỏ ký tự điều khiển"),
    ],
)
def test_a_wrong_skill_says_how_to_mend_it(
    officer: Client, session: Session, fields: dict[str, str], sentence: str
) -> None:
    person = make.person(session)
    answer = post(officer, url(person, "ky-nang/tao"), fields)
    assert answer.status_code == 422
    assert sentence in answer.text


def test_the_same_skill_twice_is_told(officer: Client, session: Session) -> None:
    person = make.person(session, skills=(SkillDraft("CNTT", it_skill(session).id, level=3),))
    answer = post(officer, url(person, "ky-nang/tao"), {"typed": "công nghệ thông tin", "level": "4"})
    assert answer.status_code == 422
    assert "Hồ sơ đã có kỹ năng này" in answer.text


def test_a_level_changes_by_a_new_row_and_a_skill_can_be_dropped(officer: Client, session: Session) -> None:
    person = make.person(session, skills=(SkillDraft("CNTT", it_skill(session).id, level=3),))
    claim: SkillClaim = one(session, SkillClaim, person)
    assert officer.get(url(person, f"ky-nang/{claim.public_id}")).status_code == 200
    stale = post(
        officer, url(person, f"ky-nang/{claim.public_id}"), {"typed": "CNTT", "level": "5", "version": 9}
    )
    assert stale.status_code == 409
    fields = {"typed": "CNTT", "level": "5", "version": claim.version}
    assert post(officer, url(person, f"ky-nang/{claim.public_id}"), fields).status_code == 303
    assert officer.get(url(person, f"ky-nang/{claim.public_id}")).status_code == 404
    new = session.scalars(select(SkillClaim).where(SkillClaim.valid_to.is_(None))).one()
    assert new.level == 5
    assert post(officer, url(person, f"ky-nang/{new.public_id}/xoa"), {"version": 9}).status_code == 303
    assert new.valid_to is None
    post(officer, url(person, f"ky-nang/{new.public_id}/xoa"), {"version": new.version})
    session.refresh(new)
    assert new.valid_to == today()


def test_languages_are_added_and_changed(officer: Client, session: Session) -> None:
    person = make.person(session)
    fields = {"language": "ja", "rank": "3", "certificate": "JLPT N3"}
    assert post(officer, url(person, "ngoai-ngu/tao"), fields).status_code == 303
    assert post(officer, url(person, "ngoai-ngu/tao"), fields).status_code == 422
    claim: LanguageClaim = one(session, LanguageClaim, person)
    path = url(person, f"ngoai-ngu/{claim.public_id}")
    assert post(officer, path, {**fields, "rank": "4", "version": 7}).status_code == 409
    assert post(officer, path, {**fields, "language": "", "version": claim.version}).status_code == 422
    assert post(officer, path, {**fields, "rank": "4", "version": claim.version}).status_code == 303
    new = session.scalars(select(LanguageClaim).where(LanguageClaim.valid_to.is_(None))).one()
    assert (new.rank, claim.valid_to) == (4, today())
    assert post(officer, url(person, f"ngoai-ngu/{new.public_id}/xoa"), {"version": 9}).status_code == 303
    post(officer, url(person, f"ngoai-ngu/{new.public_id}/xoa"), {"version": new.version})
    session.refresh(new)
    assert new.valid_to == today()


def test_a_language_cannot_become_one_that_is_there(officer: Client, session: Session) -> None:
    person = make.person(session, languages=(LanguageDraft("ja", 3), LanguageDraft("en", 4)))
    claim = session.scalars(select(LanguageClaim).where(LanguageClaim.language == "en")).one()
    fields = {"language": "ja", "rank": "4", "version": claim.version}
    assert post(officer, url(person, f"ngoai-ngu/{claim.public_id}"), fields).status_code == 422


# --- nguyện vọng

WISHES = {
    "state": "available",
    "from_on": ["1", "3", "2027"],
    "forms": ["remote", "project"],
    "remote": "y",
    "places": "Lai Châu\nBến Tre",
    "stated_on": ["1", "11", "2026"],
}


def wishes_version(client: Client, person: Person) -> str:
    page = client.get(url(person, "nguyen-vong")).text
    return page.split('name="version" type="hidden" value="')[1].split('"')[0]


def test_wishes_are_a_new_statement_each_time(officer: Client, session: Session) -> None:
    person = make.person(session)
    version = wishes_version(officer, person)
    assert post(officer, url(person, "nguyen-vong"), {**WISHES, "version": version}).status_code == 303
    statement: Availability = one(session, Availability, person)
    assert statement.forms == {WorkForm.REMOTE, WorkForm.PROJECT}
    page = officer.get(f"/ung-vien/{person.public_id}").text
    assert "01/03/2027" in page
    assert "tỉnh Vĩnh Long" in page
    answer = post(
        officer, url(person, "nguyen-vong"), {**WISHES, "state": "not_available", "version": version}
    )
    assert answer.status_code == 409
    fresh = {**WISHES, "state": "not_available", "version": wishes_version(officer, person)}
    assert post(officer, url(person, "nguyen-vong"), fresh).status_code == 303
    states = session.scalars(select(Availability.state).order_by(Availability.id)).all()
    assert states == [AvailabilityState.AVAILABLE, AvailabilityState.NOT_AVAILABLE]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"state": ""}, "Chọn người này có nhận việc không"),
        ({"paused_until": ["1", "3", "2027"]}, "Chỉ ghi ngày này khi chọn «Tạm dừng»"),
        ({"from_on": ["", "", "2027"]}, "Nhập đủ ngày, tháng, năm"),
        ({"places": "Lai Châu\nNơi Không Có"}, "Không tìm thấy «Nơi Không Có»"),
        ({"stated_on": ["1", "1", "2099"]}, "Ngày này không được sau hôm nay"),
        ({"forms": ["khong-co"]}, "Chọn một mục trong danh sách"),
    ],
)
def test_wishes_that_cannot_be_are_refused(
    officer: Client, session: Session, changes: dict[str, Any], sentence: str
) -> None:
    person = make.person(session)
    fields = {**WISHES, **changes, "version": wishes_version(officer, person)}
    answer = post(officer, url(person, "nguyen-vong"), fields)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert session.scalars(select(Availability)).all() == []
