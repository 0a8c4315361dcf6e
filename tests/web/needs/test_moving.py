"""Changing the state of a need through its page, and making a new need from it."""

import re
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from registry.accounts.rules import Role
from registry.needs.models import Need
from registry.needs.rules import NeedState
from tests.conftest import Client
from tests.factories import needs as make
from tests.factories.accounts import account, post, sign_in


@pytest.fixture
def officer(client: Client, session: Session) -> Client:
    sign_in(client, account(session, Role.OFFICER, "VN/12/"))
    return client


@pytest.fixture
def approver(client: Client, session: Session) -> Client:
    sign_in(client, account(session, Role.CAMPAIGN_ADMIN, "VN/12/"))
    return client


def move(client: Client, need: Need, target: str, **fields: str) -> Any:
    sent = {"target": target, "version": str(need.version)} | fields
    return post(client, f"/nhu-cau/{need.public_id}/chuyen", sent)


def test_an_officer_submits_and_an_approver_approves(officer: Client, session: Session) -> None:
    need = make.need(session)
    assert move(officer, need, "submitted").status_code == 303
    session.refresh(need)
    assert need.state is NeedState.SUBMITTED
    assert move(officer, need, "approved").status_code == 403
    sign_in(officer, account(session, Role.CAMPAIGN_ADMIN, "VN/12/"))
    assert move(officer, need, "approved").status_code == 303
    session.refresh(need)
    assert need.state is NeedState.APPROVED


def test_only_buttons_one_may_press_are_drawn(officer: Client, session: Session) -> None:
    need = make.need(session, state=NeedState.SUBMITTED)
    page = officer.get(f"/nhu-cau/{need.public_id}").text
    assert "Trả lại để sửa" in page
    assert 'value="approved"' not in page
    sign_in(officer, account(session, Role.CAMPAIGN_ADMIN, "VN/12/"))
    assert 'value="approved"' in officer.get(f"/nhu-cau/{need.public_id}").text
    sign_in(officer, account(session, Role.AUDITOR, ""))
    assert "Trả lại để sửa" not in officer.get(f"/nhu-cau/{need.public_id}").text


def test_an_approver_of_another_province_does_not_see_the_need(client: Client, session: Session) -> None:
    need = make.need(session, state=NeedState.SUBMITTED)
    sign_in(client, account(session, Role.CAMPAIGN_ADMIN, "VN/04/"))
    assert move(client, need, "approved").status_code == 404


def test_a_change_that_needs_a_reason_asks_for_it_and_keeps_it(officer: Client, session: Session) -> None:
    need = make.need(session, state=NeedState.OPEN)
    page = officer.get(f"/nhu-cau/{need.public_id}/chuyen?toi=on_hold")
    assert page.status_code == 200
    assert "Lý do" in page.text
    refused = move(officer, need, "on_hold", reason="")
    assert refused.status_code == 422
    assert "Nhập lý do" in refused.text
    session.refresh(need)
    assert need.state is NeedState.OPEN
    assert move(officer, need, "on_hold", reason="chờ ngân sách").status_code == 303
    assert "chờ ngân sách" in officer.get(f"/nhu-cau/{need.public_id}/nhat-ky").text


def test_a_refused_reason_stays_in_its_box(officer: Client, session: Session) -> None:
    need = make.need(session, state=NeedState.OPEN)
    refused = move(officer, need, "on_hold", reason="a" * 501)
    assert refused.status_code == 422
    assert "a" * 501 in refused.text


def test_the_same_change_sent_twice_is_done_once(officer: Client, session: Session) -> None:
    need = make.need(session)
    version = str(need.version)
    sent = {"target": "submitted", "version": version}
    answers = [post(officer, f"/nhu-cau/{need.public_id}/chuyen", sent) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    session.expire_all()
    assert [step.state for step in need.transitions] == [NeedState.DRAFT, NeedState.SUBMITTED]


def test_what_was_edited_meanwhile_is_not_approved_unseen(approver: Client, session: Session) -> None:
    need = make.need(session, state=NeedState.SUBMITTED)
    seen = str(need.version - 1)
    answer = post(approver, f"/nhu-cau/{need.public_id}/chuyen", {"target": "approved", "version": seen})
    assert answer.status_code == 303
    session.refresh(need)
    assert need.state is NeedState.SUBMITTED
    assert "vừa được người khác sửa" in approver.get(answer.headers["Location"]).text


def test_opening_without_an_expected_date_leads_to_the_form(approver: Client, session: Session) -> None:
    need = make.need(session, state=NeedState.APPROVED)
    need.expected_on = None
    session.commit()
    answer = move(approver, need, "open")
    assert answer.status_code == 303
    assert answer.headers["Location"] == f"/nhu-cau/{need.public_id}/sua?thieu=ngay#expected_on"
    session.refresh(need)
    assert need.state is NeedState.APPROVED


@pytest.mark.parametrize("target", ["", "khong-co", "OPEN"])
def test_an_unknown_state_is_a_bad_request(officer: Client, session: Session, target: str) -> None:
    assert move(officer, make.need(session), target).status_code == 400


def test_a_change_that_is_not_possible_says_so(officer: Client, session: Session) -> None:
    need = make.need(session)
    answer = move(officer, need, "filled")
    assert answer.status_code == 303
    assert "không chuyển như vậy được" in officer.get(answer.headers["Location"]).text


def test_a_change_without_a_token_is_refused(officer: Client, session: Session) -> None:
    need = make.need(session)
    fields = {"target": "submitted", "version": str(need.version)}
    assert officer.post(f"/nhu-cau/{need.public_id}/chuyen", data=fields).status_code == 400


def test_a_copy_opens_for_editing_and_a_second_click_makes_no_second_copy(
    officer: Client, session: Session
) -> None:
    need = make.need(session, state=NeedState.CANCELLED, skills=[make.skill(session, "IT01", 4)])
    page = officer.get(f"/nhu-cau/{need.public_id}").text
    key = re.search(r'name="submission" value="([0-9a-z]{26})"', page)
    assert key is not None
    answers = [post(officer, f"/nhu-cau/{need.public_id}/nhan-ban", {"submission": key[1]}) for _ in range(2)]
    assert answers[0].status_code == 303
    assert answers[0].headers["Location"] == answers[1].headers["Location"]
    assert session.scalar(select(func.count()).select_from(Need)) == 2
    assert officer.get(answers[0].headers["Location"]).status_code == 200


def test_a_copy_under_a_key_somebody_else_used_is_not_made(officer: Client, session: Session) -> None:
    need = make.need(session, by=account(session).id)
    need.submission_key = "b" * 26
    session.commit()
    answer = post(officer, f"/nhu-cau/{need.public_id}/nhan-ban", {"submission": "b" * 26})
    assert answer.status_code == 409
    assert session.scalar(select(func.count()).select_from(Need)) == 1
