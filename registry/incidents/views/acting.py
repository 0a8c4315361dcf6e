"""Keeping that an incident was reported, and closing it."""

from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from registry.accounts.access import proved_lately, require
from registry.accounts.rules import Permission
from registry.incidents import operations
from registry.incidents.forms import CloseForm, ReportForm
from registry.incidents.operations import NotPossible, ReasonMissing
from registry.incidents.views import shown
from registry.incidents.views.blueprint import Opened, bp, done, is_open, open_incident, too_late
from registry.web.clock import LOCAL_ZONE
from registry.web.i18n import gettext as _


@bp.route("/su-co/<ma>/bao", methods=["GET", "POST"])
@require(Permission.PRIVACY_WRITE)
@proved_lately
def report(ma: str) -> ResponseReturnValue:
    """That the authority had the report; a late one says why."""
    opened = open_incident(ma)
    if not is_open(opened.incident) or opened.incident.reported_at is not None:
        return too_late(ma)
    form = ReportForm()
    if request.method != "POST":
        at = opened.at.astimezone(LOCAL_ZONE)
        form.reported_on.data, form.reported_time.data = at.date(), f"{at:%H:%M}"
        return _report_page(opened, form)
    reported_at = form.moment("reported") if form.validate() else None
    if reported_at is None:
        return _report_page(opened, form), 422
    try:
        operations.report_incident(
            opened.session,
            opened.incident,
            reported_at=reported_at,
            words=form.words.data or "",
            late=_("Lý do trễ: %(why)s", why=form.late.data) if form.late.data else "",
            by=opened.by,
            at=opened.at,
        )
    except ReasonMissing:
        form.late.errors = [_("Lúc báo đã quá hạn. Ghi lý do trễ")]
        return _refused(opened, form)
    except NotPossible:
        form.reported_on.errors = [_("Lúc báo phải sau lúc phát hiện và không sau bây giờ")]
        return _refused(opened, form)
    opened.session.commit()
    return done(ma, _("Đã ghi việc báo cơ quan có thẩm quyền"))


def _refused(opened: Opened, form: ReportForm) -> ResponseReturnValue:
    opened.session.rollback()
    return _report_page(opened, form), 422


def _report_page(opened: Opened, form: ReportForm) -> str:
    return _page("incidents/report.html", opened, form)


@bp.route("/su-co/<ma>/dong", methods=["GET", "POST"])
@require(Permission.PRIVACY_WRITE)
@proved_lately
def close(ma: str) -> ResponseReturnValue:
    """End an incident, with what came of it."""
    opened = open_incident(ma)
    if not is_open(opened.incident):
        return too_late(ma)
    form = CloseForm()
    if request.method != "POST" or not form.validate():
        page = _page("incidents/close.html", opened, form)
        return page, 200 if request.method != "POST" else 422
    words = form.words.data or ""
    operations.close_incident(opened.session, opened.incident, words=words, by=opened.by, at=opened.at)
    opened.session.commit()
    return done(ma, _("Đã đóng sự cố"))


def _page(template: str, opened: Opened, form: Any) -> str:
    line = shown.line_of(opened.session, opened.incident, opened.at)
    return render_template(template, form=form, line=line, found=opened.incident)
