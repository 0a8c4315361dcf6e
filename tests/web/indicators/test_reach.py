"""Figures of a province: whoever may only read is shown no way to write, and rows tell only people one may see."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy.orm import Session

from registry.accounts.models import Account
from registry.accounts.operations import grant_role
from registry.accounts.rules import EVERYWHERE, Grant, Permission, Role, Scope, Viewer
from registry.indicators.models import Contradiction, ReportSnapshot
from registry.indicators.operations.reporting import ReportFiles, freeze_report
from registry.indicators.queries.provinces import living_by_province, trained_by_province
from registry.indicators.queries.reading import contradiction_of, contradictions_of, indicators_of
from registry.indicators.rules.figures import Period
from registry.people.rules import PlaceDraft, SelfDraft
from registry.training.models import Participation
from registry.web.clock import today
from tests.conftest import Client, browser
from tests.factories.accounts import account, post, sign_in
from tests.factories.indicators import NOW, held, lai_chau_training, printed, take_part
from tests.factories.pages import opened, words_of
from tests.factories.people import person
from tests.factories.roles import take_away

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
HERE, THERE = "VN/12/", "VN/01/"
ROOM = "/chi-tieu"
HALF = "ky=2025-n1&pham-vi=VN/12/"


@pytest.fixture
def plan(session: Session) -> None:
    """A little of the programme of Lai Châu."""
    lai_chau_training(session)
    printed(session, "LC")
    session.commit()


def frozen(session: Session) -> ReportSnapshot:
    """A report of Lai Châu that somebody froze."""
    files = ReportFiles(
        title="Báo cáo",
        starts=date(2025, 1, 1),
        ends=date(2025, 6, 30),
        unit_path=HERE,
        organisation_path="",
        values=[],
        code_version="1",
        pdf=b"%PDF",
        workbook=b"PK",
    )
    made = freeze_report(session, files, by=account(session, Role.OFFICER, HERE).id, at=NOW)
    session.commit()
    return made


def desk_of(client: Client, session: Session, who: Account) -> Client:
    """The browser of an account."""
    made = browser(client.application, session)
    sign_in(made, who)
    return made


def both(client: Client, session: Session, path: str) -> Client:
    """The browser of an officer of one province who is an auditor of the country."""
    made = account(session, Role.OFFICER, path)
    moment = datetime.now(UTC)
    grant_role(session, made, Role.AUDITOR, EVERYWHERE, by=None, starts_on=today(), at=moment)
    session.commit()
    return desk_of(client, session, made)


def map_of(desk: Client) -> tuple[bool, list[str]]:
    """Whether the map says that it tells of people on record, and the line of Lai Châu beneath it."""
    (drawn,) = opened(desk, f"{ROOM}?{HALF}").xpath("//section[@id='ban-do']")
    lines = [[words_of(cell) for cell in row] for row in drawn.xpath(".//tbody/tr")]
    return "người có hồ sơ" in words_of(drawn), next(line for line in lines if line[0] == "Lai Châu")


def test_who_only_reads_is_shown_no_way_to_write(client: Client, session: Session, plan: None) -> None:
    report = frozen(session)
    ways = {
        ROOM: f"{ROOM}/tao",
        f"{ROOM}/doi-chieu": "Giải thích hoặc chấp nhận",
        f"{ROOM}/LC-DTN": "/sua",
        f"{ROOM}/bao-cao?{HALF}": "Chốt báo cáo",
        f"{ROOM}/bao-cao/{report.public_id}": f"{report.public_id}/cong-bo",
    }
    for who, seen in (
        (account(session, Role.CAMPAIGN_ADMIN, HERE), list(ways.values())),
        (account(session, Role.OFFICER, HERE), list(ways.values())[:-1]),
        (account(session, Role.AUDITOR, HERE), []),
    ):
        desk = desk_of(client, session, who)
        shown = {page: desk.get(page) for page in ways}
        assert {answer.status_code for answer in shown.values()} == {200}
        assert [way for page, way in ways.items() if way in shown[page].text] == seen


def test_who_writes_elsewhere_only_reads_here(client: Client, session: Session, plan: None) -> None:
    desk = both(client, session, THERE)
    assert "/sua" not in desk.get(f"{ROOM}/LC-DTN").text
    for page in ("LC-DTN", "doi-chieu"):
        assert "Giải thích hoặc chấp nhận" not in desk.get(f"{ROOM}/{page}").text
    assert "Chốt báo cáo" not in desk.get(f"{ROOM}/bao-cao?{HALF}").text
    for page in ("sua", "giao", "so-lieu"):
        assert desk.get(f"{ROOM}/LC-DTN/{page}").status_code == 404
    asked = {"ky": "2025-n1", "pham-vi": HERE}
    assert post(desk, f"{ROOM}/bao-cao/chot", asked).status_code == 404


def test_whoever_may_not_read_figures_writes_none(
    client: Client, session: Session, plan: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = desk_of(client, session, account(session, Role.OFFICER, HERE))
    assert desk.get(f"{ROOM}/LC-DTN/sua").status_code == 200
    take_away(monkeypatch, Role.OFFICER, Permission.INDICATORS_READ)
    assert desk.get(f"{ROOM}/LC-DTN/sua").status_code == 404


def test_where_people_live_is_drawn_for_those_who_may_read_records(
    client: Client, session: Session, plan: None
) -> None:
    """Others are told how many were trained, whichever map they ask for."""
    person(
        session, "Lò Thị Hạnh", about=SelfDraft("Lò Thị Hạnh", residence=PlaceDraft("Lai Châu", None, HERE))
    )
    session.commit()
    officer = desk_of(client, session, account(session, Role.OFFICER, HERE))
    auditor = desk_of(client, session, account(session, Role.AUDITOR, HERE))
    assert map_of(officer) == (True, ["Lai Châu", "1"])
    assert map_of(auditor) == (False, ["Lai Châu", "716"])


def test_rows_of_a_figure_tell_the_codes_of_people_one_may_see(
    client: Client, session: Session, plan: None
) -> None:
    near, far = person(session, "Lò Thị Hạnh"), person(session, "Trần Văn Xa", unit_path=THERE)
    where = held(session, "LC-M", "professional", date(2025, 3, 1), HERE)
    for one in (near, far):
        facts: dict[str, Any] = {
            "participant": one.id, "state": "completed", "category": "vocational", "happened_on": where.day,
        }  # fmt: skip
        session.add(Participation(session_id=where.session.id, person_id=one.id, unit_path=HERE, **facts))
    session.commit()
    for desk, told in (
        (both(client, session, HERE), [near.code]),
        (desk_of(client, session, account(session, Role.AUDITOR, HERE)), []),
    ):
        pages = [desk.get(f"{ROOM}/LC-DTN/dong?ky=2025-n1&trang={page}").text for page in (1, 15)]
        assert "718" in pages[0]
        assert [one.code for one in (near, far) if any(one.code in page for page in pages)] == told


def test_maps_and_contradictions_are_of_what_a_viewer_sees(session: Session, plan: None) -> None:
    two_roles = Viewer.of_grants(1, [Grant(Role.OFFICER, Scope(HERE)), Grant(Role.AUDITOR, EVERYWHERE)])
    at_home = SelfDraft("", residence=PlaceDraft("Lai Châu", None, HERE))
    for name, path in (("Lò Thị Hạnh", HERE), ("Trần Văn Xa", THERE)):
        person(session, name, unit_path=path, about=at_home)
    assert living_by_province(session, two_roles, today()) == {"12": 1}
    take_part(session, held(session, "HN", "vocational", date(2025, 5, 1), THERE), range(1, 8))
    here, there = (Viewer.of_grants(1, [Grant(Role.AUDITOR, Scope(path))]) for path in (HERE, THERE))
    period = Period.half(2025, 1)
    assert trained_by_province(session, here, period) == {"12": 716}
    assert trained_by_province(session, there, period) == {"01": 7}
    one: Contradiction = contradictions_of(session, [each.id for each in indicators_of(session, here)])[0]
    assert contradiction_of(session, here, one.public_id) is one
    assert contradiction_of(session, there, one.public_id) is None
