"""The second step of signing in: six digits, or a recovery code. Between the steps nobody is signed in."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from registry.accounts import operations, queries
from registry.accounts.access import (
    forget_sign_in,
    half_sign_in_token,
    public,
    remember_sign_in,
)
from registry.accounts.forms import CodeForm, RecoveryCodeForm
from registry.accounts.models import HalfSignIn
from registry.accounts.views.blueprint import bp
from registry.accounts.views.proof import prove_second
from registry.accounts.views.words import wait_sentence
from registry.web.clock import now
from registry.web.database import db_session, write_session
from registry.web.i18n import gettext as _
from registry.web.redirects import local_path


@bp.get("/dang-nhap/buoc-hai")
@public
def second_step() -> ResponseReturnValue:
    """The form for the six digits."""
    if _half() is None:
        return _begin_again()
    return render_template("accounts/second_step.html", form=CodeForm(formdata=None))


@bp.post("/dang-nhap/buoc-hai")
@public
def submit_second_step() -> ResponseReturnValue:
    """Check the six digits and finish the sign-in."""
    wrong = _("Mã không đúng hoặc đã dùng. Gõ mã đang hiện; vừa dùng một mã thì đợi mã mới")
    return _finish(CodeForm(), "accounts/second_step.html", "totp", wrong)


@bp.get("/dang-nhap/ma-du-phong")
@public
def recovery_step() -> ResponseReturnValue:
    """The form for a recovery code."""
    if _half() is None:
        return _begin_again()
    return render_template("accounts/recovery_step.html", form=RecoveryCodeForm(formdata=None))


@bp.post("/dang-nhap/ma-du-phong")
@public
def submit_recovery_step() -> ResponseReturnValue:
    """Check a recovery code and finish the sign-in."""
    wrong = _("Mã dự phòng không đúng hoặc đã dùng. Thử một mã khác trong danh sách")
    return _finish(RecoveryCodeForm(), "accounts/recovery_step.html", "recovery_code", wrong)


def _half() -> HalfSignIn | None:
    kept = half_sign_in_token()
    return None if kept is None else queries.half_sign_in_of(db_session(), kept[0], now())


def _begin_again() -> ResponseReturnValue:
    """Too long ago, or never begun: the first step comes first."""
    if half_sign_in_token() is not None:
        forget_sign_in()
        flash(_("Đã quá lâu kể từ khi nhập mật khẩu. Đăng nhập lại từ đầu."), "info")
    return redirect(url_for("accounts.sign_in"), 303)


def _finish(form: Any, page: str, how: str, wrong: str) -> ResponseReturnValue:
    half, at = _half(), now()
    if half is None:
        return _begin_again()
    if not form.validate():
        return render_template(page, form=form), 422
    proof = prove_second(half.account, str(form.code.data), at, how=how)
    if proof.wait_seconds:
        form.code.errors = [wait_sentence(proof.wait_seconds)]
        return render_template(page, form=form), 429, {"Retry-After": str(proof.wait_seconds)}
    if not proof.is_right:
        form.code.errors = [wrong]
        return render_template(page, form=form), 422
    return _signed_in(half, how)


def _signed_in(half: HalfSignIn, how: str) -> ResponseReturnValue:
    session, kept = write_session(), half_sign_in_token()
    account_id = half.account_id
    token = operations.finish_sign_in(session, half, how=how, at=now())
    if token is None or kept is None:
        session.rollback()
        return _begin_again()
    left = queries.recovery_codes_left(session, account_id)
    session.commit()
    remember_sign_in(token)
    if how == "recovery_code":
        flash(_("Đã dùng một mã dự phòng, còn %(left)s mã.", left=left), "warn")
    return redirect(local_path(kept[1], url_for("pages.home")), 303)
