"""Sessions: the list with its filters, one session with everybody in it, making, revising, beginning and ending one."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from registry.accounts.access import current_viewer, may, require, whole_viewer
from registry.accounts.rules import Permission
from registry.people.views.keepers import keeper_choices
from registry.training import operations
from registry.training.forms import words
from registry.training.forms.sessions import ManyForm, MoveForm, SessionForm
from registry.training.models import Participation, TrainingSession
from registry.training.operations import DayOutOfOrder, NotPossible
from registry.training.queries.participants import ids_visible, participants_page
from registry.training.queries.sessions import (
    Attended,
    SessionFilter,
    attended_in,
    seats_used,
    session_years,
    sessions_page,
)
from registry.training.rules import SESSION_STEPS, ParticipationState, SessionState, days_late
from registry.training.views.blueprint import (
    act,
    add_error,
    bp,
    chosen,
    form_page,
    keep_read,
    lecturer_name,
    may_write,
    not_possible,
    offer_offices,
    office_columns,
    office_said,
    open_course,
    open_session,
    page_of,
    saved,
    shown_name,
    text,
    version_sent,
)
from registry.web.clock import today
from registry.web.database import db_session
from registry.web.i18n import gettext as _
from registry.web.paging import page_number

_SAME = ("code", "site", "planned_start", "planned_end", "seats", "owner_name", "note")
_LONGEST_WORDS = 200


@bp.get("/dao-tao")
@require(Permission.TRAINING_READ)
def index() -> ResponseReturnValue:
    """All sessions with filters."""
    session, viewer, on = db_session(), current_viewer(), today()
    wanted = wanted_in(request.args)
    found = sessions_page(session, viewer, wanted, page_number(request.args.get("trang")))
    return render_template(
        "training/index.html",
        found=found,
        lines=[line_of(held, counted, on) for held, counted in found.rows],
        wanted=wanted,
        words=words,
        years=[(str(one), str(one)) for one in session_years(session, viewer)],
        units=keeper_choices(session, viewer),
        args=args_of(wanted),
        may_write=may_write(),
    )


def wanted_in(args: MultiDict[str, str]) -> SessionFilter:
    """The filter in an address."""
    year = args.get("nam", "")
    category = args.get("nhom", "")
    return SessionFilter(
        words=args.get("tim", "")[:_LONGEST_WORDS],
        category=category if category in words.CATEGORY else "",
        state=chosen(args.get("trang-thai"), words.SESSION),
        mode=chosen(args.get("cach-hoc"), words.MODE),
        tier=chosen(args.get("cap"), words.TIER),
        unit_path=_path(args.get("dia-ban", "")),
        year=int(year) if year.isascii() and year.isdigit() and len(year) == 4 else None,
    )


def _path(value: str) -> str:
    return value if value.isascii() and len(value) <= _LONGEST_WORDS else ""


def args_of(wanted: SessionFilter) -> dict[str, Any]:
    """The filter as it stands in an address."""
    found: dict[str, Any] = {
        "tim": wanted.words,
        "nhom": wanted.category,
        "trang-thai": wanted.state,
        "cach-hoc": wanted.mode,
        "cap": wanted.tier,
        "dia-ban": wanted.unit_path,
        "nam": wanted.year,
    }
    return {key: value for key, value in found.items() if value}


def line_of(held: TrainingSession, counted: Attended, on: Any) -> dict[str, Any]:
    """A session as lists show it."""
    return {
        "held": held,
        "counted": counted,
        "state": (words.SESSION[held.state], words.SESSION_TAG.get(held.state, "")),
        "late": days_late(held.state, held.planned_start, held.actual_start, on),
    }


@bp.get("/dao-tao/lop/<ma>")
@require(Permission.TRAINING_READ)
def show(ma: str) -> ResponseReturnValue:
    """One session: days, partners, lecturers, seats, and who takes part with which result."""
    session, held = open_session(ma)
    found = participants_page(session, held, page_number(request.args.get("trang")))
    people = whole_viewer().limited_to(Permission.PEOPLE_READ)
    visible = ids_visible(session, people, [*found.rows, *held.lecturers], on=today())
    writes = may(Permission.TRAINING_WRITE, held)
    page = render_template(
        "training/show.html",
        course=held.course,
        words=words,
        **line_of(held, attended_in(session, [held.id]).get(held.id, Attended()), today()),
        found=found,
        rows=[participant_line(one, visible) for one in found.rows],
        seats=seats_used(session, held),
        lecturers=[
            (one, lecturer_name(one.person if one.person_id in visible else None, one.name))
            for one in held.lecturers
        ],
        moves=[(step, words.MOVE[step]) for step in words.SESSION if step in SESSION_STEPS[held.state]],
        may_write=writes,
        may_import=writes and whole_viewer().can(Permission.IMPORTS_RUN),
        many=ManyForm(formdata=None) if writes and held.actual_start else None,
    )
    shown = [
        one.person.public_id for one in found.rows if one.person is not None and one.person_id in visible
    ]
    taught = [
        one.person.public_id for one in held.lecturers if one.person is not None and one.person_id in visible
    ]
    keep_read("lop-dao-tao", sorted({*shown, *taught}))
    return page


def participant_line(one: Participation, visible: set[int]) -> dict[str, Any]:
    """One row of a session's list: a name only for whoever may open the record; nobody else has one."""
    is_shown = one.person is not None and one.person_id in visible
    return {
        "row": one,
        "name": shown_name(one.person) if one.person is not None and is_shown else "",
        "person": one.person.public_id if one.person is not None and is_shown else None,
        "state": (words.PARTICIPATION[one.state], words.PARTICIPATION_TAG.get(one.state, "")),
        "result": None
        if one.result is None
        else (words.RESULT[one.result], words.RESULT_TAG.get(one.result, "")),
        "grade": None if one.grade_tenths is None else one.grade_tenths / 10,
        "may_have_result": one.state is not ParticipationState.ABSENT and one.result is None,
    }


@bp.route("/dao-tao/khoa-hoc/<ma>/lop/tao", methods=["GET", "POST"])
@require(Permission.TRAINING_WRITE)
def create(ma: str) -> ResponseReturnValue:
    """A new session of a course."""
    session, course = open_course(ma)
    form = SessionForm()
    offer_offices(form)

    def page() -> str:
        return form_page(form, _("Mở lớp"), url_for("training.course", ma=ma), about=course.name)

    if request.method != "POST":
        return page()
    values = _said(form)
    if values is None:
        return page(), 422

    def do() -> str:
        held = TrainingSession(course=course, state=SessionState.PLANNED, **values)
        operations.create_session(session, held, act())
        flash(_("Đã lưu lớp %(code)s.", code=held.code), "ok")
        return page_of(held)

    return saved(form, do, page)


@bp.route("/dao-tao/lop/<ma>/sua", methods=["GET", "POST"])
@require(Permission.TRAINING_WRITE)
def edit(ma: str) -> ResponseReturnValue:
    """Save a session."""
    session, held = open_session(ma, to_write=True)
    known = {name: getattr(held, name) for name in (*_SAME, "mode")} | {"version": str(held.version)}
    form = SessionForm() if request.method == "POST" else SessionForm(formdata=None, data=known)
    offer_offices(form, held)

    def page() -> str:
        return form_page(form, _("Sửa lớp %(code)s", code=held.code), page_of(held), about=held.course.name)

    if request.method != "POST":
        return page()
    values = _said(form)
    if values is None:
        return page(), 422

    def do() -> str:
        operations.revise_session(session, held, values, act(), version=version_sent(form))
        flash(_("Đã lưu thay đổi."), "ok")
        return page_of(held)

    return saved(form, do, page, version=lambda: held.version)


def _said(form: SessionForm) -> dict[str, Any] | None:
    if not form.validate():
        return None
    office = office_said(form)
    if office is None:
        return None
    return office_columns(office) | {
        "code": text(form.code),
        "mode": chosen(form.mode.data, words.MODE),
        "site": text(form.site),
        "planned_start": form.planned_start.data,
        "planned_end": form.planned_end.data,
        "seats": form.seats.data,
        "owner_name": text(form.owner_name),
        "note": text(form.note),
    }


@bp.route("/dao-tao/lop/<ma>/chuyen", methods=["GET", "POST"])
@require(Permission.TRAINING_WRITE)
def move(ma: str) -> ResponseReturnValue:
    """Open, begin, end or cancel, on a day."""
    session, held = open_session(ma, to_write=True)
    form = MoveForm() if request.method == "POST" else MoveForm(formdata=None, data={"on": today()})
    target = chosen(form.target.data if request.method == "POST" else request.args.get("toi"), words.SESSION)
    if target not in SESSION_STEPS[held.state]:
        return not_possible(_("Lớp đang ở trạng thái không chuyển như vậy được."), page_of(held))
    form.target.data = target.value

    def page() -> str:
        return form_page(
            form, str(words.MOVE[target]), page_of(held), about=f"{held.code} · {held.course.name}"
        )

    if request.method != "POST":
        return page()
    if not form.validate() or form.on.data is None:
        return page(), 422
    try:
        operations.move_session(session, held, target, act(), on=form.on.data)
    except NotPossible:
        return not_possible(_("Lớp đang ở trạng thái không chuyển như vậy được."), page_of(held))
    except DayOutOfOrder:
        session.rollback()
        add_error(form.on, _("Ngày bế giảng không được trước ngày khai giảng"))
        return page(), 422
    session.commit()
    flash(_("Lớp đã chuyển sang «%(state)s».", state=words.SESSION[held.state]), "ok")
    return redirect(page_of(held), 303)
