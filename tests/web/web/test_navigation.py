"""Which entry of the navigation a page stands under."""

import re

import pytest
from sqlalchemy.orm import Session

from registry.accounts.rules import Role
from tests.conftest import Client
from tests.factories import needs as make
from tests.factories.accounts import account, post, sign_in


def current_entry(page: str) -> str:
    found = re.search(r'<a[^>]*aria-current="page"[^>]*>([^<]+)', page)
    return found[1].strip() if found else ""


@pytest.fixture
def officer(client: Client, session: Session) -> Client:
    sign_in(client, account(session, Role.OFFICER, "VN/12/"))
    return client


def test_what_matching_shows_of_people_stands_under_the_people(officer: Client) -> None:
    made = post(officer, "/danh-sach", {"ten": "Kỹ sư"}).headers["Location"]
    for path in ("/ung-vien", "/danh-sach", made, f"{made}/dan-ma", "/bo-tim"):
        assert current_entry(officer.get(path).text) == "Ứng viên", path


def test_what_matching_shows_of_a_need_stands_under_the_needs(officer: Client, session: Session) -> None:
    need = make.need(session)
    for path in ("/nhu-cau", f"/nhu-cau/{need.public_id}/xep-hang", "/nhu-cau/ghep-dong-loat"):
        assert current_entry(officer.get(path).text) == "Nhu cầu", path


def test_what_concerns_the_whole_installation_is_not_offered_to_a_role_on_a_part(
    client: Client, session: Session
) -> None:
    sign_in(client, account(session, Role.SYSTEM_ADMIN, "VN/12/"))
    page = client.get("/nguoi-dung").text
    assert 'href="/su-co"' not in page
    assert 'href="/luu-giu"' not in page
    sign_in(client, account(session, Role.SYSTEM_ADMIN, ""))
    page = client.get("/nguoi-dung").text
    assert 'href="/su-co"' in page
    assert 'href="/luu-giu"' in page
