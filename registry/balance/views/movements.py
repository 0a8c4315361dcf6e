"""«Dịch chuyển»: qualified people who came and who left, by year, place and reason, and the net of both (KH5)."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from registry.accounts.access import current_account, current_viewer, require, session_and, whole_viewer
from registry.accounts.rules import Permission, Viewer
from registry.audit.operations import record_read
from registry.balance import operations
from registry.balance.forms.entering import MovementForm
from registry.balance.forms.words import DIRECTION, REASON, UNRECORDED
from registry.balance.models import Movement
from registry.balance.operations import MovementTerms
from registry.balance.queries.movements import (
    UNIVERSITY,
    MovementLine,
    movement_of,
    movements_of_year,
    moves,
    person_to_name,
    without_degree,
)
from registry.balance.rules import Direction, Move, MoveReason, YearFlow, masked_counts, yearly_flows
from registry.balance.views.blueprint import Asked, asked, bp, number, place_name, signed, unit_choices
from registry.db import new_public_id
from registry.people.models import Person
from registry.people.queries import may_be_named
from registry.people.rules import degree_of_rank
from registry.people.views.keepers import office_choices, office_of
from registry.places.queries import countries, country_name, province_names
from registry.web.attachments import csv_file
from registry.web.clock import now, today
from registry.web.database import db_session, write_session
from registry.web.errors import NotVisible
from registry.web.i18n import current_language
from registry.web.i18n import gettext as _
from registry.web.paging import page_number
from registry.web.sent import made_once

_RANKS = range(6, 0, -1)


@bp.get("/cung-cau/dich-chuyen")
@require(Permission.INDICATORS_READ)
def movement_list() -> ResponseReturnValue:
    """The years with their net flow; whence, whither and why, of all years or of one."""
    session, wanted, rank = db_session(), asked(), _rank()
    part = wanted.part
    found = moves(session, part.viewer, least_rank=rank, unit_path=part.unit_path)
    years = yearly_flows(found)
    year = page_number(request.args.get("nam")) if request.args.get("nam") else None
    chosen = yearly_flows(
        Move(0, one.direction, one.place, one.reason, one.people) for one in found if year in (None, one.year)
    )
    return render_template(
        "balance/movements.html",
        wanted=wanted,
        args={**wanted.args, "trinh-do": rank},
        rank=rank,
        ranks=_ranks(),
        degree=_degree(rank),
        units=unit_choices(session),
        place=place_name(session, part.unit_path),
        years=_years(years, wanted),
        year=year,
        known=[("", _("Mọi năm")), *((str(one.year), str(one.year)) for one in reversed(years))],
        tables=_tables(chosen[0], wanted) if chosen else [],
        unclear=number(
            without_degree(session, part.viewer, unit_path=part.unit_path) if wanted.is_own else None
        ),
        may_write=whole_viewer().can(Permission.INDICATORS_WRITE),
    )


@bp.get("/cung-cau/dich-chuyen/tai")
@require(Permission.INDICATORS_READ)
def movement_file() -> Response:
    """Own records: every year, place and reason. Of others: the years alone, the small ones hidden."""
    session, wanted = db_session(), asked()
    found = moves(session, wanted.part.viewer, least_rank=_rank(), unit_path=wanted.part.unit_path)
    if not wanted.is_own:
        lines = _years(yearly_flows(found), wanted)
        rows = [[one["year"], one["came"], one["went"], one["net"]] for one in lines]
        return csv_file("dich-chuyen-nhan-luc", (_("Năm"), _("Đến"), _("Đi"), _("Chênh lệch")), rows)
    place = _places()
    headers = (_("Năm"), _("Đến hay đi"), _("Nơi"), _("Lý do"), _("Số người"))
    return csv_file(
        "dich-chuyen-nhan-luc",
        headers,
        [
            [one.year, str(DIRECTION[one.direction]), place(one.place), _reason(one.reason), one.people]
            for one in found
        ],
    )


@bp.get("/cung-cau/dich-chuyen/nam/<nam>")
@require(Permission.INDICATORS_READ)
def movements_in(nam: str) -> ResponseReturnValue:
    """The rows of a year; a name only where the viewer may read it."""
    if not (nam.isascii() and nam.isdigit() and 1900 <= int(nam[:5]) <= 2999):
        raise NotVisible
    session, wanted, rank = db_session(), asked(), _rank()
    if not wanted.is_own:
        return render_template(
            "balance/movements_year.html", wanted=wanted, year=nam, page=None, args=wanted.args
        )
    place, readable = _places(), whole_viewer().limited_to(Permission.PEOPLE_READ)
    page = movements_of_year(
        session,
        wanted.part.viewer,
        readable,
        int(nam),
        page_number(request.args.get("trang")),
        on=today(),
        least_rank=rank,
        unit_path=wanted.part.unit_path,
    )
    body = render_template(
        "balance/movements_year.html",
        wanted=wanted,
        year=nam,
        page=page,
        args={**wanted.args, "trinh-do": rank, "nam": nam},
        back={**wanted.args, "trinh-do": rank},
        lines=[_row(line, place, readable) for line in page.rows],
    )
    _keep_read([one.public_id for line in page.rows if (one := _named(line, readable)) is not None])
    return body


@bp.route("/cung-cau/dich-chuyen/tao", methods=["GET", "POST"])
@require(Permission.INDICATORS_WRITE)
def record_movement() -> ResponseReturnValue:
    """Keep that somebody came or left."""
    session, is_sent = db_session(), request.method == "POST"
    form = MovementForm() if is_sent else MovementForm(formdata=None, data={"submission": new_public_id()})
    _offer(form)
    terms = _read(form) if is_sent else None
    if terms is None:
        page = render_template("balance/movement_form.html", form=form)
        return (page, 422) if is_sent else page
    by = current_account().id
    made = made_once(
        session,
        form,
        Movement,
        lambda key: operations.record_movement(session, terms, by=by, at=now(), submission_key=key),
    )
    args: dict[str, Any] = {"dia-ban": made.unit_path}
    session.commit()
    flash(_("Đã ghi."), "ok")
    return redirect(url_for("balance.movement_list", **args), 303)


@bp.post("/cung-cau/dich-chuyen/<ma>/xoa")
@require(Permission.INDICATORS_WRITE)
def remove_movement(ma: str) -> ResponseReturnValue:
    """Take away what was recorded by mistake."""
    session, one = session_and(movement_of, ma)
    operations.remove_movement(session, one, by=current_account().id, at=now())
    session.commit()
    flash(_("Đã xóa dòng ghi nhầm."), "ok")
    return redirect(url_for("balance.movement_list"), 303)


def _rank() -> int:
    typed = request.args.get("trinh-do", "")
    return int(typed) if typed in {str(one) for one in _RANKS} else UNIVERSITY


def _degree(rank: int) -> str:
    known = degree_of_rank(rank)
    return "" if known is None else known.vi


def _ranks() -> list[tuple[str, str]]:
    return [(str(rank), _("%(degree)s trở lên", degree=_degree(rank))) for rank in _RANKS]


def _years(years: list[YearFlow], wanted: Asked) -> list[dict[str, Any]]:
    """Newest first; of people whose records the viewer may not open, small numbers are hidden, and so is their net."""
    came: Mapping[str, int | None] = {str(one.year): one.came for one in years}
    went: Mapping[str, int | None] = {str(one.year): one.went for one in years}
    if not wanted.is_own:
        came = masked_counts({str(one.year): one.came for one in years})
        went = masked_counts({str(one.year): one.went for one in years})

    def line(one: YearFlow) -> dict[str, Any]:
        first, second = came[str(one.year)], went[str(one.year)]
        net = None if first is None or second is None else one.net
        return {
            "year": str(one.year),
            "came": number(first, is_hidden=True),
            "went": number(second, is_hidden=True),
            "net": signed(net, is_hidden=True),
            "is_loss": net is not None and net < 0,
        }

    return [line(one) for one in reversed(years)]


def _tables(flow: YearFlow, wanted: Asked) -> list[dict[str, Any]]:
    place = _places()
    asked_for = (
        (_("Đi đâu"), _("Nơi đến"), flow.went_to, place),
        (_("Vì sao đi"), _("Lý do"), flow.went_because, _reason),
        (_("Từ đâu đến"), _("Nơi đi"), flow.came_from, place),
        (_("Vì sao đến"), _("Lý do"), flow.came_because, _reason),
    )
    found: list[dict[str, Any]] = []
    for title, head, ranked, word in asked_for:
        counts = {key or "": people for key, people in ranked}
        left = counts if wanted.is_own else masked_counts(counts)
        rows = [(word(key or None), number(people, is_hidden=True)) for key, people in left.items()]
        found.append({"title": title, "head": head, "rows": rows})
    return found


def _places() -> Callable[[str | None], str]:
    """From the path of a province or the code of a country to its name; the names are asked for once."""
    known = {one.path: one.full_name for one in province_names(db_session())}
    language = current_language()

    def name(key: str | None) -> str:
        if not key:
            return str(UNRECORDED)
        return known.get(key, key) if "/" in key else country_name(key, language)

    return name


def _reason(key: str | None) -> str:
    return str(REASON[MoveReason(key)] if key else UNRECORDED)


def _row(line: MovementLine, place: Callable[[str | None], str], readable: Viewer) -> dict[str, Any]:
    """A row of a year. Post and words tell who it was: they show where a name would.

    Of somebody anonymous no record is shown beside the row: it would tell where they live.
    """
    one, person = line.movement, _named(line, readable)
    is_told = one.person_id is None or person is not None
    return {
        "one": one,
        "person": person,
        "name": "" if person is None else person.full_name,
        "direction": DIRECTION[one.direction],
        "degree": "" if one.qualification_rank is None else _degree(one.qualification_rank),
        "place": place(one.place_path or one.place_country),
        "reason": _reason(one.reason),
        "last_post": one.last_post if is_told else "",
        "words": one.reason_text if is_told else "",
        "may_write": whole_viewer().can(
            Permission.INDICATORS_WRITE, at=(one.unit_path, one.organisation_path)
        ),
    }


def _named(line: MovementLine, readable: Viewer) -> Person | None:
    """The person of a row, where the viewer may see who it is. `readable` has the scopes of records one may read."""
    return line.person if line.person is not None and may_be_named(line.person, readable) else None


def _offer(form: MovementForm) -> None:
    session, language = db_session(), current_language()
    own = [(f"unit:{one.path}", one.full_name) for one in province_names(session)]
    abroad = [
        (f"country:{one.code}", country_name(one.code, language))
        for one in countries(language)
        if one.code != "VN"
    ]
    offices = office_choices(session, whole_viewer().limited_to(Permission.INDICATORS_WRITE))
    form.offer(offices, [(str(rank), _degree(rank)) for rank in _RANKS], [*own, *abroad])


def _read(form: MovementForm) -> MovementTerms | None:
    """The terms of a form; None when something is to be mended, which the form then says."""
    session = db_session()
    is_whole = form.validate()
    form.check_day(today())
    person = _person(form)
    office = office_of(session, current_viewer(), str(form.office.data))
    if not is_whole or form.errors or office is None or form.moved_on.data is None:
        return None
    kind, _colon, key = str(form.place.data or "").partition(":")
    return MovementTerms(
        direction=Direction(form.direction.data),
        moved_on=form.moved_on.data,
        person=person,
        last_post=str(form.last_post.data or ""),
        qualification_rank=int(form.degree.data) if form.degree.data else None,
        occupation=str(form.occupation.data or ""),
        place_path=key if kind == "unit" else "",
        place_country=key if kind == "country" else None,
        reason=MoveReason(form.reason.data) if form.reason.data else None,
        reason_text=str(form.reason_text.data or ""),
        office=office,
    )


def _person(form: MovementForm) -> Person | None:
    """The person of the code that was typed; a code the viewer may not read is said beside the field."""
    code = str(form.person.data or "").strip().upper()
    if not code:
        return None
    readable = whole_viewer().limited_to(Permission.PEOPLE_READ)
    found = person_to_name(db_session(), readable, code, on=today())
    if found is None:
        form.person.errors = [
            _("Không có hồ sơ mang mã này trong phạm vi của bạn. Xem lại mã, ví dụ HS-20418")
        ]
    return found


def _keep_read(people: list[str]) -> None:
    """Record that these people were shown."""
    if not people:
        return
    session = write_session()
    detail = {"page": "dich-chuyen"}
    record_read(session, current_account().id, "people.listed", people=people, detail=detail, at=now())
    session.commit()
