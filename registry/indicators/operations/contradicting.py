"""Contradictions: found when a figure comes in, explained or accepted by people, never corrected. Flushes, never commits."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.audit.operations import record
from registry.indicators.models import Contradiction, ContradictionStep, Observation
from registry.indicators.operations.errors import MoveRefused
from registry.indicators.queries.asking import computed_figure
from registry.indicators.rules.contradictions import ContradictionState, beside, may_move
from registry.indicators.rules.found import ContradictionKind
from registry.indicators.rules.verdicts import Finding, check_percent
from registry.places.queries.former_provinces import place_words


def look_for_contradictions(
    session: Session, observation: Observation, *, by: int | None, at: datetime
) -> list[Contradiction]:
    """Hold a figure against its plans and against what is counted now; what is found new gets a name and stays open.

    One that is no longer found keeps its state and its text: it was so when it was found.
    """
    found: list[Contradiction] = []
    for kind, text in _found(session, observation):
        known = session.scalar(
            select(Contradiction).where(
                Contradiction.observation_id == observation.id, Contradiction.kind == kind
            )
        )
        if known is None:
            found.append(_open(session, observation, kind, text, by=by, at=at))
    return found


def move_contradiction(
    session: Session,
    contradiction: Contradiction,
    target: ContradictionState,
    reason: str,
    *,
    by: int | None,
    at: datetime,
) -> None:
    """Explain, accept or open again, with a reason. Raises MoveRefused."""
    problem = may_move(contradiction.state, target, reason)
    if problem is not None:
        raise MoveRefused(problem)
    before = contradiction.state
    contradiction.state = target
    contradiction.steps.append(ContradictionStep(state=target, reason=reason, by_id=by, at=at))
    session.flush()
    record(
        session,
        by,
        f"contradiction.{target.value}",
        "indicator",
        contradiction.indicator.public_id,
        changes={"state": (before.value, target.value)},
        reason=reason,
        at=at,
    )


def _found(session: Session, observation: Observation) -> list[tuple[ContradictionKind, str]]:
    found: list[tuple[ContradictionKind, str]] = []
    if observation.percent is not None:
        # Plans are of the whole place.
        plans = [] if observation.former else [one.plan for one in observation.indicator.targets]
        verdict = check_percent(observation.figure, observation.percent, plans)
        if verdict.finding is Finding.CONTRADICTS:
            found.append((ContradictionKind.PLAN_PERCENT, verdict.text))
    days = (observation.starts, observation.ends)
    counted = computed_figure(session, observation.indicator, *days, observation.former)
    if counted is not None and counted.figure.is_known:
        both = beside(observation.figure, counted.figure)
        if both.finding is Finding.CONTRADICTS:
            found.append((ContradictionKind.COMPUTED, both.text))
    if observation.former:
        name = place_words(session, observation.former)
        return [(kind, f"{name}: {text}") for kind, text in found]
    return found


def _open(
    session: Session,
    observation: Observation,
    kind: ContradictionKind,
    text: str,
    *,
    by: int | None,
    at: datetime,
) -> Contradiction:
    made = Contradiction(
        indicator=observation.indicator, observation=observation, kind=kind, text=text, found_at=at
    )
    session.add(made)
    session.flush()
    detail = {"kind": kind.value}
    subject = observation.indicator.public_id
    record(session, by, "contradiction.opened", "indicator", subject, detail=detail, at=at)
    return made
