"""Signing in and out."""

from datetime import datetime

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from registry.accounts import operations, queries
from registry.accounts.access import (
    current_sign_in,
    forget_sign_in,
    public,
    remember_sign_in,
    signed_in_account,
)
from registry.accounts.forms import SignInForm
from registry.accounts.models import Account, AccountState
from registry.accounts.rules import device_name
from registry.accounts.views.blueprint import bp
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
    token = _opened(proof, at)
    if token is None:
        return _not_signed_in(form, proof)
    remember_sign_in(token)
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


def _opened(proof: Proof, at: datetime) -> str | None:
    """The token of a new sign-in record; None when the proof failed or the account was just closed."""
    if proof.account is None:
        return None
    session = write_session()
    account = session.get(Account, proof.account.id, populate_existing=True)
    if account is None or account.state is not AccountState.ACTIVE:
        return None
    device = device_name(request.headers.get("User-Agent", ""))
    token = operations.open_sign_in(session, account, device=device, at=at, new_hash=proof.new_hash)
    session.commit()
    return token


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
