"""The states of a need: which changes there are, which ask for a reason or a right."""

from datetime import UTC, date, datetime
from itertools import pairwise

import pytest

from registry.needs.rules import (
    FINAL_STATES,
    TRANSITIONS,
    NeedState,
    NotPermitted,
    local_day,
    transition,
    transitions_from,
)


def test_a_draft_reaches_open_through_submission_and_approval() -> None:
    path = (NeedState.DRAFT, NeedState.SUBMITTED, NeedState.APPROVED, NeedState.OPEN)
    for source, target in pairwise(path):
        assert transition(source, target).target is target


@pytest.mark.parametrize("target", [NeedState.APPROVED, NeedState.OPEN, NeedState.FILLED])
def test_a_draft_cannot_skip_approval(target: NeedState) -> None:
    with pytest.raises(NotPermitted) as refused:
        transition(NeedState.DRAFT, target)
    assert (refused.value.source, refused.value.target) == (NeedState.DRAFT, target)


def test_final_states_have_no_way_on() -> None:
    assert [transitions_from(state) for state in sorted(FINAL_STATES)] == [(), ()]


def test_only_approving_and_rejecting_ask_for_the_right_to_approve() -> None:
    assert {step.target for step in TRANSITIONS if step.needs_approval_right} == {
        NeedState.APPROVED,
        NeedState.REJECTED,
    }


def test_whatever_stops_a_need_must_say_why() -> None:
    stopping = {NeedState.CANCELLED, NeedState.REJECTED, NeedState.ON_HOLD}
    assert all(step.needs_reason for step in TRANSITIONS if step.target in stopping)


def test_no_change_is_listed_twice() -> None:
    pairs = [(step.source, step.target) for step in TRANSITIONS]
    assert len(pairs) == len(set(pairs))


def test_the_day_of_an_instant_is_the_day_in_viet_nam() -> None:
    assert local_day(datetime(2026, 12, 31, 16, 59, tzinfo=UTC)) == date(2026, 12, 31)
    assert local_day(datetime(2026, 12, 31, 17, 0, tzinfo=UTC)) == date(2027, 1, 1)
