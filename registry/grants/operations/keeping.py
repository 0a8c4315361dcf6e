"""What every operation of the room does: hold the person, seal words, add a step or an event, record it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from registry.audit.operations import record
from registry.db import new_public_id
from registry.db.keys import keyring_of
from registry.grants.models import DecisionStep, EligibilityDecision, Grant, GrantEvent
from registry.grants.queries.sealed import words_place
from registry.grants.rules import DecisionState, EventKind
from registry.people.models import Person


@dataclass(frozen=True)
class Act:
    """Who does something, when, and which day that is in Việt Nam. `by` is nothing where a day passed."""

    by: int | None
    at: datetime
    on: date


def hold(session: Session, person: Person) -> None:
    """Hold the row of the person until the transaction ends: two tabs, two officers and a job must not both act."""
    session.refresh(person, ["version"], with_for_update={"key_share": True})


def hold_grant(session: Session, grant: Grant) -> None:
    """The same of the person of a grant; what it says is read anew."""
    hold(session, grant.decision.person)
    session.refresh(grant)


def add_step(
    session: Session, decision: EligibilityDecision, state: DecisionState, act: Act, words: str = ""
) -> None:
    """Put a decision into a state, with the words that go with it, and record it."""
    before = decision.state
    decision.state = state
    step = DecisionStep(public_id=new_public_id(), state=state, by_id=act.by, at=act.at)
    step.words_sealed = keyring_of(session).seal(words, words_place(step)) if words else None
    decision.steps.append(step)
    session.flush()
    told(session, f"decision.{state.value}", decision, act, {"before": before.value} if before else {})


def add_event(
    session: Session,
    grant: Grant,
    kind: EventKind,
    act: Act,
    *,
    on: date,
    to: date | None = None,
    amount: int | None = None,
    number: str = "",
    words: str = "",
) -> GrantEvent:
    """Write down what happened to a grant, and record it."""
    event = GrantEvent(
        public_id=new_public_id(),
        kind=kind,
        on_day=on,
        to_day=to,
        amount_vnd=amount,
        number=number,
        by_id=act.by,
        at=act.at,
    )
    event.words_sealed = keyring_of(session).seal(words, words_place(event)) if words else None
    grant.events.append(event)
    session.flush()
    told(session, f"grant.{kind.value}", grant, act, {"on": on})
    return event


def told(
    session: Session,
    action: str,
    about: EligibilityDecision | Grant,
    act: Act,
    detail: Mapping[str, object] | None = None,
    **more: Any,
) -> None:
    """Record it in the log, beside the person it concerns. No sum and no name is in the clear there."""
    decision = about if isinstance(about, EligibilityDecision) else about.decision
    record(
        session,
        act.by,
        action,
        about.__tablename__,
        about.public_id,
        person=decision.person.public_id,
        detail=dict(detail or {}),
        at=act.at,
        **more,
    )
