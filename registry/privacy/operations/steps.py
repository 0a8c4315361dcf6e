"""Writing down what happens to a request; the words are sealed under the person's name. Flushes, never commits."""

from datetime import datetime

from sqlalchemy.orm import Session

from registry.db.keys import keyring_of
from registry.privacy.models import RightsRequest, RightsStep
from registry.privacy.queries.words import words_place
from registry.privacy.rules import StepKind


def add_step(
    session: Session, request: RightsRequest, kind: StepKind, *, by: int | None, at: datetime, words: str = ""
) -> RightsStep:
    """One more line of a request. `by` is the officer, None for the person."""
    sealed = keyring_of(session).seal(words, words_place(request)) if words else None
    step = RightsStep(request=request, kind=kind, at=at, by_id=by, words_sealed=sealed)
    session.add(step)
    session.flush()
    return step
