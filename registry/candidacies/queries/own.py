"""What a person sees of their own candidacies, and what was decided of one."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from registry.candidacies.models import (
    Candidacy,
    CandidacyDecision,
    ExpertOpinion,
    InterviewNote,
    Nomination,
)
from registry.candidacies.rules import DecisionKind, Stage, Standing, standing_of
from registry.candidacies.rules.panels import NominationState, OpinionState
from registry.people.models import Person
from registry.people.queries import is_public_id


@dataclass(frozen=True)
class WaitingForPerson:
    """What waits for an answer: invitations and offers, opinions, nominations."""

    answers: int
    opinions: int
    nominations: int


def own_candidacies(session: Session, person: Person) -> Sequence[Candidacy]:
    """All of a person, open ones first, then the newest."""
    return session.scalars(
        select(Candidacy)
        .where(Candidacy.person_id == person.id)
        .options(joinedload(Candidacy.need))
        .order_by(Candidacy.closed_at.is_not(None), Candidacy.stage_since.desc(), Candidacy.id)
    ).all()


def own_candidacy(session: Session, person: Person, public_id: str) -> Candidacy | None:
    """One of a person's own that they know of; another's is not found."""
    if not is_public_id(public_id):
        return None
    return session.scalar(
        select(Candidacy).where(
            Candidacy.person_id == person.id,
            Candidacy.public_id == public_id,
            Candidacy.contacted_at.is_not(None),
        )
    )


def own_opinion(session: Session, person: Person, public_id: str) -> ExpertOpinion | None:
    """One opinion this person was asked for."""
    if not is_public_id(public_id):
        return None
    return session.scalar(
        select(ExpertOpinion).where(
            ExpertOpinion.person_id == person.id, ExpertOpinion.public_id == public_id
        )
    )


def own_nominations(session: Session, person: Person) -> Sequence[Nomination]:
    """All nominations of a person, newest first."""
    return session.scalars(
        select(Nomination)
        .where(Nomination.person_id == person.id)
        .options(joinedload(Nomination.need))
        .order_by(Nomination.id.desc())
    ).all()


def waiting_for_person(session: Session, person: Person) -> WaitingForPerson:
    """Counts for the person's front page. Three statements by their indexes."""
    answers = select(func.count()).where(
        Candidacy.person_id == person.id,
        Candidacy.stage.in_((Stage.INVITED, Stage.OFFERED)),
        Candidacy.closed_at.is_(None),
    )
    opinions = select(func.count()).where(
        ExpertOpinion.person_id == person.id, ExpertOpinion.state == OpinionState.REQUESTED
    )
    nominations = select(func.count()).where(
        Nomination.person_id == person.id, Nomination.state == NominationState.PROPOSED
    )
    return WaitingForPerson(*(session.scalar(one) or 0 for one in (answers, opinions, nominations)))


def decisions_on(session: Session, candidacy: Candidacy) -> Sequence[CandidacyDecision]:
    """All decisions, oldest first, superseded ones too."""
    return session.scalars(
        select(CandidacyDecision)
        .where(CandidacyDecision.candidacy_id == candidacy.id)
        .order_by(CandidacyDecision.id)
    ).all()


def standing(decisions: Sequence[CandidacyDecision]) -> tuple[Standing, CandidacyDecision | None]:
    """How the decisions of a candidacy stand together, and the one that says so."""
    newest = {one.kind: one for one in decisions}
    referral, selection = newest.get(DecisionKind.REFERRAL), newest.get(DecisionKind.SELECTION)
    says = selection or referral
    outcomes = (one.outcome if one else None for one in (referral, selection))
    return standing_of(*outcomes), says


def interviews_of(session: Session, candidacy: Candidacy) -> Sequence[InterviewNote]:
    """Notes of interviews, by their day."""
    return session.scalars(
        select(InterviewNote)
        .where(InterviewNote.candidacy_id == candidacy.id)
        .order_by(InterviewNote.held_on, InterviewNote.id)
    ).all()
