"""Experts are asked for an opinion, answer or step aside (CA-11); checks after placement (CA-12). Flushes, never commits."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.audit.operations import record
from registry.candidacies.models import Candidacy, ExpertOpinion, PlacementCheck
from registry.candidacies.operations.guarding import Conflicted
from registry.candidacies.operations.opening import hold
from registry.candidacies.queries.experts import ties_of_expert
from registry.candidacies.queries.sealed import seal
from registry.candidacies.rules import Recommendation, Stage
from registry.candidacies.rules.panels import CheckOutcome, OpinionState
from registry.db import new_public_id
from registry.introductions.queries import is_reachable
from registry.needs.rules import local_day
from registry.people.models import Person


class ExpertUnreachable(Exception):
    """The expert may not be written to now, or has no account to answer from."""


class AlreadyAsked(Exception):
    """This expert was asked about this candidacy and has not answered."""


class OpinionIsOver(Exception):
    """The question was answered, or is not asked any more."""


class CheckRefused(Exception):
    """The check was recorded already, or its day has not come."""


def ask_expert(
    session: Session,
    candidacy: Candidacy,
    expert: Person,
    *,
    question: str,
    due_on: date,
    by: int,
    at: datetime,
) -> ExpertOpinion:
    """Ask for an opinion on a candidacy until a day. Raises ExpertUnreachable, Conflicted or AlreadyAsked."""
    hold(session, expert)
    if not is_reachable(session, expert, on=local_day(at)):
        raise ExpertUnreachable
    grounds = ties_of_expert(session, expert, candidacy.person)
    if grounds:
        raise Conflicted(grounds)
    waiting = select(ExpertOpinion.id).where(
        ExpertOpinion.candidacy_id == candidacy.id,
        ExpertOpinion.person_id == expert.id,
        ExpertOpinion.state == OpinionState.REQUESTED,
    )
    if session.scalar(waiting) is not None:
        raise AlreadyAsked
    row = ExpertOpinion(
        public_id=new_public_id(),
        need=candidacy.need,
        candidacy=candidacy,
        expert=expert,
        asked_by_id=by,
        asked_at=at,
        due_on=due_on,
        state=OpinionState.REQUESTED,
    )
    row.question_sealed = seal(session, row, "question", question.strip())
    session.add(row)
    session.flush()
    _said(session, "opinion.asked", row, by=by, at=at)
    return row


def submit_opinion(
    session: Session,
    opinion: ExpertOpinion,
    *,
    recommendation: Recommendation,
    words: str,
    by: int,
    at: datetime,
) -> None:
    """The expert answers; late is answered too. Raises OpinionIsOver or Conflicted."""
    _answerable(session, opinion)
    candidacy = opinion.candidacy
    if candidacy is not None:
        grounds = ties_of_expert(session, opinion.expert, candidacy.person)
        if grounds:
            raise Conflicted(grounds)
    opinion.recommendation = recommendation
    opinion.opinion_sealed = seal(session, opinion, "opinion", words.strip())
    _end(session, opinion, OpinionState.SUBMITTED, at)
    _said(session, "opinion.submitted", opinion, by=by, at=at)


def recuse(session: Session, opinion: ExpertOpinion, *, words: str, by: int, at: datetime) -> None:
    """The expert steps aside, with a reason or without. Raises OpinionIsOver."""
    _answerable(session, opinion)
    opinion.opinion_sealed = seal(session, opinion, "opinion", words.strip())
    _end(session, opinion, OpinionState.RECUSED, at)
    _said(session, "opinion.recused", opinion, by=by, at=at)


def cancel_opinion(session: Session, opinion: ExpertOpinion, *, by: int, at: datetime) -> None:
    """The office asks no more. Raises OpinionIsOver."""
    _answerable(session, opinion)
    _end(session, opinion, OpinionState.CANCELLED, at)
    _said(session, "opinion.cancelled", opinion, by=by, at=at)


def record_check(
    session: Session,
    check: PlacementCheck,
    *,
    outcome: CheckOutcome,
    left_on: date | None,
    by: int,
    at: datetime,
) -> None:
    """Write down whether the person is still there. Who left has the post no more. Raises CheckRefused."""
    candidacy = check.candidacy
    hold(session, candidacy.person)
    session.refresh(check)
    session.refresh(candidacy)
    if check.outcome is not None or check.due_on > local_day(at) or candidacy.stage is not Stage.PLACED:
        raise CheckRefused
    check.outcome, check.recorded_at, check.by_id = outcome, at, by
    check.left_on = left_on if outcome is CheckOutcome.LEFT else None
    if outcome is CheckOutcome.LEFT:
        candidacy.closed_at, candidacy.next_step, candidacy.next_due_on = at, None, None
    session.flush()
    record(
        session,
        by,
        "candidacy.checked",
        "candidacy",
        candidacy.public_id,
        person=candidacy.person.public_id,
        detail={"need": candidacy.need.public_id, "months": check.months, "outcome": outcome.value},
        at=at,
    )


def _answerable(session: Session, opinion: ExpertOpinion) -> None:
    hold(session, opinion.expert)
    session.refresh(opinion)
    if opinion.state is not OpinionState.REQUESTED:
        raise OpinionIsOver


def _end(session: Session, opinion: ExpertOpinion, state: OpinionState, at: datetime) -> None:
    opinion.state, opinion.answered_at = state, at
    session.flush()


def _said(session: Session, action: str, opinion: ExpertOpinion, *, by: int, at: datetime) -> None:
    detail = {"need": opinion.need.public_id}
    person = opinion.expert.public_id
    record(session, by, action, "expert_opinion", opinion.public_id, person=person, detail=detail, at=at)
