"""What is counted: people, attendances, places of a plan, things, money, shares. Pure.

Two units make a percentage only where a part of one can be a part of the other. A person may attend twice, so
attendances are no share of people (feature IN-04).
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from registry.people.rules.problems import N_
from registry.text import fold, nfc


class UnitKind(StrEnum):
    """What sort of thing a unit counts; decides what may be added and divided."""

    PERSONS = "persons"
    ATTENDANCES = "attendances"
    PLACES = "places"
    THINGS = "things"
    MONEY = "money"
    SHARE = "share"
    TIME = "time"


class Per(StrEnum):
    """A figure of each year or week («400 người/năm»), or of its whole period."""

    PERIOD = "period"
    YEAR = "year"
    WEEK = "week"


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: its code, its words, its kind. `is_distinct`: each is counted once, so two counts may hold the same."""

    code: str
    name: str
    kind: UnitKind

    @property
    def is_distinct(self) -> bool:
        """Whether a count of it is of distinct ones, which cannot be added across categories or periods."""
        return self.kind in (UnitKind.PERSONS, UnitKind.THINGS)


@dataclass(frozen=True, slots=True)
class PrintedUnit:
    """A unit as it is printed: «người/năm» is people of each year."""

    unit: Unit
    per: Per = Per.PERIOD


_K = UnitKind
PEOPLE = Unit("people", N_("người"), _K.PERSONS)
WORKERS = Unit("workers", N_("lao động"), _K.PERSONS)
ATTENDANCES = Unit("attendances", N_("lượt người"), _K.ATTENDANCES)
PLACES = Unit("places", N_("chỉ tiêu"), _K.PLACES)
PERCENT = Unit("percent", N_("phần trăm"), _K.SHARE)
PERCENT_CUT = Unit("percent_cut", N_("phần trăm giảm"), _K.SHARE)
MONEY = Unit("vnd", N_("đồng"), _K.MONEY)
UNITS: tuple[Unit, ...] = (
    PEOPLE,
    WORKERS,
    ATTENDANCES,
    PLACES,
    PERCENT,
    PERCENT_CUT,
    MONEY,
    Unit("units", N_("đơn vị"), _K.THINGS),
    Unit("agencies", N_("cơ quan"), _K.THINGS),
    Unit("offices", N_("phòng"), _K.THINGS),
    Unit("institutions", N_("trường"), _K.THINGS),
    Unit("stations", N_("trạm"), _K.THINGS),
    Unit("enterprises", N_("doanh nghiệp"), _K.THINGS),
    Unit("services", N_("dịch vụ"), _K.THINGS),
    Unit("courses", N_("lớp"), _K.THINGS),
    Unit("initiatives", N_("sáng kiến"), _K.THINGS),
    Unit("tasks", N_("nhiệm vụ"), _K.THINGS),
    Unit("task_groups", N_("nhóm nhiệm vụ"), _K.THINGS),
    Unit("objectives", N_("mục tiêu"), _K.THINGS),
    Unit("fields", N_("lĩnh vực"), _K.THINGS),
    Unit("terms", N_("nhiệm kỳ"), _K.THINGS),
    Unit("days", N_("ngày"), _K.TIME),
    Unit("months", N_("tháng"), _K.TIME),
    Unit("years", N_("năm"), _K.TIME),
)
_PER = {"năm": Per.YEAR, "nam": Per.YEAR, "tuần": Per.WEEK, "tuan": Per.WEEK}
_OTHER_NAMES = {"lượt": "attendances", "người lao động": "workers", "vnd": "vnd", "hội viên": "people"}


def unit_by_code(code: str) -> Unit:
    """The unit of a stored code. Raises KeyError for an unknown one."""
    return _by_code()[code]


def read_unit(printed: str) -> PrintedUnit | None:
    """A unit as people write it: «người», «lượt», «lao động/năm», «ngày/tuần»; None for one nobody knows."""
    name, slash, per = printed.partition("/")
    unit = _named(name)
    each = _PER.get(_typed(per)) if slash else Per.PERIOD
    return PrintedUnit(unit, each) if unit and each else None


def is_part_of(numerator: Unit, denominator: Unit) -> bool:
    """Whether a count of one can be a share of the other.

    The same unit, people and workers, and both against the places of a plan («chỉ tiêu» is a place for one person).
    Two percentages are compared by their difference, not divided.
    """
    if UnitKind.SHARE in (numerator.kind, denominator.kind):
        return False
    if numerator.kind is UnitKind.PERSONS:
        return denominator.kind in (UnitKind.PERSONS, UnitKind.PLACES)
    return numerator == denominator


def may_be_added(units: set[Unit]) -> bool:
    """Whether figures of these units have one sum at all: one unit, or people and workers, who are both people."""
    kinds = {unit.kind for unit in units}
    return len(units) == 1 or kinds == {UnitKind.PERSONS}


def why_not_a_share(numerator: Unit, denominator: Unit) -> str:
    """The reason for a refused percentage, as a sentence without values."""
    kinds = (numerator.kind, denominator.kind)
    if UnitKind.SHARE in kinds:
        return N_("hai tỷ lệ so với nhau bằng hiệu số (điểm phần trăm), không chia cho nhau")
    if UnitKind.ATTENDANCES in kinds:
        return N_(
            "một người có thể có nhiều lượt, nên lượt không phải là một phần của số người hay số chỉ tiêu"
        )
    return N_("hai bên đếm hai loại khác nhau")


@cache
def _by_code() -> dict[str, Unit]:
    return {unit.code: unit for unit in UNITS}


@cache
def _by_name() -> dict[str, Unit]:
    named = {unit.name: unit for unit in UNITS}
    return named | {name: _by_code()[code] for name, code in _OTHER_NAMES.items()}


@cache
def _by_folded_name() -> dict[str, Unit]:
    return {fold(name): unit for name, unit in _by_name().items()}


def _named(name: str) -> Unit | None:
    """By its name with its marks; without any only where none were typed: «trăm» is not «trạm»."""
    typed = _typed(name)
    return _by_name().get(typed) or (_by_folded_name().get(typed) if typed.isascii() else None)


def _typed(name: str) -> str:
    return " ".join(nfc(name).lower().replace("%", " phần trăm ").split())
