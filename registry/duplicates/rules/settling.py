"""What counts where two records of one person say different things. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from registry.people.rules import PersonState

_STRICTEST_FIRST = (
    PersonState.DRAFT,
    PersonState.PENDING,
    PersonState.INCOMPLETE,
    PersonState.UNREACHABLE,
    PersonState.ACTIVE,
)


def strictest_state(states: Iterable[PersonState]) -> PersonState:
    """The state that shows the record to fewest."""
    return min(states, key=_STRICTEST_FIRST.index)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a record says about a purpose: agreed or withdrawn, when, and the rows that stand."""

    is_given: bool
    at: datetime
    standing: tuple[int, ...] = ()


def newest_verdict(verdicts: Sequence[Verdict]) -> Verdict | None:
    """The one said last; of two said in one moment the withdrawal. None when nothing was said."""
    return max(verdicts, key=lambda one: (one.at, not one.is_given), default=None)
