"""The states of a campaign: a second person approves it, and then its dates decide. Pure: no database, no clock."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

LOCAL_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


class CampaignState(StrEnum):
    """What was decided. `RUNNING` is never kept: an approved campaign runs between its first and its last day."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    RUNNING = "running"
    PAUSED = "paused"
    CLOSED = "closed"
    ARCHIVED = "archived"


@dataclass(frozen=True)
class Move:
    """One permitted change of what was decided."""

    source: CampaignState
    target: CampaignState
    needs_approval_right: bool = False
    needs_reason: bool = False


_S = CampaignState
MOVES = (
    Move(_S.DRAFT, _S.SUBMITTED),
    Move(_S.DRAFT, _S.ARCHIVED, needs_reason=True),
    Move(_S.SUBMITTED, _S.APPROVED, needs_approval_right=True),
    Move(_S.SUBMITTED, _S.DRAFT, needs_reason=True),
    Move(_S.APPROVED, _S.PAUSED, needs_reason=True),
    Move(_S.APPROVED, _S.DRAFT, needs_reason=True),
    Move(_S.APPROVED, _S.CLOSED, needs_reason=True),
    Move(_S.PAUSED, _S.APPROVED, needs_approval_right=True),
    Move(_S.PAUSED, _S.DRAFT, needs_reason=True),
    Move(_S.PAUSED, _S.CLOSED, needs_reason=True),
    Move(_S.CLOSED, _S.ARCHIVED),
)
"""Every permitted change; changing the terms of an approved campaign takes it back to a draft first."""

EDITABLE = frozenset({_S.DRAFT, _S.SUBMITTED})
OVER = frozenset({_S.CLOSED, _S.ARCHIVED})


class NotPermitted(Exception):
    """The campaign cannot go from its state to that one."""


def standing(state: CampaignState, starts_on: date, ends_on: date, on: date) -> CampaignState:
    """What a reader is told on a day: approval plus dates. A campaign past its last day is closed by itself."""
    if state in (_S.APPROVED, _S.PAUSED) and on > ends_on:
        return _S.CLOSED
    if state is _S.APPROVED and on >= starts_on:
        return _S.RUNNING
    return state


def decided(shown: CampaignState) -> CampaignState:
    """The decision behind what a reader is told; a campaign that its dates closed moves on as a closed one."""
    return _S.APPROVED if shown is _S.RUNNING else shown


def move_to(shown: CampaignState, target: CampaignState) -> Move:
    """The permitted change from what a reader is told. Raises NotPermitted."""
    source = decided(shown)
    for one in MOVES:
        if one.source is source and one.target is target:
            return one
    raise NotPermitted(f"{shown} → {target}")


def moves_from(shown: CampaignState) -> tuple[Move, ...]:
    """The permitted changes, in the order of the table."""
    source = decided(shown)
    return tuple(one for one in MOVES if one.source is source)


def may_approve(account_id: int | None, put_forward_by: int | None) -> bool:
    """Whether somebody may approve what somebody put forward: always a second person."""
    return account_id is not None and account_id != put_forward_by


def local_day(at: datetime) -> date:
    """The day an instant falls on in Việt Nam."""
    return at.astimezone(LOCAL_ZONE).date()


def code_of(year: int, number: int) -> str:
    """«CD-2026-02»."""
    return f"CD-{year}-{number:02d}"
