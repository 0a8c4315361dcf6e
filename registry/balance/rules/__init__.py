"""The signed balance of supply and demand, and forecasts held against what came. Pure: no database, no clock."""

from registry.balance.rules.forecasts import Forecast, ForecastError, Horizon, held_against
from registry.balance.rules.moves import Direction, Move, YearFlow, yearly_flows
from registry.balance.rules.signed import Balance, BalanceRow, Sign, balance, both_signs, sums_of

__all__ = [
    "Balance",
    "BalanceRow",
    "Direction",
    "Forecast",
    "ForecastError",
    "Horizon",
    "Move",
    "Sign",
    "YearFlow",
    "balance",
    "both_signs",
    "held_against",
    "sums_of",
    "yearly_flows",
]
