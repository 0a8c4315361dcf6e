"""Which changes of an approved need ask for approval again, and who may not give it."""

import pytest

from registry.needs.rules import (
    APPROVED_STATES,
    WORDING,
    NeedState,
    NeedTerms,
    asks_for_approval,
    must_say_when,
    substance,
)

BASE = NeedTerms("Kỹ sư dữ liệu", headcount=2, forms=("remote", "advice"))


def test_words_for_readers_are_not_substance() -> None:
    assert set(WORDING) == {"title", "description", "note"}
    assert not set(substance(BASE, (), ())) & set(WORDING)


@pytest.mark.parametrize("state", [NeedState.APPROVED, NeedState.OPEN, NeedState.ON_HOLD])
def test_an_approved_need_whose_substance_changed_asks_again(state: NeedState) -> None:
    assert state in APPROVED_STATES
    assert asks_for_approval(state, {"headcount"})
    assert not asks_for_approval(state, set())


@pytest.mark.parametrize("state", [NeedState.DRAFT, NeedState.SUBMITTED, NeedState.REJECTED])
def test_what_nobody_has_approved_asks_nothing(state: NeedState) -> None:
    assert not asks_for_approval(state, {"headcount"})


def test_the_order_of_chosen_forms_is_not_substance() -> None:
    turned = NeedTerms("Kỹ sư dữ liệu", headcount=2, forms=("advice", "remote"))
    assert substance(turned, (), ()) == substance(BASE, (), ())


def test_the_order_of_skills_is_not_substance_and_their_levels_are() -> None:
    one, two = ("#1", 3, 1, False, None), ("#2", 3, 1, False, None)
    assert substance(BASE, (one, two), ()) == substance(BASE, (two, one), ())
    assert substance(BASE, (one,), ()) != substance(BASE, (("#1", 4, 1, False, None),), ())


def test_only_drafts_and_refused_needs_may_leave_the_date_open() -> None:
    assert {state for state in NeedState if not must_say_when(state)} == {
        NeedState.DRAFT,
        NeedState.REJECTED,
        NeedState.CANCELLED,
    }
