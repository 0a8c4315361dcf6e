"""Needs written through the API: drafts alone, with the verdict of the form, once however often they are sent."""

from typing import Any

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from registry.api.models import ApiWrite
from registry.api.rules import KEPT_FOR, ApiScope
from registry.audit.models import AuditEvent
from registry.needs.models import Need
from registry.needs.rules import NeedState
from registry.web.clock import now
from tests.conftest import Client
from tests.factories import needs as make_needs
from tests.factories import organisations as make_organisations
from tests.factories.accounts import account, sign_in
from tests.factories.api import READING, Key, get, key, send

OFFICE = "Sở Khoa học và Công nghệ thử"
DRAFT: dict[str, Any] = {
    "title": "Kỹ sư dữ liệu",
    "organisation": OFFICE,
    "headcount": 2,
    "place": "12",
    "expected_on": "2027-03-01",
    "skills": [{"text": "lập trình python", "level": 4, "weight": 2, "is_essential": True, "minimum": 3}],
    "conditions": {"degree_rank": 4, "languages": [{"code": "en", "rank": 3}], "available_by": "2027-02-01"},
    "shares": {"skills": 60, "experience": 10, "qualification": 15, "availability": 10, "place": 5},
}


@pytest.fixture
def writer(session: Session) -> Key:
    make_organisations.organisation(session, OFFICE, unit_path="VN/12/")
    return key(session)


def test_a_need_is_made_once_however_often_it_is_sent(client: Client, session: Session, writer: Key) -> None:
    first = send(client, writer, "/needs", DRAFT, Idempotency_Key="a-1")
    assert first.status_code == 201, first.text
    said = first.get_json()
    assert (said["state"], said["headcount"], said["place"]) == ("draft", 2, "12")
    assert said["skills"][0]["code"]
    assert said["shares"] == DRAFT["shares"]
    assert said["conditions"]["languages"] == [{"code": "en", "rank": 3}]
    assert first.headers["Location"] == f"/api/v1/needs/{said['id']}"
    again = send(client, writer, "/needs", DRAFT, Idempotency_Key="a-1")
    assert (again.status_code, again.get_json()) == (201, said)
    assert again.headers["Idempotency-Replayed"] == "true"
    other = send(client, writer, "/needs", DRAFT | {"headcount": 3}, Idempotency_Key="a-1")
    assert other.status_code == 422
    assert session.scalar(select(func.count()).select_from(Need)) == 1
    assert get(client, writer, f"/needs/{said['id']}").get_json() == said
    made = session.scalars(select(AuditEvent).where(AuditEvent.action == "need.created")).one()
    assert made.by_id == writer.maker.id
    session.execute(update(ApiWrite).values(made_at=now() - KEPT_FOR * 2))
    session.commit()
    assert send(client, writer, "/needs", DRAFT | {"headcount": 3}, Idempotency_Key="a-1").status_code == 201


def test_a_draft_is_changed_by_whoever_read_its_newest_version(
    client: Client, session: Session, writer: Key
) -> None:
    made = send(client, writer, "/needs", DRAFT)
    address, tag = f"/needs/{made.get_json()['id']}", made.headers["ETag"]
    change = {"headcount": 5, "conditions": {"degree_rank": 5}, "description": "Mô tả mới"}
    assert send(client, writer, address, change, "PATCH").status_code == 428
    done = send(client, writer, address, change, "PATCH", If_Match=tag)
    assert done.status_code == 200, done.text
    said = done.get_json()
    assert (said["headcount"], said["conditions"]["degree_rank"]) == (5, 5)
    assert said["conditions"]["languages"] == []
    kept = made.get_json()
    assert {name: said[name] for name in kept if name not in {*change, "updated_at"}} == {
        name: kept[name] for name in kept if name not in {*change, "updated_at"}
    }
    assert send(client, writer, address, change, "PATCH", If_Match=tag).status_code == 412
    assert get(client, writer, address).headers["ETag"] == done.headers["ETag"]
    opened = make_needs.need(session, "Nhu cầu đang mở", state=NeedState.OPEN, unit_path="VN/12/")
    session.commit()
    assert send(client, writer, f"/needs/{opened.public_id}", {}, "PATCH", If_Match="*").status_code == 409


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"title": ""}, "/title"),
        ({"title": "x" * 201}, "/title"),
        ({"headcount": "2"}, "/headcount"),
        ({"is_admin": True}, "/is_admin"),
        ({"place": "khong-co"}, "/place"),
        ({"place": "01", "organisation": "Không có đơn vị này"}, "/organisation"),
        ({"shares": DRAFT["shares"] | {"place": 6}}, "/shares/skills"),
        ({"skills": [{"code": "KHONG-CO"}]}, "/skills/0/code"),
        ({"skills": [{"text": "python"}, {"text": "python"}]}, "/skills/1/text"),
        ({"expected_on": "2027-02-30"}, "/expected_on"),
        ({"title": "a\x00b"}, "/title"),
        ({"conditions": {"fields": ["khong-co"]}}, "/conditions/fields"),
    ],
)
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_what_is_wrong_is_named_by_its_pointer(
    client: Client, writer: Key, change: dict[str, Any], where: str
) -> None:
    answer = send(client, writer, "/needs", DRAFT | change)
    assert answer.status_code == 422, answer.text
    assert where in {one["where"] for one in answer.get_json()["errors"]}


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_body_that_is_none_is_refused_before_anything_is_done(client: Client, writer: Key) -> None:
    def posted(data: bytes, kind: str = "application/json") -> int:
        headers = {**writer.headers, "Content-Type": kind}
        answer = client.post("/api/v1/needs", data=data, headers=headers)
        assert answer.mimetype == "application/problem+json"
        return int(answer.status_code)

    assert posted(b"title=x", "application/x-www-form-urlencoded") == 415
    assert posted(b"{") == 400
    assert posted(b"\xff") == 400
    assert posted(b'{"headcount": NaN}') == 422
    assert posted(b"[" * 100_000) == 400
    assert posted(b'"' + b"x" * 1_000_000 + b'"') == 413
    assert posted(b'{"headcount": 1' + b"0" * 5_000 + b"}") == 400
    assert client.put("/api/v1/needs", headers=writer.headers).status_code == 405


def test_a_key_for_reading_or_of_another_place_writes_nothing(
    client: Client, session: Session, writer: Key
) -> None:
    reader, elsewhere = key(session, *READING), key(session, unit_path="VN/01/")
    assert send(client, reader, "/needs", DRAFT).status_code == 403
    refused = send(client, elsewhere, "/needs", DRAFT)
    assert refused.status_code == 422
    assert refused.get_json()["errors"][0]["where"] == "/place"
    need = make_needs.need(session, "Nháp", state=NeedState.DRAFT, unit_path="VN/12/")
    session.commit()
    address = f"/needs/{need.public_id}"
    assert send(client, elsewhere, address, {"headcount": 9}, "PATCH", If_Match="*").status_code == 404
    sign_in(client, account(session))
    assert send(client, None, "/needs", DRAFT).status_code == 401
    assert session.scalar(select(func.count()).select_from(Need)) == 1
    assert ApiScope.NEEDS_WRITE not in READING
