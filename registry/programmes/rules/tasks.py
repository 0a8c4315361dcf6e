"""The states of a task, when it is late, and what its agencies must be. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from registry.programmes.rules.words import AgencyPart

SOON_DAYS = 7
"""So many days before the day due the lead is reminded."""
DRAGGING_DAYS = 30
"""Later than this a task is «kéo dài», not only «chậm»."""


class TaskState(StrEnum):
    """What was done about a task. That it is overdue is computed, never stored."""

    ASSIGNED = "assigned"
    IN_PROGRESS = "in_progress"
    REVIEWED = "reviewed"
    DONE = "done"


class Lateness(StrEnum):
    """How a task stands to its day."""

    NO_DAY = "no_day"
    IN_TIME = "in_time"
    SOON = "soon"
    LATE = "late"
    DRAGGING = "dragging"


class WhoMoves(StrEnum):
    """Whose step it is: of the agency that leads the task, or of the standing agency of the programme."""

    LEAD = "lead"
    STANDING = "standing"


@dataclass(frozen=True, slots=True)
class Step:
    """A change of state, who makes it, and whether it asks for words."""

    source: TaskState
    target: TaskState
    who: WhoMoves
    needs_words: bool = False


STEPS = (
    Step(TaskState.ASSIGNED, TaskState.IN_PROGRESS, WhoMoves.LEAD),
    Step(TaskState.IN_PROGRESS, TaskState.REVIEWED, WhoMoves.LEAD, needs_words=True),
    Step(TaskState.REVIEWED, TaskState.IN_PROGRESS, WhoMoves.STANDING, needs_words=True),
    Step(TaskState.REVIEWED, TaskState.DONE, WhoMoves.STANDING),
    Step(TaskState.DONE, TaskState.IN_PROGRESS, WhoMoves.STANDING, needs_words=True),
)


class AgenciesFault(StrEnum):
    """Why agencies cannot stand on a task."""

    NO_LEAD = "no_lead"
    TWO_LEADS = "two_leads"
    TWICE = "twice"


def steps_from(state: TaskState, parts: Iterable[WhoMoves]) -> list[Step]:
    """The steps out of a state that somebody with these parts may take."""
    mine = set(parts)
    return [one for one in STEPS if one.source is state and one.who in mine]


def step_to(source: TaskState, target: TaskState) -> Step | None:
    """The step between two states, if there is one."""
    return next((one for one in STEPS if one.source is source and one.target is target), None)


def agencies_fault(agencies: Iterable[tuple[int, AgencyPart]]) -> AgenciesFault | None:
    """What is wrong with the (agency, part) pairs of a task: exactly one leads, and none stands twice."""
    found = list(agencies)
    leads = sum(part is AgencyPart.LEAD for _agency, part in found)
    if leads == 0:
        return AgenciesFault.NO_LEAD
    if leads > 1:
        return AgenciesFault.TWO_LEADS
    if len({agency for agency, _part in found}) < len(found):
        return AgenciesFault.TWICE
    return None


def days_late(due_on: date | None, done_on: date | None, on: date) -> int:
    """Days after the day due until it was done, or until today; 0 in time. The day due itself is in time."""
    if due_on is None:
        return 0
    return max(0, ((done_on or on) - due_on).days)


def lateness(due_on: date | None, done_on: date | None, on: date) -> Lateness:
    """How a task stands to its day; one that is done keeps how late it was done."""
    if due_on is None:
        return Lateness.NO_DAY
    late = days_late(due_on, done_on, on)
    if late:
        return Lateness.DRAGGING if late > DRAGGING_DAYS else Lateness.LATE
    is_soon = done_on is None and (due_on - on).days <= SOON_DAYS
    return Lateness.SOON if is_soon else Lateness.IN_TIME
