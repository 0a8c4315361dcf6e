"""The pages of the network of a province: what an officer enters and what is shown of it."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from registry.accounts.rules import Role
from registry.db import new_public_id
from registry.networks.models import (
    Association,
    AssociationMember,
    CollectiveAward,
    ExpertVisit,
    OrderedTask,
    OriginOutreach,
)
from registry.networks.operations import add_member, add_term, end_member
from registry.networks.operations.associations import MemberTerms
from registry.networks.queries.associations import memberships, terms_of
from registry.networks.rules import MemberRole, TaskKind, TaskState, TaskWay, TermDays, count_on, terms_on
from registry.organisations.rules import OrganisationKind
from registry.web.clock import today
from tests.conftest import Client
from tests.factories.accounts import account, post, sign_in
from tests.factories.networks import AT, association, award, from_here, member, spoken, task, visit
from tests.factories.organisations import organisation
from tests.factories.pages import opened, words_of
from tests.factories.people import ANONYMOUS, person

PRINTED = date(2024, 4, 3)


@pytest.fixture
def desk(client: Client, session: Session) -> Client:
    """The browser of an officer of Lai Châu."""
    sign_in(client, account(session, Role.OFFICER, "VN/12/"))
    session.commit()
    return client


def day(of: date) -> list[str]:
    """A day as the three boxes of a form send it."""
    return [f"{of.day:02}", f"{of.month:02}", str(of.year)]


def tile(page: Any, label: str) -> str:
    """What a tile with this label says."""
    found = [words_of(one) for one in page.xpath("//*[contains(@class,'tile')]")]
    return next(one for one in found if one.startswith(label))


def test_the_count_of_a_day_is_the_same_after_later_joins_and_departures_hp1(
    desk: Client, session: Session
) -> None:
    """HP1: 125 members on 3-4-2024, two terms over, the first year of the third."""
    made = association(session, "Hội Khoa học", decision="520 QĐ-CT")
    for number, first, last in (
        (1, date(2012, 1, 1), date(2017, 12, 31)),
        (2, date(2018, 1, 1), date(2023, 6, 30)),
        (3, date(2023, 7, 1), None),
    ):
        add_term(session, made, TermDays(number, first, last), by=None, at=AT)
    for number in range(125):
        member(session, made, f"HV-{number:03}")
    member(session, made, "RA-1", ends=date(2020, 12, 31))
    session.commit()
    path = f"/mang-luoi/hoi/{made.public_id}?ngay=03&ngay=04&ngay=2024"

    def told() -> tuple[str, str, str]:
        page = opened(desk, path)
        labels = ("Hội viên ngày 03/04/2024", "Nhiệm kỳ đã qua", "Nhiệm kỳ hiện tại")
        first, second, third = (tile(page, label) for label in labels)
        return first, second, third

    wrong = opened(desk, path.replace("ngay=03&ngay=04", "ngay=31&ngay=02"))
    assert "Ngày phải có thật" in words_of(wrong)
    assert wrong.xpath("//input[@name='ngay']/@value") == ["31", "02", "2024"]
    before = told()
    assert [one.split()[-1] for one in before[1:]] == ["2", "1"]
    assert "03/04/2024 125" in before[0]
    assert "3 năm thứ 1" in before[2]
    terms = MemberTerms(None, "MOI-1", MemberRole.MEMBER, date(2024, 6, 1))
    add_member(session, made, terms, by=None, at=AT)
    leaving = session.scalars(select(AssociationMember).where(AssociationMember.card == "HV-000")).one()
    end_member(session, leaving, date(2024, 4, 3), by=None, at=AT)
    session.commit()
    after = told()
    assert after[1:] == before[1:]
    assert "03/04/2024 125" in after[0]
    days = memberships(session, made)
    assert [count_on(days, one) for one in (PRINTED, date(2024, 4, 4), date(2024, 6, 1))] == [125, 124, 125]
    kept = [TermDays(one.number, one.starts, one.ends) for one in terms_of(session, made)]
    assert terms_on(kept, PRINTED).finished == 2
    file = desk.get(f"/mang-luoi/hoi/{made.public_id}/tai").get_data().decode("utf-8-sig").splitlines()
    assert len(file) == 128
    assert "HV-000,Hội viên,2012-05-01,2024-04-03" in file


def test_an_association_is_entered_with_its_terms_and_members(desk: Client, session: Session) -> None:
    subject = organisation(session, "Hội Trí thức tỉnh", kind=OrganisationKind.ASSOCIATION)
    office = organisation(session, "Sở Khoa học và Công nghệ")
    who = person(session, "Lò Thị Mai")
    hidden = person(session, "Vàng A Ẩn", consents=ANONYMOUS)
    session.commit()
    typed = {"organisation": subject.public_id, "decision": "86/QĐ-UBND", "founded_year": "2019"}
    wrong = post(desk, "/mang-luoi/hoi/tao", typed | {"decision": "", "founded_on": day(date(2018, 1, 1))})
    assert wrong.status_code == 422
    for sentence in ("Ghi số quyết định thành lập", "phải nằm trong năm thành lập"):
        assert sentence in wrong.get_data(as_text=True)
    later = post(desk, "/mang-luoi/hoi/tao", typed | {"founded_year": "2031"})
    assert (later.status_code, "chưa tới" in later.get_data(as_text=True)) == (422, True)
    assert post(desk, "/mang-luoi/hoi/tao", typed | {"organisation": office.public_id}).status_code == 422
    first = post(desk, "/mang-luoi/hoi/tao", typed)
    assert (first.status_code, post(desk, "/mang-luoi/hoi/tao", typed).location) == (303, first.location)
    (made,) = session.scalars(select(Association)).all()
    own = f"/mang-luoi/hoi/{made.public_id}"
    edited = {"decision": "86/QĐ-UBND sửa", "founded_year": "2019"}
    assert post(desk, f"{own}/sua", edited).status_code == 303
    term = {"number": "1", "starts": day(date(2019, 3, 12)), "ends": day(date(2024, 3, 11))}
    assert post(desk, f"{own}/nhiem-ky/them", term).status_code == 303
    for again, sentence in (
        (term, "Đã có nhiệm kỳ mang số này"),
        (term | {"number": "2"}, "không được có chung ngày nào"),
        (term | {"number": "2", "ends": day(date(2019, 1, 1))}, "Ngày cuối không được trước ngày đầu"),
    ):
        answer = post(desk, f"{own}/nhiem-ky/them", again)
        assert answer.status_code == 422
        assert sentence in answer.get_data(as_text=True), sentence
    joined: dict[str, Any] = {
        "submission": "1" * 26,
        "person": who.code.lower(),
        "card": "T-01",
        "role": "chair",
        "starts": day(date(2019, 4, 1)),
    }
    for _twice in range(2):
        assert post(desk, f"{own}/hoi-vien/them", joined).status_code == 303
    again = {"submission": "2" * 26}
    for change, sentence in (
        (again, "đang là hội viên"),
        (again | {"person": "", "card": ""}, "Ghi mã hồ sơ hoặc số thẻ"),
        (again | {"person": hidden.code}, "Không có hồ sơ mang mã này"),
        (again | {"person": "", "starts": day(today() + timedelta(days=1))}, "không được sau hôm nay"),
    ):
        answer = post(desk, f"{own}/hoi-vien/them", joined | change)
        assert answer.status_code == 422
        assert sentence in answer.get_data(as_text=True), sentence
    (one,) = session.scalars(select(AssociationMember)).all()
    said = words_of(opened(desk, own))
    for words in ("Lò Thị Mai", "Chủ tịch", "86/QĐ-UBND sửa", "Nhiệm kỳ 1"):
        assert words in said
    gone = {"ends": day(date(2019, 1, 1))}
    assert post(desk, f"{own}/hoi-vien/{one.public_id}/ket-thuc", gone).status_code == 422
    assert post(desk, f"{own}/hoi-vien/{one.public_id}/ket-thuc", {"ends": day(today())}).status_code == 303
    row = terms_of(session, made)[0]
    ended = {"ends": day(date(2024, 3, 1))}
    assert post(desk, f"{own}/nhiem-ky/{row.public_id}/ket-thuc", ended).status_code == 303
    session.expire_all()
    assert (one.ends, row.ends) == (today(), date(2024, 3, 1))
    assert "Đang xem ngày hôm nay" in words_of(opened(desk, f"{own}?ngay=31&ngay=02&ngay=2024"))


def test_two_city_tasks_go_from_order_to_acceptance_hp5(desk: Client, session: Session) -> None:
    """HP5: a study and a training scheme, ordered from an association and assigned to it: two different words."""
    made = association(session, "Hội Khoa học")
    session.commit()
    typed: dict[str, Any] = {
        "way": "assigned",
        "kind": "study",
        "level": "province",
        "title": "Đề tài tiếp cận cách mạng công nghiệp lần thứ tư",
        "document": "12/QĐ-UBND",
        "office": "unit:VN/12/",
        "orderer": "",
        "performer": made.subject.public_id,
        "budget_line": "Sự nghiệp khoa học và công nghệ",
        "budget": "4,5 tỷ",
        "deliverable": "Báo cáo tổng hợp",
        "ordered_on": day(date(2026, 1, 5)),
        "due_on": day(date(2026, 6, 30)),
        "submission": "3" * 26,
    }
    for change, sentence in (
        ({"performer": ""}, "Chọn tổ chức trong danh sách, hoặc ghi tên"),
        ({"performer_text": "Viện khác"}, "Chọn tổ chức trong danh sách, hoặc ghi tên"),
        ({"due_on": day(date(2026, 1, 4))}, "Hạn không được trước ngày"),
        ({"budget": "nhiều"}, "Nhập số tiền nguyên đồng"),
        ({"deliverable": ""}, "Ghi sản phẩm phải giao"),
    ):
        answer = post(desk, "/mang-luoi/nhiem-vu/tao", typed | change)
        assert answer.status_code == 422
        assert sentence in answer.get_data(as_text=True), sentence
    first = post(desk, "/mang-luoi/nhiem-vu/tao", typed)
    assert post(desk, "/mang-luoi/nhiem-vu/tao", typed).location == first.location
    scheme = {
        "way": "ordered",
        "kind": "training_scheme",
        "title": "Đề án đào tạo nghề",
        "submission": "4" * 26,
    }
    assert post(desk, "/mang-luoi/nhiem-vu/tao", typed | scheme).status_code == 303
    rows = session.scalars(select(OrderedTask).order_by(OrderedTask.id)).all()
    assert [(one.way, one.kind) for one in rows] == [
        (TaskWay.ASSIGNED, TaskKind.STUDY),
        (TaskWay.ORDERED, TaskKind.TRAINING_SCHEME),
    ]
    study = rows[0]
    assert (study.budget_vnd, study.performer_id) == (4_500_000_000, made.organisation_id)
    listed = words_of(opened(desk, "/mang-luoi/nhiem-vu?hinh-thuc=assigned"))
    assert "Đề tài tiếp cận" in listed
    assert "Đề án đào tạo nghề" not in listed
    assert "quá hạn" in listed
    assert "Đề án đào tạo nghề" in words_of(
        opened(desk, "/mang-luoi/nhiem-vu?loai=training_scheme&hinh-thuc=x")
    )
    own = f"/mang-luoi/nhiem-vu/{study.public_id}"
    assert post(desk, f"{own}/sua", typed | {"title": "Đề tài sửa tên"}).status_code == 303
    assert (
        post(desk, f"{own}/nghiem-thu", {"on": day(today()), "who": "Hội đồng", "result": "Đạt"}).status_code
        == 303
    )
    session.expire_all()
    assert (study.state, study.title) == (TaskState.ASKED, "Đề tài sửa tên")  # not delivered yet
    assert post(desk, f"{own}/nhan").status_code == 303
    early = post(desk, f"{own}/giao-nop", {"on": day(date(2026, 1, 4))})
    assert "ngày của bước trước, đến hôm nay" in early.get_data(as_text=True)
    assert post(desk, f"{own}/giao-nop", {"on": day(date(2026, 7, 1))}).status_code == 303
    assert "Trả lại để làm tiếp" in words_of(opened(desk, own))
    accepted = {"on": day(date(2026, 8, 1)), "who": "Hội đồng nghiệm thu", "result": "Đạt, loại khá"}
    assert post(desk, f"{own}/nghiem-thu", accepted).status_code == 303
    other = f"/mang-luoi/nhiem-vu/{rows[1].public_id}"
    assert post(desk, f"{other}/khong-thuc-hien", {"reason": "Hết kinh phí"}).status_code == 303
    assert post(desk, f"{own}/sua", typed).status_code == 303
    session.expire_all()
    assert [one.state for one in rows] == [TaskState.APPROVED, TaskState.REFUSED]
    assert study.title == "Đề tài sửa tên"
    said = words_of(opened(desk, own))
    for words in ("Đã nghiệm thu", "Hội đồng nghiệm thu", "Đạt, loại khá", "01/08/2026", "Giao nhiệm vụ"):
        assert words in said
    assert "Nhiệm vụ được đặt hàng" in words_of(opened(desk, f"/mang-luoi/hoi/{made.public_id}"))


def test_what_was_said_with_somebody_from_here_is_kept_sealed_hp3(desk: Client, session: Session) -> None:
    """HP3: attempts, answers, the agreed role, when next; the words are no clear text in the table."""
    who = from_here(session, "Lò Văn Xa")
    session.commit()
    own = f"/mang-luoi/nguoi-xa-que/{who.public_id}"
    said = {
        "way": "phone",
        "on": day(today()),
        "answer": "agreed",
        "words": "Nhận lời tư vấn từ xa",
        "role": "Cố vấn từ xa",
        "next_on": day(today() + timedelta(days=30)),
    }
    for change, sentence in (
        ({"on": day(today() + timedelta(days=1)), "next_on": ""}, "Ngày liên hệ không được sau hôm nay"),
        ({"next_on": day(today() - timedelta(days=1))}, "Ngày liên hệ lại không được trước"),
    ):
        answer = post(desk, own, said | change)
        assert answer.status_code == 422
        assert sentence in answer.get_data(as_text=True)
        assert "Nhận lời tư vấn từ xa" in answer.get_data(as_text=True)
    assert post(desk, own, said).status_code == 303
    (kept,) = session.scalars(select(OriginOutreach)).all()
    assert kept.words_sealed is not None
    assert "tư vấn".encode() not in kept.words_sealed
    page = words_of(opened(desk, own))
    for words in ("Nhận lời tư vấn từ xa", "Vai trò: Cố vấn từ xa", "Đồng ý", "Điện thoại", "Liên hệ lại"):
        assert words in page
    assert f"{today():%d/%m/%Y}" in words_of(opened(desk, "/mang-luoi/nguoi-xa-que"))
    assert post(desk, f"{own}/nhom", {"kinds": ["entrepreneur", "manager"]}).status_code == 303
    assert "Lò Văn Xa" in words_of(opened(desk, "/mang-luoi/nguoi-xa-que?nhom=entrepreneur"))
    assert post(desk, f"{own}/nhom", {"kinds": ["manager"]}).status_code == 303
    assert "Lò Văn Xa" not in words_of(opened(desk, "/mang-luoi/nguoi-xa-que?nhom=entrepreneur"))
    assert post(desk, f"{own}/nhom", {"kinds": ["king"]}).status_code == 422


def test_a_visit_names_its_host_and_no_country_is_made_up_bt6(desk: Client, session: Session) -> None:
    who = person(session, "Kim Min Jun")
    session.commit()
    typed: dict[str, Any] = {
        "submission": "5" * 26,
        "mark": "CG-1",
        "country": "KR",
        "kind": "teaching",
        "starts": day(date(2026, 2, 1)),
        "host": "",
        "host_text": "Trường Cao đẳng",
        "days_a_week": "3",
        "office": "unit:VN/12/",
    }
    for change, sentence in (
        ({"mark": ""}, "Ghi mã hồ sơ hoặc số trong danh sách"),
        ({"host_text": ""}, "hoặc ghi tên đơn vị ngoài danh sách"),
        ({"days_a_week": "8"}, "từ 1 đến 7"),
        ({"ends": day(date(2026, 1, 1))}, "Ngày cuối không được trước ngày đầu"),
        ({"person": "HS-0"}, "Không có hồ sơ mang mã này"),
    ):
        answer = post(desk, "/mang-luoi/chuyen-gia/tao", typed | change)
        assert answer.status_code == 422
        assert sentence in answer.get_data(as_text=True), sentence
    assert post(desk, "/mang-luoi/chuyen-gia/tao", typed).status_code == 303
    page = words_of(opened(desk, "/mang-luoi/chuyen-gia"))
    assert "Hàn Quốc: 1" in page
    more = {"submission": new_public_id(), "mark": "", "person": who.code, "country": "", "days_a_week": ""}
    assert post(desk, "/mang-luoi/chuyen-gia/tao", typed | more).status_code == 303
    page = words_of(opened(desk, "/mang-luoi/chuyen-gia"))
    for words in ("Kim Min Jun", "Số từng nước –", "2 lượt", "1 dòng không ghi nước", "Trường Cao đẳng"):
        assert words in page
    assert "Chưa ghi chuyên gia nào" in words_of(opened(desk, "/mang-luoi/chuyen-gia?loai=research"))
    one = session.scalars(select(ExpertVisit).where(ExpertVisit.mark == "CG-1")).one()
    own = f"/mang-luoi/chuyen-gia/{one.public_id}"
    assert post(desk, f"{own}/ket-thuc", {"ends": day(date(2026, 1, 1))}).status_code == 422
    assert post(desk, f"{own}/ket-thuc", {"ends": day(date(2026, 5, 1))}).status_code == 303
    assert "đến hết 01/05/2026" in words_of(opened(desk, "/mang-luoi/chuyen-gia?nam=2026"))
    assert post(desk, f"{own}/xoa").status_code == 303
    assert session.scalar(select(func.count()).select_from(ExpertVisit)) == 1


def test_awards_to_collectives_are_facts_on_the_unit_kh12(desk: Client, session: Session) -> None:
    """KH12: entered once, shown on the page of the organisation; those of people stand in their profiles."""
    subject = organisation(session, "Trường Chính trị tỉnh")
    session.commit()
    typed: dict[str, Any] = {
        "submission": "6" * 26,
        "organisation": subject.public_id,
        "kind": "award",
        "title": "Cờ thi đua của Chính phủ",
        "level": "cấp quốc gia",
        "decision": "15/QĐ-TTg",
        "given_on": day(date(2025, 12, 20)),
    }
    assert post(desk, "/mang-luoi/khen-thuong/tao", typed | {"title": ""}).status_code == 422
    for _twice in range(2):
        assert post(desk, "/mang-luoi/khen-thuong/tao", typed).status_code == 303
    (one,) = session.scalars(select(CollectiveAward)).all()
    said = words_of(opened(desk, f"/don-vi/{subject.public_id}"))
    for words in ("Cờ thi đua của Chính phủ", "15/QĐ-TTg", "20/12/2025", "cấp quốc gia", "Khen thưởng"):
        assert words in said
    assert "Cờ thi đua" in words_of(opened(desk, "/mang-luoi/khen-thuong?loai=award"))
    assert "Chưa ghi khen thưởng nào" in words_of(opened(desk, "/mang-luoi/khen-thuong?loai=initiative"))
    form = opened(desk, f"/mang-luoi/khen-thuong/tao?don-vi={subject.public_id}")
    assert form.xpath(f"//option[@selected and @value='{subject.public_id}']")
    assert post(desk, f"/mang-luoi/khen-thuong/{one.public_id}/xoa").status_code == 303
    assert "Cờ thi đua" not in words_of(opened(desk, f"/don-vi/{subject.public_id}"))


def test_the_first_page_says_what_there_is_and_leads_on(desk: Client, session: Session) -> None:
    said = words_of(opened(desk, "/mang-luoi"))
    assert "Chưa có hội nào" in said
    made = association(session, "Hội Trí thức tỉnh")
    member(session, made)
    task(session, due_on=date(2026, 2, 1))
    visit(session)
    award(session, made.subject)
    spoken(session, from_here(session, "Lò Văn Xa"))
    session.commit()
    page = opened(desk, "/mang-luoi")
    assert "Hội Trí thức tỉnh 86/QĐ-UBND 2012 1" in words_of(page)
    assert "1 quá hạn" in tile(page, "Nhiệm vụ")
    for label in ("Người xa quê", "Lượt chuyên gia", "Khen thưởng"):
        assert " 1" in tile(page, label), label
    assert page.xpath("//a[@href='/ung-tuyen']")
