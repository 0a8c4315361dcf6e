"""What lists show of people: the columns of a card as plain rows, in four statements however many people."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Date,
    Integer,
    String,
    bindparam,
    literal,
    or_,
    select,
    type_coerce,
    union_all,
)
from sqlalchemy.orm import Session

from registry.db import read_rows
from registry.people.models import (
    Availability,
    CadreFacet,
    Education,
    Experience,
    ExpertFacet,
    OverseasFacet,
    Person,
    SkillClaim,
)
from registry.people.queries.shown import PersonShown
from registry.people.rules import (
    AvailabilityState,
    CadreKind,
    EvidenceState,
    ExpertKind,
    PartialDate,
    Span,
    evidence_on,
    whole_years,
)
from registry.skills.models import PendingTerm, Skill
from registry.skills.rules import LevelScale

# From strong to weak: what one tag beside a name may say about many claims.
_STRENGTH = (
    EvidenceState.VERIFIED,
    EvidenceState.ATTACHED,
    EvidenceState.SELF_DECLARED,
    EvidenceState.EXPIRED,
    EvidenceState.REJECTED,
)


class ClaimShown(NamedTuple):
    """What a list reads of a claim on a skill."""

    id: int
    skill_id: int | None
    level: int | None


@dataclass(frozen=True, slots=True)
class SkillLine:
    """A claim with the words of its concept. `label` of a pending term is what was typed."""

    claim: SkillClaim | ClaimShown
    label: str
    code: str | None
    scale: LevelScale | None
    evidence: EvidenceState
    english: str = ""

    @property
    def is_pending(self) -> bool:
        """Whether no concept is known yet."""
        return self.code is None


class EducationShown(NamedTuple):
    """What a list reads of an education, a profile's own rows have the same names."""

    id: int
    degree_rank: int | None
    degree_code: str
    field_code: str | None
    is_completed: bool
    from_on: date | None
    to_on: date | None
    evidence: EvidenceState


@dataclass(frozen=True, slots=True)
class CardFacts:
    """What a list shows of one person besides the columns of the person's own row."""

    skills: Sequence[SkillLine]
    evidence: EvidenceState | None
    education: EducationShown | None
    years: int | None
    availability: AvailabilityState | None
    experts: Sequence[ExpertKind]
    cadres: Sequence[CadreKind]
    is_overseas: bool


@dataclass(frozen=True, slots=True)
class PersonCard(CardFacts):
    """What a list shows of one person, names apart."""

    person: Person | PersonShown

    @classmethod
    def of(cls, person: Person | PersonShown, facts: CardFacts) -> "PersonCard":
        """The card of a person with these facts."""
        return cls(
            facts.skills,
            facts.evidence,
            facts.education,
            facts.years,
            facts.availability,
            facts.experts,
            facts.cadres,
            facts.is_overseas,
            person,
        )


def card_facts(session: Session, ids: Sequence[int], *, on: date) -> dict[int, CardFacts]:
    """The facts of the people with these row ids, in four statements."""
    skills = _skill_lines(session, ids, on)
    education = _education(session, ids, on)
    posts = _posts(session, ids)
    said = _said(session, ids, on)
    return {
        one: CardFacts(
            skills[one],
            strongest(skills[one], education[one]),
            highest(education[one]),
            whole_years(posts[one], on),
            next(iter(map(AvailabilityState, said["availability", one])), None),
            [ExpertKind(kind) for kind in said["expert", one]],
            [CadreKind(kind) for kind in said["cadre", one]],
            bool(said["overseas", one]),
        )
        for one in ids
    }


def strongest(skills: Iterable[SkillLine], education: Iterable[EducationShown]) -> EvidenceState | None:
    """The strongest state among the claims of a person."""
    states = {line.evidence for line in skills} | {row.evidence for row in education}
    return next((state for state in _STRENGTH if state in states), None)


def highest(education: Iterable[EducationShown]) -> EducationShown | None:
    """The highest degree that was earned."""
    completed = [row for row in education if row.is_completed and row.degree_rank is not None]
    return min(completed, key=education_order) if completed else None


def education_order(row: Education | EducationShown) -> tuple[int, date, int]:
    """Highest degree first, then the one finished last."""
    finished = row.to_on or row.from_on or date.min
    return -(row.degree_rank or 0), date.fromordinal(date.max.toordinal() - finished.toordinal() + 1), row.id


def education_shown(row: Any, on: date) -> EducationShown:
    """What lists show of a row of `education`, whole or its columns."""
    return EducationShown(
        row.id,
        row.degree_rank,
        row.degree_code,
        row.field_code,
        row.is_completed,
        row.from_on,
        row.to_on,
        evidence_on(row.evidence_state, row.evidence_until, on),
    )


def skill_order(line: SkillLine) -> tuple[bool, int, int, int]:
    """Strongest evidence first, then highest level, then oldest row; pending terms last."""
    level = -1 if line.claim.level is None else line.claim.level
    return line.is_pending, _STRENGTH.index(line.evidence), -level, line.claim.id


def with_concepts(claims: Any, *conditions: ColumnElement[bool]) -> Any:
    """Current claims with the words of their concepts beside them."""
    return (
        claims.add_columns(Skill.vi, Skill.code, Skill.scale, PendingTerm.text, Skill.en)
        .outerjoin(Skill, Skill.id == SkillClaim.skill_id)
        .outerjoin(PendingTerm, PendingTerm.id == SkillClaim.pending_term_id)
        .where(SkillClaim.valid_to.is_(None), *conditions)
        .order_by(SkillClaim.id)
    )


# --- what is asked of some `people` on a day, made once ----------------------------------------------------

_PEOPLE = bindparam("people", expanding=True, type_=Integer)

_CLAIMS = with_concepts(
    select(
        SkillClaim.person_id,
        SkillClaim.id,
        SkillClaim.skill_id,
        SkillClaim.level,
        SkillClaim.typed,
        SkillClaim.evidence_state,
        SkillClaim.evidence_until,
    ),
    SkillClaim.person_id.in_(_PEOPLE),
)
_EDUCATION = select(
    Education.person_id,
    Education.id,
    Education.degree_rank,
    Education.degree_code,
    Education.field_code,
    Education.is_completed,
    Education.from_on,
    Education.to_on,
    Education.evidence_state,
    Education.evidence_until,
).where(Education.person_id.in_(_PEOPLE))
_POSTS = (
    select(
        Experience.person_id,
        Experience.id,
        Experience.from_on,
        Experience.from_precision,
        Experience.to_on,
        Experience.to_precision,
        Experience.is_ongoing,
    )
    .where(Experience.person_id.in_(_PEOPLE))
    .order_by(Experience.person_id, Experience.id)
)


def _rows_of(kind: str, model: Any, word: Any, condition: ColumnElement[bool]) -> Any:
    named = (
        literal(kind, String).label("kind"),
        model.id.label("id"),
        type_coerce(word, String).label("word"),
    )
    return select(model.person_id.label("person"), *named).where(model.person_id.in_(_PEOPLE), condition)


def _standing(kind: str, model: Any, word: Any) -> Any:
    return _rows_of(
        kind, model, word, or_(model.valid_to.is_(None), model.valid_to >= bindparam("on", type_=Date))
    )


_SAID = union_all(
    _rows_of("availability", Availability, Availability.state, Availability.ended_on.is_(None)),
    _standing("expert", ExpertFacet, ExpertFacet.kind),
    _standing("cadre", CadreFacet, CadreFacet.kind),
    _standing("overseas", OverseasFacet, OverseasFacet.country),
)


# --- and what was answered, all at once: one by one rows are asked of the driver one by one ---------


def _skill_lines(session: Session, ids: Sequence[int], on: date) -> Mapping[int, list[SkillLine]]:
    found: defaultdict[int, list[SkillLine]] = defaultdict(list)
    rows = read_rows(session, _CLAIMS, people=ids).all()
    for person, key, skill, level, typed, state, until, label, code, scale, pending, english in rows:
        claim = ClaimShown(key, skill, level)
        evidence = evidence_on(state, until, on)
        found[person].append(
            SkillLine(claim, label or pending or typed, code, scale, evidence, english or "")
        )
    for lines in found.values():
        lines.sort(key=skill_order)
    return found


def _education(session: Session, ids: Sequence[int], on: date) -> Mapping[int, list[EducationShown]]:
    found: defaultdict[int, list[EducationShown]] = defaultdict(list)
    for row in read_rows(session, _EDUCATION, people=ids).all():
        found[row.person_id].append(education_shown(row, on))
    return found


def _posts(session: Session, ids: Sequence[int]) -> Mapping[int, list[Span]]:
    found: defaultdict[int, list[Span]] = defaultdict(list)
    rows = read_rows(session, _POSTS, people=ids).all()
    for person, key, start, start_as, end, end_as, is_ongoing in rows:
        span = Span(key, PartialDate.of(start, start_as), PartialDate.of(end, end_as), is_ongoing)
        found[person].append(span)
    return found


def _said(session: Session, ids: Sequence[int], on: date) -> Mapping[tuple[str, int], list[str]]:
    """When they can start and which facets hold on a day, oldest row first: (kind of row, person) to words."""
    found: defaultdict[tuple[str, int], list[str]] = defaultdict(list)
    for row in sorted(read_rows(session, _SAID, people=ids, on=on).all(), key=lambda row: row.id):
        found[row.kind, row.person].append(row.word)
    return found
