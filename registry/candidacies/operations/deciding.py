"""Referral and selection, interview notes, the next step and its owner. Flushes, never commits.

A decision is never edited: a newer one of its kind takes its place, and the selection that of the referral (CA-02).
"""

import json
from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy.orm import Session

from registry.audit.operations import record
from registry.candidacies.models import Candidacy, CandidacyDecision, InterviewNote
from registry.candidacies.operations.guarding import refuse_conflict
from registry.candidacies.operations.moving import Moved, move
from registry.candidacies.operations.opening import hold
from registry.candidacies.queries.sealed import seal
from registry.candidacies.rules import (
    BEFORE_TAKING,
    TAKEN,
    DecisionKind,
    MoveRefused,
    NextStep,
    Outcome,
    Stage,
    order_of,
    outcomes_of,
    stage_after,
)
from registry.db import new_public_id


class CandidacyClosed(Exception):
    """Nothing is to be done next where nothing is open."""


def move_by_officer(
    session: Session,
    candidacy: Candidacy,
    stage: Stage,
    *,
    by: int,
    at: datetime,
    reason: str = "",
    note: str = "",
    shared: bool = False,
) -> Moved:
    """`move` by somebody who must not be tied to the person. Raises Conflicted and what `move` raises."""
    refuse_conflict(session, candidacy, by=by)
    return move(session, candidacy, stage, reason=reason, note=note, shared=shared, by=by, at=at)


def decide(
    session: Session,
    candidacy: Candidacy,
    kind: DecisionKind,
    outcome: Outcome,
    *,
    reason: str,
    words: str,
    shared: bool,
    by: int,
    at: datetime,
) -> CandidacyDecision:
    """Refer or select, or not; the candidacy enters the stage that follows. Raises Conflicted or MoveRefused.

    A yes about somebody who is further already moves nothing back.
    """
    hold(session, candidacy.person)
    session.refresh(candidacy)
    refuse_conflict(session, candidacy, by=by)
    if outcome not in outcomes_of(kind) or candidacy.stage in TAKEN:
        raise MoveRefused(f"{kind} {outcome} at {candidacy.stage}")
    row = CandidacyDecision(
        public_id=new_public_id(),
        candidacy_id=candidacy.id,
        kind=kind,
        outcome=outcome,
        reason=reason,
        shared_with_person=shared,
        by_id=by,
        at=at,
    )
    row.words_sealed = seal(session, row, "words", words.strip())
    session.add(row)
    session.flush()
    _said(session, "candidacy.decided", candidacy, by=by, at=at, detail={"outcome": outcome.value})
    target = stage_after(outcome)
    if _leads_on(candidacy.stage, target):
        move(session, candidacy, target, by=by, at=at, reason=reason, shared=shared)
    return row


def _leads_on(stage: Stage, target: Stage) -> bool:
    """Whether a decision moves the candidacy: to its end, out of an end, or forward."""
    if target is stage:
        return False
    return target not in BEFORE_TAKING or stage not in BEFORE_TAKING or order_of(target) > order_of(stage)


def note_interview(
    session: Session,
    candidacy: Candidacy,
    *,
    held_on: date,
    who: str,
    words: str,
    scores: Sequence[tuple[str, int]],
    by: int,
    at: datetime,
) -> InterviewNote:
    """Keep what was noted of an interview; one who had not come so far is interviewed now."""
    hold(session, candidacy.person)
    session.refresh(candidacy)
    refuse_conflict(session, candidacy, by=by)
    row = InterviewNote(
        public_id=new_public_id(), candidacy_id=candidacy.id, held_on=held_on, by_id=by, at=at
    )
    content = {"who": who, "words": words, "scores": [list(one) for one in scores]}
    row.content_sealed = seal(session, row, "content", json.dumps(content, ensure_ascii=False))
    session.add(row)
    session.flush()
    _said(session, "candidacy.interviewed", candidacy, by=by, at=at, detail={"note": row.public_id})
    if candidacy.stage in BEFORE_TAKING and order_of(candidacy.stage) < order_of(Stage.INTERVIEWED):
        move(session, candidacy, Stage.INTERVIEWED, by=by, at=at)
    return row


def plan_next(
    session: Session,
    candidacy: Candidacy,
    *,
    step: NextStep,
    due_on: date,
    owner_id: int,
    by: int,
    at: datetime,
) -> None:
    """Say what is to be done next, by when and by whom. Raises CandidacyClosed."""
    hold(session, candidacy.person)
    session.refresh(candidacy)
    if candidacy.closed_at is not None:
        raise CandidacyClosed
    candidacy.next_step, candidacy.next_due_on, candidacy.owner_id = step, due_on, owner_id
    session.flush()
    detail: dict[str, object] = {"next_step": step.value, "due_on": due_on.isoformat()}
    _said(session, "candidacy.planned", candidacy, by=by, at=at, detail=detail)


def _said(
    session: Session,
    action: str,
    candidacy: Candidacy,
    *,
    by: int,
    at: datetime,
    detail: dict[str, object],
) -> None:
    person = candidacy.person.public_id
    detail = {"need": candidacy.need.public_id, **detail}
    record(session, by, action, "candidacy", candidacy.public_id, person=person, detail=detail, at=at)
