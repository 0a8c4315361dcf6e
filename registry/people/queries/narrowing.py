"""What one option of one facet of the list of people means, and the other ways to narrow it. Never widens the predicate."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import ColumnElement, and_, func, or_, select, true, union

from registry.accounts.rules import Viewer
from registry.people.models import (
    Availability,
    CadreFacet,
    Education,
    Experience,
    ExpertFacet,
    LanguageClaim,
    OverseasFacet,
    Person,
    PersonName,
    SkillClaim,
)
from registry.people.queries.visible import named_condition
from registry.people.rules import (
    AcademicTitle,
    AvailabilityState,
    CadreKind,
    EvidenceState,
    ExpertKind,
    add_months,
)
from registry.places.models import AdministrativeUnit
from registry.text import fold

OVERSEAS = "overseas"
HOME_COUNTRY = "VN"
KINDS = (*(kind.value for kind in ExpertKind), *(kind.value for kind in CadreKind), OVERSEAS)
AVAILABILITIES = ("now", "months_3", "months_6", "not_available", "unstated")
"""No option for a pause: whoever paused stands in no list."""
RESIDENCES = ("home", "abroad")
RANKS = ("6", "5", "4", "3", "2", "1")
FRESHNESS = ("months_6", "months_12", "older", "never")
FACETS: Mapping[str, tuple[str, ...]] = {
    "kind": KINDS,
    "degree": RANKS,
    "title": tuple(title.value for title in AcademicTitle),
    "residence": RESIDENCES,
    "evidence": tuple(state.value for state in EvidenceState),
    "availability": AVAILABILITIES,
    "freshness": FRESHNESS,
}

# Names apart from the people: looked through in an index that holds nothing else. Never to be selected for a page.
NAMES = Person.__table__.alias("person_names")


def option_condition(facet: str, option: str, on: date) -> ColumnElement[bool]:
    """The condition of one option of one facet of `FACETS`."""
    match facet:
        case "kind":
            return _has_kind(option, on)
        case "degree":
            return _highest_degree() == int(option)
        case "title":
            return _has_title(AcademicTitle(option), on)
        case "residence":
            # A unit of this country says enough where nobody wrote the country.
            lives_here = or_(
                Person.residence_country == HOME_COUNTRY,
                and_(Person.residence_country.is_(None), Person.residence_unit_path != ""),
            )
            return lives_here if option == "home" else Person.residence_country != HOME_COUNTRY
        case "evidence":
            return _has_evidence(EvidenceState(option), on)
        case "freshness":
            return _freshness(option, on)
        case _:
            return _availability(option, on)


def degree_at_least(rank: int) -> ColumnElement[bool]:
    """The highest completed degree has this rank or a higher one."""
    return _highest_degree() >= rank


def has_degree(code: str) -> ColumnElement[bool]:
    """A completed degree with this very code (specialists of health)."""
    return _has_education(Education.degree_code == code)


def studied(field_code: str) -> ColumnElement[bool]:
    """A completed degree in this field."""
    return _has_education(Education.field_code == field_code)


def lives_inside(viewer: Viewer, unit_path: str) -> ColumnElement[bool]:
    """Lives in the unit. Only people who may be named: of others no exact place may be found out."""
    return and_(named_condition(viewer), Person.residence_unit_path.startswith(unit_path, autoescape=True))


def comes_from(viewer: Viewer, unit_path: str) -> ColumnElement[bool]:
    """Has the origin in the unit; again only people who may be named."""
    inside = (
        select(AdministrativeUnit.id)
        .where(
            AdministrativeUnit.id == Person.origin_unit_id,
            AdministrativeUnit.path.startswith(unit_path, autoescape=True),
        )
        .correlate(Person)
        .exists()
    )
    return and_(named_condition(viewer), inside)


def named_like(viewer: Viewer, words: str) -> ColumnElement[bool]:
    """A name of the person holds the words, whatever the marks. Never true of people who may not be named."""
    folded = fold(words)
    if not folded:
        return true() if not words else Person.id < 0
    parts = [NAMES.c.folded_name.contains(part, autoescape=True) for part in folded.split(" ")]
    own = select(NAMES.c.id).where(*parts)
    others = select(PersonName.person_id).where(PersonName.folded_name.contains(folded, autoescape=True))
    return and_(Person.id.in_(union(own, others)), named_condition(viewer))


def worked_between(least: int | None, most: int | None, on: date) -> ColumnElement[bool]:
    """Whole years since the first dated post; where no post has a date, the years the person stated."""
    first = (
        select(func.min(Experience.from_on))
        .where(Experience.person_id == Person.id)
        .correlate(Person)
        .scalar_subquery()
    )
    dated: list[ColumnElement[bool]] = []
    stated: list[ColumnElement[bool]] = []
    if least:
        dated.append(first <= add_months(on, -12 * least))
        stated.append(Person.stated_years >= least)
    if most is not None:
        dated.append(first > add_months(on, -12 * (most + 1)))
        stated.append(Person.stated_years <= most)
    if not dated:
        return true()
    return or_(and_(first.is_not(None), *dated), and_(first.is_(None), *stated))


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


def _highest_degree() -> ColumnElement[int | None]:
    return (
        select(func.max(Education.degree_rank))
        .where(Education.person_id == Person.id, Education.is_completed.is_(True))
        .correlate(Person)
        .scalar_subquery()
    )


def _has_education(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    return (
        select(Education.id)
        .where(Education.person_id == Person.id, Education.is_completed.is_(True), condition)
        .correlate(Person)
        .exists()
    )


def _has_title(title: AcademicTitle, on: date) -> ColumnElement[bool]:
    return (
        select(ExpertFacet.id)
        .where(
            ExpertFacet.person_id == Person.id,
            ExpertFacet.academic_title == title,
            or_(ExpertFacet.valid_to.is_(None), ExpertFacet.valid_to >= on),
        )
        .correlate(Person)
        .exists()
    )


def _freshness(option: str, on: date) -> ColumnElement[bool]:
    """How long ago somebody confirmed that the record is still right."""
    if option == "never":
        return Person.confirmed_on.is_(None)
    if option == "older":
        return Person.confirmed_on < add_months(on, -12)
    months = {"months_6": 6, "months_12": 12}[option]
    return Person.confirmed_on >= add_months(on, -months)


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
    if option == AvailabilityState.NOT_AVAILABLE:
        matches = Availability.state == AvailabilityState.NOT_AVAILABLE
    else:
        is_free = or_(Availability.state == AvailabilityState.AVAILABLE, pause_is_over)
        months = {"now": 0, "months_3": 3, "months_6": 6}[option]
        matches = and_(is_free, Availability.from_on <= add_months(on, months))
    return current.where(matches).correlate(Person).exists()
