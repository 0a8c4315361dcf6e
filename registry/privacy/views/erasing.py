"""Erasing, in two steps: a page that says what goes and what stays, why and until when; then the typed code."""

from typing import cast

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from registry.accounts.access import current_account, proved_lately, require
from registry.accounts.rules import Permission
from registry.config import Settings
from registry.people.rules import LegalBasis
from registry.privacy import operations
from registry.privacy.forms.requests import EraseForm
from registry.privacy.operations import NotPossible
from registry.privacy.operations.erasing import KeptByLaw, erase_person
from registry.privacy.operations.replaying import erased_people, keep_outside
from registry.privacy.operations.work import enqueue_scrub
from registry.privacy.queries.parameters import kept_now
from registry.privacy.rules import OPEN_STATES, RightKind
from registry.privacy.views import shown
from registry.privacy.views.blueprint import bp, request_in_scope
from registry.web.clock import now
from registry.web.database import db_session
from registry.web.i18n import gettext as _


@bp.route("/yeu-cau-quyen/<ma>/xoa", methods=["GET", "POST"])
@require(Permission.CONSENTS_WRITE)
@proved_lately
def erase(ma: str) -> ResponseReturnValue:
    """The page, and the erasure: the request is done with it, the files are cleared right after."""
    found = request_in_scope(ma)
    if found.kind is not RightKind.ERASURE or found.state not in OPEN_STATES:
        flash(_("Yêu cầu này không phải yêu cầu xóa đang mở."), "warn")
        return redirect(url_for(".show", ma=ma), 303)
    form, person = EraseForm(), found.person
    may_erase = person.legal_basis is not LegalBasis.LAW
    is_right = may_erase and request.method == "POST" and form.validate() and _is_code(form, person.code)
    if not is_right:
        page = render_template(
            "privacy/erase.html",
            form=form,
            found=found,
            title=shown.title_of(found),
            may_erase=may_erase,
            kept=kept_now(db_session()),
        )
        return page, 422 if request.method == "POST" else 200
    session, by, at = db_session(), current_account().id, now()
    try:
        operations.complete_request(session, found, words="", by=by, at=at)
        erase_person(session, person, by=by, at=at)
    except (KeptByLaw, NotPossible):
        session.rollback()
        flash(_("Yêu cầu này không còn xóa được. Xem lại trạng thái."), "warn")
        return redirect(url_for(".show", ma=ma), 303)
    enqueue_scrub(session, by=by, at=at)
    session.commit()
    settings = cast("Settings", current_app.config["REGISTRY_SETTINGS"])
    keep_outside(settings.data_dir, erased_people(session))
    flash(_("Đã xóa hồ sơ. Tệp dữ liệu được dọn ngay sau đây."), "ok")
    return redirect(url_for(".show", ma=ma), 303)


def _is_code(form: EraseForm, code: str) -> bool:
    if (form.code.data or "").upper() == code:
        return True
    form.code.errors = [_("Mã chưa đúng. Gõ lại mã %(code)s để xóa", code=code)]
    return False
