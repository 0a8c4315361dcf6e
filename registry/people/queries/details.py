"""What cards and profiles show of people: children rows in a constant number of queries, whatever the number of people."""

from collections import defaultdict
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
from registry.people.queries.visible import is_public_id
from registry.people.rules import EvidenceState, Span, whole_years
from registry.places.models import AdministrativeUnit
from registry.places.queries import describe_unit
from registry.skills.models import PendingTerm, Skill
from registry.skills.rules import LevelScale

Row = TypeVar("Row")

# From strong to weak: what one tag beside a name may say about many claims.
_STRENGTH = (
    EvidenceState.VERIFIED,
    EvidenceState.ATTACHED,
    EvidenceState.SELF_DECLARED,
    EvidenceState.EXPIRED,
    EvidenceState.REJECTED,
)


@dataclass(frozen=True)
class SkillLine:
    """A claim with the words of its concept. `label` of a pending term is what was typed."""

    claim: SkillClaim
    label: str
    code: str | None
    scale: LevelScale | None
    evidence: EvidenceState
    english: str = ""

    @property
    def is_pending(self) -> bool:
        """Whether no concept is known yet."""
        return self.code is None


@dataclass(frozen=True)
class PersonCard:
    """What a list shows of one person, names apart."""

    person: Person
    skills: Sequence[SkillLine]
    evidence: EvidenceState | None
    education: Education | None
    years: int | None
    availability: Availability | None
    experts: Sequence[ExpertFacet]
    cadres: Sequence[CadreFacet]
    overseas: Sequence[OverseasFacet]


@dataclass(frozen=True)
class Profile:
    """All rows of one record that the profile page shows."""

    card: PersonCard
    education: Sequence[Education]
    experience: Sequence[Experience]
    languages: Sequence[LanguageClaim]
    achievements: Sequence[Achievement]
    evidence: Sequence[Evidence]
    places: Sequence[AcceptedPlace]
    unit_words: Mapping[int, str]


def person_cards(session: Session, people: Sequence[Person], *, on: date) -> list[PersonCard]:
    """The cards of these people in their order."""
    ids = [person.id for person in people]
    skills = _skill_lines(session, ids, on)
    education = _by_person(_rows(session, Education, ids))
    experience = _by_person(_rows(session, Experience, ids))
    statements = _by_person(_rows(session, Availability, ids, Availability.ended_on.is_(None)))
    experts = _facets(session, ExpertFacet, ids, on)
    cadres = _facets(session, CadreFacet, ids, on)
    overseas = _facets(session, OverseasFacet, ids, on)
    return [
        PersonCard(
            person,
            skills.get(person.id, []),
            _strongest(skills.get(person.id, []), education[person.id], on),
            _highest(education[person.id]),
            whole_years(spans_of(experience[person.id]), on),
            next(iter(statements[person.id]), None),
            experts[person.id],
            cadres[person.id],
            overseas[person.id],
        )
        for person in people
    ]


def profile_of(session: Session, person: Person, *, on: date, locale: str = "vi") -> Profile:
    """The whole record of a person; places in the words of `locale`."""
    card = person_cards(session, [person], on=on)[0]
    ids = [person.id]
    experience = _rows(session, Experience, ids)
    evidence = session.scalars(
        select(Evidence)
        .where(Evidence.person_id == person.id)
        .order_by(Evidence.id)
        .options(selectinload(Evidence.links))
    ).all()
    places = _rows(session, AcceptedPlace, ids)
    unit_ids = [person.origin_unit_id, person.birthplace_unit_id, person.residence_unit_id, person.unit_id]
    unit_ids += [row.unit_id for row in experience] + [row.unit_id for row in places]
    return Profile(
        card,
        sorted(_rows(session, Education, ids), key=_education_order),
        experience,
        _rows(session, LanguageClaim, ids, LanguageClaim.valid_to.is_(None)),
        _rows(session, Achievement, ids),
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


def _facets(session: Session, model: type[Row], ids: Sequence[int], on: date) -> Mapping[int, list[Row]]:
    table: Any = model
    return _by_person(_rows(session, model, ids, or_(table.valid_to.is_(None), table.valid_to >= on)))


def _by_person(rows: Iterable[Row]) -> Mapping[int, list[Row]]:
    found: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        owner: Any = row
        found[owner.person_id].append(row)
    return found


def _skill_lines(session: Session, ids: Sequence[int], on: date) -> Mapping[int, list[SkillLine]]:
    """Current claims by person: strongest evidence first, then highest level, then oldest row."""
    rows = session.execute(
        select(SkillClaim, Skill.vi, Skill.code, Skill.scale, PendingTerm.text, Skill.en)
        .outerjoin(Skill, Skill.id == SkillClaim.skill_id)
        .outerjoin(PendingTerm, PendingTerm.id == SkillClaim.pending_term_id)
        .where(SkillClaim.person_id.in_(ids), SkillClaim.valid_to.is_(None))
        .order_by(SkillClaim.id)
    )
    found: dict[int, list[SkillLine]] = defaultdict(list)
    for claim, label, code, scale, pending, english in rows:
        words = label or pending or claim.typed
        line = SkillLine(claim, words, code, scale, claim.evidence_on(on), english or "")
        found[claim.person_id].append(line)
    for lines in found.values():
        lines.sort(key=_skill_order)
    return found


def _skill_order(line: SkillLine) -> tuple[bool, int, int, int]:
    level = -1 if line.claim.level is None else line.claim.level
    return line.is_pending, _STRENGTH.index(line.evidence), -level, line.claim.id


def _strongest(skills: Sequence[SkillLine], education: Sequence[Education], on: date) -> EvidenceState | None:
    states = {line.evidence for line in skills} | {row.evidence_on(on) for row in education}
    return next((state for state in _STRENGTH if state in states), None)


def _highest(education: Sequence[Education]) -> Education | None:
    completed = [row for row in education if row.is_completed and row.degree_rank is not None]
    return min(completed, key=_education_order) if completed else None


def _education_order(row: Education) -> tuple[int, date, int]:
    """Highest degree first, then the one finished last."""
    finished = row.to_on or row.from_on or date.min
    return -(row.degree_rank or 0), date.fromordinal(date.max.toordinal() - finished.toordinal() + 1), row.id


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
