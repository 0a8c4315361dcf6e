"""«Danh mục năm»: lists of fields that a province decides anew each year."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from registry.accounts.access import current_account, require
from registry.accounts.rules import Permission
from registry.policies import operations
from registry.policies.forms.fields import YearForm
from registry.policies.models import YearlyList
from registry.policies.operations import CodeTaken
from registry.policies.queries.documents import document_names, document_of
from registry.policies.queries.parameters import yearly_list_of, yearly_lists
from registry.policies.queries.verified import verdicts
from registry.policies.rules.figures import DATES
from registry.policies.views.blueprint import bp, may_write
from registry.policies.views.seen import checked_lines
from registry.web.clock import now, today
from registry.web.database import db_session
from registry.web.errors import NotVisible
from registry.web.i18n import gettext as _


@bp.get("/danh-muc-nam")
@require(Permission.POLICIES_READ)
def lists() -> ResponseReturnValue:
    """Every list with its years, the newest first; a year that is missing is said."""
    session, on = db_session(), today()
    found = yearly_lists(session)
    years = [year for one in found for year in one.years]
    known = {key: seen[DATES] for key, seen in verdicts(session, years).items() if DATES in seen}
    return render_template(
        "policies/yearly.html",
        lists=found,
        year=on.year,
        checked=checked_lines(session, known, on),
        may_write=may_write(),
    )


@bp.route("/danh-muc-nam/<ma>/them", methods=["GET", "POST"])
@require(Permission.POLICIES_WRITE)
def add_year(ma: str) -> ResponseReturnValue:
    """Add the fields of a year, or put others in their place."""
    session = db_session()
    found = yearly_list_of(session, ma)
    if found is None:
        raise NotVisible
    form = YearForm()
    form.offer(document_names(session))
    if request.method != "POST":
        form.year.data = today().year
        return _page(form, found)
    if not form.validate() or form.year.data is None:
        return _page(form, found), 422
    document = document_of(session, form.document.data) if form.document.data else None
    try:
        operations.add_list_year(
            session,
            found,
            form.year.data,
            form.codes,
            document=document,
            note=form.note.data or "",
            by=current_account().id,
            at=now(),
        )
    except CodeTaken:
        session.rollback()
        form.field_codes.errors = [_("Danh mục năm này đã ghi đúng như vậy")]
        return _page(form, yearly_list_of(session, ma)), 422
    session.commit()
    flash(_("Đã ghi danh mục của năm. Danh mục «chưa kiểm chứng» cho đến khi có người đối chiếu."), "ok")
    return redirect(url_for(".lists"), 303)


def _page(form: YearForm, found: YearlyList | None) -> str:
    return render_template("policies/year_form.html", form=form, found=found)
