"""What goes when a person is erased: facts, answers and words. Numbers, sums and days of public money stay. Flushes."""

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from registry.grants.models import DecisionStep, EligibilityDecision, Grant, GrantEvent, GrantLine
from registry.people.models import Person


def forget_person_in_grants(session: Session, person: Person) -> None:
    """Forget what decisions about a person were made from and what was written; the fingerprint of it stays."""
    decisions = select(EligibilityDecision.id).where(EligibilityDecision.person_id == person.id)
    grants = select(Grant.id).where(Grant.decision_id.in_(decisions))
    session.execute(
        update(EligibilityDecision)
        .where(EligibilityDecision.person_id == person.id)
        .values(frozen_sealed=None, ground_sealed=None)
    )
    session.execute(
        update(DecisionStep).where(DecisionStep.decision_id.in_(decisions)).values(words_sealed=None)
    )
    session.execute(update(GrantLine).where(GrantLine.grant_id.in_(grants)).values(ground_sealed=None))
    session.execute(update(GrantEvent).where(GrantEvent.grant_id.in_(grants)).values(words_sealed=None))
