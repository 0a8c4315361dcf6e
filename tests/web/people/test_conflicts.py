"""Two editors of one record: nobody's change is undone unseen, and the page says who changed what."""

import re
from html import unescape
from typing import Any

import pytest
from sqlalchemy.orm import Session

from registry.accounts.rules import Role
from registry.people.models import Person
from tests.conftest import Client
from tests.factories import people as make
from tests.factories.accounts import account, post, sign_in
from tests.factories.people import path_of
from tests.web.people.test_about import ABOUT as TYPED

# As the form shows it after it was saved.
ABOUT = {**TYPED, "nationalities": "Việt Nam", "stated_years": "12"}


def form_of(page: str) -> dict[str, str]:
    """The version and the marks a page carries in hidden fields."""
    found = re.findall(r'<input[^>]*name="(version|opened_with)"[^>]*value="([^"]*)"', page)
    return {name: unescape(value) for name, value in found}


def preselected(page: str) -> dict[str, str]:
    """Which side every row of the page has chosen beforehand."""
    picked = re.findall(r'<input type="radio" name="pick-([^"]+)" value="(\w+)" checked>', page)
    return dict(picked)


@pytest.fixture
def person(officer: Client, session: Session) -> Person:
    """A record whose «Bản thân» is filled."""
    made = make.person(session, "Lò Văn Chiến")
    assert post(officer, path_of(made, "ban-than"), {**ABOUT, "version": made.version}).status_code == 303
    session.refresh(made)
    return made


def meet(officer: Client, person: Person, theirs: dict[str, Any], mine: dict[str, Any]) -> str:
    """Open the form, let somebody else save, then send the form."""
    path = path_of(person, "ban-than")
    opened = form_of(officer.get(path).text)
    assert post(officer, path, {**ABOUT, **theirs, "version": person.version}).status_code == 303
    answer = post(officer, path, {**ABOUT, **mine, **opened})
    assert answer.status_code == 409
    return answer.text


def test_a_field_that_only_the_other_changed_keeps_what_is_saved(
    officer: Client, session: Session, person: Person
) -> None:
    mine = {"summary": "Tôi thêm"}
    page = meet(officer, person, {"headline": "Bác sĩ", "birth": ["12", "3", "1990"]}, mine)
    assert preselected(page) == {"headline": "theirs", "birth": "theirs", "summary": "mine"}
    choices = {f"pick-{name}": side for name, side in preselected(page).items()}
    fields = {**ABOUT, **mine, **choices, **form_of(page)}
    assert post(officer, path_of(person, "ban-than"), fields).status_code == 303
    session.refresh(person)
    assert person.birth is not None
    assert (person.headline, person.summary, person.birth.text) == ("Bác sĩ", "Tôi thêm", "12/03/1990")


def test_only_what_both_changed_differently_is_called_a_conflict(officer: Client, person: Person) -> None:
    page = meet(
        officer,
        person,
        {"headline": "Bác sĩ", "summary": "Của kia"},
        {"headline": "Kế toán", "sex": "female"},
    )
    assert page.count(">Khác nhau<") == 1
    assert page.count("Chỉ bản đã lưu sửa") == 1
    assert page.count("Chỉ bạn sửa") == 1
    assert preselected(page) == {"headline": "mine", "summary": "theirs", "sex": "mine"}


def test_a_second_conflict_is_compared_with_the_version_of_the_first(officer: Client, person: Person) -> None:
    page = meet(officer, person, {"headline": "Bác sĩ"}, {"summary": "Tôi thêm"})
    opened = form_of(page)
    path = path_of(person, "ban-than")
    again = {**ABOUT, "headline": "Bác sĩ", "stated_years": "20", "version": opened["version"]}
    assert post(officer, path, again).status_code == 303
    mine = {**ABOUT, "summary": "Tôi thêm", "pick-headline": "theirs", "pick-summary": "mine", **opened}
    answer = post(officer, path, mine)
    assert answer.status_code == 409
    assert preselected(answer.text) == {"stated_years": "theirs", "summary": "mine"}


def test_days_stand_with_two_digits(officer: Client, person: Person) -> None:
    page = meet(officer, person, {"birth": ["12", "3", "1990"]}, {"birth": ["1", "4", "1990"]})
    assert "12/03/1990" in page
    assert "01/04/1990" in page


def test_two_tabs_of_one_account_are_not_two_people(officer: Client, person: Person) -> None:
    page = meet(officer, person, {"headline": "Bác sĩ"}, {"headline": "Kế toán"})
    assert "Hai người cùng sửa" not in page
    assert "Bạn đã lưu một bản khác của mục «Bản thân»" in page
    assert "Bản bạn đã lưu" in page


def test_two_accounts_are_two_people(
    officer: Client, client: Client, session: Session, person: Person
) -> None:
    path = path_of(person, "ban-than")
    opened = form_of(officer.get(path).text)
    post(officer, path, {**ABOUT, "headline": "Bác sĩ", "version": person.version})
    sign_in(client, account(session, Role.OFFICER, "VN/12/", name="Giàng A Pó"))
    page = post(client, path, {**ABOUT, "headline": "Kế toán", **opened}).text
    assert "Hai người cùng sửa mục «Bản thân»" in page
    assert "Lò Thị Hạnh" in page


def test_contacts_wishes_and_rows_carry_what_they_were_opened_with(officer: Client, person: Person) -> None:
    for section, fields, changed in (
        ("lien-he", {"email": "a@vidu.vn"}, {"phone": "0912345678"}),
        ("nguyen-vong", {"state": "available"}, {"reason": "đang học"}),
    ):
        path = path_of(person, section)
        opened = form_of(officer.get(path).text)
        assert post(officer, path, {**fields, **changed, **opened}).status_code == 303
        answer = post(officer, path, {**fields, **opened})
        assert answer.status_code == 409
        assert preselected(answer.text)[next(iter(changed))] == "theirs", section


def test_a_form_sent_back_with_an_error_keeps_what_it_was_opened_with(
    officer: Client, person: Person
) -> None:
    path = path_of(person, "ban-than")
    opened = form_of(officer.get(path).text)
    refused = post(officer, path, {**ABOUT, "full_name": "", **opened})
    assert refused.status_code == 422
    assert form_of(refused.text) == opened
