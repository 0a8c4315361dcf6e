"""People from here who live elsewhere and said so themselves (PE-11, PE-12, HP2), and when they were last spoken to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select
from sqlalchemy.orm import Session, joinedload

from registry.accounts.queries import scope_condition
from registry.accounts.rules import Viewer
from registry.campaigns.models import Campaign, CampaignMember, OutreachAttempt
from registry.consents.rules import PurposeCode
from registry.networks.models import OriginNote, OriginOutreach
from registry.networks.rules import OriginKind
from registry.people.models import Affinity, CadreFacet, Education, ExpertFacet, Person
from registry.people.queries import is_public_id, named_condition, people_for
from registry.people.rules import AffinityKind, ExpertKind
from registry.web.paging import PAGE_SIZE, Page

_UNIVERSITY, _DOCTOR = 4, 6
_HERE = "VN"


@dataclass(frozen=True)
class LastSpoken:
    """The last attempt: when, and when the next one is due."""

    on: date
    next_on: date | None


def people_from(viewer: Viewer, unit_path: str, *, on: date) -> Select[Person]:
    """Who told of an origin in a place and lives elsewhere or abroad. Nobody else: an origin that was only recorded is not told.

    Only people who may be chosen for work and may be named: of others no place may be found out. Whose residence nobody
    recorded is not known to live elsewhere.
    """
    return people_for(viewer, PurposeCode.MATCHING, on=on).where(
        named_condition(viewer), _told_of(unit_path, on), _lives_elsewhere(unit_path)
    )


def without_residence(session: Session, viewer: Viewer, unit_path: str, *, on: date) -> int:
    """How many told of the origin, but nobody recorded where they live."""
    unknown = and_(Person.residence_unit_path == "", Person.residence_country.is_(None))
    found = people_for(viewer, PurposeCode.MATCHING, on=on).where(
        named_condition(viewer), _told_of(unit_path, on), unknown
    )
    counted = select(func.count()).select_from(found.with_only_columns(Person.id).subquery())
    return session.scalar(counted) or 0


def origin_page(
    session: Session,
    viewer: Viewer,
    unit_path: str,
    number: int,
    *,
    on: date,
    kind: OriginKind | None = None,
    is_abroad: bool | None = None,
) -> Page[Person]:
    """One page of them by name. Two statements."""
    chosen = people_from(viewer, unit_path, on=on)
    if kind is not None:
        chosen = chosen.where(of_kind(kind, on))
    if is_abroad is not None:
        chosen = chosen.where(_abroad() if is_abroad else ~_abroad())
    total = session.scalar(select(func.count()).select_from(chosen.with_only_columns(Person.id).subquery()))
    rows = session.scalars(
        chosen.order_by(Person.name_sort_key, Person.id).limit(PAGE_SIZE).offset((number - 1) * PAGE_SIZE)
    ).all()
    return Page(rows, number, total or 0)


def kind_counts(
    session: Session, viewer: Viewer, unit_path: str, *, on: date
) -> dict[OriginKind | None, int]:
    """How many of each kind; None: of none that is known. Somebody of two kinds counts in both. One statement."""
    conditions = {kind: of_kind(kind, on) for kind in OriginKind}
    nobody = ~or_(false(), *conditions.values())
    ids = people_from(viewer, unit_path, on=on).with_only_columns(Person.id).subquery()
    sums = [func.count().filter(one) for one in (*conditions.values(), nobody)]
    row = session.execute(select(*sums).select_from(Person).join(ids, ids.c.id == Person.id)).one()
    return dict(zip([*OriginKind, None], map(int, row), strict=True))


def kinds_of(session: Session, people: Sequence[Person], *, on: date) -> dict[int, list[OriginKind]]:
    """{row id: the kinds the person is of, from the record or noted}. One statement."""
    ids = [one.id for one in people]
    columns = [of_kind(kind, on) for kind in OriginKind]
    rows = session.execute(select(Person.id, *columns).where(Person.id.in_(ids)))
    return {row[0]: [kind for kind, is_of in zip(OriginKind, row[1:], strict=True) if is_of] for row in rows}


def noted_kinds(session: Session, person: Person) -> list[OriginKind]:
    """What officers noted of somebody."""
    return list(
        session.scalars(
            select(OriginNote.kind).where(OriginNote.person_id == person.id).order_by(OriginNote.kind)
        )
    )


def from_record(session: Session, person: Person, *, on: date) -> list[OriginKind]:
    """The kinds the record itself tells."""
    kinds = [kind for kind in OriginKind if kind is not OriginKind.ENTREPRENEUR]
    row = session.execute(select(*(_recorded(one, on) for one in kinds)).where(Person.id == person.id)).one()
    return [kind for kind, is_of in zip(kinds, row, strict=True) if is_of]


def of_kind(kind: OriginKind, on: date) -> ColumnElement[bool]:
    """Of the kind by the record, or because an officer noted it."""
    noted = (
        select(OriginNote.id)
        .where(OriginNote.person_id == Person.id, OriginNote.kind == kind)
        .correlate(Person)
        .exists()
    )
    return or_(noted, _recorded(kind, on))


def _recorded(kind: OriginKind, on: date) -> ColumnElement[bool]:
    """What the record tells: a university degree, a doctorate or title, an office. Of business it tells nothing."""
    if kind is OriginKind.INTELLECTUAL:
        return _has_degree(_UNIVERSITY)
    if kind is OriginKind.SCIENTIST:
        return or_(_has_degree(_DOCTOR), _is_scientist(on))
    if kind is OriginKind.MANAGER:
        return _holds_office(on)
    return false()


def _has_degree(least: int) -> ColumnElement[bool]:
    return (
        select(Education.id)
        .where(
            Education.person_id == Person.id,
            Education.is_completed.is_(True),
            Education.degree_rank >= least,
        )
        .correlate(Person)
        .exists()
    )


def _is_scientist(on: date) -> ColumnElement[bool]:
    facet = ExpertFacet
    return (
        select(facet.id)
        .where(
            facet.person_id == Person.id,
            or_(facet.kind == ExpertKind.YOUNG_SCIENTIST, facet.academic_title.is_not(None)),
            or_(facet.valid_to.is_(None), facet.valid_to >= on),
        )
        .correlate(Person)
        .exists()
    )


def _holds_office(on: date) -> ColumnElement[bool]:
    facet = CadreFacet
    return (
        select(facet.id)
        .where(
            facet.person_id == Person.id,
            facet.office != "",
            or_(facet.valid_to.is_(None), facet.valid_to >= on),
        )
        .correlate(Person)
        .exists()
    )


def _told_of(unit_path: str, on: date) -> ColumnElement[bool]:
    tie = Affinity
    return (
        select(tie.id)
        .where(
            tie.person_id == Person.id,
            tie.kind == AffinityKind.ORIGIN,
            tie.unit_path.startswith(unit_path, autoescape=True),
            tie.unit_path != "",
            or_(tie.to_on.is_(None), tie.to_on >= on),
        )
        .correlate(Person)
        .exists()
    )


def _abroad() -> ColumnElement[bool]:
    return and_(Person.residence_country.is_not(None), Person.residence_country != _HERE)


def _lives_elsewhere(unit_path: str) -> ColumnElement[bool]:
    inside = Person.residence_unit_path.startswith(unit_path, autoescape=True)
    return or_(_abroad(), and_(Person.residence_unit_path != "", ~inside))


def person_from(
    session: Session, viewer: Viewer, paths: Sequence[str], public_id: str, *, on: date
) -> Person | None:
    """One of them by the opaque id, from any of the places."""
    if not is_public_id(public_id):
        return None
    for path in paths:
        found = session.scalar(people_from(viewer, path, on=on).where(Person.public_id == public_id))
        if found is not None:
            return found
    return None


def last_spoken(session: Session, people: Sequence[Person]) -> Mapping[int, LastSpoken]:
    """{row id: the last attempt}, outside campaigns or within one. Two statements."""
    ids = [one.id for one in people]
    own = select(OriginOutreach.person_id, OriginOutreach.on, OriginOutreach.next_on).where(
        OriginOutreach.person_id.in_(ids)
    )
    within = (
        select(CampaignMember.person_id, OutreachAttempt.on, OutreachAttempt.next_on)
        .join(CampaignMember, CampaignMember.id == OutreachAttempt.member_id)
        .where(CampaignMember.person_id.in_(ids))
    )
    found: dict[int, LastSpoken] = {}
    for statement in (own, within):
        for person_id, on, next_on in session.execute(statement):
            if person_id not in found or found[person_id].on < on:
                found[person_id] = LastSpoken(on, next_on)
    return found


def attempts_of(session: Session, person: Person) -> Sequence[OriginOutreach]:
    """What was said outside campaigns, the newest first."""
    return session.scalars(
        select(OriginOutreach)
        .where(OriginOutreach.person_id == person.id)
        .order_by(OriginOutreach.on.desc(), OriginOutreach.id.desc())
    ).all()


def campaign_attempts_of(
    session: Session, person: Person, campaigns: ColumnElement[bool]
) -> Sequence[OutreachAttempt]:
    """What was said within campaigns the reader may open, the newest first."""
    return session.scalars(
        select(OutreachAttempt)
        .join(OutreachAttempt.member)
        .join(CampaignMember.campaign)
        .where(CampaignMember.person_id == person.id, campaigns)
        .options(joinedload(OutreachAttempt.member).joinedload(CampaignMember.campaign))
        .order_by(OutreachAttempt.on.desc(), OutreachAttempt.id.desc())
    ).all()


def readable_campaigns(viewer: Viewer) -> ColumnElement[bool]:
    """Campaigns in the viewer's scopes."""
    return scope_condition(viewer, Campaign.unit_path, Campaign.organisation_path)
