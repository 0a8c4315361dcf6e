"""What is between people and units in the copy of one's data, after an erasure, after a merge; and the job that closes."""

from datetime import UTC, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from registry.introductions.models import Conversation, Interest, Message, RevealRequest
from registry.introductions.operations import (
    give_interest,
    grant_reveal,
    stop_conversation,
    take_over,
    write_to_person,
    write_to_unit,
)
from registry.introductions.operations.closing import is_anything_over
from registry.introductions.queries import interest_words, message_words
from registry.introductions.rules import RevealState
from registry.needs.operations import move_need
from registry.needs.rules import NeedState
from registry.privacy.operations.erasing import erase_person
from registry.privacy.queries.taking import taken
from tests.factories.candidates import candidate
from tests.factories.introductions import PAPERS, Meeting, asked, closed_by_job, need_of
from tests.factories.letters import waiting_letters
from tests.factories.people import ANONYMOUS, AT

WORDS, QUESTION, ANSWER = "Tôi rảnh từ tháng Ba", "Bạn ở đâu?", "Ở Sìn Hồ"
TABLES = (Interest, RevealRequest, Conversation, Message)


def everything(session: Session, met: Meeting) -> RevealRequest:
    """A row in every table."""
    give_interest(session, met.person, met.need, words=WORDS, by=met.own.id, at=AT)
    request = asked(session, met)
    write_to_person(session, met.person, met.need, PAPERS, words=QUESTION, by=met.officer.id, at=AT)
    write_to_unit(session, met.person, met.need, words=ANSWER, by=met.own.id, at=AT)
    session.commit()
    return request


def test_the_copy_of_ones_data_holds_all_in_the_clear(session: Session, met: Meeting) -> None:
    everything(session, met)
    found = taken(session, met.person).tables
    assert [row["words"] for row in found["interest"]] == [WORDS]
    assert [row["reason"] for row in found["reveal_request"]] == ["Mời phỏng vấn vòng một"]
    assert [row["words"] for row in found["message"]] == [QUESTION, ANSWER]
    assert found["conversation"][0]["need_id"] == met.need.title
    assert "Lò Thị Hạnh" not in str(found)


def test_erasing_leaves_no_row(session: Session, met: Meeting) -> None:
    everything(session, met)
    erase_person(session, met.person, by=None, at=AT)
    assert [session.scalar(select(func.count(table.id))) for table in TABLES] == [0, 0, 0, 0]
    assert closed_by_job(session, datetime(2030, 1, 1, tzinfo=UTC)) == 0


def test_a_merge_moves_what_there_is_and_widens_nothing(session: Session, met: Meeting) -> None:
    everything(session, met)
    kept = candidate(session, "Sùng Thị Dở", ("IT15", 3), consents=ANONYMOUS)
    met.person.account_id, kept.account_id = None, met.own.id
    session.commit()
    both = Meeting(met.need, kept, met.own, met.officer)
    give_interest(session, kept, met.need, words="", by=met.own.id, at=AT)
    granted = asked(session, both)
    grant_reveal(session, granted, by=met.own.id, at=AT)
    write_to_person(session, kept, met.need, PAPERS, words="Chào bạn", by=met.officer.id, at=AT)
    only_there = asked(session, both, need=need_of(session, "Việc khác"))
    talk = session.scalars(select(Conversation).where(Conversation.person_id == met.person.id)).one()
    stop_conversation(session, talk, by=met.own.id, at=AT)
    take_over(session, kept, met.person, at=AT)
    for table in (Interest, RevealRequest, Conversation):
        assert set(session.scalars(select(table.person_id))) == {kept.id}
    assert len(session.scalars(select(Interest).where(Interest.withdrawn_at.is_(None))).all()) == 1
    states = {one.public_id: one.state for one in session.scalars(select(RevealRequest))}
    assert states[granted.public_id] is RevealState.CANCELLED
    assert sorted(states.values()) == [RevealState.ASKED, RevealState.ASKED, RevealState.CANCELLED]
    assert states[only_there.public_id] is RevealState.ASKED
    one = session.scalars(select(Conversation)).one()
    assert one.stopped_at is not None
    said = {message_words(session, row) for row in session.scalars(select(Message))}
    assert said == {QUESTION, ANSWER, "Chào bạn"}
    assert WORDS in {interest_words(session, row) for row in session.scalars(select(Interest))}


def test_who_was_interested_is_told_once_that_the_need_closed(session: Session, met: Meeting) -> None:
    give_interest(session, met.person, met.need, words="", by=met.own.id, at=AT)
    assert not is_anything_over(session, at=AT)
    move_need(session, met.need, NeedState.FILLED, by=None, at=AT)
    assert is_anything_over(session, at=AT)
    assert closed_by_job(session, AT) == 1
    assert closed_by_job(session, AT) == 0
    assert not is_anything_over(session, at=AT)
    letter = waiting_letters(session, "need_closed")[-1]
    assert letter.to == met.own.email
    assert met.need.title not in letter.body
