"""What is kept sealed of one person in this room, opened for the copy of their data. Reads only."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.grants.models import DecisionStep, EligibilityDecision, Grant, GrantEvent, GrantLine
from registry.grants.queries.sealed import frozen_of, ground_of, words_of
from registry.people.models import Person


def opened_of(session: Session, person: Person) -> dict[tuple[str, int], dict[str, Any]]:
    """{(table, number of the row): the values that are kept sealed}."""
    found: dict[tuple[str, int], dict[str, Any]] = {}
    decisions = session.scalars(
        select(EligibilityDecision).where(EligibilityDecision.person_id == person.id)
    ).all()
    for one in decisions:
        key = ("eligibility_decision", one.id)
        found[key] = {"frozen": frozen_of(session, one), "ground": ground_of(session, one)}
    ids = [one.id for one in decisions]
    steps = session.scalars(select(DecisionStep).where(DecisionStep.decision_id.in_(ids)))
    found |= {("decision_step", one.id): {"words": words_of(session, one)} for one in steps}
    grants = select(Grant.id).where(Grant.decision_id.in_(ids))
    lines = session.scalars(select(GrantLine).where(GrantLine.grant_id.in_(grants)))
    found |= {("grant_line", one.id): {"ground": ground_of(session, one)} for one in lines}
    events = session.scalars(select(GrantEvent).where(GrantEvent.grant_id.in_(grants)))
    return found | {("grant_event", one.id): {"words": words_of(session, one)} for one in events}
