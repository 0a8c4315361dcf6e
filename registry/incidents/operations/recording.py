"""Recording an incident, describing it anew, its report to the authority and its end. Flushes, never commits."""

import json
import secrets
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.db import new_public_id
from registry.db.keys import keyring_of
from registry.incidents.models import Incident
from registry.incidents.operations.steps import add_step
from registry.incidents.queries.words import Told, told_place
from registry.incidents.rules import IncidentStepKind
from registry.privacy.rules.breach import incident_limit, incident_limits_version

_TRIES = 50


class NotPossible(Exception):
    """The incident is not, or no longer, where this can be done with it, or its moments contradict each other."""


class ReasonMissing(Exception):
    """What is late, or left undone, needs its reason."""


@dataclass(frozen=True)
class Happened:
    """When it happened and when the office came to know of it."""

    happened_at: datetime
    discovered_at: datetime


def record_incident(
    session: Session, happened: Happened, told: Told, *, by: int | None, at: datetime
) -> Incident:
    """Keep an incident; its clock runs from the discovery, whenever it is written down.

    Raises NotPossible for a discovery before the incident or in the future, NoIncidentLimit for a day without a row.
    """
    if not happened.happened_at <= happened.discovered_at <= at:
        raise NotPossible
    limit = incident_limit(happened.discovered_at)
    public_id = new_public_id()
    incident = Incident(
        public_id=public_id,
        code=_free_code(session),
        happened_at=happened.happened_at,
        discovered_at=happened.discovered_at,
        report_due_at=limit.due_at(happened.discovered_at),
        limits_version=incident_limits_version(),
        told_sealed=_sealed(session, public_id, told),
        recorded_by_id=by,
        created_at=at,
        updated_at=at,
    )
    session.add(incident)
    session.flush()
    add_step(session, incident, IncidentStepKind.RECORDED, by=by, at=at)
    return incident


def describe_incident(session: Session, incident: Incident, told: Told, *, by: int, at: datetime) -> None:
    """Describe an incident anew; a closed one stays as it is (NotPossible)."""
    _must_be_open(incident)
    incident.told_sealed = _sealed(session, incident.public_id, told)
    add_step(session, incident, IncidentStepKind.DESCRIBED, by=by, at=at)


def report_incident(
    session: Session,
    incident: Incident,
    *,
    reported_at: datetime,
    words: str,
    late: str,
    by: int,
    at: datetime,
) -> None:
    """Keep that the authority had the report: when, which office and paper (`words`); when it was late, why (`late`).

    Raises NotPossible, ReasonMissing.
    """
    _must_be_open(incident)
    if incident.reported_at is not None or not incident.discovered_at <= reported_at <= at:
        raise NotPossible
    if reported_at > incident.report_due_at and not late:
        raise ReasonMissing
    incident.reported_at = reported_at
    kept = "\n".join(part for part in (words, late) if part)
    add_step(session, incident, IncidentStepKind.REPORTED, by=by, at=at, words=kept)


def close_incident(session: Session, incident: Incident, *, words: str, by: int, at: datetime) -> None:
    """End an incident, with what came of it; one that was not reported says why not. Raises NotPossible."""
    _must_be_open(incident)
    if not words:
        raise ReasonMissing
    incident.closed_at = at
    add_step(session, incident, IncidentStepKind.CLOSED, by=by, at=at, words=words)


def _must_be_open(incident: Incident) -> None:
    if incident.closed_at is not None:
        raise NotPossible


def _sealed(session: Session, public_id: str, told: Told) -> bytes:
    return keyring_of(session).seal(json.dumps(asdict(told)), told_place(public_id))


def _free_code(session: Session) -> str:
    """«SC-20418», a random one, so that it does not say how many there are."""
    for _ in range(_TRIES):
        code = f"SC-{secrets.randbelow(90_000) + 10_000}"
        if session.scalar(select(Incident.id).where(Incident.code == code)) is None:
            return code
    raise RuntimeError("no free code was found")
