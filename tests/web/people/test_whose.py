"""Buttons of a record for whoever may use them, names where they may be known, what was stopped by its own person."""

from datetime import UTC, datetime

import pytest
from sqlalchemy.orm import Session

from registry.accounts.rules import Permission, Role
from registry.mail.operations import queue_letter, suppress_address
from registry.mail.rules import Letter
from registry.people.operations.letters import stop_letters
from registry.people.queries.writing import stopped_topics
from registry.people.rules import ContactDraft, ContactKind
from registry.people.rules.letters import LetterTopic, StopWay
from tests.conftest import Client
from tests.factories.accounts import account, sign_in
from tests.factories.letters import AT, VALUES
from tests.factories.people import ANONYMOUS, NAMED, person
from tests.factories.roles import take_away

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def test_what_one_stopped_stops_nothing_of_another(session: Session) -> None:
    one, other = person(session, "Lò Văn Chiến"), person(session, "Vàng A Páo")
    stop_letters(session, one, LetterTopic.CAMPAIGNS, StopWay.LINK, by=None, at=datetime.now(UTC))
    assert stopped_topics(session, one) == {LetterTopic.CAMPAIGNS}
    assert stopped_topics(session, other) == frozenset()


def test_whoever_only_reads_a_record_invites_nobody(client: Client, session: Session) -> None:
    mail = (ContactDraft(ContactKind.EMAIL, "n0@vidu.vn"),)
    page = f"/ung-vien/{person(session, contacts=mail).public_id}"
    for role, shown in ((Role.OFFICER, True), (Role.CAMPAIGN_ADMIN, False)):
        sign_in(client, account(session, role))
        assert (f'action="{page}/moi"' in client.get(page).text) is shown


def test_without_the_right_to_read_grants_a_record_has_no_way_to_them(
    client: Client, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = f"/ung-vien/{person(session).public_id}"
    sign_in(client, account(session, Role.OFFICER))
    assert f'href="{page}/ho-tro"' in client.get(page).text
    take_away(monkeypatch, Role.OFFICER, Permission.GRANTS_READ)
    assert f'href="{page}/ho-tro"' not in client.get(page).text


def test_whom_letters_do_not_reach_is_named_where_the_name_may_be_known(
    client: Client, session: Session
) -> None:
    people = [
        person(session, name, consents=agreed)
        for name, agreed in (("Lò Kín", ANONYMOUS), ("Vàng Gần", NAMED))
    ]
    for number, one in enumerate(people):
        to = f"n{number}@vidu.vn"
        queue_letter(session, Letter("no_account", "vi", to, VALUES, person=one.public_id), at=AT)
        suppress_address(session, to, "bounced", at=AT)
    sign_in(client, account(session, Role.OFFICER))
    page = client.get("/ung-vien/thu-khong-toi").text
    for one, is_named in zip(people, (False, True), strict=True):
        assert one.code in page
        assert (one.full_name in page) is is_named
        assert (f'href="/ung-vien/{one.public_id}/lien-he"' in page) is is_named
