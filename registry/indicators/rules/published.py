"""The figures that five printed programmes end in, as they are printed. Pure (EX-09, IN-26).

Read from `data/published_figures.csv`: short quotations with their paragraph, never corrected. What a row says about
its own check (`check`) is a verb with the ids it needs; the verdict is found by `checks`, not stored.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType

from registry.indicators.rules.figures import Figure, Missing, Period, Plan, Reading
from registry.indicators.rules.units import Per, PrintedUnit, read_unit
from registry.indicators.rules.wording import PrintedPercent, read_plan_phrase
from registry.people.rules.problems import N_

_FILE = Path(__file__).resolve().parent.parent / "data" / "published_figures.csv"


class PublishedKind(StrEnum):
    """What is printed: a quantity of one of five kinds, or a fact of the programme's record."""

    RESULT = "result"
    TARGET = "target"
    COUNT = "count"
    COVERAGE = "coverage"
    THRESHOLD = "threshold"
    DURATION = "duration"
    PERIOD = "period"
    DATE = "date"
    DOCUMENT = "document"
    ORDINAL = "ordinal"

    @property
    def is_quantity(self) -> bool:
        """Whether it is a number of something; dates, periods, ordinals and documents belong to the record."""
        return self in _QUANTITIES


_QUANTITIES = frozenset(
    {
        PublishedKind.RESULT,
        PublishedKind.TARGET,
        PublishedKind.COUNT,
        PublishedKind.COVERAGE,
        PublishedKind.THRESHOLD,
    }
)


class Bound(StrEnum):
    """What stands before a number: «ít nhất», «dưới», «khoảng», or nothing."""

    EXACT = ""
    AT_LEAST = "at_least"
    BELOW = "below"
    ABOUT = "about"


@dataclass(frozen=True, slots=True)
class Published:
    """One printed figure. `value` is as printed in the row («» where the text states no number)."""

    id: str
    place: str
    kind: PublishedKind
    name: str
    name_en: str
    value: str
    printed_unit: str
    bound: Bound
    starts: date | None
    ends: date | None
    reading: Reading
    plans: tuple[str, ...]
    part_of: str
    check: str
    why: str
    quote: str
    paragraph: int
    source: str

    @property
    def unit(self) -> PrintedUnit:
        """The unit of a quantity. Raises ValueError for what counts nothing."""
        found = read_unit(self.printed_unit)
        if found is None:
            raise ValueError(f"{self.id}: «{self.printed_unit}» is no unit")
        return found

    @property
    def period(self) -> Period | None:
        """Its days, where both ends are known."""
        return Period(self.starts, self.ends) if self.starts and self.ends else None

    @property
    def figure(self) -> Figure:
        """The quantity as a figure; «–» with the reason where the text states no number."""
        unit = self.unit.unit
        if not self.value:
            return Figure.missing(unit, Missing.NOT_PRINTED, self.period)
        return Figure(Decimal(self.value), unit, self.period, self.bound is Bound.ABOUT)

    @property
    def plan(self) -> Plan:
        """A target as a plan, named by its own words and source. Raises ValueError for what is no target."""
        if self.kind is not PublishedKind.TARGET:
            raise ValueError(f"{self.id} is no target")
        return Plan(Decimal(self.value), self.unit.unit, self.period, self.name, self.reading)

    @property
    def printed_percent(self) -> PrintedPercent | None:
        """The percentage of plan in the quotation; «vượt 33,1%» is 133.1."""
        return read_plan_phrase(self.quote)


WHY_NOT_CHECKABLE: Mapping[str, str] = MappingProxyType(
    {
        "about": N_("Số ước chừng («khoảng»)"),
        "horizon": N_("Năm mốc, chỉ ghi một lần"),
        "no_baseline": N_("Không ghi mức gốc để tính mức giảm"),
        "no_denominator": N_("Tỷ lệ không có tử số và mẫu số"),
        "no_length": N_("Không ghi độ dài một nhiệm kỳ"),
        "no_list": N_("Không có danh sách kèm theo"),
        "no_split": N_("Không ghi số từng phần"),
        "no_total": N_("Không ghi tổng, kế hoạch hay mẫu số"),
        "no_value": N_("Nguồn không ghi số"),
        "ordinal": N_("Số thứ tự"),
        "other_plan": N_("Giai đoạn của văn bản khác"),
        "parameter": N_("Ngưỡng để tính, không phải kết quả"),
        "single_mention": N_("Chỉ nhắc một lần"),
        "target_alone": N_("Mục tiêu, không kèm kết quả của chính nó"),
        "unclear_reading": N_("Không rõ là mỗi năm hay cả giai đoạn"),
        "units_differ": N_("Chỉ tiêu tính bằng người, kết quả tính bằng lượt người"),
    }
)


@cache
def published_figures() -> Mapping[str, Published]:
    """All rows by id, in the order of the file."""
    with _FILE.open(encoding="utf-8", newline="") as file:
        return MappingProxyType({row["id"]: _read(row) for row in csv.DictReader(file)})


def _read(row: Mapping[str, str]) -> Published:
    unit = read_unit(row["unit"])
    yearly = Reading.PER_YEAR if unit and unit.per is Per.YEAR else Reading.WHOLE_PERIOD
    return Published(
        id=row["id"],
        place=row["place"],
        kind=PublishedKind(row["kind"]),
        name=row["name"],
        name_en=row["name_en"],
        value=row["value"],
        printed_unit=row["unit"],
        bound=Bound(row["bound"]),
        starts=_day(row["starts"]),
        ends=_day(row["ends"]),
        reading=Reading(row["reading"]) if row["reading"] else yearly,
        plans=tuple(filter(None, row["plans"].split("|"))),
        part_of=row["part_of"],
        check=row["check"],
        why=row["why"],
        quote=row["quote"],
        paragraph=int(row["paragraph"]),
        source=row["source"],
    )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
