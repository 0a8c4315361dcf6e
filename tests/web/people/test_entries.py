"""Education, experience and facets: added, edited, removed, two editors."""

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.people import operations
from registry.people.models import (
    Education,
    Experience,
    OverseasFacet,
)
from registry.people.rules import (
    DatePrecision,
    EducationDraft,
)
from tests.conftest import Client
from tests.factories import people as make
from tests.factories.accounts import post
from tests.factories.people import AT, only, path_of

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
    assert post(officer, path_of(person, "hoc-van/tao"), STUDY).status_code == 303
    row: Education = only(session, Education, person)
    assert (row.degree_rank, row.school_country, row.from_precision) == (5, "JP", DatePrecision.MONTH)
    page = officer.get(path_of(person, f"hoc-van/{row.public_id}"))
    assert "Khoa học dữ liệu" in page.text
    changed = {**STUDY, "degree": "TS", "version": row.version}
    assert post(officer, path_of(person, f"hoc-van/{row.public_id}"), changed).status_code == 303
    session.refresh(row)
    assert row.degree_rank == 6
    stale = post(officer, path_of(person, f"hoc-van/{row.public_id}/xoa"), {"version": row.version - 1})
    assert stale.status_code == 303
    assert only(session, Education, person)
    post(officer, path_of(person, f"hoc-van/{row.public_id}/xoa"), {"version": row.version})
    assert session.scalars(select(Education)).all() == []


def test_a_row_edited_meanwhile_shows_both_versions(officer: Client, session: Session) -> None:
    person = make.person(session)
    row = operations.add_entry(session, person, EducationDraft(4, "DH", school="Trường Kia"), by=None, at=AT)
    answer = post(officer, path_of(person, f"hoc-van/{row.public_id}"), {**STUDY, "version": 0})
    assert answer.status_code == 409
    assert "Trường Kia" in answer.text
    assert "Đại học Bách khoa" in answer.text
    picked = {"pick-school": "theirs", "pick-degree": "theirs", "version": row.version}
    assert post(officer, path_of(person, f"hoc-van/{row.public_id}"), {**STUDY, **picked}).status_code == 303
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
    answer = post(officer, path_of(person, "hoc-van/tao"), {**STUDY, **changes})
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
    answer = post(officer, path_of(person, "kinh-nghiem/tao"), {**fields, "ended": ["", "", "2020"]})
    assert answer.status_code == 422
    assert "Bỏ «Đang làm việc này»" in answer.text
    assert post(officer, path_of(person, "kinh-nghiem/tao"), fields).status_code == 303
    row: Experience = only(session, Experience, person)
    assert (row.is_ongoing, row.field_code, row.country) == (True, "748", "VN")
    assert "03/2019 – nay" in officer.get(f"/ung-vien/{person.public_id}").text


def test_a_place_of_work_may_be_a_question_too(officer: Client, session: Session) -> None:
    person = make.person(session)
    fields = {"title": "Kỹ sư", "country": "Việt Nam", "place": "Tân Phú"}
    answer = post(officer, path_of(person, "kinh-nghiem/tao"), fields)
    assert answer.status_code == 422
    assert 'name="place-chon"' in answer.text


def test_facets_are_kept_with_their_dates(officer: Client, session: Session) -> None:
    person = make.person(session)
    cadre = {"kind": "civil_servant", "office": "Phó Trưởng phòng", "coefficient": "4,98", "step": "5"}
    assert post(officer, path_of(person, "can-bo/tao"), cadre).status_code == 303
    assert post(officer, path_of(person, "can-bo/tao"), {**cadre, "coefficient": "bốn"}).status_code == 422
    expert = {"kind": "young_scientist", "valid_from": ["1", "1", "2026"], "valid_to": ["1", "1", "2025"]}
    answer = post(officer, path_of(person, "chuyen-gia/tao"), expert)
    assert "Ngày kết thúc phải sau ngày bắt đầu" in answer.text
    abroad = {"country": "Đức", "return_intent": "short_visit", "time_zone": "Europe/Berlin"}
    assert post(officer, path_of(person, "o-nuoc-ngoai/tao"), abroad).status_code == 303
    facet: OverseasFacet = only(session, OverseasFacet, person)
    assert (facet.country, facet.time_zone) == ("DE", "Europe/Berlin")
    page = officer.get(f"/ung-vien/{person.public_id}").text
    assert "Phó Trưởng phòng" in page
    assert "Ở Đức" in page


def test_an_unknown_section_or_row_is_not_found(officer: Client, session: Session) -> None:
    person = make.person(session)
    other = make.person(session, "Người Khác")
    row = operations.add_entry(session, other, EducationDraft(4, "DH"), by=None, at=AT)
    assert officer.get(path_of(person, "khong-co/tao")).status_code == 404
    assert officer.get(path_of(person, f"hoc-van/{row.public_id}")).status_code == 404
    assert officer.get(path_of(person, "hoc-van/%00")).status_code in {400, 404}
