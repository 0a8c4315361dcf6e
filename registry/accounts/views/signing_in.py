"""Signing in and out: the first step, and the one place where a sign-in begins."""

from datetime import datetime

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from registry.accounts import operations, queries
from registry.accounts.access import (
    current_sign_in,
    forget_sign_in,
    half_sign_in_token,
    public,
    remember_half_sign_in,
    remember_sign_in,
    signed_in_account,
)
from registry.accounts.forms import SignInForm
from registry.accounts.models import Account, AccountState
from registry.accounts.rules import device_name
from registry.accounts.views.blueprint import bp
from registry.accounts.views.passkeys import passkey_site
from registry.accounts.views.proof import Proof, prove
from registry.accounts.views.provider import sign_on_label
from registry.accounts.views.words import wait_sentence
from registry.web.clock import now
from registry.web.database import write_session
from registry.web.i18n import gettext as _
from registry.web.redirects import local_path


@bp.get("/dang-nhap")
@public
def sign_in() -> ResponseReturnValue:
    """The form; whoever is signed in goes home."""
    if signed_in_account() is not None:
        return redirect(url_for("pages.home"), 303)
    form = SignInForm(formdata=None, next=local_path(request.args.get("next"), ""))
    return _page(form)


@bp.post("/dang-nhap")
@public
def submit_sign_in() -> ResponseReturnValue:
    """Check the password and begin a sign-in, or say in one and the same way that it did not work."""
    form = SignInForm()
    if not form.validate():
        return _page(form), 422
    at = now()
    proof = prove(str(form.email.data), str(form.password.data), at)
    entered = None if proof.account is None else enter(proof.account.id, at, form.next.data, proof.new_hash)
    return _not_signed_in(form, proof) if entered is None else entered


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
    _drop_half()
    forget_sign_in()
    answer = make_response(redirect(url_for("accounts.sign_in"), 303))
    # Not "cookies": that would empty the cookies of every other service under the same domain.
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer


def _drop_half() -> None:
    """Leaving between the two steps."""
    kept = half_sign_in_token()
    if kept is not None:
        session = write_session()
        half = queries.half_sign_in_of(session, kept[0], now())
        if half is not None:
            operations.drop_half_sign_in(session, half)
            session.commit()


def enter(
    account_id: int,
    at: datetime,
    following: str | None,
    new_hash: str | None = None,
    *,
    how: str = "",
    is_complete: bool = False,
) -> ResponseReturnValue | None:
    """Go on after the first step was proved, by a password, by a link somebody was sent or by the sign-in service: the
    only way in.

    With a second factor on to the second step, unless the first one `is_complete`; without one signed in. None when the
    account is not open. `following` is where the person wanted to go, as it came from outside.
    """
    session = write_session()
    account = session.get(Account, account_id, populate_existing=True)
    if account is None or account.state is not AccountState.ACTIVE:
        return None
    device = device_name(request.headers.get("User-Agent", ""))
    begun = operations.begin_sign_in(
        session, account, device=device, at=at, new_hash=new_hash, how=how, is_complete=is_complete
    )
    session.commit()
    onward = local_path(following, url_for("pages.home"))
    if begun.is_half:
        remember_half_sign_in(begun.token, onward)
        return redirect(url_for("accounts.second_step"), 303)
    remember_sign_in(begun.token)
    return redirect(onward, 303)


def _page(form: SignInForm) -> str:
    return render_template(
        "accounts/sign_in.html", form=form, has_passkeys=passkey_site() is not None, sign_on=sign_on_label()
    )


def _not_signed_in(form: SignInForm, proof: Proof) -> ResponseReturnValue:
    if proof.wait_seconds:
        form.email.errors = [wait_sentence(proof.wait_seconds)]
        page = _page(form)
        return page, 429, {"Retry-After": str(proof.wait_seconds)}
    form.email.errors = [_("Địa chỉ thư hoặc mật khẩu không đúng")]
    return _page(form), 422
