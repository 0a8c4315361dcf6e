"""Where somebody stands in a training that their office requires (TR-07). Pure."""

from collections.abc import Iterable
from enum import StrEnum

from registry.training.rules.states import ParticipationState, Result


class Progress(StrEnum):
    """Not started, in progress, passed, failed, or asked to repeat."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    PASSED = "passed"
    FAILED = "failed"
    REPEAT = "repeat"


_OF_RESULT = {Result.PASSED: Progress.PASSED, Result.FAILED: Progress.FAILED, Result.REPEAT: Progress.REPEAT}
_ORDER = (Progress.PASSED, Progress.IN_PROGRESS, Progress.REPEAT, Progress.FAILED, Progress.NOT_STARTED)
_GOING_ON = frozenset(
    {ParticipationState.REGISTERED, ParticipationState.ATTENDING, ParticipationState.COMPLETED}
)


def progress_of(taken: Iterable[tuple[ParticipationState, Result | None]]) -> Progress:
    """What several participations in one course come to: a pass counts most, then what goes on now.

    A result that was revoked is none, and whoever was absent has not started.
    """
    found = {_one(state, result) for state, result in taken}
    return next((one for one in _ORDER if one in found), Progress.NOT_STARTED)


def _one(state: ParticipationState, result: Result | None) -> Progress:
    if result is not None and result in _OF_RESULT:
        return _OF_RESULT[result]
    if result is None and state in _GOING_ON:
        return Progress.IN_PROGRESS
    return Progress.NOT_STARTED
