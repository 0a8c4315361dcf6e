"""Who changed since a mark, by the counter of changes: in the order of commits, of each person the last change alone."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import and_, case, or_, select
from sqlalchemy.orm import Session

from registry.accounts.queries import scope_condition
from registry.accounts.rules import Viewer
from registry.consents.rules import PurposeCode
from registry.people.models import Person, PersonChange
from registry.people.queries import reached, visible_condition
from registry.people.rules import PersonState


class Mark(NamedTuple):
    """Up to where somebody has read: the number of a change, and the last id of it ("~": all of it)."""

    n: int
    public_id: str


class Changed(NamedTuple):
    """One person, and whether the viewer may see them."""

    n: int
    public_id: str
    is_visible: bool


EVERYBODY = "~"
"""Comes after every public id."""

# Who was never in use cannot have gone; a draft is nobody's business outside its office.
_NEVER_SHOWN = (PersonState.DRAFT, PersonState.PENDING, PersonState.INCOMPLETE)


def mark_of_now(session: Session) -> Mark:
    """The mark after everything that this transaction sees."""
    return Mark(reached(session).n, EVERYBODY)


def is_followable(session: Session, mark: Mark) -> bool:
    """Whether all that changed after the mark can be named; not after a change of everybody, nor for a foreign mark."""
    now = reached(session)
    return now.told_from <= mark.n <= now.n


def changes_after(
    session: Session, viewer: Viewer, mark: Mark, *, limit: int, on: date
) -> tuple[Sequence[Changed], bool]:
    """The next changes within the place of the viewer, and whether more follow.

    Who lies within but may not be seen is told as gone, by the opaque id alone. Records do not move from one place to
    another, so that nobody leaves the place of the viewer unseen.
    """
    visible = visible_condition(viewer, PurposeCode.MATCHING, on=on)
    after: Any = PersonChange.n > mark.n
    if mark.public_id != EVERYBODY:
        after = or_(after, and_(PersonChange.n == mark.n, Person.public_id > mark.public_id))
    rows = session.execute(
        select(PersonChange.n, Person.public_id, case((visible, True), else_=False))
        .join(Person, Person.id == PersonChange.id)
        .where(
            after,
            scope_condition(viewer, Person.unit_path, Person.organisation_path),
            Person.state.not_in(_NEVER_SHOWN),
        )
        .order_by(PersonChange.n, Person.public_id)
        .limit(limit + 1)
    ).all()
    return [Changed(*row) for row in rows[:limit]], len(rows) > limit
