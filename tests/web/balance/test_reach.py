"""Two roles do not lend each other their width: who writes or reads records in one province only reads sums in others."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from registry.accounts.models import Account
from registry.accounts.operations import grant_role
from registry.accounts.rules import EVERYWHERE, Permission, Role
from registry.needs.models import Need
from registry.needs.rules import NeedState
from registry.web.clock import today
from tests.conftest import Client, browser
from tests.factories.accounts import account, post, sign_in
from tests.factories.balance import forecast, movement, placed, shortage
from tests.factories.candidates import candidate, free_from, worked
from tests.factories.needs import need, organisation
from tests.factories.pages import opened, words_of
from tests.factories.roles import take_away

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
HERE, THERE = "VN/12/", "VN/01/"
ROOM = "/cung-cau"


def wanted(session: Session, title: str, field: str, path: str) -> Need:
    """Six people of a field wanted in a province."""
    return need(
        session,
        title,
        state=NeedState.OPEN,
        experience_field=field,
        experience_years=1,
        headcount=6,
        unit_path=path,
    )


@pytest.fixture
def doctors(session: Session) -> Need:
    """Doctors are wanted in Lai Châu, where one is free; engineers in Hà Nội."""
    made = wanted(session, "Bác sĩ nội trú", "772", HERE)
    wanted(session, "Kỹ sư phần mềm", "748", THERE)
    free = free_from(today() - timedelta(days=1), stated_on=today() - timedelta(days=1))
    candidate(session, "Lò Thị Y", experience=(worked(2020, None, "772"),), availability=free)
    session.commit()
    return made


def desk_of(client: Client, session: Session, who: Account) -> Client:
    """The browser of an account."""
    made = browser(client.application, session)
    sign_in(made, who)
    return made


def both(client: Client, session: Session) -> Client:
    """The browser of an officer of Lai Châu who is an auditor of the country."""
    made = account(session, Role.OFFICER, HERE)
    moment = datetime.now(UTC)
    grant_role(session, made, Role.AUDITOR, EVERYWHERE, by=None, starts_on=today(), at=moment)
    session.commit()
    return desk_of(client, session, made)


def row(page: Any, name: str) -> str:
    """The words of the row of a table that begins so."""
    (found,) = [one for one in page.xpath("//tbody/tr[th]") if words_of(one.xpath("th")[0]) == name]
    return " ".join(words_of(one) for one in found)


def test_whoever_may_not_write_is_shown_no_way_to(
    client: Client, session: Session, doctors: Need, monkeypatch: pytest.MonkeyPatch
) -> None:
    foreseen, missing, _left = forecast(session), shortage(session), movement(session)
    session.commit()
    desk = desk_of(client, session, account(session, Role.OFFICER, HERE))
    ways = {
        ROOM: "/thieu-hut/tao",
        f"{ROOM}/du-bao": "/du-bao/tao",
        f"{ROOM}/du-bao/{foreseen.public_id}": "/rut",
        f"{ROOM}/thieu-hut": "/thieu-hut/tao",
        f"{ROOM}/thieu-hut/{missing.public_id}": "/xong",
        f"{ROOM}/dich-chuyen": "/dich-chuyen/tao",
        f"{ROOM}/dich-chuyen/nam/2026": "/xoa",
    }
    assert [path for path, way in ways.items() if way not in desk.get(path).text] == []
    take_away(monkeypatch, Role.OFFICER, Permission.INDICATORS_WRITE)
    shown = {path: desk.get(path) for path in ways}
    assert {answer.status_code for answer in shown.values()} == {200}
    assert [path for path, way in ways.items() if way in shown[path].text] == []


def test_who_keeps_one_province_and_audits_the_country_counts_that_province(
    client: Client, session: Session, doctors: Need
) -> None:
    """Numbers, and the needs that each of them opens, are of the part where records may be opened."""
    desk = both(client, session)
    assert row(opened(desk, ROOM), "Sức khỏe").startswith("Sức khỏe Sức khỏe và dịch vụ xã hội 6 1 −5")
    assert "Máy tính" not in words_of(opened(desk, f"{ROOM}/dia-ban"))
    behind = words_of(opened(desk, f"{ROOM}/nhu-cau"))
    assert "6 chỗ còn trống trong 1 nhu cầu" in behind
    assert doctors.title in behind
    for page in ("", "/nhu-cau", "/nguoi", "/chi-tiet"):
        opened(desk, f"{ROOM}{page}?dia-ban={THERE}", 404)
    foreseen, missing = forecast(session, unit_path=THERE), shortage(session, unit_path=THERE)
    session.commit()
    for path, way in ((f"du-bao/{foreseen.public_id}", "/rut"), (f"thieu-hut/{missing.public_id}", "/xong")):
        answer = desk.get(f"{ROOM}/{path}")
        assert (answer.status_code, way in answer.text) == (200, False), path


def test_small_numbers_of_another_province_are_hidden_in_the_map(
    client: Client, session: Session, doctors: Need
) -> None:
    for path, told in ((HERE, "6 1 −5"), (THERE, "6 ẩn ẩn")):
        desk = desk_of(client, session, account(session, Role.OFFICER, path))
        assert told in row(opened(desk, ROOM), "tỉnh Lai Châu")


def test_who_moved_is_named_and_recorded_where_records_may_be_read(
    client: Client, session: Session, doctors: Need
) -> None:
    near = candidate(session, "Lò Thị Rời")
    far = candidate(session, "Trần Thị Xa", unit_path=THERE)
    for one in (near, far):
        movement(session, person=one, place="", words=f"Chuyện nhà {one.full_name}")
    session.commit()
    desk = both(client, session)
    year = words_of(opened(desk, f"{ROOM}/dich-chuyen/nam/2026"))
    assert "Chuyện nhà Lò Thị Rời" in year
    assert "Trần Thị Xa" not in year
    form = opened(desk, f"{ROOM}/dich-chuyen/tao")
    assert form.xpath("//select[@name='office']/option[starts-with(@value, 'unit:')]/@value") == [
        f"unit:{HERE}"
    ]
    typed: dict[str, Any] = {
        "direction": "out",
        "moved_on": ["04", "05", "2026"],
        "office": f"unit:{HERE}",
        "degree": "5",
        "occupation": "772",
        "place": f"unit:{THERE}",
        "reason": "none_given",
    }
    for one, status in ((far, 422), (near, 303)):
        answer = post(desk, f"{ROOM}/dich-chuyen/tao", typed | {"person": one.code})
        assert answer.status_code == status, one.full_name


def test_training_is_ordered_from_organisations_one_may_look_up(
    client: Client, session: Session, doctors: Need, monkeypatch: pytest.MonkeyPatch
) -> None:
    missing = shortage(session)
    organisation(session, "Trường Y Lai Châu")
    organisation(session, "Trường Y Hà Nội", THERE)
    session.commit()
    take_away(monkeypatch, Role.AUDITOR, Permission.ORGANISATIONS_READ)
    form = words_of(opened(both(client, session), f"{ROOM}/thieu-hut/{missing.public_id}/dat-hang"))
    assert "Trường Y Lai Châu" in form
    assert "Trường Y Hà Nội" not in form


def test_without_the_right_to_read_needs_a_number_names_none(
    client: Client, session: Session, doctors: Need, monkeypatch: pytest.MonkeyPatch
) -> None:
    foreseen, missing = forecast(session), shortage(session)
    doctors.opened_on = foreseen.due_on
    placed(session, "Lò Văn Chiến", doctors, account(session, Role.OFFICER, HERE))
    session.commit()
    auditor = desk_of(client, session, account(session, Role.AUDITOR, HERE))
    pages = ("nhu-cau", f"du-bao/{foreseen.public_id}", f"thieu-hut/{missing.public_id}")
    for is_told in (True, False):
        if not is_told:
            take_away(monkeypatch, Role.AUDITOR, Permission.NEEDS_READ)
        for page in pages:
            assert (doctors.title in words_of(opened(auditor, f"{ROOM}/{page}"))) is is_told, page
