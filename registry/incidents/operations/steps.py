"""Writing down what happens to an incident, in its own list and in the log. Flushes, never commits."""

from datetime import datetime

from sqlalchemy.orm import Session

from registry.audit.operations import record
from registry.db.keys import keyring_of
from registry.incidents.models import Incident, IncidentStep
from registry.incidents.queries.words import step_place
from registry.incidents.rules import IncidentStepKind
from registry.people.models import Person


def add_step(
    session: Session,
    incident: Incident,
    kind: IncidentStepKind,
    *,
    by: int | None,
    at: datetime,
    words: str = "",
    people: int | None = None,
    person: Person | None = None,
) -> None:
    """One more line, and its event; the words stand in the line alone."""
    step = IncidentStep(incident=incident, kind=kind, at=at, by_id=by, people=people, person=person)
    if words:
        step.words_sealed = keyring_of(session).seal(words, step_place(step))
    session.add(step)
    session.flush()
    detail = {"count": people} if people is not None else {}
    record(
        session,
        by,
        f"incident.{kind.value}",
        "incident",
        incident.public_id,
        person=None if person is None else person.public_id,
        detail=detail,
        at=at,
    )
