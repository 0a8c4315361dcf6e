"""Many events of one account at once, as an import leaves them: each is what `record` would have written, in order.

What an event costs is mostly its trips to the database; a page of people makes six of them together.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, select
from sqlalchemy.orm import Session

from registry.audit import rules
from registry.audit.models import AuditEvent, AuditEventPerson
from registry.audit.operations.listing import LISTED_EVERY, list_waiting
from registry.audit.operations.recording import (
    draft_link,
    event_values,
    keep_person_keys,
    locked_tail,
    sealed_in,
)

_ADD_EVENTS, _ADD_PEOPLE = insert(AuditEvent), insert(AuditEventPerson)
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
    connection = session.connection()
    connection.execute(_ADD_EVENTS, rows)
    ids = {
        position: number
        for number, position in connection.execute(_IDS, {"stream_id": tail.stream_id, "after": before})
    }
    connection.execute(
        _ADD_PEOPLE, [{"event_id": ids[row["position"]], "person": row["person"]} for row in rows]
    )
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
