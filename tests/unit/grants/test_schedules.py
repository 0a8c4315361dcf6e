"""Schedules sum to the đồng, payments never exceed, and what is repayable agrees with the cases worked by hand."""

import json
from datetime import date, timedelta
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from registry.grants.rules import (
    CommitmentState,
    DecisionState,
    EventKind,
    Happening,
    Plan,
    alert_due,
    by_year,
    canonical,
    decision_standing,
    due_on,
    fingerprint,
    months_between,
    offered,
    parts_of,
    promise,
    split,
    to_repay,
    total_of,
)
from registry.policies.rules import Line, LineKind, Period, State
from registry.policies.rules.costs import costs
from tests.unit.policies import test_cases as by_hand

some_days = st.dates(date(2020, 1, 1), date(2034, 12, 31))
sums = st.integers(0, 10**12)
DAY = date(2026, 11, 27)


@settings(max_examples=60)
@given(sums, st.integers(1, 30), some_days)
def test_parts_of_what_is_paid_once_sum_to_it_and_the_last_takes_the_rest(
    vnd: int, years: int, day: date
) -> None:
    parts = parts_of(Plan(vnd, Period.ONCE, years=years), day, day)
    assert total_of(parts) == vnd
    assert len({one.vnd for one in parts[:-1]}) <= 1
    assert [one.due_on.year for one in parts] == list(range(day.year, day.year + years))


@settings(max_examples=60)
@given(sums, st.sampled_from(list(Period)), st.integers(1, 60), some_days, some_days)
def test_the_schedule_costs_each_year_what_the_engine_said(
    vnd: int, period: Period, months: int, decided: date, starts: date
) -> None:
    in_parts = 5 if period is Period.ONCE else None
    line = Line("b", "g", "", "", LineKind.FIXED, period, months, vnd, vnd, years_of_instalments=in_parts)
    said = costs([line], decided, starts).by_year
    parts = parts_of(Plan(vnd, period, months, in_parts), decided, starts)
    assert by_year(parts) == {year: one.high for year, one in said.items()}


@settings(max_examples=60)
@given(st.integers(1, 10**12), st.lists(st.integers(0, 10**12), max_size=8))
def test_what_is_paid_and_what_is_due_are_always_the_part(due: int, tries: list[int]) -> None:
    paid, left = 0, due
    for one in tries:
        if not left:
            break
        try:
            now, left_now = split(left, one)
        except ValueError:
            assert one > left or one == 0
            continue
        paid, left = paid + now, left_now
        assert paid + left == due


def test_a_line_without_an_end_has_no_schedule() -> None:
    with pytest.raises(ValueError, match="no schedule"):
        parts_of(Plan(1, Period.MONTH), DAY, DAY)
    assert months_between(date(2026, 1, 31), date(2026, 3, 1)) == 2


@cache
def happened(case: str) -> tuple[Happening, ...]:
    rows = json.loads(next(one["suspensions"] for one in by_hand.CASES if one["case"] == case))
    return tuple(
        Happening(EventKind.EXTENDED, date.fromisoformat(row["on"]), date.fromisoformat(row["until"]))
        if row["kind"] == "extension"
        else Happening(EventKind.SUSPENDED, date.fromisoformat(row["from"]), date.fromisoformat(row["to"]))
        for row in rows
    )


@pytest.mark.parametrize(
    "case",
    [one for one in by_hand.CASES if json.loads(one["repay"])],
    ids=[one["case"] for one in by_hand.CASES if json.loads(one["repay"])],
)
def test_the_ledger_repays_what_was_worked_by_hand(case: dict[str, str]) -> None:
    said = by_hand.answered(case)
    terms = by_hand.law().versions[by_hand.version_key(case["policy"])].repayment
    kept = None
    if said.commitment_from and said.commitment_until:
        kept = promise(said.commitment_from, said.commitment_until, happened(case["case"]))
        assert due_on(kept, date(2060, 1, 1)).isoformat() == case["commitment_until"]
    for row in json.loads(case["repay"]):
        found = to_repay(terms, row["paid"], kept, date.fromisoformat(row["on"]), row["waived"])
        assert (found.kind.value, found.vnd) == (row["kind"], row["amount"])


def test_groups_chosen_give_their_lines_whatever_the_conditions_say() -> None:
    case = next(one for one in by_hand.CASES if one["case"] == "hn-degree-not-known")
    said = by_hand.answered(case)
    assert said.granted == ()
    ready = by_hand.ready(case["policy"])
    known: Any = by_hand.read_facts(json.loads(case["facts_person"]), json.loads(case["facts_post"]), {}, {})
    asked = by_hand.read_asked(
        {}, date.fromisoformat(case["applied_on"]), date.fromisoformat(case["decided_on"]), None
    )
    given_lines = offered(ready, ["ts"], known, asked)
    assert [one.total for one in given_lines.lines] == [1_170_000_000]
    assert given_lines.state_of("ts") is State.MET


def test_alerts_come_once_a_level_and_none_after_the_end() -> None:
    until = date(2027, 3, 1)
    running = CommitmentState.RUNNING
    days = {left: until - timedelta(days=left) for left in (91, 90, 45, 30, 1, 0, -1)}
    sent = None
    told: list[int | None] = []
    for left in (91, 90, 45, 30, 1, 0, -1):
        due = alert_due(running, until, days[left], sent)
        sent = due if due is not None else sent
        told.append(due)
    assert told == [None, 90, None, 30, None, 0, None]
    assert alert_due(running, until, days[1], None) == 30
    assert alert_due(CommitmentState.SUSPENDED, until, days[1], None) is None


def test_an_unused_decision_is_over_after_its_last_day() -> None:
    approved = DecisionState.APPROVED
    assert decision_standing(approved, DAY, DAY, is_used=False) is approved
    assert decision_standing(approved, DAY, DAY + timedelta(1), is_used=False) is DecisionState.EXPIRED
    assert decision_standing(approved, DAY, DAY + timedelta(1), is_used=True) is approved


def test_the_same_data_have_one_text() -> None:
    assert fingerprint(canonical({"b": 1, "a": "ố"})) == fingerprint(canonical({"a": "ố", "b": 1}))
