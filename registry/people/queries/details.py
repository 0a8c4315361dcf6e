"""What profiles show of people: children rows in a constant number of queries."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, selectinload

from registry.organisations.models import Organisation
from registry.people.models import (
    AcceptedPlace,
    Achievement,
    Affinity,
    Availability,
    CadreFacet,
    Education,
    Evidence,
    Experience,
    ExpertFacet,
    LanguageClaim,
    OverseasFacet,
    Person,
    SkillClaim,
)
from registry.people.queries.cards import (
    PersonCard,
    SkillLine,
    education_order,
    education_shown,
    highest,
    skill_order,
    strongest,
    with_concepts,
)
from registry.people.queries.visible import is_public_id
from registry.people.rules import Span, whole_years
from registry.places.models import AdministrativeUnit
from registry.places.queries import describe_unit

Row = TypeVar("Row")


@dataclass(frozen=True)
class Profile:
    """All rows of one record that the profile page shows."""

    card: PersonCard
    claims: Mapping[int, SkillClaim]
    availability: Availability | None
    experts: Sequence[ExpertFacet]
    cadres: Sequence[CadreFacet]
    overseas: Sequence[OverseasFacet]
    education: Sequence[Education]
    experience: Sequence[Experience]
    languages: Sequence[LanguageClaim]
    achievements: Sequence[Achievement]
    affinities: Sequence[Affinity]
    evidence: Sequence[Evidence]
    places: Sequence[AcceptedPlace]
    unit_words: Mapping[int, str]


def affinities_of(session: Session, person_id: int) -> Sequence[Affinity]:
    """What ties a person to places, those that go on first."""
    return session.scalars(
        select(Affinity)
        .where(Affinity.person_id == person_id)
        .order_by(Affinity.to_on.is_not(None), Affinity.id)
    ).all()


def profile_of(session: Session, person: Person, *, on: date, locale: str = "vi") -> Profile:
    """The whole record of a person; places in the words of `locale`."""
    ids = [person.id]
    claims, skills = _skill_lines(session, ids, on)
    education = sorted(_rows(session, Education, ids), key=education_order)
    experience = _rows(session, Experience, ids)
    availability = next(iter(_rows(session, Availability, ids, Availability.ended_on.is_(None))), None)
    experts = _facets(session, ExpertFacet, ids, on)
    cadres = _facets(session, CadreFacet, ids, on)
    overseas = _facets(session, OverseasFacet, ids, on)
    evidence = session.scalars(
        select(Evidence)
        .where(Evidence.person_id == person.id)
        .order_by(Evidence.id)
        .options(selectinload(Evidence.links))
    ).all()
    places, affinities = _rows(session, AcceptedPlace, ids), affinities_of(session, person.id)
    unit_ids = [person.origin_unit_id, person.birthplace_unit_id, person.residence_unit_id, person.unit_id]
    unit_ids += [row.unit_id for row in experience] + [row.unit_id for row in (*places, *affinities)]
    shown = [education_shown(row, on) for row in education]
    card = PersonCard(
        skills,
        strongest(skills, shown),
        highest(shown),
        whole_years(spans_of(experience), on),
        None if availability is None else availability.state,
        [facet.kind for facet in experts],
        [facet.kind for facet in cadres],
        bool(overseas),
        person,
    )
    return Profile(
        card,
        claims,
        availability,
        experts,
        cadres,
        overseas,
        education,
        experience,
        _rows(session, LanguageClaim, ids, LanguageClaim.valid_to.is_(None)),
        _rows(session, Achievement, ids),
        affinities,
        evidence,
        places,
        unit_words(session, unit_ids, locale=locale),
    )


def unit_words(session: Session, ids: Iterable[int | None], *, locale: str = "vi") -> Mapping[int, str]:
    """Administrative units by id, in words; of former ones also what they are now."""
    wanted = {unit_id for unit_id in ids if unit_id is not None}
    if not wanted:
        return {}
    units = session.scalars(select(AdministrativeUnit).where(AdministrativeUnit.id.in_(wanted)))
    return {unit.id: describe_unit(session, unit, locale=locale) for unit in units.all()}


def spans_of(experience: Iterable[Experience]) -> list[Span]:
    """The periods of posts, for rules that look at dates alone."""
    return [Span(row.id, row.started, row.ended, row.is_ongoing) for row in experience]


def _rows(session: Session, model: type[Row], ids: Sequence[int], *conditions: Any) -> Sequence[Row]:
    table: Any = model
    query = select(model).where(table.person_id.in_(ids), *conditions).order_by(table.person_id, table.id)
    return session.scalars(query).all()


def _facets(session: Session, model: type[Row], ids: Sequence[int], on: date) -> Sequence[Row]:
    table: Any = model
    return _rows(session, model, ids, or_(table.valid_to.is_(None), table.valid_to >= on))


def _skill_lines(
    session: Session, ids: Sequence[int], on: date
) -> tuple[dict[int, SkillClaim], list[SkillLine]]:
    """Current claims by id, and their lines in the order of lists."""
    found: dict[int, SkillClaim] = {}
    lines: list[SkillLine] = []
    rows: Any = session.execute(with_concepts(select(SkillClaim), SkillClaim.person_id.in_(ids)))
    for claim, label, code, scale, pending, english in rows:
        found[claim.id] = claim
        words = label or pending or claim.typed
        lines.append(SkillLine(claim, words, code, scale, claim.evidence_on(on), english or ""))
    return found, sorted(lines, key=skill_order)


def entry_of(session: Session, person: Person, model: type[Row], public_id: str) -> Row | None:
    """One row of a person by its opaque id."""
    table: Any = model
    if not is_public_id(public_id):
        return None
    return session.scalar(select(model).where(table.person_id == person.id, table.public_id == public_id))


def places_of(session: Session, person: Person) -> Sequence[AcceptedPlace]:
    """The places a person accepts, in the order they were stated."""
    return _rows(session, AcceptedPlace, [person.id])


def organisation_name(session: Session, organisation_id: int | None) -> str:
    """The present name of an organisation; "" for none."""
    if organisation_id is None:
        return ""
    return session.scalar(select(Organisation.name).where(Organisation.id == organisation_id)) or ""
