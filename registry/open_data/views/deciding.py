"""The second person: publishing a release, refusing it with a reason, and withdrawing one that is public."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from registry.accounts.access import current_account, proved_lately, require
from registry.accounts.rules import Permission
from registry.open_data.forms import ReasonForm
from registry.open_data.models import OpenRelease
from registry.open_data.operations.errors import OwnRelease, TellsTooMuch, WrongState
from registry.open_data.operations.releasing import publish_release, refuse_release, withdraw_release
from registry.open_data.views.blueprint import bp, visible_release
from registry.web.clock import now
from registry.web.database import db_session
from registry.web.i18n import gettext as _


@bp.post("/cong-bo/ban/<ma>/cong-bo")
@require(Permission.INDICATORS_PUBLISH)
@proved_lately
def publish(ma: str) -> ResponseReturnValue:
    """Make it public for good."""
    session = db_session()
    found = visible_release(session, ma)
    try:
        publish_release(session, found, by=current_account().id, at=now())
    except OwnRelease:
        _say_own()
    except WrongState:
        _say_late()
    except TellsTooMuch as refused:
        flash(
            _(
                "Chưa công bố: cùng với bản đã công bố, %(count)s ô cho biết về ít hơn 5 người. "
                "Xem mục «So với bản đã công bố», rồi chuẩn bị lại.",
                count=len(refused.found),
            ),
            "bad",
        )
    else:
        session.commit()
        flash(_("Đã công bố. Trang dữ liệu mở có bản này từ bây giờ."), "ok")
    return _back(found)


@bp.get("/cong-bo/ban/<ma>/tra-lai")
@require(Permission.INDICATORS_PUBLISH)
def refuse(ma: str) -> ResponseReturnValue:
    """Why it is not published."""
    return _page(visible_release(db_session(), ma), ReasonForm(formdata=None), is_refusal=True)


@bp.post("/cong-bo/ban/<ma>/tra-lai")
@require(Permission.INDICATORS_PUBLISH)
def refuse_sent(ma: str) -> ResponseReturnValue:
    """It goes back for good: whoever prepared it prepares another."""
    session, form = db_session(), ReasonForm()
    found = visible_release(session, ma)
    if not form.validate():
        return _page(found, form, is_refusal=True), 422
    try:
        refuse_release(session, found, str(form.reason.data), by=current_account().id, at=now())
    except OwnRelease:
        _say_own()
    except WrongState:
        _say_late()
    else:
        session.commit()
        flash(_("Đã trả lại."), "ok")
    return _back(found)


@bp.get("/cong-bo/ban/<ma>/rut")
@require(Permission.INDICATORS_PUBLISH)
def withdraw(ma: str) -> ResponseReturnValue:
    """Why it is no longer public."""
    return _page(visible_release(db_session(), ma), ReasonForm(formdata=None), is_refusal=False)


@bp.post("/cong-bo/ban/<ma>/rut")
@require(Permission.INDICATORS_PUBLISH)
@proved_lately
def withdraw_sent(ma: str) -> ResponseReturnValue:
    """Its addresses answer that it was withdrawn, and why."""
    session, form = db_session(), ReasonForm()
    found = visible_release(session, ma)
    if not form.validate():
        return _page(found, form, is_refusal=False), 422
    try:
        withdraw_release(session, found, str(form.reason.data), by=current_account().id, at=now())
    except WrongState:
        _say_late()
    else:
        session.commit()
        flash(_("Đã rút. Địa chỉ cũ nói rõ bản này đã rút và vì sao."), "ok")
    return _back(found)


def _say_own() -> None:
    flash(_("Bạn là người chuẩn bị bản này nên phải để người khác quyết định."), "warn")


def _say_late() -> None:
    flash(_("Bản này không còn ở trạng thái đó. Xem lại trạng thái bên dưới."), "warn")


def _back(found: OpenRelease) -> ResponseReturnValue:
    return redirect(url_for(".release", ma=found.public_id), 303)


def _page(found: OpenRelease, form: Any, *, is_refusal: bool) -> str:
    return render_template("open_data/reason.html", release=found, form=form, is_refusal=is_refusal)
