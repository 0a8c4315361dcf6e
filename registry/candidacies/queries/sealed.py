"""What was written about candidacies, opened for those who may read it. Each text is sealed under its own row."""

import json
from typing import Any

from sqlalchemy.orm import Session

from registry.candidacies.models import (
    CandidacyDecision,
    CandidacyStep,
    ConflictOverride,
    DeclaredTie,
    ExpertOpinion,
    InterviewNote,
    Nomination,
)
from registry.db.keys import keyring_of

Sealing = (
    CandidacyStep
    | CandidacyDecision
    | InterviewNote
    | DeclaredTie
    | ConflictOverride
    | ExpertOpinion
    | Nomination
)


def place_of(row: Sealing, what: str) -> str:
    """Where sealed words belong: moved to another row they do not open. The row needs its public id already."""
    return f"{row.__tablename__}.{what}:{row.public_id}"


def seal(session: Session, row: Sealing, what: str, words: str) -> bytes | None:
    """Words sealed for a row; None for no words."""
    return keyring_of(session).seal(words, place_of(row, what)) if words else None


def _open(session: Session, row: Sealing, what: str, sealed: bytes | None) -> str:
    return "" if sealed is None else keyring_of(session).open(sealed, place_of(row, what))


def step_note(session: Session, row: CandidacyStep) -> str:
    """What was noted with a move."""
    return _open(session, row, "note", row.note_sealed)


def decision_words(session: Session, row: CandidacyDecision) -> str:
    """What was written with a decision."""
    return _open(session, row, "words", row.words_sealed)


def note_content(session: Session, row: InterviewNote) -> dict[str, Any]:
    """Of an interview: `who` took part, `words`, and `scores` as [[criterion, points], …]."""
    opened = _open(session, row, "content", row.content_sealed)
    return json.loads(opened) if opened else {"who": "", "words": "", "scores": []}


def tie_words(session: Session, row: DeclaredTie) -> str:
    """What an officer said of a tie."""
    return _open(session, row, "words", row.words_sealed)


def override_reason(session: Session, row: ConflictOverride) -> str:
    """Why somebody with a tie was let decide."""
    return _open(session, row, "reason", row.reason_sealed)


def asked_question(session: Session, row: ExpertOpinion) -> str:
    """What an expert was asked."""
    return _open(session, row, "question", row.question_sealed)


def opinion_words(session: Session, row: ExpertOpinion) -> str:
    """What an expert answered."""
    return _open(session, row, "opinion", row.opinion_sealed)


def nomination_ground(session: Session, row: Nomination) -> str:
    """Why somebody was put forward."""
    return _open(session, row, "ground", row.ground_sealed)
