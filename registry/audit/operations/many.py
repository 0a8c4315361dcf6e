"""Many events of one account at once, as an import leaves them: each is what `record` would have written, in order.

What an event costs is mostly its trips to the database; a page of people makes six of them together. The first event of
people who have just been entered is made ready without the database, by whoever has the time (`new_person_event`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam, insert, select
from sqlalchemy.orm import Session

from registry.audit import rules
from registry.audit.models import AuditEvent
from registry.audit.operations.listing import LISTED_EVERY, list_waiting
from registry.audit.operations.recording import (
    draft_link,
    event_values,
    fresh_key,
    keep_person_keys,
    locked_tail,
    remember_keys,
    sealed_in,
    sealed_under,
)
from registry.db.bulk import Plan, plan_of, write_rows
from registry.db.keys import Keyring

_EVENT_TABLE: Any = AuditEvent.__table__
_ADD_EVENTS = insert(AuditEvent)
_KEYS = Plan("person_key", ("person", "wrapped"), ())
_LISTED = Plan("audit_event_person", ("event_id", "person"), ())
_IDS = select(AuditEvent.id, AuditEvent.position).where(
    AuditEvent.stream_id == bindparam("stream_id"), AuditEvent.position > bindparam("after")
)


@dataclass(frozen=True, slots=True)
class PersonEvent:
    """What one event tells of one person's record: see `record`."""

    person: str
    action: str
    changes: Mapping[str, tuple[object, object]] = field(default_factory=dict[str, tuple[object, object]])
    detail: Mapping[str, object] = field(default_factory=dict[str, object])


def record_people(session: Session, by: int | None, events: Sequence[PersonEvent], *, at: datetime) -> None:
    """Add an event about each of these records, in this order. All of their actions belong to one stream."""
    if not events:
        return
    keep_person_keys(session, list(dict.fromkeys(event.person for event in events)))
    tail = locked_tail(session, rules.stream_of(by, events[0].action), at)
    before = tail.position
    rows = [_next(session, tail, by, event, at) for event in events]
    session.connection().execute(_ADD_EVENTS, rows)
    _list(session, tail, before, [event.person for event in events])


class NewPersonEvent(NamedTuple):
    """The first event of somebody: what it says in the clear and what it hides, and the key that hides it, also wrapped."""

    person: str
    action: str
    content: str
    private: str
    key: bytes
    wrapped: bytes


def new_person_event(
    keyring: Keyring,
    person: str,
    action: str,
    changes: Mapping[str, tuple[object, object]],
    detail: Mapping[str, object],
) -> NewPersonEvent:
    """Make the event ready of somebody of whom the log has never told: see `record`."""
    content = {str(name): rules.plain(value) for name, value in detail.items()}
    private = {"changes": rules.changed_fields(changes)}
    return NewPersonEvent(
        person, action, rules.canonical(content), rules.canonical(private), *fresh_key(keyring, person)
    )


def record_new_people(
    session: Session, by: int | None, events: Sequence[NewPersonEvent], *, at: datetime
) -> None:
    """Add the first event of each of these people, in this order. All of their actions belong to one stream."""
    if not events:
        return
    dialect = session.get_bind().dialect.name
    write_rows(session, _KEYS, [(one.person, one.wrapped) for one in events])
    remember_keys(session, {one.person: one.key for one in events})
    tail = locked_tail(session, rules.stream_of(by, events[0].action), at)
    before = tail.position
    plan = plan_of(_EVENT_TABLE, dialect)
    write_rows(session, plan, plan.values([_first(session, tail, by, one, at) for one in events]))
    _list(session, tail, before, [one.person for one in events])


def _first(
    session: Session, tail: Any, by: int | None, event: NewPersonEvent, at: datetime
) -> dict[str, Any]:
    stream = rules.stream_of(by, event.action)
    place = rules.sealing_place(event.person, stream, tail.position + 1)
    link = rules.Link(
        stream=stream,
        position=tail.position + 1,
        at=at,
        by=by,
        action=event.action,
        subject_kind="person",
        subject_id=event.person,
        person=event.person,
        content=event.content,
        sealed=sealed_under(event.key, event.private, place),
    )
    return event_values(session, tail, link)


def _list(session: Session, tail: Any, before: int, people: Sequence[str]) -> None:
    """Name the people of the events behind a position of the stream, one each."""
    connection = session.connection()
    ids = [
        number
        for number, _position in sorted(
            connection.execute(_IDS, {"stream_id": tail.stream_id, "after": before}), key=lambda row: row[1]
        )
    ]
    write_rows(session, _LISTED, list(zip(ids, people, strict=True)))
    if tail.position // LISTED_EVERY > before // LISTED_EVERY:
        list_waiting(session)


def _next(session: Session, tail: Any, by: int | None, event: PersonEvent, at: datetime) -> dict[str, Any]:
    """The row of the event that follows the end of the stream, which it becomes itself."""
    content = {str(name): rules.plain(value) for name, value in event.detail.items()}
    subject = ("person", event.person)
    link = draft_link(by, event.action, subject, content, at, event.person)
    link = replace(link, position=tail.position + 1)
    if event.changes:
        link = replace(
            link, sealed=sealed_in(session, link, {"changes": rules.changed_fields(event.changes)})
        )
    return event_values(session, tail, link)
