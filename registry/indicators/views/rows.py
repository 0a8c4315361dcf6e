"""The rows a figure counts, as many as the figure says, for whoever may read the indicator."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry import formats
from registry.accounts.access import current_viewer, require
from registry.accounts.rules import Permission
from registry.consents.rules import PurposeCode
from registry.indicators.models import Indicator
from registry.indicators.queries.asking import RowsPage, asked_of, computed_figure, query_of, rows_of
from registry.indicators.queries.computed import Column
from registry.indicators.queries.overview import default_period
from registry.indicators.queries.reading import observations_of
from registry.indicators.rules.periods import period_of, words_of
from registry.indicators.rules.units import UnitKind
from registry.indicators.views.blueprint import bp, visible_indicator
from registry.indicators.views.words import figure_words
from registry.people.models import Person
from registry.people.queries import people_for
from registry.places.queries import country_name
from registry.places.queries.former_provinces import former_parts, place_words
from registry.places.rules import is_former_part
from registry.web.clock import today
from registry.web.database import db_session
from registry.web.errors import NotVisible
from registry.web.i18n import gettext as _
from registry.web.i18n import lazy_gettext as _l
from registry.web.paging import page_number

WAYS = {
    "in_province": _l("trong tỉnh"),
    "other_province": _l("tỉnh khác"),
    "self_employed": _l("tự tạo việc làm"),
    "abroad": _l("đi làm việc ở nước ngoài"),
    "dissolved": _l("giải thể"),
    "founded": _l("thành lập"),
    "member": _l("hội viên"),
    "chair": _l("chủ tịch"),
    "vice_chair": _l("phó chủ tịch"),
    "secretary": _l("tổng thư ký"),
    "board": _l("ủy viên ban chấp hành"),
    "training_scheme": _l("đề án đào tạo"),
    "other": _l("khác"),
    "ordered": _l("đặt hàng"),
    "assigned": _l("giao nhiệm vụ"),
    "teaching": _l("giảng dạy"),
    "secondment": _l("biệt phái"),
    "study": _l("đề tài"),
    "scheme": _l("đề án"),
    "work": _l("làm việc"),
    "research": _l("nghiên cứu"),
    "transfer": _l("chuyển giao công nghệ"),
    "agriculture": _l("nông nghiệp"),
    "non_agriculture": _l("phi nông nghiệp"),
}


@bp.get("/chi-tieu/<ma>/dong")
@require(Permission.INDICATORS_READ)
def rows(ma: str) -> ResponseReturnValue:
    """One page of the rows of a figure."""
    session = db_session()
    indicator = visible_indicator(session, ma)
    if query_of(indicator) is None:
        raise NotVisible
    starts, ends = _days(session, indicator)
    part = _part(session, indicator)
    asked = asked_of(indicator, starts, ends, part)
    whole = request.args.get("phan") == "mau"
    found = rows_of(session, indicator, asked, page_number(request.args.get("trang")), whole=whole)
    counted = computed_figure(session, indicator, starts, ends, part)
    query = query_of(indicator)
    args = {name: value for name, value in request.args.items() if name in ("ky", "den", "pham-vi", "phan")}
    return render_template(
        "indicators/rows.html",
        indicator=indicator,
        query=query,
        found=found,
        args=args,
        is_share=indicator.unit.kind is UnitKind.SHARE,
        columns=[_column(one) for one in found.listing.columns],
        lines=_cells(session, found),
        figure=figure_words(counted.figure) if counted else "–",
        beside=[(_(one.name), one.figure.number) for one in counted.beside] if counted else [],
        unit=_(indicator.unit.name),
        place=place_words(session, asked.part or asked.unit_path) if asked.unit_path else "",
        days=words_of(asked.period) if asked.period else _("đến %(day)s", day=formats.date(ends)),
    )


def _days(session: Session, indicator: Indicator) -> tuple[date | None, date]:
    """The days asked for by a period, or up to a day (`den`); else the period most figures are of."""
    until = request.args.get("den", "")
    try:
        if until:
            return None, date.fromisoformat(until)
    except ValueError:
        pass
    period = period_of(request.args.get("ky", ""))
    if period is None:
        period = default_period(observations_of(session, [indicator.id]), today())
    return period.start, period.end


def _part(session: Session, indicator: Indicator) -> str:
    """The part asked for; of former provinces only those that the place of the measure was made of."""
    part = request.args.get("pham-vi", "")
    is_none = is_former_part(part) and part not in former_parts(session, indicator.unit_path)
    return "" if is_none else part


def _column(column: Column) -> Any:
    label = _(column.name)
    return {"label": label, "num": True} if column.kind == "number" else label


def _cells(session: Session, found: RowsPage) -> list[list[dict[str, Any]]]:
    codes = _codes(session, found)
    return [
        [_cell(column, value, codes) for column, value in zip(found.listing.columns, row, strict=True)]
        for row in found.page.rows
    ]


def _codes(session: Session, found: RowsPage) -> dict[int, tuple[str, str]]:
    """{row id: (public id, code)} of the people of this page whom the viewer may see; nobody else is told apart."""
    at = [number for number, one in enumerate(found.listing.columns) if one.kind == "person"]
    ids: Sequence[int] = [
        row[number] for row in found.page.rows for number in at if row[number] and row[number] > 0
    ]
    if not ids:
        return {}
    mine = current_viewer().limited_to(Permission.PEOPLE_READ)
    people = people_for(mine, PurposeCode.REGISTRY, on=today()).where(Person.id.in_(ids)).subquery()
    wanted = session.execute(select(people.c.id, people.c.public_id, people.c.code))
    return {row.id: (row.public_id, row.code) for row in wanted}


def _cell(column: Column, value: Any, codes: dict[int, tuple[str, str]]) -> dict[str, Any]:
    if column.kind == "person":
        return _person(value, codes)
    if value is None or value == "":
        return {"text": formats.missing}
    if column.kind == "date":
        return {"text": formats.date(value)}
    if column.kind == "number":
        return {"text": formats.number(int(value)), "num": True}
    if column.kind == "country":
        return {"text": country_name(str(value))}
    if column.kind in ("way", "field"):
        return {"text": str(WAYS.get(str(value), value))}
    return {"text": str(value)}


def _person(value: Any, codes: dict[int, tuple[str, str]]) -> dict[str, Any]:
    """A code with its way to the record, for whoever may see it; else only that there is a record, or none."""
    if value in codes:
        public_id, code = codes[value]
        return {"text": code, "href": url_for("people.show", ma=public_id)}
    return {"text": _("Có hồ sơ, ngoài phạm vi xem") if value and value > 0 else _("Chưa có hồ sơ")}
