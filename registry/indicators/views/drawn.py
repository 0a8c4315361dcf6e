"""The drawings of the page with the tables beneath them: both from the same rows."""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy.orm import Session

from registry import charts, formats
from registry.accounts.access import current_viewer
from registry.accounts.rules import Permission
from registry.indicators.queries.categories import TrainingTable
from registry.indicators.queries.overview import Line, course_of
from registry.indicators.queries.provinces import living_by_province, names_of_provinces, trained_by_province
from registry.indicators.rules.choosing import plan_year
from registry.indicators.rules.figures import Period
from registry.indicators.rules.pace import FORECAST_METHODS, ForecastMethod, forecast_at_pace
from registry.indicators.rules.ratios import Percent
from registry.indicators.views.blueprint import LIVING, Wanted, reader
from registry.web.clock import today
from registry.web.i18n import gettext as _

_NEAR, _FAR = 50, 200


def _twice(draw: Callable[[bool], Any]) -> tuple[Any, Any]:
    """Drawn for a desk and for a phone."""
    return draw(False), draw(True)


def training_pairs(table: TrainingTable) -> tuple[Any, Any] | None:
    """Attendances and people of every category side by side; None where nothing was held."""
    if not table.rows:
        return None
    rows = [
        charts.PairedRow(
            _(one.name),
            one.attendances,
            one.people,
            formats.number(one.attendances),
            formats.number(one.people),
            formats.number(one.attendances - one.people),
        )
        for one in table.rows
    ]
    heads = charts.PairedHeads(_("Lượt và người"), _("Lượt hơn người"))
    label = _("Đào tạo, bồi dưỡng theo nội dung: lượt và người, số liệu trong bảng bên dưới")
    return _twice(lambda is_narrow: charts.paired_bars(rows, heads, label, narrow=is_narrow))


def province_rows(session: Session, wanted: Wanted) -> tuple[list[charts.TileRow], list[tuple[str, str]]]:
    """The tiles and the lines of their table, the same figures; a province without one has «–»."""
    if wanted.map == LIVING and current_viewer().can(Permission.PEOPLE_READ):
        found = living_by_province(session, current_viewer(), today())
    else:
        found = trained_by_province(session, reader(), wanted.period)
    names = names_of_provinces(session)
    tiles = [
        charts.TileRow(code, formats.number(count), charts.gap_tone(count, _NEAR, _FAR))
        for code, count in found.items()
        if code in names
    ]
    lines = [(names[code], formats.number(found.get(code))) for code in names]
    return tiles, lines


def province_map(session: Session, wanted: Wanted) -> dict[str, Any]:
    """The map with its table, what it tells, and its legend."""
    tiles, lines = province_rows(session, wanted)
    living = wanted.map == LIVING and current_viewer().can(Permission.PEOPLE_READ)
    title = _("nơi ở của người có hồ sơ") if living else _("số người được đào tạo, bồi dưỡng")
    label = _("Bản đồ ô 34 tỉnh, thành phố: %(what)s, số liệu trong bảng bên dưới", what=title)
    own = wanted.place.split("/")[1] if wanted.place.count("/") > 1 else ""
    drawn = _twice(lambda is_narrow: charts.tile_map(tiles, label, own=own, narrow=is_narrow))
    legend = [
        ("gap-4", _("Dưới %(near)s người", near=_NEAR)),
        ("gap-5", _("Từ %(near)s người", near=_NEAR)),
        ("gap-none", _("Chưa có số liệu")),
    ]
    return {"charts": drawn, "rows": lines, "what": title, "legend": legend, "living": living}


def course_drawn(session: Session, lines: Sequence[Line], code: str) -> dict[str, Any] | None:
    """Plan, what was reached and the forecast of one measure: the one asked for, else the first that has a plan."""
    able = [one for one in lines if isinstance(one.percent, Percent) and one.plan and one.counted]
    line = next((one for one in able if one.indicator.code == code), able[0] if able else None)
    course = course_of(session, line) if line else None
    if line is None or line.plan is None or course is None:
        return None
    year = plan_year(line.plan, line.period or Period(line.ends, line.ends))
    known = [
        (day, value) for day, value in zip(course.days, course.reached, strict=True) if value is not None
    ]
    ahead = forecast_at_pace(known[-1][1], year, known[-1][0]) if known else None
    forecast = None if ahead is None else round(ahead.amount)
    days = [f"{day.day:02}/{day.month:02}" for day in course.days]
    drawn = charts.PlanLines(
        days,
        course.planned,
        course.reached,
        forecast,
        _("Kế hoạch %(number)s", number=formats.number(course.planned[-1])),
        "" if forecast is None else _("Dự báo %(number)s", number=formats.number(forecast)),
    )
    label = _(
        "%(name)s: kế hoạch, thực hiện và dự báo, số liệu trong bảng bên dưới", name=line.indicator.name
    )
    return {
        "line": line,
        "choices": [(one.indicator.code, one.indicator.name) for one in able],
        "charts": _twice(lambda is_narrow: charts.plan_lines(drawn, label, narrow=is_narrow)),
        "rows": [
            (day, planned, reached)
            for day, planned, reached in zip(course.days, course.planned, course.reached, strict=True)
        ],
        "forecast": forecast,
        "method": _(FORECAST_METHODS[ForecastMethod.MEAN_PACE]),
        "year": year,
    }
