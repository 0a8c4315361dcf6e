"""Proving again who one is before something dangerous, without losing what was typed."""

from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from registry.accounts import operations
from registry.accounts.access import (
    current_account,
    current_sign_in,
    remember_sign_in,
    signed_in_only,
)
from registry.accounts.forms import ProofForm
from registry.accounts.models import Account
from registry.accounts.queries import Member
from registry.accounts.views.blueprint import bp
from registry.accounts.views.proof import prove, prove_second
from registry.accounts.views.words import wait_sentence
from registry.web.clock import now
from registry.web.database import SAFE_METHODS, write_session
from registry.web.i18n import gettext as _
from registry.web.redirects import local_path

_PROOF = frozenset({"proof_password", "proof_code"})
# Secrets never travel back to the browser: whoever typed one types it again.
_NOT_CARRIED = _PROOF | {"csrf_token", "current", "password", "again"}


@bp.get("/tai-khoan/xac-nhan")
@signed_in_only
def confirm_self() -> ResponseReturnValue:
    """Asks for password and code; afterwards one goes where one wanted to go."""
    return _page(_form(current_account(), is_sent=False), [])


@bp.post("/tai-khoan/xac-nhan")
@signed_in_only
def submit_confirmation() -> ResponseReturnValue:
    """Check them."""
    form = _form(current_account(), is_sent=True)
    code = _refusal(form)
    if code:
        return _page(form, []), code
    return redirect(local_path(request.args.get("next"), url_for("accounts.own_account")), 303)


def ask_for_proof() -> ResponseReturnValue | None:
    """The question in the place of what was asked for; None once it is answered rightly.

    A form comes back inside the question and is sent on with the answer, to the same address.
    """
    if request.method in SAFE_METHODS:
        wanted = request.full_path.removesuffix("?")
        return redirect(url_for("accounts.confirm_self", next=wanted), 303)
    if _PROOF.isdisjoint(request.form):
        return _page(_form(current_account(), is_sent=False), _carried())
    form = _form(current_account(), is_sent=True)
    code = _refusal(form)
    return (_page(form, _carried()), code) if code else None


def _carried() -> list[tuple[str, str]]:
    return [(name, text) for name, text in request.form.items(multi=True) if name not in _NOT_CARRIED]


def _form(own: Member, *, is_sent: bool) -> Any:
    form: Any = ProofForm() if is_sent else ProofForm(formdata=None)
    if own.totp_since is None:
        del form.proof_code
    return form


def _page(form: Any, carried: list[tuple[str, str]]) -> str:
    return render_template(
        "accounts/prove_again.html", form=form, carried=carried, to=request.full_path.removesuffix("?")
    )


def _refusal(form: Any) -> int:
    """The status of a refusal with its sentence put on the field; 0 when who is signed in has proved it again."""
    if not form.validate():
        return 422
    account, at = current_account(), now()
    first = prove(account.email, str(form.proof_password.data), at)
    if first.account is None:
        return _said(form.proof_password, first.wait_seconds, _("Mật khẩu của bạn không đúng"))
    session = write_session()
    if account.totp_since is not None:
        own = session.get_one(Account, account.id)
        second = prove_second(own, str(form.proof_code.data), at, how="totp")
        if not second.is_right:
            wrong = _("Mã không đúng hoặc đã dùng. Vừa dùng một mã thì đợi mã mới")
            return _said(form.proof_code, second.wait_seconds, wrong)
    how = "password" if account.totp_since is None else "totp"
    token = operations.renew_proof(session, account.id, current_sign_in().id, how=how, at=at)
    session.commit()
    remember_sign_in(token)
    return 0


def _said(field: Any, wait_seconds: int, wrong: str) -> int:
    field.errors = [wait_sentence(wait_seconds) if wait_seconds else wrong]
    return 429 if wait_seconds else 422
