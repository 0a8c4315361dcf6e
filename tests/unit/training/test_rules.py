"""Categories, lateness, counting and progress: the pure core of training."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.training.rules import (
    CATEGORIES,
    LEAST,
    CourseKind,
    ParticipationState,
    Progress,
    Result,
    SessionState,
    Split,
    counts_on,
    days_late,
    fits,
    masked,
    percent,
    progress_of,
)

ON = date(2026, 11, 27)
DONE, CAME = ParticipationState.COMPLETED, ParticipationState.ATTENDING


def test_bt1_the_seven_categories_of_ben_tre_come_first_and_a_degree_is_no_in_service_training() -> None:
    codes = [one.code for one in CATEGORIES[:7]]
    assert codes == [
        "education", "political_theory", "state_management", "leadership_skills", "professional",
        "defence_security", "council_delegates",
    ]  # fmt: skip
    assert fits("education", CourseKind.EDUCATION)
    assert not fits("education", CourseKind.IN_SERVICE)
    assert not fits("professional", CourseKind.EDUCATION)
    assert fits("vocational", CourseKind.EDUCATION)
    assert not fits("khong-co", CourseKind.EDUCATION)


@pytest.mark.parametrize(
    ("state", "planned", "actual", "late"),
    [
        (SessionState.PLANNED, date(2026, 11, 20), None, 7),
        (SessionState.RUNNING, date(2026, 11, 20), date(2026, 11, 23), 3),
        (SessionState.FINISHED, date(2026, 11, 20), date(2026, 11, 20), 0),
        (SessionState.PLANNED, date(2026, 12, 20), None, 0),
        (SessionState.CANCELLED, date(2026, 11, 20), None, None),
        (SessionState.OPEN, None, None, None),
    ],
)
def test_kh3_late_is_the_actual_start_or_today_without_the_planned_one(
    state: SessionState, planned: date | None, actual: date | None, late: int | None
) -> None:
    assert days_late(state, planned, actual, ON) == late


def test_whoever_was_absent_or_in_a_cancelled_class_is_not_counted() -> None:
    start, end = date(2026, 3, 2), date(2026, 3, 27)
    assert counts_on(DONE, SessionState.FINISHED, start, end) == end
    assert counts_on(CAME, SessionState.RUNNING, start, None) == start
    assert counts_on(ParticipationState.ABSENT, SessionState.FINISHED, start, end) is None
    assert counts_on(DONE, SessionState.CANCELLED, start, end) is None
    assert counts_on(ParticipationState.REGISTERED, SessionState.PLANNED, None, None) is None


@given(st.tuples(*[st.integers(0, 40)] * 3))
def test_no_small_count_can_be_worked_out_from_those_that_are_shown(counts: tuple[int, int, int]) -> None:
    shown = masked(Split(*counts))
    pairs = list(zip(counts, (shown.yes, shown.no, shown.unknown), strict=True))
    assert all(told in (None, count) for count, told in pairs)
    assert all(told is None for count, told in pairs if 0 < count < LEAST)
    assert sum(told is None for _count, told in pairs) != 1
    if not any(0 < count < LEAST for count in counts):
        assert not shown.is_masked


def test_there_is_no_percentage_without_a_plan() -> None:
    assert percent(716, 6775) == pytest.approx(10.568, abs=0.001)
    assert percent(5, None) is None
    assert percent(5, 0) is None


def test_a_pass_counts_most_and_a_revoked_result_is_none() -> None:
    assert progress_of([]) is Progress.NOT_STARTED
    assert progress_of([(DONE, Result.FAILED), (DONE, Result.PASSED)]) is Progress.PASSED
    assert progress_of([(DONE, Result.FAILED), (CAME, None)]) is Progress.IN_PROGRESS
    assert progress_of([(DONE, Result.FAILED), (DONE, Result.REPEAT)]) is Progress.REPEAT
    assert progress_of([(DONE, Result.REVOKED)]) is Progress.NOT_STARTED
    assert progress_of([(ParticipationState.ABSENT, None)]) is Progress.NOT_STARTED
