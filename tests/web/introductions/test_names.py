"""A granted name shows to officers of the need, where they look for that need, and on no other page of the product."""

from collections.abc import Mapping

import pytest
from sqlalchemy.orm import Session

from registry.accounts.rules import Role, Viewer
from registry.consents.rules import PurposeCode, bits_of
from registry.introductions.models import RevealRequest
from registry.introductions.operations import grant_reveal
from registry.matching.operations import run_match
from registry.matching.operations.keeping import add_to_shortlist, create_shortlist, keep_selection
from registry.needs.operations import move_need
from registry.needs.rules import NeedState
from registry.people.models import Person
from registry.people.rules import ContactDraft, ContactKind
from registry.web.clock import now, today
from tests.conftest import Client
from tests.factories.accounts import account, post, sign_in
from tests.factories.introductions import NAME, Meeting, asked, meeting, need_of
from tests.factories.people import AT

PHONE = "+84912345678"


@pytest.fixture
def met(session: Session) -> Meeting:
    """As elsewhere, with a telephone number."""
    return meeting(session, contacts=(ContactDraft(ContactKind.PHONE, PHONE),))


@pytest.fixture
def grant(session: Session, met: Meeting) -> RevealRequest:
    """The person let the officers of the need know their name."""
    request = asked(session, met, at=now())
    grant_reveal(session, request, by=met.own.id, at=now())
    session.commit()
    return request


def pages_for_the_need(session: Session, met: Meeting) -> Mapping[str, str]:
    """Every page that shows people for the need: {what it is: its address}."""
    need, person = met.need.public_id, met.person.public_id
    made = create_shortlist(session, name="Vòng một", need=met.need, by=met.officer.id, at=AT)
    add_to_shortlist(session, made, [met.person], notes={}, by=met.officer.id, at=AT)
    viewer = Viewer.installation()
    run = run_match(session, met.need, viewer, as_of=today(), at=AT, by=met.officer.id)
    session.commit()
    return {
        "profile": f"/ung-vien/{person}?nhu_cau={need}",
        "ranking": f"/nhu-cau/{need}/xep-hang",
        "explanation": f"/nhu-cau/{need}/xep-hang/{person}",
        "kept ranking": f"/nhu-cau/{need}/xep-hang/ban-luu/{run.public_id}",
        "lists of the need": f"/nhu-cau/{need}/danh-sach",
        "list": f"/danh-sach/{made.public_id}",
        "comparison": f"/ung-vien/so-sanh?nguoi={person}&nhu_cau={need}",
        "setting aside": f"/danh-sach/them?nguoi={person}&nhu_cau={need}",
        "who is interested": f"/nhu-cau/{need}/gioi-thieu",
        "conversation": met.pair,
    }


def other_pages(session: Session, met: Meeting) -> Mapping[str, str]:
    """Every other page that shows people, and the same ones with another need or none in the address."""
    person, other = met.person.public_id, need_of(session, "Việc khác").public_id
    made = create_shortlist(session, name="Không vì nhu cầu nào", need=None, by=met.officer.id, at=AT)
    add_to_shortlist(session, made, [met.person], notes={}, by=met.officer.id, at=AT)
    kept = keep_selection(session, [met.person], purpose="Gửi hội đồng", by=met.officer.id, at=AT)
    session.commit()
    return {
        "search": "/ung-vien",
        "search by name": "/ung-vien?tim=Sùng+Thị+Dở",
        "profile": f"/ung-vien/{person}",
        "profile of another need": f"/ung-vien/{person}?nhu_cau={other}",
        "profile of no need": f"/ung-vien/{person}?nhu_cau={'0' * 26}",
        "needs of the person": f"/ung-vien/{person}/nhu-cau",
        "another ranking": f"/nhu-cau/{other}/xep-hang",
        "another conversation": f"/nhu-cau/{other}/gioi-thieu/{person}",
        "comparison": f"/ung-vien/so-sanh?nguoi={person}",
        "comparison for another need": f"/ung-vien/so-sanh?nguoi={person}&nhu_cau={other}",
        "list": f"/danh-sach/{made.public_id}",
        "selection": f"/lua-chon/{kept.public_id}",
        "choosing for export": f"/lua-chon/tao?nguoi={person}&nhu_cau={met.need.public_id}",
        "verification": "/xac-minh",
    }


def naming(client: Client, pages: Mapping[str, str]) -> set[str]:
    """The pages on which the name stands. All of them are there, and know the person by code or name."""
    found: set[str] = set()
    for what, path in pages.items():
        answer = client.get(path)
        assert answer.status_code == 200, what
        if NAME in answer.text:
            found.add(what)
    return found


@pytest.mark.slow
def test_a_granted_name_shows_for_its_need_and_nowhere_else(
    desk: Client, session: Session, met: Meeting, grant: RevealRequest
) -> None:
    own, others = pages_for_the_need(session, met), other_pages(session, met)
    assert grant.need_id == met.need.id
    assert naming(desk, own) == set(own)
    assert naming(desk, others) == set()
    profile = desk.get(own["profile"]).text
    assert "0912 345 678" in profile or "912345678" in profile.replace(" ", "")
    assert "lien-he" not in profile  # nothing is edited by the grant
    assert desk.get(f"/ung-vien/{met.person.public_id}/lien-he").status_code == 403
    assert (
        desk.get(f"/ung-vien/{met.person.public_id}/giay-to?nhu_cau={met.need.public_id}").status_code == 403
    )


def test_nobody_else_sees_it(client: Client, session: Session, met: Meeting, grant: RevealRequest) -> None:
    profile = f"/ung-vien/{met.person.public_id}?nhu_cau={met.need.public_id}"
    assert grant.granted_at is not None
    sign_in(client, account(session, Role.OFFICER, "VN/01/"))
    assert client.get(profile).status_code == 404
    # Who may read this person but has nothing to do with the office that looks for people.
    office = need_of(session, "Việc của một sở", organisation_path="7/")
    met.person.organisation_path = "9/"
    request = asked(session, met, at=now(), need=office)
    grant_reveal(session, request, by=met.own.id, at=now())
    session.commit()
    sign_in(client, account(session, Role.OFFICER, "VN/12/", "9/"))
    page = client.get(f"/ung-vien/{met.person.public_id}?nhu_cau={office.public_id}")
    assert page.status_code == 200
    assert NAME not in page.text


@pytest.mark.parametrize("end", ["taken back", "paused", "withdrawn", "objected", "closed", "on hold again"])
def test_it_is_hidden_again_from_the_next_request_on(
    theirs: Client, desk: Client, session: Session, met: Meeting, grant: RevealRequest, end: str
) -> None:
    profile = f"/ung-vien/{met.person.public_id}?nhu_cau={met.need.public_id}"
    assert NAME in desk.get(profile).text
    if end == "taken back":
        post(theirs, f"/toi/yeu-cau-xem/{grant.public_id}/rut")
    elif end == "paused":
        post(theirs, "/toi/tam-dung", {"months": "3"})
    elif end == "withdrawn":
        post(theirs, "/toi/dong-y/matching/rut")
    elif end == "objected":
        _close_contact(session, met.person)
    else:
        _end_need(session, met, NeedState.FILLED if end == "closed" else NeedState.ON_HOLD)
    is_hidden = end != "on hold again"
    assert (NAME not in desk.get(profile).text) is is_hidden


def _close_contact(session: Session, person: Person) -> None:
    person.closed_purposes = bits_of({PurposeCode.CONTACT})
    session.commit()


def _end_need(session: Session, met: Meeting, state: NeedState) -> None:
    move_need(session, met.need, state, by=None, at=AT, reason="Chờ kinh phí")
    session.commit()


def test_the_log_says_for_which_need_the_profile_was_opened(
    theirs: Client, desk: Client, met: Meeting, grant: RevealRequest
) -> None:
    assert grant.need is met.need
    desk.get(f"/ung-vien/{met.person.public_id}?nhu_cau={met.need.public_id}")
    page = theirs.get("/toi/ai-da-xem").text
    row = next(part for part in page.split("<tr>") if "Mở hồ sơ" in part)
    assert met.need.title in row
