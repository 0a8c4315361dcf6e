"""Evidence that waits for somebody to check it, among the people who stand in lists of the viewer's."""

from datetime import date

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session, selectinload

from registry.accounts.rules import Viewer
from registry.consents.rules import PurposeCode
from registry.people.models import Evidence, Person
from registry.people.queries.visible import (
    is_public_id,
    listed_condition,
    named_condition,
    visible_condition,
)
from registry.web.paging import PAGE_SIZE, Page


def waiting_evidence(session: Session, viewer: Viewer, number: int, *, on: date) -> Page[Evidence]:
    """One page of unchecked evidence, oldest first, each with its person and links; anonymous people last."""
    query = (
        select(Evidence)
        .join(Person, Person.id == Evidence.person_id)
        .where(listed_condition(viewer, on=on), Evidence.result.is_(None))
    )
    total = session.scalar(select(func.count()).select_from(query.subquery())) or 0
    rows = session.scalars(
        query.options(selectinload(Evidence.links), selectinload(Evidence.person))
        .order_by(case((named_condition(viewer), 0), else_=1), Evidence.created_at, Evidence.id)
        .offset((number - 1) * PAGE_SIZE)
        .limit(PAGE_SIZE)
    ).all()
    return Page(rows, number, total)


def get_evidence(session: Session, viewer: Viewer, public_id: str, *, on: date) -> Evidence | None:
    """One piece of evidence of a person the viewer may see, checked or not."""
    if not is_public_id(public_id):
        return None
    return session.scalar(
        select(Evidence)
        .join(Person, Person.id == Evidence.person_id)
        .where(visible_condition(viewer, PurposeCode.REGISTRY, on=on), Evidence.public_id == public_id)
        .options(selectinload(Evidence.links), selectinload(Evidence.person))
    )
