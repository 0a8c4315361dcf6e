"""What curators changed: the last one of an account, one by its id, the history."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session, joinedload

from registry.accounts.models import Account
from registry.skills.models import PendingTerm, Skill, SkillChange, SkillPlacement
from registry.skills.rules import ChangeState

_WHOLE = (joinedload(SkillChange.skill), joinedload(SkillChange.other), joinedload(SkillChange.job))


def change_named(session: Session, public_id: str) -> SkillChange | None:
    """The change with this public id; None for anything that cannot be one."""
    if not public_id.isalnum():
        return None
    return session.scalar(select(SkillChange).where(SkillChange.public_id == public_id).options(*_WHOLE))


def last_change(session: Session, account_id: int, since: datetime) -> SkillChange | None:
    """The newest change of an account that stands, if it was made since then."""
    return session.scalars(
        select(SkillChange)
        .where(SkillChange.by == account_id, SkillChange.at >= since)
        .where(SkillChange.state == ChangeState.DONE)
        .order_by(SkillChange.id.desc())
        .limit(1)
        .options(*_WHOLE)
    ).one_or_none()


def history(
    session: Session, *, skill: Skill | None = None, offset: int, limit: int
) -> tuple[Sequence[SkillChange], int]:
    """One page of the changes, the newest first, and how many there are; of one concept when it is given."""
    wanted = select(SkillChange)
    if skill is not None:
        wanted = wanted.where(or_(SkillChange.skill_id == skill.id, SkillChange.other_id == skill.id))
    total = session.scalar(select(func.count()).select_from(wanted.subquery())) or 0
    rows = session.scalars(
        wanted.order_by(SkillChange.id.desc()).offset(offset).limit(limit).options(*_WHOLE)
    ).all()
    return rows, total


def who_changed(session: Session, changes: Sequence[SkillChange]) -> dict[int, str]:
    """Account id → name, of those who made or undid these changes."""
    ids = {one for change in changes for one in (change.by, change.undone_by) if one is not None}
    rows = session.execute(select(Account.id, Account.display_name).where(Account.id.in_(sorted(ids))))
    return dict(iter(rows))


def term_texts(session: Session, changes: Sequence[SkillChange]) -> dict[int, str]:
    """Pending term id → text, of the terms these changes decided about."""
    ids = {change.pending_term_id for change in changes if change.pending_term_id is not None}
    rows = session.execute(select(PendingTerm.id, PendingTerm.text).where(PendingTerm.id.in_(sorted(ids))))
    return dict(iter(rows))


def placements(
    session: Session, change: SkillChange, place: str, *, limit: int, after: int = 0
) -> Sequence[SkillPlacement]:
    """Some records of one kind that the change moved, in their order."""
    return session.scalars(
        select(SkillPlacement)
        .where(
            SkillPlacement.change_id == change.id,
            SkillPlacement.place == place,
            SkillPlacement.id > after,
        )
        .order_by(SkillPlacement.id)
        .limit(limit)
    ).all()


def moved_rows(change_id: int, place: str) -> Select[int]:
    """The numbers of the records of one kind that a change moved and has not given back."""
    return select(SkillPlacement.row_id).where(
        SkillPlacement.change_id == change_id, SkillPlacement.place == place
    )


def placement_count(session: Session, change: SkillChange) -> int:
    """How many records the change moved and has not given back."""
    counting = select(func.count()).select_from(SkillPlacement).where(SkillPlacement.change_id == change.id)
    return session.scalar(counting) or 0
