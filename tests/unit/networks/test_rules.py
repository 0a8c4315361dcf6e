"""What days, steps and countries say."""

from datetime import date

import pytest

from registry.networks.rules import (
    NEXT,
    Membership,
    TaskState,
    TermDays,
    TermsOn,
    by_year,
    count_on,
    crosses,
    is_late,
    may_become,
    split_by_country,
    terms_on,
)

FIRST, SECOND, THIRD = (
    TermDays(1, date(2012, 1, 1), date(2017, 12, 31)),
    TermDays(2, date(2018, 1, 1), date(2023, 6, 30)),
    TermDays(3, date(2023, 7, 1)),
)
DAY = date(2024, 4, 3)


def test_a_count_of_a_day_holds_both_ends_and_is_not_changed_by_later_days() -> None:
    members = [Membership(date(2012, 5, 1)), Membership(date(2012, 5, 1), DAY), Membership(DAY)]
    assert [count_on(members, day) for day in (date(2012, 4, 30), date(2012, 5, 1), DAY)] == [0, 2, 3]
    later = [*members, Membership(date(2024, 4, 4))]
    later[0] = Membership(date(2012, 5, 1), date(2025, 1, 1))
    assert count_on(later, DAY) == 3
    assert by_year(later, date(2014, 3, 1)) == [
        (date(2012, 12, 31), 2),
        (date(2013, 12, 31), 2),
        (date(2014, 3, 1), 2),
    ]
    assert by_year([], DAY) == []
    assert by_year(members, date(2011, 1, 1)) == []


def test_terms_are_over_after_their_last_day_and_years_are_counted_from_the_first() -> None:
    terms = (THIRD, FIRST, SECOND)
    assert terms_on(terms, DAY) == TermsOn(2, 3, 1)
    assert terms_on(terms, date(2023, 6, 30)) == TermsOn(1, 2, 6)
    assert terms_on(terms, date(2023, 7, 1)) == TermsOn(2, 3, 1)
    assert terms_on(terms, date(2024, 6, 30)) == TermsOn(2, 3, 1)
    assert terms_on(terms, date(2024, 7, 1)) == TermsOn(2, 3, 2)
    assert terms_on((FIRST,), DAY) == TermsOn(1)
    assert terms_on((), DAY) == TermsOn(0)


@pytest.mark.parametrize(
    ("starts", "ends", "expected"),
    [
        (date(2011, 1, 1), date(2011, 12, 31), False),
        (date(2011, 1, 1), date(2012, 1, 1), True),
        (date(2017, 12, 31), None, True),
        (date(2018, 1, 1), None, False),
    ],
)
def test_terms_cross_where_they_have_a_day_in_common(starts: date, ends: date | None, expected: bool) -> None:
    assert crosses([FIRST], starts, ends) is expected
    assert crosses([THIRD], date(2030, 1, 1), None)


def test_steps_of_a_task_follow_each_other() -> None:
    follows = {(state, wanted) for state in TaskState for wanted in TaskState if may_become(state, wanted)}
    assert follows == {(state, wanted) for state, after in NEXT.items() for wanted in after}
    assert not may_become(TaskState.ASKED, TaskState.APPROVED)
    assert not NEXT[TaskState.APPROVED]
    assert may_become(TaskState.DELIVERED, TaskState.ACCEPTED)


def test_a_task_is_late_from_the_day_after_until_it_is_delivered() -> None:
    assert not is_late(TaskState.ACCEPTED, DAY, DAY)
    assert is_late(TaskState.ACCEPTED, DAY, date(2024, 4, 4))
    assert is_late(TaskState.ASKED, DAY, date(2024, 4, 4))
    for state in (TaskState.DELIVERED, TaskState.APPROVED, TaskState.REFUSED):
        assert not is_late(state, DAY, date(2024, 4, 4))
    assert not is_late(TaskState.ASKED, None, DAY)


def test_a_split_with_a_gap_is_no_split_bt6() -> None:
    whole = split_by_country(["KR", "JP", "KR"])
    assert whole.is_known
    assert whole.countries == (("KR", 2), ("JP", 1))
    gap = split_by_country(["KR", None, ""])
    assert not gap.is_known
    assert (gap.total, gap.unrecorded) == (3, 2)
    assert not split_by_country([]).is_known
