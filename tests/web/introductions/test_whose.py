"""What is somebody's own stays apart from what is somebody else's, and one need's from another's."""

from datetime import UTC, datetime

import pytest
from sqlalchemy.orm import Session

from registry.accounts.models import Account
from registry.accounts.rules import Grant, Role, Scope, Viewer
from registry.db import new_public_id
from registry.introductions import queries
from registry.introductions.models import Conversation, Interest, Message, RevealRequest
from registry.introductions.rules import RevealState, Side
from registry.needs.models import Need
from registry.people.models import Person
from registry.web.clock import today
from tests.conftest import Client
from tests.factories.candidates import candidate
from tests.factories.introductions import NAME, Meeting, need_of
from tests.factories.people import ANONYMOUS, NAMED

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
A, B = "VN/12/", "VN/01/"


def touched(session: Session, person: Person, need: Need, by: Account) -> tuple[RevealRequest, Conversation]:
    """Interest, a request that waits, a conversation with a message nobody read, as rows."""
    at, on = datetime.now(UTC), today()
    request = RevealRequest(
        public_id=new_public_id(), person=person, need=need, asked_by_id=by.id, asked_at=at, due_on=on,
        limits_version="1", state=RevealState.ASKED, reason_sealed=b"x",
    )  # fmt: skip
    talk = Conversation(person=person, need=need, begun_by=Side.UNIT, begun_at=at)
    said = Message(
        public_id=new_public_id(), conversation=talk, side=Side.UNIT, by_id=by.id, sent_at=at, words_sealed=b"x"
    )  # fmt: skip
    session.add_all([Interest(person=person, need=need, given_at=at), request, talk, said])
    session.flush()
    return request, talk


def test_what_is_between_a_person_and_a_need_is_nobody_elses(session: Session, met: Meeting) -> None:
    other, need = candidate(session, "Vàng A Sủa", consents=ANONYMOUS), need_of(session, "Việc khác")
    touched(session, met.person, met.need, met.officer)
    request, talk = touched(session, other, need, met.officer)
    for ask in (queries.standing_interest, queries.conversation_of):
        assert ask(session, met.person, met.need) is not None
        assert ask(session, met.person, need) is None
        assert ask(session, other, met.need) is None
    assert queries.requests_about(session, met.person, need) == []
    whose = [
        *queries.own_interests(session, met.person),
        *queries.own_requests(session, met.person),
        *(line.conversation for line in queries.own_conversations(session, met.person)),
    ]
    assert [one.need_id for one in whose] == [met.need.id] * 3
    assert queries.own_request(session, met.person, request.public_id) is None
    assert queries.own_conversation(session, met.person, talk.public_id) is None
    assert queries.waiting_for(session, met.person, on=today()) == queries.Waiting(1, 1)


def test_who_is_introduced_is_known_where_one_may_match_and_of_whom_one_may_see(
    session: Session, met: Meeting
) -> None:
    away = candidate(session, "Vàng A Sủa", consents=NAMED, unit_path=B)
    for person in (met.person, away):
        request, _talk = touched(session, person, met.need, met.officer)
        request.state, request.granted_at = RevealState.GRANTED, datetime.now(UTC)
    session.flush()

    def known(*grants: Grant) -> queries.Introduced | None:
        return queries.introduced(session, Viewer.of_grants(1, grants), met.need.public_id, on=today())

    here = known(Grant(Role.OFFICER, Scope(A)))
    assert here is not None
    assert away.public_id not in here.named | here.interested
    assert here.interested == {met.person.public_id}
    # An auditor of the country reads needs; with whom they match is for the officer of the place.
    assert known(Grant(Role.OFFICER, Scope(B)), Grant(Role.AUDITOR, Scope())) is None
    assert known(Grant(Role.AUDITOR, Scope())) is None


def test_who_let_nobody_know_their_name_has_none_on_the_pages_of_the_need(
    desk: Client, session: Session, met: Meeting
) -> None:
    touched(session, met.person, met.need, met.officer)
    session.query(Message).delete()
    session.query(RevealRequest).delete()
    session.query(Conversation).delete()
    session.commit()
    everybody = desk.get(f"/nhu-cau/{met.need.public_id}/gioi-thieu").text
    one = desk.get(met.pair).text
    assert met.person.code in everybody
    assert NAME not in everybody + one
    assert "Ẩn danh theo yêu cầu" in one
    assert "hoi-ten" in one
