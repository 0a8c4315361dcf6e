"""Indicators of programmes: the lines of the page of indicators, each figure of people with what must not be told of it."""

from dataclasses import dataclass, field
from decimal import Decimal

from sqlalchemy.orm import Session

from registry.accounts.rules import Viewer
from registry.balance.rules.tables import TOTAL
from registry.indicators.models import Indicator, Observation
from registry.indicators.queries.overview import Line as Measure
from registry.indicators.queries.overview import lines_of
from registry.indicators.queries.reading import indicators_of
from registry.indicators.rules.figures import Figure, Period
from registry.indicators.rules.numbers import half_up
from registry.indicators.rules.ratios import Percent
from registry.indicators.rules.units import UnitKind
from registry.open_data.queries.asked import FIRST_DAY, Asked
from registry.open_data.rules.grids import Grid, Ref, list_of
from registry.open_data.rules.lines import Content, Line, Value
from registry.people.rules.problems import N_
from registry.places.queries import unit_by_path

NOTHING = N_("Chưa có chỉ tiêu nào")
FROM_RECORDS = "Đếm từ hồ sơ"
_OF_PEOPLE = frozenset({UnitKind.PERSONS, UnitKind.ATTENDANCES})
_VALUE, _IN, _OUT, _PART, _REST = "value", "in", "out", "part", "rest"
_TRAINED = {"people_trained": "people", "attendances": "attendances"}
"""What the tables of training count under a name of their own."""


@dataclass
class _Making:
    """The grids so far, and those of the measure in hand."""

    grids: list[Grid] = field(default_factory=list[Grid])
    guards: list[Ref] = field(default_factory=list[Ref])

    def add(self, grid: Grid, *rows: str) -> None:
        """A grid, and which of its rows the measure tells."""
        self.guards += [(len(self.grids), (row, "people")) for row in rows]
        self.grids.append(grid)


def indicator_content(session: Session, asked: Asked) -> Content:
    """Every indicator of the place and below, of one programme where one is named."""
    found = indicators_of(session, Viewer.installation(), programme=asked.programme)
    mine = [one for one in found if one.unit_path.startswith(asked.place)]
    if not mine:
        return Content([], [Line(_nothing(asked), why=NOTHING)])
    places: dict[str, str] = {}
    grids: list[Grid] = []
    lines: list[Line] = []
    for measure in lines_of(session, mine, Period(asked.starts, asked.ends)):
        path = measure.indicator.unit_path
        if path not in places:
            unit = unit_by_path(session, path)
            places[path] = unit.full_name if unit else asked.place_name
        making = _Making(grids)
        _guard(making, measure)
        lines.append(_line(asked, measure, places[path], tuple(making.guards)))
    return Content(grids, lines)


def _guard(making: _Making, measure: Measure) -> None:
    """What a figure tells of people: itself, what stands beside it, both sides of a share, the rest of its whole."""
    code, path, days = measure.indicator.code, measure.indicator.unit_path, _days(measure)
    words = {_VALUE: measure.indicator.name, "people": "Người"}
    people = _people(measure.figure)
    if people is not None:
        same = {_VALUE: subject_of(measure.indicator)}
        making.add(list_of(f"measure|{code}", {_VALUE: people}, path, days, words=words, same=same), _VALUE)
    sides = [_people(one.figure) for one in (measure.counted.beside if measure.counted else ())]
    if measure.figure.unit.kind is UnitKind.SHARE and len(sides) == 2:
        part, whole = sides[0] or 0, sides[1] or 0
        if 0 <= part <= whole and None not in sides:
            counts = {_IN: part, _OUT: whole - part}
            named = words | {_IN: f"{measure.indicator.name}: tử số", _OUT: "ngoài tử số"}
            grid = list_of(f"share|{code}", counts, path, days, has_sum=True, words=named)
            making.add(grid, _IN, _OUT, TOTAL)
    else:
        for number, side in enumerate(sides):
            if side is not None:
                named = words | {f"side{number}": f"{measure.indicator.name}: số đi kèm"}
                making.add(
                    list_of(f"beside|{code}", {f"side{number}": side}, path, days, words=named),
                    f"side{number}",
                )
    if measure.reported is not None and measure.reported.whole is not None:
        _guard_part(making, measure, people, measure.reported.whole)


def _guard_part(making: _Making, measure: Measure, people: int | None, whole: Observation) -> None:
    """«Trong đó»: the rest of the whole is told by both, whichever line shows them."""
    total = _people(whole.figure)
    if people is None or total is None or total < people:
        return
    counts = {_PART: people, _REST: total - people}
    name = measure.indicator.name
    words = {_PART: name, _REST: f"ngoài «{name}»", TOTAL: whole.indicator.name, "people": "Người"}
    same = {_PART: subject_of(measure.indicator), TOTAL: subject_of(whole.indicator)}
    grid = list_of(
        f"part|{measure.indicator.code}", counts, measure.indicator.unit_path, _days(measure),
        has_sum=True, words=words, same=same,
    )  # fmt: skip
    making.add(grid, _PART)


def subject_of(indicator: Indicator) -> str:
    """Whom an indicator counts: those of a training category are the same people as in the tables of training."""
    parameters = indicator.parameters
    column, category = _TRAINED.get(indicator.query), parameters.get("category")
    if column is not None and category and not parameters.get("level"):
        return f"training|{category}|{column}"
    return f"measure|{indicator.code}|{_VALUE}"


def _people(figure: Figure) -> int | None:
    """How many people or attendances a figure is; None for what counts no people, or is not known."""
    amount = figure.amount
    if amount is None or figure.unit.kind not in _OF_PEOPLE or amount < 0:
        return None
    return int(amount)


def _days(measure: Measure) -> tuple[str, str]:
    return (measure.starts or FIRST_DAY).isoformat(), measure.ends.isoformat()


def _line(asked: Asked, measure: Measure, place: str, guards: tuple[Ref, ...]) -> Line:
    indicator, plan = measure.indicator, measure.plan
    facts: dict[str, Value] = {
        "ma": indicator.code,
        "chi_tieu": indicator.name,
        "chi_tieu_en": indicator.name_en or None,
        "chuong_trinh": indicator.programme.code if indicator.programme else None,
        "dia_ban": place,
        "dinh_nghia": indicator.definition or None,
        "don_vi_tinh": indicator.unit.name,
        "tu_ngay": None if measure.starts is None else measure.starts.isoformat(),
        "den_ngay": measure.ends.isoformat(),
        "ke_hoach": None if plan is None else plan.words,
        "van_ban_giao": None if plan is None else plan.document,
        "nguon": _source(measure),
        "so_lieu_ngay": asked.on.isoformat(),
    }
    figures: dict[str, Value] = {
        "gia_tri": _number(measure.figure.amount),
        "gan_dung": measure.figure.is_about,
        "kem_theo": _beside(measure),
        "ty_le": _number(half_up(measure.percent.exact)) if isinstance(measure.percent, Percent) else None,
    }
    return Line(facts, figures if measure.figure.is_known else {}, guards, measure.figure.why)


def _source(measure: Measure) -> str:
    if measure.counted is not None and measure.counted.figure.is_known:
        return FROM_RECORDS
    return measure.reported.source if measure.reported is not None else measure.indicator.source


def _beside(measure: Measure) -> str | None:
    if measure.counted is None or not measure.counted.figure.is_known:
        return None
    return ", ".join(f"{one.name}: {one.figure.number}" for one in measure.counted.beside) or None


def _number(amount: Decimal | None) -> int | Decimal | None:
    """A whole number where it is one."""
    if amount is None:
        return None
    return int(amount) if amount == int(amount) else amount


def _nothing(asked: Asked) -> dict[str, Value]:
    starts, ends = asked.days
    return {
        "ma": "*",
        "chi_tieu": NOTHING,
        "dia_ban": asked.place_name,
        "don_vi_tinh": "",
        "tu_ngay": starts,
        "den_ngay": ends,
        "so_lieu_ngay": asked.on.isoformat(),
    }
