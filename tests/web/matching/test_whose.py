"""What matching keeps: each list, search and ranking is its owner's or its need's, with the people in the reader's sight."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.accounts.models import Account
from registry.accounts.operations import grant_role
from registry.accounts.rules import Grant, Role, Scope, Viewer
from registry.matching.models import MatchRun, SavedSearch, Shortlist
from registry.matching.operations import run_match
from registry.matching.operations.keeping import add_to_shortlist, create_shortlist
from registry.matching.operations.owners import owners, readers
from registry.matching.queries import changes, considered, kept_searches, runs
from registry.matching.queries.considered import Considered, Source
from registry.matching.queries.people import claimed_skills, matchable
from registry.matching.queries.search import Search, made_ready
from registry.matching.queries.search.finding import plain_keys
from registry.matching.queries.search.names import likely_names
from registry.matching.rules import Read
from registry.matching.views.search import _name_words  # pyright: ignore[reportPrivateUsage]
from registry.needs.models import Need
from registry.needs.rules import NeedState
from registry.people.models import Person
from registry.people.rules import SelfDraft
from tests.conftest import Client
from tests.factories import needs as make_needs
from tests.factories.accounts import account, post, sign_in
from tests.factories.candidates import candidate
from tests.factories.people import ANONYMOUS, AT, TODAY

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
A, B = "VN/12/", "VN/01/"


@dataclass(frozen=True)
class Place:
    """A province with its officer, a need, a person, a list for the need and one for none."""

    by: Account
    viewer: Viewer
    need: Need
    person: Person
    for_need: Shortlist
    own: Shortlist


def place(session: Session, path: str, name: str, skill: str) -> Place:
    by = account(session, Role.OFFICER, path)
    wanted = [make_needs.skill(session, skill)]
    need = make_needs.need(
        session, f"Việc của {name}", state=NeedState.OPEN, skills=wanted, unit_path=path, by=by.id
    )
    person = candidate(session, name, (skill, 3), unit_path=path)
    lists = [create_shortlist(session, name="Một", need=about, by=by.id, at=AT) for about in (need, None)]
    session.add(SavedSearch(owner_id=by.id, name="Bộ tìm", address="q=", seen_at=AT))
    session.flush()
    viewer = Viewer.of_grants(by.id, [Grant(Role.OFFICER, Scope(path))])
    return Place(by, viewer, need, person, *lists)


@pytest.fixture
def both(session: Session) -> tuple[Place, Place]:
    """Two provinces; on each list for a need also the person of the other, on each other list one more."""
    here, there = place(session, A, "Lò Thị Hồng", "IT15"), place(session, B, "Đỗ Văn Lâm", "IT01")
    for one, other in ((here, there), (there, here)):
        add_to_shortlist(session, one.for_need, [one.person, other.person], notes={}, by=one.by.id, at=AT)
        more = candidate(session, "Thêm " + one.person.full_name, unit_path=one.person.unit_path)
        add_to_shortlist(session, one.own, [more], notes={}, by=one.by.id, at=AT)
    return here, there


def test_lists_are_the_owners_and_those_of_needs_in_sight(
    session: Session, both: tuple[Place, Place]
) -> None:
    here, there = both
    viewer, by = here.viewer, here.by.id
    assert {one.id for one, _count in kept_searches.shortlists(session, viewer, by)} == {
        here.for_need.id,
        here.own.id,
    }
    assert kept_searches.kept_counts(session, viewer, by) == kept_searches.KeptCounts(1, 2)
    assert list(kept_searches.shortlists_of(session, viewer, by, here.need)) == [here.for_need]
    assert list(kept_searches.shortlists_of(session, viewer, by, there.need)) == []
    on_lists = [kept_searches.shortlisted_for(session, viewer, by, one.need, on=TODAY) for one in both]
    assert on_lists == [{here.person.public_id}, set()]
    # Who administers the system of the whole country reads no needs of it.
    two = [Grant(Role.OFFICER, Scope(B)), Grant(Role.SYSTEM_ADMIN, Scope())]
    duo = Viewer.of_grants(there.by.id, two)
    found = {one.id for one, _count in kept_searches.shortlists(session, duo, there.by.id)}
    assert found == {there.for_need.id, there.own.id}
    assert list(kept_searches.needs_to_choose(session, duo)) == [there.need]
    admin = Viewer.of_grants(here.by.id, two[1:])
    assert list(kept_searches.needs_to_choose(session, admin)) == []
    own = {one.id for one, _count in kept_searches.shortlists(session, admin, here.by.id)}
    assert own == {here.for_need.id, here.own.id}


def test_considered_were_people_in_sight_on_lists_in_sight(
    session: Session, both: tuple[Place, Place]
) -> None:
    here, there = both

    def found(one: Shortlist) -> frozenset[str]:
        asked = Considered(lists=(Source(one.id, one.public_id, one.name),))
        return considered.considered_people(session, asked, here.viewer, TODAY)

    assert found(here.for_need) == {here.person.public_id}
    assert found(there.for_need) == frozenset()


def test_a_ranking_is_compared_with_those_of_its_need(session: Session, both: tuple[Place, Place]) -> None:
    here, there = both
    made: list[MatchRun] = []
    for day in range(4):
        need = (here if day % 2 == 0 else there).need
        later = timedelta(days=day)
        made.append(
            run_match(session, need, Viewer.installation(), as_of=TODAY + later, at=AT + later, by=None)
        )
    first, elsewhere, third, _fourth = made
    assert changes.run_before(session, third) == first
    assert changes.run_after(session, first) == third
    assert changes.run_to_compare(session, here.need, here.viewer) == third
    assert list(runs.runs_of(session, here.need)) == [third, first]
    assert runs.run_of(session, here.need, elsewhere.public_id) is None
    lines = changes.shifts_of_needs(session, [here.need], here.viewer, TODAY)
    assert [line.run for line in lines] == [third]
    people = [here.person.public_id, there.person.public_id]
    assert changes.visible_among(session, here.viewer, people, TODAY) == {here.person.public_id}


def test_only_people_in_sight_are_matched_each_with_their_own_skills(
    session: Session, both: tuple[Place, Place]
) -> None:
    here, there = both
    seen = session.scalars(matchable(here.viewer, TODAY).with_only_columns(Person.unit_path)).all()
    assert set(seen) == {A}
    mine, theirs = (claimed_skills(session, one.person) for one in both)
    assert (len(mine), len(theirs), mine & theirs) == (1, 1, set())
    assert there.person.unit_path == B


def test_no_order_and_no_guess_tells_the_name_of_somebody_anonymous(session: Session) -> None:
    viewer = Viewer.of_grants(1, [Grant(Role.OFFICER, Scope(A))])
    named = candidate(session, "Nguyễn Thị Hoàng")
    candidate(session, "Nguyễn Thị Hoàng", consents=ANONYMOUS)
    candidate(session, "An Thị Anh", consents=ANONYMOUS)
    # Somebody out of sight whose record holds the very words does not silence the guess.
    candidate(session, "Đỗ Văn Lâm", about=SelfDraft("", summary="Nguyễn Thị Haong"), unit_path=B)
    order = session.scalars(
        matchable(viewer, TODAY).order_by(None).order_by(*plain_keys(viewer, is_ranked=False))
    )
    assert next(iter(order)) == named
    assert likely_names(session, viewer, "Nguyễn Thị Haong", on=TODAY) == (named.id,)


def test_a_card_says_of_nobody_anonymous_that_the_name_was_meant(session: Session) -> None:
    viewer = Viewer.of_grants(1, [Grant(Role.OFFICER, Scope(A))])
    named = candidate(session, "Nguyễn Thị Hoàng")
    hidden = candidate(session, "Nguyễn Thị Hoàng", consents=ANONYMOUS)
    read = Read("Nguyễn Thị Hoàng", (), (), ("Nguyễn Thị Hoàng",))
    sought = made_ready(session, Search(read), viewer, on=TODAY)
    assert [len(_name_words(sought, one)) for one in (named, hidden)] == [1, 0]


def test_told_of_a_ranking_are_those_who_may_read_it_there(session: Session) -> None:
    here = account(session, Role.OFFICER, A)
    there = account(session, Role.OFFICER, B)
    nobody = account(session, Role.CANDIDATE, "")
    both = account(session, Role.OFFICER, A)
    grant_role(session, both, Role.OFFICER, Scope(B, "9/"), by=None, starts_on=TODAY, at=AT)
    duo = account(session, Role.OFFICER, B)
    grant_role(session, duo, Role.SYSTEM_ADMIN, Scope(), by=None, starts_on=TODAY, at=AT)
    found = {one.account_id: one for one in readers(session, TODAY)}
    assert nobody.id not in found
    assert found[duo.id].viewer.scopes == (Scope(B),)
    # Whoever made a need and does not reach it any more is not told; nor is an agency elsewhere of its organisation.
    need = make_needs.need(session, state=NeedState.OPEN, by=there.id)
    assert {one.account_id for one in owners(need, found.values())} == {here.id, both.id}


def test_lists_and_what_is_pasted_show_no_name_of_somebody_anonymous(
    client: Client, session: Session, both: tuple[Place, Place]
) -> None:
    here, _there = both
    hidden = candidate(session, "Tẩn Láo Tả Sương", consents=ANONYMOUS)
    sign_in(client, here.by)
    pasted = post(client, f"/danh-sach/{here.own.public_id}/dan-ma", {"ma_dan": hidden.code}).text
    offered = client.get(f"/danh-sach/them?nguoi={hidden.public_id}").text
    add_to_shortlist(session, here.for_need, [hidden], notes={}, by=here.by.id, at=AT)
    session.commit()
    listed = client.get(f"/danh-sach/{here.for_need.public_id}").text
    of_need = client.get(f"/nhu-cau/{here.need.public_id}/danh-sach").text
    needs = client.get(f"/ung-vien/{hidden.public_id}/nhu-cau").text
    for page in (pasted, offered, listed, of_need, needs):
        assert hidden.code in page
        assert hidden.full_name not in page


def test_people_picked_and_taken_off_are_those_in_sight(
    client: Client, session: Session, both: tuple[Place, Place]
) -> None:
    here, there = both
    sign_in(client, here.by)
    foreign = {"nguoi": there.person.public_id}
    assert "/danh-sach/them" not in (
        post(client, "/ung-vien/da-chon", {**foreign, "viec": "rut-gon"}).location or ""
    )
    post(client, f"/danh-sach/{here.for_need.public_id}/bo", foreign)
    mine = {"nguoi": here.person.public_id, "danh_sach": there.for_need.public_id}
    assert post(client, "/danh-sach/them", mine).status_code == 404
    on_it = kept_searches.shortlisted_for(session, Viewer.installation(), here.by.id, here.need, on=TODAY)
    assert on_it == {here.person.public_id, there.person.public_id}


def test_a_need_out_of_sight_is_no_need_to_compare_against_or_to_list_for(
    client: Client, session: Session, both: tuple[Place, Place]
) -> None:
    here, there = both
    grant_role(session, there.by, Role.SYSTEM_ADMIN, Scope(), by=None, starts_on=TODAY, at=AT)
    session.commit()
    for one, other in ((here, there), (there, here)):
        sign_in(client, one.by)
        asked = f"nguoi={one.person.public_id}&nhu_cau={other.need.public_id}"
        for page in ("/ung-vien/so-sanh", "/danh-sach/them"):
            answer = client.get(f"{page}?{asked}")
            assert answer.status_code == 200
            assert other.need.title not in answer.text
    assert client.get(f"/nhu-cau/{here.need.public_id}/danh-sach").status_code == 404
    assert session.scalar(select(Need.id).where(Need.id == here.need.id)) is not None


def test_an_auditor_of_the_country_reads_needs_but_no_points_outside_their_office(
    client: Client, session: Session, both: tuple[Place, Place]
) -> None:
    here, there = both
    grant_role(session, there.by, Role.AUDITOR, Scope(), by=None, starts_on=TODAY, at=AT)
    session.commit()
    sign_in(client, there.by)
    need, asked = here.need.public_id, f"nguoi={there.person.public_id}&nhu_cau={here.need.public_id}"
    of_need = client.get(f"/nhu-cau/{need}/danh-sach")
    assert of_need.status_code == 200
    assert there.person.full_name in of_need.text
    assert "/xep-hang/" not in of_need.text
    assert here.need.title in client.get(f"/danh-sach/them?{asked}").text
    listed = client.get(f"/danh-sach/{here.for_need.public_id}")
    assert listed.status_code == 200
    assert f"/nhu-cau/{need}/xep-hang" not in listed.text
