"""Pure rules of jobs: what their arguments may be, how long a retry waits, what time is left."""

from datetime import UTC, datetime, timedelta

import pytest

from registry.jobs.rules import JobState, check_arguments, retry_delay, time_left

START = datetime(2026, 11, 25, 1, 0, tzinfo=UTC)


def test_arguments_are_ids_and_codes() -> None:
    assert check_arguments({"batch": "0123456789abcdefghjkmnpqrs", "rows": 12}) == {
        "batch": "0123456789abcdefghjkmnpqrs",
        "rows": 12,
    }


@pytest.mark.parametrize(
    "text", ["Nguyễn Thị Hoa", "hoa@vidu.vn", "0912 345 678", "a" * 61, "x\n", "\u0661\u0662"]
)
def test_names_and_contacts_are_refused_as_arguments(text: str) -> None:
    with pytest.raises(ValueError, match="neither an id nor a code"):
        check_arguments({"who": text})


def test_a_refused_argument_is_not_repeated_in_the_error() -> None:
    with pytest.raises(ValueError, match="who") as caught:
        check_arguments({"who": "Nguyễn Thị Hoa"})
    assert "Hoa" not in str(caught.value)


def test_retries_wait_longer_each_time_but_never_over_five_minutes() -> None:
    waits = [retry_delay(attempts) for attempts in range(1, 10)]
    assert waits[:3] == [timedelta(seconds=5), timedelta(seconds=10), timedelta(seconds=20)]
    assert waits == sorted(waits)
    assert waits[-1] == timedelta(minutes=5)


def test_time_left_follows_the_pace_so_far() -> None:
    assert time_left(START, START + timedelta(seconds=30), 500, 2000) == timedelta(seconds=90)


@pytest.mark.parametrize(("done", "total"), [(0, 100), (10, None), (10, 0)])
def test_without_a_pace_no_time_is_promised(done: int, total: int | None) -> None:
    assert time_left(START, START + timedelta(seconds=5), done, total) is None
    assert time_left(None, START, 1, 2) is None


def test_more_steps_than_announced_leave_no_time() -> None:
    assert time_left(START, START + timedelta(seconds=10), 12, 10) == timedelta(0)


def test_three_states_are_over() -> None:
    assert [state for state in JobState if state.is_over] == [
        JobState.DONE,
        JobState.FAILED,
        JobState.CANCELLED,
    ]
