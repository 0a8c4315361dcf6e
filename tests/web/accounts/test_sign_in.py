"""Signing in and out, as a browser sees it."""

import re
import unicodedata
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.accounts import access
from registry.accounts.models import Account, AccountRole, AccountSession
from registry.accounts.operations import PasswordHashing, reopen_account, suspend_account
from registry.accounts.queries import account_by_email
from registry.accounts.rules import Role
from registry.accounts.rules.sign_in import LONGEST, LONGEST_SILENCE
from registry.audit.models import AuditEvent
from registry.web.clock import today
from tests.conftest import Client
from tests.factories.accounts import PASSWORD, account, fresh_code, post, sign_in

HOME_OF_ACCOUNT = "/tai-khoan"


def enter(client: Client, email: str, password: str = PASSWORD, following: str = "", **kwargs: Any) -> Any:
    """Both steps; the answer of the last one that was asked for."""
    fields = {"email": email, "password": password, "next": following}
    answer = post(client, "/dang-nhap", fields, **kwargs)
    if answer.headers.get("Location") != "/dang-nhap/buoc-hai":
        return answer
    of = account_by_email(client.session, email)
    assert of is not None
    return post(client, "/dang-nhap/buoc-hai", {"code": fresh_code(client.session, of)})


def actions(session: Session) -> list[str]:
    return list(session.scalars(select(AuditEvent.action).order_by(AuditEvent.id)))


def test_a_right_password_opens_a_sign_in_and_leads_where_one_wanted_to_go(
    client: Client, session: Session
) -> None:
    made = account(session)
    assert client.get(HOME_OF_ACCOUNT).headers["Location"] == "/dang-nhap?next=/tai-khoan"
    answer = enter(client, made.email, following=HOME_OF_ACCOUNT)
    assert (answer.status_code, answer.headers["Location"]) == (303, HOME_OF_ACCOUNT)
    page = client.get(HOME_OF_ACCOUNT)
    assert page.status_code == 200
    assert made.display_name in page.text
    assert actions(session)[-1] == "sign_in.done"


def test_the_address_may_be_spelled_otherwise(client: Client, session: Session) -> None:
    made = account(session)
    assert enter(client, f" {made.email.upper()} ").status_code == 303


def test_the_way_of_typing_the_password_does_not_matter(client: Client, session: Session) -> None:
    made = account(session, password=unicodedata.normalize("NFC", PASSWORD + " 2468"))
    assert enter(client, made.email, unicodedata.normalize("NFD", PASSWORD + " 2468")).status_code == 303
    assert enter(client, made.email, PASSWORD + " ２４６８").status_code == 303
    assert enter(client, made.email, PASSWORD.upper() + " 2468").status_code == 422


def test_what_goes_wrong_looks_the_same_whatever_it_is(client: Client, session: Session) -> None:
    """Unknown address, wrong password, suspended and closed account: one answer but for the token and what was typed."""
    active, suspended = account(session), account(session)
    suspend_account(session, suspended, by=None, reason="thử", at=datetime.now(UTC), on=today())
    nobody = f"khong-co-{len(active.email)}@vidu.vn"
    tries = [
        (active.email, "sai mật khẩu rồi"),
        (suspended.email, PASSWORD),
        (nobody, PASSWORD),
        (nobody, "x" * 2000),
    ]
    answers: list[tuple[int, str, list[str]]] = []
    for email, password in tries:
        answer = enter(client, email, password)
        body = re.sub(r'name="csrf_token"[^>]*value="[^"]*"', "", answer.text).replace(email, "")
        answers.append((answer.status_code, body, sorted(name for name, _ in answer.headers)))
    assert answers[0][0] == 422
    assert all(answer == answers[0] for answer in answers)
    whys = [
        event.content
        for event in session.scalars(
            select(AuditEvent).where(AuditEvent.action == "sign_in.refused").order_by(AuditEvent.id)
        )
    ]
    assert [re.findall(r'"why":"(\w+)"', why) for why in whys] == [
        ["wrong_password"],
        ["suspended"],
        ["unknown"],
        ["unknown"],
    ]


def test_a_refusal_neither_keeps_nor_shows_the_password_or_the_address_in_the_log(
    client: Client, session: Session
) -> None:
    made = account(session)
    answer = enter(client, made.email, "mật khẩu bí mật")
    assert "mật khẩu bí mật" not in answer.text
    kept = " ".join(
        event.content + event.subject_id
        for event in session.scalars(select(AuditEvent).order_by(AuditEvent.id))
    )
    assert made.email not in kept
    assert "bí mật" not in kept


def test_an_unknown_address_takes_the_same_steps_as_a_known_one(
    app: Flask, client: Client, session: Session
) -> None:
    """Time is not measured here: the costly step must simply happen as often for both."""
    made = account(session)
    hashing = access_tools(app).hashing
    counted: list[bool] = []

    class Counting(PasswordHashing):
        def verify(self, stored: str | None, password: str) -> bool:
            counted.append(stored is not None)
            return hashing.verify(stored, password)

    app.extensions["registry.accounts"] = access.AccountTools(
        Counting(8, 1, 1), access_tools(app).scopes, False
    )
    enter(client, made.email, "sai")
    enter(client, "khong-co@vidu.vn", "sai")
    assert counted == [True, False]


def access_tools(app: Flask) -> access.AccountTools:
    with app.app_context():
        return access.tools()


@pytest.mark.parametrize(
    "fields", [{}, {"email": "a@vidu.vn"}, {"password": "x"}, {"email": "a\0b", "password": "x"}]
)
def test_what_is_missing_or_unreadable_is_said_and_what_was_typed_stays(
    client: Client, fields: dict[str, str]
) -> None:
    answer = post(client, "/dang-nhap", fields)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    if "email" in fields and "\0" not in fields["email"]:
        assert f'value="{fields["email"]}"' in answer.text


def test_no_token_no_sign_in(client: Client, session: Session) -> None:
    made = account(session)
    answer = client.post("/dang-nhap", data={"email": made.email, "password": PASSWORD})
    assert answer.status_code == 400
    assert client.get(HOME_OF_ACCOUNT).status_code == 302


def test_the_cookie_is_changed_at_sign_in_and_carries_no_name(client: Client, session: Session) -> None:
    made = account(session)
    client.get("/dang-nhap")
    with client.session_transaction() as before:
        old_token = before["csrf_token"]
    enter(client, made.email)
    with client.session_transaction() as after:
        assert set(after) == {"sign_in"}
        assert after.get("csrf_token") != old_token
        first = after["sign_in"]
        assert len(first) >= 43
    enter(client, made.email)
    with client.session_transaction() as again:
        assert again["sign_in"] != first


def test_the_server_keeps_only_a_hash_of_the_token(client: Client, session: Session) -> None:
    made = account(session)
    enter(client, made.email)
    with client.session_transaction() as cookie:
        token = cookie["sign_in"]
    entry = session.scalars(select(AccountSession)).one()
    assert token not in (entry.token_hash, entry.public_id)
    assert len(entry.token_hash) == 64


def test_the_cookie_is_for_http_only_and_ends_with_the_browser(client: Client, session: Session) -> None:
    made = account(session)
    answer = enter(client, made.email)
    cookies = answer.headers.getlist("Set-Cookie")
    assert len(cookies) == 1
    parts = [part.strip() for part in cookies[0].split(";")]
    assert parts[0].startswith("registry=")
    assert set(parts[1:]) == {"HttpOnly", "Path=/", "SameSite=Lax"}


def test_a_choice_of_language_survives_signing_in_and_out(client: Client, session: Session) -> None:
    made = account(session)
    post(client, "/ngon-ngu", {"lang": "en", "next": "/"})
    enter(client, made.email)
    with client.session_transaction() as cookie:
        assert cookie["language"] == "en"
    post(client, "/dang-xuat")
    with client.session_transaction() as cookie:
        assert cookie["language"] == "en"


def test_signing_out_ends_the_sign_in_on_the_server(client: Client, session: Session) -> None:
    made = account(session)
    enter(client, made.email)
    with client.session_transaction() as cookie:
        stolen = cookie["sign_in"]
    answer = post(client, "/dang-xuat")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/dang-nhap")
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    with client.session_transaction() as cookie:
        cookie["sign_in"] = stolen
    assert client.get(HOME_OF_ACCOUNT).status_code == 302
    entry = session.scalars(select(AccountSession)).one()
    assert entry.ended_because == "signed_out"
    assert actions(session)[-1] == "sign_in.ended"


def test_signing_out_twice_or_without_a_sign_in_is_harmless(client: Client) -> None:
    assert post(client, "/dang-xuat").status_code == 303
    assert post(client, "/dang-xuat").status_code == 303


def test_signing_out_asks_for_a_token(client: Client, session: Session) -> None:
    made = account(session)
    enter(client, made.email)
    assert client.post("/dang-xuat").status_code == 400
    assert client.get(HOME_OF_ACCOUNT).status_code == 200


def test_whoever_is_signed_in_is_not_asked_again(client: Client, session: Session) -> None:
    sign_in(client, account(session))
    assert client.get("/dang-nhap").status_code == 303


def test_a_suspended_account_is_refused_at_its_next_request(client: Client, session: Session) -> None:
    made = account(session)
    sign_in(client, made)
    assert client.get(HOME_OF_ACCOUNT).status_code == 200
    suspend_account(session, made, by=None, reason="Nghỉ việc", at=datetime.now(UTC), on=today())
    assert client.get(HOME_OF_ACCOUNT).status_code == 302
    reopen_account(session, made, by=None, reason="Quay lại", at=datetime.now(UTC))
    assert client.get(HOME_OF_ACCOUNT).status_code == 302
    assert enter(client, made.email).status_code == 303


@pytest.mark.parametrize(
    "old",
    [
        {"last_seen_at": datetime.now(UTC) - LONGEST_SILENCE - timedelta(seconds=1)},
        {"expires_at": datetime.now(UTC) - timedelta(seconds=1)},
        {"ended_at": datetime.now(UTC)},
    ],
)
def test_a_sign_in_that_is_over_leads_back_to_the_form_with_a_word(
    client: Client, session: Session, old: dict[str, datetime]
) -> None:
    sign_in(client, account(session))
    entry = session.scalars(select(AccountSession)).one()
    for name, value in old.items():
        setattr(entry, name, value)
    assert client.get(HOME_OF_ACCOUNT).status_code == 302
    assert "Phiên đăng nhập đã hết" in client.get("/dang-nhap").text


def test_a_sign_in_lasts_no_longer_than_its_day_even_when_used(client: Client, session: Session) -> None:
    sign_in(client, account(session))
    entry = session.scalars(select(AccountSession)).one()
    assert entry.expires_at - entry.created_at == LONGEST


def test_use_is_noted_now_and_then_only(client: Client, session: Session) -> None:
    sign_in(client, account(session))
    entry = session.scalars(select(AccountSession)).one()
    before = entry.last_seen_at
    client.get(HOME_OF_ACCOUNT)
    session.refresh(entry)
    assert entry.last_seen_at == before
    entry.last_seen_at = before - timedelta(minutes=10)
    client.get(HOME_OF_ACCOUNT)
    session.refresh(entry)
    assert entry.last_seen_at >= before


@pytest.mark.parametrize("token", ["", "x", "đ", 7, None, ["a"], "\ud800"])
def test_a_made_up_token_opens_nothing(client: Client, session: Session, token: object) -> None:
    account(session)
    with client.session_transaction() as cookie:
        cookie["sign_in"] = token if token != "\ud800" else "\\ud800"
    assert client.get(HOME_OF_ACCOUNT).status_code == 302


def test_a_cookie_signed_with_another_key_opens_nothing(client: Client, session: Session) -> None:
    sign_in(client, account(session))
    client.application.secret_key = "t" * 40
    assert client.get(HOME_OF_ACCOUNT).status_code == 302


def test_a_role_that_ends_or_has_not_begun_opens_nothing(client: Client, session: Session) -> None:
    made = account(session, Role.SYSTEM_ADMIN, "")
    sign_in(client, made)
    role = session.scalars(select(AccountRole).where(AccountRole.account_id == made.id)).one()
    assert client.get("/nguoi-dung").status_code == 200
    role.ends_on = today() - timedelta(days=1)
    assert client.get("/nguoi-dung").status_code == 403
    role.ends_on, role.starts_on = None, today() + timedelta(days=1)
    assert client.get("/nguoi-dung").status_code == 403
    role.starts_on = role.ends_on = today()
    assert client.get("/nguoi-dung").status_code == 200


def test_a_page_the_role_lacks_answers_403_and_is_on_the_record(client: Client, session: Session) -> None:
    made = account(session, Role.OFFICER)
    sign_in(client, made)
    assert client.get("/nguoi-dung").status_code == 403
    event = session.scalars(select(AuditEvent).where(AuditEvent.action == "access.refused")).one()
    assert (event.by_id, event.subject_id) == (made.id, "accounts.index")


OUTSIDE = [
    "//evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "https://evil.example",
    "https:evil.example",
    "HTTPS://evil.example/x",
    "javascript:alert(1)",
    "data:text/html,x",
    "/\tevil.example",
    "/\t/evil.example",
    "\t//evil.example",
    " //evil.example",
    "/ /evil.example",
    "/\n/evil.example",
    "/\r\nLocation: https://evil.example",
    "/\x00/evil.example",
    "//evil.example%2f..",
    "///evil.example",
    "/\u2028/evil.example",
    "/\xa0/evil.example",
    "evil.example",
    "@evil.example",
    ".evil.example",
    "?next=//evil.example",
    "",
    "/" + "a" * 3000,
]


@pytest.mark.parametrize("following", OUTSIDE)
def test_a_redirect_never_leaves_the_site(client: Client, session: Session, following: str) -> None:
    made = account(session)
    answer = enter(client, made.email, following=following)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")
    shown = client.get("/dang-nhap", query_string={"next": following})
    assert shown.status_code == 400 or "evil" not in shown.text


@pytest.mark.parametrize(
    "following", ["/nhu-cau/abc/xep-hang", "/ung-vien?trang=2&ky-nang=a%20b", "/%2f%2fevil.example"]
)
def test_a_redirect_inside_the_site_is_kept(client: Client, session: Session, following: str) -> None:
    made = account(session)
    assert enter(client, made.email, following=following).headers["Location"] == following


def test_a_form_sent_without_a_sign_in_goes_to_the_sign_in_page(client: Client) -> None:
    answer = post(client, "/nguoi-dung/tao", {"email": "x"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/dang-nhap")


def test_a_fragment_asked_for_without_a_sign_in_makes_the_page_leave(client: Client) -> None:
    answer = client.get(HOME_OF_ACCOUNT, headers={"HX-Request": "true"})
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (204, "/dang-nhap")


def test_a_hash_of_another_cost_is_renewed_at_sign_in(client: Client, session: Session) -> None:
    made = account(session)
    made.password_hash = PasswordHashing(16, 1, 1).hash(PASSWORD)
    before = made.password_hash
    assert enter(client, made.email).status_code == 303
    renewed = session.scalars(select(Account.password_hash).where(Account.id == made.id)).one()
    assert renewed != before
    assert "m=8,t=1,p=1" in str(renewed)
    assert enter(client, made.email).status_code == 303


def test_a_temporary_password_must_be_changed_and_runs_out(client: Client, session: Session) -> None:
    made = account(session, Role.SYSTEM_ADMIN, "", is_temporary=True)
    assert enter(client, made.email).status_code == 303
    for path in ("/nguoi-dung", "/"):
        answer = client.get(path)
        assert (answer.status_code, answer.headers["Location"]) == (303, "/tai-khoan/mat-khau")
    assert "dùng một lần" in client.get("/tai-khoan/mat-khau").text
    made.password_set_at = datetime.now(UTC) - timedelta(days=8)
    assert enter(client, made.email).status_code == 422


def test_an_account_without_a_password_cannot_sign_in(client: Client, session: Session) -> None:
    made = account(session)
    made.password_hash = None
    assert enter(client, made.email).status_code == 422


def test_the_page_has_what_password_managers_look_for(client: Client) -> None:
    page = client.get("/dang-nhap").text
    assert 'autocomplete="username"' in page
    assert 'autocomplete="current-password"' in page
    assert 'lang="vi"' in page
