"""Supply and demand with their sign, and forecasts held against what came."""

from datetime import date
from fractions import Fraction

import pytest

from registry.balance.rules import (
    BalanceRow,
    Direction,
    Forecast,
    Horizon,
    Move,
    Sign,
    balance,
    both_signs,
    held_against,
    sums_of,
    yearly_flows,
)

HERE = [
    BalanceRow(("bác sĩ", "y tế", "Khánh Sơn", "2026"), demand=9, supply=4, unknown=1),
    BalanceRow(("kế toán", "tài chính", "Khánh Sơn", "2026"), demand=2, supply=5),
    BalanceRow(("bác sĩ", "y tế", "Nha Trang", "2026"), demand=3, supply=3),
    BalanceRow(("bác sĩ", "y tế", "Vạn Ninh", "2026"), demand=3, supply=None, unknown=2),
]


def test_shortage_and_surplus_stand_in_one_province_kh4() -> None:
    """KH4: per occupation, sector and area, with the sign; what was not reported is unknown, not 0."""
    found = [balance(row) for row in HERE]
    assert [(one.difference, one.sign) for one in found] == [
        (-5, Sign.SHORTAGE),
        (3, Sign.SURPLUS),
        (0, Sign.EVEN),
        (None, Sign.UNKNOWN),
    ]
    assert [one.unknown_share for one in found] == [Fraction(1, 5), Fraction(0), Fraction(0), Fraction(1)]
    assert balance(BalanceRow(("x",), 0, 0)).unknown_share is None
    assert set(both_signs(found).values()) == {1}
    with pytest.raises(ValueError, match="not negative"):
        balance(BalanceRow(("x",), -1, 0))


def test_sums_keep_what_is_unknown_unknown() -> None:
    by_occupation = sums_of(HERE, [0])
    assert [(one.row.key, one.difference, one.row.unknown) for one in by_occupation] == [
        (("bác sĩ",), None, 3),
        (("kế toán",), 3, 0),
    ]
    assert [one.difference for one in sums_of(HERE[:3], [1])] == [-5, 3]


def test_a_forecast_is_held_against_what_came_kh7() -> None:
    """KH7: short and long horizon, the error shown once its day has come."""
    short = Forecast(("bác sĩ",), 12, date(2026, 1, 1), date(2026, 12, 31), "Sở Y tế", "khảo sát đơn vị")
    long = Forecast(("bác sĩ",), 40, date(2024, 2, 29), date(2030, 12, 31), "Sở Y tế", "ngoại suy")
    assert (short.horizon, long.horizon) == (Horizon.SHORT, Horizon.LONG)
    early = held_against(short, 15, date(2026, 12, 30))
    assert (early.actual, early.error, early.percent) == (None, None, None)
    late = held_against(short, 15, date(2027, 1, 5))
    assert (late.actual, late.error, late.percent) == (15, -3, Fraction(-20))
    assert held_against(short, 0, date(2027, 1, 5)).percent is None
    assert held_against(short, None, date(2027, 1, 5)).error is None


def test_who_left_has_a_place_and_a_reason_or_is_unrecorded_kh5() -> None:
    """KH5: net flow per year; a reason nobody wrote down stands last and apart."""
    moves = [
        Move(2025, Direction.OUT, "Hồ Chí Minh", "thu nhập"),
        Move(2025, Direction.OUT, "Đà Nẵng", None),
        Move(2025, Direction.OUT, "Hồ Chí Minh", None),
        Move(2025, Direction.IN, "Hà Nội", "về quê"),
        Move(2024, Direction.IN, None, "không có lý do"),
    ]
    first, second = yearly_flows(moves)
    assert (first.year, first.net, first.went_to) == (2024, 1, ())
    assert (second.came, second.went, second.net) == (1, 3, -2)
    assert second.went_to == (("Hồ Chí Minh", 2), ("Đà Nẵng", 1))
    assert second.went_because == (("thu nhập", 1), (None, 2))
