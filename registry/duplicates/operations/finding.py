"""Keeping the pairs that were found: new ones open, decided ones as they were decided. Flushes, never commits."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from registry.db import new_public_id
from registry.duplicates.queries import Found, found_among
from registry.duplicates.rules import strength_of
from registry.people.models import DuplicatePair, DuplicateWaiting
from registry.people.rules import PairState

_AT_ONCE = 200


def take_waiting(session: Session, limit: int) -> list[int]:
    """Take people off the list of those who wait; row ids.

    The rows are removed before anything of these people is read: whoever writes meanwhile puts them back.
    """
    wanted = select(DuplicateWaiting.id).order_by(DuplicateWaiting.id).limit(limit)
    taken = delete(DuplicateWaiting).where(DuplicateWaiting.id.in_(wanted))
    return sorted(session.scalars(taken.returning(DuplicateWaiting.person_id)))


def compare_people(session: Session, ids: Collection[int], *, at: datetime, on: date) -> int:
    """Compare these people with everybody; how many pairs they are in. Open pairs that no longer hold go."""
    found = found_among(session, ids, on=on)
    keep_found(session, found, at=at)
    among = or_(DuplicatePair.first_id.in_(ids), DuplicatePair.second_id.in_(ids))
    forget_unseen(session, at, among)
    return len(found)


def keep_found(session: Session, found: Found, *, at: datetime) -> None:
    """Write pairs down. One that was decided keeps its decision; its reasons are brought up to date."""
    pairs = sorted(found)
    for start in range(0, len(pairs), _AT_ONCE):
        rows = [
            {
                "public_id": new_public_id(),
                "first_id": one,
                "second_id": other,
                "reasons": int(found[one, other]),
                "strength": strength_of(found[one, other]),
                "state": PairState.OPEN,
                "found_at": at,
                "seen_at": at,
                "decided_reasons": 0,
            }
            for one, other in pairs[start : start + _AT_ONCE]
        ]
        session.execute(_upsert(session.get_bind().dialect.name), rows)
    session.expire_all()


def forget_unseen(session: Session, at: datetime, *among: Any) -> None:
    """Forget open pairs that were not found again at this moment."""
    session.execute(
        delete(DuplicatePair).where(DuplicatePair.state == PairState.OPEN, DuplicatePair.seen_at < at, *among)
    )


def _upsert(dialect: str) -> Any:
    table: Any = DuplicatePair.__table__
    made = (sqlite if dialect == "sqlite" else postgresql).insert(table)
    fresh = {name: made.excluded[name] for name in ("reasons", "strength", "seen_at")}
    return made.on_conflict_do_update(index_elements=["first_id", "second_id"], set_=fresh)


def reopen_pair(session: Session, one: int, other: int) -> None:
    """Ask again about two people, since what was decided about them was taken back."""
    first, second = min(one, other), max(one, other)
    session.execute(
        update(DuplicatePair)
        .where(DuplicatePair.first_id == first, DuplicatePair.second_id == second)
        .values(state=PairState.OPEN, decided_at=None, decided_by_id=None, decided_reasons=0)
    )
