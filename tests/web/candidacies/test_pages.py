"""The pages of both sides: opened with a press, moved on the board, decided, told in plain words, answered."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.accounts.rules import Role
from registry.audit.models import AuditEvent
from registry.candidacies.models import Candidacy, ExpertOpinion, Nomination
from registry.candidacies.operations import ask_expert, leading_to, move
from registry.candidacies.operations.work import closing
from registry.candidacies.rules import Stage
from registry.needs.operations import move_need
from registry.needs.rules import NeedState
from tests.conftest import Client, browser
from tests.factories.accounts import account, post, sign_in
from tests.factories.candidacies import Considered, other_officer, second, selected
from tests.factories.candidates import candidate
from tests.factories.introductions import PAPERS
from tests.factories.letters import SweepWork, waiting_letters
from tests.factories.pages import opened, words_of
from tests.factories.people import ANONYMOUS, AT
from tests.web.exports.test_lists import exported, rows_of
from tests.web.matching.test_pages import counted

OWN = "/toi/ung-tuyen"
WORDS = "Cần thêm chứng chỉ về an toàn dữ liệu"


def board(met: Considered) -> str:
    return f"/nhu-cau/{met.need.public_id}/ung-tuyen"


def day(days: int) -> list[str]:
    moved = datetime.now(UTC) + timedelta(days=days)
    return [str(moved.day), str(moved.month), str(moved.year)]


def own_page(theirs: Client) -> str:
    return words_of(opened(theirs, OWN))


def test_people_are_taken_in_with_a_press_and_moved_on_the_board(
    desk: Client, session: Session, met: Considered
) -> None:
    rival = candidate(session, "Giàng A Lử", ("IT15", 3))
    session.commit()
    both = {"nguoi": [met.person.public_id, rival.public_id], "nguon": "suggested"}
    assert post(desk, board(met), both).headers["Location"] == board(met)
    assert len(session.scalars(select(Candidacy)).all()) == 2
    assert post(desk, board(met)).status_code == 303  # nobody was picked
    for shown in (board(met), f"{board(met)}?xem=bang", "/ung-tuyen", "/ung-tuyen?qua-han=1"):
        assert rival.full_name in desk.get(shown).text or "qua-han" in shown
    assert met.need.title in words_of(
        opened(desk, f"/ung-vien/{rival.public_id}").xpath("//section[@id='ung-tuyen']")[0]
    )
    sent = post(desk, f"{met.page}/chuyen", {"move-stage": "shortlisted", "ve": "bang"})
    assert sent.headers["Location"] == board(met)
    assert "sang «Vào danh sách ngắn». Hoàn tác được trong 10 phút." in desk.get(board(met)).text
    assert "Hoàn tác được trong 10 phút" in desk.get(met.page).text
    assert post(desk, f"{met.page}/hoan-tac").status_code == 303
    history = words_of(opened(desk, met.page).xpath("//section[@id='lich-su']")[0])
    assert "Vào danh sách ngắn đã hoàn tác" in history
    refused = post(desk, f"{met.page}/chuyen", {"move-stage": "removed", "move-shared": "y"})
    assert refused.status_code == 422
    assert "Chọn lý do, hoặc ghi rõ trong ghi chú" in refused.text
    assert post(desk, f"{met.page}/chuyen", {"move-stage": "signed"}).status_code == 422


def test_before_contact_no_stage_is_told_and_outcomes_differ(
    theirs: Client, desk: Client, session: Session, met: Considered
) -> None:
    title = met.need.title
    assert f"Hồ sơ của bạn đã được xem cho «{title}»." in own_page(theirs)
    assert "Được gợi ý" not in own_page(theirs)
    move(session, met.candidacy, Stage.REMOVED, reason="no_answer", by=met.officer.id, at=AT)
    assert "Đây không phải là kết quả trượt" not in own_page(theirs)
    move(session, met.candidacy, Stage.INTERESTED, reason="other", by=met.officer.id, at=AT)
    move(session, met.candidacy, Stage.REMOVED, reason="no_answer", by=met.officer.id, at=AT)
    session.commit()
    removed = own_page(theirs)
    assert "chưa xét để chọn hay không chọn" in removed
    assert "Không liên lạc được" not in removed
    sent = {
        "decision-outcome": "not_selected",
        "decision-reason": "evidence_missing",
        "decision-words": WORDS,
    }
    move(session, met.candidacy, Stage.INTERESTED, reason="other", by=met.officer.id, at=AT)
    session.commit()
    assert post(desk, f"{met.page}/quyet-dinh/tuyen-chon", sent).status_code == 303
    told = own_page(theirs)
    assert "Đơn vị đã xét và không chọn bạn cho nhu cầu này." in told
    assert WORDS not in told
    assert len(waiting_letters(session, "candidacy_moved")) == 1
    assert title not in waiting_letters(session, "candidacy_moved")[0].body
    shared = {**sent, "decision-shared": "y"}
    assert post(desk, f"{met.page}/quyet-dinh/tuyen-chon", shared).status_code == 303
    assert WORDS in own_page(theirs)
    assert "Chưa có minh chứng cho điều đã khai" in own_page(theirs)
    with theirs.session_transaction() as cookie:
        cookie["language"] = "en"
    assert "No evidence yet for what was stated" in own_page(theirs)


def test_a_need_that_closed_first_is_no_result(theirs: Client, session: Session, met: Considered) -> None:
    move(session, met.candidacy, Stage.INTERVIEWED, by=met.officer.id, at=AT)
    move_need(session, met.need, NeedState.CANCELLED, by=None, at=AT, reason="Thôi tuyển")
    session.commit()
    told = own_page(theirs)
    assert "Nhu cầu đã đóng trước khi đơn vị quyết định về bạn." in told
    assert "Rút khỏi" not in told
    run: Any = SweepWork(session, AT)
    closed: Any = closing(lambda _session: leading_to(PAPERS, "https://nhanluc.vidu.vn"))(run)
    assert closed == {"closed": 1}
    assert met.candidacy.stage is Stage.REMOVED
    assert "Nhu cầu đã đóng trước khi đơn vị quyết định về bạn." in own_page(theirs)
    assert len(waiting_letters(session, "candidacy_moved")) == 1


def test_an_invitation_is_answered_and_one_candidacy_left(
    theirs: Client, session: Session, met: Considered
) -> None:
    one, by = met.candidacy, met.officer.id
    other = second(session, met)
    for each in (one, other):
        move(session, each, Stage.INVITED, by=by, at=AT)
    session.commit()
    assert "Có lời mời hoặc đề nghị nhận việc chờ bạn trả lời" in theirs.get("/toi").text
    assert post(theirs, f"{OWN}/{one.public_id}/nhan").status_code == 303
    assert post(theirs, f"{OWN}/{one.public_id}/nhan").status_code == 303  # nothing to answer any more
    assert opened(theirs, f"{OWN}/{one.public_id}/rut") is not None
    assert post(theirs, f"{OWN}/{one.public_id}/rut", {"reason": "nothing"}).status_code == 422
    assert (
        post(theirs, f"{OWN}/{one.public_id}/rut", {"reason": "personal", "note": "Xin lỗi"}).status_code
        == 303
    )
    assert post(theirs, f"{OWN}/{other.public_id}/tu-choi").status_code == 303
    session.expire_all()
    assert (one.stage, other.stage) == (Stage.WITHDRAWN, Stage.DECLINED)


def test_signing_tells_the_owner_of_what_closed(desk: Client, session: Session, met: Considered) -> None:
    other = second(session, met)
    other.owner_id = other_officer(session).id
    met.need.headcount = 1
    selected(session, met.candidacy, met.officer.id)
    sent = post(desk, f"{met.page}/chuyen", {"move-stage": "signed"}, follow_redirects=True)
    assert "Nhu cầu đã đủ người ký." in sent.text
    assert "Đã đủ người" in desk.get(board(met)).text
    [letter] = waiting_letters(session, "candidacy_elsewhere")
    assert met.person.full_name not in letter.body
    colleague = browser(desk.application, session)
    sign_in(colleague, other.owner)  # pyright: ignore[reportArgumentType]
    session.expire_all()
    other.closed_at = datetime.now(UTC)
    session.commit()
    assert "vừa đóng vì người ứng tuyển nhận việc nơi khác" in colleague.get("/").text
    assert met.person.full_name in colleague.get("/ung-tuyen").text


def test_a_declared_tie_blocks_and_the_block_is_logged(
    desk: Client, session: Session, met: Considered
) -> None:
    assert post(desk, f"{met.page}/khai-bao", {"tie-kind": "family"}).status_code == 303
    assert "Bạn không quyết định được" in desk.get(met.page).text
    sent = {"decision-outcome": "referred", "decision-reason": "meets_need"}
    answer = post(desk, f"{met.page}/quyet-dinh/gioi-thieu", sent, follow_redirects=True)
    assert "đã khai báo quan hệ gia đình" in answer.text
    assert "candidacy.blocked" in set(session.scalars(select(AuditEvent.action)))
    colleague = browser(desk.application, session)
    sign_in(colleague, other_officer(session))
    allowed = {"allow-account": met.officer.public_id, "allow-reason": "Chỉ có một cán bộ"}
    assert post(colleague, f"{met.page}/cho-phep", allowed).status_code == 303
    assert "Các bước sau mở ra khi ghi quyết định «Giới thiệu»" in desk.get(met.page).text
    assert post(desk, f"{met.page}/quyet-dinh/gioi-thieu", sent).status_code == 303
    decided = desk.get(met.page).text
    assert "Đã giới thiệu, chờ tuyển chọn" in decided
    assert "Đã chuyển sang «Đã giới thiệu»." in decided
    assert post(desk, f"{met.page}/het-quan-he").status_code == 303


def test_interviews_next_steps_and_what_is_refused_keeps_what_was_typed(
    desk: Client, session: Session, met: Considered
) -> None:
    late = {"interview-held_on": day(2), "interview-who": "Hội đồng", "interview-words": WORDS}
    refused = post(desk, f"{met.page}/phong-van", late)
    assert refused.status_code == 422
    assert WORDS in refused.text
    assert "Ngày phỏng vấn chưa đến" in refused.text
    held = {**late, "interview-held_on": day(-1), "interview-skill": "8"}
    assert post(desk, f"{met.page}/phong-van", held).status_code == 303
    assert "Chuyên môn: 8/10" in desk.get(met.page).text
    plan = {"next-step": "decide", "next-due_on": day(5), "next-owner": met.officer.public_id}
    assert post(desk, f"{met.page}/viec", plan).status_code == 303
    assert post(desk, f"{met.page}/viec", {**plan, "next-due_on": ["31", "2", "2027"]}).status_code == 422
    auditor = browser(desk.application, session)
    sign_in(auditor, account(session, Role.AUDITOR, "", name="Hoàng Văn Tín"))
    read = auditor.get(met.page).text
    assert met.person.full_name not in read
    assert met.person.code in read
    assert WORDS not in read


def test_an_expert_is_asked_answers_and_steps_aside(
    theirs: Client, desk: Client, session: Session, met: Considered
) -> None:
    rival = candidate(session, "Giàng A Lử", ("IT15", 3))
    session.commit()
    assert post(desk, board(met), {"mot": rival.public_id}).status_code == 303
    one = session.scalars(select(Candidacy).where(Candidacy.person_id == rival.id)).one()
    assert "Chưa có chuyên gia nào hỏi được" in desk.get(f"/ung-tuyen/{one.public_id}/phan-bien").text
    due = (datetime.now(UTC) + timedelta(days=3)).date()
    asked = ask_expert(
        session, one, met.person, question="Có đủ không?", due_on=due, by=met.officer.id, at=AT
    )
    session.commit()
    way = f"/toi/phan-bien/{asked.public_id}"
    assert "Có đơn vị hỏi ý kiến chuyên gia của bạn" in theirs.get("/toi").text
    page = words_of(opened(theirs, way))
    assert rival.full_name not in page
    assert rival.code in page
    assert post(theirs, way, {"words": WORDS}).status_code == 422
    assert post(theirs, way, {"recommendation": "conditional", "words": WORDS}).status_code == 303
    assert WORDS in desk.get(f"/ung-tuyen/{one.public_id}").text
    again = ask_expert(session, one, met.person, question="Còn gì?", due_on=due, by=met.officer.id, at=AT)
    session.commit()
    assert post(theirs, f"/toi/phan-bien/{again.public_id}/khong-tham-gia").status_code == 303
    session.expire_all()
    assert [row.state for row in session.scalars(select(ExpertOpinion).order_by(ExpertOpinion.id))] == [
        "submitted",
        "recused",
    ]


def test_one_stands_oneself_and_answers_who_put_one_forward(
    theirs: Client, desk: Client, session: Session, met: Considered
) -> None:
    other = second(session, met).need
    one = session.scalars(select(Candidacy).where(Candidacy.need_id == other.id)).one()
    move(session, one, Stage.REMOVED, reason="need_changed", by=met.officer.id, at=AT)
    session.commit()
    way = f"/toi/nhu-cau/{other.public_id}/ung-cu"
    assert post(theirs, way, {"ground": ""}).status_code == 422
    assert post(theirs, way, {"ground": "Tôi làm được việc này"}).status_code == 303
    assert "Đơn vị biết bạn quan tâm." in own_page(theirs)
    move(session, met.candidacy, Stage.REMOVED, reason="need_changed", by=met.officer.id, at=AT)
    session.commit()
    way = f"/nhu-cau/{met.need.public_id}/tien-cu/{met.person.public_id}"
    assert post(desk, way, {"ground": " "}).status_code == 422
    assert post(desk, way, {"ground": WORDS}).status_code == 303
    again = post(desk, way, {"ground": WORDS})
    assert again.status_code == 422
    assert "Đã có tiến cử" in again.text
    assert len(waiting_letters(session, "nomination_waits")) == 1
    put = session.scalars(select(Nomination).where(Nomination.is_own.is_(False))).one()
    assert WORDS in own_page(theirs)
    assert post(theirs, f"{OWN}/tien-cu/{put.public_id}/dong-y").status_code == 303
    assert post(theirs, f"{OWN}/tien-cu/{put.public_id}/tu-choi").status_code == 303  # answered already
    assert WORDS not in own_page(theirs)


@pytest.mark.parametrize("address", ["{page}", "{page}/phan-bien"])
def test_an_officer_of_another_province_sees_nothing(
    client: Client, session: Session, met: Considered, address: str
) -> None:
    sign_in(client, account(session, Role.OFFICER, "VN/01/", name="Người Hà Nội"))
    assert client.get(address.format(page=met.page)).status_code == 404
    assert met.person.code not in client.get("/ung-tuyen").text


def test_candidacies_leave_as_a_file_masked_as_on_the_page(
    desk: Client, session: Session, met: Considered
) -> None:
    second(session, met)
    hidden = candidate(session, "Giàng A Lử", ("IT15", 3), consents=ANONYMOUS)
    post(desk, board(met), {"mot": hidden.public_id})
    columns = ["code", "full_name", "need_code", "stage", "next_step", "owner"]
    rows = rows_of(desk, exported(desk, "/xuat/ung-tuyen", columns=columns))
    assert [row["Mã hồ sơ"] for row in rows].count(met.person.code) == 2
    assert {row["Bước"] for row in rows} == {"Được gợi ý"}
    assert f"Hồ sơ ẩn danh {hidden.code}" in {row["Họ và tên"] for row in rows}
    of_need = rows_of(desk, exported(desk, f"/xuat/ung-tuyen?nhu-cau={met.need.public_id}", columns=columns))
    assert {row["Mã nhu cầu"] for row in of_need} == {met.need.code}
    assert len(of_need) == 2


def test_board_and_register_take_a_fixed_number_of_statements(
    desk: Client, session: Session, met: Considered
) -> None:
    places = (board(met), f"{board(met)}?xem=bang", "/ung-tuyen")
    for place in places:
        desk.get(place)  # what is built once a process
    few = [_sent(desk, session, place) for place in places]
    more = [candidate(session, f"Giàng A Lử {number}", ("IT15", 3)).public_id for number in range(6)]
    session.commit()
    post(desk, board(met), {"nguoi": more})
    many = [_sent(desk, session, place) for place in places]
    # The event in the log has one row more for each further person that is shown.
    assert all(after <= before + len(more) for before, after in zip(few, many, strict=True)), (few, many)


def _sent(desk: Client, session: Session, place: str) -> int:
    """How many statements a page sends."""
    session.expire_all()
    with counted(session) as sent:
        assert desk.get(place).status_code == 200
    return len(sent)
