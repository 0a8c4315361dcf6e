"""What changed since a mark, by the counter of changes: in the order of commits, of each record the last change alone."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import and_, case, func, literal, or_, select
from sqlalchemy.orm import Session

from registry.accounts.queries import scope_condition
from registry.accounts.rules import Viewer
from registry.consents.rules import PurposeCode
from registry.needs.models import Need, NeedChange
from registry.needs.queries import in_scope
from registry.needs.rules import NeedState
from registry.people.models import Person, PersonChange
from registry.people.queries import reached, visible_condition
from registry.people.rules import PersonState


class Mark(NamedTuple):
    """Up to where somebody has read: the number of a change, and the last id of it ("~": all of it)."""

    n: int
    public_id: str


class Changed(NamedTuple):
    """One person, or one need with its state, and whether the viewer may see it."""

    n: int
    public_id: str
    is_visible: bool
    is_need: bool = False
    state: NeedState | None = None


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
    session: Session, viewer: Viewer, mark: Mark, *, limit: int, on: date, with_needs: bool
) -> tuple[Sequence[Changed], bool]:
    """The next changes within the place of the viewer, and whether more follow; those of needs where they are asked for."""
    found = _people(session, viewer, mark, limit=limit + 1, on=on)
    if with_needs:
        found = sorted([*found, *_needs(session, viewer, mark, limit=limit + 1)])
    return found[:limit], len(found) > limit


def _people(session: Session, viewer: Viewer, mark: Mark, *, limit: int, on: date) -> list[Changed]:
    """Who lies within but may not be seen is told as gone, by the opaque id alone. Records do not move from one place to
    another, so that nobody leaves the place of the viewer unseen.
    """
    visible = visible_condition(viewer, PurposeCode.MATCHING, on=on)
    rows = session.execute(
        select(PersonChange.n, Person.public_id, case((visible, True), else_=False))
        .join(Person, Person.id == PersonChange.id)
        .where(
            _after(mark, PersonChange.n, Person.public_id),
            scope_condition(viewer, Person.unit_path, Person.organisation_path),
            Person.state.not_in(_NEVER_SHOWN),
        )
        .order_by(PersonChange.n, Person.public_id)
        .limit(limit)
    )
    return [Changed(*row) for row in rows]


def _needs(session: Session, viewer: Viewer, mark: Mark, *, limit: int) -> list[Changed]:
    """The needs that changed at a place of the viewer; one that was taken back or moved elsewhere is told as gone."""
    told = (
        select(NeedChange.public_id, func.max(NeedChange.n).label("n"))
        .where(scope_condition(viewer, NeedChange.unit_path, NeedChange.organisation_path))
        .group_by(NeedChange.public_id)
        .subquery()
    )
    here = and_(Need.public_id == told.c.public_id, in_scope(viewer))
    rows = session.execute(
        select(
            told.c.n,
            told.c.public_id,
            case((Need.id.is_not(None), True), else_=False),
            literal(value=True),
            Need.state,
        )
        .outerjoin(Need, here)
        .where(_after(mark, told.c.n, told.c.public_id))
        .order_by(told.c.n, told.c.public_id)
        .limit(limit)
    )
    return [Changed(*row) for row in rows]


def _after(mark: Mark, n: Any, public_id: Any) -> Any:
    if mark.public_id == EVERYBODY:
        return n > mark.n
    return or_(n > mark.n, and_(n == mark.n, public_id > mark.public_id))
