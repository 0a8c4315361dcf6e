"""How the page of a measure says it by former provinces and merged, always with the method (IN-25)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from flask import url_for
from sqlalchemy.orm import Session

from registry.indicators.models import Indicator
from registry.indicators.queries.computed import Counted
from registry.indicators.queries.former import PartFigure, by_former_province
from registry.indicators.rules.figures import WHY_MISSING, Figure, Refused
from registry.indicators.rules.restating import METHOD_WORDS, Restated, RestatedBy
from registry.indicators.views.words import days_args, figure_words
from registry.places.queries.former_provinces import place_words
from registry.places.rules import is_former
from registry.web.i18n import gettext as _


@dataclass(frozen=True)
class Cell:
    """A figure with what stands beside it, why it is missing, and the way to its rows."""

    text: str = "–"
    note: str = ""
    beside: str = ""
    href: str = ""


@dataclass(frozen=True)
class FormerLine:
    """One part of the place, or all of it."""

    name: str
    counted: Cell
    reported: Cell


@dataclass(frozen=True)
class FormerWords:
    """The card: its lines, the merged line, by what method they were counted, and whether people are told apart in it."""

    lines: list[FormerLine]
    whole: FormerLine
    method: str
    is_distinct: bool
    has_reports: bool


def former_words(
    session: Session, indicator: Indicator, starts: date | None, ends: date
) -> FormerWords | None:
    """None where the place was not merged, or nothing tells its parts apart."""
    found = by_former_province(session, indicator, starts, ends)
    if found is None:
        return None
    days = (starts, ends)
    place = place_words(session, indicator.unit_path)
    whole = FormerLine(
        place[:1].upper() + place[1:],
        _counted(found.counted, indicator, days, ""),
        _merged(session, found.merged, indicator),
    )
    return FormerWords(
        [_line(session, one, indicator, days) for one in found.parts],
        whole,
        _(METHOD_WORDS[RestatedBy.ROWS]) if found.counted is not None else "",
        indicator.unit.is_distinct,
        found.merged is not None,
    )


def _line(
    session: Session, one: PartFigure, indicator: Indicator, days: tuple[date | None, date]
) -> FormerLine:
    name = place_words(session, one.part) if is_former(one.part) else _("dòng không ghi xã")
    reported = Cell() if one.reported is None else _cell(one.reported.figure)
    return FormerLine(name[:1].upper() + name[1:], _counted(one.counted, indicator, days, one.part), reported)


def _counted(
    counted: Counted | None, indicator: Indicator, days: tuple[date | None, date], part: str
) -> Cell:
    if counted is None:
        return Cell()
    href = url_for("indicators.rows", ma=indicator.code, **days_args(*days, part))
    beside = " · ".join(f"{_(one.name)}: {one.figure.number}" for one in counted.beside)
    return _cell(counted.figure, beside, href if counted.figure.is_known else "")


def _cell(figure: Figure, beside: str = "", href: str = "") -> Cell:
    return Cell(figure_words(figure), _(figure.why) if figure.why else "", beside, href)


def _merged(session: Session, found: Restated | Refused | None, indicator: Indicator) -> Cell:
    if found is None:
        return Cell()
    if isinstance(found, Refused):
        return Cell(note=found.text)
    if found.amount is None:
        names = ", ".join(place_words(session, one) for one in found.not_moved)
        why = _(WHY_MISSING[found.why_missing]) if found.why_missing else ""
        return Cell(note=f"{why}: {names}")
    amount = Decimal(found.amount.numerator) / found.amount.denominator  # whole provinces are added: it ends
    return Cell(figure_words(Figure.of(amount, indicator.unit)), _(METHOD_WORDS[found.method]))
