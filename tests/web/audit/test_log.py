"""The log in the database: it grows without gaps, refuses changes, hides personal values and notices tampering."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import Connection, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from registry.audit.models import AuditEvent, AuditEventPerson, AuditStream, PersonKey
from registry.audit.operations import destroy_person_key, list_waiting, record, record_read
from registry.audit.queries import EventFilter, events_about, heads, log_page, private_part, verify
from registry.audit.rules import Verdict
from registry.db import Database
from tests.factories.databases import own_database

AT = datetime(2026, 11, 25, 1, 2, 3, 456789, tzinfo=UTC)
PERSON = "0123456789abcdefghjkmnpqrs"
OTHER = "zzzz456789abcdefghjkmnpqrs"


def some_events(session: Session) -> None:
    """A few events of two accounts, a command and the entrance, with reads and sealed values."""
    changes = {"full_name": ("Lò Văn An", "Lò Văn Ân"), "birth_on": (None, "1990-08-15")}
    record(
        session,
        1,
        "person.changed",
        "person",
        PERSON,
        changes=changes,
        person=PERSON,
        reason="Theo giấy khai sinh",
        at=AT,
    )
    record(
        session,
        1,
        "need.closed",
        "need",
        "n1",
        changes={"state": ("open", "closed")},
        reason="Đã đủ người",
        at=AT,
    )
    record_read(session, 2, "person.listed", people=[PERSON, OTHER, PERSON], purpose="tìm người", at=AT)
    record_read(session, 2, "person.read", people=[PERSON], at=AT)
    record(session, None, "sign_in.refused", "account", "unknown", detail={"why": "unknown"}, at=AT)
    record(session, None, "need.imported", "need", "n2", at=AT)


@pytest.fixture
def opened(session: Session, connection: Connection) -> Session:
    """A session whose log can be tampered with: its guards are off until the test's end."""
    some_events(session)
    list_waiting(session)
    session.commit()
    guarded = ("audit_stream", "audit_event", "audit_event_person")
    if connection.dialect.name == "sqlite":
        names = [f"{table}_no_{verb}" for table in guarded for verb in ("update", "delete")]
        for name in [*names, "audit_event_no_replace"]:
            connection.execute(text(f"DROP TRIGGER {name}"))
    else:
        for table in guarded:
            connection.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
    return session


def test_an_untouched_log_verifies_and_is_counted(session: Session) -> None:
    before = verify(session)
    assert before.broken is None
    some_events(session)
    verdict = verify(session, heads(session))
    assert verdict.broken is None
    # six events, and one in the root stream for each stream they opened; five streams with the root itself
    opened = 5 - max(before.streams, 1)
    assert (verdict.events - before.events, verdict.streams) == (6 + opened, 5)


def test_an_empty_log_verifies(crowded: Database) -> None:
    with crowded.writing() as session:
        assert verify(session) == Verdict(0, 0, None)


def test_positions_of_a_stream_are_gap_free(session: Session) -> None:
    for number in range(12):
        record(session, 1 + number % 3, "need.closed", "need", f"n{number}", at=AT)
    rows = session.execute(select(AuditStream.name, AuditEvent.position).join(AuditEvent.stream)).all()
    for name in ("account-1", "account-2", "account-3"):
        assert sorted(position for stream, position in rows if stream == name) == [1, 2, 3, 4]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_event SET subject_id = 'khac'",
        "UPDATE audit_event SET at = at WHERE position = 1",
        "DELETE FROM audit_event",
        "UPDATE audit_stream SET name = name || 'x'",
        "DELETE FROM audit_stream",
        "UPDATE audit_event_person SET person = 'x'",
        "DELETE FROM audit_event_person",
    ],
)
def test_the_database_refuses_to_change_or_delete(session: Session, statement: str) -> None:
    some_events(session)
    session.commit()
    with pytest.raises(IntegrityError, match="only grows"):
        session.execute(text(statement))
    session.rollback()
    assert verify(session).broken is None


def test_no_other_way_around_is_open(session: Session, database: Database) -> None:
    some_events(session)
    session.commit()
    around = (
        "INSERT OR REPLACE INTO audit_event SELECT * FROM audit_event WHERE position = 1"
        if database.write_engine.dialect.name == "sqlite"
        else "TRUNCATE audit_event CASCADE"
    )
    with pytest.raises(IntegrityError, match="only grows"):
        session.execute(text(around))
    session.rollback()


def test_personal_values_are_nowhere_in_the_clear(session: Session) -> None:
    some_events(session)
    event = session.scalars(select(AuditEvent).where(AuditEvent.action == "person.changed")).one()
    assert event.content == "{}"
    assert event.sealed is not None
    assert "Lò".encode() not in event.sealed
    assert b"full_name" not in event.sealed
    assert private_part(session, event) == {
        "changes": {"full_name": ["Lò Văn An", "Lò Văn Ân"], "birth_on": [None, "1990-08-15"]},
        "reason": "Theo giấy khai sinh",
    }


def test_an_event_without_a_person_has_nothing_sealed(session: Session) -> None:
    some_events(session)
    event = session.scalars(select(AuditEvent).where(AuditEvent.subject_id == "n1")).one()
    assert private_part(session, event) is None


def test_erasure_destroys_the_values_and_the_chain_still_verifies(session: Session) -> None:
    some_events(session)
    kept = heads(session)
    assert destroy_person_key(session, PERSON)
    assert not destroy_person_key(session, PERSON)
    event = session.scalars(select(AuditEvent).where(AuditEvent.action == "person.changed")).one()
    assert private_part(session, event) is None
    assert verify(session, kept).broken is None
    line = next(line for line in log_page(session, EventFilter()).lines if line.action == "person.changed")
    assert line.fields == ()


def test_events_after_an_erasure_do_not_open_those_before(session: Session) -> None:
    some_events(session)
    destroy_person_key(session, PERSON)
    record(session, 1, "person.changed", "person", PERSON, changes={"a": (1, 2)}, person=PERSON, at=AT)
    before, after = session.scalars(
        select(AuditEvent).where(AuditEvent.action == "person.changed").order_by(AuditEvent.id)
    ).all()
    assert private_part(session, before) is None
    assert private_part(session, after) == {"changes": {"a": [1, 2]}}
    page = log_page(session, EventFilter(action="person.changed"))
    assert [line.fields for line in page.lines] == [("a",), ()]


def test_a_list_is_one_event_and_is_found_by_each_person(session: Session) -> None:
    some_events(session)
    assert [event.action for event in events_about(session, OTHER)] == ["person.listed"]
    assert {event.action for event in events_about(session, PERSON)} == {
        "person.listed",
        "person.read",
        "person.changed",
    }
    listed = session.scalars(select(AuditEvent).where(AuditEvent.action == "person.listed")).one()
    assert (listed.subject_kind, listed.subject_id) == ("people", "2")


def test_a_wrapped_key_belongs_to_one_person(session: Session) -> None:
    some_events(session)
    record(session, 1, "person.changed", "person", OTHER, changes={"a": (1, 2)}, person=OTHER, at=AT)
    keys = {key.person: key for key in session.scalars(select(PersonKey))}
    keys[OTHER].wrapped, keys[PERSON].wrapped = keys[PERSON].wrapped, keys[OTHER].wrapped
    session.flush()
    event = session.scalars(select(AuditEvent).where(AuditEvent.subject_id == OTHER)).one()
    assert private_part(session, event) is None


TAMPERS = {
    "a changed subject": "UPDATE audit_event SET subject_id = 'khac' WHERE id = :id",
    "a changed actor": "UPDATE audit_event SET by_id = 99 WHERE id = :id",
    "a changed content": "UPDATE audit_event SET content = '[]' WHERE id = :id",
    "a changed mac": "UPDATE audit_event SET mac = 'aa' WHERE id = :id",
    "a moved event": "UPDATE audit_event SET position = position + 100 WHERE id = :id",
    "a person added to the list": "INSERT INTO audit_event_person (event_id, person) VALUES (:id, 'ai-do')",
    "a renamed stream": "UPDATE audit_stream SET name = 'account-77' WHERE name = 'account-1'",
    "a person taken off the list": "DELETE FROM audit_event_person",
    "a stream that is gone": (
        "DELETE FROM audit_event WHERE stream_id IN (SELECT id FROM audit_stream WHERE name = 'entrance')"
    ),
}


@pytest.mark.parametrize("kind", TAMPERS)
def test_tampering_is_found(opened: Session, kind: str) -> None:
    ids = opened.scalars(select(AuditEvent.id).order_by(AuditEvent.id)).all()
    for number in Random(len(kind)).sample(list(ids), 4):
        parameters = {"id": number} if ":id" in TAMPERS[kind] else {}
        nested = opened.begin_nested()
        opened.execute(text(TAMPERS[kind]), parameters)
        opened.expire_all()
        assert verify(opened).broken is not None
        nested.rollback()
    assert verify(opened).broken is None


def test_a_cut_tail_needs_the_head_kept_outside(opened: Session) -> None:
    kept = heads(opened)
    last = select(AuditEvent.id).join(AuditEvent.stream).where(AuditStream.name == "account-2")
    newest = opened.scalars(last.order_by(AuditEvent.position.desc())).first()
    opened.execute(text("DELETE FROM audit_event_person WHERE event_id = :id"), {"id": newest})
    opened.execute(text("DELETE FROM audit_event WHERE id = :id"), {"id": newest})
    assert verify(opened).broken is None
    broken = verify(opened, kept).broken
    assert broken is not None
    assert (broken.stream, broken.position) == ("account-2", 2)


def test_pages_of_the_log_follow_each_other_without_gap_or_repeat(session: Session) -> None:
    for number in range(120):
        record(session, 1, "need.closed", "need", f"n{number:03}", at=AT)
    seen: list[str] = []
    mark = ""
    for _ in range(3):
        page = log_page(session, EventFilter(by_id=1), mark)
        seen += [line.subject_id for line in page.lines]
        mark = page.older
    assert seen == [f"n{number:03}" for number in reversed(range(120))]
    assert mark == ""


def test_a_mark_that_is_not_ours_shows_the_first_page(session: Session) -> None:
    some_events(session)
    first = log_page(session, EventFilter()).lines
    for mark in ("x", "đ", "AAAA", "MTIzNDU2Nzg5MDEyMzQ1Njc4OTA="):
        assert log_page(session, EventFilter(), mark).lines == first


def test_the_log_is_narrowed_by_actor_action_subject_and_time(session: Session) -> None:
    some_events(session)
    later = datetime(2126, 11, 26, tzinfo=UTC)
    record(session, 1, "need.closed", "need", "n9", at=later)

    def found(wanted: EventFilter) -> list[str]:
        return [line.action for line in log_page(session, wanted).lines]

    assert found(EventFilter(by_id=2)) == ["person.read", "person.listed"]
    assert found(EventFilter(action="sign_in.refused")) == ["sign_in.refused"]
    assert found(EventFilter(subject_id="n1")) == ["need.closed"]
    assert found(EventFilter(since=later)) == ["need.closed"]
    assert "need.imported" in found(EventFilter(until=later))


def test_the_people_of_an_event_are_counted_in_the_log(session: Session) -> None:
    some_events(session)
    assert {line.people_count for line in log_page(session, EventFilter(action="person.listed")).lines} == {2}


@pytest.fixture
def crowded(database: Database, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Database]:
    """A database of the same kind that several transactions may really commit to."""
    with own_database(database, request, tmp_path, "crowd", is_empty=True) as (_url, opened):
        yield opened


def test_a_savepoint_rolled_back_leaves_no_gap(session: Session) -> None:
    record(session, 1, "need.closed", "need", "n1", changes={"a": (1, 2)}, person=PERSON, at=AT)
    for number in range(3):
        nested = session.begin_nested()
        record(
            session, 1, "need.closed", "need", f"undone-{number}", changes={"a": (1, 2)}, person=OTHER, at=AT
        )
        record(session, 9, "need.closed", "need", "undone", at=AT)
        nested.rollback()
        with session.begin_nested():
            record(
                session,
                1,
                "need.closed",
                "need",
                f"kept-{number}",
                changes={"a": (1, 2)},
                person=OTHER,
                at=AT,
            )
    record(session, 9, "need.closed", "need", "n2", at=AT)
    assert verify(session).broken is None
    kept = session.scalars(
        select(AuditEvent.subject_id).where(AuditEvent.by_id == 1).order_by(AuditEvent.position)
    )
    assert kept.all() == ["n1", "kept-0", "kept-1", "kept-2"]


def test_a_session_that_goes_on_after_its_transaction_continues_the_chain(crowded: Database) -> None:
    """Rolled back, committed, closed: what one transaction held of the log is not believed by the next."""
    with crowded.writing() as session, crowded.writing() as other:
        for number in range(4):
            record(
                session, 1, "need.closed", "need", f"a{number}", changes={"a": (1, 2)}, person=PERSON, at=AT
            )
            (session.commit, session.rollback, session.close, session.commit)[number]()
            record(other, 1, "need.closed", "need", f"b{number}", changes={"a": (1, 2)}, person=PERSON, at=AT)
            destroy_person_key(other, PERSON)
            other.commit()
        record(session, 1, "need.closed", "need", "last", changes={"a": (1, 2)}, person=PERSON, at=AT)
        session.commit()
        verdict = verify(session)
        assert verdict.broken is None
        assert verdict.events == 1 + 2 + 4 + 1
        last = session.scalars(select(AuditEvent).where(AuditEvent.subject_id == "last")).one()
        assert private_part(session, last) == {"changes": {"a": [1, 2]}}


def test_a_destroyed_key_is_not_used_again_in_the_same_transaction(session: Session) -> None:
    for number in range(2):
        record(session, 1, "need.closed", "need", f"n{number}", changes={"a": (1, 2)}, person=PERSON, at=AT)
        destroy_person_key(session, PERSON)
    for event in session.scalars(
        select(AuditEvent).where(AuditEvent.person == PERSON).order_by(AuditEvent.id)
    ):
        assert private_part(session, event) is None


def test_writers_at_the_same_time_leave_one_whole_chain(crowded: Database) -> None:
    """Six writers, of the same and of different accounts, opening their streams together."""
    start = threading.Barrier(6)
    failures: list[BaseException] = []

    def write(number: int) -> None:
        start.wait()
        try:
            for step in range(10):
                with crowded.writing() as session:
                    by = None if number == 5 else number % 3
                    record(
                        session,
                        by,
                        "need.closed",
                        "need",
                        f"{number}-{step}",
                        changes={"a": (1, 2)},
                        person=PERSON,
                        at=AT,
                    )
                    session.commit()
        except BaseException as failure:
            failures.append(failure)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert failures == []
    reading = crowded.read_session()
    verdict = verify(reading)
    assert verdict.broken is None
    assert (verdict.events, verdict.streams) == (64, 5)
    assert reading.scalars(select(PersonKey.person)).all() == [PERSON]
    assert len(reading.scalars(select(AuditEventPerson.person)).all()) == 60
    reading.close()
