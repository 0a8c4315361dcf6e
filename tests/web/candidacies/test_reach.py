"""Pages that name nobody who is anonymous, and show no button to whoever may only read, or decides elsewhere."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.accounts.models import Account
from registry.accounts.operations import grant_role
from registry.accounts.rules import EVERYWHERE, Permission, Role
from registry.candidacies.models import Candidacy
from registry.candidacies.operations import declare_tie, move
from registry.candidacies.rules import Stage
from registry.candidacies.rules.panels import TieKind
from registry.people.models import ExpertFacet, Person
from registry.people.rules import ExpertKind
from tests.conftest import Client, browser
from tests.factories.accounts import account, post, sign_in
from tests.factories.candidacies import Considered, considered, second, selected
from tests.factories.candidates import candidate
from tests.factories.people import ANONYMOUS, AT
from tests.factories.roles import take_away

HEADLINE = "Kỹ sư dữ liệu y tế"


def board(met: Considered) -> str:
    return f"/nhu-cau/{met.need.public_id}/ung-tuyen"


def of_account(session: Session, name: str, *, is_expert: bool) -> Person:
    """An anonymous person who can answer."""
    made = candidate(session, name, ("IT15", 5), consents=ANONYMOUS)
    made.account_id = account(session, Role.CANDIDATE, "", name=name).id
    if is_expert:
        session.add(ExpertFacet(person_id=made.id, kind=next(iter(ExpertKind)), expertise="AI"))
    session.commit()
    return made


def signed_in(client: Client, session: Session, who: Account) -> Client:
    made = browser(client.application, session)
    sign_in(made, who)
    return made


def test_no_page_names_whom_it_may_not(client: Client, session: Session) -> None:
    met = considered(session, consents=ANONYMOUS)
    offered, tied = (of_account(session, name, is_expert=True) for name in ("Tòng Thị Panh", "Lường Văn Sơn"))
    nominee = of_account(session, "Giàng A Lử", is_expert=False)
    assert tied.account_id is not None
    declare_tie(session, met.person, kind=TieKind.INTEREST, words="", by=tied.account_id, at=AT)
    session.commit()
    desk = signed_in(client, session, met.officer)
    for page, whom in (
        (met.page, [met.person]),
        (f"{met.page}/phan-bien", [met.person, offered, tied]),
        (board(met), [met.person]),
        ("/ung-tuyen", [met.person]),
        (f"/nhu-cau/{met.need.public_id}/tien-cu/{nominee.public_id}", [nominee]),
    ):
        shown = desk.get(page)
        assert shown.status_code == 200, page
        for one in whom:
            assert one.full_name not in shown.text, page
            assert one.code in shown.text, page


def test_what_closed_since_somebody_signed_elsewhere_names_nobody(client: Client, session: Session) -> None:
    met = considered(session, consents=ANONYMOUS)
    other = second(session, met)
    selected(session, other, met.officer.id)
    move(session, other, Stage.SIGNED, by=met.officer.id, at=datetime.now(UTC))
    session.commit()
    shown = signed_in(client, session, met.officer).get("/ung-tuyen").text
    assert met.person.code in shown
    assert met.person.full_name not in shown


def test_who_only_reads_is_shown_neither_buttons_nor_notes(
    client: Client, session: Session, met: Considered
) -> None:
    met.person.headline = HEADLINE
    session.commit()
    desk = signed_in(client, session, met.officer)
    assert HEADLINE in desk.get(f"{board(met)}?xem=bang").text
    reader = signed_in(client, session, account(session, Role.AUDITOR, "", name="Hoàng Văn Tín"))
    for page in (board(met), f"{board(met)}?xem=bang", met.page):
        assert HEADLINE not in reader.get(page).text
    for page, button in ((board(met), "/chuyen"), (board(met), "/xuat/"), (met.page, 'id="phong-van"')):
        assert button in desk.get(page).text
        assert button not in reader.get(page).text


def test_who_decides_elsewhere_only_reads_here(client: Client, session: Session, met: Considered) -> None:
    both = account(session, Role.OFFICER, "VN/01/", name="Người Hà Nội")
    today, moment = datetime.now(UTC).date(), datetime.now(UTC)
    grant_role(session, both, Role.AUDITOR, EVERYWHERE, by=None, starts_on=today, at=moment)
    nominee = of_account(session, "Giàng A Lử", is_expert=False)
    session.commit()
    theirs = signed_in(client, session, both)
    assert 'id="phong-van"' not in theirs.get(met.page).text
    assert "/chuyen" not in theirs.get(board(met)).text
    assert post(theirs, board(met), {"mot": nominee.public_id}).status_code == 404
    way = f"/nhu-cau/{met.need.public_id}/tien-cu/{nominee.public_id}"
    assert theirs.get(way).status_code == 404
    assert post(theirs, way, {"ground": "Giỏi nghề"}).status_code == 404


def test_without_the_right_to_match_nobody_is_found_to_open_or_to_ask(
    client: Client, session: Session, met: Considered, monkeypatch: pytest.MonkeyPatch
) -> None:
    rival = of_account(session, "Giàng A Lử", is_expert=True)
    take_away(monkeypatch, Role.OFFICER, Permission.MATCHING_READ)
    desk = signed_in(client, session, met.officer)
    assert rival.code not in desk.get(f"{met.page}/phan-bien").text
    assert post(desk, board(met), {"mot": rival.public_id}).status_code == 303
    assert session.scalars(select(Candidacy)).all() == [met.candidacy]


def test_without_the_right_to_read_candidacies_a_page_of_a_person_has_none(
    client: Client, session: Session, met: Considered, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, page = signed_in(client, session, met.officer), f"/ung-vien/{met.person.public_id}"
    assert met.need.title in desk.get(page).text
    take_away(monkeypatch, Role.OFFICER, Permission.CANDIDACIES_READ)
    assert met.need.title not in desk.get(page).text
