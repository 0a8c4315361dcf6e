"""The register: open incidents by what is left of their clock, then closed ones; those not reported yet. Reads only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.incidents.models import Incident
from registry.incidents.rules import Urgency, clock_of
from registry.people.queries import is_public_id

_SHOWN = 200


def register(session: Session) -> Sequence[Incident]:
    """Open incidents first, those whose clock runs out soonest first; then closed ones, newest first."""
    closed = (
        select(Incident)
        .where(Incident.closed_at.is_not(None))
        .order_by(Incident.closed_at.desc(), Incident.id.desc())
        .limit(_SHOWN)
    )
    return [*open_incidents(session), *session.scalars(closed)]


def open_incidents(session: Session) -> Sequence[Incident]:
    """Incidents that are not closed, those whose clock still runs first."""
    return session.scalars(
        select(Incident)
        .where(Incident.closed_at.is_(None))
        .order_by(Incident.reported_at.is_not(None), Incident.report_due_at, Incident.id)
    ).all()


def unreported(session: Session) -> Sequence[Incident]:
    """Open incidents whose clock runs."""
    return [one for one in open_incidents(session) if one.reported_at is None]


def incident_of(session: Session, public_id: str) -> Incident | None:
    """One incident."""
    if not is_public_id(public_id):
        return None
    return session.scalar(select(Incident).where(Incident.public_id == public_id))


@dataclass(frozen=True)
class ClocksNow:
    """How many clocks run, of these how many ran out, and how many will within a day."""

    running: int
    late: int
    soon: int


def clocks_now(session: Session, *, at: datetime) -> ClocksNow:
    """How the clocks of the register stand."""
    found = [clock_of(one.report_due_at, None, at).urgency for one in unreported(session)]
    return ClocksNow(len(found), found.count(Urgency.LATE), found.count(Urgency.SOON))
