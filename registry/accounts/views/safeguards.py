"""What an administrator does for the safety of somebody's account: ending all sign-ins, resetting the second factor."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from registry.accounts import operations
from registry.accounts.access import current_account, proved_lately, require
from registry.accounts.forms import ReasonForm
from registry.accounts.views.blueprint import bp
from registry.accounts.views.reach import MANAGE, changeable
from registry.web.clock import now
from registry.web.database import db_session
from registry.web.i18n import gettext as _


@bp.post("/nguoi-dung/<ma>/phien/ket-thuc")
@require(MANAGE)
@proved_lately
def end_sign_ins(ma: str) -> ResponseReturnValue:
    """End every sign-in of the account, on whatever device."""
    session = db_session()
    account = changeable(session, ma)
    by = current_account().id
    operations.end_all_sign_ins(session, account, because="ended_by_administrator", by=by, at=now())
    session.commit()
    flash(_("Đã kết thúc mọi phiên đăng nhập của người này."), "ok")
    return redirect(url_for(".show", ma=ma), 303)


@bp.route("/nguoi-dung/<ma>/hai-lop", methods=["GET", "POST"])
@require(MANAGE)
@proved_lately
def reset_factor(ma: str) -> ResponseReturnValue:
    """Take the second factor away for somebody who lost it, with a reason."""
    session = db_session()
    account = changeable(session, ma)
    form = ReasonForm()
    if request.method != "POST":
        return render_template("accounts/reset_factor.html", form=form, own=account)
    if not form.validate():
        return render_template("accounts/reset_factor.html", form=form, own=account), 422
    reason, by = str(form.reason.data), current_account().id
    operations.reset_second_factor(session, account, by=by, reason=reason, at=now())
    session.commit()
    flash(_("Đã đặt lại đăng nhập hai lớp. Người này được báo và bật lại ở lần đăng nhập sau."), "ok")
    return redirect(url_for(".show", ma=ma), 303)
