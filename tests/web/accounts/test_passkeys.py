"""Passkeys through HTTP: adding, signing in with one, removing; what is replayed, forged or unverified opens nothing."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from lxml import html as lxml_html
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.accounts.models import Account, Alert, Passkey
from registry.accounts.operations import suspend_account
from registry.accounts.rules import Role
from registry.accounts.rules.passkeys import QUESTION_LASTS, site_of
from registry.audit.models import AuditEvent
from registry.config import Settings
from registry.web.clock import today
from tests.conftest import Client, Served, browser
from tests.factories.accounts import account, post, sign_in
from tests.factories.passkeys import Device

HTML: Any = lxml_html  # lxml ships no types
ADD, ENTER = "/tai-khoan/khoa", "/dang-nhap/khoa"


def question(client: Client, path: str) -> str:
    """What the page would have the browser ask."""
    page = client.get(path)
    assert page.status_code == 200
    found: str = HTML.fromstring(page.text).xpath("//form[@data-passkey]/@data-question")[0]
    return found


def added(client: Client, session: Session, role: Role = Role.OFFICER) -> tuple[Account, Device]:
    """Somebody who is signed in and has added a passkey."""
    made, device = account(session, role), Device()
    sign_in(client, made)
    answer = device.made(question(client, ADD))
    assert post(client, ADD, {"name": "Điện thoại", "answer": answer}).status_code == 303
    return made, device


def stranger(client: Client, session: Session) -> Client:
    """Another browser, nobody signed in."""
    return browser(client.application, session)


def entered(client: Client, device: Device, following: str = "") -> int:
    answer = device.signed(question(client, ENTER))
    return int(post(client, ENTER, {"answer": answer, "next": following}).status_code)


def test_a_passkey_opens_in_the_place_of_password_and_code(client: Client, session: Session) -> None:
    made, device = added(client, session)
    other = stranger(client, session)
    answer = device.signed(question(other, ENTER))
    done = post(other, ENTER, {"answer": answer, "next": "/tai-khoan"})
    assert (done.status_code, done.headers["Location"]) == (303, "/tai-khoan")
    page = other.get("/tai-khoan").text
    assert made.email in page
    assert "Điện thoại" in page
    assert "Một khóa truy cập đã được thêm" in page
    with other.session_transaction() as cookie:
        assert "passkey_question" not in cookie
    kept = session.scalars(select(Passkey)).one()
    assert (kept.sign_count, kept.last_used_at is not None) == (1, True)
    done_event = session.scalars(
        select(AuditEvent).where(AuditEvent.action == "sign_in.done").order_by(AuditEvent.id)
    ).all()[-1]
    assert '"step":"passkey"' in done_event.content
    assert session.scalars(select(Alert.kind)).all() == ["passkey.added"]


def test_the_question_asks_for_the_person_and_names_nobody(client: Client, session: Session) -> None:
    added(client, session)
    asked = question(stranger(client, session), ENTER)
    assert '"userVerification": "required"' in asked
    assert '"allowCredentials": []' in asked or "allowCredentials" not in asked
    again = question(client, ADD)
    assert '"residentKey": "required"' in again
    assert '"attestation": "none"' in again


def test_an_answer_opens_once(client: Client, session: Session) -> None:
    _made, device = added(client, session)
    first = stranger(client, session)
    asked = question(first, ENTER)
    with first.session_transaction() as cookie:
        stolen = dict(cookie)
    answer = device.signed(asked)
    assert post(first, ENTER, {"answer": answer}).status_code == 303
    for kept in session.scalars(select(Passkey)):
        kept.sign_count = 0  # devices that synchronise do not count
    thief = stranger(client, session)
    with thief.session_transaction() as cookie:
        cookie.update(stolen)
    assert post(thief, ENTER, {"answer": answer}).status_code == 422


@pytest.mark.parametrize(
    "change",
    [
        {"host": "evil.example"},
        {"origin": "http://evil.example"},
        {"origin": "http://localhost:1"},
        {"is_verified": False},
        {"key": Device().key},
        {"credential": b"x" * 32},
    ],
    ids=["host", "origin", "port", "not verified", "another key", "unknown"],
)
def test_what_is_forged_opens_nothing(client: Client, session: Session, change: dict[str, object]) -> None:
    _made, device = added(client, session)
    forged = replace(device, **change)  # pyright: ignore[reportArgumentType] - the table names the fields
    other = stranger(client, session)
    assert entered(other, forged) == 422
    assert other.get("/tai-khoan").status_code == 302


def test_a_counter_that_goes_back_is_a_copy(client: Client, session: Session) -> None:
    _made, device = added(client, session)
    copy = replace(device)
    assert entered(stranger(client, session), device) == 303
    assert entered(stranger(client, session), device) == 303
    assert entered(stranger(client, session), copy) == 422
    refused = session.scalars(select(AuditEvent).where(AuditEvent.action == "second_factor.refused")).one()
    assert refused.content == '{"step":"passkey"}'


@pytest.mark.parametrize("answer", ["", "{}", "[]", "null", "x" * 50_000, '{"id":1}', "\0", '{"rawId":"€"}'])
def test_what_cannot_be_read_is_wrong(client: Client, session: Session, answer: str) -> None:
    added(client, session)
    other = stranger(client, session)
    question(other, ENTER)
    assert post(other, ENTER, {"answer": answer}).status_code == 422
    assert post(client, ADD, {"name": "Khóa", "answer": answer}).status_code == 422


def aged(client: Client, age: timedelta) -> None:
    with client.session_transaction() as cookie:
        challenge, _asked_at, purpose = cookie["passkey_question"]
        cookie["passkey_question"] = [challenge, int((datetime.now(UTC) - age).timestamp()), purpose]


@pytest.mark.parametrize(
    ("age", "code"),
    [(QUESTION_LASTS - timedelta(seconds=5), 303), (QUESTION_LASTS + timedelta(seconds=2), 422)],
)
def test_a_question_lasts_five_minutes(client: Client, session: Session, age: timedelta, code: int) -> None:
    _made, device = added(client, session)
    other = stranger(client, session)
    answer = device.signed(question(other, ENTER))
    aged(other, age)
    assert post(other, ENTER, {"answer": answer}).status_code == code


def test_an_answer_without_a_question_or_for_another_purpose_opens_nothing(
    client: Client, session: Session
) -> None:
    _made, device = added(client, session)
    other = stranger(client, session)
    answer = device.signed(question(other, ENTER))
    with other.session_transaction() as cookie:
        cookie["passkey_question"][2] = "add"
        cookie.modified = True
    assert post(other, ENTER, {"answer": answer}).status_code == 422
    assert post(stranger(client, session), ENTER, {"answer": answer}).status_code == 422


def test_a_suspended_account_does_not_get_in_with_a_passkey(client: Client, session: Session) -> None:
    made, device = added(client, session)
    suspend_account(session, made, by=None, reason="thử", at=datetime.now(UTC), on=today())
    assert entered(stranger(client, session), device) == 422


def test_a_passkey_does_not_replace_the_second_factor_a_role_demands(
    client: Client, session: Session
) -> None:
    made, device = added(client, session)
    made.totp_since = made.totp_sealed = None
    other = stranger(client, session)
    assert entered(other, device) == 303
    assert other.get("/tai-khoan").headers["Location"] == "/tai-khoan/hai-lop"


def test_a_name_is_asked_for_and_a_passkey_is_kept_once(client: Client, session: Session) -> None:
    _made, device = added(client, session)
    nameless = post(client, ADD, {"name": " ", "answer": device.made(question(client, ADD))})
    assert nameless.status_code == 422
    assert "Đặt tên" in nameless.text
    again = post(client, ADD, {"name": "Lần nữa", "answer": device.made(question(client, ADD))})
    assert again.status_code == 422
    assert "Khóa này đã có" in again.text
    assert len(session.scalars(select(Passkey)).all()) == 1


def test_ten_are_enough(client: Client, session: Session) -> None:
    added(client, session)
    for number in range(9):
        answer = Device().made(question(client, ADD))
        assert post(client, ADD, {"name": f"Khóa {number}", "answer": answer}).status_code == 303
    answer = Device().made(question(client, ADD))
    assert post(client, ADD, {"name": "Khóa 11", "answer": answer}).status_code == 422


def test_a_removed_passkey_opens_nothing_and_others_cannot_remove_it(
    client: Client, session: Session
) -> None:
    _made, device = added(client, session)
    kept = session.scalars(select(Passkey.public_id)).one()
    other = stranger(client, session)
    sign_in(other, account(session))
    assert post(other, f"{ADD}/{kept}/bo").status_code == 404
    assert post(client, f"{ADD}/{kept}/bo").status_code == 303
    assert session.scalars(select(Passkey)).all() == []
    assert entered(stranger(client, session), device) == 422
    assert session.scalars(select(AuditEvent).where(AuditEvent.action == "passkey.removed")).one()


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://nhanluc.laichau.example", "nhanluc.laichau.example"),
        ("http://localhost:5062", "localhost"),
        ("http://127.0.0.1:8000", None),
        ("http://[::1]:8000", None),
    ],
)
def test_browsers_know_passkeys_under_names_only(url: str, host: str | None) -> None:
    site = site_of(url, "Sổ")
    assert (None if site is None else site.host) == host
    assert site is None or site.origin == url


def test_where_there_are_none_nothing_is_offered(
    settings: Settings, served: Served, session: Session
) -> None:
    client = browser(served(replace(settings, public_url="http://127.0.0.1:8000")), session)
    assert client.get(ENTER).status_code == 404
    assert "khóa truy cập" not in client.get("/dang-nhap").text
    sign_in(client, account(session))
    assert "Khóa truy cập" not in client.get("/tai-khoan").text
    assert client.get(ADD).status_code == 404
