"""Ties of officers to people, opinions of experts, checks after placement, nominations: what each may be. Pure."""

from calendar import monthrange
from datetime import date
from enum import StrEnum


class TieKind(StrEnum):
    """How an officer is tied to a person."""

    FAMILY = "family"
    INTEREST = "interest"
    OTHER = "other"


class Conflict(StrEnum):
    """Why somebody may not decide about a person (CA-10)."""

    SELF = "self"
    FAMILY = "family"
    INTEREST = "interest"
    OTHER = "other"
    NOMINATOR = "nominator"
    SAME_DECISION = "same_decision"


class OpinionState(StrEnum):
    """Where a question to an expert stands; late is asked of the day, not stored."""

    REQUESTED = "requested"
    SUBMITTED = "submitted"
    RECUSED = "recused"
    CANCELLED = "cancelled"


class CheckOutcome(StrEnum):
    """What somebody found when they looked whether a placed person is still there."""

    STILL = "still"
    LEFT = "left"
    UNKNOWN = "unknown"


class NominationState(StrEnum):
    """proposed → agreed | refused; agreed → accepted | rejected."""

    PROPOSED = "proposed"
    AGREED = "agreed"
    REFUSED = "refused"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


def is_late(state: OpinionState, due_on: date, on: date) -> bool:
    """Whether an opinion that was asked for is overdue on a day; the last day counts to its end."""
    return state is OpinionState.REQUESTED and on > due_on


def months_after(day: date, months: int) -> date:
    """The day so many months later; the last of the month where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
