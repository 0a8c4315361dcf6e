"""What every act of a curator ends with: one row that can undo it, a new version, one event, and a job.

An act begins with `lock_vocabulary`: two curators never judge the same text at the same time.
"""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.audit.operations import record
from registry.db import new_public_id
from registry.jobs.operations import enqueue_job, request_cancel
from registry.skills.models import PendingTerm, Skill, SkillChange, VocabularyState
from registry.skills.operations.errors import AlreadyUndone
from registry.skills.operations.ledger import Ledger, put_back
from registry.skills.rules import ChangeKind, ChangeState, moves_claims

PLACE_JOB, UNPLACE_JOB = "skills.place", "skills.unplace"
_LONGEST_WORDS = 500

_ACTIONS: dict[ChangeKind, str] = {
    ChangeKind.CONCEPT_CREATED: "skill.created",
    ChangeKind.CONCEPT_EDITED: "skill.edited",
    ChangeKind.LABEL_ADDED: "skill.label_added",
    ChangeKind.LABEL_REMOVED: "skill.label_removed",
    ChangeKind.RELATION_ADDED: "skill.relation_added",
    ChangeKind.RELATION_REMOVED: "skill.relation_removed",
    ChangeKind.RETIRED: "skill.retired",
    ChangeKind.RESTORED: "skill.restored",
    ChangeKind.MERGED: "skill.merged",
    ChangeKind.SPLIT: "skill.split",
    ChangeKind.TERM_LABELLED: "skill.term_labelled",
    ChangeKind.TERM_CREATED: "skill.term_created",
    ChangeKind.TERM_IGNORED: "pending_term.ignored",
    ChangeKind.EXTERNAL_ACCEPTED: "skill.external_accepted",
    ChangeKind.EXTERNAL_REFUSED: "skill.external_refused",
}
# What changes no label and no relation leaves the vocabulary the same.
_SAME_VOCABULARY = frozenset({ChangeKind.TERM_IGNORED, ChangeKind.EXTERNAL_REFUSED})


def lock_vocabulary(session: Session) -> VocabularyState:
    """The one row of the vocabulary, held until the transaction ends: curators go one after the other."""
    state = session.scalar(select(VocabularyState).with_for_update())
    if state is None:
        state = VocabularyState(version=new_public_id())
        session.add(state)
    return state


def new_version(session: Session) -> str:
    """Name the vocabulary anew, so that every process reads it again."""
    state = lock_vocabulary(session)
    state.version = new_public_id()
    return state.version


def keep_change(
    session: Session,
    kind: ChangeKind,
    ledger: Ledger,
    *,
    skill: Skill | None,
    other: Skill | None = None,
    term: PendingTerm | None = None,
    words: str = "",
    by: int | None,
    at: datetime,
) -> SkillChange:
    """Keep an act that wrote these rows: with its undo, its event and the job that follows claims and needs."""
    change = SkillChange(
        public_id=new_public_id(),
        kind=kind,
        skill=skill,
        other=other,
        pending_term_id=None if term is None else term.id,
        words=words[:_LONGEST_WORDS],
        entries=ledger.entries,
        by=by,
        at=at,
    )
    session.add(change)
    if kind not in _SAME_VOCABULARY:
        new_version(session)
    _follow(session, change, PLACE_JOB, by=by, at=at)
    _record(session, change, _ACTIONS[kind], by=by, at=at)
    session.flush()
    return change


def undo_change(session: Session, change: SkillChange, *, by: int | None, at: datetime) -> None:
    """Put back what was before the act, and let a job give claims and needs back what they held.

    Raises AlreadyUndone, and ChangedSince when something of it was changed again since.
    """
    lock_vocabulary(session)
    lock_change(session, change)
    if change.state is ChangeState.UNDONE:
        raise AlreadyUndone
    put_back(session, change.entries)
    change.state, change.undone_by, change.undone_at = ChangeState.UNDONE, by, at
    if change.kind not in _SAME_VOCABULARY:
        new_version(session)
    if change.job is not None and not change.job.state.is_over:
        request_cancel(session, change.job, at=at)
    _follow(session, change, UNPLACE_JOB, by=by, at=at)
    _record(session, change, "skill.change_undone", by=by, at=at)
    session.flush()


def lock_change(session: Session, change: SkillChange) -> None:
    """Hold the row of a change until the transaction ends, and read it as it is now."""
    session.execute(select(SkillChange.id).where(SkillChange.id == change.id).with_for_update())
    session.refresh(change, ["state", "placed", "kept"])


def _follow(session: Session, change: SkillChange, kind: str, *, by: int | None, at: datetime) -> None:
    if moves_claims(change.kind):
        change.job = enqueue_job(session, kind, {"change": change.public_id}, at=at, by=by)


def _record(session: Session, change: SkillChange, action: str, *, by: int | None, at: datetime) -> None:
    subject = change.skill or change.other
    kind, subject_id = ("change", change.public_id) if subject is None else ("skill", subject.public_id)
    detail = {
        "change": change.kind.value,
        "code": None if change.skill is None else change.skill.code,
        "other": None if change.other is None else change.other.code,
        "words": change.words,
    }
    record(session, by, action, kind, subject_id, detail=detail, at=at)
