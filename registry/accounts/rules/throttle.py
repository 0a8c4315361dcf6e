"""How fast guessing is slowed down. Pure: counts and instants in, the next count and the wait out."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True)
class Limit:
    """`free` attempts pass within `window`; each one more doubles the wait, from `first` up to `longest`."""

    free: int
    window: timedelta
    first: timedelta
    longest: timedelta


@dataclass(frozen=True)
class Count:
    """How often somebody has tried: since when, and until when the next try is refused."""

    failures: int
    since: datetime
    blocked_until: datetime | None = None

    def wait_at(self, at: datetime) -> timedelta:
        """How long the next try must wait; zero when it may come."""
        if self.blocked_until is None:
            return timedelta(0)
        return max(self.blocked_until - at, timedelta(0))


# One address from one network is slowed soonest; the address alone later, so that a stranger elsewhere
# cannot keep its owner out easily; a whole office behind one network may mistype a lot. Nothing here ends
# a sign-in that is already running, and the longest wait is a quarter of an hour.
ACCOUNT_FROM_NETWORK = Limit(5, timedelta(hours=1), timedelta(seconds=10), timedelta(minutes=15))
ACCOUNT = Limit(25, timedelta(hours=1), timedelta(seconds=10), timedelta(minutes=15))
NETWORK = Limit(60, timedelta(minutes=5), timedelta(seconds=5), timedelta(minutes=5))
EVERYBODY = Limit(1000, timedelta(minutes=5), timedelta(seconds=2), timedelta(seconds=30))

# Letters that a stranger can cause: an address is not to be flooded, and nobody is to learn who exists by trying.
LETTERS_TO_ADDRESS = Limit(5, timedelta(hours=1), timedelta(minutes=2), timedelta(hours=1))
LETTERS_FROM_NETWORK = Limit(30, timedelta(hours=1), timedelta(seconds=30), timedelta(minutes=15))
LETTERS_OF_EVERYBODY = Limit(1000, timedelta(minutes=5), timedelta(seconds=2), timedelta(seconds=30))


def next_count(count: Count | None, limit: Limit, at: datetime) -> Count:
    """The count after one more try that was let through."""
    if count is None or at - count.since >= limit.window:
        return Count(1, at)
    failures = count.failures + 1
    over = failures - limit.free
    if over < 0:
        return Count(failures, count.since)
    wait = min(limit.first * 2 ** min(over, 20), limit.longest)
    return Count(failures, count.since, at + wait)
