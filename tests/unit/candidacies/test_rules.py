"""Which stage may follow which, what two decisions say together, when reasons, opinions and checks are due."""

from datetime import date
from itertools import permutations

import pytest

from registry.candidacies.forms.words import NEXT, OUTCOME, OWN, SOURCE, STAGE, STANDING
from registry.candidacies.rules import (
    BEFORE_TAKING,
    ENDS,
    FIRST,
    OPEN,
    TAKEN,
    DecisionKind,
    MoveRefused,
    NextStep,
    Outcome,
    Source,
    Stage,
    Standing,
    check_move,
    is_step_back,
    needs_reason,
    next_step_of,
    outcomes_of,
    stage_after,
    standing_of,
    targets_from,
)
from registry.candidacies.rules.panels import OpinionState, is_late, months_after
from registry.candidacies.rules.reasons import BACK, reason_words, reasons_for

S = Stage
ON = date(2026, 11, 25)


def test_every_stage_source_and_step_has_words() -> None:
    assert set(STAGE) == set(OWN) == set(Stage)
    assert (set(SOURCE), set(NEXT), set(OUTCOME), set(STANDING)) == (
        set(Source),
        set(NextStep),
        set(Outcome),
        set(Standing),
    )
    assert set(FIRST) == set(Source)


def test_open_stages_have_a_next_step_and_ends_have_none() -> None:
    assert {stage for stage in Stage if next_step_of(stage) is None} == ENDS
    assert set(OPEN) | ENDS == set(Stage)


def test_the_pipeline_goes_forward_and_back() -> None:
    for source, target in permutations(BEFORE_TAKING, 2):
        check_move(source, target)
        assert needs_reason(source, target) is is_step_back(source, target)
        assert source not in targets_from(source)


@pytest.mark.parametrize(
    ("source", "target"),
    [
        (S.ACCEPTED, S.PLACED),
        (S.PLACED, S.REFERRED),
        (S.SIGNED, S.CLOSED_PLACED_ELSEWHERE),
        (S.DECLINED, S.SIGNED),
        (S.WITHDRAWN, S.NOT_SELECTED),
    ],
)
def test_what_cannot_follow_is_refused(source: Stage, target: Stage) -> None:
    with pytest.raises(MoveRefused):
        check_move(source, target)
    assert target not in targets_from(source)


def test_a_post_that_was_left_stays_history() -> None:
    assert targets_from(S.PLACED, is_closed=True) == ()
    assert S.SIGNED in targets_from(S.PLACED)


@pytest.mark.parametrize("end", sorted(ENDS))
def test_out_of_an_end_one_comes_with_a_reason(end: Stage) -> None:
    assert set(targets_from(end)) == set(BEFORE_TAKING)
    assert all(needs_reason(end, target) for target in targets_from(end))


@pytest.mark.parametrize(
    ("referral", "selection", "standing"),
    [
        (None, None, Standing.PENDING),
        (Outcome.REFERRED, None, Standing.REFERRED),
        (Outcome.NOT_REFERRED, None, Standing.NOT_REFERRED),
        (Outcome.NOT_REFERRED, Outcome.SELECTED, Standing.SELECTED),
        (Outcome.REFERRED, Outcome.NOT_SELECTED, Standing.NOT_SELECTED),
        (None, Outcome.SELECTED, Standing.SELECTED),
    ],
)
def test_the_selection_supersedes_the_referral(
    referral: Outcome | None, selection: Outcome | None, standing: Standing
) -> None:
    assert standing_of(referral, selection) is standing


def test_a_decision_leads_to_its_stage() -> None:
    led = {outcome: stage_after(outcome) for kind in DecisionKind for outcome in outcomes_of(kind)}
    assert led == {
        Outcome.REFERRED: S.REFERRED,
        Outcome.NOT_REFERRED: S.NOT_SELECTED,
        Outcome.SELECTED: S.OFFERED,
        Outcome.NOT_SELECTED: S.NOT_SELECTED,
    }


def test_reasons_are_offered_by_day_and_stay_readable() -> None:
    for what in (*Outcome, S.REMOVED, S.DECLINED, S.WITHDRAWN, BACK):
        offered = reasons_for(what, ON)
        assert offered
        assert all(one.words["vi"] and one.words["en"] for one in offered)
        assert all(len(one.code) <= 30 for one in offered)
        assert not reasons_for(what, date(2025, 12, 31))
    assert reason_words("other_chosen", "vi") == "Đã chọn người khác phù hợp hơn"
    assert reason_words("other_chosen", "fr") == "Đã chọn người khác phù hợp hơn"
    assert reason_words("gone", "vi") == "gone"


@pytest.mark.parametrize(
    ("day", "months", "after"),
    [
        (date(2026, 11, 25), 12, date(2027, 11, 25)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 12, 31), 36, date(2029, 12, 31)),
        (date(2027, 2, 28), 60, date(2032, 2, 28)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
    ],
)
def test_checks_fall_on_the_same_day_of_the_month(day: date, months: int, after: date) -> None:
    assert months_after(day, months) == after


def test_the_last_day_of_an_opinion_counts_to_its_end() -> None:
    assert not is_late(OpinionState.REQUESTED, ON, ON)
    assert is_late(OpinionState.REQUESTED, ON, date(2026, 11, 26))
    assert not is_late(OpinionState.SUBMITTED, ON, date(2026, 12, 26))


def test_nobody_is_taken_twice_over() -> None:
    assert {S.SIGNED, S.PLACED} == TAKEN
