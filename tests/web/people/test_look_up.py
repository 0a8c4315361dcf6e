"""«Tra cứu hồ sơ lưu giữ»: an office finds a record it knows of, also of somebody in no list; and why it is in none."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.accounts.rules import Grant, Role, Scope, Viewer
from registry.audit.models import AuditEvent
from registry.consents.rules import PURPOSE_BITS, Channel, PurposeCode
from registry.formats import date as shown_day
from registry.people.models import Person
from registry.people.operations import set_availability, withdraw_consent
from registry.people.queries.absent import Absence, absences_of
from registry.people.rules import (
    AvailabilityDraft,
    AvailabilityState,
    ContactDraft,
    ContactKind,
    PersonState,
)
from registry.web.clock import today
from tests.conftest import Client
from tests.factories import people as make
from tests.factories.accounts import post
from tests.factories.people import ANONYMOUS, AT, KEPT_ONLY
from tests.web.reading import text_of

PAGE = "/ung-vien/tra-cuu"
ON_SQLITE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
CONTACTS = (
    ContactDraft(ContactKind.EMAIL, "chien@vidu.vn"),
    ContactDraft(ContactKind.PHONE, "+84912345678"),
)


def asked(client: Client, typed: str) -> str:
    answer = post(client, PAGE, {"typed": typed})
    assert answer.status_code == 200
    return text_of(answer.text)


def pause(session: Session, person: Person, until: Any = None) -> None:
    said = AvailabilityDraft(today(), AvailabilityState.PAUSED, paused_until=until)
    set_availability(session, person, said, by=None, at=AT)


def withdraw(session: Session, person: Person, purpose: PurposeCode) -> None:
    withdraw_consent(session, person, purpose, channel=Channel.PAPER, reason="", by=None, at=AT)


def test_whatever_exactly_names_a_record_finds_it_and_says_why_it_is_in_no_list(
    officer: Client, session: Session
) -> None:
    person = make.person(session, "Lò Văn Chiến", contacts=CONTACTS)
    make.person(session, "Lò Văn Chiến Thắng")
    until = today() + timedelta(days=9)
    pause(session, person, until)
    assert person.code not in officer.get("/ung-vien?q=chien").text
    ways = (person.code.lower(), "lo van  CHIEN", "Chien@vidu.vn", "0912 345 678", "+84912345678")
    for typed in ways:
        words = asked(officer, typed)
        assert f"Đang tạm dừng đến hết {shown_day(until)}" in words, typed
        assert person.code in words
        assert "Chiến Thắng" not in words
    kept = session.scalars(
        select(AuditEvent).where(AuditEvent.action == "people.looked_up").order_by(AuditEvent.id)
    ).all()
    assert len(kept) == len(ways)
    assert all(person.public_id in str(one.content) for one in kept)


@ON_SQLITE
def test_nothing_typed_and_nothing_found_is_no_list_and_no_read(officer: Client, session: Session) -> None:
    person = make.person(session, "Lò Văn Chiến", contacts=CONTACTS)
    other = make.person(session, "Người Sơn La", unit_path="VN/14/")
    assert person.code not in officer.get(PAGE).text
    for typed in ("", "   "):
        answer = post(officer, PAGE, {"typed": typed})
        assert answer.status_code == 422
        assert person.code not in answer.text
    for typed in ("Chiến", "Lò", "%", "...", "HS-", other.code, "Người Sơn La", "0912"):
        assert "Không có hồ sơ nào như vậy" in asked(officer, typed), typed
    events = select(AuditEvent).where(AuditEvent.action == "people.looked_up")
    assert session.scalars(events).all() == []


@ON_SQLITE
def test_an_anonymous_person_is_found_by_the_code_alone_and_stays_so(
    officer: Client, session: Session
) -> None:
    person = make.person(session, "Vàng A Páo", consents=ANONYMOUS)
    session.commit()
    assert "Không có hồ sơ nào như vậy" in asked(officer, "Vàng A Páo")
    words = asked(officer, person.code)
    assert f"Hồ sơ ẩn danh {person.code}" in words
    assert "Páo" not in words
    assert "Lai Châu" not in words.partition("Hồ sơ ẩn danh")[2]


@ON_SQLITE
def test_no_more_than_ten_are_told(officer: Client, session: Session) -> None:
    make.people(session, ["Lò Văn Chiến"] * 11)
    answer = post(officer, PAGE, {"typed": "Lò Văn Chiến"})
    assert answer.text.count('<th scope="row">') == 10
    assert "Có hơn 10 hồ sơ trùng tên này" in answer.text


def _withdrew(session: Session, person: Person) -> None:
    withdraw(session, person, PurposeCode.MATCHING)


def _closed(_session: Session, person: Person) -> None:
    person.closed_purposes = PURPOSE_BITS[PurposeCode.MATCHING]


def _draft(_session: Session, person: Person) -> None:
    person.state = PersonState.DRAFT


def _over(session: Session, person: Person) -> None:
    pause(session, person, today() - timedelta(days=1))


@ON_SQLITE
@pytest.mark.parametrize(
    ("happens", "said"),
    [
        (pause, "Đang tạm dừng, chưa hẹn ngày trở lại"),
        (_withdrew, "Đã rút đồng ý được tìm để ghép nối"),
        (_closed, "Người này đã yêu cầu không dùng hồ sơ để ghép nối"),
        (_draft, "Trạng thái hồ sơ: Bản nháp"),
        (_over, ""),
    ],
)
def test_the_page_of_the_record_says_on_top_why_it_is_in_no_list(
    officer: Client, session: Session, happens: Callable[[Session, Person], None], said: str
) -> None:
    person = make.person(session, "Lò Văn Chiến")
    happens(session, person)
    session.commit()
    page = officer.get(f"/ung-vien/{person.public_id}").text
    assert ("Không có trong danh sách nào" in page) is bool(said)
    assert said in page
    assert ("Rút gọn" in page) is not bool(said)
    assert (said or "Có") in asked(officer, person.code)
    assert ("Lò Văn Chiến" in officer.get("/ung-vien").text) is not bool(said)


@ON_SQLITE
def test_who_never_agreed_is_told_apart_and_without_ground_only_the_code_is_told(
    officer: Client, session: Session
) -> None:
    kept = make.person(session, "Lò Văn Chiến", consents=(*KEPT_ONLY, PurposeCode.CONTACT))
    gone = make.person(session, "Hù Cố Xuân")
    withdraw(session, gone, PurposeCode.REGISTRY)
    session.commit()
    assert "Không đồng ý được tìm để ghép nối" in asked(officer, kept.code)
    words = asked(officer, gone.code)
    assert "Đã rút đồng ý lưu hồ sơ" in words
    assert "Xuân" not in words
    assert "Không có hồ sơ nào như vậy" in asked(officer, "Hù Cố Xuân")


@ON_SQLITE
def test_a_search_that_finds_nobody_leads_there(officer: Client, session: Session) -> None:
    person = make.person(session, "Lò Văn Chiến")
    pause(session, person)
    session.commit()
    page = officer.get(f"/ung-vien?q={person.code}").text
    assert page.count(f'href="{PAGE}"') == 2
    assert "Ai đang tạm dừng hoặc không đồng ý được tìm thì không có ở đây" in page


@ON_SQLITE
def test_why_somebody_stands_in_no_list_is_told_to_their_office_alone(session: Session) -> None:
    here, there = make.person(session), make.person(session, unit_path="VN/01/")
    pause(session, here)
    pause(session, there)
    viewer = Viewer.of_grants(1, [Grant(Role.OFFICER, Scope("VN/12/"))])
    told = absences_of(session, viewer, [here.id, there.id], on=today())
    assert {person: [one.why for one in why] for person, why in told.items()} == {here.id: [Absence.PAUSED]}
