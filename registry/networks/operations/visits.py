"""Visiting experts (PE-21)."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from registry.audit.operations import record
from registry.db import new_public_id
from registry.networks.models import ExpertVisit
from registry.networks.rules import VisitKind
from registry.organisations.rules import Office
from registry.people.models import Person


@dataclass(frozen=True)
class VisitTerms:
    """One expert's visit: a record or a number of the office's own list, never a name. `country` None: not recorded."""

    person: Person | None
    mark: str
    country: str | None
    kind: VisitKind
    starts: date
    ends: date | None
    host_id: int | None
    host_text: str
    days_a_week: int | None
    office: Office


def enter_visit(
    session: Session,
    terms: VisitTerms,
    *,
    by: int | None,
    at: datetime,
    submission_key: str | None = None,
) -> ExpertVisit:
    """Enter a visit."""
    office = terms.office
    made = ExpertVisit(
        public_id=new_public_id(),
        submission_key=submission_key,
        person=terms.person,
        mark=terms.mark,
        country=terms.country,
        kind=terms.kind,
        starts=terms.starts,
        ends=terms.ends,
        host_id=terms.host_id,
        host_text=terms.host_text,
        days_a_week=terms.days_a_week,
        unit_id=office.unit_id,
        unit_path=office.unit_path,
        organisation_id=office.organisation_id,
        organisation_path=office.organisation_path,
        created_at=at,
        updated_at=at,
    )
    session.add(made)
    session.flush()
    _record(session, made, "visit.entered", by, at)
    return made


def end_visit(session: Session, visit: ExpertVisit, ends: date, *, by: int | None, at: datetime) -> None:
    """Give a visit its last day."""
    visit.ends = ends
    session.flush()
    _record(session, visit, "visit.ended", by, at)


def remove_visit(session: Session, visit: ExpertVisit, *, by: int | None, at: datetime) -> None:
    """Take away a visit that was entered by mistake."""
    _record(session, visit, "visit.removed", by, at)
    session.delete(visit)
    session.flush()


def _record(session: Session, visit: ExpertVisit, action: str, by: int | None, at: datetime) -> None:
    code = None if visit.person is None else visit.person.public_id
    record(session, by, action, "visit", visit.public_id, person=code, at=at)
