"""People and needs through the API: within the place of the key, masked as on the screens, told to the person."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.accounts.rules import Viewer
from registry.api.rules import ApiScope, cursor_of
from registry.app.handlers import HANDLERS
from registry.audit.models import AuditEvent
from registry.jobs.worker import run_due_jobs
from registry.matching.queries import match_document
from registry.needs.operations import move_need
from registry.needs.operations.taking_back import take_back_need
from registry.needs.rules import NeedState
from registry.people.models import Person
from registry.people.operations import set_availability
from registry.people.operations.pauses import enqueue_due_pauses
from registry.people.queries import reads_of
from registry.people.rules import AvailabilityDraft, AvailabilityState
from registry.web.clock import now, today
from tests.conftest import Client
from tests.factories import needs as make_needs
from tests.factories.api import get, key, send
from tests.factories.people import ANONYMOUS, person
from tests.factories.ranked_needs import story

A, B = "VN/12/", "VN/01/"


def everybody(client: Client, one: Any, limit: int) -> list[dict[str, Any]]:
    """All pages one after the other."""
    found: list[dict[str, Any]] = []
    after = ""
    while True:
        page = get(client, one, f"/people?limit={limit}{after}").get_json()
        found += page["items"]
        if page["next"] is None:
            return found
        after = f"&after={page['next']}"


def test_a_key_reads_the_people_of_its_place_page_by_page_and_they_see_it(
    client: Client, session: Session
) -> None:
    named = person(session, "Lò Văn Pao", unit_path=A)
    shy = person(session, "Giàng A Chu", unit_path=A, consents=ANONYMOUS)
    person(session, "Nguyễn Hà Nội", unit_path=B)
    paused = person(session, "Tẩn Mẩy Dao", unit_path=A)
    draft = AvailabilityDraft(today(), AvailabilityState.PAUSED)
    set_availability(session, paused, draft, by=None, at=now())
    one = key(session, ApiScope.PEOPLE_READ, name="Phần mềm nhân sự")
    found = {row["id"]: row for row in everybody(client, one, 1)}
    assert set(found) == {named.public_id, shy.public_id}
    assert found[named.public_id]["name"] == "Lò Văn Pao"
    assert found[shy.public_id]["name"] is None
    assert found[shy.public_id]["is_anonymous"] is True
    assert get(client, one, f"/people/{shy.public_id}").get_json() == found[shy.public_id]
    told = reads_of(session, shy.public_id, most=10)
    assert {(event.action, event.detail["system"]) for event in told} == {
        ("people.listed", "Phần mềm nhân sự"),
        ("person.opened", "Phần mềm nhân sự"),
    }
    absent = get(client, one, f"/people/{'z' * 26}")
    assert absent.status_code == 404
    for hidden in (
        paused.public_id,
        session.scalars(select(Person.public_id).where(Person.unit_path == B)).one(),
    ):
        assert get(client, one, f"/people/{hidden}").data == absent.data


def test_what_did_not_change_is_not_sent_again(client: Client, session: Session) -> None:
    person(session, "Lò Văn Pao", unit_path=A)
    one = key(session)
    first = get(client, one, "/people")
    again = get(client, one, "/people", If_None_Match=first.headers["ETag"])
    assert (again.status_code, again.data) == (304, b"")
    person(session, "Vàng Thị Mỷ", unit_path=A)
    assert get(client, one, "/people", If_None_Match=first.headers["ETag"]).status_code == 200


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_mark_of_a_need_elsewhere_tells_nothing_of_those_before_it(
    client: Client, session: Session
) -> None:
    make_needs.need(session, "Nhu cầu ở A", unit_path=A)
    elsewhere = make_needs.need(session, "Nhu cầu ở B", unit_path=B)
    session.commit()
    one = key(session, ApiScope.NEEDS_READ)
    assert len(get(client, one, "/needs").get_json()["items"]) == 1
    page = get(client, one, f"/needs?after={cursor_of(elsewhere.public_id)}").get_json()
    assert page == {"items": [], "next": None}


def test_a_ranking_has_the_figures_of_the_command(client: Client, session: Session) -> None:
    told = story(session)
    one = key(session, unit_path="")
    wanted = match_document(session, told.need, Viewer.installation(), today())
    rows: list[dict[str, Any]] = []
    after = ""
    while True:
        page = get(client, one, f"/needs/{told.need.public_id}/matches?limit=2{after}").get_json()
        rows += page["rows"]
        if page["next"] is None:
            break
        after = f"&after={page['next']}"
    assert rows == wanted["rows"]
    assert len(rows) > 2
    assert {name: page[name] for name in wanted if name not in {"rows", "index"}} == {
        name: wanted[name] for name in wanted if name not in {"rows", "index"}
    }
    actions = session.scalars(select(AuditEvent.action).where(AuditEvent.action == "match.listed")).all()
    assert len(actions) >= 2
    elsewhere = key(session, unit_path=B)
    assert get(client, elsewhere, f"/needs/{told.need.public_id}/matches").status_code == 404


def test_the_feed_tells_who_changed_and_who_is_gone(client: Client, session: Session) -> None:
    here, there = person(session, "Lò Văn Pao", unit_path=A), person(session, "Người ở B", unit_path=B)
    one = key(session, ApiScope.CHANGES_READ)
    since = get(client, one, "/changes").get_json()["next"]
    assert get(client, one, f"/changes?since={since}").get_json()["items"] == []
    here.headline, there.headline = "Kỹ sư", "Kỹ sư"
    later = person(session, "Vàng Thị Mỷ", unit_path=A)
    session.commit()
    told = get(client, one, f"/changes?since={since}").get_json()
    assert {row["id"]: row["change"] for row in told["items"]} == {
        here.public_id: "changed",
        later.public_id: "changed",
    }
    set_availability(session, here, AvailabilityDraft(today(), AvailabilityState.PAUSED), by=None, at=now())
    session.commit()
    gone = get(client, one, f"/changes?since={told['next']}").get_json()
    assert gone["items"] == [{"kind": "person", "id": here.public_id, "change": "gone"}]
    pages: list[str] = []
    mark = since
    while True:
        page = get(client, one, f"/changes?since={mark}&limit=1").get_json()
        pages += [row["id"] for row in page["items"]]
        mark = page["next"]
        if not page["has_more"]:
            break
    assert sorted(pages) == sorted([here.public_id, later.public_id])
    assert get(client, one, "/changes?since=nonsense").status_code == 400


def test_the_feed_tells_needs_to_keys_that_may_read_them(client: Client, session: Session) -> None:
    """New and changed ones, one that is over, one that moved away, one that was taken back; each once."""
    made = {
        name: make_needs.need(session, name, unit_path=A)
        for name in ("changed", "closed", "moved", "taken back", "still")
    }
    session.commit()
    reads, blind = (
        key(session, ApiScope.CHANGES_READ, ApiScope.NEEDS_READ),
        key(session, ApiScope.CHANGES_READ),
    )
    there = key(session, unit_path=B)
    since = get(client, reads, "/changes").get_json()["next"]
    new = make_needs.need(session, "new", unit_path=A)
    made["changed"].headcount = 5
    move_need(session, made["closed"], NeedState.CANCELLED, by=None, at=now(), reason="thử")
    made["moved"].unit_path = B
    take_back_need(session, made["taken back"], by=None, at=now(), reason="thử")
    gone = {made["moved"].public_id, made["taken back"].public_id}
    session.commit()
    told: dict[str, str] = {}
    mark, has_more = since, True
    while has_more:
        page = get(client, reads, f"/changes?since={mark}&limit=2").get_json()
        assert {row["kind"] for row in page["items"]} == {"need"}
        assert not told.keys() & {row["id"] for row in page["items"]}
        told |= {row["id"]: row["change"] for row in page["items"]}
        mark, has_more = page["next"], page["has_more"]
    assert told == {
        new.public_id: "changed",
        made["changed"].public_id: "changed",
        made["closed"].public_id: "closed",
        **dict.fromkeys(gone, "gone"),
    }
    assert get(client, blind, f"/changes?since={since}").get_json()["items"] == []
    elsewhere = get(client, there, f"/changes?since={since}").get_json()["items"]
    assert elsewhere == [{"kind": "need", "id": made["moved"].public_id, "change": "changed"}]


def test_a_pause_that_ends_by_itself_is_told_by_the_feed(
    app: Flask, client: Client, session: Session
) -> None:
    database, day = app.extensions["registry.database"], today()
    back, still = person(session, "Lò Văn Pao", unit_path=A), person(session, "Tẩn Mẩy Dao", unit_path=A)
    for one, days in ((back, 1), (still, 30)):
        draft = AvailabilityDraft(day, AvailabilityState.PAUSED, paused_until=day + timedelta(days=days))
        set_availability(session, one, draft, by=None, at=now())
    session.commit()
    one = key(session, ApiScope.CHANGES_READ)

    def work(days: int) -> bool:
        at = now() + timedelta(days=days)
        was_due = enqueue_due_pauses(database, at)
        run_due_jobs(database, HANDLERS, clock=lambda: at)
        return was_due

    assert (work(0), work(0)) == (True, False)
    since = get(client, one, "/changes").get_json()["next"]
    assert work(1)
    assert get(client, one, f"/changes?since={since}").get_json()["items"] == []
    assert work(2)
    found = get(client, one, f"/changes?since={since}").get_json()
    assert [row["id"] for row in found["items"]] == [back.public_id]
    assert work(3)
    assert get(client, one, f"/changes?since={found['next']}").get_json()["items"] == []


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_skills_and_places_are_told_with_their_codes(client: Client, session: Session) -> None:
    one = key(session, ApiScope.SKILLS_READ, ApiScope.PLACES_READ)
    read = send(client, one, "/skills/resolve", {"texts": ["lập trình python (4)", "", "xyzzy"]}).get_json()
    first = read["items"][0]
    assert first["skill"]
    assert get(client, one, f"/skills/{first['skill']}").get_json()["vi"] == first["vi"]
    assert get(client, one, "/skills/KHONG-CO").status_code == 404
    provinces = get(client, one, "/places").get_json()["items"]
    assert len(provinces) == 34
    before = get(client, one, "/places/24?on=2025-06-30").get_json()
    assert before["name"] == "tỉnh Bắc Giang"
    assert [unit["code"] for unit in before["successors"]] == ["24"]
    assert get(client, one, "/places/24").get_json()["name"] == "thành phố Bắc Ninh"
    assert get(client, one, "/people").status_code == 403


@pytest.mark.parametrize(
    ("path", "where"),
    [
        ("/people?limit=0", "limit"),
        ("/people?x=1", "x"),
        ("/people?after=e30", "after"),
        ("/needs?state=a", "state"),
    ],
)
def test_a_wrong_parameter_is_named_in_both_languages(
    client: Client, session: Session, path: str, where: str
) -> None:
    one = key(session)
    answer = get(client, one, path)
    assert answer.status_code == 400
    assert answer.mimetype == "application/problem+json"
    assert answer.get_json()["errors"][0]["where"] == where
    assert answer.headers["Content-Language"] == "vi"
    assert get(client, one, path, Accept_Language="en-GB,en;q=0.8").headers["Content-Language"] == "en"
