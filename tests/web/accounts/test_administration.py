"""Administering accounts: creating, roles, suspending; nobody reaches beyond their own scope."""

import re
import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event as database_event
from sqlalchemy import select
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Session

from registry.accounts.forms import RoleForm
from registry.accounts.models import Account, AccountRole, AccountState
from registry.accounts.operations import (
    EmailTaken,
    LastAdministrator,
    RoleHeld,
    close_account,
    create_account,
    end_role,
    grant_role,
    suspend_account,
)
from registry.accounts.rules import Permission, Role, Scope, Viewer
from registry.accounts.views import reach
from registry.audit.models import AuditEvent
from registry.audit.queries import private_part
from registry.db import Database
from registry.places.models import AdministrativeUnit
from registry.web.clock import today
from tests.conftest import Client
from tests.factories.accounts import account, post, sign_in
from tests.factories.databases import own_database

AT = datetime(2026, 11, 25, 1, 0, tzinfo=UTC)


@pytest.fixture
def country(client: Client, session: Session) -> Account:
    """The signed-in administrator of the whole country."""
    made = account(session, Role.SYSTEM_ADMIN, "", name="Quản trị Cả Nước")
    sign_in(client, made)
    return made


def fields(**changed: str) -> dict[str, str]:
    usual = {
        "email": "nguoi.moi@vidu.vn",
        "display_name": "Vừ A Dính",
        "role": "officer",
        "unit": "VN/12/",
        "commune": "",
    }
    return usual | changed


def last_event(session: Session) -> AuditEvent:
    return session.scalars(select(AuditEvent).order_by(AuditEvent.id.desc())).first()  # pyright: ignore[reportReturnType]


def roles_of(session: Session, made: Account) -> list[AccountRole]:
    return list(
        session.scalars(select(AccountRole).where(AccountRole.account_id == made.id).order_by(AccountRole.id))
    )


def test_an_account_is_made_with_a_password_shown_once_that_signs_in_once(
    client: Client, session: Session, country: Account
) -> None:
    answer = post(client, "/nguoi-dung/tao", fields())
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    found = re.search(r"<code[^>]*>([a-z0-9-]+)</code>", answer.text)
    assert found
    made = session.scalars(select(Account).where(Account.email == "nguoi.moi@vidu.vn")).one()
    assert made.password_is_temporary
    role = roles_of(session, made)[0]
    assert (role.role, role.unit_path, role.granted_by_id) == (Role.OFFICER, "VN/12/", country.id)
    assert found[1] not in client.get(f"/nguoi-dung/{made.public_id}").text
    entered = post(client, "/dang-nhap", {"email": made.email, "password": found[1]})
    assert entered.status_code == 303
    assert client.get("/").headers.get("Location") in {"/tai-khoan/hai-lop"}


def test_the_log_keeps_name_and_address_sealed(client: Client, session: Session, country: Account) -> None:
    post(client, "/nguoi-dung/tao", fields())
    created = session.scalars(
        select(AuditEvent).where(AuditEvent.action == "account.created", AuditEvent.by_id == country.id)
    ).one()
    assert "moi@vidu.vn" not in created.content
    assert private_part(session, created) == {
        "changes": {"email": [None, "nguoi.moi@vidu.vn"], "display_name": [None, "Vừ A Dính"]}
    }


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"email": ""}, "Nhập địa chỉ thư điện tử"),
        ({"email": "không phải thư"}, "Nhập địa chỉ thư điện tử đúng"),
        ({"display_name": " "}, "Nhập họ và tên"),
        ({"display_name": "a\u202eb"}, "ký tự đổi chiều"),
        ({"display_name": "a" * 121}, "Rút gọn"),
        ({"role": "vua"}, "Chọn một mục trong danh sách"),
        ({"role": ""}, "Chọn vai trò"),
        ({"unit": ""}, "Chọn phạm vi"),
        ({"unit": "VN/99/"}, "Chọn một mục trong danh sách"),
        ({"commune": "00000"}, "Không có đơn vị mang mã này"),
        ({"commune": "VN"}, "Không có đơn vị mang mã này"),
        ({"commune": "12"}, None),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
    client: Client, session: Session, country: Account, changed: dict[str, str], words: str | None
) -> None:
    answer = post(client, "/nguoi-dung/tao", fields(**changed))
    if words is None:
        assert answer.status_code == 200
        return
    assert answer.status_code == 422
    assert words in answer.text
    kept = changed.get("display_name", "Vừ A Dính")
    assert kept in answer.text
    assert session.scalars(select(Account).where(Account.email == "nguoi.moi@vidu.vn")).all() == []


def test_an_address_that_is_taken_is_said_on_its_field(
    client: Client, session: Session, country: Account
) -> None:
    account(session, email="nguoi.moi@vidu.vn")
    answer = post(client, "/nguoi-dung/tao", fields(email="Nguoi.Moi@VIDU.vn"))
    assert answer.status_code == 422
    assert "đã có tài khoản" in answer.text


def test_a_scope_may_be_one_commune(client: Client, session: Session, country: Account) -> None:
    code = commune_of(session)
    assert post(client, "/nguoi-dung/tao", fields(commune=code)).status_code == 200
    made = session.scalars(select(Account).where(Account.email == "nguoi.moi@vidu.vn")).one()
    assert roles_of(session, made)[0].unit_path == f"VN/12/{code}/"
    page = client.get(f"/nguoi-dung/{made.public_id}").text
    assert "Lai Châu" in page


def commune_of(session: Session) -> str:
    """The code of some commune of Lai Châu."""
    inside = (AdministrativeUnit.path.like("VN/12/%/"), AdministrativeUnit.valid_to.is_(None))
    return (
        session.scalars(
            select(AdministrativeUnit.code).where(*inside).order_by(AdministrativeUnit.code)
        ).first()
        or ""
    )


def test_an_administrator_of_a_province_stays_inside_it(client: Client, session: Session) -> None:
    local = account(session, Role.SYSTEM_ADMIN, "VN/12/")
    inside = account(session, Role.OFFICER, "VN/12/", name="Trong Tỉnh")
    outside = account(session, Role.OFFICER, "VN/31/", name="Ngoài Tỉnh")
    above = account(session, Role.SYSTEM_ADMIN, "", name="Trên Cả Nước")
    both = account(session, Role.OFFICER, "VN/12/", name="Hai Nơi")
    grant_role(session, both, Role.AUDITOR, Scope("VN/31/", ""), by=None, starts_on=today(), at=AT)
    sign_in(client, local)
    listed = client.get("/nguoi-dung").text
    assert "Trong Tỉnh" in listed
    assert "Hai Nơi" in listed
    assert "Ngoài Tỉnh" not in listed
    assert "Trên Cả Nước" not in listed
    foreign, missing = client.get(f"/nguoi-dung/{outside.public_id}"), client.get("/nguoi-dung/khong-co")
    assert foreign.status_code == missing.status_code == 404
    for reachable, code in ((inside, 200), (both, 404), (outside, 404), (above, 404)):
        assert client.get(f"/nguoi-dung/{reachable.public_id}/khoa").status_code == code
    page = client.get("/nguoi-dung/tao").text
    assert 'value="VN/12/"' in page
    assert 'value="VN/31/"' not in page
    assert post(client, "/nguoi-dung/tao", fields(unit="VN/31/")).status_code == 422
    assert post(client, "/nguoi-dung/tao", fields(unit="VN")).status_code == 422


def test_suspending_and_reopening_ask_for_a_reason_and_leave_it_in_the_log(
    client: Client, session: Session, country: Account
) -> None:
    made = account(session)
    path = f"/nguoi-dung/{made.public_id}"
    assert post(client, f"{path}/khoa", {"reason": " "}).status_code == 422
    assert post(client, f"{path}/khoa", {"reason": "Nghỉ việc từ hôm nay"}).status_code == 303
    session.refresh(made)
    assert made.state is AccountState.SUSPENDED
    event = last_event(session)
    assert (event.action, event.by_id) == ("account.suspended", country.id)
    assert "Nghỉ việc từ hôm nay" in event.content
    assert client.get(f"{path}/khoa").status_code == 404
    assert post(client, f"{path}/mo-khoa", {"reason": "Quay lại"}).status_code == 303
    session.refresh(made)
    assert made.state is AccountState.ACTIVE


def test_a_closed_account_stays_but_cannot_be_used_or_changed(
    client: Client, session: Session, country: Account
) -> None:
    made = account(session)
    path = f"/nguoi-dung/{made.public_id}"
    assert post(client, f"{path}/dong", {"reason": "Chuyển cơ quan"}).status_code == 303
    session.refresh(made)
    assert (made.state, made.password_hash) == (AccountState.CLOSED, None)
    assert client.get(path).status_code == 200
    for step in ("khoa", "mo-khoa", "dong"):
        assert client.get(f"{path}/{step}").status_code == 404


def test_the_last_administrator_cannot_be_suspended_closed_or_stripped(session: Session) -> None:
    only = account(session, Role.SYSTEM_ADMIN, "")
    account(session, Role.SYSTEM_ADMIN, "VN/12/")
    role = roles_of(session, only)[0]
    with pytest.raises(LastAdministrator):
        suspend_account(session, only, by=None, reason="x", at=AT, on=today())
    with pytest.raises(LastAdministrator):
        close_account(session, only, by=None, reason="x", at=AT, on=today())
    with pytest.raises(LastAdministrator):
        end_role(session, role, by=None, reason="x", at=AT, on=today())
    second = account(session, Role.SYSTEM_ADMIN, "")
    suspend_account(session, only, by=None, reason="x", at=AT, on=today())
    with pytest.raises(LastAdministrator):
        end_role(session, roles_of(session, second)[0], by=None, reason="x", at=AT, on=today())


def test_two_administrators_cannot_remove_each_other_at_once(
    database: Database, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """Both start at the same moment; whoever comes second finds that nobody else is left."""
    with own_database(database, request, tmp_path, "rivals", is_empty=True) as (_url, opened):
        with opened.writing() as session:
            ids = [account(session, Role.SYSTEM_ADMIN, "").id for _ in range(2)]
        start = threading.Barrier(2)
        outcomes: list[str] = []

        def suspend(number: int) -> None:
            start.wait()
            with opened.writing() as session:
                try:
                    suspend_account(
                        session, session.get_one(Account, number), by=None, reason="x", at=AT, on=today()
                    )
                    session.commit()
                    outcomes.append("done")
                except LastAdministrator:
                    outcomes.append("refused")

        threads = [threading.Thread(target=suspend, args=(number,)) for number in ids]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        assert sorted(outcomes) == ["done", "refused"]


def test_nobody_changes_their_own_account_here(client: Client, session: Session, country: Account) -> None:
    account(session, Role.SYSTEM_ADMIN, "")
    path = f"/nguoi-dung/{country.public_id}"
    assert client.get(path).status_code == 200
    for step in ("khoa", "dong", "vai-tro", "mat-khau"):
        assert client.get(f"{path}/{step}").status_code == 404
    assert post(client, f"{path}/vai-tro", fields()).status_code == 404


def test_a_role_is_granted_once_and_ended_with_a_reason(
    client: Client, session: Session, country: Account
) -> None:
    made = account(session, Role.OFFICER, "VN/12/")
    path = f"/nguoi-dung/{made.public_id}"
    given = {"role": "auditor", "unit": "VN/31/"}
    assert post(client, f"{path}/vai-tro", given).status_code == 303
    again = post(client, f"{path}/vai-tro", given)
    assert again.status_code == 422
    assert "đã có vai trò này" in again.text
    added = roles_of(session, made)[-1]
    ending = f"{path}/vai-tro/{added.public_id}/ket-thuc"
    assert client.get(ending).status_code == 200
    assert post(client, ending, {"reason": ""}).status_code == 422
    assert post(client, ending, {"reason": "Hết nhiệm vụ"}).status_code == 303
    assert post(client, ending, {"reason": "Hết nhiệm vụ"}).status_code == 404
    session.refresh(added)
    assert added.ended_at is not None
    assert added.ended_because == "Hết nhiệm vụ"
    assert "Hết nhiệm vụ" in client.get(path).text
    assert post(client, f"{path}/vai-tro", given).status_code == 303


def test_a_role_of_another_account_is_not_ended_through_mine(
    client: Client, session: Session, country: Account
) -> None:
    one, other = account(session), account(session)
    foreign = roles_of(session, other)[0].public_id
    answer = post(client, f"/nguoi-dung/{one.public_id}/vai-tro/{foreign}/ket-thuc", {"reason": "x"})
    assert answer.status_code == 404


def test_a_one_time_password_ends_running_sign_ins(
    client: Client, session: Session, country: Account
) -> None:
    made = account(session)
    other = client.application.test_client()
    assert isinstance(other, Client)
    other.session = session
    sign_in(other, made)
    assert other.get("/tai-khoan").status_code == 200
    path = f"/nguoi-dung/{made.public_id}/mat-khau"
    answer = post(client, path)
    assert answer.status_code == 200
    assert "Mật khẩu chỉ hiện lần này" in answer.text
    assert other.get("/tai-khoan").status_code == 302


def test_form_fields_nobody_offered_change_nothing(
    client: Client, session: Session, country: Account
) -> None:
    stray = {
        "state": "closed",
        "public_id": "x",
        "id": "1",
        "password_hash": "x",
        "is_temporary": "",
        "version": "9",
    }
    assert post(client, "/nguoi-dung/tao", fields(**stray)).status_code == 200
    made = session.scalars(select(Account).where(Account.email == "nguoi.moi@vidu.vn")).one()
    assert (made.state, made.password_is_temporary, made.version) == (AccountState.ACTIVE, True, 1)
    assert made.public_id != "x"


@pytest.mark.parametrize("role", [None, Role.CANDIDATE, Role.OFFICER, Role.CAMPAIGN_ADMIN, Role.AUDITOR])
def test_other_roles_do_not_get_in(client: Client, session: Session, role: Role | None) -> None:
    made = account(session, role, "")
    sign_in(client, account(session, role, ""))
    for path in ("", "/tao", f"/{made.public_id}", f"/{made.public_id}/vai-tro", f"/{made.public_id}/khoa"):
        assert client.get(f"/nguoi-dung{path}").status_code == 403
    assert post(client, "/nguoi-dung/tao", fields()).status_code == 403


def test_the_list_asks_the_database_as_often_for_many_as_for_few(
    client: Client, session: Session, country: Account, connection: Connection
) -> None:
    statements: list[str] = []

    def note(_c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.startswith("SELECT"):
            statements.append(statement)

    account(session)
    client.get("/nguoi-dung")
    database_event.listen(connection, "before_cursor_execute", note)
    client.get("/nguoi-dung")
    few, statements[:] = len(statements), []
    for code in ("01", "31", "48", "79", "92"):
        account(session, Role.OFFICER, f"VN/{code}/")
    statements.clear()
    client.get("/nguoi-dung")
    database_event.remove(connection, "before_cursor_execute", note)
    assert few == len(statements) <= 12


def test_the_list_can_be_narrowed_and_survives_nonsense(
    client: Client, session: Session, country: Account
) -> None:
    made = account(session, name="Người Bị Khóa")
    suspend_account(session, made, by=None, reason="x", at=AT, on=today())
    assert "Người Bị Khóa" in client.get("/nguoi-dung?trang-thai=suspended").text
    assert "Người Bị Khóa" not in client.get("/nguoi-dung?trang-thai=active").text
    for nonsense in ("?trang=-1", "?trang=9999999", "?trang=x", "?trang-thai=vua"):
        assert client.get(f"/nguoi-dung{nonsense}").status_code == 200


def test_every_form_can_be_opened(client: Client, session: Session, country: Account) -> None:
    made = account(session)
    path = f"/nguoi-dung/{made.public_id}"
    role = roles_of(session, made)[0].public_id
    for step in ("", "/vai-tro", f"/vai-tro/{role}/ket-thuc", "/khoa", "/dong", "/mat-khau", "/hai-lop"):
        assert client.get(f"{path}{step}").status_code == 200


def test_a_role_cannot_be_given_wider_than_one_has(client: Client, session: Session) -> None:
    sign_in(client, account(session, Role.SYSTEM_ADMIN, "VN/12/"))
    made = account(session, Role.OFFICER, "VN/12/")
    path = f"/nguoi-dung/{made.public_id}/vai-tro"
    code = commune_of(session)
    given = {"role": "auditor"}
    assert post(client, path, given | {"unit": "VN"}).status_code == 422
    assert post(client, path, given | {"unit": "VN/31/"}).status_code == 422
    assert post(client, path, given | {"unit": "VN/12/", "commune": "31"}).status_code == 422
    assert post(client, path, given | {"unit": "VN/12/", "commune": code}).status_code == 303


def test_an_administrator_of_a_commune_offers_no_province(client: Client, session: Session) -> None:
    code = commune_of(session)
    sign_in(client, account(session, Role.SYSTEM_ADMIN, f"VN/12/{code}/"))
    page = client.get("/nguoi-dung/tao").text
    assert 'value="VN/12/"' not in page
    assert f'value="VN/12/{code}/"' in page


def test_operations_refuse_what_the_pages_refuse(session: Session) -> None:
    made = account(session, email="a@vidu.vn")
    with pytest.raises(EmailTaken):
        create_account(session, email="A@VIDU.VN", display_name="x", password_hash=None, by=None, at=AT)
    with pytest.raises(RoleHeld):
        grant_role(session, made, Role.OFFICER, Scope("VN/12/", ""), by=None, starts_on=today(), at=AT)
    assert session.scalars(select(Account).where(Account.email_folded == "a@vidu.vn")).one() is made


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_scope_that_was_not_offered_is_refused_all_the_same(
    app: Flask, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeper = Viewer(None, frozenset(Permission), (Scope("VN/12/", ""),))
    monkeypatch.setattr(reach, "current_viewer", lambda: keeper)
    with app.test_request_context():
        form: Any = RoleForm(formdata=None)
        form.offer([("VN/31/", "Hải Phòng")])
        form.unit.data, form.commune.data = "VN/31/", ""
        assert reach.chosen_scope(session, form) is None
        assert form.unit.errors == ["Chọn phạm vi nằm trong phạm vi của bạn"]
