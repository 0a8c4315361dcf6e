"""Pages of policies show people of the register as far as the reader may see them, and each way on to whoever may go it."""

from dataclasses import dataclass

import pytest
from sqlalchemy.orm import Session

from registry.accounts.rules import Grant, Permission, Role, Scope, Viewer
from registry.people.models import Person
from registry.policies.models import PolicyVersion
from registry.policies.queries.bench import named_people, ready_version, rows_law, tried_on_register
from registry.policies.queries.versions import policy_of
from tests.conftest import Client
from tests.factories.accounts import account, sign_in
from tests.factories.candidates import candidate
from tests.factories.people import ANONYMOUS, NAMED, TODAY

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
HERE, THERE = "VN/12/", "VN/01/"
BASE = "HN-92-2026"
MANAGE = f"/chinh-sach/quan-tri/{BASE}/1"


@dataclass(frozen=True)
class People:
    """Two of one province, the second anonymous, and one of another."""

    near: Person
    shy: Person
    far: Person


@pytest.fixture
def people(session: Session) -> People:
    """See the class."""
    near = candidate(session, "Vàng Gần", unit_path=HERE, consents=NAMED)
    shy = candidate(session, "Lò Kín", unit_path=HERE, consents=ANONYMOUS)
    return People(near, shy, candidate(session, "Đỗ Xa", unit_path=THERE, consents=NAMED))


def version(session: Session) -> PolicyVersion:
    policy = policy_of(session, BASE)
    assert policy is not None
    return policy.versions[-1]


def test_a_version_is_tried_on_the_people_in_sight_and_names_no_others(
    session: Session, people: People
) -> None:
    viewer = Viewer.of_grants(1, [Grant(Role.OFFICER, Scope(HERE))]).limited_to(Permission.MATCHING_READ)
    ready = ready_version(version(session), rows_law(session))
    found = tried_on_register(session, viewer, ready, None, on=TODAY, facts_on=TODAY)
    assert (found.looked, found.people) == (2, 2)
    ids = [people.near.id, people.shy.id, people.far.id]
    assert set(named_people(session, viewer, ids, on=TODAY)) == {people.near, people.shy}


def test_one_person_is_tried_where_they_may_be_seen_and_under_the_name_that_may_be_known(
    client: Client, session: Session, people: People
) -> None:
    sign_in(client, account(session, Role.OFFICER, HERE))
    for one in (people.near, people.shy, people.far):
        page = client.get(f"{MANAGE}/thu?nguoi={one.public_id}").text
        assert (f'href="/ung-vien/{one.public_id}"' in page) is (one is not people.far)
        assert (one.full_name in page) is (one is people.near)


def test_each_way_on_is_shown_to_whoever_may_go_it(client: Client, session: Session) -> None:
    manage, withdraw = f"/chinh-sach/quan-tri/{BASE}", f'href="{MANAGE}/rut"'
    for role, place, manages, withdraws in (
        (Role.CAMPAIGN_ADMIN, HERE, True, True),
        (Role.OFFICER, HERE, True, False),
        (Role.CANDIDATE, "", False, False),
    ):
        sign_in(client, account(session, role, place))
        assert (f'href="{manage}?' in client.get(f"/chinh-sach/{BASE}").text) is manages
        assert (withdraw in client.get(manage).text) is withdraws
