"""What a job may be and say. Pure: no database, no clock."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum

LEASE = timedelta(seconds=60)
"""How long a worker may stay silent before its job is given to another one."""

MAX_ATTEMPTS = 5
"""A job that took its worker down this often is given up: it would take every worker down."""

# Ids and codes only: a job row outlives the rows it speaks of and must never hold a name.
_PLAIN_ARGUMENT = re.compile(r"[A-Za-z0-9._-]{0,60}", re.ASCII)


class JobState(StrEnum):
    """queued → running → done | failed | cancelled; a running job whose lease ended may be claimed again."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def is_over(self) -> bool:
        return self in (JobState.DONE, JobState.FAILED, JobState.CANCELLED)


def check_arguments(arguments: Mapping[str, int | str]) -> dict[str, int | str]:
    """The arguments as they may be stored. Raises ValueError for anything that is not an id or a code."""
    for name, value in arguments.items():
        if isinstance(value, str) and not _PLAIN_ARGUMENT.fullmatch(value):
            raise ValueError(f"job argument {name!r} is neither an id nor a code")
    return dict(arguments)


def retry_delay(attempts: int) -> timedelta:
    """How long a job waits after it failed for the n-th time: 5 s, 10 s, 20 s … at most 5 minutes."""
    return timedelta(seconds=min(300, 5 * 2 ** max(0, attempts - 1)))


def time_left(started_at: datetime | None, at: datetime, done: int, total: int | None) -> timedelta | None:
    """The time the rest takes at the pace so far; None while there is no pace to speak of."""
    if started_at is None or not total or done <= 0 or at <= started_at:
        return None
    remaining = max(0, total - done)
    return (at - started_at) * (remaining / done)
