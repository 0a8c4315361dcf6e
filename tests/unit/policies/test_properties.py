"""What holds for every policy of the package and every person, tried on generated ones."""

import json
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from importlib.resources import files
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from registry.policies.rules import (
    Applicability,
    Asked,
    Between,
    Commitment,
    Extension,
    Facts,
    Law,
    Line,
    LineKind,
    Period,
    Ready,
    Repayment,
    RepaymentKind,
    State,
    Suspension,
    add_months,
    answer,
    answer_data,
    end,
    group_states,
    instalments,
    months_left,
    prepare,
    read_law,
    repayable,
)
from registry.policies.rules.amounts import rounded
from registry.policies.rules.costs import costs
from registry.policies.rules.lines import times_paid

some_days = st.dates(date(2020, 1, 1), date(2034, 12, 31))
sets = st.frozensets
people: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {},
    optional={
        "degree_rank": sets(st.sampled_from(["TC", "DH", "THS", "TS", "CKI", "CKII", "BSNT"])),
        "professional_degree": sets(st.sampled_from(["BS", "CKI", "BSNT"])),
        "academic_title": st.sampled_from(["none", "PGS", "GS"]),
        "classification": st.sampled_from(["TB", "K", "G", "XS"]),
        "study_mode": st.sampled_from(["full_time", "part_time"]),
        "field_code": sets(st.sampled_from(["748", "772", "7720101", "7720115", "721"])),
        "university_rank": st.dictionaries(st.just("QS:2025"), st.integers(1, 400)),
        "born": st.dates(date(1955, 1, 1), date(2004, 12, 31)),
        "gender": st.sampled_from(["female", "male", "other"]),
        "years_experience": st.dictionaries(
            st.sampled_from(["any", "continuous", "research_abroad", "international_project"]),
            st.integers(0, 20),
        ),
        "nationality": sets(st.sampled_from(["VN", "DE"])),
        "residence_country": st.sampled_from(["VN", "DE"]),
        "remaining_working_years": st.integers(0, 30),
        "worked_here_before": st.booleans(),
        "owns_home_in_province": st.booleans(),
        "recognised_talent": st.booleans(),
        "patent_applied": st.booleans(),
        "outstanding_work": st.booleans(),
        "works_at_foreign_rnd": st.booleans(),
        "led_programmes": st.integers(0, 4),
        "award": sets(st.sampled_from(["NSND", "KIEN_TUONG", "GIAI_THE_THAO"])),
        "workplace_kind": sets(st.sampled_from(["commune_health_station", "province", "island"])),
        "application_purpose": st.sampled_from(["attract", "train"]),
        "training": st.fixed_dictionaries(
            {},
            optional={
                "kind": st.sampled_from(["TS", "THS"]),
                "abroad": st.booleans(),
                "months": st.integers(1, 60),
            },
        ),
        "current_salary": st.integers(1, 100_000_001),
        "agreed_salary": st.integers(1, 100_000_001),
        "project_budget": st.integers(1, 10**10),
    },
)


@cache
def known() -> tuple[Ready, ...]:
    data = json.loads((files("registry.policies") / "data" / "policies.json").read_text("utf-8"))
    law: Law = read_law(data)
    return tuple(prepare(version, law) for version in law.versions.values())


policies = st.integers(0, 18).map(lambda number: known()[number])


@settings(max_examples=50)
@given(policies, people, st.data())
def test_learning_more_never_overturns_what_was_certain(
    ready: Ready, person: dict[str, Any], data: st.DataObject
) -> None:
    forgotten = data.draw(sets(st.sampled_from(sorted(person)), max_size=4)) if person else frozenset[str]()
    asked = Asked(date(2026, 3, 1), date(2026, 3, 1))
    less = {key: value for key, value in person.items() if key not in forgotten}
    before, after = group_states(ready, Facts(less), asked), group_states(ready, Facts(person), asked)
    for group, state in before.items():
        assert state is State.UNKNOWN or after[group] is state


@settings(max_examples=50)
@given(policies, people, some_days, some_days)
def test_an_answer_holds_together(
    ready: Ready, person: dict[str, Any], applied_on: date, decided_on: date
) -> None:
    asked, facts = Asked(applied_on, decided_on, trial=True), Facts(person)
    found = answer(ready, facts, asked)
    states = {group.code: group.state for group in found.groups}
    assert states == group_states(ready, facts, asked)
    assert all(states[code] is State.MET for code in found.granted)
    assert found.applicable is Applicability.YES or not (found.granted or found.lines)
    for line in found.lines:
        assert all(isinstance(one, int) for one in (line.low, line.high, line.total) if one is not None)
        assert (line.low or 0) <= (line.high or 0)
        assert (line.kind is LineKind.UNKNOWN) == bool(line.needs)
    assert json.loads(json.dumps(answer_data(found))) == answer_data(answer(ready, facts, asked))


def line_of(
    kind: LineKind, low: int, high: int, period: Period, months: int | None, years: int | None
) -> Line:
    low = {LineKind.FIXED: high, LineKind.UP_TO: 0}.get(kind, min(low, high))
    return Line("khoan", "nhom", "", "", kind, period, months, low, high, years_of_instalments=years)


amounts = st.integers(0, 10**12)
once = st.builds(
    line_of,
    st.sampled_from([LineKind.FIXED, LineKind.RANGE, LineKind.UP_TO]),
    amounts,
    amounts,
    st.just(Period.ONCE),
    st.none(),
    st.none() | st.integers(2, 12),
)
again = st.builds(
    line_of,
    st.sampled_from([LineKind.FIXED, LineKind.RANGE, LineKind.UP_TO]),
    amounts,
    amounts,
    st.sampled_from([Period.MONTH, Period.YEAR]),
    st.integers(1, 120),
    st.none(),
)


@settings(max_examples=50)
@given(st.lists(once | again, max_size=4), some_days, some_days)
def test_the_years_add_up_to_what_is_paid_in_all(
    lines: list[Line], decided_on: date, starts_on: date
) -> None:
    by_year = costs(lines, decided_on, starts_on).by_year
    found = sum(by_year.values(), Between(0, 0))
    times = [times_paid(line.period, line.months) or 0 for line in lines]
    assert found.low == sum((line.low or 0) * n for line, n in zip(lines, times, strict=True))
    assert found.high == sum((line.high or 0) * n for line, n in zip(lines, times, strict=True))
    assert all(0 <= cost.low <= cost.high for cost in by_year.values())


@given(amounts, st.integers(1, 50))
def test_instalments_leave_nothing_over(amount: int, years: int) -> None:
    parts = instalments(amount, years)
    assert (len(parts), sum(parts)) == (years, amount)
    assert max(parts) - min(parts) < years


@given(st.fractions(min_value=0, max_value=10**12))
def test_half_a_dong_goes_up(amount: Fraction) -> None:
    whole = rounded(amount)
    assert isinstance(whole, int)
    assert Fraction(-1, 2) < whole - amount <= Fraction(1, 2)


@st.composite
def commitments(draw: st.DrawFn) -> Commitment:
    start = draw(some_days)
    events: list[Suspension | Extension] = []
    for _ in range(draw(st.integers(0, 3))):
        day = start + timedelta(days=draw(st.integers(-50, 1500)))
        if draw(st.booleans()):
            to = draw(st.none() | st.integers(0, 300))
            events.append(Suspension(day, None if to is None else day + timedelta(days=to)))
        else:
            events.append(Extension(day, day + timedelta(days=draw(st.integers(0, 1500)))))
    return Commitment(start, add_months(start, draw(st.integers(1, 84))), tuple(events))


repayments = st.builds(
    Repayment,
    st.sampled_from([RepaymentKind.FULL, RepaymentKind.PRO_RATA_MONTHS]),
) | st.builds(Repayment, st.just(RepaymentKind.MULTIPLE), st.fractions(1, 5, max_denominator=10))


@settings(max_examples=50)
@given(repayments, amounts, commitments(), st.integers(-30, 4000))
def test_what_is_repayable_stays_within_its_bounds(
    repayment: Repayment, paid: int, commitment: Commitment, days: int
) -> None:
    first = commitment.start + timedelta(days=days)
    found = [repayable(repayment, paid, commitment, first + timedelta(days=n)).vnd for n in range(0, 90, 9)]
    assert all(isinstance(vnd, int) and 0 <= vnd <= rounded(paid * repayment.multiple) for vnd in found)
    if repayment.kind is RepaymentKind.PRO_RATA_MONTHS and all(
        isinstance(one, Suspension) for one in commitment.events
    ):
        assert found == sorted(found, key=lambda vnd: -(vnd or 0))


@settings(max_examples=50)
@given(commitments())
def test_the_end_is_never_before_the_terms_and_leaves_nothing(commitment: Commitment) -> None:
    last = end(commitment)
    assert last >= commitment.until
    left, months = months_left(commitment, commitment.start)
    assert left == months > 0
    if all(isinstance(one, Extension) or one.to for one in commitment.events):
        assert months_left(commitment, last + timedelta(days=1))[0] <= 1
