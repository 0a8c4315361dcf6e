"""The funnel of distinct persons: how far each came, rates from step to step, and how long it took. Pure.

Somebody who came to a step counts in all steps before it, so that no step holds more people than the one before: an
officer may interview somebody whose profile is not whole. Days between two steps are told of those alone whose moments
of both are known.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import pairwise
from statistics import median


class Step(StrEnum):
    """The steps in their order (design of campaigns)."""

    REACHED = "reached"
    OPENED = "opened"
    REPLIED = "replied"
    REGISTERED = "registered"
    COMPLETE = "complete"
    VERIFIED = "verified"
    ELIGIBLE = "eligible"
    INTERVIEWED = "interviewed"
    AGREED = "agreed"
    SIGNED = "signed"
    PLACED = "placed"
    STILL_12 = "still_12"
    STILL_36 = "still_36"
    STILL_60 = "still_60"


STEPS = tuple(Step)
_RANK = {step: number for number, step in enumerate(STEPS)}
IN_A_ROW = frozenset({Step.REGISTERED, Step.COMPLETE, Step.VERIFIED})
"""True of a record whoever it belongs to: they count only for people who came to the step before."""

Moments = Mapping[Step, datetime | None]
"""The steps one person came to, and when, where that is known."""


@dataclass(frozen=True)
class StepCount:
    """A step: how many people, their share of the step before and of the first (None: nobody there), days it took."""

    step: Step
    people: int
    of_previous: float | None
    of_first: float | None
    days: float | None


def merged(parts: Iterable[Moments]) -> dict[Step, datetime | None]:
    """Every step of any part, with the first moment that is known."""
    found: dict[Step, datetime | None] = {}
    for one in parts:
        for step, at in one.items():
            found[step] = earliest(found.get(step), at)
    return found


def earliest(one: datetime | None, other: datetime | None) -> datetime | None:
    """The earlier of two moments; None when neither is known."""
    return min(one, other) if one is not None and other is not None else one or other


def furthest(moments: Moments) -> Step | None:
    """The last step somebody came to; None for somebody who was not reached."""
    at = -1
    for number, step in enumerate(STEPS):
        if step in moments and (step not in IN_A_ROW or at == number - 1):
            at = number
    return None if at < 0 else STEPS[at]


def is_at(moments: Moments, step: Step) -> bool:
    """Whether somebody came to a step or further."""
    last = furthest(moments)
    return last is not None and _RANK[last] >= _RANK[step]


def funnel(people: Iterable[Moments]) -> list[StepCount]:
    """Every step with its people. The median is of whole and half days."""
    known = [(one, _RANK[last]) for one in people if (last := furthest(one)) is not None]
    counts = [sum(rank >= number for _one, rank in known) for number in range(len(STEPS))]
    first = counts[0]
    return [
        StepCount(
            step,
            counts[number],
            None if number == 0 else _share(counts[number], counts[number - 1]),
            _share(counts[number], first),
            None if number == 0 else _days_to(number, [one for one, _rank in known]),
        )
        for number, step in enumerate(STEPS)
    ]


def days_between(people: Iterable[Moments], first: Step, last: Step) -> float | None:
    """The median of days from one step to another, over those whose moments of both are known."""
    found = [
        (end - start).total_seconds() / 86_400
        for one in people
        if (start := one.get(first)) is not None and (end := one.get(last)) is not None and end >= start
    ]
    return median(found) if found else None


def steepest(steps: Sequence[StepCount]) -> StepCount | None:
    """The step most people are lost before, of those somebody came near to; None while nobody was lost."""
    lost = [
        (previous.people - one.people, -number, one)
        for number, (previous, one) in enumerate(pairwise(steps))
        if one.step in _ANSWERABLE and previous.people > one.people
    ]
    return max(lost)[2] if lost else None


_ANSWERABLE = frozenset(STEPS) - {Step.STILL_12, Step.STILL_36, Step.STILL_60}


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _days_to(number: int, people: Sequence[Moments]) -> float | None:
    """Days since the nearest step before whose moment is known, for each person."""
    found: list[float] = []
    for one in people:
        end = one.get(STEPS[number])
        starts = [start for step in STEPS[:number] if (start := one.get(step)) is not None]
        if end is not None and starts and end >= starts[-1]:
            found.append((end - starts[-1]).total_seconds() / 86_400)
    return median(found) if found else None
