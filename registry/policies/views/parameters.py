"""«Tham số»: dated parameters, each value with its document, and adding a value."""

from datetime import date
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from registry import formats
from registry.accounts.access import current_account, require
from registry.accounts.rules import Permission
from registry.policies import operations
from registry.policies.forms.fields import ValueForm
from registry.policies.models import Parameter
from registry.policies.operations import NewValue, PeriodTaken
from registry.policies.queries import parameters as queries
from registry.policies.queries.documents import document_names, document_of
from registry.policies.queries.verified import verdicts
from registry.policies.rules.figures import DATES
from registry.policies.views.blueprint import bp, may_write
from registry.policies.views.seen import checked_lines
from registry.web.clock import now, today
from registry.web.database import db_session
from registry.web.errors import NotVisible
from registry.web.i18n import current_language
from registry.web.i18n import gettext as _


@bp.get("/tham-so")
@require(Permission.POLICIES_READ)
def parameters() -> ResponseReturnValue:
    """Every parameter with its values, the newest first."""
    session, on = db_session(), today()
    found = queries.parameters(session)
    values = [value for one in found for value in one.values]
    known = {key: seen[DATES] for key, seen in verdicts(session, values).items() if DATES in seen}
    return render_template(
        "policies/parameters.html",
        parameters=found,
        checked=checked_lines(session, known, on),
        when={value.id: _when(value, on) for value in values},
        may_write=may_write(),
    )


def _when(value: Any, on: date) -> str:
    """Whether a value is of today, of before or still to come."""
    if value.valid_from > on:
        return "later"
    return "now" if value.valid_to is None or value.valid_to >= on else "before"


@bp.route("/tham-so/<ma>/them", methods=["GET", "POST"])
@require(Permission.POLICIES_WRITE)
def add_value(ma: str) -> ResponseReturnValue:
    """Add a value from a day on; an overlap is refused with the days it meets."""
    session = db_session()
    found = queries.parameter_of(session, ma)
    if found is None:
        raise NotVisible
    form = ValueForm()
    form.offer(document_names(session))
    if request.method != "POST":
        return _page(form, found)
    vnd = form.value.vnd if form.validate() else None
    if vnd is None or form.valid_from.data is None:
        return _page(form, found), 422
    new = NewValue(
        vnd,
        form.valid_from.data,
        form.valid_to.data,
        document_of(session, form.document.data),
        form.note.data or "",
    )
    try:
        operations.add_parameter_value(session, found, new, by=current_account().id, at=now())
    except PeriodTaken as taken:
        other = taken.other
        days = formats.date_range(other.valid_from, other.valid_to, current_language())
        amount = formats.money(other.value_vnd, current_language())
        session.rollback()
        form.valid_from.errors = [
            _("Trùng với giá trị %(amount)s đã có cho %(days)s. Chọn ngày khác", amount=amount, days=days)
        ]
        return _page(form, queries.parameter_of(session, ma)), 422
    session.commit()
    flash(_("Đã thêm giá trị. Giá trị này «chưa kiểm chứng» cho đến khi có người đối chiếu văn bản."), "ok")
    return redirect(url_for(".parameters"), 303)


def _page(form: ValueForm, parameter: Parameter | None) -> str:
    return render_template("policies/value_form.html", form=form, parameter=parameter)
