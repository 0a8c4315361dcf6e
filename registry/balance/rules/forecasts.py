"""A forecast of demand with horizon, author and method, held later against what came. Pure (IN-20, KH7)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction


class Horizon(StrEnum):
    """How far a forecast looks: within about a year, or beyond."""

    SHORT = "short"
    LONG = "long"


@dataclass(frozen=True, slots=True)
class Forecast:
    """So many people needed by a day, as somebody foresaw it on another by a named method."""

    key: tuple[str, ...]
    amount: int
    made_on: date
    due_on: date
    author: str
    method: str

    @property
    def horizon(self) -> Horizon:
        """Short up to one year from the day it was made."""
        return Horizon.SHORT if self.due_on <= _a_year_later(self.made_on) else Horizon.LONG


@dataclass(frozen=True, slots=True)
class ForecastError:
    """A forecast beside what came. All None while its day has not come or nobody counted.

    `error` is forecast − actual: above nothing too many were foreseen. `percent` is it in hundredths of the actual
    number, None where that is 0.
    """

    forecast: Forecast
    actual: int | None
    error: int | None
    percent: Fraction | None


def held_against(forecast: Forecast, actual: int | None, on: date) -> ForecastError:
    """The error of a forecast as known on a day; before its day there is none, whatever has been counted."""
    if actual is None or on < forecast.due_on:
        return ForecastError(forecast, None, None, None)
    error = forecast.amount - actual
    return ForecastError(forecast, actual, error, Fraction(100 * error, actual) if actual else None)


def _a_year_later(day: date) -> date:
    if (day.month, day.day) == (2, 29):
        return date(day.year + 1, 3, 1)
    return day.replace(year=day.year + 1)
