"""Pages of decisions and grants show a button or a way on to whoever may follow it, and to nobody else."""

import pytest
from sqlalchemy.orm import Session

from registry.accounts.models import Account
from registry.accounts.rules import Role
from registry.grants.operations import find_breach
from registry.needs.rules import NeedState
from tests.conftest import Client, browser
from tests.factories.accounts import account, sign_in
from tests.factories.grants import BASE, TEN_YEARS, TODAY, Office, act, planned, proposed, rows, running
from tests.factories.needs import need

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def signed_in(client: Client, session: Session, who: Account) -> Client:
    made = browser(client.application, session)
    sign_in(made, who)
    return made


@pytest.fixture
def reader(client: Client, session: Session) -> Client:
    """An auditor's browser."""
    return signed_in(client, session, account(session, Role.AUDITOR, "", name="Hoàng Văn Tín"))


def test_a_proposal_offers_each_what_they_may_do_with_it(
    desk: Client, head: Client, reader: Client, session: Session, of: Office
) -> None:
    page = f"/ho-tro/quyet-dinh/{proposed(session, of).public_id}"
    colleague = signed_in(desk, session, account(session, Role.OFFICER, "VN/12/", name="Lù Văn Mai"))
    approve, take_back = f"{page}/duyet", f"{page}/rut"
    for who, shown in ((head, {approve, take_back}), (colleague, {take_back}), (reader, set[str]())):
        text = who.get(page).text
        assert {one for one in (approve, take_back) if one in text} == shown


def test_only_who_approves_may_revoke_or_waive(
    desk: Client, head: Client, session: Session, of: Office
) -> None:
    decided = f"/ho-tro/quyet-dinh/{planned(session, of, BASE, asked=rows()).decision.public_id}"
    assert f"{decided}/thu-hoi" in head.get(decided).text
    assert f"{decided}/thu-hoi" not in desk.get(decided).text
    grant = running(session, of)
    find_breach(session, grant, act(of.officer), on=TODAY, words="Nghỉ việc")
    own = f"/ho-tro/{grant.public_id}"
    assert f"{own}/mien" in head.get(own).text
    assert f"{own}/mien" not in desk.get(own).text


def test_who_only_reads_is_led_neither_to_proposing_nor_to_the_record(
    desk: Client, reader: Client, session: Session, of: Office
) -> None:
    proposed(session, of)
    record = f"/ung-vien/{of.person.public_id}"
    for way in (f'href="{record}"', f'href="{record}/ho-tro/chon"'):
        assert way in desk.get(f"{record}/ho-tro").text
        assert way not in reader.get(f"{record}/ho-tro").text


def test_nothing_is_proposed_for_a_need_out_of_sight(desk: Client, session: Session, of: Office) -> None:
    way = f"/ung-vien/{of.person.public_id}/ho-tro/de-xuat/{TEN_YEARS}/1"
    for path, status in (("VN/12/", 200), ("VN/01/", 404)):
        wanted = need(session, unit_path=path, state=NeedState.OPEN)
        assert desk.get(f"{way}?nhu-cau={wanted.public_id}").status_code == status
