"""Ties to places: told, changed, ended and taken back by their person or an office, shown as far as the person is named."""

import re
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.accounts.models import Account
from registry.accounts.rules import Role
from registry.audit.models import AuditEvent
from registry.people.models import Affinity, Person
from registry.people.rules import AffinityKind, Willingness
from tests.conftest import Client, browser
from tests.factories import registrations as join
from tests.factories.accounts import account, post, sign_in
from tests.factories.pages import opened, words_of

NEW = "/toi/gan-bo/tao"
STUDIED: dict[str, Any] = {
    "kind": "studied",
    "place": "Lai Châu",
    "organisation": "Trường THPT chuyên Lê Quý Đôn",
    "willingness": "visit",
    "started": ["", "", "2003"],
}


@pytest.fixture
def owner(client: Client, session: Session) -> Account:
    """Somebody who sent a profile, signed in."""
    made = join.candidate(client, session)
    join.fill(client)
    join.send(client)
    return made


def ties(session: Session) -> list[Affinity]:
    return list(session.scalars(select(Affinity).order_by(Affinity.id)).all())


def change(client: Client, row: Affinity, **fields: Any) -> Any:
    path = f"/toi/gan-bo/{row.public_id}"
    return post(client, path, {**join.hidden(client.get(path).text), **STUDIED, **fields})


def test_a_tie_is_told_changed_ended_and_taken_back(client: Client, session: Session, owner: Account) -> None:
    assert "Quê, nơi từng học" in client.get("/toi").text
    assert post(client, NEW, STUDIED).headers["Location"] == "/toi#gan-bo"
    (row,) = ties(session)
    assert (row.kind, row.unit_path, row.willingness) == (AffinityKind.STUDIED, "VN/12/", Willingness.VISIT)
    words = words_of(opened(client, "/toi"))
    assert "Từng học ở đây, Trường THPT chuyên Lê Quý Đôn, " in words
    assert "Về làm việc ngắn ngày; 2003 – nay" in words
    assert change(client, row, ended=["", "", "2006"], willingness="project").status_code == 303
    session.refresh(row)
    assert (row.ended is not None and row.ended.text, row.willingness) == ("2006", Willingness.PROJECT)
    stale = post(client, f"/toi/gan-bo/{row.public_id}", {**STUDIED, "version": "1"})
    assert stale.status_code == 409
    assert post(client, f"/toi/gan-bo/{row.public_id}/xoa", {"version": "1"}).status_code == 303
    assert len(ties(session)) == 1
    post(client, f"/toi/gan-bo/{row.public_id}/xoa", {"version": str(row.version)})
    assert ties(session) == []
    told = session.scalars(
        select(AuditEvent.action).where(AuditEvent.action.startswith("affinity.")).order_by(AuditEvent.id)
    ).all()
    assert told == ["affinity.added", "affinity.revised", "affinity.removed"]


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"kind": ""}, "Chọn điều gắn bó"),
        ({"place": ""}, "Nhập nơi gắn bó"),
        ({"kind": "member", "organisation": ""}, "Nhập tên hội"),
        ({"ended": ["", "", "1999"]}, "phải sau thời gian bắt đầu"),
        ({"place": "Xứ không có"}, "Xứ không có"),
    ],
)
def test_what_is_not_right_is_said_and_kept(
    client: Client, session: Session, owner: Account, wrong: dict[str, Any], sentence: str
) -> None:
    answer = post(client, NEW, {**STUDIED, **wrong})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "về sau" not in answer.text
    assert ties(session) == []


def test_a_tie_of_somebody_else_is_not_there(client: Client, session: Session, owner: Account) -> None:
    post(client, NEW, STUDIED)
    (row,) = ties(session)
    other = browser(client.application, session)
    join.candidate(other, session)
    join.fill(other)
    join.send(other)
    path = f"/toi/gan-bo/{row.public_id}"
    assert other.get(path).status_code == 404
    assert post(other, path, STUDIED).status_code == 404
    assert post(other, f"{path}/xoa", {"version": "1"}).status_code == 404


def test_an_office_sees_of_the_unnamed_only_the_kind_and_how_far_they_would_go(
    client: Client, session: Session, owner: Account
) -> None:
    post(client, NEW, STUDIED)
    person = session.scalars(select(Person)).one()
    officer = browser(client.application, session)
    sign_in(officer, account(session, Role.OFFICER, "VN/12/"))
    page = words_of(opened(officer, f"/ung-vien/{person.public_id}"))
    assert "Trường THPT chuyên Lê Quý Đôn" in page
    added = post(officer, f"/ung-vien/{person.public_id}/gan-bo/tao", {"kind": "family", "place": "Lai Châu"})
    assert added.status_code == 303
    assert len(ties(session)) == 2
    post(client, "/toi/dong-y/contact/rut")
    page = words_of(opened(officer, f"/ung-vien/{person.public_id}"))
    assert "Từng học ở đây" in page
    assert "Về làm việc ngắn ngày" in page
    assert not re.search("Lê Quý Đôn|2003", page)
