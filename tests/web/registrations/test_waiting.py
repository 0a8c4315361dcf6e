"""A registration that waits since its number is in another record: an officer finds out, and what holds meanwhile."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from flask import Flask
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from registry.accounts.models import Account
from registry.accounts.rules import EVERYWHERE, Role, Viewer
from registry.consents.models import Consent
from registry.consents.rules import PurposeCode
from registry.db import Database
from registry.people.models import Person
from registry.people.operations import free_code, set_availability
from registry.people.queries import people_for, person_with_identity
from registry.people.rules import AvailabilityDraft, AvailabilityState, IdentityKind, PersonState
from registry.registrations.models import Registration
from registry.registrations.rules import RegistrationState
from registry.web.clock import today
from tests.conftest import Apps, Client, browser
from tests.factories import registrations as join
from tests.factories.accounts import account, post, sign_in
from tests.factories.begun import begun_by, undone
from tests.factories.pages import opened, words_of

AT = datetime(2026, 11, 26, 2, 0, tzinfo=UTC)


def two_of_one_number(app: Flask, session: Session) -> int:
    """Two people who send the same number; the registration of the second, which waits."""
    for _ in range(2):
        own = browser(app, session)
        join.candidate(own, session)
        join.fill(own, number=join.CCCD)
        join.send(own)
    found = session.scalars(select(Registration).order_by(Registration.id.desc()).limit(1)).one()
    assert found.state is RegistrationState.HELD
    return found.id


@pytest.fixture(scope="module")
def waiting(
    database: Database,
    apps: Apps,
    compiled: FileSystemBytecodeCache,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[Connection, int]]:
    """Both, made once."""
    folder = tmp_path_factory.mktemp("held")
    with begun_by(database, apps, compiled, folder, two_of_one_number) as made:
        yield made


@pytest.fixture
def connection(waiting: tuple[Connection, int]) -> Iterator[Connection]:
    """What a test does is undone."""
    with undone(waiting[0]) as opened:
        yield opened


@pytest.fixture
def held(waiting: tuple[Connection, int], session: Session) -> Registration:
    """A registration that waits, since somebody else has its number."""
    return session.get_one(Registration, waiting[1])


@pytest.fixture
def officer(client: Client, session: Session, held: Registration) -> Client:
    """An officer of the province that decides."""
    assert held.unit_path == "VN/12/"
    made = browser(client.application, session)
    sign_in(made, account(session, Role.OFFICER, "VN/12/"))
    return made


def test_the_queue_names_codes_and_the_home_page_leads_there(officer: Client, held: Registration) -> None:
    assert "1 đăng ký chờ bạn" in words_of(opened(officer, "/"))
    words = words_of(opened(officer, "/ung-vien/dang-ky-cho"))
    assert held.code in words
    assert "Nguyễn Minh Khuê" not in words
    page = words_of(opened(officer, f"/ung-vien/dang-ky-cho/{held.public_id}"))
    assert "Giống nhau" in page
    assert join.CCCD not in page


def test_who_paused_meanwhile_waits_in_no_queue_and_comes_back(
    officer: Client, session: Session, held: Registration
) -> None:
    waiting = session.scalars(select(Person).where(Person.account_id == held.account_id)).one()
    for state in (AvailabilityState.PAUSED, AvailabilityState.AVAILABLE):
        set_availability(session, waiting, AvailabilityDraft(today(), state), by=None, at=AT)
        session.commit()
        stands = state is AvailabilityState.AVAILABLE
        assert (held.code in officer.get("/ung-vien/dang-ky-cho").text) is stands
        assert (held.code in officer.get("/ung-vien/trung").text) is stands
        assert ("1 đăng ký chờ bạn" in words_of(opened(officer, "/"))) is stands


def test_an_officer_of_another_province_sees_none(
    client: Client, session: Session, held: Registration
) -> None:
    other = browser(client.application, session)
    sign_in(other, account(session, Role.OFFICER, "VN/01/"))
    assert held.code not in other.get("/ung-vien/dang-ky-cho").get_data(as_text=True)
    assert other.get(f"/ung-vien/dang-ky-cho/{held.public_id}").status_code == 404


def test_somebody_else_gets_a_record_without_the_number(
    officer: Client, session: Session, held: Registration
) -> None:
    path = f"/ung-vien/dang-ky-cho/{held.public_id}"
    assert post(officer, path, {}).status_code == 422
    assert post(officer, path, {"decision": "other"}).status_code == 303
    session.expire_all()
    assert held.state is RegistrationState.SUBMITTED
    person = session.scalars(select(Person).where(Person.account_id == held.account_id)).one()
    assert person.code == held.code
    assert person.identities == []
    assert post(officer, path, {"decision": "other"}).status_code == 404


def test_the_same_person_has_one_record_with_the_new_account_only_if_it_had_none(
    officer: Client, session: Session, held: Registration
) -> None:
    path = f"/ung-vien/dang-ky-cho/{held.public_id}"
    refused = post(officer, path, {"decision": "same"})
    assert refused.status_code == 422
    assert "đã gắn với một tài khoản khác" in refused.get_data(as_text=True)
    holder = session.scalars(select(Person).where(Person.state == PersonState.ACTIVE)).one()
    holder.account_id = None
    session.commit()
    assert post(officer, path, {"decision": "same"}).status_code == 303
    session.expire_all()
    assert holder.account_id == held.account_id
    assert held.state is RegistrationState.LINKED
    assert held.code == holder.code
    assert len(session.scalars(select(Consent).where(Consent.person_id == holder.id)).all()) == 3


def test_while_an_officer_looks_the_page_of_ones_own_works(
    client: Client, session: Session, held: Registration
) -> None:
    other = browser(client.application, session)
    sign_in(other, session.get_one(Account, held.account_id))
    post(other, "/toi/dong-y/matching/rut")
    post(other, "/toi/dong-y/statistics/cho")
    post(other, "/toi/tam-dung", {"months": "0"})
    page = opened(other, "/toi")
    assert "Đang tạm dừng" in words_of(page)
    given = [one for one in page.xpath("//section[@id='dong-y']//h3") if "Đang đồng ý" in one.text_content()]
    assert len(given) == 3


def test_the_code_of_a_held_registration_is_drawn_by_nobody_else(
    session: Session, held: Registration
) -> None:
    taken = int(held.code.removeprefix("HS-")) - 10_000
    draws = iter([taken, taken + 1 if taken < 89_999 else 0])
    assert free_code(session, lambda _below: next(draws)) != held.code


def test_a_record_that_waits_is_used_for_nothing_and_holds_no_number(
    session: Session, held: Registration
) -> None:
    waiting = session.scalars(select(Person).where(Person.account_id == held.account_id)).one()
    everywhere = Viewer(None, frozenset(), (EVERYWHERE,))
    for purpose in set(PurposeCode) - {PurposeCode.REGISTRY}:
        found = people_for(everywhere, purpose, on=date(2026, 11, 26))
        assert waiting not in session.scalars(found).all()
    holder = person_with_identity(session, everywhere, IdentityKind.CCCD, join.CCCD, on=date(2026, 11, 26))
    assert holder is not None
    assert holder is not waiting
