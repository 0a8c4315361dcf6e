"""Wanted skills follow the vocabulary. What is asked for stays the same words, so an approval stands."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, false, func, or_, select
from sqlalchemy.orm import Session, joinedload

from registry.accounts.rules import Permission, Viewer
from registry.audit.operations import record
from registry.needs.models import Need, NeedSkill
from registry.needs.queries import in_scope
from registry.needs.rules import NeedState
from registry.skills.models import Skill
from registry.skills.queries import Acting, HeldText, Move, Owner, Owners, Touched, Wanted, moved_rows
from registry.skills.rules.placing import Standing

PLACE = "needs"
"""What this kind of records is called where the vocabulary keeps what was moved."""

SHOWN = 5
"""So many codes are named as examples."""

LISTED = 20
"""So many are listed where it is asked which they are."""

# What is over keeps what it asked for.
_OVER = (NeedState.FILLED, NeedState.CANCELLED, NeedState.REJECTED)


def need_counts(
    session: Session, viewer: Viewer, concepts: Mapping[int, int], _on: date
) -> Mapping[int, int]:
    """How many needs the viewer may see ask for each concept; `concepts` says what a merged one counts for."""
    counted: Any = func.coalesce(Skill.merged_into_id, Skill.id)
    rows = session.execute(
        select(counted, func.count(NeedSkill.need_id.distinct()))
        .select_from(NeedSkill)
        .join(Skill, Skill.id == NeedSkill.skill_id)
        .join(Need, Need.id == NeedSkill.need_id)
        .where(
            NeedSkill.skill_id.in_(sorted(concepts)),
            Need.state.not_in(_OVER),
            in_scope(viewer.limited_to(Permission.NEEDS_READ)),
        )
        .group_by(counted)
    )
    return dict(iter(rows))


def needs_touched(session: Session, viewer: Viewer, wanted: Wanted, _on: date) -> Touched:
    """How many needs hold what is asked for, and the codes of a few that the viewer may see."""
    held = select(NeedSkill.need_id).join(Need, Need.id == NeedSkill.need_id).where(_condition(wanted))
    total = session.scalar(select(func.count()).select_from(held.distinct().subquery())) or 0
    codes = session.scalars(
        select(Need.code)
        .where(Need.id.in_(held), in_scope(viewer.limited_to(Permission.NEEDS_READ)))
        .order_by(Need.code)
        .limit(SHOWN)
    )
    return Touched(total, list(codes))


def need_owners(session: Session, viewer: Viewer, wanted: Wanted, _on: date) -> Owners:
    """The needs that hold what is asked for: how many, and the first of those that the viewer may see."""
    held = select(NeedSkill.need_id).join(Need, Need.id == NeedSkill.need_id).where(_condition(wanted))
    total = session.scalar(select(func.count()).select_from(held.distinct().subquery())) or 0
    seen = and_(Need.id.in_(held), in_scope(viewer.limited_to(Permission.NEEDS_READ)))
    rows = session.execute(
        select(Need.public_id, Need.title, Need.code).where(seen).order_by(Need.code).limit(LISTED)
    )
    counted = session.scalar(select(func.count(Need.id)).where(seen)) or 0
    return Owners(total, counted, [Owner(*row) for row in rows])


def held_skill_count(session: Session, wanted: Wanted) -> int:
    """How many wanted skills are asked for."""
    counting = select(func.count()).select_from(NeedSkill).join(Need, Need.id == NeedSkill.need_id)
    return session.scalar(counting.where(_condition(wanted))) or 0


def held_skills(session: Session, wanted: Wanted, after: int, limit: int) -> Sequence[HeldText]:
    """Some wanted skills in the order of their numbers, each with what is wanted beside it."""
    rows = session.scalars(
        select(NeedSkill)
        .join(Need, Need.id == NeedSkill.need_id)
        .where(_condition(wanted), NeedSkill.id > after)
        .order_by(NeedSkill.id)
        .limit(limit)
        .options(joinedload(NeedSkill.need).selectinload(Need.skills))
    ).all()
    return [
        HeldText(
            row.id,
            row.typed,
            _standing(row),
            tuple(other.typed for other in row.need.skills if other.id != row.id),
        )
        for row in rows
    ]


def move_skills(session: Session, moves: Sequence[Move], acting: Acting) -> set[int]:
    """Let wanted skills stand otherwise; the numbers of those that were moved.

    Left are those that no longer stand as expected, those whose need asks for the concept already, and those
    the resolver doubts: a need that asks for the wrong thing finds the wrong people.
    """
    wanted = {move.row_id: move for move in moves}
    rows = session.scalars(
        select(NeedSkill)
        .where(NeedSkill.id.in_(sorted(wanted)))
        .order_by(NeedSkill.id)
        .options(joinedload(NeedSkill.need).selectinload(Need.skills))
    ).all()
    return {row.id for row in rows if _move(session, row, wanted[row.id], acting)}


def _move(session: Session, row: NeedSkill, move: Move, acting: Acting) -> bool:
    to, need = move.wanted, row.need
    is_asked = to.skill_id is not None and any(
        other.skill_id == to.skill_id for other in need.skills if other.id != row.id
    )
    if not _same_place(_standing(row), move.expected) or is_asked or to.needs_confirmation:
        return False
    before = (row.skill_id, row.pending_term_id)
    row.skill_id, row.pending_term_id = to.skill_id, to.term_id
    # A form that was opened before must meet what stands now: the version follows.
    need.updated_at = acting.at
    session.flush()
    record(
        session,
        acting.by,
        "need.skill_given_back" if acting.is_undo else "need.skill_placed",
        "need",
        need.public_id,
        changes={"skills": ([row.typed, *before], [row.typed, row.skill_id, row.pending_term_id])},
        detail={"code": need.code, "change_id": acting.change},
        at=acting.at,
    )
    return True


def _standing(row: NeedSkill) -> Standing:
    """A wanted skill as the vocabulary sees it; its level says what is asked for, not what is stated."""
    return Standing(row.skill_id, row.pending_term_id)


def _same_place(one: Standing, other: Standing) -> bool:
    return (one.skill_id, one.term_id) == (other.skill_id, other.term_id)


def _condition(wanted: Wanted) -> ColumnElement[bool]:
    """Kept texts of every need; wanted concepts only of those that are not over. Needs know no doubt."""
    asked: list[ColumnElement[bool]] = [false()]
    if wanted.term_ids:
        asked.append(NeedSkill.pending_term_id.in_(sorted(wanted.term_ids)))
    if wanted.skill_ids:
        asked.append(and_(NeedSkill.skill_id.in_(sorted(wanted.skill_ids)), Need.state.not_in(_OVER)))
    if wanted.moved_by is not None:
        asked.append(NeedSkill.id.in_(moved_rows(wanted.moved_by, PLACE)))
    return or_(*asked)
