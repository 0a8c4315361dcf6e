"""Moving a candidacy from stage to stage, and taking the last move back. Flushes, never commits.

Whoever signs has the post: in the same transaction every other open candidacy of the person closes, whoever owns it
(CA-05). The row of the person is held first, so that of two posts signed at once one is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.audit.operations import record
from registry.candidacies.models import Candidacy, PlacementCheck
from registry.candidacies.operations.opening import add_step, enter, hold
from registry.candidacies.queries.sealed import seal
from registry.candidacies.queries.steps import filled_places, steps_of
from registry.candidacies.rules import (
    CHECK_MONTHS,
    TAKEN,
    UNDO_MINUTES,
    ReasonMissing,
    Stage,
    check_move,
    needs_reason,
)
from registry.candidacies.rules.panels import months_after
from registry.db import new_public_id
from registry.needs.models import Need
from registry.needs.rules import local_day


class PlacedElsewhere(Exception):
    """The person has another post."""


class NeedIsFull(Exception):
    """As many have signed as the need asks for."""


class NothingToUndo(Exception):
    """The last move cannot be taken back: too long ago, not alone, or not the last any more."""


@dataclass(frozen=True)
class Moved:
    """What a move did: whose other candidacies it closed, and whether the need has all its people now."""

    candidacy: Candidacy
    closed: Sequence[Candidacy] = ()
    is_need_full: bool = False


def move(
    session: Session,
    candidacy: Candidacy,
    stage: Stage,
    *,
    by: int | None,
    at: datetime,
    reason: str = "",
    note: str = "",
    shared: bool = False,
) -> Moved:
    """Enter a stage. Raises MoveRefused, ReasonMissing, PlacedElsewhere or NeedIsFull; then nothing has changed.

    `reason` is a code of the list, `note` free words; both are told to the person only where `shared`.
    """
    hold(session, candidacy.person)
    session.refresh(candidacy)
    source = candidacy.stage
    check_move(source, stage, is_closed=candidacy.closed_at is not None)
    if needs_reason(source, stage) and not (reason or note.strip()):
        raise ReasonMissing
    is_full = stage is Stage.SIGNED and _take_place(session, candidacy)
    closed = _close_others(session, candidacy, by=by, at=at) if stage in TAKEN else []
    _step(session, candidacy, stage, by=by, at=at, reason=reason, note=note, shared=shared)
    if stage is Stage.PLACED:
        _plan_checks(session, candidacy, at=at)
    return Moved(candidacy, closed, is_full)


def undo(session: Session, candidacy: Candidacy, *, by: int, at: datetime) -> Stage:
    """Take back the last move of a moment ago; the history keeps it as undone. Raises NothingToUndo.

    Taking a post closed other candidacies, and decisions stand: neither is undone by a press.
    """
    hold(session, candidacy.person)
    session.refresh(candidacy)
    standing = [step for step in steps_of(session, candidacy) if step.undone_at is None]
    if len(standing) < 2 or not is_undoable(standing[-1].stage, standing[-1].at, at):
        raise NothingToUndo
    last, before = standing[-1], standing[-2]
    if last.stage is not candidacy.stage or last.by_id != by:
        raise NothingToUndo
    last.undone_at, last.undone_by_id = at, by
    enter(candidacy, before.stage, at=at)
    candidacy.stage_since = before.at
    session.flush()
    _said(session, "candidacy.undone", candidacy, last.stage, by=by, at=at)
    return before.stage


def is_undoable(stage: Stage, moved_at: datetime, at: datetime) -> bool:
    """Whether a move of this moment may still be taken back."""
    alone = stage not in TAKEN and stage not in {Stage.CLOSED_PLACED_ELSEWHERE, Stage.REFERRED, Stage.OFFERED}
    return alone and at - moved_at <= timedelta(minutes=UNDO_MINUTES)


def _step(
    session: Session,
    candidacy: Candidacy,
    stage: Stage,
    *,
    by: int | None,
    at: datetime,
    reason: str = "",
    note: str = "",
    shared: bool = False,
) -> None:
    source = candidacy.stage
    enter(candidacy, stage, at=at)
    if candidacy.owner_id is None and by is not None and by != candidacy.person.account_id:
        candidacy.owner_id = by
    session.flush()
    step = add_step(session, candidacy, by=by, at=at, reason=reason, shared=shared)
    step.note_sealed = seal(session, step, "note", note.strip())
    session.flush()
    _said(session, "candidacy.moved", candidacy, source, by=by, at=at)


def _take_place(session: Session, candidacy: Candidacy) -> bool:
    """Hold the need and look for a free place. True when this one was the last."""
    need: Need = candidacy.need
    session.refresh(need, ["headcount", "version"], with_for_update={"key_share": True})
    taken = session.scalar(
        select(Candidacy.id).where(
            Candidacy.person_id == candidacy.person_id,
            Candidacy.id != candidacy.id,
            Candidacy.stage.in_(TAKEN),
            Candidacy.closed_at.is_(None),
        )
    )
    if taken is not None:
        raise PlacedElsewhere
    filled = filled_places(session, [need.id]).get(need.id, 0)
    if candidacy.stage not in TAKEN and filled >= need.headcount:
        raise NeedIsFull
    return filled + 1 >= need.headcount


def _close_others(
    session: Session, candidacy: Candidacy, *, by: int | None, at: datetime
) -> Sequence[Candidacy]:
    """Every other open candidacy of the person ends; nothing else of the person changes."""
    others = session.scalars(
        select(Candidacy)
        .where(
            Candidacy.person_id == candidacy.person_id,
            Candidacy.id != candidacy.id,
            Candidacy.closed_at.is_(None),
            Candidacy.stage.not_in(TAKEN),
        )
        .order_by(Candidacy.id)
    ).all()
    for other in others:
        _step(session, other, Stage.CLOSED_PLACED_ELSEWHERE, by=by, at=at)
    return others


def _plan_checks(session: Session, candidacy: Candidacy, *, at: datetime) -> None:
    """The days on which somebody asks whether the person is still there, counted from the day of placing."""
    there = set(
        session.scalars(select(PlacementCheck.months).where(PlacementCheck.candidacy_id == candidacy.id))
    )
    for months in CHECK_MONTHS:
        if months not in there:
            session.add(
                PlacementCheck(
                    public_id=new_public_id(),
                    candidacy_id=candidacy.id,
                    months=months,
                    due_on=months_after(local_day(at), months),
                )
            )
    session.flush()


def _said(
    session: Session, action: str, candidacy: Candidacy, before: Stage, *, by: int | None, at: datetime
) -> None:
    record(
        session,
        by,
        action,
        "candidacy",
        candidacy.public_id,
        person=candidacy.person.public_id,
        detail={
            "need": candidacy.need.public_id,
            "from_stage": before.value,
            "stage": candidacy.stage.value,
        },
        at=at,
    )
