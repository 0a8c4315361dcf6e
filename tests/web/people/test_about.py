"""«Bản thân»: places resolved, partial dates, wrong values with everything kept, two editors."""

from typing import Any

import pytest
from sqlalchemy.orm import Session

from registry.people import operations
from registry.people.rules import (
    DatePrecision,
    SelfDraft,
)
from tests.conftest import Client
from tests.factories import people as make
from tests.factories.accounts import post
from tests.factories.people import AT, path_of

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


def test_about_a_person_is_saved_with_places_resolved_and_former_names_kept(
    officer: Client, session: Session
) -> None:
    person = make.person(session)
    answer = post(officer, path_of(person, "ban-than"), {**ABOUT, "version": person.version})
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
    answer = post(officer, path_of(person, "ban-than"), {**ABOUT, **changes, "version": person.version})
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
        path_of(person, "ban-than"),
        {**ABOUT, "birth": ["15/08/1990", "", ""], "version": person.version},
    )
    session.refresh(person)
    assert person.birth is not None
    assert person.birth.text == "15/08/1990"
    post(
        officer, path_of(person, "ban-than"), {**ABOUT, "birth": ["", "", "1990"], "version": person.version}
    )
    session.refresh(person)
    assert person.birth.text == "1990"


def test_an_ambiguous_place_becomes_a_question_that_one_choice_answers(
    officer: Client, session: Session
) -> None:
    person = make.person(session)
    fields = {**ABOUT, "residence": "Tân Phú", "version": person.version}
    answer = post(officer, path_of(person, "ban-than"), fields)
    assert answer.status_code == 422
    assert "«Tân Phú» là nơi nào?" in answer.text
    choice = answer.text.split('name="residence-chon" value="')[1].split('"')[0]
    answer = post(officer, path_of(person, "ban-than"), {**fields, "residence-chon": choice})
    assert answer.status_code == 303
    session.refresh(person)
    assert (person.residence_text, person.residence_unit_path) == ("Tân Phú", choice)


def test_a_place_abroad_is_kept_as_typed(officer: Client, session: Session) -> None:
    person = make.person(session)
    fields = {**ABOUT, "residence_country": "Nhật Bản", "residence": "Nagoya", "version": person.version}
    assert post(officer, path_of(person, "ban-than"), fields).status_code == 303
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
    answer = post(officer, path_of(person, "ban-than"), {**ABOUT, "version": opened_at})
    assert answer.status_code == 409
    for shown in ("Tên Của Người Kia", "Lò Văn Chiến", "Bác sĩ", "Kỹ sư dữ liệu", "15/08/1990"):
        assert shown in answer.text, shown
    assert person.full_name == "Tên Của Người Kia"
    choices = {"pick-full_name": "theirs", "pick-headline": "mine"}
    answer = post(officer, path_of(person, "ban-than"), {**ABOUT, **choices, "version": person.version})
    assert answer.status_code == 303
    session.refresh(person)
    assert (person.full_name, person.headline) == ("Tên Của Người Kia", "Kỹ sư dữ liệu")


@pytest.mark.parametrize("version", ["", "0", "x", "99999999999", "-1"])
def test_a_form_without_a_sensible_version_never_overwrites(
    officer: Client, session: Session, version: str
) -> None:
    person = make.person(session, "Tên Cũ")
    assert post(officer, path_of(person, "ban-than"), {**ABOUT, "version": version}).status_code == 409
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
    post(officer, path_of(person, "ban-than"), {**ABOUT, **planted, "version": person.version})
    session.refresh(person)
    assert (person.state.value, person.legal_basis.value, person.unit_path) == ("active", "law", "VN/12/")
    assert person.account_id is None
