"""A forgotten password and another address: by letter only, alike for everybody, once, and dead when it should be."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.accounts.models import Account, AccountSession, AccountState, SingleUseLink
from registry.accounts.operations import change_password, open_sign_in
from registry.accounts.rules.links import LinkEnd
from registry.audit.models import AuditEvent
from tests.conftest import Client, browser
from tests.factories.accounts import CHEAP, PASSWORD, account, cheap_hash, post, sign_in
from tests.factories.letters import the_letter, waiting_letters

FORM, OWN = "/quen-mat-khau", "/tai-khoan/thu-dien-tu"
NEW = "một câu hoàn toàn khác"
OTHER = "dia-chi-moi@vidu.vn"


def ask(client: Client, email: str) -> Any:
    return post(client, FORM, {"email": email})


def link_for(client: Client, session: Session, made: Account) -> str:
    assert ask(client, made.email).status_code == 303
    return the_letter(session, "reset_password").path("/quen-mat-khau/")


def set_new(client: Client, path: str, password: str = NEW, again: str | None = None) -> Any:
    return post(client, path, {"password": password, "again": password if again is None else again})


def test_a_forgotten_password_is_set_anew_and_signs_nobody_in(client: Client, session: Session) -> None:
    made = account(session, email="co@vidu.vn")
    open_sign_in(session, made, device="Safari · iPhone", at=datetime.now(UTC))
    path = link_for(client, session, made)
    for ask_for in (client.get, client.head, client.get):  # a mail scanner
        assert ask_for(path).status_code == 200
    answer = set_new(client, path)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/dang-nhap")
    session.refresh(made)
    assert CHEAP.verify(made.password_hash, NEW)
    assert session.scalars(select(AccountSession.ended_because)).all() == ["password_changed"]
    assert client.get("/tai-khoan").status_code == 302
    assert "Đã đặt mật khẩu mới" in client.get("/dang-nhap").text
    assert the_letter(session, "password_changed").to == "co@vidu.vn"
    assert post(client, "/dang-nhap", {"email": "co@vidu.vn", "password": NEW}).status_code == 303


def test_a_used_link_is_over_in_a_second_tab(client: Client, session: Session) -> None:
    path = link_for(client, session, account(session))
    second = browser(client.application, session)
    assert second.get(path).status_code == 200
    assert set_new(client, path).status_code == 303
    assert set_new(second, path, "một câu thứ ba nữa").status_code == 410
    over = second.get(path)
    assert over.status_code == 410
    assert "Gửi lại thư" in over.text


@pytest.mark.parametrize(
    ("password", "again", "words"),
    [
        ("ngắn", "ngắn", "ít nhất 8 ký tự"),
        (NEW, "khác đi một chút", "chưa giống nhau"),
        ("Duyên 1990", "Duyên 1990", "không làm từ tên"),
        ("", "", "Nhập mật khẩu mới"),
    ],
)
def test_a_password_that_cannot_be_set_says_why_and_the_link_stays_good(
    client: Client, session: Session, password: str, again: str, words: str
) -> None:
    path = link_for(client, session, account(session))
    answer = set_new(client, path, password, again)
    assert answer.status_code == 422
    assert words in answer.text
    assert set_new(client, path).status_code == 303


def test_an_address_nobody_has_gets_a_letter_that_says_so(client: Client, session: Session) -> None:
    account(session, email="co@vidu.vn")
    answers = [ask(client, email) for email in ("co@vidu.vn", "khong-co@vidu.vn")]
    assert {(one.status_code, one.headers["Location"]) for one in answers} == {(303, "/quen-mat-khau/da-gui")}
    assert [(one.kind, one.to) for one in waiting_letters(session)] == [
        ("reset_password", "co@vidu.vn"),
        ("no_account", "khong-co@vidu.vn"),
    ]
    assert "quen-mat-khau/" not in the_letter(session, "no_account").body
    assert "Xem hộp thư của bạn" in client.get("/quen-mat-khau/da-gui").text


@pytest.mark.parametrize("state", [AccountState.SUSPENDED, AccountState.CLOSED])
def test_an_account_that_is_not_in_use_is_not_opened_by_letter(
    client: Client, session: Session, state: AccountState
) -> None:
    made = account(session)
    path = link_for(client, session, made)
    made.state = state
    assert set_new(client, path).status_code == 410
    ask(client, made.email)
    assert the_letter(session, "no_account").to == made.email


@pytest.mark.parametrize("token", ["x", "a" * 43, "%00", "../x"])
def test_a_made_up_link_opens_nothing(client: Client, session: Session, token: str) -> None:
    account(session)
    for begins in ("/quen-mat-khau/", "/xac-nhan-thu/", "/loi-moi/", "/dang-ky/tai-khoan/lien-ket/"):
        assert client.get(begins + token).status_code in {400, 404, 410}
        assert post(client, begins + token).status_code in {400, 404, 405, 410}


def test_a_link_is_good_for_its_purpose_only(client: Client, session: Session) -> None:
    path = link_for(client, session, account(session))
    token = path.rpartition("/")[2]
    for begins in ("/xac-nhan-thu/", "/loi-moi/", "/dang-ky/tai-khoan/lien-ket/"):
        assert client.get(begins + token).status_code == 410
        assert post(client, begins + token).status_code == 410
    assert client.get(path).status_code == 200


def test_a_link_runs_out(client: Client, session: Session) -> None:
    path = link_for(client, session, account(session))
    session.scalars(select(SingleUseLink)).one().expires_at = datetime.now(UTC) - timedelta(seconds=1)
    assert client.get(path).status_code == 410
    assert set_new(client, path).status_code == 410


def test_a_change_of_the_password_ends_every_link_sent_before(client: Client, session: Session) -> None:
    made = account(session)
    first, second = link_for(client, session, made), link_for(client, session, made)
    change_password(session, made, cheap_hash("câu đặt ở nơi khác"), by=made.id, at=datetime.now(UTC))
    for path in (first, second):
        assert client.get(path).status_code == 410
        assert set_new(client, path).status_code == 410
    ends = session.scalars(select(SingleUseLink.ended_because)).all()
    assert ends == [LinkEnd.PASSWORD_CHANGED, LinkEnd.PASSWORD_CHANGED]


def test_a_change_of_the_own_password_is_told_by_letter(client: Client, session: Session) -> None:
    made = account(session)
    sign_in(client, made)
    fields = {"current": PASSWORD, "password": NEW, "again": NEW}
    assert post(client, "/tai-khoan/mat-khau", fields).status_code == 303
    assert the_letter(session, "password_changed").to == made.email


def change(client: Client, email: str = OTHER, password: str = PASSWORD) -> Any:
    return post(client, OWN, {"email": email, "current": password})


def test_another_address_is_used_once_it_is_confirmed(client: Client, session: Session) -> None:
    made = account(session, email="cu@vidu.vn")
    sign_in(client, made)
    answer = change(client)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/tai-khoan")
    assert [(one.kind, one.to) for one in waiting_letters(session)] == [
        ("confirm_email", OTHER),
        ("email_changing", "cu@vidu.vn"),
    ]
    path = the_letter(session, "confirm_email").path("/xac-nhan-thu/")
    elsewhere = browser(client.application, session)
    assert OTHER in elsewhere.get(path).text
    assert elsewhere.head(path).status_code == 200
    session.refresh(made)
    assert made.email == "cu@vidu.vn"
    done = post(elsewhere, path)
    assert (done.status_code, done.headers["Location"]) == (303, "/dang-nhap")
    session.refresh(made)
    assert (made.email, made.email_folded) == (OTHER, OTHER)
    assert the_letter(session, "email_changed").to == "cu@vidu.vn"
    assert elsewhere.get(path).status_code == 410
    event = session.scalars(select(AuditEvent).where(AuditEvent.action == "account.email_changed")).one()
    assert "vidu.vn" not in event.content
    assert post(elsewhere, "/dang-nhap", {"email": OTHER, "password": PASSWORD}).status_code == 303


def test_an_address_that_has_an_account_is_answered_alike_and_stays_its_owners(
    client: Client, session: Session
) -> None:
    made, taken = account(session, email="cu@vidu.vn"), account(session, email="co@vidu.vn")
    sign_in(client, made)
    answers = [change(client, email) for email in ("co@vidu.vn", OTHER)]
    assert {(one.status_code, one.headers["Location"]) for one in answers} == {(303, "/tai-khoan")}
    assert the_letter(session, "address_wanted").to == "co@vidu.vn"
    assert "xac-nhan-thu" not in the_letter(session, "address_wanted").body
    session.refresh(taken)
    assert taken.email == "co@vidu.vn"


def test_an_address_taken_meanwhile_is_not_given_twice(client: Client, session: Session) -> None:
    made = account(session, email="cu@vidu.vn")
    sign_in(client, made)
    change(client)
    path = the_letter(session, "confirm_email").path("/xac-nhan-thu/")
    account(session, email=OTHER)
    assert post(client, path).status_code == 410
    session.refresh(made)
    assert made.email == "cu@vidu.vn"


def test_a_change_of_address_ends_other_links_and_a_new_request_the_one_before(
    client: Client, session: Session
) -> None:
    made = account(session, email="cu@vidu.vn")
    reset = link_for(client, session, made)
    sign_in(client, made)
    change(client, "mot@vidu.vn")
    first = the_letter(session, "confirm_email").path("/xac-nhan-thu/")
    change(client, "hai@vidu.vn")
    second = the_letter(session, "confirm_email").path("/xac-nhan-thu/")
    assert client.get(first).status_code == 410
    assert post(client, second).status_code == 303
    assert client.get(reset).status_code == 410


def test_a_new_password_ends_a_change_of_address_somebody_else_began(
    client: Client, session: Session
) -> None:
    made = account(session, email="cu@vidu.vn")
    sign_in(client, made)
    change(client)
    path = the_letter(session, "confirm_email").path("/xac-nhan-thu/")
    set_new(client, link_for(client, session, made))
    assert post(client, path).status_code == 410


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"email": "sai"}, "ten@vidu.vn"),
        ({"email": "CU@vidu.vn"}, "khác với địa chỉ hiện nay"),
        ({"current": "sai"}, "Mật khẩu hiện nay không đúng"),
        ({"current": ""}, "Nhập mật khẩu hiện nay"),
    ],
)
def test_an_address_that_cannot_be_used_says_why(
    client: Client, session: Session, fields: dict[str, str], words: str
) -> None:
    sign_in(client, account(session, email="cu@vidu.vn"))
    answer = post(client, OWN, {"email": OTHER, "current": PASSWORD, **fields})
    assert answer.status_code == 422
    assert words in answer.text
    assert waiting_letters(session) == []


def test_a_stranger_changes_nobodys_address(client: Client) -> None:
    assert client.get(OWN).headers["Location"].startswith("/dang-nhap")
    assert post(client, OWN, {"email": OTHER}).headers["Location"] == "/dang-nhap"
