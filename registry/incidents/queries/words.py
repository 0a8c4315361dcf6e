"""What is told of an incident and of its steps, opened for those who may read it."""

import json
from dataclasses import dataclass

from sqlalchemy.orm import Session

from registry.db.keys import keyring_of
from registry.incidents.models import Incident, IncidentStep


@dataclass(frozen=True)
class Told:
    """An incident in words: what it is called, what happened, which systems and kinds of data, harm, measures."""

    title: str
    what: str
    systems: str
    kinds: str
    harm: str
    measures: str


def told_place(public_id: str) -> str:
    """Where the sealed words of an incident belong."""
    return f"incident.told:{public_id}"


def step_place(step: IncidentStep) -> str:
    """Where the sealed words of a step belong: to the one person it is about, else to its incident."""
    whose = step.incident if step.person is None else step.person
    return f"incident_step.words:{whose.public_id}"


def told_of(session: Session, incident: Incident) -> Told:
    """What is told of an incident."""
    return Told(**json.loads(keyring_of(session).open(incident.told_sealed, told_place(incident.public_id))))


def step_words(session: Session, step: IncidentStep) -> str:
    """What was written with a step; empty when nothing was, or when it went with an erased person."""
    if step.words_sealed is None:
        return ""
    return keyring_of(session).open(step.words_sealed, step_place(step))
