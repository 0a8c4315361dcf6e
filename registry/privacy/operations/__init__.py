"""Writes of the room: receiving and handling requests."""

from registry.privacy.operations.handling import (
    NotPossible,
    answer_request,
    complete_request,
    extend_request,
    lift_limit,
    refuse_request,
)
from registry.privacy.operations.receiving import AlreadyAsked, Asked, receive_request

__all__ = [
    "AlreadyAsked",
    "Asked",
    "NotPossible",
    "answer_request",
    "complete_request",
    "extend_request",
    "lift_limit",
    "receive_request",
    "refuse_request",
]
