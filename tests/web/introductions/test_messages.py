"""Messages of a person and a unit: who may begin, what a letter says, unread counts, stopping, limits, other people."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from registry.accounts.rules import Viewer
from registry.audit.models import AuditEvent
from registry.introductions.models import Conversation, Message
from registry.introductions.operations import (
    ConversationStopped,
    NeedNotOpen,
    NoGroundToWrite,
    NotReachable,
    TooManyMessages,
    give_interest,
    stop_conversation,
    write_to_person,
    write_to_unit,
)
from registry.introductions.queries import unread_for, waiting_for
from registry.introductions.rules import limits_on
from registry.needs.operations import move_need
from registry.needs.rules import NeedState
from tests.conftest import Client
from tests.factories.accounts import post
from tests.factories.introductions import NAME, PAPERS, Meeting, meeting
from tests.factories.letters import shown_rows, the_letter, waiting_letters
from tests.factories.pages import opened, words_of
from tests.factories.people import AT

QUESTION, ANSWER = "Bạn có làm từ xa được không?", "Được, hai ngày một tuần"
DAYS = limits_on(AT.date())


def to_person(session: Session, met: Meeting, words: str = QUESTION) -> Message:
    return write_to_person(session, met.person, met.need, PAPERS, words=words, by=met.officer.id, at=AT)


def to_unit(session: Session, met: Meeting, words: str = ANSWER) -> Message:
    return write_to_unit(session, met.person, met.need, words=words, by=met.own.id, at=AT)


def talk_of(session: Session) -> Conversation:
    return session.scalars(select(Conversation)).one()


def test_a_question_to_a_code_is_told_read_and_answered(
    theirs: Client, desk: Client, session: Session, met: Meeting
) -> None:
    assert post(desk, f"{met.pair}/nhan-tin", {"message": QUESTION}).status_code == 303
    letter = the_letter(session, "message_waits")
    assert letter.to == met.own.email
    assert "/toi/trao-doi" in letter.body
    for secret in (QUESTION, met.need.title, met.person.code, NAME, "Lò Thị Hạnh"):
        assert secret not in letter.subject + letter.body
    assert "làm từ xa" not in shown_rows(session, "message")
    assert "1 tin mới" in words_of(opened(theirs, "/toi"))
    talk = f"/toi/trao-doi/{talk_of(session).public_id}"
    assert talk in theirs.get("/toi/trao-doi").text
    page = words_of(opened(theirs, talk))
    assert QUESTION in page
    assert "Lò Thị Hạnh" not in page
    assert post(theirs, talk, {"message": ANSWER}).status_code == 303
    assert "tin mới" not in words_of(opened(theirs, "/toi"))
    shown = desk.get(met.pair).text
    assert ANSWER in shown
    for secret in (NAME, met.own.email):
        assert secret not in shown
    inbox = f"/nhu-cau/{met.need.public_id}/gioi-thieu"
    assert "1 tin mới" in words_of(opened(desk, inbox))
    post(desk, f"{met.pair}/da-doc")
    assert "đã đọc hết" in words_of(opened(desk, inbox))
    assert "đã đọc" in words_of(opened(theirs, talk))
    assert "Nhắn tin cho bạn" in words_of(opened(theirs, "/toi/ai-da-xem"))


def test_reading_a_page_changes_nothing_and_a_button_does(
    theirs: Client, session: Session, met: Meeting
) -> None:
    to_person(session, met)
    session.commit()
    talk = f"/toi/trao-doi/{talk_of(session).public_id}"
    theirs.get(talk)
    assert waiting_for(session, met.person, on=AT.date()).messages == 1
    post(theirs, f"{talk}/doc")
    assert waiting_for(session, met.person, on=AT.date()).messages == 0
    assert theirs.get(talk).status_code == 200


def test_the_person_begins_only_with_a_reason(theirs: Client, session: Session, met: Meeting) -> None:
    with pytest.raises(NoGroundToWrite):
        to_unit(session, met)
    assert session.scalar(select(func.count(Conversation.id))) == 0
    give_interest(session, met.person, met.need, words="", by=met.own.id, at=AT)
    session.commit()
    path = f"/toi/nhu-cau/{met.need.public_id}/nhan-tin"
    assert post(theirs, path, {"message": " "}).status_code == 422
    assert post(theirs, path, {"message": ANSWER}).status_code == 303
    assert unread_for(session, Viewer.installation(), on=AT.date()) == {met.need.id: 1}


def test_one_letter_while_something_waits(session: Session, met: Meeting) -> None:
    to_person(session, met)
    to_person(session, met, "Còn một câu nữa")
    assert len(waiting_letters(session, "message_waits")) == 1
    to_unit(session, met)
    to_person(session, met, "Cảm ơn bạn")
    assert len(waiting_letters(session, "message_waits")) == 2


def test_the_person_stops_it_and_takes_it_up_again(
    theirs: Client, desk: Client, session: Session, met: Meeting
) -> None:
    to_person(session, met)
    session.commit()
    talk = f"/toi/trao-doi/{talk_of(session).public_id}"
    post(theirs, f"{talk}/dung")
    assert "Người này đã dừng cuộc trao đổi" in words_of(opened(desk, met.pair))
    refused = post(desk, f"{met.pair}/nhan-tin", {"message": "Xin bạn trả lời"})
    assert refused.status_code == 422
    assert "đã dừng" in refused.text
    with pytest.raises(ConversationStopped):
        to_unit(session, met)
    post(theirs, f"{talk}/mo-lai")
    assert post(desk, f"{met.pair}/nhan-tin", {"message": "Cảm ơn bạn"}).status_code == 303
    actions = set(session.scalars(select(AuditEvent.action).order_by(AuditEvent.id)))
    assert {"message.to_person", "message.stopped", "message.resumed"} <= actions


def test_nobody_is_flooded(theirs: Client, session: Session, met: Meeting) -> None:
    for number in range(DAYS.unanswered_messages):
        to_person(session, met, f"Tin {number}")
    with pytest.raises(TooManyMessages):
        to_person(session, met)
    with pytest.raises(TooManyMessages):  # waiting a day is no answer
        write_to_person(
            session,
            met.person,
            met.need,
            PAPERS,
            words="Sao không trả lời",
            by=met.officer.id,
            at=AT + timedelta(days=1),
        )
    to_unit(session, met)
    to_person(session, met)
    for _number in range(DAYS.messages_per_day - 1):
        to_unit(session, met)
    with pytest.raises(TooManyMessages):
        to_unit(session, met)
    session.commit()
    refused = post(theirs, f"/toi/trao-doi/{talk_of(session).public_id}", {"message": "x" * 2001})
    assert refused.status_code == 422
    assert "không quá 2000 ký tự" in refused.text


def test_a_closed_need_and_a_paused_person_end_the_talking(
    theirs: Client, session: Session, met: Meeting
) -> None:
    to_person(session, met)
    session.commit()
    talk = f"/toi/trao-doi/{talk_of(session).public_id}"
    post(theirs, "/toi/tam-dung", {"months": "1"})
    assert unread_for(session, Viewer.installation(), on=AT.date()) == {}
    assert "Lúc này không nhắn được" in words_of(opened(theirs, talk))
    with pytest.raises(NotReachable):
        to_person(session, met)
    post(theirs, "/toi/san-sang")
    move_need(session, met.need, NeedState.FILLED, by=None, at=AT)
    session.commit()
    assert "Không nhắn thêm được" in words_of(opened(theirs, talk))
    for write in (to_person, to_unit):
        with pytest.raises(NeedNotOpen):
            write(session, met)


def test_a_conversation_of_somebody_else_does_not_exist(
    theirs: Client, session: Session, met: Meeting
) -> None:
    other = meeting(session, "Lò Văn Chiến")
    to_person(session, other)
    session.commit()
    talk = f"/toi/trao-doi/{talk_of(session).public_id}"
    assert theirs.get(talk).status_code == 404
    assert post(theirs, talk, {"message": "Tôi là ai?"}).status_code == 404
    assert post(theirs, f"{talk}/dung").status_code == 404
    assert talk_of(session).stopped_at is None
    stop_conversation(session, talk_of(session), by=other.own.id, at=AT)
    assert talk_of(session).stopped_at is not None
    assert met.person.id != other.person.id
