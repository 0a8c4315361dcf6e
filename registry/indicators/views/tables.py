"""The tables of the page as CSV: the same rows as under the drawings."""

from collections.abc import Callable, Sequence

from flask import Response, abort
from sqlalchemy.orm import Session

from registry import formats
from registry.accounts.access import require
from registry.accounts.rules import Permission
from registry.indicators.queries.categories import training_table
from registry.indicators.queries.overview import lines_of
from registry.indicators.rules.periods import code_of
from registry.indicators.views.blueprint import Wanted, bp, wanted
from registry.indicators.views.drawn import course_drawn, province_rows
from registry.indicators.views.words import line_words
from registry.web.attachments import csv_file
from registry.web.database import db_session
from registry.web.i18n import gettext as _

_Rows = Sequence[Sequence[str]]


@bp.get("/chi-tieu/bang/<ten>.csv")
@require(Permission.INDICATORS_READ)
def table(ten: str) -> Response:
    """One of the tables, by its name."""
    made = TABLES.get(ten)
    if made is None:
        abort(404)
    session = db_session()
    asked = wanted(session)
    heads, *rows = made(session, asked)
    return csv_file(f"{ten}-{code_of(asked.period)}", heads, rows)


def measures(session: Session, asked: Wanted) -> _Rows:
    """The measures against their plans and the period before."""
    lines = [
        line_words(one, asked.period) for one in lines_of(session, asked.indicators, asked.period, asked.part)
    ]
    heads = [
        _("Mã"),
        _("Chỉ tiêu"),
        _("Đơn vị tính"),
        _("Kỳ"),
        _("Kế hoạch"),
        _("Văn bản giao"),
        _("Thực hiện"),
    ]
    heads += [
        _("Bên cạnh"),
        _("Tỷ lệ"),
        _("Kỳ trước"),
        _("Chênh lệch"),
        _("Nguồn và đối chiếu"),
        _("Ghi chú"),
    ]
    return [
        heads,
        *(
            [
                *(
                    one.code,
                    one.name,
                    one.unit,
                    one.days or code_of(asked.period),
                    one.plan,
                    one.plan_document,
                ),
                *(one.figure, one.beside, one.percent, one.earlier, one.change),
                "; ".join(tag.text for tag in one.tags),
                ". ".join(filter(None, (one.why, one.percent_note, *one.notes))),
            ]
            for one in lines
        ),
    ]


def training(session: Session, asked: Wanted) -> _Rows:
    """People and attendances of every category; people over all of them are counted again, not added."""
    found = training_table(session, asked.period, asked.place, asked.part)
    rows = [[_(one.name), str(one.attendances), str(one.people)] for one in found.rows]
    total = [_("Mọi nội dung"), str(found.attendances), str(found.people)]
    return [[_("Nội dung"), _("Lượt"), _("Người")], *rows, total]


def provinces(session: Session, asked: Wanted) -> _Rows:
    """The lines under the map."""
    return [[_("Tỉnh, thành phố"), _("Số người")], *province_rows(session, asked)[1]]


def course(session: Session, asked: Wanted) -> _Rows:
    """The points of the line, and the forecast with its method."""
    lines = lines_of(session, asked.indicators, asked.period, asked.part)
    found = course_drawn(session, lines, asked.course)
    if found is None:
        return [[_("Đến hết ngày"), _("Kế hoạch"), _("Thực hiện")]]
    rows = [
        [formats.date(day), str(planned), formats.missing if reached is None else str(reached)]
        for day, planned, reached in found["rows"]
    ]
    ahead = formats.missing if found["forecast"] is None else str(found["forecast"])
    return [[_("Đến hết ngày"), _("Kế hoạch"), _("Thực hiện")], *rows, [_("Dự báo"), ahead, found["method"]]]


TABLES: dict[str, Callable[[Session, Wanted], _Rows]] = {
    "chi-tieu": measures,
    "dao-tao": training,
    "tinh": provinces,
    "tien-do": course,
}
