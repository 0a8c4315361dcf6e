"""Lengths from the rows of the file: over Tết and leap days, never before the whole notice; what a row is known by."""

from datetime import date

import pytest

from registry.app.schema import METADATA
from registry.people.rules.states import STALE_AFTER_MONTHS
from registry.privacy.forms import words
from registry.privacy.rules import limits
from registry.privacy.rules.confirming import as_confirmed, fingerprint_of
from registry.privacy.rules.retention import (
    RetentionAction,
    RetentionRule,
    gone_on,
    retention_rule,
    retention_rules,
)

ON = date(2026, 11, 25)


def rule(code: str, on: date = ON) -> RetentionRule:
    found = retention_rule(code, on)
    assert found is not None
    return found


def test_every_row_says_where_it_comes_from_and_names_tables_that_exist() -> None:
    rows = retention_rules(ON)
    assert len({row.code for row in rows}) == len(rows) == 6
    for row in rows:
        assert row.source
        assert row.ground
        assert set(row.tables) <= set(METADATA.tables)
        assert row.code in words.QUESTION
        assert row.counted_from in words.SINCE
        assert row.notice_days >= 30
    assert retention_rules(date(2025, 12, 31)) == []


def test_a_stale_profile_is_asked_about_and_never_deleted() -> None:
    stale = rule("stale")
    assert stale.action is RetentionAction.ASK
    assert stale.months == STALE_AFTER_MONTHS


@pytest.mark.parametrize(
    ("code", "start", "notice", "due"),
    [
        # 24 months from a leap day end on the last of February; the notice goes out 30 days before, in Tết 2026 or not
        ("profile", date(2024, 2, 29), date(2026, 1, 29), date(2026, 2, 28)),
        ("profile", date(2026, 2, 28), date(2028, 1, 29), date(2028, 2, 28)),
        ("profile", date(2024, 3, 18), date(2026, 2, 16), date(2026, 3, 18)),
        ("papers", date(2027, 11, 29), date(2028, 1, 30), date(2028, 2, 29)),
        ("draft", date(2026, 8, 31), date(2027, 1, 29), date(2027, 2, 28)),
        ("pool", date(2028, 2, 29), date(2028, 2, 29), date(2028, 4, 29)),
        ("pool", date(2026, 2, 16), date(2026, 2, 16), date(2026, 4, 17)),
        ("stale", date(2028, 2, 29), date(2029, 2, 28), date(2029, 4, 29)),
    ],
)
def test_days_are_counted_through_tet_and_leap_years(code: str, start: date, notice: date, due: date) -> None:
    row = rule(code, max(start, date(2026, 1, 1)))
    assert (row.notice_on(start), row.due_on(start)) == (notice, due)


def test_whoever_is_looked_for_is_everybody_that_is_due() -> None:
    for row in retention_rules(ON):
        for on in (date(2028, 2, 29), date(2028, 3, 30), date(2027, 3, 1), date(2026, 5, 31)):
            latest = row.latest_start(on)
            later = date.fromordinal(latest.toordinal() + 1)
            assert row.notice_on(later) > on


def test_nobody_loses_anything_before_the_whole_notice_is_over() -> None:
    assert gone_on(date(2028, 2, 29), date(2028, 1, 30), 30) == date(2028, 2, 29)
    assert gone_on(date(2028, 2, 29), date(2028, 2, 20), 30) == date(2028, 3, 21)


def test_a_row_is_known_by_what_it_says() -> None:
    row = limits()[0]
    assert not row.is_confirmed
    assert as_confirmed(row, {row.fingerprint}).is_confirmed
    assert not as_confirmed(row, {"0" * 64}).is_confirmed
    raw = {"days": 15, "confirmed": False}
    assert fingerprint_of(raw) == fingerprint_of(raw | {"confirmed": True})
    assert fingerprint_of(raw) != fingerprint_of(raw | {"days": 16})
