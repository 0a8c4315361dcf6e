"""The states of a release: draft → waiting → published or refused; what was published may be withdrawn. Pure."""

from collections.abc import Mapping
from enum import StrEnum

from registry.people.rules.problems import N_


class ReleaseState(StrEnum):
    """draft: its maker looks at it; waiting: a second person does; refused and withdrawn have a reason."""

    DRAFT = "draft"
    WAITING = "waiting"
    PUBLISHED = "published"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


STATE_WORDS: Mapping[ReleaseState, str] = {
    ReleaseState.DRAFT: N_("Bản nháp"),
    ReleaseState.WAITING: N_("Chờ công bố"),
    ReleaseState.PUBLISHED: N_("Đã công bố"),
    ReleaseState.REFUSED: N_("Bị trả lại"),
    ReleaseState.WITHDRAWN: N_("Đã rút"),
}
FOLLOWING: Mapping[ReleaseState, frozenset[ReleaseState]] = {
    ReleaseState.DRAFT: frozenset({ReleaseState.WAITING}),
    ReleaseState.WAITING: frozenset({ReleaseState.PUBLISHED, ReleaseState.REFUSED}),
    ReleaseState.PUBLISHED: frozenset({ReleaseState.WITHDRAWN}),
    ReleaseState.REFUSED: frozenset(),
    ReleaseState.WITHDRAWN: frozenset(),
}
EVER_PUBLIC = frozenset({ReleaseState.PUBLISHED, ReleaseState.WITHDRAWN})
"""What somebody may have a copy of: withdrawing takes none back, so later releases are held against both."""


def may_follow(state: ReleaseState, wanted: ReleaseState) -> bool:
    """Whether a release may come from one state into another."""
    return wanted in FOLLOWING[state]


def is_second(account_id: int | None, prepared_by_id: int | None) -> bool:
    """Whether somebody may decide about what somebody prepared: never the same person."""
    return account_id is not None and account_id != prepared_by_id
