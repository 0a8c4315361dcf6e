"""Logic of three values, after Kleene: what is not known neither helps nor harms what is known. Pure.

Source: S. C. Kleene, Introduction to Metamathematics (1952), §64, the strong tables of «and», «or» and «not».
"""

from collections.abc import Iterable
from enum import StrEnum


class State(StrEnum):
    """What is known of a condition: đạt, không đạt, thiếu dữ liệu."""

    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"


MET, NOT_MET, UNKNOWN = State.MET, State.NOT_MET, State.UNKNOWN


def known(is_met: bool) -> State:
    """The state of a condition about which everything is known."""
    return MET if is_met else NOT_MET


def all_of(states: Iterable[State]) -> State:
    """Not met when one is not met; else unknown when one is unknown; else met (also when there is none)."""
    answer = MET
    for state in states:
        if state is NOT_MET:
            return NOT_MET
        if state is UNKNOWN:
            answer = UNKNOWN
    return answer


def any_of(states: Iterable[State]) -> State:
    """Met when one is met; else unknown when one is unknown; else not met (also when there is none)."""
    answer = NOT_MET
    for state in states:
        if state is MET:
            return MET
        if state is UNKNOWN:
            answer = UNKNOWN
    return answer


def negated(state: State) -> State:
    """Met and not met change places; what is unknown stays unknown."""
    if state is UNKNOWN:
        return UNKNOWN
    return NOT_MET if state is MET else MET
