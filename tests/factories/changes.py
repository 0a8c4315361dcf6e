"""Somebody with a row in every table that matching reads, an edit of each, and who is noted as changed."""

from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.consents.models import Consent
from registry.people.models import (
    OWNERS,
    AcceptedPlace,
    Availability,
    AvailabilityForm,
    CadreFacet,
    Education,
    Experience,
    ExpertFacet,
    LanguageClaim,
    OverseasFacet,
    Person,
    SkillClaim,
)
from registry.people.queries import ChangesSince, changes_since
from registry.people.rules import CadreKind, ExpertKind, LanguageDraft, WorkForm
from tests.factories.candidates import TODAY, accepts, candidate, free_from, studied, worked

MANY = 10_000

EDITS: dict[type, dict[str, Any]] = {
    Person: {"unit_path": "VN/01/"},
    Consent: {"withdrawn_because": "đổi ý"},
    SkillClaim: {"level": 1},
    Education: {"degree_rank": 2},
    Experience: {"field_code": "772"},
    LanguageClaim: {"rank": 1},
    Availability: {"from_on": date(2030, 1, 1)},
    AcceptedPlace: {"unit_path": "VN/01/"},
    AvailabilityForm: {"form": WorkForm.TEACHING},
    ExpertFacet: {"valid_to": TODAY},
    CadreFacet: {"kind": CadreKind.CADRE},
    OverseasFacet: {"valid_to": TODAY},
}


def whole_person(session: Session, name: str = "Lò Văn Chiến") -> Person:
    """Somebody with a row in every table that matching and searching read."""
    made = candidate(
        session,
        name,
        ("IT15", 3),
        education=(studied(5),),
        experience=(worked(2015, 2020),),
        languages=(LanguageDraft("en", 4),),
        availability=free_from(TODAY, forms=frozenset({WorkForm.PERMANENT, WorkForm.ADVICE})),
        places=accepts("VN/12/"),
    )
    session.add_all(
        [
            ExpertFacet(person_id=made.id, kind=ExpertKind.EXPERT),
            CadreFacet(person_id=made.id, kind=CadreKind.CIVIL_SERVANT),
            OverseasFacet(person_id=made.id, country="DE"),
        ]
    )
    session.flush()
    return made


def told(session: Session, number: int) -> tuple[list[int], list[int]] | None:
    """Who changed since this number, and who is gone."""
    found: ChangesSince | None = changes_since(session, number, MANY)
    return None if found is None else (found.changed.tolist(), found.deleted.tolist())


def rows_of(session: Session, kind: Any, person: Person) -> Any:
    """A row of a table that belongs to the person."""
    if kind is AvailabilityForm:
        mine = select(Availability.id).where(Availability.person_id == person.id)
        return session.scalars(select(kind).where(kind.availability_id.in_(mine))).first()
    return session.scalars(select(kind).where(getattr(kind, OWNERS[kind]) == person.id)).first()
