"""Numbers, steps, lateness, trees and ages, without a database."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.programmes.rules.numbers import read_number
from registry.programmes.rules.registers import NEXT, age_days
from registry.programmes.rules.tasks import (
    STEPS,
    AgenciesFault,
    Lateness,
    TaskState,
    WhoMoves,
    agencies_fault,
    days_late,
    lateness,
    step_to,
    steps_from,
)
from registry.programmes.rules.trees import NodeFault, above, below, laid_out, may_hang_on, node_faults
from registry.programmes.rules.words import AgencyPart, DocumentRole, NodeKind, RecommendationState

DUE = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("printed", "serial", "role", "issuer"),
    [
        ("3409/KH-UBND", "3409", DocumentRole.PLAN, "UBND"),
        ("06-ĐA/TU", "06", DocumentRole.SCHEME, "TU"),
        ("541-KL/TU", "541", DocumentRole.CONCLUSION, "TU"),
        ("520 QĐ-CT", "520", DocumentRole.DECISION, "CT"),
        ("09-NQ/TW", "09", DocumentRole.RESOLUTION, "TW"),
        ("71/NQ-CP", "71", DocumentRole.RESOLUTION, "CP"),
        ("92/2026/NQ-HĐND", "92", DocumentRole.RESOLUTION, "HĐND"),
        ("15/XYZ-ABC", "15", None, "ABC"),
    ],
)
def test_bt9_numbers_are_read_as_they_are_printed(
    printed: str, serial: str, role: DocumentRole | None, issuer: str
) -> None:
    found = read_number(printed)
    assert found is not None
    assert (found.serial, found.role, found.issuer) == (serial, role, issuer)


@pytest.mark.parametrize("printed", ["", "Kế hoạch", "3409", "KH-UBND", "3409/kh-ubnd", "3409/KH-UBND x"])
def test_what_is_no_number_is_not_read_as_one(printed: str) -> None:
    assert read_number(printed) is None


def test_pt6_a_task_has_exactly_one_lead() -> None:
    lead, other, told = AgencyPart.LEAD, AgencyPart.CO_OPERATE, AgencyPart.INFORMED
    assert agencies_fault([(1, lead), (2, other), (3, told)]) is None
    assert agencies_fault([(2, other), (3, told)]) is AgenciesFault.NO_LEAD
    assert agencies_fault([]) is AgenciesFault.NO_LEAD
    assert agencies_fault([(1, lead), (2, lead)]) is AgenciesFault.TWO_LEADS
    assert agencies_fault([(1, lead), (1, told)]) is AgenciesFault.TWICE


def test_kh8_the_day_due_is_in_time_and_thirty_days_later_it_drags() -> None:
    told = {
        0: Lateness.SOON,
        -7: Lateness.SOON,
        -8: Lateness.IN_TIME,
        1: Lateness.LATE,
        30: Lateness.LATE,
        31: Lateness.DRAGGING,
    }
    for days, kind in told.items():
        assert lateness(DUE, None, DUE + timedelta(days=days)) is kind, days
    assert lateness(None, None, DUE) is Lateness.NO_DAY
    assert lateness(DUE, DUE, DUE + timedelta(days=90)) is Lateness.IN_TIME
    assert days_late(DUE, DUE + timedelta(days=3), DUE + timedelta(days=90)) == 3


def test_the_lead_works_and_the_standing_agency_accepts() -> None:
    targets = {one.target for one in steps_from(TaskState.REVIEWED, [WhoMoves.LEAD])}
    assert not targets
    assert {one.target for one in steps_from(TaskState.REVIEWED, [WhoMoves.STANDING])} == {
        TaskState.DONE,
        TaskState.IN_PROGRESS,
    }
    assert step_to(TaskState.ASSIGNED, TaskState.DONE) is None
    assert all(step_to(one.source, one.target) is one for one in STEPS)


def test_pt1_a_key_result_without_owner_or_source_is_an_error() -> None:
    kind = NodeKind.KEY_RESULT
    assert node_faults(kind, has_owner=False, has_source=False, key_results=0) == [
        NodeFault.NO_OWNER,
        NodeFault.NO_SOURCE,
    ]
    assert node_faults(kind, has_owner=True, has_source=True, key_results=0) == []
    assert node_faults(NodeKind.OBJECTIVE, has_owner=False, has_source=False, key_results=0) == [
        NodeFault.NO_KEY_RESULT
    ]
    assert may_hang_on(kind, NodeKind.OBJECTIVE)
    assert not may_hang_on(kind, None)
    assert not may_hang_on(NodeKind.RESULT_GROUP, NodeKind.OBJECTIVE)


def test_a_chain_is_walked_up_and_down() -> None:
    parents = {1: None, 2: 1, 3: 2, 4: 1, 5: 99}
    assert laid_out(parents) == [(1, 0), (2, 1), (3, 2), (4, 1), (5, 0)]
    assert above(3, parents) == [2, 1]
    assert below(1, parents) == [2, 4, 3]
    assert (above(1, parents), below(3, parents)) == ([], [])


@given(st.dictionaries(st.integers(1, 9), st.one_of(st.none(), st.integers(1, 9)), max_size=9))
def test_every_row_stands_once_even_in_a_circle(parents: dict[int, int | None]) -> None:
    assert sorted(row for row, _depth in laid_out(parents)) == sorted(parents)
    for row in parents:
        assert row not in above(row, parents)
        assert row not in below(row, parents)


def test_hp6_age_counts_until_it_is_done() -> None:
    raised = date(2024, 4, 3)
    assert age_days(raised, None, date(2024, 4, 13)) == 10
    assert age_days(raised, date(2024, 4, 5), date(2026, 1, 1)) == 2
    assert NEXT[RecommendationState.DONE] == ()
