"""Pages of people for other systems: the predicate of every list, the cards of the screens, the order of the ids."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.accounts.rules import Viewer
from registry.consents.rules import PurposeCode
from registry.people.models import Person
from registry.people.queries import (
    PersonCard,
    PersonShown,
    is_public_id,
    person_cards,
    shown_columns,
    visible_condition,
    with_changes,
)


def people_page(
    session: Session, viewer: Viewer, *, after: str, limit: int, on: date
) -> tuple[Sequence[PersonCard], bool]:
    """The next people after an id whom the viewer may match, and whether more follow."""
    asked: Any = _visible(viewer, on).where(Person.public_id > after).order_by(Person.public_id)
    rows = session.execute(asked.limit(limit + 1)).all()
    people = [PersonShown._make(row) for row in rows[:limit]]
    return person_cards(session, people, on=on), len(rows) > limit


def person_by_id(session: Session, viewer: Viewer, public_id: str, *, on: date) -> PersonCard | None:
    """One of them: who stands in no list is not opened by the id either."""
    if not is_public_id(public_id):
        return None
    row = session.execute(_visible(viewer, on).where(Person.public_id == public_id)).one_or_none()
    return None if row is None else person_cards(session, [PersonShown._make(row)], on=on)[0]


def _visible(viewer: Viewer, on: date) -> Any:
    condition = visible_condition(viewer, PurposeCode.MATCHING, on=on)
    return with_changes(select(*shown_columns()).select_from(Person)).where(condition)
