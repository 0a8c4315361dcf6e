"""The states of a shortage, and what counts as its end. Pure (N7, CP-11, TR-06)."""

from enum import StrEnum


class ShortageState(StrEnum):
    """What was done about it: nothing yet, training ordered, a campaign begun, met."""

    OPEN = "open"
    ORDERED = "ordered"
    CAMPAIGNED = "campaigned"
    MET = "met"


MOST_PEOPLE = 100_000


class NotPossible(Exception):
    """The shortage is met, or has what is asked for it already."""


def code_of(year: int, number: int) -> str:
    """The number people quote, such as «TH-2026-003»."""
    return f"TH-{year}-{number:03d}"


def next_state(has_order: bool, has_campaign: bool) -> ShortageState:
    """The state of a shortage that is not met: a campaign says more than an order, since it brings people now."""
    if has_campaign:
        return ShortageState.CAMPAIGNED
    return ShortageState.ORDERED if has_order else ShortageState.OPEN


def left_of(size: int, credited: int) -> int:
    """How many are still missing; more placed than were missing leave nobody missing."""
    return max(0, size - credited)
