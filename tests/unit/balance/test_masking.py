"""What of a balance is hidden from whoever may not open the records, and the lists of the room."""

from fractions import Fraction

import pytest

from registry.balance.rules import (
    BalanceRow,
    Direction,
    Move,
    ShortageState,
    Sign,
    Subject,
    SubjectKind,
    balance,
    code_of,
    left_of,
    masked,
    masked_counts,
    next_state,
    occupations,
    sector_of,
    sectors,
    shown,
    sums_of,
    yearly_flows,
)
from registry.balance.rules.masking import hide_all

ROWS = [
    balance(BalanceRow(("77",), demand=9, supply=12, unknown=8)),
    balance(BalanceRow(("71",), demand=4, supply=2, unknown=0)),
    balance(BalanceRow(("74",), demand=1, supply=30, unknown=6)),
    balance(BalanceRow(("72",), demand=3, supply=0, unknown=0)),
]
TOTAL = sums_of([one.row for one in ROWS], ())[0]


def test_a_small_supply_is_hidden_with_all_that_would_tell_it_kh4() -> None:
    """KH4, IN-19: the second smallest goes, too, since the sum is shown; demand and noughts stay."""
    found, total = masked(ROWS, TOTAL)
    assert [(one.demand, one.supply, one.difference, one.sign) for one in found] == [
        (9, None, None, Sign.UNKNOWN),
        (4, None, None, Sign.UNKNOWN),
        (1, 30, 29, Sign.SURPLUS),
        (3, 0, -3, Sign.SHORTAGE),
    ]
    assert total is not None
    assert (total.supply, total.is_hidden) == (44, False)
    assert [one.is_hidden for one in found] == [True, True, False, False]
    assert [one.unknown_share for one in found] == [None, None, Fraction(1, 6), None]
    assert [one.supply for one in hide_all(ROWS)] == [None, None, None, 0]
    assert [shown(one).supply for one in ROWS] == [12, 2, 30, 0]


def test_a_small_number_of_unknown_hides_the_share_and_no_more() -> None:
    rows = [
        balance(BalanceRow(("77",), demand=9, supply=12, unknown=2)),
        balance(BalanceRow(("71",), demand=4, supply=20, unknown=7)),
    ]
    found, total = masked(rows, None)
    assert total is None
    assert [(one.supply, one.unknown, one.difference, one.unknown_share) for one in found] == [
        (12, None, 3, None),
        (20, None, 16, None),
    ]
    assert masked([], None) == ([], None)
    assert masked([], TOTAL) == ([], shown(TOTAL))
    assert masked_counts({"2025": 3, "2026": 9, "2027": 40}) == {"2025": None, "2026": None, "2027": 40}
    assert masked_counts({}) == {}


def test_flows_count_people_both_ways_kh5() -> None:
    """KH5, IN-21: whence and why people came stands beside whither and why they went; unrecorded is no reason."""
    (year,) = yearly_flows(
        [
            Move(2026, Direction.OUT, "VN/01/", "pay", 4),
            Move(2026, Direction.OUT, None, None),
            Move(2026, Direction.OUT, "JP", "none_given", 2),
            Move(2026, Direction.IN, "VN/01/", "home", 3),
        ]
    )
    assert (year.came, year.went, year.net) == (3, 7, -4)
    assert year.went_to == (("VN/01/", 4), ("JP", 2), (None, 1))
    assert year.went_because == (("pay", 4), ("none_given", 2), (None, 1))
    assert (year.came_from, year.came_because) == ((("VN/01/", 3),), (("home", 3),))


@pytest.mark.parametrize(
    ("kind", "code", "occupation", "is_part"),
    [
        (SubjectKind.OCCUPATION, "772", "772", True),
        (SubjectKind.OCCUPATION, "772", "776", False),
        (SubjectKind.SECTOR, "77", "776", True),
        (SubjectKind.SECTOR, "77", "748", False),
        (SubjectKind.SKILL, "HE01", "772", False),
    ],
)
def test_a_sector_has_its_occupations(kind: SubjectKind, code: str, occupation: str, is_part: bool) -> None:
    assert Subject(kind, code).covers(occupation) is is_part
    assert {sector_of(one) for one in occupations()} == set(sectors())


def test_a_shortage_says_what_was_opened_and_who_is_still_missing_n7() -> None:
    """N7: more placed than were missing leave nobody missing."""
    assert code_of(2026, 3) == "TH-2026-003"
    assert [next_state(*one) for one in ((False, False), (True, False), (False, True), (True, True))] == [
        ShortageState.OPEN,
        ShortageState.ORDERED,
        ShortageState.CAMPAIGNED,
        ShortageState.CAMPAIGNED,
    ]
    assert [left_of(5, placed) for placed in (0, 4, 7)] == [5, 1, 0]
