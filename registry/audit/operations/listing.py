"""Which people an event names, to find it by the person: at once for one of them, for a list many events together.

Twenty people stand in twenty places of an index; a page that shows them would write every one of these. Listed with
those of other events, ordered by person, each place is written once. Until then the content alone names them, and
whoever looks for a person looks there too (`queries.ids_about`), so that nothing is found later than it happened.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from registry.audit import rules
from registry.audit.models import AuditEvent, AuditEventPerson, AuditEventUnlisted

LISTED_EVERY = 50
"""At every so many events of a stream, all that wait are listed."""

# So many events at once: what one page may have to wait for.
_AT_ONCE = 1_000

_PEOPLE: Any = AuditEventPerson.__table__
_UNLISTED: Any = AuditEventUnlisted.__table__
_ADD_PEOPLE, _ADD_UNLISTED = insert(_PEOPLE), insert(_UNLISTED)
_WAITING = (
    select(AuditEventUnlisted.id, AuditEvent.id, AuditEvent.content, AuditEvent.person)
    .join(AuditEvent, AuditEvent.id == AuditEventUnlisted.event_id)
    .order_by(AuditEventUnlisted.id)
)


def keep_people(session: Session, event_id: int, position: int, people: Sequence[str]) -> None:
    """Name the people of an event just written at this position of its stream."""
    connection = session.connection()
    if len(people) > 1:
        connection.execute(_ADD_UNLISTED, {"event_id": event_id})
    elif people:
        connection.execute(_ADD_PEOPLE, {"event_id": event_id, "person": people[0]})
    if position % LISTED_EVERY == 0:
        list_waiting(session)


def list_waiting(session: Session) -> None:
    """List the people of events that wait; of those that another transaction just lists, none."""
    waiting = session.execute(
        _WAITING.limit(_AT_ONCE).with_for_update(of=AuditEventUnlisted, skip_locked=True)
    ).all()
    if not waiting:
        return
    named = sorted(
        (person, event_id)
        for _place, event_id, content, about in waiting
        for person in rules.people_in(content, about)
    )
    connection = session.connection()
    connection.execute(_ADD_PEOPLE, [{"event_id": event_id, "person": person} for person, event_id in named])
    connection.execute(delete(_UNLISTED).where(_UNLISTED.c.id.in_([place for place, *_ in waiting])))
