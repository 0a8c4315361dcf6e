"""«Xác minh»: evidence that waits, and the act of an officer who checked it."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from registry.accounts.access import current_account, current_viewer, require
from registry.accounts.queries import known_by
from registry.accounts.rules import Permission
from registry.people import operations, queries
from registry.people.forms.entries import VerificationForm
from registry.people.forms.fields import refuse
from registry.people.models import Evidence
from registry.people.operations import AlreadyChecked, EditedMeanwhile
from registry.people.rules import VerificationMethod
from registry.people.views.blueprint import bp
from registry.people.views.claim_words import words_by_link
from registry.people.views.loading import Opened, keep_list_read, keep_read
from registry.people.views.versions import version_of
from registry.web.clock import now, today
from registry.web.database import db_session
from registry.web.errors import NotVisible
from registry.web.i18n import gettext as _
from registry.web.paging import page_number


@bp.get("/xac-minh")
@require(Permission.EVIDENCE_VERIFY)
def verification() -> ResponseReturnValue:
    """Evidence that waits to be checked, oldest first."""
    session, viewer = db_session(), current_viewer()
    page = queries.waiting_evidence(session, viewer, page_number(request.args.get("trang")), on=today())
    names = {row.id: queries.display_name(row.person, viewer) for row in page.rows}
    anonymous = {row.id for row in page.rows if not queries.may_be_named(row.person, viewer)}
    keep_list_read(current_account().id, [row.person.public_id for row in page.rows], "xac-minh", now())
    return render_template("people/verification.html", page=page, names=names, anonymous=anonymous)


@bp.route("/xac-minh/<ma>", methods=["GET", "POST"])
@require(Permission.EVIDENCE_VERIFY)
def check_evidence(ma: str) -> ResponseReturnValue:
    """Verify a piece of evidence, or send it back with a reason."""
    session, viewer, on = db_session(), current_viewer(), today()
    evidence = queries.get_evidence(session, viewer, ma, on=on)
    if evidence is None:
        raise NotVisible
    opened = Opened(session, viewer, evidence.person, on, now(), current_account().id)
    form = VerificationForm()
    if request.method == "POST" and not opened.is_named:
        abort(403)
    if request.method != "POST":
        form.version.data = str(evidence.version)
        keep_read(opened, "xac-minh")
        return _page(opened, evidence, form)
    if not form.validate() or not _lasts(form, opened):
        return _page(opened, evidence, form), 422
    try:
        _decide(opened, evidence, form)
    except (AlreadyChecked, EditedMeanwhile):
        session.rollback()
        flash(_("Giấy tờ này vừa có người xem. Kết quả đã lưu ở dưới."), "warn")
        return redirect(url_for(".check_evidence", ma=ma), 303)
    session.commit()
    is_verified = form.result.data == "verified"
    flash(_("Đã xác minh giấy tờ") if is_verified else _("Đã trả lại giấy tờ với lý do"), "ok")
    return redirect(url_for(".verification"), 303)


def _lasts(form: VerificationForm, opened: Opened) -> bool:
    until = form.until.day
    if form.result.data == "verified" and until is not None and until < opened.on:
        return refuse(form.until, _("Ngày này phải từ hôm nay trở đi"))
    return True


def _decide(opened: Opened, evidence: Evidence, form: VerificationForm) -> None:
    if form.result.data == "verified":
        operations.verify_evidence(
            opened.session,
            opened.person,
            evidence,
            method=VerificationMethod(form.method.data),
            until=form.until.day,
            expected_version=version_of(form),
            by=opened.by,
            at=opened.at,
        )
    else:
        operations.reject_evidence(
            opened.session,
            opened.person,
            evidence,
            reason=form.reason.data or "",
            expected_version=version_of(form),
            by=opened.by,
            at=opened.at,
        )


def _checker(opened: Opened, evidence: Evidence) -> str:
    if evidence.checked_by_id is None:
        return _("hệ thống")
    return known_by(opened.session, [evidence.checked_by_id])[evidence.checked_by_id][1]


def _page(opened: Opened, evidence: Evidence, form: VerificationForm) -> str:
    profile = queries.profile_of(opened.session, opened.person, on=opened.on)
    words = words_by_link(profile)
    supported = [words[key] for link in evidence.links for key in link.claims if key in words]
    return render_template(
        "people/check_evidence.html",
        form=form,
        opened=opened,
        person=opened.person,
        evidence=evidence,
        supported=supported,
        checker=_checker(opened, evidence),
    )
