"""What a named query is asked and what it answers: a figure, and the rows that count up to it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from registry.indicators.rules.figures import Figure, Period
from registry.indicators.rules.kinds import shown_share
from registry.indicators.rules.units import PERCENT, Unit
from registry.places.queries.former_provinces import inside_part
from registry.places.rules import is_former_part

FIRST_DAY = date(1900, 1, 1)
Rows = Any
"""A statement: each of its own columns, which no type of the library says of all of them."""


@dataclass(frozen=True)
class Asked:
    """Where, when and with which parameters. `starts` None: everything up to `ends`. `programme_id` for its own records.

    `part`: only what lay in this former province, or what names no commune (`places.queries.former_provinces`); "": all.
    `shared` keeps what several measures of one page are counted from, so that it is counted once; None: nothing is kept.
    """

    unit_path: str
    starts: date | None
    ends: date
    parameters: Mapping[str, Any] = field(default_factory=dict[str, Any])
    programme_id: int | None = None
    shared: dict[Any, Any] | None = field(default=None, compare=False)
    part: str = ""

    @property
    def period(self) -> Period | None:
        """The days, where both ends are known."""
        return Period(self.starts, self.ends) if self.starts else None

    @property
    def first_day(self) -> date:
        """The first day that counts."""
        return self.starts or FIRST_DAY

    def inside(self, column: Any) -> ColumnElement[bool]:
        """Rows at the place or below it, of the part that is asked for."""
        return inside_part(column, self.unit_path, self.part)

    def text(self, name: str, otherwise: str = "") -> str:
        """A parameter as text."""
        return str(self.parameters.get(name, otherwise))


@dataclass(frozen=True)
class Side:
    """A number that stands beside the figure: attendances beside people, numerator and denominator of a share."""

    name: str
    figure: Figure


@dataclass(frozen=True)
class Counted:
    """A figure, how many rows it was counted from, and what stands beside it."""

    figure: Figure
    rows: int
    beside: tuple[Side, ...] = ()


@dataclass(frozen=True)
class Column:
    """A column of the rows. `kind`: text, date, number, person (an id that is shown as a code to whoever may see it)."""

    name: str
    kind: str = "text"


@dataclass(frozen=True)
class Listing:
    """The rows of a figure in a total order. The first column of the statement is what is counted, unless `adds`.

    `adds`: the figure is the sum of that column, not the number of rows.
    """

    statement: Rows
    columns: Sequence[Column]
    adds: int | None = None


def _never(_asked: Asked) -> bool:
    return False


Counting = Callable[[Session, Asked], Counted]
Listed = Callable[[Asked], Listing]


@dataclass(frozen=True)
class NamedQuery:
    """A documented query over the registry. `parameters`: {name: what it means}; `whole` lists the denominator of a share.

    `has_own_place`: whether it counts in a place of its own whatever part is asked for, so that parts have no figure.
    `any_row`: a cheaper way than `rows` to see whether there is any; `nothing_is_known`: none at all is an answer (no late class), not a sign that nobody has entered anything yet.
    """

    name: str
    title: str
    definition: str
    limits: str
    units: tuple[str, ...]
    parameters: Mapping[str, str]
    count: Counting
    rows: Listed
    whole: Listed | None = None
    nothing_is_known: bool = False
    any_row: Callable[[Asked], Rows] | None = None
    has_own_place: Callable[[Asked], bool] = _never


def place_and_part(place: str, wanted: str) -> tuple[str, str]:
    """(unit_path, part) of `Asked` for a place, a smaller one inside it, or what of it lay in a former province."""
    if is_former_part(wanted):
        return place, wanted
    return (wanted if wanted.startswith(place) else place), ""


def how_many(session: Session, statement: Rows) -> int:
    """The number of rows of a statement."""
    return session.scalar(select(func.count()).select_from(statement.order_by(None).subquery())) or 0


def counted_rows(session: Session, statement: Rows, unit: Unit, asked: Asked) -> Counted:
    """A figure that is the number of rows."""
    found = how_many(session, statement)
    return Counted(Figure.of(found, unit, asked.period), found)


def share_of(numerator: int, denominator: int, names: tuple[str, str], unit: Unit, asked: Asked) -> Counted:
    """A share in per cent with both of its numbers; «–» without a denominator, never 0."""
    figure = shown_share(numerator, denominator)
    shown = Figure(figure.amount, PERCENT, asked.period, False, figure.why_missing)
    sides = tuple(
        Side(name, Figure.of(Decimal(amount), unit, asked.period))
        for name, amount in zip(names, (numerator, denominator), strict=True)
    )
    return Counted(shown, numerator, sides)
