"""People as matching meets them: agreed to be matched, with skills by code and whatever else a test is about."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from registry.people.models import Person, SkillClaim
from registry.people.rules import (
    AcceptedPlaceDraft,
    AvailabilityDraft,
    EducationDraft,
    EvidenceState,
    ExperienceDraft,
    PartialDate,
    PlaceKind,
    SkillDraft,
)
from registry.skills.queries import skills_by_code
from tests.factories import people

TODAY = date(2026, 11, 25)

Claimed = tuple[str, int | None]


def candidate(
    session: Session,
    name: str = "Lò Văn Chiến",
    *claims: Claimed,
    evidence: EvidenceState | None = None,
    **traits: Any,
) -> Person:
    """A person who claims these concepts at these ranks; `evidence` is the state of all the claims."""
    concepts = skills_by_code(session, [code for code, _rank in claims])
    drafts = tuple(SkillDraft(concepts[code].vi, concepts[code].id, level=rank) for code, rank in claims)
    made = people.person(session, name, skills=(*drafts, *traits.pop("skills", ())), **traits)
    if evidence is not None:
        set_evidence(session, made, evidence)
    return made


def set_evidence(session: Session, person: Person, state: EvidenceState, until: date | None = None) -> None:
    """Put all skill claims of a person into one evidence state."""
    for claim in session.query(SkillClaim).filter_by(person_id=person.id):
        claim.evidence_state, claim.evidence_until = state, until
    session.flush()


def worked(start: int, end: int | None, field: str | None = "748") -> ExperienceDraft:
    """Work from the first day of a year to the last day of another, or until now."""
    return ExperienceDraft(
        title="Kỹ sư",
        field_code=field,
        started=PartialDate(start, 1, 1),
        ended=PartialDate(end, 12, 31) if end else None,
        is_ongoing=end is None,
    )


def studied(rank: int | None, field: str | None = "748", **terms: Any) -> EducationDraft:
    """An education."""
    return EducationDraft(degree_rank=rank, field_code=field, **terms)


def free_from(day: date | None, stated_on: date = TODAY, **terms: Any) -> AvailabilityDraft:
    """A statement about being free."""
    return AvailabilityDraft(stated_on, from_on=day, **terms)


def accepts(*paths: str) -> tuple[AcceptedPlaceDraft, ...]:
    """Units the person accepts work in."""
    return tuple(AcceptedPlaceDraft(PlaceKind.UNIT, unit_path=path) for path in paths)


def crowd(session: Session, number: int, *claims: Claimed, **traits: Any) -> list[Person]:
    """Many people alike."""
    return [candidate(session, f"Nguyễn Văn {place}", *claims, **traits) for place in range(number)]


def codes_of(people_made: Iterable[Person]) -> set[str]:
    """The codes of some people."""
    return {one.code for one in people_made}
