"""«Cung cầu»: the signed balance by sector, occupation, place and skill, the map, every cell, and each as a file."""

from collections.abc import Callable, Sequence
from typing import Any

from flask import Response, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from registry.accounts.access import require, whole_viewer
from registry.accounts.rules import Permission
from registry.balance.forms.words import HORIZON
from registry.balance.views.blueprint import Asked, asked, bp, place_name, unit_choices
from registry.balance.views.counted import (
    HEADERS,
    Counted,
    Line,
    by_occupation,
    by_sector,
    by_skill,
    by_unit,
    of_every_cell,
    rows_of,
    signs_in,
)
from registry.balance.views.drawn import bars, provinces_now, tile_map
from registry.web.attachments import csv_file
from registry.web.database import db_session
from registry.web.errors import NotVisible
from registry.web.i18n import gettext as _

MOST_CELLS = 300


@bp.get("/cung-cau")
@require(Permission.INDICATORS_READ)
def index() -> ResponseReturnValue:
    """Bars by sector, the map of the provinces, and the table of occupations."""
    session, wanted = db_session(), asked()
    rows = rows_of(session, wanted)
    sectors = by_sector(rows, wanted)
    place = place_name(session, wanted.part.unit_path)
    provinces = provinces_now(session)
    return render_template(
        "balance/index.html",
        **_head(session, wanted, place),
        sectors=sectors,
        bars=bars(sectors, place) if sectors.lines else None,
        occupations=by_occupation(rows, wanted),
        provinces=provinces,
        map=tile_map(provinces, wanted.part.unit_path),
    )


@bp.get("/cung-cau/dia-ban")
@require(Permission.INDICATORS_READ)
def units() -> ResponseReturnValue:
    """The same by the units below the one that is asked for."""
    session, wanted = db_session(), asked()
    counted = by_unit(session, rows_of(session, wanted), wanted)
    return render_template("balance/units.html", **_head(session, wanted), counted=counted)


@bp.get("/cung-cau/ky-nang")
@require(Permission.INDICATORS_READ)
def skills() -> ResponseReturnValue:
    """The skills open needs ask for most, and the people who claim them."""
    session, wanted = db_session(), asked()
    return render_template("balance/skills.html", **_head(session, wanted), counted=by_skill(session, wanted))


@bp.get("/cung-cau/chi-tiet")
@require(Permission.INDICATORS_READ)
def every_cell() -> ResponseReturnValue:
    """Occupation × sector × unit × horizon with the sign of each; for own records alone."""
    session, wanted = db_session(), asked()
    lines = of_every_cell(session, wanted.part) if wanted.is_own else []
    return render_template(
        "balance/cells.html",
        **_head(session, wanted),
        lines=lines[:MOST_CELLS],
        more=max(0, len(lines) - MOST_CELLS),
        signs=signs_in(lines),
    )


@bp.get("/cung-cau/tai/<bang>")
@require(Permission.INDICATORS_READ)
def file(bang: str) -> ResponseReturnValue:
    """One of these tables as a CSV file, with the same numbers hidden as on the page."""
    make = _FILES.get(bang)
    if make is None:
        raise NotVisible
    return make(db_session(), asked())


def _head(session: Session, wanted: Asked, place: str | None = None) -> dict[str, Any]:
    """What every page of the balance shows above its table."""
    return {
        "wanted": wanted,
        "args": wanted.args,
        "place": place or place_name(session, wanted.part.unit_path),
        "units": unit_choices(session),
        "horizons": [(one.value, text) for one, text in HORIZON.items()],
        "horizon": HORIZON[wanted.horizon],
        "may_write": whole_viewer().can(Permission.INDICATORS_WRITE),
    }


def _csv(name: str, first: Sequence[str], lines: Sequence[Line], total: Line | None = None) -> Response:
    rows = [line.cells() for line in lines]
    if total is not None:
        cells = total.cells()
        rows.append([cells[0], *[""] * (len(first) - 1), *cells[1:]])
    return csv_file(name, (*first, *HEADERS), rows)


def _of_counted(name: str, first: Sequence[str], counted: Counted) -> Response:
    return _csv(name, first, counted.lines, counted.total)


def _sectors(session: Session, wanted: Asked) -> Response:
    counted = by_sector(rows_of(session, wanted), wanted)
    return _of_counted("cung-cau-linh-vuc", (_("Lĩnh vực"),), counted)


def _occupations(session: Session, wanted: Asked) -> Response:
    counted = by_occupation(rows_of(session, wanted), wanted)
    return _of_counted("cung-cau-nganh-nghe", (_("Ngành nghề"), _("Lĩnh vực")), counted)


def _units(session: Session, wanted: Asked) -> Response:
    counted = by_unit(session, rows_of(session, wanted), wanted)
    return _of_counted("cung-cau-dia-ban", (_("Địa bàn"),), counted)


def _skills(session: Session, wanted: Asked) -> Response:
    return _of_counted("cung-cau-ky-nang", (_("Kỹ năng"),), by_skill(session, wanted))


def _cells(session: Session, wanted: Asked) -> Response:
    if not wanted.is_own:
        raise NotVisible
    first = (_("Ngành nghề"), _("Lĩnh vực"), _("Địa bàn"), _("Kỳ hạn"))
    return _csv("cung-cau-chi-tiet", first, of_every_cell(session, wanted.part))


def _provinces(session: Session, _wanted: Asked) -> Response:
    found = [
        [
            one.place.full_name,
            one.shown.demand if one.shown else None,
            one.shown.supply if one.shown else None,
            one.value,
            "" if one.shown is None or not one.shown.is_hidden else _("ẩn: ít người"),
        ]
        for one in provinces_now(session)
    ]
    return csv_file("cung-cau-34-tinh", (_("Tỉnh, thành phố"), "Cầu", "Cung", "Chênh lệch", "Ghi chú"), found)


_FILES: dict[str, Callable[[Session, Asked], Response]] = {
    "linh-vuc": _sectors,
    "nganh-nghe": _occupations,
    "dia-ban": _units,
    "ky-nang": _skills,
    "chi-tiet": _cells,
    "tinh": _provinces,
}
