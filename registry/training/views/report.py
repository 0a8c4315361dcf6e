"""«Báo cáo đào tạo theo nhóm»: lượt and người of every category, đào tạo and bồi dưỡng apart, and the breakdown."""

from collections.abc import Mapping
from typing import Any

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from registry.accounts.access import current_viewer, require
from registry.accounts.rules import Permission, Viewer
from registry.people.views.keepers import keeper_choices
from registry.places.forms import AREA_LABELS
from registry.places.queries import area_records, gazetteer
from registry.places.queries.former_provinces import former_parts, place_words
from registry.places.rules import spans_of
from registry.training.forms import words
from registry.training.queries.counting import (
    Period,
    breakdown,
    by_category,
    by_field,
    by_former_province,
    categories_of,
    in_areas,
    keeps_lists,
    together,
)
from registry.training.rules import LEAST, Counted, CourseKind
from registry.training.views.blueprint import bp
from registry.training.views.periods import period_in
from registry.web.attachments import csv_file
from registry.web.database import db_session
from registry.web.i18n import gettext as _
from registry.web.i18n import lazy_gettext as _l

_METHOD = _l("Đếm lại từ từng dòng theo đơn vị ghi trên dòng")

_GROUPS: tuple[tuple[CourseKind | None, Any], ...] = (
    (CourseKind.EDUCATION, _l("Đào tạo")),
    (CourseKind.IN_SERVICE, _l("Bồi dưỡng")),
    (None, _l("Nhóm có cả đào tạo và bồi dưỡng")),
)


@bp.get("/dao-tao/bao-cao")
@require(Permission.TRAINING_READ)
def report() -> ResponseReturnValue:
    """The report on a page."""
    session, viewer = db_session(), current_viewer()
    asked = period_in(request.args)
    category = request.args.get("nhom", "")
    chosen = [category] if category in words.CATEGORY else []
    counted = by_category(session, viewer, asked.period)
    return render_template(
        "training/report.html",
        asked=asked,
        groups=_groups(session, viewer, asked.period, counted),
        fields=_fields(session, viewer, asked.period),
        former=_former(session, viewer, asked.period),
        areas=_areas(session, viewer, asked.period) if counted else [],
        breakdown=breakdown(session, viewer, asked.period, chosen) if counted else {},
        is_masked=not keeps_lists(viewer, asked.period),
        least=LEAST,
        category=category if chosen else "",
        words=words,
        units=_places(session, viewer, asked.period),
        part=_heading(place_words(session, asked.period.part)) if asked.period.part else "",
        method=_METHOD,
        has_any=bool(counted),
    )


def _groups(
    session: Session, viewer: Viewer, period: Period, counted: Mapping[str, Counted]
) -> list[dict[str, Any]]:
    """The categories of each kind with what they come to together: people are counted anew, never added."""
    found: list[dict[str, Any]] = []
    for kind, title in _GROUPS:
        codes = [code for code in categories_of(kind) if code in counted]
        if codes:
            found.append(
                {
                    "title": title,
                    "rows": [(code, words.CATEGORY[code], counted[code]) for code in codes],
                    "together": together(session, viewer, period, codes) if len(codes) > 1 else None,
                }
            )
    return found


def _fields(session: Session, viewer: Viewer, period: Period) -> list[tuple[Any, Counted]]:
    """Agriculture and the rest of vocational training; what states neither is said, too."""
    counted = by_field(session, viewer, period)
    lines = [(text, counted[field]) for field, text in words.FIELD.items() if field in counted]
    if lines and None in counted:
        lines.append((_("Không ghi lĩnh vực"), counted[None]))
    return lines


def _former(session: Session, viewer: Viewer, period: Period) -> list[tuple[str, str, Counted]]:
    """Of a merged province: what was learnt in each former one, where none is known, and in all of it (PT4)."""
    if period.part:
        return []
    found = by_former_province(session, viewer, period)
    lines = [(part, _heading(place_words(session, part)), counted) for part, counted in found]
    if not any(counted.attendances for _part, _name, counted in lines):
        return []
    whole = together(session, viewer, period, list(words.CATEGORY))
    return [*lines, (period.unit_path, _heading(place_words(session, period.unit_path)), whole)]


def _heading(words: str) -> str:
    return words[:1].upper() + words[1:]


def _places(session: Session, viewer: Viewer, period: Period) -> list[tuple[str, Any]]:
    """The units a viewer may ask for; below the province that is asked for, what it was made of."""
    found: list[tuple[str, Any]] = []
    for path, name in keeper_choices(session, viewer):
        found.append((path, name))
        if path == period.unit_path:
            found += [(part, f"· {place_words(session, part)}") for part in former_parts(session, path)]
    return found


def _areas(session: Session, viewer: Viewer, period: Period) -> list[tuple[Any, Counted]]:
    """What was learnt by offices in places of each kind that is on record (KH9)."""
    places, records = gazetteer(session), area_records(session)
    found = [(label, spans_of(places, records, kind)) for kind, label in AREA_LABELS.items()]
    known = [(label, spans) for label, spans in found if spans]
    counts = in_areas(session, viewer, period, [spans for _label, spans in known])
    return [(label, counted) for (label, _spans), counted in zip(known, counts, strict=True)]


@bp.get("/dao-tao/bao-cao.csv")
@require(Permission.TRAINING_READ)
def report_csv() -> Response:
    """The same figures as a file: category, lượt, người. No person is in it."""
    asked = period_in(request.args)
    session, viewer = db_session(), current_viewer()
    counted = by_category(session, viewer, asked.period)
    found = [
        (str(words.CATEGORY[code]), counted[code].attendances, counted[code].people)
        for code in words.CATEGORY
        if code in counted
    ]
    place = asked.period.part or asked.period.unit_path
    where = _heading(place_words(session, place)) if place else _("Mọi nơi")
    days = (asked.period.start.isoformat(), asked.period.end.isoformat())
    everybody = together(session, viewer, asked.period, list(counted))
    found.append((_("Mọi nhóm, đếm lại từ đầu"), everybody.attendances, everybody.people))
    rows = [(*one, where, *days, str(_METHOD)) for one in found]
    name = f"dao-tao-theo-nhom-{asked.period.start:%Y%m%d}-{asked.period.end:%Y%m%d}"
    heads = (_("Nhóm"), _("Lượt người"), _("Người"), _("Nơi học"), _("Từ ngày"), _("Đến hết ngày"))
    return csv_file(name, (*heads, _("Cách tính")), rows)
