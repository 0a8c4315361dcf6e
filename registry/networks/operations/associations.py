"""Associations, their terms and their members (PL-05). Members are ended and never taken away."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.audit.operations import record
from registry.db import new_public_id
from registry.db.taking import unless_taken
from registry.networks.models import Association, AssociationMember, AssociationTerm
from registry.networks.rules import MemberRole, TermDays, crosses
from registry.organisations.models import Organisation
from registry.people.models import Person


class AlreadyAssociation(Exception):
    """The organisation is one."""


class NumberTaken(Exception):
    """There is a term of this number."""


class TermsCross(Exception):
    """Two terms would run on the same day."""


@dataclass(frozen=True)
class AssociationTerms:
    """The founding decision; `founded_on` None: only the year is known."""

    decision: str
    decided_by: str
    founded_year: int
    founded_on: date | None = None
    note: str = ""


@dataclass(frozen=True)
class MemberTerms:
    """Who joined, as a record or as the number of a card; `ends` None: still in."""

    person: Person | None
    card: str
    role: MemberRole
    starts: date
    ends: date | None = None


def found_association(
    session: Session, subject: Organisation, terms: AssociationTerms, *, by: int | None, at: datetime
) -> Association:
    """Say that an organisation is an association. Raises AlreadyAssociation."""
    made = Association(
        public_id=new_public_id(), subject=subject, created_at=at, updated_at=at, **asdict(terms)
    )
    with unless_taken(session, AlreadyAssociation()):
        session.add(made)
    record(session, by, "association.entered", "association", made.public_id, at=at)
    return made


def edit_association(
    session: Session, association: Association, terms: AssociationTerms, *, by: int | None, at: datetime
) -> None:
    """Mend the founding decision."""
    for name, value in asdict(terms).items():
        setattr(association, name, value)
    session.flush()
    record(session, by, "association.edited", "association", association.public_id, at=at)


def add_term(
    session: Session,
    association: Association,
    term: TermDays,
    *,
    by: int | None,
    at: datetime,
) -> AssociationTerm:
    """Add a term of office. Raises NumberTaken, TermsCross."""
    kept = _terms_of(session, association)
    if any(one.number == term.number for one in kept):
        raise NumberTaken
    if crosses((TermDays(one.number, one.starts, one.ends) for one in kept), term.starts, term.ends):
        raise TermsCross
    made = AssociationTerm(
        public_id=new_public_id(),
        association_id=association.id,
        number=term.number,
        starts=term.starts,
        ends=term.ends,
        created_at=at,
        updated_at=at,
    )
    with unless_taken(session, NumberTaken()):
        session.add(made)
    detail = {"number": term.number}
    record(session, by, "association.term_added", "association", association.public_id, detail=detail, at=at)
    return made


def end_term(session: Session, term: AssociationTerm, ends: date, *, by: int | None, at: datetime) -> None:
    """Give a term its last day. Raises TermsCross."""
    others = [one for one in _terms_of(session, term.association) if one.id != term.id]
    if crosses((TermDays(one.number, one.starts, one.ends) for one in others), term.starts, ends):
        raise TermsCross
    term.ends = ends
    session.flush()
    detail = {"number": term.number}
    name = term.association.public_id
    record(session, by, "association.term_ended", "association", name, detail=detail, at=at)


def add_member(
    session: Session,
    association: Association,
    terms: MemberTerms,
    *,
    by: int | None,
    at: datetime,
    submission_key: str | None = None,
) -> AssociationMember:
    """Somebody joined. The event names the record, where there is one."""
    made = AssociationMember(
        public_id=new_public_id(),
        submission_key=submission_key,
        association_id=association.id,
        person_id=None if terms.person is None else terms.person.id,
        card=terms.card,
        role=terms.role,
        starts=terms.starts,
        ends=terms.ends,
        created_at=at,
        updated_at=at,
    )
    session.add(made)
    session.flush()
    _record_member(session, association, terms.person, "association.member_added", by, at)
    return made


def end_member(
    session: Session, member: AssociationMember, ends: date, *, by: int | None, at: datetime
) -> None:
    """Somebody left: in up to and including the day. The count of days before stays what it was."""
    member.ends = ends
    session.flush()
    _record_member(session, member.association, member.person, "association.member_ended", by, at)


def _record_member(
    session: Session,
    association: Association,
    person: Person | None,
    action: str,
    by: int | None,
    at: datetime,
) -> None:
    code = None if person is None else person.public_id
    record(session, by, action, "association", association.public_id, person=code, at=at)


def _terms_of(session: Session, association: Association) -> list[AssociationTerm]:
    return list(
        session.scalars(select(AssociationTerm).where(AssociationTerm.association_id == association.id))
    )
