"""«Dự báo»: what was foreseen by whom and how, and, when its day has come, what came (KH7)."""

from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from registry import formats
from registry.accounts.access import current_account, current_viewer, may, require, session_and, whole_viewer
from registry.accounts.rules import Permission
from registry.balance import operations
from registry.balance.forms.entering import ForecastForm, WithdrawForm, subject_of, subject_value
from registry.balance.forms.words import HORIZON_SHORT, SUBJECT
from registry.balance.models import DemandForecast
from registry.balance.operations import ForecastTerms
from registry.balance.queries.forecasts import (
    ForecastLine,
    forecast_of,
    forecasts,
    line_of,
    needs_of_forecast,
)
from registry.balance.rules import NotPossible
from registry.balance.views.blueprint import asked_subject, bp, number, signed, subject_names
from registry.balance.views.writing import offered
from registry.db import new_public_id
from registry.people.views.keepers import office_of
from registry.web.attachments import csv_file
from registry.web.clock import now, today
from registry.web.database import db_session
from registry.web.i18n import current_language
from registry.web.i18n import gettext as _
from registry.web.paging import page_number
from registry.web.sent import made_once


@bp.get("/cung-cau/du-bao")
@require(Permission.INDICATORS_READ)
def forecast_list() -> ResponseReturnValue:
    """All forecasts in scope, each beside what came."""
    session = db_session()
    page = forecasts(session, current_viewer(), on=today(), page=page_number(request.args.get("trang")))
    return render_template(
        "balance/forecasts.html",
        page=page,
        lines=_lines(page.rows),
        may_write=whole_viewer().can(Permission.INDICATORS_WRITE),
    )


@bp.get("/cung-cau/du-bao/tai")
@require(Permission.INDICATORS_READ)
def forecast_file() -> Response:
    """The same as a CSV file, all of them."""
    rows = forecasts(db_session(), current_viewer(), on=today()).rows
    headers = (
        _("Về"), _("Loại"), _("Địa bàn"), _("Kỳ hạn"), _("Ngày dự báo"), _("Đến hết ngày"), _("Ai dự báo"),
        _("Cách dự báo"), _("Dự báo"), _("Thực tế"), _("Sai số"), _("Sai số (%)"), _("Rút ngày"),
    )  # fmt: skip
    return csv_file("du-bao-nhan-luc", headers, [_cells(line) for line in _lines(rows)])


@bp.get("/cung-cau/du-bao/<ma>")
@require(Permission.INDICATORS_READ)
def forecast(ma: str) -> ResponseReturnValue:
    """One forecast with the needs it is set against."""
    session, one = session_and(forecast_of, ma)
    readable = whole_viewer().limited_to(Permission.NEEDS_READ)
    needs, people = needs_of_forecast(session, readable, one, page_number(request.args.get("trang")))
    return render_template(
        "balance/forecast.html",
        line=_lines([line_of(session, one, on=today())])[0],
        needs=needs,
        people=number(people),
        may_write=may(Permission.INDICATORS_WRITE, one) and one.withdrawn_on is None,
    )


@bp.get("/cung-cau/du-bao/tao")
@require(Permission.INDICATORS_WRITE)
def new_forecast() -> ResponseReturnValue:
    """An empty form; a subject in the address is chosen already."""
    chosen = asked_subject()
    known: dict[str, Any] = {"submission": new_public_id(), "made_on": today()}
    if chosen is not None:
        known["subject"] = subject_value(chosen)
    form = ForecastForm(formdata=None, data=known)
    offered(db_session(), form, chosen)
    return render_template("balance/forecast_form.html", form=form)


@bp.post("/cung-cau/du-bao/tao")
@require(Permission.INDICATORS_WRITE)
def enter_forecast() -> ResponseReturnValue:
    """Keep it."""
    session, form = db_session(), ForecastForm()
    offered(session, form)
    office = office_of(session, current_viewer(), str(form.office.data)) if form.validate() else None
    if office is None or form.made_on.data is None or form.due_on.data is None:
        return render_template("balance/forecast_form.html", form=form), 422
    terms = ForecastTerms(
        subject=subject_of(str(form.subject.data)),
        amount=form.amount.data or 0,
        made_on=form.made_on.data,
        due_on=form.due_on.data,
        author=str(form.author.data),
        method=str(form.method.data),
        document=str(form.document.data or ""),
        office=office,
    )
    by = current_account().id
    made = made_once(
        session,
        form,
        DemandForecast,
        lambda key: operations.enter_forecast(session, terms, by=by, at=now(), submission_key=key),
    )
    session.commit()
    return redirect(url_for("balance.forecast", ma=made.public_id), 303)


@bp.route("/cung-cau/du-bao/<ma>/rut", methods=["GET", "POST"])
@require(Permission.INDICATORS_WRITE)
def withdraw_forecast(ma: str) -> ResponseReturnValue:
    """Take a forecast out of every comparison, and say why."""
    session, one = session_and(forecast_of, ma)
    back = url_for("balance.forecast", ma=one.public_id)
    form = WithdrawForm() if request.method == "POST" else WithdrawForm(formdata=None)
    if request.method != "POST" or not form.validate():
        page = render_template("balance/withdraw.html", form=form, back=back)
        return (page, 422) if request.method == "POST" else page
    try:
        operations.withdraw_forecast(
            session, one, str(form.reason.data), by=current_account().id, at=now(), on=today()
        )
        session.commit()
        flash(_("Đã rút dự báo."), "ok")
    except NotPossible:
        session.rollback()
        flash(_("Dự báo này đã được rút từ trước."), "warn")
    return redirect(back, 303)


def _lines(rows: Any) -> list[dict[str, Any]]:
    found: list[ForecastLine] = list(rows)
    names = subject_names(db_session(), [line.forecast.subject for line in found])
    return [_line(one, names[one.forecast.subject]) for one in found]


def _line(one: ForecastLine, name: str) -> dict[str, Any]:
    error = one.error
    percent = None if error.percent is None else float(error.percent)
    sign = "+" if percent and percent > 0 else ""
    return {
        "one": one.forecast,
        "subject": name,
        "kind": SUBJECT[one.forecast.subject_kind],
        "horizon": HORIZON_SHORT[error.forecast.horizon],
        "error": error,
        "amount": number(one.forecast.amount),
        "actual": number(error.actual),
        "difference": signed(error.error),
        "percent": "" if percent is None else sign + formats.percent(percent, 1, current_language()),
        "is_waiting": error.actual is None and one.forecast.withdrawn_on is None,
    }


def _cells(line: dict[str, Any]) -> list[str | int | None]:
    one: DemandForecast = line["one"]
    unit = "" if one.unit is None else one.unit.full_name
    return [
        line["subject"], str(line["kind"]), unit, str(line["horizon"]), one.made_on.isoformat(),
        one.due_on.isoformat(), one.author, one.method, one.amount, line["error"].actual, line["error"].error,
        line["percent"], one.withdrawn_on.isoformat() if one.withdrawn_on else "",
    ]  # fmt: skip
