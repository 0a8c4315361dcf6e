"""How fast guessing is slowed down."""

from datetime import UTC, datetime, timedelta

import pytest

from registry.accounts.rules import throttle
from registry.accounts.rules.throttle import Count, Limit, next_count

START = datetime(2026, 11, 25, 1, 0, tzinfo=UTC)
LIMIT = Limit(3, timedelta(minutes=10), timedelta(seconds=10), timedelta(seconds=60))
LIMITS = [throttle.ACCOUNT_FROM_NETWORK, throttle.ACCOUNT, throttle.NETWORK, throttle.EVERYBODY]


def after(tries: int, limit: Limit = LIMIT, at: datetime = START) -> Count:
    count = None
    for _ in range(tries):
        count = next_count(count, limit, at)
    assert count is not None
    return count


@pytest.mark.parametrize(("tries", "seconds"), [(1, 0), (2, 0), (3, 10), (4, 20), (5, 40), (6, 60), (40, 60)])
def test_each_try_beyond_the_free_ones_doubles_the_wait_up_to_the_longest(tries: int, seconds: int) -> None:
    assert after(tries).wait_at(START) == timedelta(seconds=seconds)


def test_a_wait_runs_out() -> None:
    count = after(4)
    assert count.wait_at(START + timedelta(seconds=19)) == timedelta(seconds=1)
    assert count.wait_at(START + timedelta(seconds=20)) == timedelta(0)
    assert count.wait_at(START + timedelta(days=1)) == timedelta(0)


def test_a_new_window_starts_from_one() -> None:
    count = next_count(after(6), LIMIT, START + LIMIT.window)
    assert count == Count(1, START + LIMIT.window)


@pytest.mark.parametrize("limit", LIMITS)
def test_no_limit_ever_locks_for_longer_than_a_quarter_of_an_hour(limit: Limit) -> None:
    assert after(limit.free + 100, limit).wait_at(START) == limit.longest <= timedelta(minutes=15)


def test_guessing_one_account_from_one_network_gets_few_tries_an_hour() -> None:
    count, at, tries = None, START, 0
    while at < START + timedelta(hours=1):
        count = next_count(count, throttle.ACCOUNT_FROM_NETWORK, at)
        tries += 1
        at += max(count.wait_at(at), timedelta(seconds=1))
    assert tries <= 16
