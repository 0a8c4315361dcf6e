"""What happens to an approved need that is changed: its words may be mended, its substance is approved again."""

import re
from datetime import date, timedelta
from json import loads
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.accounts.rules import Role
from registry.audit.models import AuditEvent
from registry.needs import operations
from registry.needs.models import Need
from registry.needs.operations.terms import condition_terms_of, skill_terms_of, terms_of
from registry.needs.rules import ConditionKind, ConditionTerms, NeedState, SkillTerms
from registry.needs.views.typed import typed_need
from registry.skills.models import PendingTerm
from registry.skills.queries import skills_by_code
from registry.skills.rules import PendingState
from tests.conftest import Client
from tests.factories import needs as make
from tests.factories.accounts import account, post, sign_in
from tests.factories.needs import AT
from tests.web.needs.test_writing import grouped

LATER = AT + timedelta(hours=1)
APPROVED = [NeedState.APPROVED, NeedState.OPEN, NeedState.ON_HOLD]


def revise(session: Session, need: Need, *, by: int | None = None, **changes: Any) -> operations.Revision:
    """Revise as a form does: everything stays but what is given."""
    skills = changes.pop("skills", skill_terms_of(need))
    conditions = changes.pop("conditions", condition_terms_of(need))
    return operations.revise_need(
        session,
        need,
        terms_of(need, **changes),
        skills=skills,
        conditions=conditions,
        version=need.version,
        by=by,
        at=LATER,
    )


def need_of(session: Session, state: NeedState = NeedState.OPEN, **terms: Any) -> Need:
    return make.need(session, state=state, skills=[make.skill(session, "IT01", 4)], **terms)


@pytest.mark.parametrize("state", APPROVED)
def test_more_people_than_were_approved_wait_for_approval(session: Session, state: NeedState) -> None:
    need, by = need_of(session, state), account(session).id
    revision = revise(session, need, by=by, headcount=50)
    assert (need.state, revision.is_sent_back) == (NeedState.SUBMITTED, True)
    assert revision.changed == {"headcount"}
    assert [step.state for step in need.transitions][-2:] == [state, NeedState.SUBMITTED]
    assert need.transitions[-1].by == by


@pytest.mark.parametrize(
    "change",
    [
        {"expected_on": date(2027, 6, 1)},
        {"start_on": date(2027, 6, 1)},
        {"forms": ("remote",)},
        {"legal_basis": "Văn bản khác"},
        {"deliverable": "Báo cáo"},
        {"shares": (60, 10, 15, 10, 5)},
        {"experience_years": 3},
        {"is_remote": True},
        {"conditions": [ConditionTerms(ConditionKind.DEGREE, rank=5)]},
        {"skills": []},
    ],
)
def test_every_term_that_was_approved_is_substance(session: Session, change: dict[str, Any]) -> None:
    need = need_of(session)
    assert revise(session, need, **change).is_sent_back
    assert need.state is NeedState.SUBMITTED


@pytest.mark.parametrize("state", APPROVED)
@pytest.mark.parametrize("change", [{"title": "Kĩ sư dữ liệu"}, {"note": "x"}, {"description": "x"}])
def test_words_are_mended_without_approval(
    session: Session, state: NeedState, change: dict[str, Any]
) -> None:
    need = need_of(session, state)
    steps = len(need.transitions)
    assert not revise(session, need, **change).is_sent_back
    assert need.state is state
    assert len(need.transitions) == steps


def test_a_change_is_one_event_that_holds_the_terms_and_the_state(session: Session) -> None:
    need = need_of(session)
    revise(session, need, headcount=50)
    event = session.scalars(
        select(AuditEvent).where(AuditEvent.subject_id == need.public_id).order_by(AuditEvent.id.desc())
    ).first()
    assert event is not None
    assert event.action == "need.revised"
    assert loads(event.content)["changes"] == {"headcount": [2, 50], "state": ["open", "submitted"]}


def test_changing_only_the_skills_of_an_open_need_asks_again_too(session: Session) -> None:
    need = need_of(session)
    operations.set_skills(session, need, [make.skill(session, "IT01", 2)], by=None, at=LATER)
    assert need.state is NeedState.SUBMITTED


def test_a_draft_stays_a_draft(session: Session) -> None:
    need = need_of(session, NeedState.DRAFT)
    assert not revise(session, need, headcount=50).is_sent_back
    assert need.state is NeedState.DRAFT


def test_a_need_approved_again_keeps_the_day_it_was_first_opened(session: Session) -> None:
    need = need_of(session)
    revise(session, need, headcount=50)
    for state in (NeedState.APPROVED, NeedState.OPEN):
        operations.move_need(session, need, state, by=None, at=AT + timedelta(days=40))
    assert need.opened_on == date(2026, 11, 25)


def test_a_waiting_text_that_a_curator_labelled_is_still_the_same_request(session: Session) -> None:
    need = make.need(session, state=NeedState.OPEN, skills=[SkillTerms("Đếm sao đêm rằm", None)])
    python = skills_by_code(session, ["IT01"])["IT01"]
    term = session.scalars(select(PendingTerm)).one()
    term.state, term.skill_id = PendingState.LABELLED, python.id
    session.flush()
    revision = revise(session, need, note="x", skills=[SkillTerms("Đếm sao đêm rằm", python.id)])
    assert not revision.is_sent_back
    assert need.state is NeedState.OPEN
    assert need.skills[0].skill_id == python.id


@pytest.fixture
def officer(client: Client, session: Session) -> Client:
    sign_in(client, account(session, Role.OFFICER, "VN/12/", name="Lò Thị Hạnh"))
    return client


def sent(need: Need, **change: Any) -> dict[str, Any]:
    """What the edit form of the need sends, with a change."""
    return grouped(list(typed_need(need).items(multi=True))) | {"version": str(need.version)} | change


def with_place(session: Session, state: NeedState) -> Need:
    """A need whose form can be sent as it is: the organisation is one that can be typed again."""
    workplace = make.organisation(session)
    return need_of(session, state, organisation_id=workplace.id, organisation_path=workplace.path)


@pytest.mark.parametrize("state", APPROVED)
def test_the_edit_page_says_before_saving_what_will_happen(
    officer: Client, session: Session, state: NeedState
) -> None:
    page = officer.get(f"/nhu-cau/{with_place(session, state).public_id}/sua").text
    assert "Nhu cầu đã duyệt" in page
    assert "phải duyệt lại" in page
    assert "bảng xếp hạng đã lưu giữ nguyên" in page


def test_the_edit_page_of_a_draft_says_nothing_of_it(officer: Client, session: Session) -> None:
    assert "phải duyệt lại" not in officer.get(f"/nhu-cau/{make.need(session).public_id}/sua").text


def test_a_form_saved_as_it_came_sends_nothing_back(officer: Client, session: Session) -> None:
    need = with_place(session, NeedState.OPEN)
    assert post(officer, f"/nhu-cau/{need.public_id}/sua", sent(need)).status_code == 303
    session.refresh(need)
    assert need.state is NeedState.OPEN


def test_saving_a_change_of_substance_says_that_it_waits_and_why(officer: Client, session: Session) -> None:
    need = with_place(session, NeedState.OPEN)
    answer = post(officer, f"/nhu-cau/{need.public_id}/sua", sent(need, headcount="50", note="Gấp"))
    assert answer.status_code == 303, answer.text
    session.refresh(need)
    assert need.state is NeedState.SUBMITTED
    page = officer.get(f"/nhu-cau/{need.public_id}").text
    assert "trở lại «Chờ duyệt» vì đã đổi: số người cần" in page


def test_the_page_shows_who_changed_what_since_the_approval(officer: Client, session: Session) -> None:
    need = with_place(session, NeedState.OPEN)
    post(
        officer,
        f"/nhu-cau/{need.public_id}/sua",
        sent(
            need,
            headcount="50",
            note="Gấp",
            title="Kỹ sư dữ liệu",
            skill_text="Kế toán",
            degree_rank="5",
            workplace="",
            forms=["remote"],
        ),
    )
    page = officer.get(f"/nhu-cau/{need.public_id}").text
    assert "Thay đổi từ khi được duyệt" in page
    changes = page.split("Thay đổi từ khi được duyệt")[1].split("</section>")[0]
    for words in (
        "Lò Thị Hạnh",
        "2 → 50",
        "«Kỹ sư dữ liệu y tế» → «Kỹ sư dữ liệu»",
        "thêm Kế toán",
        "thêm Trình độ tối thiểu",
        "Làm từ xa",
        "Ghi chú",
    ):
        assert words in changes
    assert "Gấp" not in changes


def test_after_the_second_approval_the_changes_are_settled(officer: Client, session: Session) -> None:
    need = with_place(session, NeedState.OPEN)
    post(officer, f"/nhu-cau/{need.public_id}/sua", sent(need, headcount="50"))
    session.refresh(need)
    sign_in(officer, account(session, Role.CAMPAIGN_ADMIN, "VN/12/"))
    fields = {"target": "approved", "version": str(need.version)}
    assert post(officer, f"/nhu-cau/{need.public_id}/chuyen", fields).status_code == 303
    session.refresh(need)
    assert need.state is NeedState.APPROVED
    assert "Thay đổi từ khi được duyệt" not in officer.get(f"/nhu-cau/{need.public_id}").text


def test_nobody_approves_what_they_put_forward_themselves(client: Client, session: Session) -> None:
    admin = account(session, Role.CAMPAIGN_ADMIN, "VN/12/")
    sign_in(client, admin)
    need = with_place(session, NeedState.OPEN)
    post(client, f"/nhu-cau/{need.public_id}/sua", sent(need, headcount="50"))
    session.refresh(need)
    page = client.get(f"/nhu-cau/{need.public_id}").text
    assert 'value="approved"' not in page
    assert "người khác duyệt" in page
    fields = {"target": "approved", "version": str(need.version)}
    refused = post(client, f"/nhu-cau/{need.public_id}/chuyen", fields)
    assert refused.status_code == 303
    assert "người khác duyệt" in client.get(refused.headers["Location"]).text
    session.refresh(need)
    assert need.state is NeedState.SUBMITTED
    sign_in(client, account(session, Role.CAMPAIGN_ADMIN, "VN/12/"))
    assert 'value="approved"' in client.get(f"/nhu-cau/{need.public_id}").text
    assert post(client, f"/nhu-cau/{need.public_id}/chuyen", fields).status_code == 303
    session.refresh(need)
    assert need.state is NeedState.APPROVED


def test_who_changes_a_submitted_need_has_put_it_forward(session: Session) -> None:
    first, second = account(session).id, account(session, Role.CAMPAIGN_ADMIN).id
    need = make.need(session, state=NeedState.SUBMITTED, by=first)
    revise(session, need, by=second, note="x")
    assert need.put_forward_by == first
    revise(session, need, by=second, headcount=9)
    assert (need.state, need.put_forward_by) == (NeedState.SUBMITTED, second)


def test_the_log_says_why_an_open_need_waits_again(officer: Client, session: Session) -> None:
    need = with_place(session, NeedState.OPEN)
    post(officer, f"/nhu-cau/{need.public_id}/sua", sent(need, headcount="50"))
    page = officer.get(f"/nhu-cau/{need.public_id}/nhat-ky").text
    assert "Đang tuyển chọn → <b>Chờ duyệt</b>" in page
    assert "Nội dung đã duyệt được sửa" in page


@pytest.mark.parametrize("state", [NeedState.SUBMITTED, NeedState.OPEN])
def test_a_date_once_due_is_not_taken_away(officer: Client, session: Session, state: NeedState) -> None:
    need = with_place(session, state)
    answer = post(officer, f"/nhu-cau/{need.public_id}/sua", sent(need, expected_on=["", "", ""]))
    assert answer.status_code == 422
    assert re.search(r'href="#expected_on">Nhập ngày cần người', answer.text)


def test_submitting_without_a_date_leads_to_the_field_that_says_so(officer: Client, session: Session) -> None:
    need = make.need(session, expected_on=None)
    fields = {"target": "submitted", "version": str(need.version)}
    answer = post(officer, f"/nhu-cau/{need.public_id}/chuyen", fields)
    assert answer.status_code == 303
    assert answer.headers["Location"] == f"/nhu-cau/{need.public_id}/sua?thieu=ngay#expected_on"
    page = officer.get(answer.headers["Location"]).text
    assert 'href="#expected_on">Nhập ngày cần người trước khi gửi duyệt' in page
    session.refresh(need)
    assert need.state is NeedState.DRAFT


def test_the_label_of_the_date_says_when_it_is_due(officer: Client) -> None:
    page = officer.get("/nhu-cau/tao").text
    legend = page.split('id="expected_on"')[1].split("</fieldset>")[0]
    assert "không bắt buộc" not in legend
    assert "phải có khi gửi duyệt" in legend
