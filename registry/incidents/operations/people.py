"""The list of people affected: taken from the log, added or taken off by hand with a reason. Never commits."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from registry.incidents.models import Incident, IncidentPerson
from registry.incidents.operations.recording import NotPossible
from registry.incidents.operations.steps import add_step
from registry.incidents.queries.affected import on_list
from registry.incidents.rules import FoundBy, IncidentStepKind
from registry.people.models import Person


def add_from_log(
    session: Session,
    incident: Incident,
    found: Mapping[int, int],
    *,
    words: str,
    by: int | None,
    at: datetime,
) -> int:
    """Add people ({number: in how many events}); `words` say which events. How many are new on the list.

    Who was taken off by hand stays off: the log does not know the reason. Raises NotPossible.
    """
    if incident.closed_at is not None:
        raise NotPossible
    known = on_list(session, incident, found.keys())
    for number, row in known.items():
        row.events = max(row.events, found[number])
    fresh = sorted(found.keys() - known.keys())
    session.add_all(
        IncidentPerson(
            incident_id=incident.id,
            person_id=number,
            found_by=FoundBy.LOG,
            events=found[number],
            added_at=at,
        )
        for number in fresh
    )
    add_step(session, incident, IncidentStepKind.SELECTED, by=by, at=at, words=words, people=len(fresh))
    return len(fresh)


def add_by_hand(
    session: Session, incident: Incident, person: Person, *, reason: str, by: int, at: datetime
) -> bool:
    """Add somebody the log does not show, with the reason; False when they are on the list. Raises NotPossible."""
    if incident.closed_at is not None or not reason:
        raise NotPossible
    row = on_list(session, incident, [person.id]).get(person.id)
    if row is not None and row.removed_at is None:
        return False
    if row is None:
        row = IncidentPerson(
            incident_id=incident.id, person_id=person.id, found_by=FoundBy.HAND, events=0, added_at=at
        )
        session.add(row)
    row.removed_at = None
    add_step(session, incident, IncidentStepKind.ADDED, by=by, at=at, words=reason, people=1, person=person)
    return True


def take_off(session: Session, entry: IncidentPerson, *, reason: str, by: int, at: datetime) -> None:
    """Take somebody off the list, with the reason; the entry stays, marked. Raises NotPossible."""
    incident = entry.incident
    if incident.closed_at is not None or entry.removed_at is not None or not reason:
        raise NotPossible
    entry.removed_at = at
    add_step(
        session, incident, IncidentStepKind.REMOVED, by=by, at=at, words=reason, people=1, person=entry.person
    )
