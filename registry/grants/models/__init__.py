"""Tables of the room: decisions with their steps, grants with lines, payments, commitments and events."""

from registry.grants.models.decisions import DecisionStep, EligibilityDecision
from registry.grants.models.grants import Grant, GrantCommitment, GrantEvent, GrantLine, GrantPayment

__all__ = [
    "DecisionStep",
    "EligibilityDecision",
    "Grant",
    "GrantCommitment",
    "GrantEvent",
    "GrantLine",
    "GrantPayment",
]
