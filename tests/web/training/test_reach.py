"""Of two provinces each reads its own training; whoever only checks the other reads its classes and knows nobody there."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy.orm import Session

from registry.accounts.models import Account
from registry.accounts.operations import grant_role
from registry.accounts.rules import Grant, Permission, Role, Scope, Viewer
from registry.people.models import CadreFacet, Person
from registry.people.rules import CadreKind
from registry.training.models import (
    SessionLecturer,
    SessionPartner,
    TrainingCourse,
    TrainingOrder,
    TrainingProgramme,
    TrainingQuota,
    TrainingRequirement,
    TrainingSession,
)
from registry.training.operations import Outcome, create, name_partner, put_beside, record_outcome
from registry.training.queries.counting import Period, by_category, keeps_lists
from registry.training.queries.participants import taken_by
from registry.training.queries.registers import progress_under
from registry.training.queries.sessions import session_with_code
from registry.training.rules import Counted, Measure, OrderState, ParticipationState, PartnerRole, Tier
from tests.conftest import Client, browser
from tests.factories import organisations
from tests.factories import training as make
from tests.factories.accounts import account, post, sign_in
from tests.factories.pages import opened, parsed, words_of
from tests.factories.people import ANONYMOUS, NAMED, TODAY, person
from tests.factories.roles import take_away

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
HERE, THERE = "VN/12/", "VN/01/"
NEAR, FAR = "Mường Gần", "Mường Xa"
YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))
OFFICER = Viewer.of_grants(1, [Grant(Role.OFFICER, Scope(HERE))])
# Keeps the one province, and checks the training of the other, where people are none of their business.
TWO_ROLES = Viewer.of_grants(2, [Grant(Role.OFFICER, Scope(HERE)), Grant(Role.AUDITOR, Scope(THERE))])


@dataclass(frozen=True)
class Province:
    """A course, a class of it that goes on, an office that requires it, and the head who holds the office."""

    head: Person
    course: TrainingCourse
    held: TrainingSession
    required: TrainingRequirement


def province(session: Session, path: str, mark: str, category: str, begins: date) -> Province:
    """One of everything, with the mark in every name."""
    act, place = make.act(), make.place(session, path)
    head = person(session, f"Lò Văn {mark}", unit_path=path, consents=NAMED)
    session.add(CadreFacet(person=head, kind=CadreKind.CIVIL_SERVANT, office="Trưởng phòng"))
    course = make.course(
        session, f"KH {mark}", path=path, name=f"Khóa {mark}", category=category, tier=Tier.LEADER
    )
    held = make.held(
        session,
        course,
        f"LOP {mark}",
        path=path,
        is_over=False,
        planned_start=begins,
        owner_name=f"Bà {mark}",
    )
    record_outcome(session, make.takes_part(session, held, head), Outcome(ParticipationState.COMPLETED), act)
    programme = TrainingProgramme(code=f"CT {mark}", name=f"Chương trình {mark}", **place)
    create(session, programme, act)
    for name in ("Viện", "Quỹ"):
        beside = SessionPartner(
            organisation=organisations.organisation(session, f"{name} {mark}", unit_path=path),
            role=PartnerRole.SPONSOR,
        )
        if name == "Viện":
            put_beside(session, held, beside, act)
        else:
            name_partner(session, programme, beside, act)
    put_beside(session, held, SessionLecturer(name=f"Thầy {mark}"), act)
    put_beside(session, held, SessionLecturer(person=head, name=""), act)
    order = {"occupation": f"Thợ {mark}", "number": 5, "ordering": beside.organisation}
    create(session, TrainingOrder(code=f"DH {mark}", state=OrderState.ASKED, **order, **place), act)
    quota = {"period_start": make.START, "period_end": make.END, "amount": 10, "measure": Measure.PEOPLE}
    create(session, TrainingQuota(name=f"Chỉ tiêu {mark}", **quota, **place), act)
    required = TrainingRequirement(course=course, office="Trưởng phòng", document=mark, unit_path=path)
    create(session, required, act)
    return Province(head, course, held, required)


@dataclass(frozen=True)
class Two:
    """Both; of the near one somebody anonymous learns in the class, too, and somebody of the far one."""

    near: Province
    far: Province
    shy: Person
    guest: Person
    elsewhere: TrainingSession


@pytest.fixture
def two(session: Session) -> Two:
    """See the class; a class of the near course is held by the far province."""
    near = province(session, HERE, NEAR, "professional", date(2026, 3, 1))
    far = province(session, THERE, FAR, "digital", date(2019, 3, 1))
    far.held.actual_start = date(2019, 3, 4)
    shy = person(session, "Tẩn Láo Kín", consents=ANONYMOUS)
    guest = person(session, f"Đỗ Thị {FAR}", unit_path=THERE, consents=NAMED)
    for one in (shy, guest):
        make.takes_part(session, near.held, one)
    elsewhere = make.held(session, near.course, f"LOP GỬI {FAR}", path=THERE)
    make.takes_part(session, elsewhere, near.head)
    session.commit()
    return Two(near, far, shy, guest, elsewhere)


def signed_in(client: Client, session: Session, who: Account) -> Client:
    made = browser(client.application, session)
    sign_in(made, who)
    return made


@pytest.fixture
def both(client: Client, session: Session) -> Client:
    """The browser of whoever has two roles."""
    who = account(session, Role.OFFICER, HERE)
    at = datetime.now(UTC)
    grant_role(session, who, Role.AUDITOR, Scope(THERE), by=None, starts_on=make.START, at=at)
    session.commit()
    return signed_in(client, session, who)


def options(page: Any, name: str) -> list[str]:
    """The values a list of a form offers."""
    found: list[str] = page.xpath(f"//select[@name='{name}']/option/@value")
    return found


def test_every_list_holds_the_rows_of_the_readers_province_alone(
    desk: Client, session: Session, two: Two
) -> None:
    paths = ("", "/khoa-hoc", f"/khoa-hoc/{two.near.course.public_id}", "/cham-mo", "/dat-hang", "/chi-tieu")
    more = ("/doi-tac", "/theo-cap", "/yeu-cau", "/yeu-cau/tao")
    pages = {path: opened(desk, f"/dao-tao{path}") for path in (*paths, *more)}
    told = {path: words_of(page) for path, page in pages.items()}
    assert [path for path, text in told.items() if NEAR not in text] == []
    assert [path for path, text in told.items() if FAR in text] == []
    for name in (f"Chương trình {NEAR}", f"Khóa {NEAR}"):
        assert name in told["/khoa-hoc"]
    for name in (f"Viện {NEAR}", f"Quỹ {NEAR}", f"Thầy {NEAR}", two.near.head.full_name):
        assert name in told["/doi-tac"]
    assert "ngoài phạm vi" not in told["/doi-tac"]
    assert options(pages[""], "nam") == ["", "2026"]


def test_figures_classes_of_a_person_and_who_must_learn_are_those_in_sight(
    session: Session, two: Two
) -> None:
    assert by_category(session, OFFICER, YEAR) == {"professional": Counted(1, 1)}
    assert by_category(session, TWO_ROLES, YEAR).keys() == {"professional", "digital"}
    near = two.near.head
    assert [one.session for one in taken_by(session, near, OFFICER)] == [two.near.held]
    assert {one.session for one in taken_by(session, near)} == {two.near.held, two.elsewhere}
    assert [one.session for one in taken_by(session, two.far.head, TWO_ROLES)] == [two.far.held]
    without = Viewer.of_grants(3, [Grant(Role.CANDIDATE, Scope(HERE))])
    assert list(taken_by(session, near, without)) == []
    mine = [(OFFICER, ""), (OFFICER, HERE), (TWO_ROLES, ""), (TWO_ROLES, HERE), (TWO_ROLES, THERE)]
    kept = [keeps_lists(viewer, Period(YEAR.start, YEAR.end, place)) for viewer, place in mine]
    assert kept == [True, True, False, True, False]
    assert session_with_code(session, OFFICER, f"LOP {NEAR}") == two.near.held
    assert session_with_code(session, OFFICER, f"LOP {FAR}") is None
    for one, told in ((two.near, [near]), (two.far, [])):
        holders = progress_under(session, TWO_ROLES, one.required, on=TODAY)
        assert [holder for holder, _progress in holders] == told


def test_a_class_names_whoever_may_be_named_and_leads_to_records_the_reader_opens(
    both: Client, session: Session, two: Two
) -> None:
    held = f"/dao-tao/lop/{two.near.held.public_id}"
    page = both.get(held).text
    told = words_of(opened(both, held))
    assert two.near.head.full_name in told
    assert f"Hồ sơ ẩn danh {two.shy.code}" in told
    assert two.shy.full_name not in told
    assert "Người ngoài hồ sơ" in told
    for mark in (two.guest.full_name, two.guest.code, two.guest.public_id):
        assert mark not in page
    for one, name in ((two.guest, "Người ngoài hồ sơ"), (two.near.head, two.near.head.full_name)):
        row = next(row for row in taken_by(session, one) if row.session == two.near.held)
        own = opened(both, f"{held}/hoc-vien/{row.public_id}")
        assert words_of(own.xpath("//h1")[0]) == name
        leads = own.xpath(f"boolean(//a[@href='/ung-vien/{one.public_id}'])")
        assert leads is (one is two.near.head)
    teachers = words_of(opened(both, "/dao-tao/doi-tac"))
    assert two.near.head.full_name in teachers
    assert f"Thầy {FAR}" in teachers
    assert "Giảng viên có hồ sơ ngoài phạm vi" in teachers
    assert two.far.head.code not in teachers
    refused = post(both, f"{held}/ghi-danh", {"code": two.far.head.code})
    assert "Không có hồ sơ mang mã này" in words_of(parsed(refused, 422))


def test_a_class_one_only_checks_is_not_changed_and_offers_nothing_to_change(
    both: Client, session: Session, two: Two, monkeypatch: pytest.MonkeyPatch
) -> None:
    near, far = (f"/dao-tao/lop/{one.held.public_id}" for one in (two.near, two.far))
    for page, status in ((near, 200), (far, 404)):
        shown = both.get(page).text
        for way in ("sua", "ghi-danh", "doi-tac"):
            assert (f"{page}/{way}" in shown) is (status == 200)
            assert both.get(f"{page}/{way}").status_code == status
    offices = options(opened(both, "/dao-tao/chuong-trinh/tao"), "office")
    assert f"unit:{HERE}" in offices
    assert f"unit:{THERE}" not in offices
    imports = "Nhập danh sách từ Excel"
    assert imports in both.get(near).text
    take_away(monkeypatch, Role.OFFICER, Permission.IMPORTS_RUN)
    assert imports not in both.get(near).text


def test_whoever_only_reads_is_offered_no_new_row(desk: Client, client: Client, session: Session) -> None:
    reader = signed_in(client, session, account(session, Role.AUDITOR, HERE))
    for path, way in (("", "/khoa-hoc"), ("/dat-hang", "/dat-hang/tao"), ("/yeu-cau", "/yeu-cau/tao")):
        wanted = f"boolean(//main//a[contains(@class, 'btn')][@href='/dao-tao{way}'])"
        offered = [opened(who, f"/dao-tao{path}").xpath(wanted) for who in (desk, reader)]
        assert offered == [True, False]
