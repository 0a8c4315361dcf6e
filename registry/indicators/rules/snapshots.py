"""The states of a frozen report: draft → frozen → published, the last by a second person. Pure (IN-13)."""

from enum import StrEnum

from registry.people.rules.problems import N_


class SnapshotState(StrEnum):
    """draft: may still be thrown away; frozen: its bytes never change; published: a second person stands for it."""

    DRAFT = "draft"
    FROZEN = "frozen"
    PUBLISHED = "published"


SNAPSHOT_WORDS = {
    SnapshotState.DRAFT: N_("Bản nháp"),
    SnapshotState.FROZEN: N_("Đã chốt"),
    SnapshotState.PUBLISHED: N_("Đã công bố"),
}


def may_publish(account_id: int | None, frozen_by_id: int | None) -> bool:
    """Whether somebody may publish what somebody froze: never the same person."""
    return account_id is not None and account_id != frozen_by_id
