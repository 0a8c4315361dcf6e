"""The pages of training as an officer goes through them, and what others see of them."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.accounts.rules import Role
from registry.people.models import Person, SkillClaim
from registry.skills.resolver import Vocabulary
from registry.training import views
from registry.training.models import (
    Participation,
    TrainingCourse,
    TrainingOrder,
    TrainingProgramme,
    TrainingQuota,
    TrainingSession,
)
from registry.training.rules import Mode, PartnerRole, Tier
from registry.web.clock import today
from tests.conftest import Client, browser
from tests.factories import organisations
from tests.factories import training as make
from tests.factories.accounts import account, post, sign_in
from tests.factories.pages import opened, parsed, words_of
from tests.factories.skills import label, skill, vocabulary
from tests.web.exports.test_lists import exported, rows_of
from tests.web.reading import statements

UNIT = "unit:VN/12/"


def boxes(day: Any) -> list[str]:
    return [f"{day.day:02}", f"{day.month:02}", str(day.year)]


def only(session: Session, model: Any) -> Any:
    session.expire_all()
    return session.scalars(select(model)).one()


COURSE: dict[str, Any] = {
    "code": "LLCT-1", "name": "Trung cấp lý luận chính trị", "office": UNIT, "kind": "in_service",
    "category": "political_theory", "tier": "manager", "hours": "960", "political_theory_rank": "2",
}  # fmt: skip


@pytest.fixture
def known_skill(session: Session, monkeypatch: pytest.MonkeyPatch) -> str:
    """The name of a concept, the only one the pages know: to load the whole vocabulary takes seconds."""
    of = skill(session)
    small = vocabulary(label(of.code, of.vi))

    def only_that(_session: Session) -> Vocabulary:
        return small

    monkeypatch.setattr(views.courses, "vocabulary", only_that)
    return of.vi


def test_from_a_course_to_a_result_in_the_profile(
    desk: Client, session: Session, cadre: Person, known_skill: str
) -> None:
    for kind in ("education", "no such kind"):
        assert post(desk, "/dao-tao/khoa-hoc/tao", {**COURSE, "kind": kind}).status_code == 422
    unknown = post(desk, "/dao-tao/khoa-hoc/tao", {**COURSE, "skills": "zzz qqq xxx (3)"})
    assert "Không hiểu kỹ năng «zzz qqq xxx»" in words_of(parsed(unknown, 422))
    assert post(desk, "/dao-tao/khoa-hoc/tao", {**COURSE, "skills": f"{known_skill} (3)"}).status_code == 303
    course = only(session, TrainingCourse)
    page = f"/dao-tao/khoa-hoc/{course.public_id}"
    assert known_skill in words_of(opened(desk, page))
    again = post(desk, "/dao-tao/khoa-hoc/tao", COURSE)
    assert "Mã này đã có" in words_of(parsed(again, 422))
    lesson: dict[str, Any] = {
        "code": "K12", "office": UNIT, "mode": "mixed", "seats": "30", "owner_name": "Trần Văn Chậm",
        "planned_start": boxes(today() - timedelta(days=9)),
    }  # fmt: skip
    assert post(desk, f"{page}/lop/tao", lesson).status_code == 303
    held = only(session, TrainingSession)
    at = f"/dao-tao/lop/{held.public_id}"
    late = words_of(opened(desk, "/dao-tao/cham-mo"))
    assert "Trần Văn Chậm" in late
    assert "chưa khai giảng" in late
    begun = {"target": "running", "on": boxes(today() - timedelta(days=2))}
    assert post(desk, f"{at}/chuyen", begun).status_code == 303
    assert "Chậm 7 ngày" in words_of(opened(desk, at))
    assert post(desk, f"{at}/ghi-danh", {"code": "HS-999"}).status_code == 422
    assert post(desk, f"{at}/ghi-danh", {"code": cadre.code.lower()}).status_code == 303
    row = only(session, Participation)
    assert cadre.full_name in words_of(opened(desk, at))
    result = f"{at}/hoc-vien/{row.public_id}"
    passed = {
        "version": str(row.version), "state": "completed", "result": "passed", "grade": "8,5",
        "result_on": boxes(today()),
    }  # fmt: skip
    assert post(desk, result, {**passed, "grade": "11"}).status_code == 422
    assert post(desk, result, {**passed, "state": "absent"}).status_code == 422
    assert post(desk, result, passed).status_code == 303
    assert post(desk, result, passed).status_code == 409
    assert session.scalar(select(SkillClaim.level).where(SkillClaim.person_id == cadre.id)) == 3
    told = words_of(opened(desk, f"/ung-vien/{cadre.public_id}/dao-tao"))
    assert "Lý luận chính trị: Trung cấp" in told
    assert post(desk, f"{result}/thu-hoi", {"reason": "Hủy kết quả thi"}).status_code == 303
    assert "Đã thu hồi" in words_of(opened(desk, at))
    assert post(desk, f"{result}/bo").status_code == 303


def test_partners_sponsors_lecturers_and_seats_stand_beside_a_class(
    desk: Client, session: Session, cadre: Person
) -> None:
    held = make.held(session, make.course(session), is_over=False)
    organisations.organisation(session, "Viện Việt Nhật")
    session.commit()
    at = f"/dao-tao/lop/{held.public_id}"
    partner = {"organisation": "Viện Việt Nhật", "role": "partner", "country": "JP"}
    assert post(desk, f"{at}/doi-tac", {**partner, "organisation": "Không có"}).status_code == 422
    assert post(desk, f"{at}/doi-tac", partner).status_code == 303
    assert post(desk, f"{at}/doi-tac", partner).status_code == 422
    assert post(desk, f"{at}/doi-tac", {**partner, "role": "sponsor"}).status_code == 303
    assert post(desk, f"{at}/giang-vien", {}).status_code == 422
    assert post(desk, f"{at}/giang-vien", {"code": cadre.code, "hours": "8"}).status_code == 303
    assert post(desk, f"{at}/cho-ngoi", {"organisation": "Viện Việt Nhật", "seats": "5"}).status_code == 303
    session.expire_all()
    assert [one.role for one in held.partners] == [PartnerRole.PARTNER, PartnerRole.SPONSOR]
    listed = words_of(opened(desk, "/dao-tao/doi-tac"))
    assert "Phối hợp, Tài trợ" in listed
    assert cadre.full_name in listed
    for part, rows in (
        ("doi-tac", held.partners),
        ("giang-vien", held.lecturers),
        ("cho-ngoi", held.seat_plans),
    ):
        assert post(desk, f"{at}/{part}/{rows[0].public_id}/bo").status_code == 303


def test_several_get_one_result_and_what_is_shown_leaves_as_a_file(
    desk: Client, session: Session, cadre: Person
) -> None:
    held = make.held(session, make.course(session), is_over=False)
    row = make.takes_part(session, held, cadre)
    session.commit()
    at = f"/dao-tao/lop/{held.public_id}"
    assert post(desk, f"{at}/ket-qua", {}).status_code == 303
    many = {"hv": [row.public_id, "z" * 26], "result": "passed", "result_on": boxes(today())}
    assert post(desk, f"{at}/ket-qua", many).status_code == 303
    assert "Đạt" in words_of(opened(desk, at))
    export = f"/xuat/lop-dao-tao/{held.public_id}"
    assert "1 dòng" in words_of(opened(desk, export))
    [left] = rows_of(desk, exported(desk, export, columns=["code", "full_name", "result"]))
    assert list(left.values()) == [cadre.code, cadre.full_name, "Đạt"]


def test_orders_close_with_a_result_and_quotas_stand_beside_theirs(desk: Client, session: Session) -> None:
    """KH6: occupation, number, who orders, closed with a result. LC6: a quota is of its own levels."""
    organisations.organisation(session, "Công ty Điện gió")
    session.commit()
    order = {
        "code": "DH-1", "occupation": "Kỹ thuật viên điện gió", "number": "40", "ordering": "Công ty Điện gió",
        "office": UNIT, "deadline": boxes(today() - timedelta(days=1)),
    }  # fmt: skip
    assert post(desk, "/dao-tao/dat-hang/tao", {**order, "session_code": "KHONG-CO"}).status_code == 422
    assert post(desk, "/dao-tao/dat-hang/tao", order).status_code == 303
    assert "quá hạn" in words_of(opened(desk, "/dao-tao/dat-hang"))
    page = f"/dao-tao/dat-hang/{only(session, TrainingOrder).public_id}"
    assert post(desk, f"{page}/chuyen", {"target": "accepted"}).status_code == 303
    closing = {"result_number": "36", "closed_on": boxes(today())}
    assert post(desk, f"{page}/ket-thuc", closing).status_code == 303
    assert "bằng 90 %" in words_of(opened(desk, page)).replace("\xa0", " ").replace(",0", "")
    assert post(desk, f"{page}/ket-thuc", closing).status_code == 303
    quota = {
        "name": "Sơ cấp và dưới 3 tháng", "office": UNIT, "period_start": ["1", "1", "2026"],
        "period_end": ["31", "12", "2026"], "amount": "6775", "measure": "people",
        "levels": ["elementary", "under_3_months"], "category": "vocational",
    }  # fmt: skip
    assert (
        post(desk, "/dao-tao/chi-tieu/tao", {**quota, "period_end": ["31", "12", "2025"]}).status_code == 422
    )
    assert post(desk, "/dao-tao/chi-tieu/tao", quota).status_code == 303
    assert "6.775" in words_of(opened(desk, "/dao-tao/chi-tieu"))
    edit = f"/dao-tao/chi-tieu/{only(session, TrainingQuota).public_id}/sua"
    assert len(opened(desk, edit).xpath("//input[@name='levels'][@checked]")) == 2


def test_a_programme_keeps_partner_and_sponsor_apart_with_their_period(
    desk: Client, session: Session
) -> None:
    """HP7: a partner is no sponsor, and the period of both is kept."""
    organisations.organisation(session, "JICA")
    session.commit()
    fields = {
        "code": "HP-GD", "name": "Giám đốc giỏi", "office": UNIT, "period_start": ["1", "1", "2015"],
        "period_end": ["31", "12", "2020"],
    }  # fmt: skip
    assert post(desk, "/dao-tao/chuong-trinh/tao", fields).status_code == 303
    page = f"/dao-tao/chuong-trinh/{only(session, TrainingProgramme).public_id}"
    sponsor = {
        "organisation": "JICA", "role": "sponsor", "country": "JP", "period_start": ["1", "1", "2015"],
        "period_end": ["31", "12", "2020"],
    }  # fmt: skip
    assert post(desk, f"{page}/doi-tac", sponsor).status_code == 303
    assert post(desk, f"{page}/doi-tac", sponsor).status_code == 422
    told = words_of(opened(desk, page))
    assert "Tài trợ" in told
    assert "01/01/2015 – 31/12/2020" in told
    known = opened(desk, f"{page}/sua")
    assert known.xpath("//input[@name='name']/@value") == ["Giám đốc giỏi"]


def test_an_office_requires_a_course_and_sees_who_has_passed(
    desk: Client, session: Session, cadre: Person
) -> None:
    course = make.course(session)
    session.commit()
    form = {"office_name": "TRUONG PHONG", "course": course.public_id, "office": UNIT}
    made = post(desk, "/dao-tao/yeu-cau/tao", form)
    assert made.status_code == 303
    page = made.headers["Location"]
    told = words_of(opened(desk, page))
    assert cadre.full_name in told
    assert "Chưa học" in told
    assert post(desk, "/dao-tao/yeu-cau/tao", form).status_code == 422
    assert post(desk, f"{page}/bo").status_code == 303


def test_the_report_says_both_counts_and_hides_small_cells_from_whoever_keeps_no_lists(
    desk: Client, client: Client, session: Session, cadre: Person
) -> None:
    """LC7: what the list said of those who took part, small cells hidden."""
    held = make.held(session, make.course(session))
    row = make.takes_part(session, held, cadre)
    row.is_rural, row.happened_on = True, make.END
    row.state = row.state.COMPLETED
    session.commit()
    report = "/dao-tao/bao-cao?tu=01/01/2026&den=31/12/2026"
    told = words_of(opened(desk, report))
    assert "Chuyên môn nghiệp vụ, chức danh nghề nghiệp 1 1" in told
    assert "Ở nông thôn 100" in told
    auditor = browser(client.application, session)
    sign_in(auditor, account(session, Role.AUDITOR, ""))
    hidden = words_of(opened(auditor, report))
    assert "Ở nông thôn ••0" in hidden or "Ở nông thôn •0•" in hidden
    assert cadre.full_name not in words_of(opened(auditor, f"/dao-tao/lop/{held.public_id}"))
    assert (
        auditor.get("/dao-tao/bao-cao.csv?tu=2026-01-01&den=2026-12-31")
        .text.splitlines()[1]
        .startswith('"Chuyên môn nghiệp vụ, chức danh nghề nghiệp",1,1,Mọi nơi,2026-01-01,2026-12-31')
    )
    assert "không đọc được" in words_of(opened(desk, "/dao-tao/bao-cao?tu=hom-qua"))


def test_one_sees_ones_own_courses(client: Client, session: Session, cadre: Person) -> None:
    held = make.held(session, make.course(session))
    make.takes_part(session, held, cadre)
    own = account(session, Role.CANDIDATE, "")
    cadre.account_id = own.id
    session.commit()
    sign_in(client, own)
    assert "Khóa học KH-1" in words_of(opened(client, "/toi/dao-tao"))


def test_the_list_of_classes_narrows_and_asks_a_fixed_number_of_statements(
    desk: Client, session: Session
) -> None:
    course = make.course(session, name="Kỹ năng số cho cán bộ")
    for number in range(3):
        make.held(session, course, f"LOP-{number}")
    session.commit()
    assert "3 lớp" in words_of(opened(desk, "/dao-tao?tim=ky nang so&nam=2026&trang-thai=finished"))
    assert "Không có lớp khớp" in words_of(opened(desk, "/dao-tao?cach-hoc=online"))
    counts: list[int] = []
    for more in (0, 4):
        for number in range(more):
            make.held(session, course, f"NUA-{number}")
        session.commit()
        with statements(session) as told:
            opened(desk, "/dao-tao")
        counts.append(len(told))
    assert counts[0] == counts[1]
    for path in (
        "/dao-tao/khoa-hoc?cap=leader",
        "/dao-tao/theo-cap",
        "/dao-tao/dat-hang",
        "/dao-tao/yeu-cau",
    ):
        opened(desk, path)


def test_kh10_what_each_tier_learns_with_both_counts(desk: Client, session: Session, cadre: Person) -> None:
    """BT5, too: a class together and one online stand in one programme."""
    shared = make.course(session, "CV-1", tier=Tier.SPECIALIST)
    for code, mode in (("LOP-1", Mode.IN_PERSON), ("LOP-2", Mode.ONLINE)):
        held = make.held(session, shared, code, mode=mode)
        row = make.takes_part(session, held, cadre)
        row.happened_on, row.state = make.END, row.state.COMPLETED
    session.commit()
    cards = opened(desk, "/dao-tao/theo-cap?tu=01/01/2026&den=31/12/2026").xpath(
        "//section[contains(@class, 'card')]"
    )
    told = [words_of(card) for card in cards]
    assert [("1 người · 2 lượt người" in one, "Khóa học CV-1" in one) for one in told].count(
        (True, True)
    ) == 1
    for way in ("in_person", "online"):
        assert "1 lớp" in words_of(opened(desk, f"/dao-tao?cach-hoc={way}"))
