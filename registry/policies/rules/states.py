"""Closed lists of the room and what may follow what: kinds of documents, states of a version. Pure."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from registry.policies.rules.documents import Status

LONGEST_CODE = 60


class DocumentKind(StrEnum):
    """What a legal document is called."""

    LAW = "law"
    DECREE = "decree"
    DECISION = "decision"
    COUNCIL_RESOLUTION = "council_resolution"
    PROVINCE_DECISION = "province_decision"
    DRAFT = "draft"


class LinkKind(StrEnum):
    """What one document does to another."""

    AMENDS = "amends"
    REPLACES = "replaces"


class PolicyPurpose(StrEnum):
    """What a policy is for."""

    ATTRACT = "attract"
    RETAIN = "retain"
    TRAIN = "train"
    HOUSING = "housing"
    RELOCATION = "relocation"


class VersionState(StrEnum):
    """Where a version of a policy stands. What is published is never changed: a new version is made."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


FOLLOWS: Mapping[VersionState, frozenset[VersionState]] = {
    VersionState.DRAFT: frozenset({VersionState.SUBMITTED, VersionState.WITHDRAWN}),
    VersionState.SUBMITTED: frozenset({VersionState.DRAFT, VersionState.PUBLISHED}),
    VersionState.PUBLISHED: frozenset({VersionState.WITHDRAWN}),
    VersionState.WITHDRAWN: frozenset(),
}
"""The transition table: state → the states that may come next."""

OPEN_STATES = frozenset({VersionState.DRAFT, VersionState.SUBMITTED})


class InForce(StrEnum):
    """What a reader is told of a version on a day."""

    IN_FORCE = "in_force"
    UPCOMING = "upcoming"
    EXPIRED = "expired"
    DRAFT = "draft"
    UNDATED = "undated"
    WITHDRAWN = "withdrawn"


def may_follow(now: VersionState, then: VersionState) -> bool:
    """Whether a version may go from one state to the other."""
    return then in FOLLOWS[now]


def standing(
    status: Status, start: date | None, end: date | None, on: date, *, is_replaced: bool = False
) -> InForce:
    """What to say of a text on a day; the last day still counts. Dates win over the status, but for a draft.

    `is_replaced`: another document that is in force on this day replaces it.
    """
    if status is Status.DRAFT:
        return InForce.DRAFT
    if start is not None and on < start:
        return InForce.UPCOMING
    if is_replaced or (end is not None and on > end):
        return InForce.EXPIRED
    if end is None and status in (Status.EXPIRED, Status.REPLACED):
        return InForce.EXPIRED
    return InForce.UNDATED if start is None else InForce.IN_FORCE
