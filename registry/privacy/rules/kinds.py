"""The closed lists of requests about one's own data: what is asked, where it stands, who it came through. Pure."""

from collections.abc import Mapping
from enum import StrEnum


class RightKind(StrEnum):
    """What a person asks for."""

    ACCESS = "access"
    CORRECTION = "correction"
    WITHDRAWAL = "withdrawal"
    RESTRICTION = "restriction"
    OBJECTION = "objection"
    ERASURE = "erasure"


class RequestState(StrEnum):
    """Where a request stands. Only `DONE` and `REFUSED` end it."""

    RECEIVED = "received"
    ANSWERED = "answered"
    DONE = "done"
    REFUSED = "refused"


class StepKind(StrEnum):
    """What happened to a request."""

    RECEIVED = "received"
    APPLIED = "applied"
    ANSWERED = "answered"
    EXTENDED = "extended"
    DONE = "done"
    REFUSED = "refused"
    LIFTED = "lifted"


class IdentityCheck(StrEnum):
    """How it was made sure that the person asks and nobody else."""

    ACCOUNT = "account"
    DOCUMENT_SEEN = "document_seen"
    SIGNATURE = "signature"
    CALLED_BACK = "called_back"


OPEN_STATES = frozenset({RequestState.RECEIVED, RequestState.ANSWERED})

FOLLOWING: Mapping[RequestState, frozenset[StepKind]] = {
    RequestState.RECEIVED: frozenset({StepKind.ANSWERED, StepKind.EXTENDED, StepKind.DONE, StepKind.REFUSED}),
    RequestState.ANSWERED: frozenset({StepKind.EXTENDED, StepKind.DONE, StepKind.REFUSED}),
    RequestState.DONE: frozenset(),
    RequestState.REFUSED: frozenset(),
}
"""What an office may do with a request in each state. Completing or refusing is a first answer too."""

LIMITING = frozenset({RightKind.RESTRICTION, RightKind.OBJECTION})
"""Requests that close uses of the record from the moment they are made until they are lifted or refused."""

AT_ONCE = LIMITING | {RightKind.WITHDRAWAL}
"""Requests that take effect in the product at once; what remains for the office is to tell third parties and to answer."""

NEVER_REFUSED = frozenset({RightKind.WITHDRAWAL})
"""An agreement that was given freely ends when the person says so: there is nothing to refuse."""
