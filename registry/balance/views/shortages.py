"""«Thiếu hụt»: what is missing, the training or campaign opened for it, and who was placed since (N7)."""

from dataclasses import replace
from typing import Any

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from registry.accounts.access import current_account, current_viewer, may, require, session_and, whole_viewer
from registry.accounts.rules import Permission, Scope
from registry.balance import operations
from registry.balance.forms.entering import (
    BeginForm,
    MetForm,
    OrderForm,
    ShortageForm,
    subject_of,
    subject_value,
)
from registry.balance.forms.words import HORIZON, STATE, STATE_TAG, SUBJECT
from registry.balance.models import Shortage
from registry.balance.operations import AlreadyOpen, CampaignWanted, ShortageTerms, TrainingWanted
from registry.balance.queries.behind import counted_now
from registry.balance.queries.counting import Part
from registry.balance.queries.shortages import (
    ShortageLine,
    credited,
    credits_of,
    needs_on,
    order_of_shortage,
    shortage_of,
    shortages,
)
from registry.balance.rules import MOST_PEOPLE, Horizon, NotPossible, ShortageState, Subject, left_of
from registry.balance.views.blueprint import asked_subject, bp, number, subject_name, subject_names
from registry.balance.views.writing import offered
from registry.db import new_public_id
from registry.organisations.models import Organisation
from registry.organisations.queries import flat, organisation_tree
from registry.organisations.rules import Office
from registry.people.views.keepers import office_of
from registry.web.attachments import csv_file
from registry.web.clock import now, today
from registry.web.database import db_session
from registry.web.i18n import gettext as _
from registry.web.paging import page_number
from registry.web.sent import made_once

_MOST_OFFERED = 400


@bp.get("/cung-cau/thieu-hut")
@require(Permission.INDICATORS_READ)
def shortage_list() -> ResponseReturnValue:
    """All shortages in scope, the newest first."""
    session = db_session()
    page = shortages(session, current_viewer(), page=page_number(request.args.get("trang")))
    return render_template(
        "balance/shortages.html",
        page=page,
        lines=_lines(session, page.rows),
        may_write=whole_viewer().can(Permission.INDICATORS_WRITE),
    )


@bp.get("/cung-cau/thieu-hut/tai")
@require(Permission.INDICATORS_READ)
def shortage_file() -> Response:
    """The same as a CSV file, all of them."""
    session = db_session()
    headers = (
        _("Mã"), _("Về"), _("Loại"), _("Địa bàn"), _("Ngày ghi"), _("Thiếu"), _("Đã bố trí"), _("Còn thiếu"),
        _("Trạng thái"), _("Đặt hàng đào tạo"), _("Chiến dịch"),
    )  # fmt: skip
    lines = _lines(session, shortages(session, current_viewer()).rows)
    return csv_file("thieu-hut", headers, [_cells(line) for line in lines])


@bp.get("/cung-cau/thieu-hut/<ma>")
@require(Permission.INDICATORS_READ)
def shortage(ma: str) -> ResponseReturnValue:
    """One shortage: how it was found, what was opened for it, the needs people were placed to since."""
    session, one = session_and(shortage_of, ma)
    placed = credited(session, [one.id]).get(one.id, 0)
    readable = whole_viewer().limited_to(Permission.NEEDS_READ)
    may_write = may(Permission.INDICATORS_WRITE, one) and one.state is not ShortageState.MET
    return render_template(
        "balance/shortage.html",
        line=_lines(session, [ShortageLine(one, placed)])[0],
        horizon=HORIZON[one.horizon],
        credits=credits_of(session, readable, one),
        order=order_of_shortage(session, one) if may(Permission.TRAINING_READ, one) else None,
        may_write=may_write,
        may_order=may_write and one.order_code is None and may(Permission.TRAINING_WRITE, one),
        may_begin=may_write and one.campaign_id is None and may(Permission.CAMPAIGNS_WRITE, one),
        supply=number(one.supply if may(Permission.PEOPLE_READ, one) else None, is_hidden=True),
        may_see_campaign=may(Permission.CAMPAIGNS_READ, one),
    )


@bp.get("/cung-cau/thieu-hut/tao")
@require(Permission.INDICATORS_WRITE)
def new_shortage() -> ResponseReturnValue:
    """An empty form; what the table of the balance says stands in it already."""
    chosen, unit_path = asked_subject(), request.args.get("dia-ban", "")
    known: dict[str, Any] = {"submission": new_public_id(), "horizon": request.args.get("ky-han", "")}
    if chosen is not None:
        known["subject"] = subject_value(chosen)
    missing = request.args.get("thieu", "")
    if missing.isascii() and missing.isdigit() and 0 < int(missing[:7]) <= MOST_PEOPLE:
        known["size"] = int(missing)
    if unit_path:
        known["office"] = f"unit:{unit_path[:200]}"
    form = ShortageForm(formdata=None, data=known)
    offered(db_session(), form, chosen)
    return render_template("balance/shortage_form.html", form=form)


@bp.post("/cung-cau/thieu-hut/tao")
@require(Permission.INDICATORS_WRITE)
def open_shortage() -> ResponseReturnValue:
    """Keep it, with what is counted at this moment."""
    session, form = db_session(), ShortageForm()
    offered(session, form)
    office = office_of(session, current_viewer(), str(form.office.data)) if form.validate() else None
    if office is None:
        return render_template("balance/shortage_form.html", form=form), 422
    terms = _terms(session, form, office)
    by = current_account().id
    try:
        made = made_once(
            session,
            form,
            Shortage,
            lambda key: operations.open_shortage(
                session, terms, by=by, at=now(), on=today(), submission_key=key
            ),
        )
    except AlreadyOpen as there:
        flash(_("Thiếu hụt này đang mở với mã %(code)s. Làm tiếp ở đây.", code=there.shortage.code), "warn")
        return redirect(_page(there.shortage), 303)
    session.commit()
    return redirect(_page(made), 303)


@bp.route("/cung-cau/thieu-hut/<ma>/dat-hang", methods=["GET", "POST"])
@require(Permission.INDICATORS_WRITE)
def order_training(ma: str) -> ResponseReturnValue:
    """Order training for as many as are missing."""
    session, one = _workable(ma, Permission.TRAINING_WRITE)
    name = subject_name(session, one.subject)
    organisations = _organisations(session)
    known = {"occupation": name, "number": _missing(session, one)}
    form = OrderForm() if request.method == "POST" else OrderForm(formdata=None, data=known)
    form.offer([(each.public_id, each.name) for each in organisations.values()])
    if request.method == "POST" and form.validate():
        form.check_day(today())
    if request.method != "POST" or form.errors:
        return _act_page(form, one, _("Đặt hàng đào tạo"), name)
    wanted = TrainingWanted(
        occupation=str(form.occupation.data),
        number=form.number.data or 1,
        ordering=organisations[str(form.ordering.data)],
        provider=organisations.get(str(form.provider.data or "")),
        deadline=form.deadline.data,
        note=str(form.note.data or ""),
    )
    by = current_account().id
    return _carried_out(
        session,
        one,
        lambda: operations.order_training(session, one, wanted, by=by, at=now(), on=today()),
        _("Đã đặt hàng đào tạo."),
    )


@bp.route("/cung-cau/thieu-hut/<ma>/chien-dich", methods=["GET", "POST"])
@require(Permission.INDICATORS_WRITE)
def begin_campaign(ma: str) -> ResponseReturnValue:
    """Begin a draft of a campaign that brings people to the open needs on the subject."""
    session, one = _workable(ma, Permission.CAMPAIGNS_WRITE)
    name = subject_name(session, one.subject)
    usual = BeginForm.usual(_("Tìm người: %(name)s", name=name), today())
    form = BeginForm() if request.method == "POST" else BeginForm(formdata=None, data=usual)
    if request.method != "POST" or not form.validate():
        return _act_page(form, one, _("Mở chiến dịch"), name)
    starts_on, ends_on = form.starts_on.data, form.ends_on.data
    if starts_on is None or ends_on is None:
        abort(400)
    writer = replace(current_viewer(), scopes=(Scope(one.unit_path, one.organisation_path),))
    wanted = CampaignWanted(
        str(form.title.data), starts_on, ends_on, name, tuple(needs_on(session, writer, one))
    )
    by = current_account().id
    return _carried_out(
        session,
        one,
        lambda: operations.begin_campaign(session, one, wanted, by=by, at=now()),
        _("Đã mở chiến dịch nháp. Viết tiếp nội dung ở trang chiến dịch."),
    )


@bp.route("/cung-cau/thieu-hut/<ma>/xong", methods=["GET", "POST"])
@require(Permission.INDICATORS_WRITE)
def meet_shortage(ma: str) -> ResponseReturnValue:
    """Say that nobody is missing any more, and why."""
    session, one = _workable(ma, Permission.INDICATORS_WRITE)
    form = MetForm() if request.method == "POST" else MetForm(formdata=None)
    if request.method != "POST" or not form.validate():
        return _act_page(form, one, _("Ghi nhận đã đáp ứng"), subject_name(session, one.subject))
    by, note = current_account().id, str(form.note.data)
    return _carried_out(
        session,
        one,
        lambda: operations.meet_shortage(session, one, note, by=by, at=now(), on=today()),
        _("Đã ghi nhận đáp ứng."),
    )


def _workable(ma: str, permission: Permission) -> tuple[Session, Shortage]:
    """The shortage, if the viewer also has the right of the other room where it is kept; otherwise 403."""
    session, one = session_and(shortage_of, ma)
    if not may(permission, one):
        abort(403)
    return session, one


def _carried_out(session: Session, one: Shortage, act: Any, sentence: str) -> ResponseReturnValue:
    try:
        act()
        session.commit()
        flash(sentence, "ok")
    except NotPossible:
        session.rollback()
        flash(_("Việc này đã làm rồi, hoặc thiếu hụt đã được đáp ứng."), "warn")
    return redirect(_page(one), 303)


def _act_page(form: Any, one: Shortage, heading: str, name: str) -> ResponseReturnValue:
    page = render_template(
        "balance/act.html", form=form, shortage=one, heading=heading, subject=name, back=_page(one)
    )
    return (page, 422) if request.method == "POST" else page


def _page(one: Shortage) -> str:
    return url_for("balance.shortage", ma=one.public_id)


def _terms(session: Session, form: ShortageForm, office: Office) -> ShortageTerms:
    subject, horizon = subject_of(str(form.subject.data)), Horizon(form.horizon.data)
    scope = Scope(office.unit_path, office.organisation_path)
    part = Part(replace(current_viewer(), scopes=(scope,)))
    demand, supply = counted_now(session, part, subject, horizon, on=today())
    return ShortageTerms(
        subject, horizon, form.size.data or 1, demand, supply, str(form.note.data or ""), office
    )


def _missing(session: Session, one: Shortage) -> int:
    """How many are still missing; one at least, since nothing cannot be ordered."""
    return max(1, left_of(one.size, credited(session, [one.id]).get(one.id, 0)))


def _organisations(session: Session) -> dict[str, Organisation]:
    """Organisations the viewer sees, by public id: who may order, who may teach."""
    viewer = whole_viewer().limited_to(Permission.ORGANISATIONS_READ)
    lines = flat(organisation_tree(session, viewer))[:_MOST_OFFERED]
    return {line.organisation.public_id: line.organisation for line in lines}


def _lines(session: Session, rows: Any) -> list[dict[str, Any]]:
    found: list[ShortageLine] = list(rows)
    subjects: list[Subject] = [line.shortage.subject for line in found]
    names = subject_names(session, subjects)
    return [_line(line, names[line.shortage.subject]) for line in found]


def _line(line: ShortageLine, name: str) -> dict[str, Any]:
    one = line.shortage
    left = left_of(one.size, line.credited)
    return {
        "one": one,
        "subject": name,
        "kind": SUBJECT[one.subject_kind],
        "state": (STATE[one.state], STATE_TAG[one.state]),
        "credited": number(line.credited),
        "placed": line.credited,
        "left": number(left),
        "is_left": left > 0 and one.state is not ShortageState.MET,
        "is_covered": left == 0 and one.state is not ShortageState.MET,
    }


def _cells(line: dict[str, Any]) -> list[str | int | None]:
    one: Shortage = line["one"]
    return [
        one.code, line["subject"], str(line["kind"]), "" if one.unit is None else one.unit.full_name,
        one.found_on.isoformat(), one.size, line["placed"], left_of(one.size, line["placed"]),
        str(STATE[one.state]), one.order_code or "", "" if one.campaign is None else one.campaign.code,
    ]  # fmt: skip
