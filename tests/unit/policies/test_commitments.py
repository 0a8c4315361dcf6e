"""The promised time on its edges: overlapping and open suspensions, standing, alerts, what is waived."""

from datetime import date, timedelta

import pytest

from registry.policies.rules import (
    Commitment,
    CommitmentTerms,
    Extension,
    Repayment,
    RepaymentKind,
    Standing,
    Suspension,
    add_months,
    alert,
    end,
    months_left,
    repayable,
    standing,
)
from registry.policies.rules.commitments import first_end

START = date(2026, 3, 15)
UNTIL = date(2029, 3, 15)


def promised(*events: Suspension | Extension) -> Commitment:
    return Commitment(START, UNTIL, events)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
        (date(2026, 12, 1), 0, date(2026, 12, 1)),
    ],
)
def test_months_later(day: date, months: int, later: date) -> None:
    assert add_months(day, months) == later


def test_the_first_end() -> None:
    assert first_end(CommitmentTerms(years=5), START, None) == date(2031, 3, 15)
    assert first_end(CommitmentTerms(times_training=2), START, 36) == date(2032, 3, 15)
    assert first_end(CommitmentTerms(times_training=2), START, None) is None
    assert first_end(CommitmentTerms(until=UNTIL), START, None) == UNTIL


def test_days_suspended_twice_count_once() -> None:
    first, second = (
        Suspension(date(2027, 1, 1), date(2027, 1, 31)),
        Suspension(date(2027, 1, 21), date(2027, 2, 9)),
    )
    assert end(promised(second, first)) == UNTIL + timedelta(days=40)
    inside = Suspension(date(2027, 1, 5), date(2027, 1, 6))
    assert end(promised(first, inside)) == end(promised(first)) == UNTIL + timedelta(days=31)


def test_a_suspension_that_goes_on_counts_up_to_the_day_asked_for() -> None:
    commitment = promised(Suspension(date(2027, 1, 1), None))
    assert end(commitment) == UNTIL
    assert end(commitment, date(2027, 1, 10)) == UNTIL + timedelta(days=10)
    assert (
        months_left(commitment, date(2027, 6, 30)) == months_left(commitment, date(2028, 6, 30)) == (26, 36)
    )
    assert standing(commitment, date(2030, 1, 1)) is Standing.SUSPENDED


def test_what_comes_after_the_end_changes_nothing() -> None:
    assert end(promised(Suspension(date(2030, 1, 1), date(2030, 2, 1)))) == UNTIL
    assert end(promised(Extension(date(2028, 1, 1), date(2028, 6, 1)))) == UNTIL


def test_the_last_day_can_still_be_suspended() -> None:
    assert end(promised(Suspension(UNTIL, UNTIL))) == UNTIL + timedelta(days=1)


def test_where_it_stands() -> None:
    commitment = promised(Suspension(date(2027, 1, 1), date(2027, 1, 31)))
    last = UNTIL + timedelta(days=31)
    stands = [
        standing(commitment, day) for day in (START - timedelta(days=1), START, date(2027, 1, 31), last)
    ]
    assert stands == [Standing.NOT_BEGUN, Standing.RUNNING, Standing.SUSPENDED, Standing.RUNNING]
    assert standing(commitment, last + timedelta(days=1)) is Standing.SERVED


@pytest.mark.parametrize(
    ("days", "due"), [(91, None), (90, 90), (31, 90), (30, 30), (1, 30), (0, 0), (-5, 0)]
)
def test_alerts(days: int, due: int | None) -> None:
    assert alert(UNTIL, UNTIL - timedelta(days=days)) == due


FULL = Repayment(RepaymentKind.FULL, deadline_days=30, waived_when=("mất sức lao động",))


def test_the_day_by_which_it_must_be_paid() -> None:
    found = repayable(FULL, 1_000, promised(), date(2027, 1, 1))
    assert (found.vnd, found.due_on) == (1_000, date(2027, 1, 31))
    assert found.formula == "toàn bộ = 1.000 ₫".replace(" ₫", "\u00a0₫")


def test_only_a_ground_of_the_text_frees_from_it() -> None:
    day = date(2027, 1, 1)
    freed = repayable(FULL, 1_000, promised(), day, "mất sức lao động")
    assert (freed.vnd, freed.waived, freed.due_on) == (0, "mất sức lao động", None)
    refused = repayable(FULL, 1_000, promised(), day, "chuyển việc")
    assert (refused.vnd, refused.waived) == (1_000, None)


def test_without_a_known_commitment() -> None:
    day = date(2027, 1, 1)
    assert repayable(FULL, 1_000, None, day).vnd == 1_000
    by_months = repayable(Repayment(RepaymentKind.PRO_RATA_MONTHS), 1_000, None, day)
    assert (by_months.vnd, by_months.formula) == (None, "chưa rõ thời gian cam kết")


def test_the_formula_shows_the_months() -> None:
    found = repayable(Repayment(RepaymentKind.PRO_RATA_MONTHS), 36_000_000, promised(), date(2027, 3, 15))
    assert found.formula.replace("\u00a0", " ") == "36.000.000 ₫ × 24/36 tháng = 24.000.000 ₫"
