"""Opening a candidacy: one press from the ranking, a shortlist, an interest or the person's page. Flushes, never
commits.
"""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from registry.audit.operations import record
from registry.candidacies.models import Candidacy, CandidacyStep
from registry.candidacies.queries.steps import open_of
from registry.candidacies.rules import FIRST, UNSPOKEN, Source, Stage, next_step_of
from registry.db import new_public_id
from registry.needs.models import Need
from registry.needs.rules import OPEN_STATES, local_day
from registry.people.models import Person


class NeedNotOpen(Exception):
    """The need does not look for people."""


def hold(session: Session, person: Person) -> None:
    """Hold the row of the person until the transaction ends: two posts for one person must not both win."""
    session.refresh(person, ["version"], with_for_update={"key_share": True})


def open_candidacy(
    session: Session, person: Person, need: Need, *, source: Source, by: int | None, at: datetime
) -> Candidacy:
    """The open candidacy of the two, made where there is none. Raises NeedNotOpen.

    `by` becomes its owner where it is an officer; a person who comes by themselves leaves it to whoever takes it up.
    """
    hold(session, person)
    there = open_of(session, person, need)
    if there is not None:
        return there
    if need.state not in OPEN_STATES:
        raise NeedNotOpen
    source = Source(source)
    stage = FIRST[source]
    candidacy = Candidacy(
        public_id=new_public_id(),
        person=person,
        need=need,
        source=source,
        stage=stage,
        stage_since=at,
        owner_id=None if by == person.account_id else by,
        opened_at=at,
        contacted_at=None if stage in UNSPOKEN else at,
    )
    enter(candidacy, stage, at=at)
    session.add(candidacy)
    session.flush()
    add_step(session, candidacy, by=by, at=at)
    record(
        session,
        by,
        "candidacy.opened",
        "candidacy",
        candidacy.public_id,
        person=person.public_id,
        detail={"need": need.public_id, "source": source.value, "stage": stage.value},
        at=at,
    )
    return candidacy


def enter(candidacy: Candidacy, stage: Stage, *, at: datetime) -> None:
    """Set a stage with what is to be done next and by when; an end has neither and closes."""
    candidacy.stage, candidacy.stage_since = stage, at
    due = next_step_of(stage)
    candidacy.closed_at = at if due is None else None
    candidacy.next_step = None if due is None else due[0]
    candidacy.next_due_on = None if due is None else local_day(at) + timedelta(days=due[1])
    if stage not in UNSPOKEN and candidacy.contacted_at is None and due is not None:
        candidacy.contacted_at = at


def add_step(
    session: Session,
    candidacy: Candidacy,
    *,
    by: int | None,
    at: datetime,
    reason: str = "",
    shared: bool = False,
) -> CandidacyStep:
    """The row of the history for the stage the candidacy is in now."""
    step = CandidacyStep(
        public_id=new_public_id(),
        candidacy_id=candidacy.id,
        stage=candidacy.stage,
        at=at,
        by_id=by,
        reason=reason,
        shared_with_person=shared,
    )
    session.add(step)
    session.flush()
    return step
