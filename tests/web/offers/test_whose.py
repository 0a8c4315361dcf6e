"""Whose offer sheets are listed, under which name, and to whom the pages of offers open at all."""

from dataclasses import dataclass

import pytest
from sqlalchemy.orm import Session

from registry.accounts.models import Account
from registry.accounts.rules import Grant, Permission, Role, Scope, Viewer
from registry.needs.models import Need
from registry.needs.rules import NeedState
from registry.offers.models import OfferSheet
from registry.offers.queries.sheets import sheets_of_need, sheets_of_person
from registry.people.models import Person
from tests.conftest import Client
from tests.factories.accounts import account, sign_in
from tests.factories.candidates import candidate
from tests.factories.needs import need
from tests.factories.offers import sheet
from tests.factories.people import ANONYMOUS, AT, TODAY
from tests.factories.roles import take_away

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
HERE, THERE = "VN/12/", "VN/01/"
EVERYBODY = Viewer.installation()


@dataclass(frozen=True)
class Offered:
    """A need and a person of each of two provinces, an officer of the first, and a sheet of each with each."""

    needs: tuple[Need, Need]
    people: tuple[Person, Person]
    officer: Account
    sheets: dict[tuple[int, int], OfferSheet]

    @property
    def page(self) -> str:
        """The page of the pair of the first province."""
        return f"/nhu-cau/{self.needs[0].public_id}/de-xuat/{self.people[0].public_id}"


@pytest.fixture
def both(session: Session) -> Offered:
    """See the class; the people are anonymous."""
    needs = [need(session, state=NeedState.OPEN, unit_path=path) for path in (HERE, THERE)]
    names = ((HERE, "Sùng Thị Dở"), (THERE, "Đỗ Văn Xa"))
    people = [candidate(session, name, consents=ANONYMOUS, unit_path=path) for path, name in names]
    officer = account(session, Role.OFFICER, HERE)
    sheets = {
        (job, who): sheet(session, people[who], needs[job], by=officer.id, on=TODAY, at=AT)
        for job in (0, 1)
        for who in (0, 1)
    }
    session.commit()
    return Offered((needs[0], needs[1]), (people[0], people[1]), officer, sheets)


def test_sheets_are_of_one_need_or_person_and_of_both_in_sight(session: Session, both: Offered) -> None:
    own = Viewer.of_grants(1, [Grant(Role.OFFICER, Scope(HERE))]).limited_to(Permission.MATCHING_READ)
    for place in (0, 1):
        wanted, person = both.needs[place], both.people[place]
        of_need = set(sheets_of_need(session, EVERYBODY, wanted, on=TODAY))
        assert of_need == {both.sheets[place, who] for who in (0, 1)}
        of_person = set(sheets_of_person(session, EVERYBODY, person, on=TODAY))
        assert of_person == {both.sheets[job, place] for job in (0, 1)}
    assert list(sheets_of_need(session, own, both.needs[0], on=TODAY)) == [both.sheets[0, 0]]
    assert list(sheets_of_person(session, own, both.people[0], on=TODAY)) == [both.sheets[0, 0]]
    assert list(sheets_of_need(session, own, both.needs[1], on=TODAY)) == []
    assert list(sheets_of_person(session, own, both.people[1], on=TODAY)) == []


def test_a_sheet_names_nobody_who_is_anonymous(client: Client, both: Offered) -> None:
    sign_in(client, both.officer)
    of_need = f"/nhu-cau/{both.needs[0].public_id}/de-xuat"
    for page in (both.page, f"/de-xuat/{both.sheets[0, 0].public_id}", of_need):
        text = client.get(page).text
        assert both.people[0].code in text, page
        assert both.people[0].full_name not in text, page


def test_without_the_right_to_read_policies_nothing_is_offered(
    client: Client, both: Offered, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_in(client, both.officer)
    record = f"/ung-vien/{both.people[0].public_id}"
    pages = (
        both.page,
        f"/de-xuat/{both.sheets[0, 0].public_id}",
        f"/nhu-cau/{both.needs[0].public_id}/de-xuat",
        f"{record}/chinh-sach",
    )
    assert [client.get(page).status_code for page in pages] == [200] * 4
    assert f"{record}/chinh-sach" in client.get(record).text
    take_away(monkeypatch, Role.OFFICER, Permission.POLICIES_READ)
    assert [client.get(page).status_code for page in pages] == [404] * 4
    assert f"{record}/chinh-sach" not in client.get(record).text


def test_without_the_right_to_match_a_record_has_no_card_of_policies(
    client: Client, both: Offered, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_in(client, both.officer)
    take_away(monkeypatch, Role.OFFICER, Permission.MATCHING_READ)
    record = client.get(f"/ung-vien/{both.people[0].public_id}")
    assert record.status_code == 200
    assert f"/ung-vien/{both.people[0].public_id}/chinh-sach" not in record.text


def test_without_the_right_to_decide_a_sheet_has_no_form(
    client: Client, both: Offered, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_in(client, both.officer)
    form = f'action="{both.page}"'
    assert form in client.get(both.page).text
    take_away(monkeypatch, Role.OFFICER, Permission.MATCHING_DECIDE)
    assert form not in client.get(both.page).text
