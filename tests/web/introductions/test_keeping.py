"""What is between people and units in the copy of one's data and after an erasure; and the job that closes."""

from datetime import UTC, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from registry.introductions.models import Conversation, Interest, Message, RevealRequest
from registry.introductions.operations import (
    give_interest,
    write_to_person,
    write_to_unit,
)
from registry.introductions.operations.closing import is_anything_over
from registry.needs.operations import move_need
from registry.needs.rules import NeedState
from registry.privacy.operations.erasing import erase_person
from registry.privacy.queries.taking import taken
from tests.factories.introductions import PAPERS, Meeting, asked, closed_by_job
from tests.factories.letters import waiting_letters
from tests.factories.people import AT

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
