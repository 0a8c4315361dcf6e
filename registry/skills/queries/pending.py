"""Texts that named no concept."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from registry.skills.models import PendingTerm
from registry.skills.rules import PendingState


def pending_count(session: Session) -> int:
    """How many texts wait for somebody to say what they mean."""
    waiting = select(func.count()).select_from(PendingTerm).where(PendingTerm.state == PendingState.WAITING)
    return session.scalar(waiting) or 0


def term_named(session: Session, public_id: str) -> PendingTerm | None:
    """The kept text with this public id; None for anything that cannot be one."""
    if not public_id.isalnum():
        return None
    return session.scalar(select(PendingTerm).where(PendingTerm.public_id == public_id))


def pending_list(session: Session, *, offset: int, limit: int) -> tuple[Sequence[PendingTerm], int]:
    """One page of the waiting terms, the most frequent first, and how many wait."""
    terms = session.scalars(
        select(PendingTerm)
        .where(PendingTerm.state == PendingState.WAITING)
        .order_by(PendingTerm.count.desc(), PendingTerm.id)
        .options(selectinload(PendingTerm.sightings))
        .offset(offset)
        .limit(limit)
    ).all()
    return terms, pending_count(session)
