"""Candidacies of a person who is erased: that somebody was considered, and how far, stays in the counts; words go.

The rows stay with the empty record, as its code does: whoever was not selected still counts as one who was considered
(CA-09). Flushes, never commits.
"""

from datetime import datetime

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from registry.candidacies.models import (
    Candidacy,
    CandidacyDecision,
    CandidacyStep,
    ConflictOverride,
    DeclaredTie,
    ExpertOpinion,
    InterviewNote,
    Nomination,
)
from registry.candidacies.operations.opening import add_step, enter
from registry.candidacies.rules import TAKEN, Stage
from registry.people.models import Person


def forget_candidacies(session: Session, person: Person, *, at: datetime) -> None:
    """Close what is open, blank all words, delete notes, opinions, ties and nominations."""
    own = select(Candidacy.id).where(Candidacy.person_id == person.id)
    rows = session.scalars(
        select(Candidacy).where(Candidacy.person_id == person.id, Candidacy.closed_at.is_(None))
    ).all()
    for one in rows:
        if one.stage in TAKEN:
            one.closed_at, one.next_step, one.next_due_on = at, None, None
        else:
            enter(one, Stage.WITHDRAWN, at=at)
            add_step(session, one, by=None, at=at)
    session.flush()
    session.execute(
        update(CandidacyStep)
        .where(CandidacyStep.candidacy_id.in_(own))
        .values(note_sealed=None, reason="", shared_with_person=False)
    )
    session.execute(
        update(CandidacyDecision)
        .where(CandidacyDecision.candidacy_id.in_(own))
        .values(words_sealed=None, shared_with_person=False)
    )
    session.execute(delete(InterviewNote).where(InterviewNote.candidacy_id.in_(own)))
    session.execute(delete(ConflictOverride).where(ConflictOverride.candidacy_id.in_(own)))
    about = or_(ExpertOpinion.person_id == person.id, ExpertOpinion.candidacy_id.in_(own))
    session.execute(delete(ExpertOpinion).where(about))
    session.execute(delete(DeclaredTie).where(DeclaredTie.person_id == person.id))
    session.execute(delete(Nomination).where(Nomination.person_id == person.id))
