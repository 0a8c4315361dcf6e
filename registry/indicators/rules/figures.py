"""A figure and a plan: an amount with its unit and period, or why there is none. Pure.

Source: features IN-01, IN-08, IN-16. An amount is exact (`Decimal`), «khoảng» is kept as about, and what is missing
has a reason instead of a nought.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from registry import formats
from registry.indicators.rules.numbers import written
from registry.indicators.rules.units import Unit, UnitKind
from registry.people.rules.problems import N_, Problem


class Missing(StrEnum):
    """Why a figure is not there."""

    NOT_PRINTED = "not_printed"
    NOT_COLLECTED = "not_collected"
    NO_PLAN = "no_plan"
    NO_BASELINE = "no_baseline"
    NO_DENOMINATOR = "no_denominator"
    ONLY_TOTALS = "only_totals"
    UNIT_DIVIDED = "unit_divided"
    UNITS_DIFFER = "units_differ"
    NOT_BY_PART = "not_by_part"
    TOO_FEW = "too_few"


WHY_MISSING: Mapping[Missing, str] = {
    Missing.NOT_PRINTED: N_("Nguồn không ghi số"),
    Missing.NOT_COLLECTED: N_("Chưa có số liệu"),
    Missing.NO_PLAN: N_("Chưa giao chỉ tiêu"),
    Missing.NO_BASELINE: N_("Chưa có mức gốc để so"),
    Missing.NO_DENOMINATOR: N_("Chưa có mẫu số"),
    Missing.ONLY_TOTALS: N_("Chỉ có số tổng, không có danh sách để đếm từng người"),
    Missing.UNIT_DIVIDED: N_("Đơn vị cũ đã chia cho nhiều đơn vị, không có tỷ lệ chia"),
    Missing.UNITS_DIFFER: N_("Hai bên khác đơn vị tính"),
    Missing.NOT_BY_PART: N_("Cách đếm này không tách theo từng phần của địa bàn"),
    Missing.TOO_FEW: N_("Ít hơn mức được công bố"),
}


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `start` to `end`, both counted."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"a period cannot end before it starts: {self.start}, {self.end}")

    @classmethod
    def year(cls, number: int) -> "Period":
        """A calendar year."""
        return cls(date(number, 1, 1), date(number, 12, 31))

    @classmethod
    def years(cls, first: int, last: int) -> "Period":
        """Calendar years from the first day of one to the last day of another."""
        return cls(date(first, 1, 1), date(last, 12, 31))

    @classmethod
    def half(cls, year: int, number: int) -> "Period":
        """The first or second half of a year."""
        return (
            cls(date(year, 1, 1), date(year, 6, 30))
            if number == 1
            else cls(date(year, 7, 1), date(year, 12, 31))
        )

    @property
    def days(self) -> int:
        """How many days."""
        return (self.end - self.start).days + 1

    @property
    def months(self) -> int | None:
        """How many whole calendar months; None for a period that begins or ends inside one."""
        if self.start.day != 1 or (self.end + timedelta(1)).day != 1:
            return None
        return (self.end.year - self.start.year) * 12 + self.end.month - self.start.month + 1

    @property
    def years_touched(self) -> int:
        """In how many calendar years it lies."""
        return self.end.year - self.start.year + 1

    def holds(self, other: "Period") -> bool:
        """Whether another period lies inside."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Figure:
    """So many of a unit in a period. `amount` None needs `why_missing`; `is_about` is «khoảng»."""

    amount: Decimal | None
    unit: Unit
    period: Period | None = None
    is_about: bool = False
    why_missing: Missing | None = None

    def __post_init__(self) -> None:
        if (self.amount is None) is (self.why_missing is None):
            raise ValueError("a figure is either an amount or the reason why there is none")

    @classmethod
    def of(cls, amount: int | Decimal, unit: Unit, period: Period | None = None) -> "Figure":
        """An exact figure."""
        return cls(Decimal(amount), unit, period)

    @classmethod
    def missing(cls, unit: Unit, why: Missing, period: Period | None = None) -> "Figure":
        """No figure, and why."""
        return cls(None, unit, period, why_missing=why)

    @property
    def is_known(self) -> bool:
        """Whether there is an amount at all."""
        return self.amount is not None

    @property
    def is_exact(self) -> bool:
        """Whether it may enter an exact total."""
        return self.is_known and not self.is_about

    @property
    def number(self) -> str:
        """«5.647», «khoảng 100», or «–» for a missing one, in Vietnamese, without the unit."""
        if self.amount is None:
            return formats.missing
        return f"khoảng {written(self.amount)}" if self.is_about else written(self.amount)

    @property
    def words(self) -> str:
        """The number with its unit, «30 %» for shares; «–» where it is missing."""
        if not self.is_known:
            return self.number
        if self.unit.kind is UnitKind.SHARE:
            return f"{self.number}{formats.NBSP}%"
        return f"{self.number} {self.unit.name}"

    @property
    def why(self) -> str:
        """The reason of a missing figure, as a sentence to translate; empty for a known one."""
        return WHY_MISSING[self.why_missing] if self.why_missing else ""


class Reading(StrEnum):
    """How a plan counts: each year anew, once for its whole period, or nobody knows (the text does not say)."""

    PER_YEAR = "per_year"
    WHOLE_PERIOD = "whole_period"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Plan:
    """A stated target: so many of a unit, for a period, in a document. Several on one indicator stay apart."""

    amount: Decimal
    unit: Unit
    period: Period | None
    document: str
    reading: Reading = Reading.WHOLE_PERIOD

    @property
    def words(self) -> str:
        """The amount with its unit as it would be printed: «8.500 lao động/năm»."""
        each = "/năm" if self.reading is Reading.PER_YEAR else ""
        return f"{written(self.amount)} {self.unit.name}{each}"


@dataclass(frozen=True, slots=True)
class Refused:
    """No number, and the reason; `bare` is what the plain arithmetic would give, for the warning alone."""

    problem: Problem
    bare: Fraction | None = None

    @property
    def code(self) -> str:
        """What was refused, for programs."""
        return self.problem.code

    @property
    def text(self) -> str:
        """The whole sentence in Vietnamese."""
        return self.problem.text
