"""Dangerous acts ask for password and code again after a quarter of an hour, and lose nothing that was typed."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from lxml import html as lxml_html
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.accounts.models import Account, AccountRole, AccountSession, AccountState
from registry.accounts.rules import Role
from registry.accounts.rules.second_factor import PROOF_LASTS
from registry.audit.models import AuditEvent
from tests.conftest import Client
from tests.factories.accounts import PASSWORD, account, form_token, fresh_code, post, sign_in

HTML: Any = lxml_html  # lxml ships no types
# Every view that must ask: endpoint → why it is dangerous.
ASK = {
    "accounts.change_password": "password",
    "accounts.submit_password": "password",
    "accounts.submit_email": "e-mail",
    "accounts.submit_enrolment": "second factor",
    "accounts.renew_recovery_codes": "second factor",
    "accounts.remove_second_factor": "second factor",
    "accounts.add_passkey": "second factor",
    "accounts.submit_new_passkey": "second factor",
    "accounts.remove_passkey": "second factor",
    "accounts.submit_link_own": "a way to sign in",
    "accounts.unlink_own": "a way to sign in",
    "accounts.submit_new": "roles",
    "accounts.add_role": "roles",
    "accounts.end_role": "roles",
    "api_tokens.create": "keys of other systems",
    "api_tokens.end": "keys of other systems",
    "accounts.change_state": "states",
    "accounts.reset_password": "password",
    "accounts.reset_factor": "second factor",
    "accounts.end_sign_ins": "sign-ins of others",
    "matching.select_people_sent": "exports",
    "exports.people": "exports",
    "exports.needs": "exports",
    "exports.ranking": "exports",
    "exports.shortlist": "exports",
    "exports.selection": "exports",
    "exports.take": "exports",
    "exports.person_format": "exports",
    "exports.cadres": "exports",
    "exports.candidacies": "exports",
    "exports.grants": "exports",
    "exports.commitments": "exports",
    "exports.training": "exports",
    "training.revoke": "what a profile proves",
    "papers.take": "exports",
    "papers.take_ranking": "exports",
    "papers.take_offer": "exports",
    "privacy.erase": "erasing people",
    "incidents.report": "state of an incident",
    "campaigns.order": "letters to many people",
    "open_data.publish": "what everybody sees",
    "open_data.withdraw_sent": "what everybody sees",
    "incidents.tell": "letters to many people",
    "incidents.close": "state of an incident",
    "grants.approve": "public money",
    "grants.refuse": "public money",
    "grants.do": "public money",
    "grants.waive": "public money",
    "grants.pay": "public money",
    "grants.undo_pay": "public money",
    "grants.fix": "public money",
    "policies.approve": "law",
    "policies.withdraw": "law",
    "duplicates.merge": "merges",
    "duplicates.undo": "merges",
}
NEW_ACCOUNT = {
    "email": "nguoi.moi@vidu.vn",
    "display_name": "Vừ A <Dính> & con",
    "role": "officer",
    "unit": "VN/12/",
    "commune": "",
}


@pytest.fixture
def administrator(client: Client, session: Session) -> Account:
    """Signed in as an administrator of the country whose last proof is just too old."""
    made = account(session, Role.SYSTEM_ADMIN, "")
    sign_in(client, made)
    grow_stale(session)
    return made


def grow_stale(session: Session) -> None:
    for entry in session.scalars(select(AccountSession)):
        entry.proved_at = datetime.now(UTC) - PROOF_LASTS - timedelta(seconds=1)
    session.commit()


def test_all_dangerous_acts_ask_and_nothing_else_does(app: Flask) -> None:
    asking = {name for name, view in app.view_functions.items() if hasattr(view, "asks_for_proof")}
    assert asking == set(ASK)


@pytest.mark.parametrize(
    "path",
    [
        "/xuat/ung-vien",
        "/xuat/nhu-cau",
        "/xuat/can-bo",
        "/xuat/xep-hang/{code}",
        "/xuat/danh-sach/{code}",
        "/xuat/lua-chon/{code}",
        "/ung-vien/{code}/dinh-dang-mo",
        "/ung-vien/{code}/cv",
        "/nhu-cau/{code}/xep-hang/in",
        "/de-xuat/{code}/in",
    ],
)
def test_whatever_leaves_asks_before_it_looks_for_what_is_asked_of_it(
    client: Client, session: Session, path: str
) -> None:
    sign_in(client, account(session, Role.OFFICER, ""))
    grow_stale(session)
    asked = post(client, path.format(code="a" * 26), {})
    assert asked.status_code == 200
    assert "Xác nhận là bạn" in asked.text


def test_a_file_that_is_fetched_leads_to_the_question(client: Client, session: Session) -> None:
    sign_in(client, account(session, Role.OFFICER, ""))
    grow_stale(session)
    asked = client.get(f"/xuat/tep/{'a' * 26}/tai")
    assert (asked.status_code, asked.headers["Location"].partition("?")[0]) == (303, "/tai-khoan/xac-nhan")


def test_a_key_of_the_api_is_made_and_ended_by_who_proved_it(client: Client, administrator: Account) -> None:
    for path in ("/he-thong/api/tao", f"/he-thong/api/{'a' * 26}/ket-thuc"):
        asked = post(client, path, {"name": "Kho dữ liệu của tỉnh"})
        assert asked.status_code == 200
        assert "Xác nhận là bạn" in asked.text


def test_a_form_comes_back_inside_the_question_and_is_done_with_the_answer(
    client: Client, session: Session, administrator: Account
) -> None:
    asked = post(client, "/nguoi-dung/tao", NEW_ACCOUNT)
    assert asked.status_code == 200
    assert "Xác nhận là bạn" in asked.text
    assert session.scalars(select(Account).where(Account.email == "nguoi.moi@vidu.vn")).all() == []
    form = HTML.fromstring(asked.text).forms[-1]
    assert form.action == "/nguoi-dung/tao"
    carried = {name: value for name, value in form.form_values() if name != "username"}
    assert {name: carried[name] for name in NEW_ACCOUNT} == NEW_ACCOUNT
    with client.session_transaction() as cookie:
        before = cookie["sign_in"]
    answers = {"proof_password": PASSWORD, "proof_code": fresh_code(session, administrator)}
    done = client.post(form.action, data=carried | answers)
    assert done.status_code == 200
    assert "Mật khẩu chỉ hiện lần này" in done.text
    made = session.scalars(select(Account).where(Account.email == "nguoi.moi@vidu.vn")).one()
    assert made.display_name == NEW_ACCOUNT["display_name"]
    with client.session_transaction() as cookie:
        assert cookie["sign_in"] != before
        cookie["sign_in"], after = before, cookie["sign_in"]
    assert client.get("/tai-khoan").status_code == 302
    with client.session_transaction() as cookie:
        cookie["sign_in"] = after
    again = post(client, "/nguoi-dung/tao", NEW_ACCOUNT | {"email": "nguoi.khac@vidu.vn"})
    assert "Mật khẩu chỉ hiện lần này" in again.text
    confirmed = session.scalars(select(AuditEvent).where(AuditEvent.action == "sign_in.confirmed")).one()
    assert confirmed.by_id == administrator.id


@pytest.mark.parametrize(
    ("password", "code", "words"),
    [
        ("sai", None, "Mật khẩu của bạn không đúng"),
        ("", None, "Nhập mật khẩu của bạn"),
        (PASSWORD, "000000", "Mã không đúng"),
        (PASSWORD, "", "Nhập mã 6 số"),
    ],
)
def test_a_wrong_answer_does_nothing_and_keeps_what_waits(
    client: Client, session: Session, administrator: Account, password: str, code: str | None, words: str
) -> None:
    given = fresh_code(session, administrator) if code is None else code
    answer = post(client, "/nguoi-dung/tao", NEW_ACCOUNT | {"proof_password": password, "proof_code": given})
    assert answer.status_code == 422
    assert words in answer.text
    assert "Vừ A &lt;Dính&gt; &amp; con" in answer.text
    assert password == "" or password not in re.sub(r"<label.*?</label>", "", answer.text)
    assert session.scalars(select(Account).where(Account.email == "nguoi.moi@vidu.vn")).all() == []
    assert client.get("/tai-khoan").status_code == 200


def test_a_code_proves_once(client: Client, session: Session, administrator: Account) -> None:
    made = account(session)
    proof = {"proof_password": PASSWORD, "proof_code": fresh_code(session, administrator)}
    path = f"/nguoi-dung/{made.public_id}"
    assert post(client, f"{path}/khoa", proof | {"reason": "thử"}).status_code == 303
    grow_stale(session)
    assert post(client, f"{path}/mo-khoa", proof | {"reason": "thử"}).status_code == 422
    session.refresh(made)
    assert made.state is AccountState.SUSPENDED


def test_several_values_of_one_name_are_all_carried(client: Client, session: Session) -> None:
    sign_in(client, account(session))
    grow_stale(session)
    fields = {"nguoi": ["a" * 26, "b" * 26], "muc_dich": "Gửi hội đồng"}
    asked = client.post("/lua-chon/tao", data={**fields, "csrf_token": form_token(client)})
    carried = HTML.fromstring(asked.text).forms[-1].form_values()
    assert [value for name, value in carried if name == "nguoi"] == fields["nguoi"]
    assert ("muc_dich", "Gửi hội đồng") in carried


def test_secrets_that_were_typed_do_not_travel_back(client: Client, session: Session) -> None:
    sign_in(client, account(session))
    grow_stale(session)
    fields = {"current": "mật cũ 123", "password": "mật mới 456", "again": "mật mới 456"}
    asked = post(client, "/tai-khoan/mat-khau", fields)
    assert "Xác nhận là bạn" in asked.text
    assert "mật cũ" not in asked.text
    assert "mật mới" not in asked.text


def test_a_page_that_asks_before_it_is_seen_leads_back(client: Client, session: Session) -> None:
    made = account(session)
    sign_in(client, made)
    grow_stale(session)
    asked = client.get("/tai-khoan/mat-khau")
    assert (asked.status_code, asked.headers["Location"]) == (
        303,
        "/tai-khoan/xac-nhan?next=/tai-khoan/mat-khau",
    )
    assert client.get(asked.headers["Location"]).status_code == 200
    proof = {"proof_password": PASSWORD, "proof_code": fresh_code(session, made)}
    answer = post(client, asked.headers["Location"], proof)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/tai-khoan/mat-khau")
    assert client.get("/tai-khoan/mat-khau").status_code == 200


@pytest.mark.parametrize("following", ["//evil.example", "https://evil.example", "/\\evil.example"])
def test_it_leads_nowhere_else(client: Client, session: Session, following: str) -> None:
    made = account(session)
    sign_in(client, made)
    proof = {"proof_password": PASSWORD, "proof_code": fresh_code(session, made)}
    answer = post(client, f"/tai-khoan/xac-nhan?next={following}", proof)
    assert answer.headers["Location"] == "/tai-khoan"


def test_who_has_no_second_factor_is_asked_for_the_password_alone(client: Client, session: Session) -> None:
    made = account(session, Role.CANDIDATE)
    sign_in(client, made)
    grow_stale(session)
    page = client.get("/tai-khoan/xac-nhan").text
    assert 'name="proof_password"' in page
    assert 'name="proof_code"' not in page
    assert post(client, "/tai-khoan/xac-nhan", {"proof_password": PASSWORD}).status_code == 303
    assert client.get("/tai-khoan/mat-khau").status_code == 200


@pytest.mark.parametrize(
    ("age", "is_asked"), [(timedelta(minutes=14, seconds=50), False), (PROOF_LASTS, True)]
)
def test_the_last_proof_counts_for_a_quarter_of_an_hour(
    client: Client, session: Session, age: timedelta, is_asked: bool
) -> None:
    sign_in(client, account(session, Role.SYSTEM_ADMIN, ""))
    entry = session.scalars(select(AccountSession)).one()
    entry.proved_at = datetime.now(UTC) - age
    page = post(client, "/nguoi-dung/tao", NEW_ACCOUNT).text
    assert ("Xác nhận là bạn" in page) == is_asked


def test_a_password_set_or_an_app_enrolled_proves_nothing_more(client: Client, session: Session) -> None:
    """What ends all sign-ins opens a new one with the proof of before, not a fresher one."""
    sign_in(client, account(session))
    entry = session.scalars(select(AccountSession)).one()
    entry.proved_at = datetime.now(UTC) - timedelta(minutes=10)
    fields = {"current": PASSWORD, "password": "một câu hoàn toàn khác", "again": "một câu hoàn toàn khác"}
    assert post(client, "/tai-khoan/mat-khau", fields).status_code == 303
    renewed = session.scalars(select(AccountSession).where(AccountSession.ended_at.is_(None))).one()
    assert renewed.proved_at == entry.proved_at


def test_rights_are_asked_before_the_proof(client: Client, session: Session) -> None:
    sign_in(client, account(session))
    grow_stale(session)
    assert post(client, "/nguoi-dung/tao", NEW_ACCOUNT).status_code == 403
    assert session.scalars(select(AccountRole)).all() != []
