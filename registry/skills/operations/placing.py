"""Claims and needs follow the vocabulary, as jobs: some records at a time, each moved once, each move kept for the undo.

Which records there are and how they are written is said by the rooms that hold them (`Holder`).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.jobs.worker import Handlers, JobRefused, JobRun
from registry.skills.models import Skill, SkillChange, SkillPlacement
from registry.skills.operations.changes import PLACE_JOB, UNPLACE_JOB, lock_change
from registry.skills.queries import (
    Acting,
    HeldText,
    Holder,
    Move,
    Wanted,
    change_named,
    placement_count,
    placements,
    vocabulary,
)
from registry.skills.resolver import Context, Vocabulary, resolve
from registry.skills.rules import ChangeKind, ChangeState
from registry.skills.rules.placing import Ground, Reading, Standing, placed

PLACED_AT_ONCE = 50
"""Records read again in one transaction: on SQLite nobody else writes meanwhile."""

GONE = "Thay đổi danh mục này không còn nữa"
_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def handlers(holders: Sequence[Holder]) -> Handlers:
    """Job kind → function, for the records these rooms hold."""
    return {
        PLACE_JOB: lambda run: place_records(run, holders),
        UNPLACE_JOB: lambda run: give_back_records(run, holders),
    }


@dataclass(frozen=True)
class Plan:
    """What a change lets move, and the vocabulary its texts are read with."""

    wanted: Wanted
    ground: Ground
    words: Vocabulary
    ids: Mapping[str, int]

    def reading(self, held: HeldText) -> Reading:
        """What the text means now, beside its neighbours."""
        answer = resolve(held.typed, self.words, Context(neighbours=held.neighbours))
        if answer.skill is None or answer.skill not in self.ids:
            return Reading(None, how=answer.how)
        level = answer.level
        fits = level is not None and level.scale == self.words.concepts[answer.skill].scale
        rank = level.rank if level is not None and fits else None
        return Reading(self.ids[answer.skill], answer.needs_confirmation, rank, answer.how)


def place_records(run: JobRun, holders: Sequence[Holder]) -> Mapping[str, Any] | None:
    """Read the texts again that the change may have given another concept, and move those that have one now."""
    with run.reading() as session:
        change = _change_of(session, run)
        wanted = wanted_by(change)
        total = sum(holder.count_rows(session, wanted) for holder in holders)
        plan = _plan(session, change, wanted) if total else None
        noted = (change.skill_id, change.other_id) if change.kind is ChangeKind.MERGED else None
    if noted is not None:
        _note_both(run, holders, noted)
    if plan is None:
        return {"placed": 0, "kept": 0}
    done = 0
    for holder in holders:
        done = _place_of_holder(run, holder, plan, done, total)
    with run.reading() as session:
        change = _change_of(session, run)
        return {"placed": change.placed, "kept": change.kept}


def wanted_by(change: SkillChange) -> Wanted:
    """The records a change may move."""
    terms = {change.pending_term_id} | {
        entry["after"]["id"]
        for entry in change.entries
        if entry["table"] == "pending_term" and entry["after"]["skill_id"] is not None
    }
    split = change.kind is ChangeKind.SPLIT and change.other_id is not None
    return Wanted(
        frozenset(term for term in terms if term is not None),
        frozenset({change.other_id} if split and change.other_id is not None else ()),
        is_unsure=True,
    )


def _plan(session: Session, change: SkillChange, wanted: Wanted) -> Plan:
    skills = session.execute(select(Skill.id, Skill.code, Skill.merged_into_id)).all()
    is_split = change.kind is ChangeKind.SPLIT
    ground = Ground(
        terms=_given(change),
        merged={row.id: row.merged_into_id for row in skills if row.merged_into_id is not None},
        split_from=change.other_id if is_split else None,
        split_off=change.skill_id if is_split else None,
    )
    return Plan(wanted, ground, vocabulary(session), {row.code: row.id for row in skills})


def _given(change: SkillChange) -> dict[int, int]:
    """The kept texts that got a concept by the change."""
    after = (entry["after"] for entry in change.entries if entry["table"] == "pending_term")
    return {one["id"]: one["skill_id"] for one in after if one["skill_id"] is not None}


def _note_both(run: JobRun, holders: Iterable[Holder], pair: tuple[int | None, int | None]) -> None:
    """Whoever holds both concepts holds one twice now, or no longer: what is computed of them is out of date."""
    one, other = pair
    if one is None or other is None:
        return
    with run.step() as session:
        for holder in holders:
            if holder.note_both is not None:
                holder.note_both(session, one, other)


def _place_of_holder(run: JobRun, holder: Holder, plan: Plan, done: int, total: int) -> int:
    after = 0
    while True:
        with run.step(min(done + PLACED_AT_ONCE, total), total) as session:
            change = _change_of(session, run, lock=True)
            if change.state is not ChangeState.DONE:
                return done
            rows = holder.rows(session, plan.wanted, after, PLACED_AT_ONCE)
            _place_rows(session, holder, plan, rows, change, _acting(run, change))
        if not rows:
            return done
        after, done = rows[-1].row_id, done + len(rows)


def _place_rows(
    session: Session,
    holder: Holder,
    plan: Plan,
    rows: Sequence[HeldText],
    change: SkillChange,
    acting: Acting,
) -> None:
    """Move some records; one that cannot be moved, since its owner has the concept already, is counted."""
    moves: list[Move] = []
    for held in rows:
        target = placed(held.standing, plan.reading(held), plan.ground)
        if target is not None and target != held.standing:
            moves.append(Move(held.row_id, held.standing, target))
    written = set(holder.write(session, moves, acting))
    _keep_placements(session, change, holder.place, [move for move in moves if move.row_id in written])
    change.placed += len(written)
    change.kept += len(moves) - len(written)
    session.flush()


def _keep_placements(session: Session, change: SkillChange, place: str, moves: Sequence[Move]) -> None:
    """Keep what was before; a record moved a second time by the same change keeps its first before."""
    known = {
        one.row_id: one
        for one in session.scalars(
            select(SkillPlacement).where(
                SkillPlacement.change_id == change.id,
                SkillPlacement.place == place,
                SkillPlacement.row_id.in_([move.row_id for move in moves]),
            )
        )
    }
    for move in moves:
        if move.row_id in known:
            known[move.row_id].after = move.wanted.plain()
        else:
            session.add(
                SkillPlacement(
                    change_id=change.id,
                    place=place,
                    row_id=move.row_id,
                    before=move.expected.plain(),
                    after=move.wanted.plain(),
                )
            )


def give_back_records(run: JobRun, holders: Sequence[Holder]) -> Mapping[str, Any] | None:
    """Let the records stand as before the change; those that somebody changed since stay."""
    with run.reading() as session:
        change = _change_of(session, run)
        total = placement_count(session, change)
        noted = (change.skill_id, change.other_id) if change.kind is ChangeKind.MERGED else None
    if noted is not None:
        _note_both(run, holders, noted)
    given = kept = 0
    for holder in holders:
        after = 0
        while True:
            with run.step(given + kept, total) as session:
                change = _change_of(session, run, lock=True)
                rows = placements(session, change, holder.place, limit=PLACED_AT_ONCE, after=after)
                written = _give_back(session, holder, rows, _acting(run, change, is_undo=True))
                after = rows[-1].id if rows else after
                given, kept = given + written, kept + len(rows) - written
            if not rows:
                break
    return {"given_back": given, "kept": kept}


def _give_back(session: Session, holder: Holder, rows: Sequence[SkillPlacement], acting: Acting) -> int:
    moves = [Move(row.row_id, Standing(**row.after), Standing(**row.before)) for row in rows]
    written = set(holder.write(session, moves, acting))
    for row in rows:
        if row.row_id in written:
            session.delete(row)
    session.flush()
    return len(written)


def _change_of(session: Session, run: JobRun, *, lock: bool = False) -> SkillChange:
    change = change_named(session, str(run.arguments["change"]))
    if change is None:
        raise JobRefused(GONE)
    if lock:
        lock_change(session, change)
    return change


def _acting(run: JobRun, change: SkillChange, *, is_undo: bool = False) -> Acting:
    at: datetime = run.clock()
    by = change.undone_by if is_undo else change.by
    on: date = at.astimezone(_ZONE).date()
    return Acting(by, at, on, change.public_id, is_undo)
