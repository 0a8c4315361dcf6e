"""Needs for tests: one call makes a need in any state, asking for what the test is about."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.needs.models import Need
from registry.needs.operations import create_need, move_need
from registry.needs.rules import ConditionTerms, NeedState, NeedTerms, SkillTerms
from registry.organisations.models import Organisation
from registry.organisations.operations import create_organisation
from registry.organisations.rules import OrganisationKind
from registry.places.models import AdministrativeUnit
from registry.places.queries import unit_by_path
from registry.skills.queries import skills_by_code

AT = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)
LAI_CHAU = "VN/12/"

# The way to each state from a fresh draft.
_WAYS: dict[NeedState, tuple[NeedState, ...]] = {
    NeedState.DRAFT: (),
    NeedState.SUBMITTED: (NeedState.SUBMITTED,),
    NeedState.REJECTED: (NeedState.SUBMITTED, NeedState.REJECTED),
    NeedState.APPROVED: (NeedState.SUBMITTED, NeedState.APPROVED),
    NeedState.OPEN: (NeedState.SUBMITTED, NeedState.APPROVED, NeedState.OPEN),
    NeedState.ON_HOLD: (NeedState.SUBMITTED, NeedState.APPROVED, NeedState.OPEN, NeedState.ON_HOLD),
    NeedState.FILLED: (NeedState.SUBMITTED, NeedState.APPROVED, NeedState.OPEN, NeedState.FILLED),
    NeedState.CANCELLED: (NeedState.CANCELLED,),
}


def skill(session: Session, code: str, level: int = 3, **terms: Any) -> SkillTerms:
    """A wanted skill by the concept's code, typed as its Vietnamese name."""
    concept = skills_by_code(session, [code])[code]
    return SkillTerms(concept.vi, concept.id, level, **terms)


def need(
    session: Session,
    title: str = "Kỹ sư dữ liệu y tế",
    *,
    state: NeedState = NeedState.DRAFT,
    skills: Iterable[SkillTerms] = (),
    conditions: Iterable[ConditionTerms] = (),
    unit_path: str = LAI_CHAU,
    by: int | None = None,
    at: datetime = AT,
    external_id: str | None = None,
    **terms: Any,
) -> Need:
    """A need in a state, by default a draft of Lai Châu for two people by mid January."""
    terms.setdefault("headcount", 2)
    terms.setdefault("expected_on", date(2027, 1, 15))
    made = create_need(
        session,
        NeedTerms(title, unit_path=unit_path, unit_id=unit_id(session, unit_path), **terms),
        skills=skills,
        conditions=conditions,
        by=by,
        at=at,
        external_id=external_id,
    )
    for target in _WAYS[state]:
        move_need(session, made, target, by=by, at=at, reason="theo kế hoạch")
    return made


def unit_id(session: Session, path: str) -> int | None:
    """The unit with this path; None for the empty one."""
    return (
        session.scalar(select(AdministrativeUnit.id).where(AdministrativeUnit.path == path)) if path else None
    )


def organisation(
    session: Session, name: str = "Trung tâm IOC Lai Châu", path: str = LAI_CHAU
) -> Organisation:
    """A public-service unit that lies in the unit with this path."""
    return create_organisation(
        session,
        name=name,
        kind=OrganisationKind.PUBLIC_SERVICE_UNIT,
        parent=None,
        unit=unit_by_path(session, path),
        by=None,
    )
