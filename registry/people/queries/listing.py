"""Lists of people for pages and commands, always behind the predicate."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from registry.accounts.rules import Viewer
from registry.consents.rules import PurposeCode
from registry.people.models import Person
from registry.people.queries.visible import people_for


def people_by_code(session: Session, viewer: Viewer, *, on: date) -> Sequence[Person]:
    """All visible people in the order of their codes, for commands."""
    return session.scalars(
        people_for(viewer, PurposeCode.REGISTRY, on=on).order_by(Person.code, Person.id)
    ).all()
