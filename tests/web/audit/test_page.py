"""The page of the log: for auditors and administrators, inside their scopes, itself on the record."""

import re
from datetime import UTC, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.accounts.models import Account
from registry.accounts.rules import Role
from registry.audit.forms import action_words
from registry.audit.models import AuditEvent
from registry.audit.operations import record, record_read
from tests.conftest import Client
from tests.factories.accounts import account, sign_in

AT = datetime(2026, 11, 25, 17, 30, tzinfo=UTC)  # 26/11/2026 00:30 in Việt Nam
PERSON = "0123456789abcdefghjkmnpqrs"


@pytest.fixture
def officer(session: Session) -> Account:
    """Somebody of Lai Châu who has done a few things."""
    made = account(session, Role.OFFICER, "VN/12/", name="Lò Thị Hạnh")
    changes = {"full_name": ("Vàng A Páo", "Vàng A Pảo")}
    record(
        session,
        made.id,
        "person.changed",
        "person",
        PERSON,
        changes=changes,
        person=PERSON,
        reason="Theo giấy tờ",
        at=AT,
    )
    record(
        session,
        made.id,
        "need.closed",
        "need",
        "nhu-cau-1",
        changes={"state": ("open", "closed")},
        reason="Đủ người",
        at=AT,
    )
    record_read(session, made.id, "people.listed", people=[PERSON, "p2", "p3"], at=AT)
    return made


@pytest.fixture
def auditor(client: Client, session: Session) -> Client:
    """The browser of the country's auditor."""
    return sign_in(client, account(session, Role.AUDITOR, "", name="Hoàng Văn Tín"))  # pyright: ignore[reportReturnType]


def test_the_page_says_who_did_what_without_personal_values(auditor: Client, officer: Account) -> None:
    page = auditor.get("/nhat-ky").text
    assert "Lò Thị Hạnh" in page
    assert "Nhu cầu: đóng" in page
    assert "Mục thay đổi: Họ và tên" in page
    assert "3 người" in page
    assert "Đủ người" in page
    for hidden in ("Vàng A Páo", "Vàng A Pảo", "Theo giấy tờ"):
        assert hidden not in page


def test_numbers_of_rows_and_accounts_do_not_show(
    auditor: Client, officer: Account, session: Session
) -> None:
    for number in range(60):
        record(session, officer.id, "need.closed", "need", f"n{number}", at=AT)
    page = auditor.get("/nhat-ky").text
    mark = re.search(r"truoc=([^\"&]+)", page)
    assert mark
    assert officer.public_id in page
    older = auditor.get(f"/nhat-ky?truoc={mark[1]}").text
    assert "nhu-cau-1" in older


def test_looking_at_the_log_is_on_the_record(auditor: Client, session: Session) -> None:
    auditor.get("/nhat-ky?viec=need.closed")
    event = session.scalars(select(AuditEvent).where(AuditEvent.action == "audit.read")).one()
    assert event.content == '{"viec":"need.closed"}'


@pytest.mark.parametrize(
    ("query", "shown", "hidden"),
    [
        ("viec=need.closed", "nhu-cau-1", PERSON),
        (f"doi-tuong={PERSON}", PERSON, "nhu-cau-1"),
        ("doi-tuong=p2", "3 người", "nhu-cau-1"),
        ("tu=26/11/2026&den=26/11/2026", "nhu-cau-1", "không có"),
        ("den=25/11/2026", "Đăng nhập", "nhu-cau-1"),
        ("tu=2026-11-26&den=2026-11-26", "nhu-cau-1", "không có"),
        ("nguoi=khong-co", "Không có sự kiện nào", "nhu-cau-1"),
        ("tu=31/02/2026", "Nhập ngày có thật", "không có gì"),
        ("truoc=xyz", "nhu-cau-1", "không có gì"),
    ],
)
def test_the_page_is_narrowed_by_its_address(
    auditor: Client, officer: Account, session: Session, query: str, shown: str, hidden: str
) -> None:
    if query == "den=25/11/2026":
        record(session, officer.id, "sign_in.done", "account", "x", at=datetime(2026, 11, 25, 1, tzinfo=UTC))
    answer = auditor.get(f"/nhat-ky?{query}")
    assert answer.status_code == 200
    rows = answer.text.split("<tbody>")[-1] if "<tbody>" in answer.text else answer.text
    assert shown in answer.text
    assert hidden not in rows


def test_one_actor_can_be_followed(auditor: Client, officer: Account, session: Session) -> None:
    other = account(session, name="Người Khác")
    record(session, other.id, "need.closed", "need", "nhu-cau-2", at=AT)
    page = auditor.get(f"/nhat-ky?nguoi={officer.public_id}").text
    assert "nhu-cau-1" in page
    assert "nhu-cau-2" not in page
    assert "Người làm: Lò Thị Hạnh" in page


def test_an_auditor_of_a_province_sees_what_its_accounts_did(
    client: Client, session: Session, officer: Account
) -> None:
    elsewhere = account(session, Role.OFFICER, "VN/31/", name="Người Hải Phòng")
    record(session, elsewhere.id, "need.closed", "need", "nhu-cau-3", at=AT)
    record(session, None, "sign_in.refused", "account", "unknown", at=AT)
    sign_in(client, account(session, Role.AUDITOR, "VN/12/"))
    page = client.get("/nhat-ky").text
    assert "nhu-cau-1" in page
    assert "nhu-cau-3" not in page
    assert "Đăng nhập: bị từ chối</td>" not in page
    foreign = client.get(f"/nhat-ky?nguoi={elsewhere.public_id}").text
    assert "Không có sự kiện nào" in foreign
    assert "Người Hải Phòng" not in foreign


@pytest.mark.parametrize("role", [Role.CANDIDATE, Role.OFFICER, Role.CAMPAIGN_ADMIN])
def test_other_roles_do_not_see_the_log(client: Client, session: Session, role: Role) -> None:
    sign_in(client, account(session, role, ""))
    assert client.get("/nhat-ky").status_code == 403


def test_the_system_administrator_sees_the_log(client: Client, session: Session) -> None:
    sign_in(client, account(session, Role.SYSTEM_ADMIN, ""))
    assert client.get("/nhat-ky").status_code == 200


@pytest.mark.parametrize(
    ("action", "words"),
    [
        ("need.closed", "Nhu cầu: đóng"),
        ("need.skills_set", "Nhu cầu: sửa kỹ năng cần"),
        ("need.la_lung", "Nhu cầu: la lung"),
        ("la.lung", "la: lung"),
        ("la", "la"),
    ],
)
def test_an_action_without_words_is_shown_as_it_is_named(client: Client, action: str, words: str) -> None:
    with client.application.test_request_context():
        assert action_words(action) == words
