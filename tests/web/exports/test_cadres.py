"""The list of cadres leaves in the groups of their record: two lines of headers, what is unknown stays empty."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from registry.accounts.rules import Role
from registry.people.models import CadreFacet, Person, PersonName
from registry.people.rules import (
    AchievementDraft,
    AchievementKind,
    CadreDraft,
    CadreKind,
    EducationDraft,
    ExperienceDraft,
    IdentityDraft,
    IdentityKind,
    LanguageDraft,
    NameKind,
    PartialDate,
    PlaceDraft,
    SelfDraft,
    Sex,
    StudyMode,
)
from registry.web.clock import today
from tests.conftest import Client
from tests.factories import people as make
from tests.factories.accounts import account, post, sign_in
from tests.factories.people import ANONYMOUS
from tests.web.exports.test_lists import ASKED, book_of, events, exported, rows_of

EVERY = [
    "code", "full_name", "other_names", "birth", "sex", "birthplace", "origin", "identity", "residence", "recruited", "kinds",
    "organisation", "office", "position", "rank_name", "rank_code", "step", "coefficient", "since", "degree",
    "political_theory", "state_management", "languages", "awards", "courses", "posts",
]  # fmt: skip


def cadre(session: Session, name: str, **traits: Any) -> Person:
    """A civil servant of whom everything is known."""
    person = make.person(
        session,
        name,
        about=SelfDraft("", birth=PartialDate(1984, 5), sex=Sex.FEMALE, origin=PlaceDraft("Ba Tri")),
        identities=(IdentityDraft(IdentityKind.CCCD, traits.pop("number", "001184456789")),),
        cadres=(
            CadreDraft(
                CadreKind.CIVIL_SERVANT, organisation_text="Sở Thử", office="Phó trưởng phòng", position="Quản lý đào tạo",
                rank_code="01.003", rank_name="Chuyên viên", step=4, coefficient_hundredths=333, political_theory_rank=2,
                recruited_on=date(2008, 3, 1), valid_from=date(2020, 7, 1),
            ),
        ),
        education=(
            EducationDraft(4, "DH", major="Luật", school="Trường Thử", mode=StudyMode.FULL_TIME, ended=PartialDate(2006)),
            EducationDraft(5, "THS", major="Hành chính", school="Học viện Thử", started=PartialDate(2010), is_completed=False),
        ),
        experience=(ExperienceDraft("Chuyên viên", "Sở Thử", started=PartialDate(2008, 3), is_ongoing=True),),
        languages=(LanguageDraft("en", 4),),
        achievements=(AchievementDraft(AchievementKind.AWARD, "Bằng khen", "cấp tỉnh", when=PartialDate(2021)),),
        **traits,
    )  # fmt: skip
    session.add(PersonName(person=person, kind=NameKind.BIRTH, full_name="Tên khai sinh"))
    session.commit()
    return person


@pytest.fixture
def officer(client: Client, session: Session) -> Client:
    sign_in(client, account(session, Role.OFFICER, "VN/12/", name="Lò Thị Hạnh"))
    return client


def test_cadres_leave_in_two_lines_of_headers_and_numbers_stay_texts(
    officer: Client, session: Session
) -> None:
    known = cadre(session, "Nguyễn Thị Hòa", by_law=True)
    bare = make.person(session, "Lê An", by_law=True, cadres=(CadreDraft(CadreKind.CADRE),))
    make.person(session, "Phạm Bình", by_law=True)
    over = make.person(session, "Đỗ Chi", by_law=True, cadres=(CadreDraft(CadreKind.CADRE),))
    make.only(session, CadreFacet, over).valid_to = today() - timedelta(days=1)
    make.person(session, "Vũ Dung", by_law=True, unit_path="VN/01/", cadres=(CadreDraft(CadreKind.CADRE),))
    session.commit()
    assert "/xuat/can-bo" in officer.get("/xuat").text
    assert "chưa kiểm chứng" in officer.get("/xuat/can-bo").text
    book = book_of(officer, exported(officer, "/xuat/can-bo", columns=EVERY, format="xlsx"))
    groups, headers, *rows = [row.cells for row in book.sheets[0].rows]
    assert book.sheets[0].name == "Hồ sơ cán bộ"
    assert [one for one in groups if one][:3] == ["Sổ đăng ký", "1. Thông tin cá nhân", "2. Tuyển dụng"]
    empty, full = (dict(zip(headers, row, strict=False)) for row in rows)
    assert [value for value in empty.values() if value] == [bare.code, "Lê An", "Cán bộ"]
    assert full["Mã hồ sơ"] == known.code
    assert list(full.values())[1:] == [
        "Nguyễn Thị Hòa", "Tên khai sinh", "05/1984", "Nữ", "", "Ba Tri", "001184456789", "", "01/03/2008", "Công chức",
        "Sở Thử", "Phó trưởng phòng", "Quản lý đào tạo", "Chuyên viên", "01.003", "4", "3,33", "01/07/2020",
        "Đại học, Luật", "Trung cấp", "", "Tiếng Anh (B2)", "Bằng khen, cấp tỉnh, 2021",
        "đến 2006, Đại học, Luật, Trường Thử, chính quy\ntừ 2010, Thạc sĩ, Hành chính, Học viện Thử, chưa xong",
        "03/2008 – nay, Chuyên viên, Sở Thử",
    ]  # fmt: skip
    assert any("chưa kiểm chứng" in row.cell(1) for row in book.sheets[1].rows)
    assert len(events(session, "people.exported")) == 1


def test_somebody_anonymous_leaves_with_kind_and_qualification_alone(
    officer: Client, session: Session
) -> None:
    hidden = cadre(session, "Nguyễn Thị Hòa", consents=ANONYMOUS)
    [row] = rows_of(officer, exported(officer, "/xuat/can-bo", columns=EVERY))
    assert {name: value for name, value in row.items() if value} == {
        "Sổ đăng ký: Mã hồ sơ": hidden.code,
        "1. Thông tin cá nhân: Họ và tên": f"Hồ sơ ẩn danh {hidden.code}",
        "3. Chức vụ, ngạch, lương hiện nay: Đối tượng": "Công chức",
        "4. Trình độ: Trình độ chuyên môn cao nhất": "Đại học, Luật",
        "4. Trình độ: Lý luận chính trị": "Trung cấp",
        "4. Trình độ: Ngoại ngữ": "Tiếng Anh (B2)",
    }


def test_the_list_is_for_whoever_may_write_records(client: Client, session: Session) -> None:
    cadre(session, "Nguyễn Thị Hòa", by_law=True)
    sign_in(client, account(session, Role.AUDITOR))
    assert client.get("/xuat/can-bo").status_code == 403
    assert post(client, "/xuat/can-bo", {**ASKED, "columns": EVERY}).status_code == 403
    assert "/xuat/can-bo" not in client.get("/xuat").text
