"""Enrolling, recovery codes, going without, and an administrator's help to somebody who lost it."""

import re
from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.accounts.models import Account, AccountSession, Alert, Passkey, RecoveryCode
from registry.accounts.operations import grant_role, renew_recovery_codes, secret_kept
from registry.accounts.queries import recovery_codes_left
from registry.accounts.rules import Role, Scope
from registry.accounts.rules.second_factor import code_of, step_at
from registry.audit.models import AuditEvent
from registry.web.clock import today
from tests.conftest import Client, browser
from tests.factories.accounts import SECRET, account, post, sign_in
from tests.factories.api import is_refused_as_program

ENROL = "/tai-khoan/hai-lop"
# What is open before enrolment to whoever must enrol.
OPEN = {
    "/api/v1/openapi.json",
    "/healthz",
    "/readyz",
    "/tai-khoan/hai-lop",
    "/tai-khoan/mat-khau",
    "/tai-khoan/xac-nhan",
}


def offered(client: Client) -> str:
    """The secret that the page shows for typing."""
    page = client.get(ENROL)
    assert page.status_code == 200
    found = re.search(r'<code class="secret"[^>]*>([A-Z2-7 ]+)</code>', page.text)
    assert found
    return found[1].replace(" ", "")


def code_now(secret: str) -> str:
    return code_of(secret, step_at(datetime.now(UTC)))


def enrolled(client: Client) -> list[str]:
    """Enrol; the recovery codes that are shown."""
    answer = post(client, ENROL, {"code": code_now(offered(client))})
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    return re.findall(r"<code>([a-z0-9]{5}-[a-z0-9]{5})</code>", answer.text)


def test_whoever_must_have_a_second_factor_and_has_none_gets_nowhere_else(
    app: Flask, client: Client, session: Session
) -> None:
    sign_in(client, account(session, Role.SYSTEM_ADMIN, "", has_factor=False))
    elsewhere: list[str] = []
    asked = 0
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or set()) or rule.endpoint == "static" or rule.rule in OPEN:
            continue
        path = re.sub(r"<any\('?([\w-]+)'?[^>]*>", r"\1", rule.rule)
        answer = client.get(re.sub(r"<[^>]+>", "x", path))
        asked += 1
        if is_refused_as_program(rule, answer):
            continue
        if (answer.status_code, answer.headers.get("Location")) != (303, ENROL):
            elsewhere.append(f"{rule.rule}: {answer.status_code}")
    assert elsewhere == []
    assert asked > 60
    assert post(client, "/nguoi-dung/tao", {"email": "a@vidu.vn"}).headers["Location"] == ENROL
    assert client.get("/nguoi-dung", headers={"HX-Request": "true"}).headers["HX-Redirect"] == ENROL
    page = client.get(ENROL).text
    assert "Vai trò của bạn cần đăng nhập hai lớp" in page
    assert "/nguoi-dung" not in page


def test_enrolling_opens_the_rest_shows_ten_codes_once_and_renews_the_sign_in(
    client: Client, session: Session
) -> None:
    made = account(session, Role.SYSTEM_ADMIN, "", has_factor=False)
    elsewhere = browser(client.application, session)
    sign_in(elsewhere, made)
    sign_in(client, made)
    with client.session_transaction() as cookie:
        before = cookie["sign_in"]
    codes = enrolled(client)
    assert len(set(codes)) == 10
    with client.session_transaction() as cookie:
        assert cookie["sign_in"] != before
    assert client.get("/nguoi-dung").status_code == 200
    assert elsewhere.get("/tai-khoan").status_code == 302
    assert all(code not in client.get("/tai-khoan").text for code in codes)
    assert "Mã dự phòng chưa dùng" in client.get("/tai-khoan").text
    kept = session.scalars(select(RecoveryCode)).all()
    assert all(len(row.code_hash) == 64 for row in kept)
    event = session.scalars(select(AuditEvent).where(AuditEvent.action == "second_factor.enrolled")).one()
    assert event.by_id == made.id


def test_the_code_of_enrolment_does_not_open_a_sign_in(client: Client, session: Session) -> None:
    made = account(session, Role.OFFICER, has_factor=False)
    sign_in(client, made)
    code = code_now(offered(client))
    assert post(client, ENROL, {"code": code}).status_code == 200
    session.refresh(made)
    assert made.totp_step is not None
    assert made.totp_step >= step_at(datetime.now(UTC)) - 1


def test_looking_at_the_secret_writes_nothing_and_shows_it_again(client: Client, session: Session) -> None:
    made = account(session, has_factor=False)
    sign_in(client, made)
    assert offered(client) == offered(client)
    answer = post(client, ENROL, {"code": "000000"})
    assert answer.status_code == 422
    assert "Mã không khớp" in answer.text
    session.refresh(made)
    assert (made.totp_sealed, made.totp_since) == (None, None)


def test_each_sign_in_is_offered_another_secret_and_it_is_kept_sealed(
    client: Client, session: Session
) -> None:
    made = account(session, has_factor=False)
    sign_in(client, made)
    first = offered(client)
    sign_in(client, made)
    second = offered(client)
    assert first != second
    assert post(client, ENROL, {"code": code_now(first)}).status_code == 422
    assert post(client, ENROL, {"code": code_now(second)}).status_code == 200
    session.refresh(made)
    assert made.totp_sealed is not None
    assert second.encode() not in made.totp_sealed
    assert secret_kept(session, made) == second


def test_the_picture_is_drawn_without_styles(client: Client, session: Session) -> None:
    sign_in(client, account(session, has_factor=False))
    page = client.get(ENROL).text
    picture = page[
        page.index('<svg class="qr"') if '<svg class="qr"' in page else page.index("<svg viewBox") :
    ]
    picture = picture[: picture.index("</svg>")]
    assert "style" not in picture
    assert "<path" in picture


def test_another_app_takes_the_place_of_the_first(client: Client, session: Session) -> None:
    made = account(session)
    sign_in(client, made)
    assert offered(client) != SECRET
    assert len(enrolled(client)) == 10
    session.refresh(made)
    assert secret_kept(session, made) != SECRET
    replaced = session.scalars(
        select(AuditEvent).where(AuditEvent.action == "second_factor.replaced").order_by(AuditEvent.id)
    )
    assert replaced.one().by_id == made.id


def test_fresh_recovery_codes_replace_those_of_before(client: Client, session: Session) -> None:
    made = account(session)
    sign_in(client, made)
    renew_recovery_codes(session, made, by=made.id, at=datetime.now(UTC))
    before = set(session.scalars(select(RecoveryCode.code_hash)))
    answer = post(client, f"{ENROL}/ma-du-phong")
    assert answer.status_code == 200
    assert len(re.findall(r"<code>[a-z0-9]{5}-[a-z0-9]{5}</code>", answer.text)) == 10
    assert before.isdisjoint(session.scalars(select(RecoveryCode.code_hash)))
    assert recovery_codes_left(session, made.id) == 10


def test_going_without_is_for_those_who_need_not_have_one(client: Client, session: Session) -> None:
    officer, candidate = account(session), account(session, Role.CANDIDATE)
    sign_in(client, officer)
    assert "Tắt đăng nhập hai lớp" not in client.get("/tai-khoan").text
    assert post(client, f"{ENROL}/tat").status_code == 404
    sign_in(client, candidate)
    assert post(client, f"{ENROL}/tat").status_code == 404
    enrolled(client)
    assert post(client, f"{ENROL}/tat").status_code == 303
    session.refresh(candidate)
    assert candidate.totp_since is None
    assert recovery_codes_left(session, candidate.id) == 0
    assert client.get("/tai-khoan").status_code == 200


def test_a_first_mandatory_role_asks_for_enrolment_at_the_next_sign_in(
    client: Client, session: Session
) -> None:
    made = account(session, Role.CANDIDATE)
    sign_in(client, made)
    assert client.get("/tai-khoan").status_code == 200
    granted = {"by": None, "starts_on": today(), "at": datetime.now(UTC)}
    grant_role(session, made, Role.OFFICER, Scope("VN/12/", ""), **granted)  # pyright: ignore[reportArgumentType]
    assert client.get("/tai-khoan").status_code == 302
    sign_in(client, made)
    assert client.get("/tai-khoan").headers["Location"] == ENROL


def test_an_administrator_resets_it_with_a_reason_and_the_owner_is_told(
    client: Client, session: Session
) -> None:
    lost, administrator = account(session), account(session, Role.SYSTEM_ADMIN, "")
    renew_recovery_codes(session, lost, by=lost.id, at=datetime.now(UTC))
    session.add(
        Passkey(
            account_id=lost.id,
            credential_id="x",
            public_key=b"x",
            sign_count=0,
            name="x",
            created_at=datetime.now(UTC),
        )
    )
    owner = browser(client.application, session)
    sign_in(owner, lost)
    sign_in(client, administrator)
    path = f"/nguoi-dung/{lost.public_id}/hai-lop"
    assert post(client, path, {"reason": " "}).status_code == 422
    assert post(client, path, {"reason": "Mất điện thoại, đã gặp mặt"}).status_code == 303
    session.refresh(lost)
    assert (lost.totp_since, lost.totp_sealed) == (None, None)
    assert session.scalars(select(Passkey)).all() == []
    assert recovery_codes_left(session, lost.id) == 0
    assert owner.get("/tai-khoan").status_code == 302
    event = session.scalars(select(AuditEvent).where(AuditEvent.action == "second_factor.reset")).one()
    assert (event.by_id, event.subject_id) == (administrator.id, lost.public_id)
    assert "đã gặp mặt" in event.content
    sign_in(owner, lost)
    enrolled(owner)
    page = owner.get("/tai-khoan").text
    assert "đã đặt lại đăng nhập hai lớp của bạn" in page
    assert "Có việc vừa xảy ra với đăng nhập của bạn" in owner.get("/").text
    assert post(owner, "/tai-khoan/da-doc").status_code == 303
    assert "đã đặt lại đăng nhập hai lớp của bạn" not in owner.get("/tai-khoan").text
    assert session.scalars(select(Alert.read_at).where(Alert.account_id == lost.id)).one() is not None


@pytest.mark.parametrize("step", ["hai-lop", "phien/ket-thuc"])
def test_nobody_outside_their_scope_or_for_themselves_resets_or_ends(
    client: Client, session: Session, step: str
) -> None:
    local, outside = account(session, Role.SYSTEM_ADMIN, "VN/12/"), account(session, Role.OFFICER, "VN/31/")
    sign_in(client, local)
    for other in (outside, local):
        assert post(client, f"/nguoi-dung/{other.public_id}/{step}", {"reason": "x"}).status_code == 404
    session.refresh(outside)
    assert outside.totp_since is not None
    sign_in(client, account(session, Role.OFFICER))
    assert post(client, f"/nguoi-dung/{outside.public_id}/{step}", {"reason": "x"}).status_code == 403


def test_an_administrator_ends_all_sign_ins_of_somebody(client: Client, session: Session) -> None:
    made = account(session)
    browsers = [browser(client.application, session) for _ in range(2)]
    for one in browsers:
        sign_in(one, made)
    sign_in(client, account(session, Role.SYSTEM_ADMIN, ""))
    page = client.get(f"/nguoi-dung/{made.public_id}").text
    assert page.count("Firefox · Linux") == 2
    assert post(client, f"/nguoi-dung/{made.public_id}/phien/ket-thuc").status_code == 303
    assert [one.get("/tai-khoan").status_code for one in browsers] == [302, 302]
    ended = session.scalars(select(AccountSession).where(AccountSession.account_id == made.id)).all()
    assert {entry.ended_because for entry in ended} == {"ended_by_administrator"}
    assert "Kết thúc mọi phiên" not in client.get(f"/nguoi-dung/{made.public_id}").text


def kept(session: Session, made: Account) -> str:
    """The hash of the only sign-in that runs."""
    running = (AccountSession.account_id == made.id, AccountSession.ended_at.is_(None))
    return session.scalars(select(AccountSession.token_hash).where(*running)).one()


def test_a_changed_right_ends_what_runs(client: Client, session: Session) -> None:
    made = account(session)
    sign_in(client, made)
    assert kept(session, made)
    granted = {"by": None, "starts_on": today(), "at": datetime.now(UTC)}
    grant_role(session, made, Role.AUDITOR, Scope("VN/31/", ""), **granted)  # pyright: ignore[reportArgumentType]
    entry = session.scalars(select(AccountSession)).one()
    assert entry.ended_because == "rights_changed"
    assert client.get("/tai-khoan").status_code == 302
