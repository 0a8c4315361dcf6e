"""Reading needs: the register with its filters, the page of a need, a fixed number of statements."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from registry.accounts.rules import Role
from registry.needs.rules import ConditionKind, ConditionTerms, NeedState, SkillTerms
from tests.conftest import Client
from tests.factories import needs as make
from tests.factories.accounts import account, sign_in


@pytest.fixture
def officer(client: Client, session: Session) -> Client:
    sign_in(client, account(session, Role.OFFICER, "VN/12/"))
    return client


def statements(client: Client, path: str) -> int:
    """How many statements one GET takes."""
    seen: list[str] = []
    connection = client.session.connection()

    def count(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK")):
            seen.append(statement)

    event.listen(connection, "before_cursor_execute", count)
    try:
        assert client.get(path).status_code == 200
    finally:
        event.remove(connection, "before_cursor_execute", count)
    return len(seen)


def test_an_empty_register_says_what_it_is_for(officer: Client) -> None:
    page = officer.get("/nhu-cau")
    assert page.status_code == 200
    assert "Chưa có nhu cầu nào" in page.text
    assert "Tạo nhu cầu đầu tiên" in page.text


def test_the_register_lists_what_is_in_scope_only(officer: Client, session: Session) -> None:
    make.need(session, "Kỹ sư dữ liệu y tế")
    make.need(session, "Bác sĩ nội trú", unit_path="VN/04/")
    page = officer.get("/nhu-cau").text
    assert "Kỹ sư dữ liệu y tế" in page
    assert "Bác sĩ nội trú" not in page
    assert "1 nhu cầu" in page


@pytest.mark.parametrize(
    ("query", "shown", "hidden"),
    [
        ("trang-thai=open", "Nhu cầu đã mở", "Nhu cầu nháp"),
        ("trang-thai=open&trang-thai=draft", "Nhu cầu nháp", "Nhu cầu bị hủy"),
        ("tim=nhap", "Nhu cầu nháp", "Nhu cầu đã mở"),
        ("tim=NHÁP", "Nhu cầu nháp", "Nhu cầu đã mở"),
        ("tim=nc-2026&trang-thai=cancelled", "Nhu cầu bị hủy", "Nhu cầu nháp"),
        ("dia-ban=VN/12/03150/", "Nhu cầu ở xã", "Nhu cầu nháp"),
    ],
)
def test_filters_narrow_the_register(
    officer: Client, session: Session, query: str, shown: str, hidden: str
) -> None:
    make.need(session, "Nhu cầu đã mở", state=NeedState.OPEN)
    make.need(session, "Nhu cầu nháp")
    make.need(session, "Nhu cầu bị hủy", state=NeedState.CANCELLED)
    make.need(session, "Nhu cầu ở xã", unit_path="VN/12/03150/", state=NeedState.SUBMITTED)
    page = officer.get(f"/nhu-cau?{query}").text
    assert shown in page
    assert hidden not in page


@pytest.mark.parametrize(
    "query",
    [
        "trang-thai=khong-co",
        "trang=-3",
        "trang=99999999",
        "thu-tu=x",
        "tim=%E2%80%AE",
        "dia-ban=%25",
    ],
)
def test_filters_nobody_offers_do_no_harm(officer: Client, session: Session, query: str) -> None:
    make.need(session)
    assert officer.get(f"/nhu-cau?{query}").status_code == 200


def test_no_result_names_the_filter_that_hides_most(officer: Client, session: Session) -> None:
    make.need(session, "Kế toán trưởng", state=NeedState.OPEN)
    make.need(session, "Kế toán viên", state=NeedState.OPEN)
    page = officer.get("/nhu-cau?tim=ke+toan&trang-thai=filled").text
    assert "Không có nhu cầu khớp mọi điều kiện" in page
    assert "Bỏ Đã đủ người thì có 2 nhu cầu" in page


def test_open_needs_show_their_age_beside_the_usual_time(officer: Client, session: Session) -> None:
    for _ in range(5):
        make.need(session, state=NeedState.FILLED)
    make.need(session, state=NeedState.OPEN)
    page = officer.get("/nhu-cau").text
    assert "đã mở" in page
    assert "trung vị" in page


def test_a_need_that_waits_for_approval_again_is_not_called_open(officer: Client, session: Session) -> None:
    need = make.need(session, state=NeedState.OPEN)
    need.state = NeedState.SUBMITTED
    session.commit()
    assert "đã mở" not in officer.get("/nhu-cau").text


def test_titles_come_in_vietnamese_order(officer: Client, session: Session) -> None:
    for title in ("Ủy viên", "Đầu bếp", "Dược sĩ", "Ấn loát"):
        make.need(session, title)
    page = officer.get("/nhu-cau?thu-tu=title").text
    places = [page.index(f">{title}</a>") for title in ("Ấn loát", "Dược sĩ", "Đầu bếp", "Ủy viên")]
    assert places == sorted(places)


def test_the_register_takes_as_many_statements_for_one_need_as_for_twenty(
    officer: Client, session: Session
) -> None:
    make.need(session)
    session.commit()
    one = statements(officer, "/nhu-cau")
    for number in range(24):
        make.need(session, f"Nhu cầu {number}", state=NeedState.OPEN)
    session.commit()
    assert statements(officer, "/nhu-cau") == one
    assert statements(officer, "/nhu-cau?trang=2") == one


def test_the_page_of_a_need_takes_as_many_statements_for_one_skill_as_for_sixteen(
    officer: Client, session: Session
) -> None:
    few = make.need(
        session,
        skills=[make.skill(session, "IT01"), SkillTerms("Đếm sao đêm rằm", None)],
        conditions=[ConditionTerms(ConditionKind.DEGREE, rank=4)],
    )
    codes = [f"IT{number:02}" for number in range(1, 16)]
    many = make.need(
        session,
        skills=[*(make.skill(session, code) for code in codes), SkillTerms("Đếm sao đêm rằm", None)],
        conditions=[
            ConditionTerms(ConditionKind.DEGREE, rank=4),
            ConditionTerms(ConditionKind.SCOPE, unit_id=make.unit_id(session, "VN/12/"), unit_path="VN/12/"),
        ],
    )
    counted: list[int] = []
    for public_id in (few.public_id, many.public_id):
        session.commit()
        session.expunge_all()
        counted.append(statements(officer, f"/nhu-cau/{public_id}"))
    assert counted[0] == counted[1]


def test_the_page_of_a_need_says_what_it_asks_for(officer: Client, session: Session) -> None:
    need = make.need(
        session,
        skills=[
            make.skill(session, "IT01", 4, weight=3, is_essential=True, minimum=2),
            SkillTerms("Đếm sao đêm rằm", None),
        ],
        conditions=[
            ConditionTerms(ConditionKind.DEGREE, rank=4),
            ConditionTerms(ConditionKind.LANGUAGE, language="en", rank=4),
            ConditionTerms(ConditionKind.FIELD, field_codes=("748",)),
            ConditionTerms(ConditionKind.AVAILABLE, by_on=date(2027, 3, 1)),
            ConditionTerms(ConditionKind.EVIDENCE, evidence="verified"),
        ],
        experience_years=3,
        qualification_rank=5,
        description="Vận hành kho dữ liệu <b>y tế</b>",
    )
    page = officer.get(f"/nhu-cau/{need.public_id}").text
    for words in (
        "Python",
        "Bắt buộc",
        "tối thiểu bậc 2",
        "4 trên 5",
        "chờ duyệt",
        "Đại học trở lên",
        "Tiếng Anh, Bậc 4 (B2) trở lên",
        "01/03/2027",
        "Đã xác minh",
        "Từ 3 năm",
        "Thạc sĩ",
        "&lt;b&gt;y tế&lt;/b&gt;",
        "15/01/2027",
    ):
        assert words in page
    assert "<title>Nhu cầu NC-" in page or "Nhu cầu NC-" in page


@pytest.mark.parametrize(
    ("terms", "words"),
    [
        ({"expected_on": date(2026, 1, 5)}, "05/01/2026 (quá hạn"),
        ({"is_remote": True}, "tỉnh Lai Châu hoặc từ xa"),
        ({"unit_path": "", "is_remote": True, "organisation_path": ""}, "Từ xa"),
        ({"estimated_days": 12, "deliverable": "Báo cáo"}, "12 ngày làm việc"),
        ({"experience_years": 4, "experience_field": "748"}, "Từ 4 năm: "),
        ({"qualification_rank": 4, "qualification_fields": ("748",)}, "Đại học, ngành: "),
        ({"start_on": date(2027, 2, 1), "forms": ("advice",)}, "Nhận việc trước 01/02/2027; Tư vấn"),
    ],
)
def test_facts_are_said_in_words(client: Client, session: Session, terms: dict[str, Any], words: str) -> None:
    need = make.need(session, **terms)
    sign_in(client, account(session, Role.OFFICER, ""))
    assert words in client.get(f"/nhu-cau/{need.public_id}").text


def test_a_finished_need_counts_no_days_any_more(officer: Client, session: Session) -> None:
    need = make.need(session, state=NeedState.FILLED)
    page = officer.get(f"/nhu-cau/{need.public_id}").text
    assert "15/01/2027" in page
    assert "còn" not in page.split("15/01/2027")[1][:20]


def test_the_log_shows_who_and_when(officer: Client, session: Session) -> None:
    by = account(session, Role.OFFICER, name="Lò Thị Hạnh")
    need = make.need(session, state=NeedState.SUBMITTED, by=by.id)
    page = officer.get(f"/nhu-cau/{need.public_id}/nhat-ky").text
    assert "Lò Thị Hạnh" in page
    assert "Bản nháp → <b>Chờ duyệt</b>" in page


def test_auditors_read_needs_and_candidates_do_not(client: Client, session: Session) -> None:
    need = make.need(session)
    sign_in(client, account(session, Role.AUDITOR, ""))
    assert client.get(f"/nhu-cau/{need.public_id}").status_code == 200
    assert "Tạo nhu cầu" not in client.get("/nhu-cau").text
    sign_in(client, account(session, Role.CANDIDATE, ""))
    assert client.get("/nhu-cau").status_code == 403
    assert client.get(f"/nhu-cau/{need.public_id}").status_code == 403


def test_needs_are_for_those_signed_in(client: Client, session: Session) -> None:
    need = make.need(session)
    for path in ("/nhu-cau", f"/nhu-cau/{need.public_id}", "/nhu-cau/tao"):
        assert client.get(path).status_code in {302, 303, 401}
