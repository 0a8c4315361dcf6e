"""Visiting experts in the viewer's scopes."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session, joinedload

from registry.accounts.rules import Viewer
from registry.networks.models import ExpertVisit
from registry.networks.queries.kept import in_scope, one_of
from registry.networks.rules import VisitKind
from registry.people.models import Person
from registry.people.queries import listed_condition, named_condition
from registry.web.paging import PAGE_SIZE, Page


class VisitLine(NamedTuple):
    """A visit with its person, where the viewer may be shown who it is."""

    visit: ExpertVisit
    person: Person | None


def visits(
    session: Session,
    viewer: Viewer,
    people: Viewer,
    number: int,
    *,
    on: date,
    kind: VisitKind | None = None,
    year: int | None = None,
) -> Page[VisitLine]:
    """One page of visits, the newest first. `people` are the scopes on which the viewer may read records. Two statements.

    A person stands beside a visit only where a list of work may show the record and its person may be named.
    """
    chosen = _chosen(viewer, kind, year)
    total = session.scalar(select(func.count()).select_from(ExpertVisit).where(*chosen)) or 0
    shown = and_(listed_condition(people, on=on), named_condition(people))
    rows = session.execute(
        select(ExpertVisit, Person)
        .outerjoin(Person, and_(Person.id == ExpertVisit.person_id, shown))
        .options(joinedload(ExpertVisit.host))
        .where(*chosen)
        .order_by(ExpertVisit.starts.desc(), ExpertVisit.id.desc())
        .limit(PAGE_SIZE)
        .offset((number - 1) * PAGE_SIZE)
    )
    return Page([VisitLine(visit, person) for visit, person in rows], number, total)


def countries_of(
    session: Session, viewer: Viewer, *, kind: VisitKind | None = None, year: int | None = None
) -> Sequence[str | None]:
    """The country of each visit of the same list; None: not recorded."""
    return session.scalars(select(ExpertVisit.country).where(*_chosen(viewer, kind, year))).all()


def years_of(session: Session, viewer: Viewer) -> list[int]:
    """The years in which visits began, the newest first."""
    found = session.scalars(select(ExpertVisit.starts).where(in_scope(viewer, ExpertVisit)).distinct())
    return sorted({one.year for one in found}, reverse=True)


def _chosen(viewer: Viewer, kind: VisitKind | None, year: int | None) -> list[ColumnElement[bool]]:
    found = [in_scope(viewer, ExpertVisit)]
    if kind is not None:
        found.append(ExpertVisit.kind == kind)
    if year is not None:
        found.append(ExpertVisit.starts.between(date(year, 1, 1), date(year, 12, 31)))
    return found


def visit_of(session: Session, viewer: Viewer, public_id: str) -> ExpertVisit | None:
    """One visit in sight."""
    return one_of(session, viewer, ExpertVisit, public_id)
