"""Wishes: each a new statement."""

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.people.models import (
    Availability,
    Person,
)
from registry.people.rules import (
    AvailabilityState,
    WorkForm,
)
from tests.conftest import Client
from tests.factories import people as make
from tests.factories.accounts import post
from tests.factories.people import only, path_of

WISHES = {
    "state": "available",
    "from_on": ["1", "3", "2027"],
    "forms": ["remote", "project"],
    "remote": "y",
    "places": "Lai Châu\nBến Tre",
    "stated_on": ["1", "11", "2026"],
}


def wishes_version(client: Client, person: Person) -> str:
    page = client.get(path_of(person, "nguyen-vong")).text
    return page.split('name="version" type="hidden" value="')[1].split('"')[0]


def test_wishes_are_a_new_statement_each_time(officer: Client, session: Session) -> None:
    person = make.person(session)
    version = wishes_version(officer, person)
    assert post(officer, path_of(person, "nguyen-vong"), {**WISHES, "version": version}).status_code == 303
    statement: Availability = only(session, Availability, person)
    assert statement.forms == {WorkForm.REMOTE, WorkForm.PROJECT}
    page = officer.get(f"/ung-vien/{person.public_id}").text
    assert "01/03/2027" in page
    assert "tỉnh Vĩnh Long" in page
    answer = post(
        officer, path_of(person, "nguyen-vong"), {**WISHES, "state": "not_available", "version": version}
    )
    assert answer.status_code == 409
    fresh = {**WISHES, "state": "not_available", "version": wishes_version(officer, person)}
    assert post(officer, path_of(person, "nguyen-vong"), fresh).status_code == 303
    states = session.scalars(select(Availability.state).order_by(Availability.id)).all()
    assert states == [AvailabilityState.AVAILABLE, AvailabilityState.NOT_AVAILABLE]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"state": ""}, "Chọn người này có nhận việc không"),
        ({"paused_until": ["1", "3", "2027"]}, "Chỉ ghi ngày này khi chọn «Tạm dừng»"),
        ({"from_on": ["", "", "2027"]}, "Nhập đủ ngày, tháng, năm"),
        ({"places": "Lai Châu\nNơi Không Có"}, "Không tìm thấy «Nơi Không Có»"),
        ({"stated_on": ["1", "1", "2099"]}, "Ngày này không được sau hôm nay"),
        ({"forms": ["khong-co"]}, "Chọn một mục trong danh sách"),
    ],
)
def test_wishes_that_cannot_be_are_refused(
    officer: Client, session: Session, changes: dict[str, Any], sentence: str
) -> None:
    person = make.person(session)
    fields = {**WISHES, **changes, "version": wishes_version(officer, person)}
    answer = post(officer, path_of(person, "nguyen-vong"), fields)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert session.scalars(select(Availability)).all() == []
