"""Which letters a person wants: by the link of a letter, by the button of a mail program, and on their own page."""

from typing import Any

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.audit.models import AuditEvent
from registry.consents.rules import PurposeCode
from registry.mail.operations import queue_letter
from registry.mail.posting import Manner, post_due_letters
from registry.mail.rules import Letter, LetterState
from registry.people.models import LetterStop, Person
from registry.people.operations.letters import stop_letters
from registry.people.queries.writing import stop_mark, unwanted_letters
from registry.people.rules.letters import LetterTopic, StopWay
from tests.conftest import Client, browser
from tests.factories import people as make
from tests.factories.accounts import post, sign_in
from tests.factories.letters import AT, Remembering, SweepWork
from tests.factories.people import TODAY
from tests.factories.rights import with_account

EVERYTHING = (PurposeCode.REGISTRY, PurposeCode.MATCHING, PurposeCode.CONTACT, PurposeCode.CAMPAIGNS)


def stops(session: Session) -> list[tuple[int, LetterTopic, StopWay]]:
    return [(one.person_id, one.topic, one.way) for one in session.scalars(select(LetterStop))]


def address(session: Session, person: Person, topic: LetterTopic = LetterTopic.CAMPAIGNS) -> str:
    return f"/thu/dung/{stop_mark(session, person.public_id, topic)}"


def test_a_look_at_the_link_stops_nothing_and_the_button_does(app: Flask, session: Session) -> None:
    person = make.person(session, "Lò Văn Kín")
    anybody = browser(app, session)
    page = anybody.get(address(session, person))
    assert page.status_code == 200
    assert "Dừng loại thư này" in page.text
    assert "Kín" not in page.text
    assert person.code not in page.text
    assert stops(session) == []
    for _ in range(2):
        assert "Đã dừng" in anybody.post(address(session, person), data={"viec": "dung"}).text
    assert stops(session) == [(person.id, LetterTopic.CAMPAIGNS, StopWay.LINK)]
    again = anybody.post(address(session, person), data={"viec": "nhan-lai"})
    assert "Bạn lại nhận loại thư này" in again.text
    assert stops(session) == []
    acts = session.scalars(select(AuditEvent.action).where(AuditEvent.action.like("letters.%"))).all()
    assert sorted(acts) == ["letters.allowed", "letters.stopped"]


def test_a_mail_program_stops_letters_without_page_cookie_or_token(app: Flask, session: Session) -> None:
    person = make.person(session)
    program = browser(app, session)
    answer = program.post(address(session, person), data={"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert stops(session) == [(person.id, LetterTopic.CAMPAIGNS, StopWay.LINK)]


def test_a_mark_nobody_made_is_nowhere(app: Flask, session: Session) -> None:
    person, anybody = make.person(session), browser(app, session)
    forged = address(session, person)[:-1] + "x"
    assert anybody.get(forged).status_code == 404
    assert anybody.post(forged).status_code == 404
    assert stops(session) == []


def test_one_chooses_each_kind_on_the_own_page(app: Flask, session: Session) -> None:
    person, own = with_account(session, consents=EVERYTHING)
    theirs: Client = browser(app, session)
    sign_in(theirs, own)
    page = theirs.get("/toi/thu").text
    assert page.count("Đang nhận") == 3
    assert "Không dừng được" in page
    assert post(theirs, "/toi/thu/offers/dung", {}).status_code == 303
    assert stops(session) == [(person.id, LetterTopic.OFFERS, StopWay.PAGE)]
    assert "Đã dừng" in theirs.get("/toi/thu").text
    assert post(theirs, "/toi/thu/offers/nhan-lai", {}).status_code == 303
    assert stops(session) == []
    assert post(theirs, "/toi/thu/service/dung", {}).status_code == 404


def test_what_was_stopped_after_it_was_queued_does_not_go(session: Session) -> None:
    stays, stops_it = (make.person(session, consents=EVERYTHING) for _ in range(2))
    for person in (stays, stops_it):
        words = ("Mời", f"Chào {person.code}")
        letter = Letter("campaign", "vi", f"{person.public_id}@vidu.vn", words=words, person=person.public_id)
        queue_letter(session, letter, at=AT)
    queue_letter(session, Letter("campaign", "vi", "la@vidu.vn", words=("a", "b"), person="x" * 26), at=AT)
    stop_letters(session, stops_it, LetterTopic.CAMPAIGNS, StopWay.LINK, by=None, at=AT)
    session.commit()

    def unwanted(reading: Session, claims: Any, _at: Any) -> frozenset[int]:
        asked = {claim.id: (claim.kind, claim.person_public_id) for claim in claims}
        return unwanted_letters(reading, asked, on=TODAY)

    transport, manner = Remembering(), Manner(unwanted=unwanted)
    keyring = session.info["keyring"]
    came = post_due_letters(SweepWork(session), keyring, transport, "so@vidu.vn", manner)
    assert came == {"sent": 2, "not_sent": 1}
    assert {str(one["To"]) for one in transport.taken} == {f"{stays.public_id}@vidu.vn", "la@vidu.vn"}
    assert LetterState.CANCELLED == "cancelled"
