"""Lists of people for pages and commands, always behind the predicate."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.accounts.rules import Viewer
from registry.people.models import Person
from registry.people.queries.visible import listed_condition


def people_by_code(session: Session, viewer: Viewer, *, on: date) -> Sequence[Person]:
    """Everybody who stands in lists, in the order of their codes, for commands."""
    return session.scalars(
        select(Person).where(listed_condition(viewer, on=on)).order_by(Person.code, Person.id)
    ).all()
