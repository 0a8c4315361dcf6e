"""The list of people: filters, an order that betrays no hidden name, and counts per option."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, case, false, func, or_, select, true
from sqlalchemy.orm import Session

from registry.accounts.rules import Viewer
from registry.consents.rules import PurposeCode
from registry.people.models import (
    Availability,
    CadreFacet,
    Education,
    ExpertFacet,
    LanguageClaim,
    OverseasFacet,
    Person,
    SkillClaim,
)
from registry.people.queries.visible import named_condition, people_for, visible_condition
from registry.people.rules import (
    AvailabilityState,
    CadreKind,
    EvidenceState,
    ExpertKind,
    add_months,
)
from registry.text import fold
from registry.web.origins import Origin
from registry.web.paging import PAGE_SIZE, Page

OVERSEAS = "overseas"
HOME_COUNTRY = "VN"
KINDS = (*(kind.value for kind in ExpertKind), *(kind.value for kind in CadreKind), OVERSEAS)
AVAILABILITIES = ("now", "months_3", "months_6", "not_available", "paused", "unstated")
RESIDENCES = ("home", "abroad")
RANKS = ("6", "5", "4", "3", "2", "1")
FACETS: Mapping[str, tuple[str, ...]] = {
    "kind": KINDS,
    "degree": RANKS,
    "residence": RESIDENCES,
    "evidence": tuple(state.value for state in EvidenceState),
    "availability": AVAILABILITIES,
}


@dataclass(frozen=True)
class PeopleFilter:
    """What the list is narrowed to: words, concepts the words resolved to, an office, an origin, options per facet."""

    text: str = ""
    skill_ids: frozenset[int] = frozenset()
    unit_path: str = ""
    origin: Origin | None = None
    options: Mapping[str, frozenset[str]] = field(default_factory=dict[str, frozenset[str]])


def people_page(
    session: Session, viewer: Viewer, wanted: PeopleFilter, number: int, *, on: date
) -> Page[Person]:
    """One page: people with a name first in Vietnamese order, then anonymous ones by code."""
    conditions = _conditions(viewer, wanted, on)
    total = session.scalar(_count(viewer, conditions, on)) or 0
    named = named_condition(viewer)
    query = (
        people_for(viewer, PurposeCode.REGISTRY, on=on)
        .where(*conditions.values())
        .order_by(
            case((named, 0), else_=1),
            case((named, Person.name_sort_key), else_=Person.code),
            Person.public_id,
        )
        .offset((number - 1) * PAGE_SIZE)
        .limit(PAGE_SIZE)
    )
    return Page(session.scalars(query).all(), number, total)


def option_counts(
    session: Session, viewer: Viewer, wanted: PeopleFilter, *, on: date
) -> Mapping[str, Mapping[str, int]]:
    """Per facet and option how many people there would be with it, the other facets as they are."""
    conditions = _conditions(viewer, wanted, on)
    counts: dict[str, Mapping[str, int]] = {}
    for facet, options in FACETS.items():
        others = {name: condition for name, condition in conditions.items() if name != facet}
        columns = [func.count().filter(_option(facet, option, on)) for option in options]
        row = session.execute(
            select(*columns)
            .select_from(Person)
            .where(visible_condition(viewer, PurposeCode.REGISTRY, on=on), *others.values())
        ).one()
        counts[facet] = dict(zip(options, row, strict=True))
    return counts


def visible_count(session: Session, viewer: Viewer, *, on: date) -> int:
    """How many records the viewer may see at all."""
    return session.scalar(_count(viewer, {}, on)) or 0


def _count(viewer: Viewer, conditions: Mapping[str, ColumnElement[bool]], on: date) -> Select[int]:
    return (
        select(func.count())
        .select_from(Person)
        .where(visible_condition(viewer, PurposeCode.REGISTRY, on=on), *conditions.values())
    )


def _conditions(viewer: Viewer, wanted: PeopleFilter, on: date) -> dict[str, ColumnElement[bool]]:
    """Conditions by facet: OR inside one, AND across."""
    conditions: dict[str, ColumnElement[bool]] = {}
    if fold(wanted.text):
        conditions["text"] = _text_condition(viewer, wanted)
    if wanted.unit_path:
        conditions["unit"] = Person.unit_path.startswith(wanted.unit_path, autoescape=True)
    if wanted.origin:
        conditions["origin"] = Person.public_id.in_(wanted.origin.public_ids)
    for facet, options in FACETS.items():
        chosen = [option for option in options if option in wanted.options.get(facet, frozenset())]
        if chosen:
            conditions[facet] = or_(false(), *(_option(facet, option, on) for option in chosen))
    return conditions


def _text_condition(viewer: Viewer, wanted: PeopleFilter) -> ColumnElement[bool]:
    """Names only of people who may be named; codes, headlines and claimed skills of all."""
    folded = fold(wanted.text)
    found = [
        and_(named_condition(viewer), Person.folded_name.contains(folded, autoescape=True)),
        Person.folded_headline.contains(folded, autoescape=True),
        Person.code == wanted.text.strip().upper(),
    ]
    if wanted.skill_ids:
        found.append(_open_skill(SkillClaim.skill_id.in_(wanted.skill_ids)))
    return or_(*found)


def _open_skill(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    return (
        select(SkillClaim.id)
        .where(SkillClaim.person_id == Person.id, SkillClaim.valid_to.is_(None), condition)
        .correlate(Person)
        .exists()
    )


def _option(facet: str, option: str, on: date) -> ColumnElement[bool]:
    """The condition of one option of one facet."""
    match facet:
        case "kind":
            return _has_kind(option, on)
        case "degree":
            return _highest_degree(int(option))
        case "residence":
            # A unit of this country says enough where nobody wrote the country.
            lives_here = or_(
                Person.residence_country == HOME_COUNTRY,
                and_(Person.residence_country.is_(None), Person.residence_unit_path != ""),
            )
            return lives_here if option == "home" else Person.residence_country != HOME_COUNTRY
        case "evidence":
            return _has_evidence(EvidenceState(option), on)
        case _:
            return _availability(option, on)


def _has_kind(kind: str, on: date) -> ColumnElement[bool]:
    if kind == OVERSEAS:
        model, is_kind = OverseasFacet, true()
    elif kind in set(ExpertKind):
        model, is_kind = ExpertFacet, ExpertFacet.kind == ExpertKind(kind)
    else:
        model, is_kind = CadreFacet, CadreFacet.kind == CadreKind(kind)
    return (
        select(model.id)
        .where(model.person_id == Person.id, is_kind, or_(model.valid_to.is_(None), model.valid_to >= on))
        .correlate(Person)
        .exists()
    )


def _highest_degree(rank: int) -> ColumnElement[bool]:
    highest = (
        select(func.max(Education.degree_rank))
        .where(Education.person_id == Person.id, Education.is_completed.is_(True))
        .correlate(Person)
        .scalar_subquery()
    )
    return highest == rank


def _has_evidence(state: EvidenceState, on: date) -> ColumnElement[bool]:
    """At least one current claim (skill, language or degree) is in this state on the day."""
    found: list[ColumnElement[bool]] = []
    models = (
        (SkillClaim, SkillClaim.valid_to.is_(None)),
        (LanguageClaim, LanguageClaim.valid_to.is_(None)),
        (Education, true()),
    )
    for model, is_current in models:
        ran_out = and_(
            model.evidence_state.in_((EvidenceState.ATTACHED, EvidenceState.VERIFIED)),
            model.evidence_until.is_not(None),
            model.evidence_until < on,
        )
        if state is EvidenceState.EXPIRED:
            matches = or_(model.evidence_state == state, ran_out)
        else:
            matches = and_(model.evidence_state == state, ~ran_out)
        found.append(
            select(model.id)
            .where(model.person_id == Person.id, is_current, matches)
            .correlate(Person)
            .exists()
        )
    return or_(*found)


def _availability(option: str, on: date) -> ColumnElement[bool]:
    current = select(Availability.id).where(
        Availability.person_id == Person.id, Availability.ended_on.is_(None)
    )
    if option == "unstated":
        return ~current.correlate(Person).exists()
    pause_is_over = and_(
        Availability.state == AvailabilityState.PAUSED,
        Availability.paused_until.is_not(None),
        Availability.paused_until < on,
    )
    if option == AvailabilityState.PAUSED:
        matches = and_(Availability.state == AvailabilityState.PAUSED, ~pause_is_over)
    elif option == AvailabilityState.NOT_AVAILABLE:
        matches = Availability.state == AvailabilityState.NOT_AVAILABLE
    else:
        is_free = or_(Availability.state == AvailabilityState.AVAILABLE, pause_is_over)
        months = {"now": 0, "months_3": 3, "months_6": 6}[option]
        matches = and_(is_free, Availability.from_on <= add_months(on, months))
    return current.where(matches).correlate(Person).exists()


def people_by_code(session: Session, viewer: Viewer, *, on: date) -> Sequence[Person]:
    """All visible people in the order of their codes, for commands."""
    return session.scalars(
        people_for(viewer, PurposeCode.REGISTRY, on=on).order_by(Person.code, Person.id)
    ).all()
