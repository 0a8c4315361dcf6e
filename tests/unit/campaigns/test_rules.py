"""The pure core: states by approval and dates, texts that never run, the funnel, pace, money, work that waits."""

from datetime import UTC, date, datetime, timedelta

import pytest

from registry import charts
from registry.campaigns.models import Campaign
from registry.campaigns.operations.sending import link_ends
from registry.campaigns.rules.funnel import Step, days_between, funnel, furthest, steepest
from registry.campaigns.rules.money import cost_each
from registry.campaigns.rules.pace import PlanPoint, counted_by, due_on, forecast, month_ends, plan_line
from registry.campaigns.rules.states import (
    CampaignState,
    NotPermitted,
    local_day,
    may_approve,
    move_to,
    standing,
)
from registry.campaigns.rules.texts import FIELDS, TextFault, faults_of, filled
from registry.campaigns.rules.waiting import Waiting, waits_for
from registry.policies.rules.budgets import Line, sums_of

START, END = date(2026, 4, 1), date(2026, 12, 31)
AT = datetime(2026, 11, 22, tzinfo=UTC)
_S = CampaignState
HOSTILE = (
    "{{config}}",
    "{{ ''.__class__.__mro__ }}",
    "{% for x in y %}",
    "{ten.__class__}",
    "{0}",
    "{}",
    "{ten!r:>99999}",
    "{ten",
    "ten}",
    "${7*7}",
    "#{7*7}",
    "{ten}{",
)


def test_a_campaign_follows_its_approval_and_its_dates() -> None:
    days = [START - timedelta(1), START, END, END + timedelta(1)]
    assert [standing(_S.APPROVED, START, END, on) for on in days] == [
        _S.APPROVED,
        _S.RUNNING,
        _S.RUNNING,
        _S.CLOSED,
    ]
    assert standing(_S.PAUSED, START, END, days[3]) is _S.CLOSED
    assert standing(_S.SUBMITTED, START, END, START) is _S.SUBMITTED
    assert move_to(_S.RUNNING, _S.PAUSED).needs_reason
    assert move_to(_S.SUBMITTED, _S.APPROVED).needs_approval_right
    assert not may_approve(1, 1)
    assert may_approve(2, 1)
    for source, target in ((_S.DRAFT, _S.APPROVED), (_S.ARCHIVED, _S.DRAFT), (_S.CLOSED, _S.APPROVED)):
        with pytest.raises(NotPermitted):
            move_to(source, target)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_is_refused_before_it_is_saved(text: str) -> None:
    assert faults_of(f"Chào {text}")


def test_an_unknown_field_is_named_with_the_nearest_one() -> None:
    assert faults_of("{Số tiền} {ten} {ho_ten_day_du_cua_ban}") == [
        TextFault("unknown", "Số tiền", "so_tien"),
        TextFault("unknown", "ho_ten_day_du_cua_ban", ""),
    ]
    assert not faults_of(" ".join(f"{{{one}}}" for one in FIELDS))


def test_values_are_put_in_once_and_stay_on_their_line() -> None:
    values = {"ten": "{so_tien} {{7*7}}\nBcc: a@b\u202e", "so_tien": "1 ₫"}
    assert filled("{ten}|{so_tien}", values) == "{so_tien} {{7*7}} Bcc: a@b|1 ₫"


def test_the_funnel_counts_each_person_once_and_never_grows() -> None:
    seen = AT - timedelta(days=30)
    people = [
        {Step.REACHED: seen},
        {Step.REACHED: seen, Step.OPENED: seen + timedelta(2), Step.REPLIED: seen + timedelta(4)},
        {
            Step.REACHED: seen,
            Step.SIGNED: AT,
            Step.COMPLETE: None,
        },  # interviewed by phone, never pressed a link
        {Step.REACHED: seen, Step.COMPLETE: None, Step.VERIFIED: None},  # a whole record is nobody's answer
        {},
    ]
    steps = funnel(people)
    counts = [one.people for one in steps]
    assert counts == sorted(counts, reverse=True)
    assert counts[:4] == [4, 2, 2, 1]
    assert furthest(people[2]) is Step.SIGNED
    assert furthest(people[3]) is Step.REACHED
    assert (steps[1].of_previous, steps[2].days) == (0.5, 2.0)
    worst = steepest(steps)
    assert worst is not None
    assert worst.step is Step.OPENED
    assert days_between(people, Step.REACHED, Step.SIGNED) == 30.0
    empty = funnel([])
    assert [one.people for one in empty] == [0] * len(Step)
    assert (empty[1].of_previous, steepest(empty)) == (None, None)


def test_the_plan_goes_through_the_points_it_states() -> None:
    line = plan_line(START, END, 60, [PlanPoint(date(2026, 6, 30), 30), PlanPoint(date(2026, 7, 31), 20)])
    assert line == [PlanPoint(START, 0), PlanPoint(date(2026, 6, 30), 30), PlanPoint(END, 60)]
    assert [due_on(line, on) for on in (START - timedelta(1), START, date(2026, 6, 30), END)] == [
        0,
        0,
        30,
        60,
    ]
    assert due_on(plan_line(START, END, 60, []), date(2026, 8, 16)) == 30
    assert due_on(plan_line(START, START, 5, []), START) == 5


def test_the_forecast_keeps_the_mean_pace() -> None:
    ahead = forecast(14, 60, START, END, date(2026, 11, 22))
    assert ahead is not None
    assert (ahead.people, ahead.lacking) == (16, 44)  # 14 ÷ 236 days × 275 days
    assert forecast(0, 60, START, END, START - timedelta(1)) is None
    after = forecast(14, 60, START, END, END + timedelta(100))
    assert after is not None
    assert after.people == 14
    assert month_ends(START, date(2026, 6, 10)) == [date(2026, 4, 30), date(2026, 5, 31), date(2026, 6, 10)]
    assert counted_by([date(2026, 4, 30), END], [date(2026, 4, 2), date(2026, 5, 1)]) == [1, 2]


def test_money_is_whole_and_nothing_is_divided_by_nobody() -> None:
    sums = sums_of([Line("a", "", True, 100, 70, 30), Line("b", "", False, 50, 60, 10)])
    assert (sums.planned, sums.committed, sums.paid, sums.free) == (150, 130, 40, 20)
    assert Line("b", "", False, 50, 60, 10).is_over
    assert (cost_each(100, 3), cost_each(100, 0), cost_each(1, 2)) == (33, None, 1)
    assert sums_of([]).share_paid is None


def test_what_waits_is_told_of_open_candidacies_alone() -> None:
    long, short = AT - timedelta(days=22), AT - timedelta(days=2)

    def waits(stages: dict[str, datetime], *, answered: bool = True) -> frozenset[Waiting]:
        return waits_for({Step.REACHED: long}, {1: stages} if stages else {}, has_answered=answered, at=AT)

    assert waits({"referred": long}) == {Waiting.INTERVIEW}
    assert waits({"referred": short}) == frozenset()
    assert waits({"referred": long, "withdrawn": AT}) == frozenset()
    assert waits({"interested": long}) == {Waiting.CONTACT}
    assert waits({"accepted": short}) == {Waiting.SIGNING}
    assert waits({"accepted": long, "signed": AT}) == frozenset()
    assert waits({}, answered=False) == {Waiting.SILENT}


def test_drawings_escape_and_stand_nothing_and_one_point() -> None:
    for narrow in (False, True):
        drawn = charts.funnel([("<b>", 4, "4", ""), ("B", 0, "0", "0 %")], "nhãn <i>", narrow=narrow)
        assert "<b>" not in drawn
        assert drawn.count("<rect") == 1
        assert charts.funnel([], "rỗng", narrow=narrow)
        lines = charts.PlanLines(["T4"], [3], [None], None, "Kế hoạch 3", "")
        assert "polyline" not in charts.plan_lines(lines, "một điểm", narrow=narrow)
        whole = charts.PlanLines(["T4", "T5", "T6"], [3, 6, 9], [1, 2, None], 4, "Kế hoạch 9", "Dự báo 4")
        assert charts.plan_lines(whole, "ba tháng", narrow=narrow).count("<polyline") == 3
        large = charts.PlanLines(["T4", "T5"], [3, 90_000], [1, None], None, "", "")
        assert '<line class="grid-line" x1="58"' in charts.plan_lines(large, "số lớn", narrow=narrow)
    assert 'width="0.0"' in charts.bullet(None, 0)
    assert charts.bullet(5, 10, 7).count("<rect") == 4


@pytest.mark.parametrize(("days", "last"), [(60, date(2026, 12, 31)), (5, date(2026, 12, 6))])
def test_a_link_answers_to_the_end_of_the_day_that_is_told(days: int, last: date) -> None:
    made = Campaign(ends_on=date(2026, 12, 31), link_days=days)
    ends = link_ends(made, datetime(2026, 12, 1, 2, tzinfo=UTC))
    assert local_day(ends) == last
    assert local_day(ends + timedelta(seconds=1)) == last + timedelta(days=1)
