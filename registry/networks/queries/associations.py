"""Associations in sight, their terms, and who is in them on a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import Session, contains_eager

from registry.accounts.rules import Viewer
from registry.consents.rules import PurposeCode
from registry.networks.models import Association, AssociationMember, AssociationTerm
from registry.networks.queries.kept import of_organisation
from registry.networks.rules import Membership
from registry.organisations.models import Organisation
from registry.people.models import Person
from registry.people.queries import is_public_id, listed_condition, named_condition, visible_condition
from registry.web.paging import PAGE_SIZE, Page


@dataclass(frozen=True)
class AssociationLine:
    """An association with how many are in it on a day."""

    association: Association
    members: int


@dataclass(frozen=True)
class MemberLine:
    """A membership; `person` None: not in the registry, or (`is_stopped`) of a record that may not be told of just now."""

    member: AssociationMember
    person: Person | None

    @property
    def is_stopped(self) -> bool:
        """Whether there is a record that stands in no list: whoever writes the association may end its membership."""
        return self.person is None and self.member.person_id is not None


@dataclass(frozen=True)
class MembersOn:
    """Who is in on a day: how many, of those how many may not be shown, and one page of the others."""

    total: int
    hidden: int
    page: Page[MemberLine]


def in_force_on(on: date) -> ColumnElement[bool]:
    """Memberships that hold a day; both ends are inclusive."""
    member = AssociationMember
    return and_(member.starts <= on, or_(member.ends.is_(None), member.ends >= on))


def associations(session: Session, viewer: Viewer, *, on: date) -> list[AssociationLine]:
    """The associations in sight, each with its members on a day. One statement."""
    counted = (
        select(func.count(AssociationMember.id))
        .where(AssociationMember.association_id == Association.id, in_force_on(on))
        .correlate(Association)
        .scalar_subquery()
    )
    rows = session.execute(
        select(Association, counted)
        .join(Association.subject)
        .options(contains_eager(Association.subject))
        .where(of_organisation(viewer))
        .order_by(Organisation.sort_key, Association.id)
    )
    return [AssociationLine(one, members) for one, members in rows]


def association_of(session: Session, viewer: Viewer, public_id: str) -> Association | None:
    """One association in sight."""
    if not is_public_id(public_id):
        return None
    return session.scalar(
        select(Association)
        .join(Association.subject)
        .options(contains_eager(Association.subject))
        .where(Association.public_id == public_id, of_organisation(viewer))
    )


def association_at(session: Session, organisation: Organisation) -> Association | None:
    """The association an organisation is."""
    return session.scalar(select(Association).where(Association.organisation_id == organisation.id))


def terms_of(session: Session, association: Association) -> Sequence[AssociationTerm]:
    """Its terms, the first first."""
    return session.scalars(
        select(AssociationTerm)
        .where(AssociationTerm.association_id == association.id)
        .order_by(AssociationTerm.starts, AssociationTerm.id)
    ).all()


def term_in(session: Session, association: Association, public_id: str) -> AssociationTerm | None:
    """One of its terms."""
    return session.scalar(
        select(AssociationTerm).where(
            AssociationTerm.association_id == association.id, AssociationTerm.public_id == public_id
        )
    )


def memberships(session: Session, association: Association) -> list[Membership]:
    """The days of everybody who was ever in, for counting on any day. One statement."""
    member = AssociationMember
    rows = session.execute(select(member.starts, member.ends).where(member.association_id == association.id))
    return [Membership(starts, ends) for starts, ends in rows]


def member_in(
    session: Session, association: Association, public_id: str, people: Viewer, *, on: date
) -> MemberLine | None:
    """One of its memberships, for whoever writes the association: of nobody's record, or of one they may be shown or end."""
    member = AssociationMember
    row = session.execute(
        select(member, Person)
        .outerjoin(
            Person,
            and_(
                Person.id == member.person_id, and_(listed_condition(people, on=on), named_condition(people))
            ),
        )
        .where(
            member.association_id == association.id,
            member.public_id == public_id,
            or_(member.person_id.is_(None), Person.id.is_not(None), _may_be_ended(people, on)),
        )
    ).one_or_none()
    return None if row is None else MemberLine(*row)


def members_on(
    session: Session,
    association: Association,
    people: Viewer,
    number: int,
    *,
    day: date,
    today: date,
    to_write: bool,
) -> MembersOn:
    """Who is in on a day. `people` are the scopes on which the viewer may read records; three statements.

    A record is shown where a list of work may show it and its person may be named; the others count and are not told.
    Whoever is to write the association also gets the rows of stopped records, without the record.
    """
    member = AssociationMember
    chosen = (member.association_id == association.id, in_force_on(day))
    total = session.scalar(select(func.count()).select_from(member).where(*chosen)) or 0
    told_of: list[ColumnElement[bool]] = [member.person_id.is_(None), Person.id.is_not(None)]
    if to_write:
        told_of.append(_may_be_ended(people, today))
    shown = (
        select(member, Person)
        .outerjoin(
            Person,
            and_(
                Person.id == member.person_id,
                and_(listed_condition(people, on=today), named_condition(people)),
            ),
        )
        .where(*chosen, or_(*told_of))
    )
    told = session.scalar(select(func.count()).select_from(shown.subquery())) or 0
    number = max(1, min(number, -(-told // PAGE_SIZE) or 1))
    rows = session.execute(
        shown.order_by(Person.name_sort_key.is_(None), Person.name_sort_key, member.card, member.id)
        .limit(PAGE_SIZE)
        .offset((number - 1) * PAGE_SIZE)
    )
    lines = [MemberLine(one, person) for one, person in rows]
    return MembersOn(total, total - told, Page(lines, number, told))


def _may_be_ended(people: Viewer, on: date) -> ColumnElement[bool]:
    """Memberships of records the viewer may open and name, whether or not they stopped being looked for."""
    kept = and_(visible_condition(people, PurposeCode.REGISTRY, on=on), named_condition(people))
    return exists(
        select(Person.id).where(Person.id == AssociationMember.person_id, kept).correlate(AssociationMember)
    )


def register_of(session: Session, association: Association) -> Sequence[AssociationMember]:
    """Every membership for a file, by the day of joining."""
    member = AssociationMember
    return session.scalars(
        select(member)
        .where(member.association_id == association.id)
        .order_by(member.starts, member.card, member.id)
    ).all()


def is_member_on(session: Session, association: Association, person: Person, on: date) -> bool:
    """Whether somebody is in on a day or will have joined: nobody is in twice."""
    member = AssociationMember
    found = session.scalar(
        select(member.id)
        .where(
            member.association_id == association.id,
            member.person_id == person.id,
            or_(member.ends.is_(None), member.ends >= on),
        )
        .limit(1)
    )
    return found is not None
