"""What stands between a person and units goes with a merge to the survivor, stays readable, and comes back."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.introductions.models import Conversation, Interest, RevealRequest
from registry.introductions.operations import give_interest, write_to_unit
from registry.introductions.queries import interest_words, message_words, messages_of, reveal_reason
from registry.people.models import Person
from tests.factories import duplicates as make
from tests.factories.candidates import candidate
from tests.factories.introductions import asked, meeting
from tests.factories.people import AT

TABLES = (Interest, RevealRequest, Conversation)


def of(session: Session, person: Person) -> list[int]:
    """How many rows of each table are the person's."""
    session.expire_all()
    return [len(session.scalars(select(table).where(table.person_id == person.id)).all()) for table in TABLES]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_interest_requests_and_conversations_move_and_come_back(session: Session) -> None:
    met = meeting(session)
    give_interest(session, met.person, met.need, words="Tôi rảnh từ tháng Ba", by=met.own.id, at=AT)
    asked(session, met)
    write_to_unit(session, met.person, met.need, words="Chào cơ quan", by=met.own.id, at=AT)
    kept = candidate(session, "Lò Thị Kết", ("IT15", 3))
    session.commit()
    make.share_address(session, kept, met.person)
    merge = make.merged(session, kept, met.person)
    assert of(session, kept) == [1, 1, 1]
    assert of(session, met.person) == [0, 0, 0]
    assert interest_words(session, session.scalars(select(Interest)).one()) == "Tôi rảnh từ tháng Ba"
    assert reveal_reason(session, session.scalars(select(RevealRequest)).one()) == "Mời phỏng vấn vòng một"
    [message] = messages_of(session, session.scalars(select(Conversation)).one())
    assert message_words(session, message) == "Chào cơ quan"
    make.undone(session, merge)
    assert of(session, kept) == [0, 0, 0]
    assert of(session, met.person) == [1, 1, 1]
