"""Figures counted from a list that comes with a report."""

from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from registry.indicators.models import FigureList, FigureListRow
from registry.indicators.queries.computed.shape import (
    Asked,
    Column,
    Counted,
    Listed,
    Listing,
    NamedQuery,
    how_many,
)
from registry.indicators.rules.figures import Figure
from registry.indicators.rules.units import UNITS, UnitKind, unit_by_code
from registry.people.rules.problems import N_

_COLUMNS = [
    Column(N_("Dòng")),
    Column(N_("Ngày"), "date"),
    Column(N_("Đến ngày"), "date"),
    Column(N_("Loại"), "way"),
    Column(N_("Nước"), "country"),
]
_PARAMETERS = {"list": N_("Mã danh sách"), "way": N_("Chỉ đếm dòng của loại này")}
_UNITS = tuple(one.code for one in UNITS if one.kind in (UnitKind.PERSONS, UnitKind.THINGS))
_ONCE = N_("Danh sách không ghi tên người; hai dòng ghi cùng một số hoặc tên trong kỳ chỉ đếm một lần")


def _rows(asked: Asked, condition: ColumnElement[bool]) -> Listing:
    """Lines of a list, those about the same thing as one."""
    one: Any = FigureListRow
    wanted = [FigureList.code == asked.text("list"), asked.inside(one.unit_path), condition]
    if way := asked.text("way"):
        wanted.append(one.way == way)
    first = func.min(one.starts)
    statement = (
        select(one.subject, first, func.max(one.ends), func.min(one.way), func.min(one.country))
        .join(FigureList, FigureList.id == one.list_id)
        .where(*wanted)
        .group_by(one.subject)
        .order_by(first, one.subject)
    )
    return Listing(statement, _COLUMNS)


def _begun_rows(asked: Asked) -> Listing:
    return _rows(asked, FigureListRow.starts.between(asked.first_day, asked.ends))


def _in_force_rows(asked: Asked) -> Listing:
    row = FigureListRow
    return _rows(asked, and_(row.starts <= asked.ends, or_(row.ends.is_(None), row.ends >= asked.ends)))


def _ended_rows(asked: Asked) -> Listing:
    return _rows(asked, FigureListRow.ends.between(asked.first_day, asked.ends))


def _count_of(listed: Listed, asked: Asked, session: Session) -> Counted:
    found = how_many(session, listed(asked).statement)
    unit = unit_by_code(asked.text("unit", "people"))
    return Counted(Figure.of(found, unit, asked.period), found)


def _begun(session: Session, asked: Asked) -> Counted:
    return _count_of(_begun_rows, asked, session)


def _in_force(session: Session, asked: Asked) -> Counted:
    return _count_of(_in_force_rows, asked, session)


def _ended(session: Session, asked: Asked) -> Counted:
    return _count_of(_ended_rows, asked, session)


QUERIES = (
    NamedQuery(
        "list_lines",
        N_("Số dòng của danh sách trong kỳ"),
        N_("Số dòng khác nhau của danh sách nêu ở tham số có ngày trong kỳ"),
        _ONCE,
        _UNITS,
        _PARAMETERS,
        _begun,
        _begun_rows,
    ),
    NamedQuery(
        "list_in_force",
        N_("Số dòng của danh sách còn hiệu lực"),
        N_("Số dòng khác nhau của danh sách đã bắt đầu và chưa kết thúc vào ngày cuối kỳ"),
        _ONCE,
        _UNITS,
        _PARAMETERS,
        _in_force,
        _in_force_rows,
    ),
    NamedQuery(
        "list_ended",
        N_("Số dòng của danh sách đã kết thúc"),
        N_("Số dòng khác nhau của danh sách có ngày kết thúc trong kỳ"),
        _ONCE,
        _UNITS,
        _PARAMETERS,
        _ended,
        _ended_rows,
    ),
)
