"""Pages in English: levels, names of skills and of scopes are not left in Vietnamese."""

import pytest
from sqlalchemy.orm import Session

from registry.accounts.rules import Role
from registry.app.scopes import scope_choices
from registry.people.rules import SkillDraft
from registry.skills.queries import skills_by_code
from tests.conftest import Client
from tests.factories import needs as make
from tests.factories import people
from tests.factories.accounts import account, sign_in


@pytest.fixture
def officer(client: Client, session: Session) -> Client:
    sign_in(client, account(session, Role.OFFICER, "VN/12/"))
    client.get("/nhu-cau?lang=en")
    return client


def test_levels_are_explained_in_english(officer: Client, session: Session) -> None:
    python = skills_by_code(session, ["IT01"])["IT01"]
    for path in ("/nhu-cau/tao", f"/ky-nang/{python.public_id}"):
        page = officer.get(f"{path}?lang=en").text
        assert "works independently" in page
        assert "làm độc lập" not in page


def test_a_skill_goes_by_its_english_name(officer: Client, session: Session) -> None:
    accounting = skills_by_code(session, ["FI01"])["FI01"]
    page = officer.get(f"/ky-nang/{accounting.public_id}?lang=en").text
    assert f"<h1>{accounting.en}" in page
    need = make.need(session, skills=[make.skill(session, "FI01")])
    assert accounting.en in officer.get(f"/nhu-cau/{need.public_id}?lang=en").text


def test_the_skills_of_a_person_go_by_their_english_names(officer: Client, session: Session) -> None:
    accounting = skills_by_code(session, ["FI01"])["FI01"]
    person = people.person(session, skills=(SkillDraft(accounting.vi, accounting.id, level=4),))
    page = officer.get(f"/ung-vien/{person.public_id}?lang=en").text
    assert f'<th scope="row">{accounting.en}' in page
    assert f"{accounting.en} · level 4" in officer.get("/ung-vien?lang=en").text


def test_the_whole_country_is_called_so_in_english(officer: Client, session: Session) -> None:
    with officer.application.test_request_context("/?lang=en"):
        assert scope_choices(session)[0] == ("", "Whole country")
