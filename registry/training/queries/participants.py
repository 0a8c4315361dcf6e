"""Who took part in a session, and what one person took part in. Reads only."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from registry.accounts.rules import Viewer
from registry.consents.rules import PurposeCode
from registry.people.models import Person
from registry.people.queries import is_public_id
from registry.people.queries.visible import visible_condition
from registry.training.models import Participation, SessionLecturer, TrainingSession
from registry.training.queries.scopes import in_scope
from registry.web.paging import Page

LISTED = 50


def participants_page(session: Session, held: TrainingSession, page: int) -> Page[Participation]:
    """One page of a session's list: people of the registry first, in the order of their names."""
    mine = Participation.session_id == held.id
    total = session.scalar(select(func.count(Participation.id)).where(mine)) or 0
    rows = session.scalars(
        select(Participation)
        .outerjoin(Person, Person.id == Participation.person_id)
        .where(mine)
        .options(joinedload(Participation.person), joinedload(Participation.sent_by))
        .order_by(Participation.person_id.is_(None), Person.code, Participation.id)
        .limit(LISTED)
        .offset((page - 1) * LISTED)
    ).all()
    return Page(rows, page, total, LISTED)


def ids_visible(
    session: Session, viewer: Viewer, rows: Sequence[Participation | SessionLecturer], *, on: date
) -> set[int]:
    """Of the people in these rows those whose record the viewer may open, by row id. One statement."""
    ids = sorted({one.person_id for one in rows if one.person_id is not None})
    if not ids:
        return set()
    visible = visible_condition(viewer, PurposeCode.REGISTRY, on=on)
    return set(session.scalars(select(Person.id).where(Person.id.in_(ids), visible)))


def participation_of(session: Session, held: TrainingSession, public_id: str) -> Participation | None:
    """One participation of a session."""
    if not is_public_id(public_id):
        return None
    return session.scalar(
        select(Participation)
        .where(Participation.session_id == held.id, Participation.public_id == public_id)
        .options(joinedload(Participation.person), selectinload(Participation.credits))
    )


def participations_of(
    session: Session, held: TrainingSession, public_ids: Sequence[str]
) -> Sequence[Participation]:
    """Several of them, in a fixed order."""
    wanted = [one for one in public_ids if is_public_id(one)]
    return session.scalars(
        select(Participation)
        .where(Participation.session_id == held.id, Participation.public_id.in_(wanted))
        .options(joinedload(Participation.person), selectinload(Participation.credits))
        .order_by(Participation.id)
    ).all()


def taken_by(session: Session, person: Person, viewer: Viewer | None = None) -> Sequence[Participation]:
    """What a person took part in, the newest first: all of it for themselves, the viewer's scopes for an office."""
    begins: Any = func.coalesce(TrainingSession.actual_start, TrainingSession.planned_start)
    wanted = (
        select(Participation)
        .join(TrainingSession, TrainingSession.id == Participation.session_id)
        .where(Participation.person_id == person.id)
        .options(
            joinedload(Participation.session).joinedload(TrainingSession.course),
            joinedload(Participation.session).joinedload(TrainingSession.organisation),
            selectinload(Participation.credits),
        )
        .order_by(begins.desc().nulls_last(), Participation.id.desc())
    )
    if viewer is not None:
        wanted = wanted.where(in_scope(viewer, Participation))
    return session.scalars(wanted).all()
