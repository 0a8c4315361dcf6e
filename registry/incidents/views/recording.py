"""Recording an incident and describing it anew."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from registry.accounts.access import current_account, require
from registry.accounts.rules import Permission
from registry.incidents import operations, queries
from registry.incidents.forms import TOLD_FIELDS, IncidentForm
from registry.incidents.operations import Happened, NotPossible
from registry.incidents.queries import Told
from registry.incidents.views.blueprint import bp, done, is_open, must_see_all, open_incident, too_late
from registry.privacy.rules.breach import NoIncidentLimit
from registry.web.clock import LOCAL_ZONE, now
from registry.web.database import db_session
from registry.web.i18n import gettext as _


@bp.route("/su-co/ghi", methods=["GET", "POST"])
@require(Permission.PRIVACY_WRITE)
def record_incident() -> ResponseReturnValue:
    """The form, and the incident: its clock runs from the discovery."""
    must_see_all()
    form = IncidentForm()
    if request.method != "POST":
        at = now().astimezone(LOCAL_ZONE)
        form.discovered_on.data, form.discovered_time.data = at.date(), f"{at:%H:%M}"
        return _page(form, None)
    happened = _happened(form) if form.validate() else None
    if happened is None:
        return _page(form, None), 422
    session = db_session()
    try:
        made = operations.record_incident(session, happened, _told(form), by=current_account().id, at=now())
    except NotPossible:
        session.rollback()
        form.discovered_on.errors = [_("Lúc phát hiện phải sau lúc xảy ra và không sau bây giờ")]
        return _page(form, None), 422
    except NoIncidentLimit:
        session.rollback()
        form.discovered_on.errors = [
            _("Chưa có thời hạn nào áp dụng cho ngày này. Kiểm tra lại ngày phát hiện")
        ]
        return _page(form, None), 422
    session.commit()
    flash(_("Đã ghi sự cố, đồng hồ chạy từ lúc phát hiện"), "ok")
    return redirect(url_for(".show", ma=made.public_id), 303)


@bp.route("/su-co/<ma>/sua", methods=["GET", "POST"])
@require(Permission.PRIVACY_WRITE)
def describe(ma: str) -> ResponseReturnValue:
    """Describe an incident anew; its moments stay."""
    opened = open_incident(ma)
    if not is_open(opened.incident):
        return too_late(ma)
    form = IncidentForm(obj=queries.told_of(opened.session, opened.incident))
    form.without_moments()
    if request.method != "POST" or not form.validate():
        return _page(form, ma), 200 if request.method != "POST" else 422
    operations.describe_incident(opened.session, opened.incident, _told(form), by=opened.by, at=opened.at)
    opened.session.commit()
    return done(ma, _("Đã lưu mô tả"))


def _happened(form: IncidentForm) -> Happened | None:
    happened, discovered = form.moment("happened"), form.moment("discovered")
    return None if happened is None or discovered is None else Happened(happened, discovered)


def _told(form: IncidentForm) -> Told:
    return Told(**{name: form[name].data or "" for name in TOLD_FIELDS})


def _page(form: IncidentForm, ma: str | None) -> str:
    return render_template("incidents/describe.html", form=form, ma=ma)
