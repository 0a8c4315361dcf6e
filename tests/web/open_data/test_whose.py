"""Which office sees, prepares and publishes what: two provinces, a commune, an agency, an auditor, rights taken away."""

from typing import Any

import pytest
from sqlalchemy.orm import Session

from registry.accounts.models import Account
from registry.accounts.operations import grant_role
from registry.accounts.rules import Grant, Permission, Role, Scope, Viewer
from registry.open_data.models import OpenRelease
from registry.open_data.queries.reading import dataset_of, datasets_of, programmes_in, release_of
from registry.open_data.rules.kinds import DatasetKind
from registry.open_data.rules.states import ReleaseState
from tests.conftest import Client, browser
from tests.factories.accounts import account, post, sign_in
from tests.factories.indicators import printed
from tests.factories.open_data import AT, ON, dataset, draft, published, taught, waiting
from tests.factories.pages import cells_of, opened, words_of
from tests.factories.roles import take_away

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
HERE, THERE = "VN/12/", "VN/01/"


def reader(path: str, organisation: str = "") -> Viewer:
    """Whoever may read indicators there."""
    granted = Grant(Role.OFFICER, Scope(path, organisation))
    return Viewer.of_grants(1, [granted]).limited_to(Permission.INDICATORS_READ)


def desk(client: Client, session: Session, who: Account) -> Client:
    """A browser of an account."""
    made = browser(client.application, session)
    sign_in(made, who)
    return made


@pytest.fixture
def releases(session: Session) -> dict[str, OpenRelease]:
    """A draft in each of two provinces, with three people hidden."""
    found: dict[str, OpenRelease] = {}
    for path, name in ((HERE, "day"), (THERE, "kia")):
        taught(session, "vocational", range(1, 41), unit_path=path)
        taught(session, "digital", range(50, 53), unit_path=path)
        found[path] = draft(session, dataset(session, code=name, unit_path=path), None)
    session.commit()
    return found


def test_an_office_has_the_sets_of_its_place(session: Session, releases: dict[str, OpenRelease]) -> None:
    for path, other in ((HERE, THERE), (THERE, HERE)):
        mine, theirs = releases[path], releases[other]
        viewer = reader(path)
        assert [one.code for one in datasets_of(session, viewer)] == [mine.dataset.code]
        assert dataset_of(session, viewer, theirs.dataset.public_id) is None
        assert release_of(session, viewer, theirs.public_id) is None
        assert release_of(session, viewer, mine.public_id) == mine
    assert len(datasets_of(session, reader(""))) == 2
    assert datasets_of(session, reader(HERE, "7/")) == []  # a set counts more than one agency keeps
    assert dataset_of(session, reader(""), "x") is release_of(session, reader(""), "'") is None
    printed(session, "LC")
    assert [code for code, _name in programmes_in(session, reader(HERE))] == ["LC"]
    assert programmes_in(session, reader(THERE)) == []


def test_pages_of_another_province_are_not_there(
    client: Client, session: Session, releases: dict[str, OpenRelease]
) -> None:
    officer = desk(client, session, account(session, Role.OFFICER, HERE))
    head = desk(client, session, account(session, Role.CAMPAIGN_ADMIN, HERE))
    theirs = releases[THERE]
    page, release = f"/cong-bo/{theirs.dataset.public_id}", f"/cong-bo/ban/{theirs.public_id}"
    for path in (page, f"{page}/sua", f"{page}/chuan-bi", release, f"{release}/du-lieu.csv"):
        opened(officer, path, 404)
    for path in (f"{page}/sua", f"{page}/chuan-bi", f"{release}/gui", f"{release}/bo"):
        assert post(officer, path).status_code == 404, path
    theirs.state = ReleaseState.WAITING
    session.commit()
    for path in (f"{release}/tra-lai", f"{release}/rut"):
        opened(head, path, 404)
        assert post(head, path, {"reason": "Vì"}).status_code == 404, path
    assert post(head, f"{release}/cong-bo").status_code == 404
    assert "kia" not in words_of(opened(officer, "/cong-bo"))
    opened(officer, f"/cong-bo/ban/{releases[HERE].public_id}/x.json", 404)
    assert (
        officer.get(f"/cong-bo/ban/{releases[HERE].public_id}/du-lieu.csv").get_data() == releases[HERE].csv
    )


def test_places_offered_are_those_one_may_write_for(client: Client, session: Session) -> None:
    def places(who: Account) -> list[str]:
        page = opened(desk(client, session, who), "/cong-bo/tao")
        return page.xpath("//select[@name='place']/option/@value")

    assert places(account(session, Role.OFFICER, HERE)) == ["", HERE]
    assert places(account(session, Role.OFFICER, HERE, "7/")) == [""]
    assert {"VN/", HERE, THERE} <= set(places(account(session, Role.CAMPAIGN_ADMIN, "")))
    mixed = account(session, Role.AUDITOR, THERE)
    grant_role(session, mixed, Role.OFFICER, Scope(HERE), by=None, starts_on=ON.replace(month=1), at=AT)
    session.commit()
    assert places(mixed) == ["", HERE]
    foreign = {"code": "x", "kind": "training", "place": THERE}
    answer = post(desk(client, session, mixed), "/cong-bo/tao", foreign)
    assert "Chọn một mục trong danh sách" in answer.get_data(as_text=True)


def test_buttons_and_hidden_counts_are_for_whoever_may(
    client: Client, session: Session, releases: dict[str, OpenRelease], monkeypatch: pytest.MonkeyPatch
) -> None:
    """An auditor reads; who writes elsewhere and audits here reads here; hidden counts go with the lists."""
    mine = releases[HERE]
    page, release = f"/cong-bo/{mine.dataset.public_id}", f"/cong-bo/ban/{mine.public_id}"

    def told(who: Client) -> tuple[bool, bool, bool, bool]:
        first, second, third = (opened(who, one) for one in ("/cong-bo", page, release))
        return (
            bool(first.xpath("//a[@href='/cong-bo/tao']")),
            bool(second.xpath(f"//a[@href='{page}/chuan-bi']")),
            bool(third.xpath(f"//form[@action='{release}/gui']")),
            "Kỹ năng số · Người 3" in cells_of(third),
        )

    officer = desk(client, session, account(session, Role.OFFICER, HERE))
    assert told(officer) == (True, True, True, True)
    assert told(desk(client, session, account(session, Role.AUDITOR, ""))) == (False, False, False, False)
    mixed = account(session, Role.AUDITOR, "")
    grant_role(session, mixed, Role.OFFICER, Scope(THERE), by=None, starts_on=ON.replace(month=1), at=AT)
    session.commit()
    elsewhere = desk(client, session, mixed)
    assert told(elsewhere) == (True, False, False, False)
    for path in (f"{page}/sua", f"{page}/chuan-bi", f"{release}/gui", f"{release}/bo"):
        assert post(elsewhere, path).status_code == 404, path
    commune = desk(client, session, account(session, Role.OFFICER, f"{HERE}03388/"))
    opened(commune, release, 404)
    take_away(monkeypatch, Role.OFFICER, Permission.TRAINING_WRITE)
    assert told(officer) == (True, True, True, False)


@pytest.mark.parametrize(
    ("kind", "permission"),
    [
        (DatasetKind.SECTORS, Permission.PEOPLE_READ),
        (DatasetKind.BREAKDOWN, Permission.TRAINING_WRITE),
        (DatasetKind.INDICATORS, Permission.INDICATORS_WRITE),
    ],
)
def test_hidden_counts_of_each_table_go_with_its_own_right(
    client: Client,
    session: Session,
    releases: dict[str, OpenRelease],
    monkeypatch: pytest.MonkeyPatch,
    kind: DatasetKind,
    permission: Permission,
) -> None:
    mine = releases[HERE]
    mine.dataset.kind = kind
    mine.csv = mine.json = b'{"rows": []}'
    session.commit()
    officer = desk(client, session, account(session, Role.OFFICER, HERE))
    release = f"/cong-bo/ban/{mine.public_id}"
    assert "Xem các ô được ẩn và số thật" in words_of(opened(officer, release))
    take_away(monkeypatch, Role.OFFICER, permission)
    page = opened(officer, release)
    assert "Số thật chỉ mở cho" in words_of(page)
    assert "· Người 3" not in cells_of(page)


def test_publishing_and_withdrawing_are_for_whoever_may_publish_there(
    client: Client, session: Session, releases: dict[str, OpenRelease]
) -> None:
    """A campaign administrator here who is one nowhere else; an officer here who publishes elsewhere does not here."""
    made = waiting(session, releases[HERE].dataset, None)
    out = published(session, releases[HERE].dataset, None, account(session, Role.CAMPAIGN_ADMIN, "").id)
    session.commit()
    mixed = account(session, Role.OFFICER, HERE)
    grant_role(
        session, mixed, Role.CAMPAIGN_ADMIN, Scope(THERE), by=None, starts_on=ON.replace(month=1), at=AT
    )
    session.commit()
    other, head = (
        desk(client, session, mixed),
        desk(client, session, account(session, Role.CAMPAIGN_ADMIN, HERE)),
    )

    def buttons(who: Client, one: OpenRelease) -> set[str]:
        page = opened(who, f"/cong-bo/ban/{one.public_id}")
        links: list[Any] = page.xpath("//main//a/@href | //main//form/@action")
        return {str(link).rsplit("/", 1)[-1] for link in links if one.public_id in str(link)} & {
            "cong-bo",
            "tra-lai",
            "rut",
            "gui",
        }

    assert buttons(head, made) == {"cong-bo", "tra-lai"}
    assert buttons(head, out) == {"rut"}
    assert buttons(other, made) == buttons(other, out) == set()
    for path in ("cong-bo", "tra-lai"):
        assert post(other, f"/cong-bo/ban/{made.public_id}/{path}", {"reason": "Vì"}).status_code == 404
    assert post(other, f"/cong-bo/ban/{out.public_id}/rut", {"reason": "Vì"}).status_code == 404
    assert post(head, f"/cong-bo/ban/{out.public_id}/rut", {"reason": "Vì"}).status_code == 303
