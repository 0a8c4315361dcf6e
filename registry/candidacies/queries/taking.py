"""What is written about a person's candidacies, opened for the copy of one's data: {(table, row): words}.

Notes of interviews, reasons of decisions and opinions of experts are data about the person; who wrote them is not, and
is left out. What an officer said of a tie is about the officer.
"""

from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from registry.candidacies.models import (
    Candidacy,
    CandidacyDecision,
    CandidacyStep,
    ExpertOpinion,
    InterviewNote,
    Nomination,
)
from registry.candidacies.queries.sealed import (
    asked_question,
    decision_words,
    nomination_ground,
    note_content,
    opinion_words,
    step_note,
)
from registry.people.models import Person


def told_of_candidacies(session: Session, person: Person) -> dict[tuple[str, int], dict[str, Any]]:
    """Every sealed text about the person or, of an expert, by the person."""
    own = select(Candidacy.id).where(Candidacy.person_id == person.id)
    found: dict[tuple[str, int], dict[str, Any]] = {}
    for step in session.scalars(select(CandidacyStep).where(CandidacyStep.candidacy_id.in_(own))):
        found["candidacy_step", step.id] = {"note": step_note(session, step)}
    for decision in session.scalars(select(CandidacyDecision).where(CandidacyDecision.candidacy_id.in_(own))):
        found["candidacy_decision", decision.id] = {"words": decision_words(session, decision)}
    for note in session.scalars(select(InterviewNote).where(InterviewNote.candidacy_id.in_(own))):
        content = note_content(session, note)
        found["interview_note", note.id] = {"words": content["words"], "scores": content["scores"]}
    about = or_(ExpertOpinion.person_id == person.id, ExpertOpinion.candidacy_id.in_(own))
    for opinion in session.scalars(select(ExpertOpinion).where(about)):
        found["expert_opinion", opinion.id] = {
            "question": asked_question(session, opinion),
            "words": opinion_words(session, opinion),
        }
    for one in session.scalars(select(Nomination).where(Nomination.person_id == person.id)):
        found["nomination", one.id] = {"ground": nomination_ground(session, one)}
    return found
