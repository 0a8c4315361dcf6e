"""What may be added, and what may not. Pure (IN-02, IN-03, IN-15, IN-16).

Distinct people are never added across categories or periods, because one may be in two of them: the union is counted
again, or the sum is refused. Attendances may be added. «Khoảng» and missing figures stay outside exact totals.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from registry.indicators.rules.figures import Figure, Missing, Period, Refused
from registry.indicators.rules.units import ATTENDANCES, PEOPLE, UnitKind, may_be_added
from registry.people.rules.problems import N_, Problem

DISTINCT = N_(
    "Không cộng số %(unit)s của các nhóm: một người có thể ở nhiều nhóm. Đếm lại trên danh sách, hoặc cộng lượt"
)
UNITS_DIFFER = N_("Không cộng: các số đếm bằng %(units)s")
SHARES = N_("Không cộng các tỷ lệ: mỗi tỷ lệ có mẫu số riêng")
NOTHING_TO_ADD = N_("Không có số nào để cộng")


class Origin(StrEnum):
    """Where an added figure came from: counted from records, or entered by hand."""

    RECORDS = "records"
    BY_HAND = "by_hand"


@dataclass(frozen=True, slots=True)
class Addend:
    """A named figure to be added. `is_part_of` names another addend that holds it already («trong đó»)."""

    name: str
    figure: Figure
    origin: Origin = Origin.BY_HAND
    is_part_of: str = ""


@dataclass(frozen=True, slots=True)
class Total:
    """An exact total, what of it came from records, and what stayed outside: about, missing, or a part of another.

    `figure` is missing where nothing exact was there; `is_complete` says whether nothing but parts was left out.
    """

    figure: Figure
    from_records: Decimal
    by_hand: Decimal
    left_out: tuple[Addend, ...]
    parts: tuple[Addend, ...]

    @property
    def is_complete(self) -> bool:
        """Whether every whole entered."""
        return not self.left_out

    @property
    def whole(self) -> Figure:
        """The total where everything is known exactly, else «–»: a sum of some parts is not passed off as all."""
        if self.is_complete:
            return self.figure
        return Figure.missing(self.figure.unit, Missing.NOT_COLLECTED, self.figure.period)


@dataclass(frozen=True, slots=True)
class Attendance:
    """Both counts of a training: attendances, and distinct people beside them."""

    attendances: Figure
    people: Figure


def total(addends: Sequence[Addend], *, are_apart: bool = False) -> Total | Refused:
    """The exact sum. `are_apart` is the caller's word that no one is counted in two of them (one place each)."""
    names = {one.name for one in addends}
    parts = tuple(one for one in addends if one.is_part_of in names)
    wholes = [one for one in addends if one.is_part_of not in names]
    refused = _refusal(wholes, are_apart=are_apart)
    if refused:
        return refused
    exact = [one for one in wholes if one.figure.is_exact]
    unit = wholes[0].figure.unit
    period = wholes[0].figure.period if len({one.figure.period for one in wholes}) == 1 else None
    figure = (
        Figure.of(_sum(exact), unit, period) if exact else Figure.missing(unit, Missing.NOT_COLLECTED, period)
    )
    return Total(
        figure,
        _sum([one for one in exact if one.origin is Origin.RECORDS]),
        _sum([one for one in exact if one.origin is Origin.BY_HAND]),
        tuple(one for one in wholes if not one.figure.is_exact),
        parts,
    )


def attendances_of(
    categories: Sequence[Figure], people: int | None, period: Period | None = None
) -> Attendance:
    """Attendances over categories, each person of a category counted once in it; distinct people beside them.

    `people` is the union counted again, or None where only the totals of the categories are there.
    """
    amounts = [one.amount for one in categories]
    together = sum((one for one in amounts if one is not None), Decimal(0))
    is_whole = bool(amounts) and None not in amounts
    attendances = (
        Figure(together, ATTENDANCES, period, any(one.is_about for one in categories))
        if is_whole
        else Figure.missing(ATTENDANCES, Missing.NOT_COLLECTED, period)
    )
    distinct = (
        Figure.missing(PEOPLE, Missing.ONLY_TOTALS, period)
        if people is None
        else Figure.of(people, PEOPLE, period)
    )
    return Attendance(attendances, distinct)


def _refusal(addends: Sequence[Addend], *, are_apart: bool) -> Refused | None:
    units = {one.figure.unit for one in addends}
    if not units:
        return Refused(Problem("nothing_to_add", NOTHING_TO_ADD))
    if not may_be_added(units):
        names = ", ".join(sorted(f"«{unit.name}»" for unit in units))
        return Refused(Problem("units_differ", UNITS_DIFFER, {"units": names}))
    if any(unit.kind is UnitKind.SHARE for unit in units):
        return Refused(Problem("shares", SHARES))
    if any(unit.is_distinct for unit in units) and len(addends) > 1 and not are_apart:
        return Refused(Problem("distinct", DISTINCT, {"unit": addends[0].figure.unit.name}))
    return None


def _sum(addends: Sequence[Addend]) -> Decimal:
    return sum((one.figure.amount for one in addends if one.figure.amount is not None), Decimal(0))
