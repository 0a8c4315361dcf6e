"""Suspending, reopening and closing an account, each with a reason."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from registry.accounts import operations
from registry.accounts.access import current_account, proved_lately, require
from registry.accounts.forms import ReasonForm
from registry.accounts.models import AccountState
from registry.accounts.views.blueprint import bp
from registry.accounts.views.reach import MANAGE, changeable, tried
from registry.web.clock import now, today
from registry.web.database import db_session
from registry.web.errors import NotVisible
from registry.web.i18n import lazy_gettext as _l


@dataclass(frozen=True)
class Step:
    """One change of state that needs a reason: from which states it is offered, its words, what does it."""

    offered_in: frozenset[AccountState]
    title: Any
    what_happens: Any
    done: Any
    kind: str
    run: Callable[..., None]


STEPS = {
    "khoa": Step(
        frozenset({AccountState.ACTIVE}),
        _l("Tạm khóa tài khoản"),
        _l("Mọi phiên đăng nhập của người này kết thúc ngay. Có thể mở lại sau."),
        _l("Đã tạm khóa tài khoản."),
        "danger",
        operations.suspend_account,
    ),
    "mo-khoa": Step(
        frozenset({AccountState.SUSPENDED}),
        _l("Mở lại tài khoản"),
        _l("Người này đăng nhập lại được với mật khẩu và vai trò đang có."),
        _l("Đã mở lại tài khoản."),
        "primary",
        operations.reopen_account,
    ),
    "dong": Step(
        frozenset({AccountState.ACTIVE, AccountState.SUSPENDED}),
        _l("Đóng tài khoản"),
        _l(
            "Người này không đăng nhập được nữa. Tài khoản vẫn được giữ để biết ai đã làm những việc trước đây."
        ),
        _l("Đã đóng tài khoản."),
        "danger",
        operations.close_account,
    ),
}


@bp.route("/nguoi-dung/<ma>/<any(khoa, 'mo-khoa', dong):buoc>", methods=["GET", "POST"])
@require(MANAGE)
@proved_lately
def change_state(ma: str, buoc: str) -> ResponseReturnValue:
    """Suspend, reopen or close the account, with a reason."""
    session = db_session()
    account, step = changeable(session, ma), STEPS[buoc]
    if account.state not in step.offered_in:
        raise NotVisible
    form = ReasonForm()
    if request.method != "POST":
        return render_template("accounts/change_state.html", form=form, own=account, step=step)
    told: dict[str, Any] = {"by": current_account().id, "at": now()}
    if buoc != "mo-khoa":
        told["on"] = today()
    if form.validate() and tried(
        form, lambda: step.run(session, account, reason=str(form.reason.data), **told)
    ):
        session.commit()
        flash(str(step.done), "ok")
        return redirect(url_for(".show", ma=ma), 303)
    return render_template("accounts/change_state.html", form=form, own=account, step=step), 422
