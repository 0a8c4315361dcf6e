"""The clock of an incident: hours on the wall, over Tết and a leap day; how it stands; when somebody is alerted."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from registry.incidents.rules import (
    ClockNow,
    IncidentState,
    Urgency,
    alerts_due,
    clock_of,
    state_of,
)
from registry.privacy.rules.breach import NoIncidentLimit, incident_limit, incident_limits

VN = ZoneInfo("Asia/Ho_Chi_Minh")


@pytest.mark.parametrize(
    ("discovered", "due"),
    [
        # the evening before Tết Bính Ngọ 2026: days off do not stop this clock
        (datetime(2026, 2, 16, 20, 30, tzinfo=VN), datetime(2026, 2, 19, 20, 30, tzinfo=VN)),
        # Friday before a weekend
        (datetime(2026, 11, 27, 23, 59, tzinfo=VN), datetime(2026, 11, 30, 23, 59, tzinfo=VN)),
        # over and on a leap day, and where there is none
        (datetime(2028, 2, 27, 8, 0, tzinfo=VN), datetime(2028, 3, 1, 8, 0, tzinfo=VN)),
        (datetime(2028, 2, 29, 8, 0, tzinfo=VN), datetime(2028, 3, 3, 8, 0, tzinfo=VN)),
        (datetime(2027, 2, 27, 8, 0, tzinfo=VN), datetime(2027, 3, 2, 8, 0, tzinfo=VN)),
    ],
)
def test_seventy_two_hours_run_on_the_wall(discovered: datetime, due: datetime) -> None:
    assert incident_limit(discovered).due_at(discovered) == due
    assert incident_limit(discovered.astimezone(UTC)).due_at(discovered.astimezone(UTC)) == due


def test_the_row_says_where_it_comes_from_and_nothing_held_before() -> None:
    assert all(row.source and not row.is_confirmed for row in incident_limits())
    with pytest.raises(NoIncidentLimit):
        incident_limit(datetime(2025, 12, 31, 23, 59, tzinfo=VN))
    assert incident_limit(datetime(2026, 1, 1, 0, 0, tzinfo=VN))


DUE = datetime(2028, 3, 3, 1, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("left", "stands"),
    [
        (timedelta(hours=72), ClockNow(Urgency.CALM, 72)),
        (timedelta(hours=24), ClockNow(Urgency.CALM, 24)),
        (timedelta(hours=23, minutes=59), ClockNow(Urgency.SOON, 23)),
        (timedelta(minutes=1), ClockNow(Urgency.SOON, 0)),
        (timedelta(), ClockNow(Urgency.SOON, 0)),
        (timedelta(seconds=-1), ClockNow(Urgency.LATE, -1)),
        (timedelta(hours=-5), ClockNow(Urgency.LATE, -5)),
    ],
)
def test_the_last_instant_is_in_time_and_the_next_is_late(left: timedelta, stands: ClockNow) -> None:
    assert clock_of(DUE, None, DUE - left) == stands


def test_an_answered_clock_stands_still_in_time_or_late() -> None:
    later = DUE + timedelta(days=400)
    assert clock_of(DUE, DUE, later).urgency is Urgency.OVER
    assert clock_of(DUE, DUE + timedelta(seconds=1), later).urgency is Urgency.LATE


@pytest.mark.parametrize(
    ("left", "mark"),
    [(60, None), (48, 48), (30, 48), (24, 24), (13, 24), (12, 12), (1, 12), (0, 0), (-9, 0)],
)
def test_somebody_is_alerted_at_each_mark(left: int, mark: int | None) -> None:
    assert alerts_due(DUE, DUE - timedelta(hours=left), (48, 24, 12, 0)) == mark


def test_the_state_is_the_furthest_thing_done() -> None:
    assert state_of(None, None, None) is IncidentState.OPEN
    assert state_of(DUE, None, None) is IncidentState.REPORTED
    assert state_of(None, DUE, None) is IncidentState.TOLD
    assert state_of(DUE, DUE, DUE) is IncidentState.CLOSED
