"""Pages about matching for whoever may match in one place alone, or may not match or read policies at all."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from flask import template_rendered
from sqlalchemy.orm import Session

from registry.accounts.models import Account
from registry.accounts.operations import grant_role
from registry.accounts.rules import Grant, Permission, Role, Scope, Viewer
from registry.matching.operations.keeping import add_to_shortlist, create_shortlist
from registry.matching.queries.policy_answers import policy_answers
from registry.matching.queries.search import Search, made_ready
from registry.matching.queries.search.names import likely_names
from registry.matching.queries.search.pages import _shown  # pyright: ignore[reportPrivateUsage]
from registry.matching.queries.search.reasons import text_reasons_of
from registry.matching.rules import Read
from registry.needs.models import Need
from registry.needs.rules import NeedState
from registry.people.models import Person
from registry.people.queries import person_cards
from registry.people.rules import ExperienceDraft, SelfDraft
from registry.policies.queries.ready import ready_law
from tests.conftest import Client
from tests.factories import needs as make_needs
from tests.factories.accounts import account, post, sign_in
from tests.factories.candidates import candidate
from tests.factories.people import ANONYMOUS, AT, TODAY
from tests.factories.roles import take_away

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
HERE, THERE = "VN/12/", "VN/01/"
OFFICER = Viewer.of_grants(1, [Grant(Role.OFFICER, Scope(HERE))])


@dataclass(frozen=True)
class Both:
    """A need and a person of each of two provinces."""

    needs: tuple[Need, Need]
    people: tuple[Person, Person]


@pytest.fixture
def both(session: Session) -> Both:
    """See the class."""
    wanted = [make_needs.skill(session, "IT15")]
    needs = [
        make_needs.need(session, f"Việc ở {path}", state=NeedState.OPEN, skills=wanted, unit_path=path)
        for path in (HERE, THERE)
    ]
    people = [candidate(session, f"Người {path}", ("IT15", 3), unit_path=path) for path in (HERE, THERE)]
    return Both((needs[0], needs[1]), (people[0], people[1]))


def of_roles(session: Session, *everywhere: Role) -> Account:
    """An officer of the first province who has other roles for the whole country."""
    made = account(session, Role.OFFICER, HERE)
    for role in everywhere:
        grant_role(session, made, role, Scope(), by=None, starts_on=TODAY, at=AT)
    session.commit()
    return made


def told(client: Client, ask: Callable[[], Any]) -> dict[str, Any]:
    """What the page that is asked for is written from."""
    heard: list[dict[str, Any]] = []

    def hear(_app: Any, template: Any, context: dict[str, Any], **_more: Any) -> None:
        heard.append({**context, "template": template.name})

    with template_rendered.connected_to(hear, client.application):
        ask()
    return heard[-1]


def test_policies_answer_about_people_in_sight(session: Session, both: Both) -> None:
    about = [one.public_id for one in both.people]
    found = policy_answers(
        session, OFFICER, both.needs[0], about, law=ready_law(session), on=TODAY, withheld={}
    )
    assert list(found.answers) == [both.people[0].public_id]


def test_a_page_of_a_search_shows_people_in_sight_and_no_hidden_text(session: Session, both: Both) -> None:
    post_of = (ExperienceDraft("Kỹ sư", "Thủy điện Nậm Na"),)
    near = candidate(session, "Vàng Gần", experience=post_of)
    shy = candidate(session, "Lò Kín", experience=post_of, consents=ANONYMOUS)
    read = Read("thủy điện", (), (), ("thủy điện",))
    sought = made_ready(session, Search(read), OFFICER, on=TODAY)
    shown = _shown(session, sought, {near.id: 1, both.people[1].id: 1})
    assert [one.person.id for one in shown] == [near.id]
    found = text_reasons_of(session, sought, person_cards(session, [near, shy], on=TODAY))
    assert [len(found.get(one.id, [])) for one in (near, shy)] == [1, 0]


def test_what_everybody_may_read_of_somebody_out_of_sight_silences_no_guess(session: Session) -> None:
    named = candidate(session, "Nguyễn Thị Hoàng")
    candidate(session, "Đỗ Văn Lâm", about=SelfDraft("", headline="Nguyễn Thị Haong"), unit_path=THERE)
    assert likely_names(session, OFFICER, "Nguyễn Thị Haong", on=TODAY) == (named.id,)


def test_who_reads_people_elsewhere_compares_where_they_may_match(
    client: Client, session: Session, both: Both, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_away(monkeypatch, Role.CAMPAIGN_ADMIN, Permission.MATCHING_READ)
    sign_in(client, of_roles(session, Role.CAMPAIGN_ADMIN))
    near, far = (one.public_id for one in both.people)
    page = f"/ung-vien/so-sanh?nguoi={near}&nguoi={far}&nhu_cau="
    here, there = (told(client, lambda one=one: client.get(page + one.public_id)) for one in both.needs)
    assert here["need"] is not None
    assert set(here["scores"]) == {near}
    assert there["need"] is None


def test_who_may_not_match_is_offered_no_need_to_compare_for(
    client: Client, session: Session, both: Both, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_in(client, account(session, Role.OFFICER, HERE))
    page = f"/ung-vien/so-sanh?nguoi={both.people[0].public_id}"
    assert len(told(client, lambda: client.get(page))["needs"]) == 1
    take_away(monkeypatch, Role.OFFICER, Permission.MATCHING_READ)
    assert told(client, lambda: client.get(page))["needs"] == []


def test_a_need_says_who_is_on_its_lists_to_who_may_see_them(
    client: Client, session: Session, both: Both
) -> None:
    who = of_roles(session, Role.AUDITOR)
    listed = create_shortlist(session, name="Một", need=both.needs[0], by=who.id, at=AT)
    add_to_shortlist(session, listed, both.people, notes={}, by=who.id, at=AT)
    for reader, shown in ((who, {both.people[0].public_id}), (account(session, Role.AUDITOR, ""), None)):
        sign_in(client, reader)
        page = told(client, lambda: client.get(f"/nhu-cau/{both.needs[0].public_id}"))
        assert page["shortlisted"] == shown


def test_what_is_tried_counts_people_who_may_be_matched(client: Client, session: Session, both: Both) -> None:
    sign_in(client, of_roles(session, Role.SYSTEM_ADMIN))
    typed = make_needs.skill(session, "IT15").typed
    page = told(client, lambda: post(client, "/nhu-cau/tao/thu", {"skill_text": f"{typed} (3)"}))
    assert page["live"]["found"].tally.ranked == 1
    assert both.people[1].unit_path == THERE


def test_no_policies_and_no_lists_are_shown_to_whoever_may_not_read_them(
    client: Client, session: Session, both: Both, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_in(client, account(session, Role.OFFICER, HERE))
    ranking = f"/nhu-cau/{both.needs[0].public_id}/xep-hang"
    assert told(client, lambda: client.get(ranking))["policies"] is not None
    take_away(monkeypatch, Role.OFFICER, Permission.POLICIES_READ)
    assert told(client, lambda: client.get(ranking))["policies"] is None
    for role, is_listed in ((Role.CAMPAIGN_ADMIN, True), (Role.SYSTEM_ADMIN, False)):
        sign_in(client, account(session, role, ""))
        page = told(client, lambda: client.get("/nhu-cau/ghep-dong-loat"))
        assert (page["listed"] is not None) is is_listed
