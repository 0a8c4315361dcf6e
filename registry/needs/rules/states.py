"""The states of a need and how they change (NE-01). Pure: no database, no clock."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo


class NeedState(StrEnum):
    """Where a need stands (NE-01)."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    OPEN = "open"
    ON_HOLD = "on_hold"
    FILLED = "filled"
    CANCELLED = "cancelled"
    REJECTED = "rejected"


@dataclass(frozen=True)
class Transition:
    """One permitted change of state."""

    source: NeedState
    target: NeedState
    needs_approval_right: bool = False
    needs_reason: bool = False


_S = NeedState
TRANSITIONS = (
    Transition(_S.DRAFT, _S.SUBMITTED),
    Transition(_S.DRAFT, _S.CANCELLED, needs_reason=True),
    Transition(_S.SUBMITTED, _S.DRAFT, needs_reason=True),
    Transition(_S.SUBMITTED, _S.APPROVED, needs_approval_right=True),
    Transition(_S.SUBMITTED, _S.REJECTED, needs_approval_right=True, needs_reason=True),
    Transition(_S.APPROVED, _S.OPEN),
    Transition(_S.APPROVED, _S.CANCELLED, needs_reason=True),
    Transition(_S.OPEN, _S.ON_HOLD, needs_reason=True),
    Transition(_S.OPEN, _S.FILLED),
    Transition(_S.OPEN, _S.CANCELLED, needs_reason=True),
    Transition(_S.ON_HOLD, _S.OPEN),
    Transition(_S.ON_HOLD, _S.FILLED),
    Transition(_S.ON_HOLD, _S.CANCELLED, needs_reason=True),
    Transition(_S.REJECTED, _S.DRAFT),
)
"""Every permitted change; filled and cancelled are final, a new need is made from a copy."""

EDITABLE_STATES = frozenset({_S.DRAFT, _S.SUBMITTED, _S.APPROVED, _S.OPEN, _S.ON_HOLD})
OPEN_STATES = frozenset({_S.OPEN, _S.ON_HOLD})
FINAL_STATES = frozenset({_S.FILLED, _S.CANCELLED})


class NotPermitted(Exception):
    """The need cannot go from its state to that one."""

    def __init__(self, source: NeedState, target: NeedState) -> None:
        super().__init__(f"{source} → {target}")
        self.source = source
        self.target = target


def transition(source: NeedState, target: NeedState) -> Transition:
    """The permitted change from `source` to `target`. Raises NotPermitted."""
    for one in TRANSITIONS:
        if one.source is source and one.target is target:
            return one
    raise NotPermitted(source, target)


def transitions_from(source: NeedState) -> tuple[Transition, ...]:
    """The permitted changes from a state, in the order of the table."""
    return tuple(one for one in TRANSITIONS if one.source is source)


LOCAL_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def local_day(at: datetime) -> date:
    """The day an instant falls on in Việt Nam."""
    return at.astimezone(LOCAL_ZONE).date()
