"""«Ai đã xem tôi»: every look of others at once, by office and role, paged; never an officer's name, never another's."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from registry.accounts.rules import Role
from registry.audit.operations import record, record_read
from registry.people.models import Person
from tests.conftest import Client
from tests.factories import people as make
from tests.factories.accounts import account, sign_in
from tests.factories.needs import need
from tests.factories.rights import with_account
from tests.web.reading import text_of

Mine = tuple[Client, Person]


def seen(client: Client, path: str = "/toi/ai-da-xem") -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.text


def test_nobody_yet(my_browser: Mine) -> None:
    client, _me = my_browser
    assert "Chưa ai xem hồ sơ của bạn" in seen(client)


def test_a_list_an_opening_and_a_ranking_are_there_at_once(client: Client, session: Session) -> None:
    me, own = with_account(session)
    sign_in(client, account(session, Role.OFFICER, "VN/12/", name="Phạm Bí Danh"))
    assert client.get("/ung-vien").status_code == 200
    assert client.get(f"/ung-vien/{me.public_id}").status_code == 200
    sign_in(client, own)
    page = seen(client)
    shown = text_of(page)
    assert "Hiện trong một danh sách" in shown
    assert "Mở hồ sơ" in shown
    assert "Lai Châu" in shown
    assert "Cán bộ phụ trách" in shown
    assert "Bí Danh" not in page


def test_the_need_is_named(my_browser: Mine, session: Session) -> None:
    client, me = my_browser
    clerk, wanted = account(session), need(session)
    for person in (me.public_id, "0" * 26):
        record_read(
            session,
            clerk.id,
            "match.listed",
            people=[person, me.public_id],
            detail={"need": wanted.public_id},
        )
    assert wanted.title in seen(client)


def test_the_same_look_again_is_counted_not_repeated(my_browser: Mine, session: Session) -> None:
    client, me = my_browser
    clerk = account(session)
    for action in ("person.opened", "person.opened", "people.listed", "person.opened"):
        record_read(session, clerk.id, action, people=[me.public_id])
    shown = text_of(seen(client))
    assert shown.count("Mở hồ sơ") == 2
    assert shown.count("2 lần trong ngày") == 1


def test_roles_are_those_of_the_day(my_browser: Mine, session: Session) -> None:
    client, me = my_browser
    clerk = account(session, Role.OFFICER, "VN/12/")
    at = datetime.now(UTC)
    record_read(session, clerk.id, "person.opened", people=[me.public_id], at=at - timedelta(minutes=2))
    clerk.roles[0].ended_at = at - timedelta(minutes=1)
    session.commit()
    assert "Cán bộ phụ trách" in text_of(seen(client))


def test_own_looks_changes_and_looks_at_others_are_not_there(my_browser: Mine, session: Session) -> None:
    client, me = my_browser
    other = make.person(session, "Vàng A Páo")
    clerk = account(session)
    record_read(session, me.account_id, "person.data_taken", people=[me.public_id])
    record_read(session, clerk.id, "person.opened", people=[other.public_id])
    record(
        session,
        clerk.id,
        "person.revised",
        "person",
        me.public_id,
        person=me.public_id,
        changes={"a": (1, 2)},
    )
    assert "Chưa ai xem hồ sơ của bạn" in seen(client)


def test_what_the_installation_did_is_told_as_such(my_browser: Mine, session: Session) -> None:
    client, me = my_browser
    record_read(session, None, "people.listed", people=[me.public_id])
    assert "Hệ thống" in seen(client)


def test_many_looks_are_paged_to_the_oldest(my_browser: Mine, session: Session) -> None:
    client, me = my_browser
    clerk, at = account(session), datetime(2026, 8, 1, tzinfo=UTC)
    for number in range(60):
        action = "match.explained" if number == 0 else "person.opened"
        record_read(session, clerk.id, action, people=[me.public_id], at=at + timedelta(days=number))
    first = seen(client)
    assert first.count("<time") == 50
    assert "Xem vì sao phù hợp" not in first
    older = first.split('href="/toi/ai-da-xem?truoc=')[1].split('"')[0]
    second = seen(client, f"/toi/ai-da-xem?truoc={older}")
    assert second.count("<time") == 10
    assert "Xem vì sao phù hợp" in second
    assert "Các lần cũ hơn" not in second


@pytest.mark.parametrize("mark", ["x", "AAAA", "%00"])
def test_a_mark_that_is_not_ours_is_the_first_page(my_browser: Mine, mark: str) -> None:
    client, _me = my_browser
    assert client.get(f"/toi/ai-da-xem?truoc={mark}").status_code in {200, 400}
