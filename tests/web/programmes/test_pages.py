"""The pages of programmes: who sees what, what is refused in words, and a task from its giving to its end."""

import io
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.accounts.rules import Role
from registry.mail.models import MailOutbox
from registry.organisations.models import Organisation
from registry.programmes.models import (
    Programme,
    ProgrammeComment,
    ProgrammeConsultation,
    ProgrammeNode,
    ProgrammeTask,
    Recommendation,
    SelfReview,
    TaskReminder,
)
from registry.programmes.operations.reminding import papers_of, remind_next
from registry.programmes.rules.tasks import TaskState
from registry.programmes.rules.words import AgencyPart, ProgrammeState
from registry.web.clock import today
from tests.conftest import Client, browser
from tests.factories.accounts import account, post, sign_in
from tests.factories.organisations import committee, organisation
from tests.factories.programmes import programme, task
from tests.web.reading import statements, text_of


class Place:
    """A province with its standing agency, two others, and a programme."""

    def __init__(self, session: Session) -> None:
        self.above = committee(session)
        self.standing = organisation(session, parent=self.above)
        self.health = organisation(session, "Sở Y tế", self.above)
        self.school = organisation(session, "Sở Giáo dục và Đào tạo", self.above)
        self.programme = programme(session, self.standing)
        session.commit()

    def path(self, rest: str = "") -> str:
        """An address of the programme."""
        return f"/chuong-trinh/{self.programme.public_id}{rest}"


@pytest.fixture
def place(session: Session) -> Place:
    """The province."""
    return Place(session)


def of_agency(client: Client, session: Session, agency: Organisation) -> Client:
    """The browser of an officer of this agency alone."""
    made = browser(client.application, session)
    sign_in(made, account(session, Role.OFFICER, "VN/12/", agency.path))
    return made


def boxes(day: Any) -> list[str]:
    return [str(day.day), str(day.month), str(day.year)]


def sent(client: Client, path: str, typed: dict[str, Any], status: int = 303) -> str:
    answer = post(client, path, typed)
    assert answer.status_code == status, text_of(answer.text)[:1500]
    return text_of(answer.text)


def page(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return text_of(answer.text)


def test_a_programme_is_written_with_its_parts_and_read_again(officer: Client, session: Session) -> None:
    committee(session)
    session.commit()
    typed = {"code": "DA06", "name": "Đề án 06", "office": "unit:VN/12/", "state": "running"}
    told = sent(officer, "/chuong-trinh/tao", {**typed, "code": "DA 06", "horizons": "sau này"}, 422)
    for words in ("không có khoảng trắng", "Nhập các năm"):
        assert words in told
    sent(officer, "/chuong-trinh/tao", {**typed, "horizons": "2045, 2030"})
    made = session.scalars(select(Programme)).one()
    assert (made.horizons, made.unit_path) == ([2030, 2045], "VN/12/")
    assert "đã có chương trình khác dùng" in sent(officer, "/chuong-trinh/tao", typed, 422)
    room = f"/chuong-trinh/{made.public_id}"
    wrong = {"role": "scheme", "number": "3409/KH-UBND", "title": "Triển khai"}
    assert "«KH» là kế hoạch" in sent(officer, f"{room}/van-ban/them", wrong, 422)
    sent(officer, f"{room}/van-ban/them", {**wrong, "role": "plan"})
    hanging = {"kind": "key_result", "code": "KQ1", "title": "Kết quả"}
    assert "thuộc một mục tiêu" in sent(officer, f"{room}/cay/them", hanging, 422)
    sent(officer, f"{room}/cay/them", {"kind": "objective", "code": "MT1", "title": "Mục tiêu một"})
    above = session.scalars(select(ProgrammeNode)).one()
    sent(officer, f"{room}/cay/them", {**hanging, "parent": above.public_id})
    sent(officer, f"{room}/to-cong-tac/them", {"role": "head", "name": "Tổ trưởng của tỉnh"})
    fact = {"code": "XX-01", "kind": "period", "name": "Giai đoạn", "value": "2020-2025", "paragraph": "3"}
    sent(officer, f"{room}/so-lieu/them", fact)
    told = page(officer, room)
    for words in ("3409/KH-UBND", "chưa có đơn vị chịu trách nhiệm", "Tổ trưởng của tỉnh", "2020-2025"):
        assert words in told, words
    session.refresh(made)
    sent(officer, f"{room}/sua", {**typed, "version": str(made.version), "name": "Đề án 06 sửa"})
    sent(officer, f"{room}/sua", {**typed, "version": "1", "name": "Cũ"}, 409)


def test_pt6_a_task_without_a_lead_is_refused(officer: Client, session: Session, place: Place) -> None:
    typed = {"code": "1", "title": "Mở lớp", "co_operate": [place.health.public_id]}
    told = sent(officer, place.path("/nhiem-vu/giao"), typed, 422)
    assert "không có đơn vị chủ trì thì không giao được" in told
    assert session.scalar(select(ProgrammeTask.id)) is None
    twice = {**typed, "lead": place.health.public_id}
    assert "Mỗi đơn vị chỉ một vai trò" in sent(officer, place.path("/nhiem-vu/giao"), twice, 422)
    sent(officer, place.path("/nhiem-vu/giao"), {**typed, "lead": place.school.public_id})
    made = session.scalars(select(ProgrammeTask)).one()
    at = place.path(f"/nhiem-vu/{made.public_id}")
    swapped = {
        **typed,
        "version": str(made.version),
        "lead": place.health.public_id,
        "co_operate": [place.school.public_id],
    }
    sent(officer, f"{at}/sua", swapped)
    session.expire_all()
    assert {one.organisation_id: one.part for one in made.agencies} == {
        place.health.id: AgencyPart.LEAD,
        place.school.id: AgencyPart.CO_OPERATE,
    }
    assert "CT" in page(officer, place.path("/phan-cong"))


def test_kh8_the_standing_agency_sees_all_and_an_agency_its_own(
    client: Client, session: Session, place: Place
) -> None:
    own = task(session, place.programme, place.health, "Việc của y tế", code="1", due_in=-40)
    task(session, place.programme, place.school, "Việc của giáo dục", code="2")
    elsewhere = programme(session, code="CT2", unit_path="VN/15/")
    session.commit()
    standing, health = (of_agency(client, session, one) for one in (place.standing, place.health))
    told = page(standing, place.path("/nhiem-vu"))
    assert "Việc của y tế" in told
    assert "Việc của giáo dục" in told
    for path in (place.path("/nhiem-vu"), "/chuong-trinh/viec-cua-don-vi"):
        told = page(health, path)
        assert "Việc của y tế" in told
        assert "Việc của giáo dục" not in told
    assert "chậm, kéo dài 40 ngày" in page(health, "/chuong-trinh/cham-tre")
    assert health.get(place.path("/gop-y")).status_code == 404
    assert health.get(f"/chuong-trinh/{elsewhere.public_id}").status_code == 404
    others = organisation(session, "Sở Xây dựng", place.above)
    session.commit()
    builder = of_agency(client, session, others)
    assert builder.get(place.path()).status_code == 404
    assert builder.get(place.path(f"/nhiem-vu/{own.public_id}")).status_code == 404
    assert post(health, place.path("/nhiem-vu/giao"), {}).status_code == 404


def test_pl07_a_task_goes_from_the_lead_to_the_standing_agency_and_back(
    client: Client, session: Session, place: Place
) -> None:
    made = task(session, place.programme, place.health, others={place.school.id: AgencyPart.CO_OPERATE})
    session.commit()
    move = place.path(f"/nhiem-vu/{made.public_id}/chuyen")
    standing, health, school = (
        of_agency(client, session, one) for one in (place.standing, place.health, place.school)
    )
    sent(school, f"{move}?toi=in_progress", {})
    session.refresh(made)
    assert made.state is TaskState.ASSIGNED
    sent(health, f"{move}?toi=in_progress", {})
    assert "Ghi nội dung" in sent(health, f"{move}?toi=reviewed", {}, 422)
    sent(health, f"{move}?toi=reviewed", {"words": "Đã mở ba lớp"})
    sent(health, f"{move}?toi=done", {})
    session.refresh(made)
    assert made.state is TaskState.REVIEWED
    sent(standing, f"{move}?toi=done", {})
    session.refresh(made)
    assert (made.state, made.done_on) == (TaskState.DONE, today())
    told = page(standing, place.path(f"/nhiem-vu/{made.public_id}"))
    assert "Đã mở ba lớp" in told
    assert "Mở lại" in told


def test_bt10_agencies_are_asked_and_the_missing_ones_are_listed(
    client: Client, session: Session, place: Place
) -> None:
    task(session, place.programme, place.health, others={place.school.id: AgencyPart.CO_OPERATE})
    session.commit()
    standing, health = (of_agency(client, session, one) for one in (place.standing, place.health))
    agencies = [one.public_id for one in (place.health, place.school)]
    typed = {"title": "Sơ kết", "due_on": boxes(today() + timedelta(days=9)), "agencies": agencies}
    assert "Chọn ít nhất một" in sent(
        standing, place.path("/tu-danh-gia/hoi"), {**typed, "agencies": []}, 422
    )
    sent(standing, place.path("/tu-danh-gia/hoi"), typed)
    asked = {one.organisation_id: one for one in session.scalars(select(SelfReview))}
    own, other = asked[place.health.id].public_id, asked[place.school.id].public_id
    assert "Tự đánh giá chưa gửi" in page(health, "/chuong-trinh/viec-cua-don-vi")
    said = {"verdict": "full", "head_name": "Giám đốc sở", "results": "Đạt cả ba việc"}
    assert health.get(place.path(f"/tu-danh-gia/{other}/gui")).status_code == 404
    assert "Ghi kết quả" in sent(health, place.path(f"/tu-danh-gia/{own}/gui"), {**said, "results": ""}, 422)
    sent(health, place.path(f"/tu-danh-gia/{own}/gui"), said)
    told = page(standing, place.path("/tu-danh-gia"))
    assert "1 / 2" in told
    assert told.index("Sở Giáo dục và Đào tạo") < told.index("Sở Y tế")  # who is missing stands first
    assert "Đạt cả ba việc" in page(standing, place.path(f"/tu-danh-gia/{own}"))
    assert "Sở Giáo dục" not in page(health, place.path("/tu-danh-gia"))


def test_hp6_a_recommendation_goes_from_its_proposer_to_its_end(
    client: Client, session: Session, place: Place
) -> None:
    standing, health = (of_agency(client, session, one) for one in (place.standing, place.health))
    raised = today() - timedelta(days=12)
    typed = {"proposer": "Hội y học", "words": "Có dòng ngân sách riêng", "raised_on": boxes(raised)}
    sent(standing, place.path("/kien-nghi/ghi"), typed)
    made = session.scalars(select(Recommendation)).one()
    assert health.get(place.path("/kien-nghi")).status_code == 404
    move = place.path(f"/kien-nghi/{made.public_id}/chuyen")
    onward = {"on": boxes(today()), "agency": place.health.public_id}
    early = {**onward, "on": boxes(raised - timedelta(days=1))}
    assert "từ ngày nêu kiến nghị" in sent(standing, f"{move}?toi=forwarded", early, 422)
    sent(standing, f"{move}?toi=forwarded", onward)
    told = page(health, place.path("/kien-nghi"))
    assert "Có dòng ngân sách riêng" in told
    assert " 12 " in told
    for step, words in (("answered", "Đưa vào dự toán"), ("done", "Có dòng riêng")):
        sent(standing, f"{move}?toi={step}", {"on": boxes(today()), "words": words})
    session.refresh(made)
    assert (made.state, made.result) == ("done", "Có dòng riêng")
    book = CalamineWorkbook.from_filelike(io.BytesIO(standing.get(place.path("/kien-nghi.xlsx")).data))
    head, row = book.get_sheet_by_index(0).to_python()
    assert dict(zip(head, row, strict=True))["Tuổi (ngày)"] == 12


def test_pt5_a_comment_is_accepted_explained_or_rejected(
    officer: Client, session: Session, place: Place
) -> None:
    room = place.path("/gop-y")
    assert "Thêm văn bản dự thảo" in page_after(officer, f"{room}/hoi")
    sent(officer, place.path("/van-ban/them"), {"role": "scheme", "title": "Dự thảo đề án"})
    offered = officer.get(f"{room}/hoi").text
    document = offered.split('<option value="')[1].split('"')[0]
    names = {"agencies": "Thống kê tỉnh\nSở Tài chính", "document": document}
    sent(officer, f"{room}/hoi", {**names, "due_on": boxes(today() + timedelta(days=15))})
    asked = session.scalars(select(ProgrammeConsultation).order_by(ProgrammeConsultation.id)).first()
    assert asked is not None
    answer = {"on": boxes(today()), "words": "Xem lại số liệu"}
    sent(officer, f"{room}/{asked.public_id}/tra-loi", answer)
    comment = session.scalars(select(ProgrammeComment)).one()
    settle = f"{room}/{comment.public_id}/xu-ly"
    assert "Viết vì sao" in sent(officer, settle, {"outcome": "rejected"}, 422)
    sent(officer, settle, {"outcome": "explained", "reply": "Số liệu theo niên giám"})
    told = page(officer, room)
    for words in ("1 / 2", "Giải trình", "Số liệu theo niên giám", "Sở Tài chính"):
        assert words in told, words


def page_after(client: Client, path: str) -> str:
    return text_of(client.get(path, follow_redirects=True).text)


def test_kh8_the_lead_is_reminded_once_before_and_once_after_the_day(session: Session, place: Place) -> None:
    account(session, Role.OFFICER, "VN/12/")
    near = account(session, Role.OFFICER, "VN/12/", place.health.path)
    for code, due in (("1", 5), ("2", -3), ("3", 30)):
        task(session, place.programme, place.health, code=code, due_in=due)
    paper, at = papers_of("https://nhanluc.vidu.vn", "Nhân lực"), datetime.now(UTC)
    assert [remind_next(session, paper, at=at) for _ in range(3)] == [1, 1, None]
    letters = session.scalars(select(MailOutbox).order_by(MailOutbox.id)).all()
    assert [one.kind for one in letters] == ["task_overdue", "task_soon"]
    assert {one.account_public_id for one in letters} == {near.public_id}
    assert len(session.scalars(select(TaskReminder)).all()) == 2
    later = at + timedelta(days=6)
    assert [remind_next(session, paper, at=later) for _ in range(2)] == [1, None]
    place.programme.state = ProgrammeState.CLOSED
    session.flush()
    assert remind_next(session, paper, at=at + timedelta(days=60)) is None


def test_a_list_of_tasks_is_read_in_as_many_statements_however_long(
    officer: Client, session: Session, place: Place
) -> None:
    counts: list[int] = []
    for begin, end in ((0, 2), (2, 12)):
        for number in range(begin, end):
            task(session, place.programme, place.health, f"Việc {number}", code=f"1.{number}")
        session.commit()
        with statements(session) as seen:
            page(officer, place.path("/nhiem-vu"))
        counts.append(len(seen))
    assert counts[0] == counts[1]
    book = CalamineWorkbook.from_filelike(io.BytesIO(officer.get(place.path("/nhiem-vu.xlsx")).data))
    head, *rows = book.get_sheet_by_index(0).to_python()
    assert len(rows) == 12
    assert dict(zip(head, rows[0], strict=True))["Chủ trì"] == "Sở Y tế"
