"""Figures of administrative units: how many there are, how many ended, how many are served."""

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from registry.indicators.models import ServiceAssignment
from registry.indicators.queries.computed.shape import (
    Asked,
    Column,
    Counted,
    Listing,
    NamedQuery,
    Rows,
    counted_rows,
    how_many,
    share_of,
)
from registry.indicators.rules.units import unit_by_code
from registry.people.rules.problems import N_
from registry.places.models import AdministrativeUnit
from registry.places.queries.former_provinces import inside
from registry.places.rules import FORMER_ROOT

_NAMED = "former_province"
_NAMES = [Column(N_("Đơn vị")), Column(N_("Có hiệu lực từ"), "date"), Column(N_("Đến hết ngày"), "date")]
_LEVEL = N_("Cấp: province (tỉnh), district (huyện), commune (xã)")
_FORMER_WORDS = N_("Mã tỉnh cũ, nếu đếm đơn vị của tỉnh trước ngày 01/07/2025")


def _of(asked: Asked) -> ColumnElement[bool]:
    """Units of the level inside the place, or inside a former province that is named."""
    former, path = asked.text(_NAMED), AdministrativeUnit.path
    place = inside(path, f"{FORMER_ROOT}{former}/") if former else asked.inside(path)
    return and_(AdministrativeUnit.level == asked.text("level", "commune"), place)


def _has_own_place(asked: Asked) -> bool:
    return bool(asked.text(_NAMED))


def _select(asked: Asked, *conditions: ColumnElement[bool]) -> Rows:
    unit = AdministrativeUnit
    return (
        select(unit.full_name, unit.valid_from, unit.valid_to)
        .where(_of(asked), *conditions)
        .order_by(unit.sort_key, unit.id)
    )


def _standing(asked: Asked) -> ColumnElement[bool]:
    unit = AdministrativeUnit
    return and_(unit.valid_from <= asked.ends, or_(unit.valid_to.is_(None), unit.valid_to >= asked.ends))


def _ended_rows(asked: Asked) -> Listing:
    ended = AdministrativeUnit.valid_to.between(asked.first_day, asked.ends)
    return Listing(_select(asked, ended), _NAMES)


def _ended(session: Session, asked: Asked) -> Counted:
    return counted_rows(session, _ended_rows(asked).statement, unit_by_code("units"), asked)


def _in_force_rows(asked: Asked) -> Listing:
    return Listing(_select(asked, _standing(asked)), _NAMES)


def _in_force(session: Session, asked: Asked) -> Counted:
    return counted_rows(session, _in_force_rows(asked).statement, unit_by_code("units"), asked)


def _serving(asked: Asked) -> ColumnElement[bool]:
    one = ServiceAssignment
    return and_(
        one.unit_id == AdministrativeUnit.id,
        one.role == asked.text("role"),
        one.days_a_week >= int(asked.text("least_days", "1")),
        one.starts <= asked.ends,
        or_(one.ends.is_(None), one.ends >= asked.ends),
    )


def _covered_rows(asked: Asked) -> Listing:
    served = select(func.max(ServiceAssignment.days_a_week)).where(_serving(asked)).scalar_subquery()
    statement = _select(asked, _standing(asked), served.is_not(None)).add_columns(served)
    return Listing(statement, [*_NAMES, Column(N_("Số ngày trong tuần"), "number")])


def _coverage(session: Session, asked: Asked) -> Counted:
    covered = how_many(session, _covered_rows(asked).statement)
    whole = how_many(session, _in_force_rows(asked).statement)
    return share_of(
        covered, whole, (N_("Đơn vị được phục vụ"), N_("Tất cả đơn vị")), unit_by_code("units"), asked
    )


QUERIES = (
    NamedQuery(
        "units_ended",
        N_("Số đơn vị hành chính kết thúc hoạt động"),
        N_("Số đơn vị của cấp nêu ở tham số có ngày cuối trong kỳ, theo danh mục đơn vị hành chính"),
        N_("Danh mục chỉ có đơn vị trước và sau ngày 01/07/2025"),
        ("units",),
        {"level": _LEVEL, _NAMED: _FORMER_WORDS},
        _ended,
        _ended_rows,
        has_own_place=_has_own_place,
    ),
    NamedQuery(
        "units_in_force",
        N_("Số đơn vị hành chính đang hoạt động"),
        N_("Số đơn vị của cấp nêu ở tham số có hiệu lực vào ngày cuối kỳ, theo danh mục đơn vị hành chính"),
        N_("Danh mục chỉ có đơn vị trước và sau ngày 01/07/2025"),
        ("units",),
        {"level": _LEVEL, _NAMED: _FORMER_WORDS},
        _in_force,
        _in_force_rows,
        has_own_place=_has_own_place,
    ),
    NamedQuery(
        "unit_coverage",
        N_("Tỷ lệ đơn vị được bố trí người phục vụ"),
        N_(
            "Số đơn vị có một người phục vụ ít nhất số ngày trong tuần nêu ở tham số, chia cho tất cả đơn vị của cấp đó"
        ),
        N_("Số ngày của nhiều người không cộng lại; tính vào ngày cuối kỳ"),
        ("percent",),
        {
            "role": N_("Vai trò, ví dụ doctor (bác sĩ)"),
            "least_days": N_("Số ngày ít nhất trong tuần"),
            "level": _LEVEL,
            _NAMED: _FORMER_WORDS,
        },
        _coverage,
        _covered_rows,
        _in_force_rows,
        has_own_place=_has_own_place,
    ),
)
