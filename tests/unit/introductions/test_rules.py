"""Until when a request can be answered, over Tết, a leap day and midnight in Việt Nam; when another may follow."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from registry.introductions.rules import (
    LIVE,
    RevealState,
    day_begins,
    days_left,
    due_on,
    limits_on,
    local_day,
    quiet_until,
    standing,
)

LIMITS = replace(limits_on(date(2026, 11, 25)), answer_days=14)
S = RevealState


@pytest.mark.parametrize(
    ("asked_on", "last_day"),
    [
        (date(2027, 1, 29), date(2027, 2, 12)),  # the whole of Tết Đinh Mùi lies between: it is not left out
        (date(2027, 2, 5), date(2027, 2, 19)),  # asked on the eve of Tết
        (date(2028, 2, 15), date(2028, 2, 29)),  # ends on a leap day
        (date(2028, 2, 20), date(2028, 3, 5)),  # a leap day lies between
        (date(2027, 2, 20), date(2027, 3, 6)),  # a year without one
        (date(2026, 12, 25), date(2027, 1, 8)),
    ],
)
def test_the_last_day_is_counted_in_calendar_days(asked_on: date, last_day: date) -> None:
    assert due_on(asked_on, LIMITS) == last_day
    assert days_left(last_day, asked_on) == 14
    assert standing(S.ASKED, last_day, need_is_over=False, on=last_day) is S.ASKED
    after = last_day + timedelta(days=1)
    assert standing(S.ASKED, last_day, need_is_over=False, on=after) is S.EXPIRED


def test_a_day_is_one_in_viet_nam() -> None:
    last_second = datetime(2028, 2, 29, 16, 59, 59, tzinfo=UTC)
    assert local_day(last_second) == date(2028, 2, 29)
    assert local_day(last_second + timedelta(seconds=1)) == date(2028, 3, 1)
    assert day_begins(last_second).astimezone(UTC) == datetime(2028, 2, 28, 17, tzinfo=UTC)


@pytest.mark.parametrize("state", list(S))
def test_a_need_that_is_over_ends_what_lives_and_nothing_else(state: RevealState) -> None:
    on = date(2026, 11, 25)
    assert standing(state, on, need_is_over=True, on=on) is (S.CLOSED if state in LIVE else state)


def test_a_grant_does_not_run_out_with_the_days_for_an_answer() -> None:
    assert standing(S.GRANTED, date(2026, 1, 1), need_is_over=False, on=date(2027, 1, 1)) is S.GRANTED


@pytest.mark.parametrize(
    ("state", "days"),
    [
        (S.REFUSED, LIMITS.quiet_days_after_refusal),
        (S.WITHDRAWN, LIMITS.quiet_days_after_refusal),
        (S.EXPIRED, LIMITS.quiet_days_after_silence),
        (S.CANCELLED, LIMITS.quiet_days_after_silence),
        (S.CLOSED, None),
        (S.ASKED, None),
        (S.GRANTED, None),
    ],
)
def test_how_long_nobody_asks_again(state: RevealState, days: int | None) -> None:
    on = date(2028, 2, 1)
    assert quiet_until(state, on, LIMITS) == (None if days is None else on + timedelta(days=days))


def test_before_any_row_there_are_no_limits() -> None:
    with pytest.raises(LookupError):
        limits_on(date(2020, 1, 1))
