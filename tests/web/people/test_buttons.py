"""Buttons and forms ask for the right itself, not for the role that has it today."""

import pytest
from sqlalchemy.orm import Session

from registry.accounts.rules import Permission, Role
from tests.conftest import Client
from tests.factories import people as make
from tests.factories.accounts import account, post, sign_in
from tests.factories.people import path_of
from tests.factories.roles import take_away

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def test_who_lost_a_right_loses_its_buttons_and_its_form(
    client: Client, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = make.person(session)
    take_away(monkeypatch, Role.OFFICER, Permission.SENSITIVE_READ, Permission.MATCHING_READ)
    sign_in(client, account(session, Role.OFFICER, "VN/12/"))
    page = client.get(f"/ung-vien/{person.public_id}").text
    assert path_of(person, "ban-than") in page
    assert path_of(person, "nhay-cam") not in page
    assert path_of(person, "nhu-cau") not in page
    assert post(client, path_of(person, "nhay-cam"), {"ethnicity": "Thái"}).status_code == 403
