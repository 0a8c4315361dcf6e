"""What a person wants to be written to about. Flush, never commit."""

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from registry.audit.operations import record
from registry.db.leases import changed
from registry.people.models import LetterStop, Person
from registry.people.rules.letters import LetterTopic, StopWay


def stop_letters(
    session: Session, person: Person, topic: LetterTopic, way: StopWay, *, by: int | None, at: datetime
) -> bool:
    """Write no such letters any more. False when they were stopped already; asking twice is harmless."""
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    row = {"person_id": person.id, "topic": topic, "way": way, "stopped_at": at}
    stop = dialect.insert(LetterStop).values([row]).on_conflict_do_nothing().returning(LetterStop.id)
    if session.scalar(stop) is None:
        return False
    _record(session, "letters.stopped", person, topic, by, at)
    return True


def allow_letters(
    session: Session, person: Person, topic: LetterTopic, *, by: int | None, at: datetime
) -> bool:
    """Such letters may be written again, as far as consents go. False when they were not stopped."""
    gone = session.execute(
        delete(LetterStop)
        .where(LetterStop.person_id == person.id, LetterStop.topic == topic)
        .execution_options(synchronize_session=False)
    )
    if changed(gone) == 0:
        return False
    _record(session, "letters.allowed", person, topic, by, at)
    return True


def _record(
    session: Session, action: str, person: Person, topic: LetterTopic, by: int | None, at: datetime
) -> None:
    detail = {"topic": topic.value}
    record(session, by, action, "person", person.public_id, person=person.public_id, detail=detail, at=at)
