"""One's own account: sign-ins on other devices, the password."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.accounts.models import Account, AccountSession
from registry.accounts.operations import open_sign_in
from registry.accounts.rules import Role
from registry.audit.models import AuditEvent
from tests.conftest import Client
from tests.factories.accounts import CHEAP, PASSWORD, account, post, sign_in

NEW = "một câu hoàn toàn khác"


def elsewhere(session: Session, made: Account, device: str = "Safari · iPhone") -> AccountSession:
    token = open_sign_in(session, made, device=device, at=datetime.now(UTC) - timedelta(minutes=5))
    session.commit()
    assert token
    return session.scalars(select(AccountSession).order_by(AccountSession.id.desc())).first()  # pyright: ignore[reportReturnType]


def test_the_page_lists_roles_with_places_and_devices(client: Client, session: Session) -> None:
    made = account(session, Role.OFFICER, "VN/12/")
    other = elsewhere(session, made)
    sign_in(client, made)
    page = client.get("/tai-khoan").text
    assert "Cán bộ phụ trách" in page
    assert "Lai Châu" in page
    assert "Safari · iPhone" in page
    assert page.count("Thiết bị này") == 1
    assert other.public_id in page


def test_sign_ins_that_are_over_or_of_others_are_not_listed(client: Client, session: Session) -> None:
    made, stranger = account(session), account(session)
    elsewhere(session, stranger, "Edge · Windows")
    elsewhere(session, made, "Opera · Android").ended_at = datetime.now(UTC)
    sign_in(client, made)
    page = client.get("/tai-khoan").text
    assert "Edge" not in page
    assert "Opera" not in page


def test_one_sign_in_elsewhere_can_be_ended(client: Client, session: Session) -> None:
    made = account(session)
    other = elsewhere(session, made)
    sign_in(client, made)
    assert post(client, f"/tai-khoan/phien/{other.public_id}/ket-thuc").status_code == 303
    session.refresh(other)
    assert other.ended_because == "ended_by_owner"
    assert client.get("/tai-khoan").status_code == 200
    assert post(client, f"/tai-khoan/phien/{other.public_id}/ket-thuc").status_code == 303
    ended = session.scalars(
        select(AuditEvent).where(AuditEvent.action == "sign_in.ended").order_by(AuditEvent.id)
    ).all()
    assert len(ended) == 1


def test_a_sign_in_of_another_account_is_as_good_as_none(client: Client, session: Session) -> None:
    other = elsewhere(session, account(session))
    sign_in(client, account(session))
    foreign = post(client, f"/tai-khoan/phien/{other.public_id}/ket-thuc")
    missing = post(client, "/tai-khoan/phien/khong-co/ket-thuc")
    assert (foreign.status_code, missing.status_code) == (404, 404)
    session.refresh(other)
    assert other.ended_at is None


def test_all_other_sign_ins_can_be_ended_at_once(client: Client, session: Session) -> None:
    made = account(session)
    others = [elsewhere(session, made), elsewhere(session, made)]
    sign_in(client, made)
    assert post(client, "/tai-khoan/phien/ket-thuc").status_code == 303
    for other in others:
        session.refresh(other)
        assert other.ended_at is not None
    assert client.get("/tai-khoan").status_code == 200


def change(client: Client, current: str = PASSWORD, password: str = NEW, again: str = NEW) -> int:
    fields = {"current": current, "password": password, "again": again}
    return int(post(client, "/tai-khoan/mat-khau", fields).status_code)


def test_a_changed_password_ends_every_other_sign_in_and_renews_this_one(
    client: Client, session: Session
) -> None:
    made = account(session, is_temporary=True)
    other = elsewhere(session, made)
    sign_in(client, made)
    with client.session_transaction() as cookie:
        before = cookie["sign_in"]
    assert change(client) == 303
    with client.session_transaction() as cookie:
        assert cookie["sign_in"] != before
    assert client.get("/tai-khoan").status_code == 200
    session.refresh(other)
    session.refresh(made)
    assert other.ended_because == "password_changed"
    assert not made.password_is_temporary
    assert CHEAP.verify(made.password_hash, NEW)
    with client.session_transaction() as cookie:
        cookie["sign_in"] = before
    assert client.get("/tai-khoan").status_code == 302


@pytest.mark.parametrize(
    ("current", "password", "again", "words"),
    [
        ("sai", NEW, NEW, "Mật khẩu hiện nay không đúng"),
        (PASSWORD, "ngắn", "ngắn", "ít nhất 8 ký tự"),
        (PASSWORD, "matkhau123", "matkhau123", "hay bị đoán"),
        (PASSWORD, "15081990", "15081990", "dễ bị đoán"),
        (PASSWORD, "Duyên 1990", "Duyên 1990", "không làm từ tên"),
        (PASSWORD, "a" * 1025, "a" * 1025, "1.024 byte"),
        (PASSWORD, NEW, "khác đi một chút", "chưa giống nhau"),
        (PASSWORD, PASSWORD, PASSWORD, "khác với mật khẩu hiện nay"),
        ("", "", "", "Nhập mật khẩu mới"),
    ],
)
def test_a_password_that_cannot_be_set_says_why(
    client: Client, session: Session, current: str, password: str, again: str, words: str
) -> None:
    made = account(session)
    sign_in(client, made)
    before = made.password_hash
    fields = {"current": current, "password": password, "again": again}
    answer = post(client, "/tai-khoan/mat-khau", fields)
    assert answer.status_code == 422
    assert words in answer.text
    session.refresh(made)
    assert made.password_hash == before


def test_the_log_knows_of_the_change_but_not_the_password(client: Client, session: Session) -> None:
    made = account(session)
    sign_in(client, made)
    change(client)
    event = session.scalars(select(AuditEvent).where(AuditEvent.action == "account.password_changed")).one()
    assert (event.by_id, event.content) == (made.id, '{"temporary":false}')


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/tai-khoan"),
        ("GET", "/tai-khoan/mat-khau"),
        ("POST", "/tai-khoan/mat-khau"),
        ("POST", "/tai-khoan/phien/ket-thuc"),
        ("POST", "/tai-khoan/phien/x/ket-thuc"),
    ],
)
def test_a_stranger_sees_nothing_of_it(client: Client, method: str, path: str) -> None:
    answer = client.get(path) if method == "GET" else post(client, path)
    assert answer.status_code in {302, 303}
    assert answer.headers["Location"].startswith("/dang-nhap")
