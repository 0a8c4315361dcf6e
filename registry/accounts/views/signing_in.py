"""Signing in and out."""

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from registry.accounts import operations, queries
from registry.accounts.access import (
    current_sign_in,
    forget_sign_in,
    public,
    signed_in_account,
)
from registry.accounts.forms import SignInForm
from registry.accounts.views.blueprint import bp
from registry.accounts.views.opening import open_sign_in_here
from registry.accounts.views.proof import Proof, prove
from registry.web.clock import now
from registry.web.database import write_session
from registry.web.i18n import gettext as _
from registry.web.i18n import ngettext
from registry.web.redirects import local_path


@bp.get("/dang-nhap")
@public
def sign_in() -> ResponseReturnValue:
    """The form; whoever is signed in goes home."""
    if signed_in_account() is not None:
        return redirect(url_for("pages.home"), 303)
    form = SignInForm(formdata=None, next=local_path(request.args.get("next"), ""))
    return render_template("accounts/sign_in.html", form=form)


@bp.post("/dang-nhap")
@public
def submit_sign_in() -> ResponseReturnValue:
    """Check the password and open a sign-in, or say in one and the same way that it did not work."""
    form = SignInForm()
    if not form.validate():
        return render_template("accounts/sign_in.html", form=form), 422
    at = now()
    proof = prove(str(form.email.data), str(form.password.data), at)
    if proof.account is None or not open_sign_in_here(proof.account.id, at=at, new_hash=proof.new_hash):
        return _not_signed_in(form, proof)
    return redirect(local_path(form.next.data, url_for("pages.home")), 303)


@bp.post("/dang-xuat")
@public
def sign_out() -> ResponseReturnValue:
    """End this sign-in on the server and empty what the browser keeps of it."""
    signed_in = signed_in_account()
    if signed_in is not None:
        session = write_session()
        entry = queries.own_sign_in(session, signed_in.id, current_sign_in().public_id)
        if entry is not None:
            operations.end_sign_in(session, entry, because="signed_out", by=signed_in.id, at=now())
            session.commit()
    forget_sign_in()
    answer = make_response(redirect(url_for("accounts.sign_in"), 303))
    # Not "cookies": that would empty the cookies of every other service under the same domain.
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer


def _not_signed_in(form: SignInForm, proof: Proof) -> ResponseReturnValue:
    if proof.wait_seconds:
        form.email.errors = [wait_sentence(proof.wait_seconds)]
        page = render_template("accounts/sign_in.html", form=form)
        return page, 429, {"Retry-After": str(proof.wait_seconds)}
    form.email.errors = [_("Địa chỉ thư hoặc mật khẩu không đúng")]
    return render_template("accounts/sign_in.html", form=form), 422


def wait_sentence(seconds: int) -> str:
    """How long to wait before the next try."""
    if seconds < 90:
        return ngettext(
            "Đã thử nhiều lần. Đợi %(num)s giây rồi thử lại",
            "Đã thử nhiều lần. Đợi %(num)s giây rồi thử lại",
            seconds,
        )
    minutes = -(-seconds // 60)
    return ngettext(
        "Đã thử nhiều lần. Đợi %(num)s phút rồi thử lại",
        "Đã thử nhiều lần. Đợi %(num)s phút rồi thử lại",
        minutes,
    )
