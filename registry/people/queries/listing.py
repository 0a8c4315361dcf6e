"""Counts and lists of people for pages and commands, always behind the predicate."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from registry.accounts.rules import Viewer
from registry.consents.rules import PurposeCode
from registry.people.models import Person
from registry.people.queries.visible import people_for, visible_condition


def visible_count(session: Session, viewer: Viewer, *, on: date) -> int:
    """How many records the viewer may see at all."""
    found = (
        select(func.count()).select_from(Person).where(visible_condition(viewer, PurposeCode.REGISTRY, on=on))
    )
    return session.scalar(found) or 0


def people_by_code(session: Session, viewer: Viewer, *, on: date) -> Sequence[Person]:
    """All visible people in the order of their codes, for commands."""
    return session.scalars(
        people_for(viewer, PurposeCode.REGISTRY, on=on).order_by(Person.code, Person.id)
    ).all()
