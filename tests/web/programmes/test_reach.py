"""Of two programmes, two agencies and two tasks each office finds its own, and the steps that are its to take."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from registry.accounts.models import Account
from registry.accounts.rules import Permission, Role
from registry.organisations.models import Organisation
from registry.programmes.models import Programme
from registry.programmes.operations.reminding import writers_of
from registry.programmes.operations.tasks import ask_reviews
from registry.programmes.rules.words import AgencyPart
from registry.web.clock import today
from tests.conftest import Client, browser
from tests.factories.accounts import account, sign_in
from tests.factories.organisations import committee, organisation
from tests.factories.programmes import programme, task
from tests.factories.roles import take_away

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
HERE = "VN/12/"
ROOM = "/chuong-trinh"


class Place:
    """A province with two agencies under its committee, and a programme of its own."""

    def __init__(self, session: Session) -> None:
        above = committee(session)
        self.programme = programme(session, organisation(session, parent=above))
        self.health = organisation(session, "Sở Y tế", above)
        self.school = organisation(session, "Sở Giáo dục và Đào tạo", above)
        session.commit()


@pytest.fixture
def place(session: Session) -> Place:
    """The province."""
    return Place(session)


def of_agency(session: Session, agency: Organisation) -> Account:
    """An officer of this agency alone."""
    return account(session, Role.OFFICER, HERE, agency.path)


def desk_of(client: Client, session: Session, who: Account) -> Client:
    """The browser of an account."""
    made = browser(client.application, session)
    sign_in(made, who)
    return made


def address(of: Programme, rest: str = "") -> str:
    """An address of a programme."""
    return f"{ROOM}/{of.public_id}{rest}"


def test_the_register_holds_the_programmes_one_has_to_do_with_and_auditors_write_none(
    client: Client, session: Session, place: Place
) -> None:
    task(session, place.programme, place.health)
    programme(session, code="CT2", unit_path="VN/15/")
    session.commit()
    for who, found, may_write in (
        (of_agency(session, place.health), ["CT1"], True),
        (of_agency(session, place.school), [], True),
        (account(session, Role.OFFICER, "VN/15/"), ["CT2"], True),
        (account(session, Role.AUDITOR, ""), ["CT1", "CT2"], False),
    ):
        shown = desk_of(client, session, who).get(ROOM).text
        assert [code for code in ("CT1", "CT2") if f"nhân lực {code}" in shown] == found
        assert (f"{ROOM}/tao" in shown) is may_write


def test_only_the_lead_is_shown_its_steps_and_an_agency_its_own_review(
    client: Client, session: Session, place: Place
) -> None:
    made = task(session, place.programme, place.health, others={place.school.id: AgencyPart.CO_OPERATE})
    asked = ask_reviews(
        session,
        place.programme,
        "Sơ kết",
        [place.health.id, place.school.id],
        due_on=today() + timedelta(days=9),
        by=None,
        at=datetime.now(UTC),
        on=today(),
    )
    session.commit()
    one, reviews = (
        address(place.programme, f"/nhiem-vu/{made.public_id}"),
        address(place.programme, "/tu-danh-gia"),
    )
    own = {each.organisation_id: each.public_id for each in asked.reviews}
    for agency, other, leads in ((place.health, place.school, True), (place.school, place.health, False)):
        desk = desk_of(client, session, of_agency(session, agency))
        shown = desk.get(one)
        assert (shown.status_code, "/chuyen" in shown.text) == (200, leads)
        listed = desk.get(reviews).text
        assert own[agency.id] in listed
        assert other.name not in listed
    auditor = desk_of(client, session, account(session, Role.AUDITOR, "")).get(reviews).text
    assert place.health.name in auditor
    assert "/gui" not in auditor


def test_whoever_may_not_read_programmes_changes_none(
    client: Client, session: Session, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = desk_of(client, session, account(session, Role.OFFICER, HERE))
    assert desk.get(address(place.programme, "/sua")).status_code == 200
    take_away(monkeypatch, Role.OFFICER, Permission.PROGRAMMES_READ)
    assert desk.get(address(place.programme, "/sua")).status_code == 404


def test_a_reminder_goes_to_the_office_of_the_lead_and_to_no_other(session: Session, place: Place) -> None:
    """Whose scope is as narrow but elsewhere is told nothing; without one of its own, whoever stands above."""
    above = account(session, Role.OFFICER, HERE)
    account(session, Role.OFFICER, "VN/15/")
    of_agency(session, place.school)
    assert writers_of(session, place.health, on=today()) == [above]
    own = of_agency(session, place.health)
    assert writers_of(session, place.health, on=today()) == [own]
