"""The queue and its decisions as an officer meets them: who is told of whom, choosing, merging, parting, remembering."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.accounts.rules import Role
from registry.app.handlers import HANDLERS
from registry.audit.models import AuditEvent
from registry.db import Database
from registry.duplicates.operations.finding import compare_people, take_waiting
from registry.people.models import DuplicateMerge, DuplicatePair, DuplicateWaiting, Evidence, Person
from registry.people.operations import replace_contacts
from registry.people.rules import (
    ContactDraft,
    ContactKind,
    IdentityDraft,
    IdentityKind,
    PairState,
    PartialDate,
)
from scripts import check_duplicates as check
from tests.conftest import Client, browser
from tests.factories import duplicates as make
from tests.factories import people
from tests.factories.accounts import account, post, sign_in
from tests.factories.databases import own_database
from tests.factories.duplicates import LATER, on_sqlite
from tests.factories.pages import opened, words_of
from tests.factories.people import ANONYMOUS, AT, TODAY

QUEUE = "/ung-vien/trung"


@pytest.mark.slow
def test_from_the_queue_to_one_record_and_back(officer: Client, session: Session) -> None:
    one, other = make.rich_pair(session, is_paused=False)
    one.residence_country = "DE"
    pair = make.pair(session, one, other)
    assert "1 cặp hồ sơ có thể là một người" in words_of(opened(officer, "/"))
    page = opened(officer, QUEUE)
    assert "Cùng họ tên" in words_of(page)
    assert "Cùng thư điện tử" in words_of(page)
    path = f"{QUEUE}/{pair.public_id}"
    compared = opened(officer, path)
    assert "Kỹ sư thủy lợi" in words_of(compared)
    assert "Đức" in words_of(compared)
    assert "012185000111" not in compared.text_content()
    picks = {"survivor": "first", "pick-headline": "second", "pick-so-cccd": "first"}
    refused = post(officer, path, picks)
    assert refused.status_code == 422
    assert "Ghi lý do: hai hồ sơ có số giấy tờ khác nhau" in refused.text
    picks["reason"] = "Đã xem bản chính"
    previewed = post(officer, path, picks)
    assert previewed.status_code == 200
    assert f"Gộp {other.code} vào {one.code}?" in previewed.text
    assert session.scalars(select(DuplicateMerge)).all() == []
    assert other.merged_into_id is None
    done = post(officer, f"{path}/gop", picks)
    assert done.status_code == 303
    session.expire_all()
    assert (one.headline, other.merged_into_id) == ("Kỹ sư thủy lợi", one.id)
    assert officer.get(f"/ung-vien/{other.public_id}").location == f"/ung-vien/{one.public_id}"
    assert other.public_id not in officer.get("/ung-vien").text
    assert "Tách lại" in words_of(opened(officer, done.location))
    assert other.code in words_of(opened(officer, f"{QUEUE}?muc=da-gop"))
    assert post(officer, f"{path}/gop", picks).status_code == 404
    assert post(officer, f"{done.location}/tach", {"reason": "nhầm người"}).location == QUEUE
    session.expire_all()
    assert (one.headline, other.merged_into_id) == ("Kỹ sư", None)
    assert officer.get(f"/ung-vien/{other.public_id}").status_code == 200
    assert pair.state is PairState.OPEN


@on_sqlite
def test_different_people_are_remembered_also_after_edits(officer: Client, session: Session) -> None:
    one, other = make.rich_pair(session, is_paused=False)
    pair = make.pair(session, one, other)
    path = f"{QUEUE}/{pair.public_id}"
    assert post(officer, f"{path}/khac-nguoi").status_code == 303
    phone = (ContactDraft(ContactKind.PHONE, "+84912000999"),)
    for person in (one, other):
        replace_contacts(session, person, phone, by=None, at=LATER)
    session.commit()
    assert set(take_waiting(session, 9)) == {one.id, other.id}
    compare_people(session, [one.id, other.id], at=LATER, on=TODAY)
    session.refresh(pair)
    assert pair.state is PairState.DIFFERENT
    assert "Không có cặp nào chờ quyết định" in words_of(opened(officer, QUEUE))
    assert one.code in words_of(opened(officer, f"{QUEUE}?muc=khac-nguoi"))
    looked = words_of(opened(officer, path))
    assert "Đã ghi nhớ: không phải một người" in looked
    assert "Sau đó mới thấy thêm: Cùng số điện thoại" in looked
    assert post(officer, f"{path}/gop", {"survivor": "first", "reason": "x"}).location == QUEUE
    assert post(officer, f"{path}/hoi-lai").status_code == 303
    assert one.code in words_of(opened(officer, QUEUE))
    assert post(officer, f"{path}/hoi-lai").location == QUEUE  # decided already
    told = session.scalars(
        select(AuditEvent.action).where(AuditEvent.subject_kind == "duplicate_pair").order_by(AuditEvent.id)
    ).all()
    assert told == ["duplicates.marked_different", "duplicates.asked_again"]


def test_whoever_may_not_see_both_by_name_is_told_of_neither(client: Client, session: Session) -> None:
    here = people.person(session, "Nguyễn Thị Hòa", about=make.told(""))
    there = people.person(session, "Nguyễn Thị Hoà", about=make.told(""), unit_path="VN/01/")
    hidden = people.person(session, "Nguyễn Thị Hòa", about=make.told(""), consents=ANONYMOUS)
    pairs = [make.pair(session, here, there), make.pair(session, here, hidden)]
    for scope, seen in (("VN/12/", []), ("VN/01/", []), ("VN/", pairs[:1]), ("", pairs[:1])):
        reader = browser(client.application, session)
        sign_in(reader, account(session, Role.OFFICER, scope))
        found = opened(reader, QUEUE)
        assert len(found.xpath("//tbody/tr")) == len(seen), scope
        assert ("cặp hồ sơ" in words_of(opened(reader, "/"))) is bool(seen)
        for pair in pairs:
            assert reader.get(f"{QUEUE}/{pair.public_id}").status_code == (200 if pair in seen else 404)
            if pair not in seen:
                assert post(reader, f"{QUEUE}/{pair.public_id}/gop", {"survivor": "first"}).status_code == 404


def test_pairs_are_narrowed_by_what_is_alike(officer: Client, session: Session) -> None:
    pair = make.pair(session, *make.rich_pair(session, is_paused=False))
    for slug, is_in in (
        ("thu", True),
        ("dien-thoai", False),
        ("ho-ten", True),
        ("giay-to", False),
        ("bậy", True),
    ):
        page = opened(officer, f"{QUEUE}?ly-do={slug}")
        assert bool(page.xpath(f"//a[contains(@href, '{pair.public_id}')]")) is is_in, slug


@on_sqlite
def test_only_officers_come_in(client: Client, session: Session) -> None:
    pair = make.pair(session, *make.rich_pair(session))
    sign_in(client, account(session, Role.CAMPAIGN_ADMIN, "VN/12/"))
    assert client.get(QUEUE).status_code == 403
    assert post(client, f"{QUEUE}/{pair.public_id}/gop").status_code == 403


def test_whoever_is_saved_waits_and_is_found_by_number_name_and_orcid(session: Session) -> None:
    mine = people.person(
        session, "Lò Văn Một", identities=(IdentityDraft(IdentityKind.CCCD, "012185000111"),)
    )
    same = people.person(
        session, "Lò Văn Hai", identities=(IdentityDraft(IdentityKind.PASSPORT, "012185000111"),)
    )
    swapped = people.person(session, "Lò Văn Ba", about=make.told("", PartialDate(1985, 7, 3)))
    again = people.person(session, "Lò Văn Ba", about=make.told(""))
    for person in (mine, swapped):
        link = Evidence(person_id=person.id, title="ORCID", reference="https://orcid.org/0000-0002-1825-0097")
        session.add(link)
    session.commit()
    ids = take_waiting(session, 10)
    assert set(ids) == {mine.id, same.id, swapped.id, again.id}
    compare_people(session, ids, at=AT, on=TODAY)
    rows = session.scalars(select(DuplicatePair)).all()
    found = {(row.first_id, row.second_id): row.reasons for row in rows}
    assert found == {(mine.id, same.id): 1, (mine.id, swapped.id): 2, (swapped.id, again.id): 16 + 512}
    again.full_name = "Vàng A Páo"
    session.commit()
    assert session.scalars(select(DuplicateWaiting.person_id)).all() == [again.id]
    compare_people(session, take_waiting(session, 10), at=LATER, on=TODAY)
    assert (swapped.id, again.id) not in {
        (row.first_id, row.second_id) for row in session.scalars(select(DuplicatePair))
    }


@on_sqlite
def test_an_address_of_an_office_says_nothing(session: Session) -> None:
    shared = (ContactDraft(ContactKind.EMAIL, "vanthu@vidu.vn"),)
    crowd = [people.person(session, f"Người {number}", contacts=shared) for number in range(21)]
    compare_people(session, [one.id for one in crowd[:3]], at=AT, on=TODAY)
    assert session.scalars(select(DuplicatePair)).all() == []


@on_sqlite
def test_somebody_without_ground_is_compared_with_nobody(session: Session) -> None:
    one, other = make.rich_pair(session)
    make.pair(session, one, other)
    for consent in other.consents:
        consent.withdrawn_at = consent.given_at
    session.flush()
    compare_people(session, [one.id], at=LATER, on=TODAY)
    assert session.scalars(select(DuplicatePair)).all() == []


@on_sqlite
def test_comparing_everybody_is_a_job_that_is_asked_for_once(officer: Client, session: Session) -> None:
    assert post(officer, f"{QUEUE}/ra-lai").status_code == 303
    assert post(officer, f"{QUEUE}/ra-lai").status_code == 303
    assert "Đang rà mọi hồ sơ" in words_of(opened(officer, QUEUE))
    assert {"duplicates.find", "duplicates.find_all"} <= HANDLERS.keys()
    asked = session.scalars(
        select(AuditEvent).where(AuditEvent.action == "duplicates.compared").order_by(AuditEvent.id)
    ).all()
    assert len(asked) == 1
    part = officer.get(QUEUE, headers={"HX-Request": "true"})
    assert "<html" not in part.text


@pytest.mark.parametrize("ma", ["x", "0" * 26, "da-gop/x"])
@on_sqlite
def test_addresses_that_lead_nowhere(officer: Client, ma: str) -> None:
    assert officer.get(f"{QUEUE}/{ma}").status_code == 404


@on_sqlite
def test_a_merge_that_is_over_says_so(officer: Client, session: Session) -> None:
    one, other = make.rich_pair(session)
    merge = make.merged(session, one, other)
    merge.undo_until = TODAY - timedelta(days=400)
    session.commit()
    path = f"{QUEUE}/da-gop/{merge.public_id}"
    assert "Đã quá ngày cuối được tách lại" in words_of(opened(officer, path))
    assert post(officer, f"{path}/tach").location == path
    assert session.scalars(select(Person.merged_into_id).where(Person.id == other.id)).one() == one.id


@pytest.mark.slow
@on_sqlite
def test_everything_planted_among_few_is_found(
    database: Database, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    with own_database(database, request, tmp_path, "planted") as (_url, own):
        result = check.measure(own, people=400, planted=3, seed=1)
    assert {kind: found for kind, (found, of) in result["recall"].items() if found != of} == {}
    assert len(result["recall"]) == 11
    assert result["not_planted"] <= 3
    assert result["differs_after_step"] == 0
