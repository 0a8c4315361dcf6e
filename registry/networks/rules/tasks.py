"""The steps of a task: asked, accepted, delivered, approved; or refused."""

from collections.abc import Mapping
from datetime import date

from registry.networks.rules.kinds import TaskState

NEXT: Mapping[TaskState, tuple[TaskState, ...]] = {
    TaskState.ASKED: (TaskState.ACCEPTED, TaskState.REFUSED),
    TaskState.ACCEPTED: (TaskState.DELIVERED, TaskState.REFUSED),
    TaskState.DELIVERED: (TaskState.APPROVED, TaskState.ACCEPTED),
    TaskState.APPROVED: (),
    TaskState.REFUSED: (),
}
"""What may follow. From delivered back to accepted: what came was not good enough."""

ENDED = frozenset({TaskState.APPROVED, TaskState.REFUSED})


def may_become(state: TaskState, wanted: TaskState) -> bool:
    """Whether a step may follow."""
    return wanted in NEXT[state]


def is_late(state: TaskState, due: date | None, on: date) -> bool:
    """Whether something is still to be delivered after its day."""
    return due is not None and due < on and state in (TaskState.ASKED, TaskState.ACCEPTED)
