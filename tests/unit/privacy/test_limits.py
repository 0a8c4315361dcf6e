"""Both clocks from the rows of the file, how they stand on a day, and what the law's numbers may not stand in."""

import json
import re
from datetime import date, timedelta
from pathlib import Path

import pytest

import registry.privacy
from registry.privacy.rules import (
    NoLimit,
    RequestState,
    RightKind,
    Urgency,
    clocks_of,
    extended,
    limit_of,
    limits,
    standing_of,
    working_calendar,
)

CALENDAR = working_calendar()
HERE = Path(registry.privacy.__file__).parent


@pytest.mark.parametrize("kind", list(RightKind))
def test_every_kind_has_exactly_one_limit_that_says_where_it_comes_from(kind: RightKind) -> None:
    rows = [row for row in limits() if row.holds(kind, date(2026, 11, 25))]
    assert len(rows) == 1
    assert rows[0].source
    assert rows[0] == limit_of(kind, date(2026, 11, 25))


def test_before_the_law_there_is_no_limit() -> None:
    with pytest.raises(NoLimit):
        limit_of(RightKind.ACCESS, date(2025, 12, 31))
    assert limit_of(RightKind.ACCESS, date(2026, 1, 1))


@pytest.mark.parametrize(
    ("kind", "received", "third", "answer", "done"),
    [
        (RightKind.WITHDRAWAL, date(2026, 11, 25), False, date(2026, 11, 27), date(2026, 12, 10)),
        (RightKind.WITHDRAWAL, date(2026, 11, 25), True, date(2026, 11, 27), date(2026, 12, 15)),
        (RightKind.ACCESS, date(2026, 2, 13), False, date(2026, 2, 24), date(2026, 2, 23)),
        (RightKind.CORRECTION, date(2028, 2, 25), False, date(2028, 2, 29), date(2028, 3, 6)),
        (RightKind.ERASURE, date(2028, 2, 9), False, date(2028, 2, 11), date(2028, 2, 29)),
        (RightKind.ERASURE, date(2027, 2, 4), True, date(2027, 2, 15), date(2027, 3, 6)),
    ],
)
def test_both_clocks_are_counted_from_the_day_of_receipt(
    kind: RightKind, received: date, third: bool, answer: date, done: date
) -> None:
    clocks = clocks_of(limit_of(kind, received), CALENDAR, received, has_third_party=third)
    assert (clocks.answer_due_on, clocks.done_due_on) == (answer, done)


def test_an_extension_adds_calendar_days() -> None:
    assert extended(date(2028, 2, 20), 10) == date(2028, 3, 1)


RECEIVED, ANSWERED = RequestState.RECEIVED, RequestState.ANSWERED


@pytest.mark.parametrize(
    ("state", "on", "is_answer", "urgency"),
    [
        (RECEIVED, date(2026, 11, 25), True, Urgency.SOON),
        (RECEIVED, date(2026, 11, 27), True, Urgency.TODAY),
        (RECEIVED, date(2026, 11, 28), True, Urgency.LATE),
        (ANSWERED, date(2026, 11, 28), False, Urgency.CALM),
        (ANSWERED, date(2026, 12, 7), False, Urgency.SOON),
        (ANSWERED, date(2026, 12, 10), False, Urgency.TODAY),
        (ANSWERED, date(2026, 12, 11), False, Urgency.LATE),
        (RequestState.DONE, date(2027, 1, 1), False, Urgency.OVER),
        (RequestState.REFUSED, date(2027, 1, 1), False, Urgency.OVER),
    ],
)
def test_the_nearer_clock_counts_and_its_last_day_is_still_in_time(
    state: RequestState, on: date, is_answer: bool, urgency: Urgency
) -> None:
    stands = standing_of(state, date(2026, 11, 27), date(2026, 12, 10), on, CALENDAR)
    assert (stands.is_answer, stands.urgency) == (is_answer, urgency)


def test_over_tet_the_end_may_come_before_the_first_answer() -> None:
    """Ten calendar days from the eve of Tết end before two worked ones do: then the end is the nearer clock."""
    clocks = clocks_of(
        limit_of(RightKind.ACCESS, date(2026, 2, 13)), CALENDAR, date(2026, 2, 13), has_third_party=False
    )
    stands = standing_of(RECEIVED, clocks.answer_due_on, clocks.done_due_on, date(2026, 2, 23), CALENDAR)
    assert not stands.is_answer
    assert stands.urgency is Urgency.TODAY


def test_no_day_of_tet_brings_the_first_answer_forward() -> None:
    """Received any day of January and February, two worked days never end on a day off."""
    day = date(2026, 1, 1)
    while day < date(2026, 3, 1):
        assert CALENDAR.is_worked(CALENDAR.add_working_days(day, 2))
        day += timedelta(days=1)


def numbers_of_law(source: str) -> list[str]:
    """Numbers that stand for days in code."""
    return re.findall(r"(?:days|ngày)\s*=\s*\d+", source)


def test_no_number_of_the_law_stands_in_code() -> None:
    found = {
        path.name: left
        for path in HERE.rglob("*.py")
        if (
            left := [
                one for one in numbers_of_law(path.read_text("utf-8")) if not re.search(r"= ?[01]$", one)
            ]
        )
    }
    assert found == {}
    assert numbers_of_law("timedelta(days=15)") == ["days=15"]


def test_rows_nobody_checked_say_so() -> None:
    raw = json.loads((HERE / "data" / "limits.json").read_text("utf-8"))
    assert [row.is_confirmed for row in limits()] == [one["confirmed"] for one in raw["rows"]]
