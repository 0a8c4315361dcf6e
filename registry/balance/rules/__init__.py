"""The signed balance of supply and demand, forecasts held against what came, counts hidden where few. Pure: no database, no clock."""

from registry.balance.rules.forecasts import Forecast, ForecastError, Horizon, held_against
from registry.balance.rules.masking import Shown, masked, masked_counts, shown
from registry.balance.rules.moves import Direction, Move, MoveReason, YearFlow, yearly_flows
from registry.balance.rules.shortages import (
    MOST_PEOPLE,
    NotPossible,
    ShortageState,
    code_of,
    left_of,
    next_state,
)
from registry.balance.rules.signed import Balance, BalanceRow, Sign, balance, both_signs, sums_of
from registry.balance.rules.subjects import UNSTATED, Subject, SubjectKind, occupations, sector_of, sectors
from registry.balance.rules.suppression import LEAST, Masked, exposed, mask
from registry.balance.rules.tables import TOTAL, Cell, Table

__all__ = [
    "LEAST",
    "MOST_PEOPLE",
    "TOTAL",
    "UNSTATED",
    "Balance",
    "BalanceRow",
    "Cell",
    "Direction",
    "Forecast",
    "ForecastError",
    "Horizon",
    "Masked",
    "Move",
    "MoveReason",
    "NotPossible",
    "ShortageState",
    "Shown",
    "Sign",
    "Subject",
    "SubjectKind",
    "Table",
    "YearFlow",
    "balance",
    "both_signs",
    "code_of",
    "exposed",
    "held_against",
    "left_of",
    "mask",
    "masked",
    "masked_counts",
    "next_state",
    "occupations",
    "sector_of",
    "sectors",
    "shown",
    "sums_of",
    "yearly_flows",
]
