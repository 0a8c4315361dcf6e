"""People of a list are found by the log at once, and put into its table many events together."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from registry.audit.models import AuditEventPerson, AuditEventUnlisted
from registry.audit.operations import LISTED_EVERY, list_waiting, record_read
from registry.audit.queries import EventFilter, events_about, log_page, verify
from registry.db import Database
from registry.people.queries import reads_of
from tests.factories.databases import own_database

AT = datetime(2026, 11, 25, 1, 2, 3, 456789, tzinfo=UTC)
AN, BINH, CHI = (f"{letter}123456789abcdefghjkmnpqrs" for letter in "abc")


def shown(session: Session, *people: str, by: int = 2) -> None:
    record_read(session, by, "person.listed", people=people, purpose="tìm người", at=AT)


def listed(session: Session) -> int:
    return session.scalars(select(func.count()).select_from(AuditEventPerson)).one()


def waiting(session: Session) -> int:
    return session.scalars(select(func.count()).select_from(AuditEventUnlisted)).one()


FINDERS: dict[str, Callable[[Session, str], int]] = {
    "the events about a person": lambda session, person: len(events_about(session, person)),
    "who read a person": lambda session, person: len(reads_of(session, person, most=9)),
    "the log narrowed to a person": lambda session, person: len(
        log_page(session, EventFilter(subject_id=person)).lines
    ),
}


@pytest.mark.parametrize("found", FINDERS.values(), ids=FINDERS)
def test_a_list_is_found_by_its_people_before_and_after_it_is_listed(
    session: Session, found: Callable[[Session, str], int]
) -> None:
    shown(session, AN, BINH)
    shown(session, BINH)
    for expected in (1, 0):
        assert [found(session, person) for person in (AN, BINH, CHI)] == [1, 2, 0]
        assert waiting(session) == expected
        list_waiting(session)
    assert verify(session).broken is None


def test_who_is_named_elsewhere_in_an_event_is_not_on_its_list(session: Session) -> None:
    record_read(session, 2, "person.listed", people=[AN, BINH], detail={"with": CHI}, at=AT)
    assert events_about(session, CHI) == []


def test_one_person_is_listed_at_once(session: Session) -> None:
    before = listed(session)
    shown(session, AN)
    assert (listed(session) - before, waiting(session)) == (1, 0)


def test_every_so_many_events_of_a_stream_all_that_wait_are_listed(session: Session) -> None:
    before = listed(session)
    shown(session, AN, BINH, CHI, by=3)
    for number in range(1, LISTED_EVERY + 1):
        assert waiting(session) == number
        shown(session, AN, BINH)
    assert waiting(session) == 0
    assert listed(session) - before == 3 + 2 * LISTED_EVERY
    assert verify(session).broken is None


TAMPERS = {
    "a person put on a list that waits": (
        "INSERT INTO audit_event_person (event_id, person) SELECT event_id, 'ai-do' FROM audit_event_unlisted"
    ),
    "a list that waits no longer and was never listed": "DELETE FROM audit_event_unlisted",
}


@pytest.mark.parametrize("statement", TAMPERS.values(), ids=TAMPERS)
def test_tampering_with_what_waits_is_found(session: Session, statement: str) -> None:
    shown(session, AN, BINH)
    assert verify(session).broken is None
    session.execute(text(statement))
    broken = verify(session).broken
    assert broken is not None
    assert broken.why == "the list of people of an event was changed"


@pytest.fixture
def crowded(database: Database, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Database]:
    """A database of the same kind that several transactions may really commit to."""
    with own_database(database, request, tmp_path, "crowd", is_empty=True) as (_url, opened):
        yield opened


def test_two_who_list_at_the_same_time_do_not_list_twice(crowded: Database) -> None:
    with crowded.writing() as session:
        shown(session, AN, BINH)
        session.commit()
    with crowded.writing() as one:
        list_waiting(one)
        if one.get_bind().dialect.name == "postgresql":  # SQLite lets nobody else write meanwhile
            with crowded.writing() as other:
                shown(other, AN, CHI, by=4)
                list_waiting(other)
                other.commit()
        one.commit()
    with crowded.writing() as session:
        list_waiting(session)
        assert waiting(session) == 0
        assert listed(session) == (4 if session.get_bind().dialect.name == "postgresql" else 2)
        assert verify(session).broken is None
