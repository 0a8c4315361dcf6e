"""Passkeys: adding and removing one's own, and signing in with one in the place of password and code."""

import secrets
from datetime import datetime
from typing import Any, cast

from flask import current_app, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from registry.accounts import operations, queries
from registry.accounts.access import (
    current_account,
    proved_lately,
    public,
    remember_sign_in,
    signed_in_account,
    signed_in_only,
)
from registry.accounts.forms import AnswerForm, PasskeyForm
from registry.accounts.models import Account, AccountState, Passkey
from registry.accounts.operations import PasskeyKnown
from registry.accounts.queries import Member
from registry.accounts.rules import device_name
from registry.accounts.rules.passkeys import (
    MOST_PASSKEYS,
    QUESTION_LASTS,
    NewPasskey,
    Site,
    site_of,
)
from registry.accounts.views.blueprint import bp
from registry.config import Settings
from registry.web.clock import now
from registry.web.database import db_session, write_session
from registry.web.errors import NotVisible
from registry.web.i18n import gettext as _
from registry.web.installation import installation
from registry.web.redirects import local_path

# The question lies in the signed cookie: the challenge, when it was asked, and what for.
_QUESTION = "passkey_question"
_TO_ADD, _TO_SIGN_IN = "add", "sign_in"
_CHALLENGE_BYTES = 32


def passkey_site() -> Site | None:
    """The site passkeys are made for; None where browsers know none."""
    settings = cast("Settings", current_app.config["REGISTRY_SETTINGS"])
    return site_of(settings.public_url, installation(db_session()).tenant.name)


def _protocol():
    """The rules of WebAuthn, loaded by the first who asks for them."""
    from registry.accounts.rules import passkey_protocol  # noqa: PLC0415 - loads OpenSSL once more

    return passkey_protocol


def _site() -> Site:
    site = passkey_site()
    if site is None:
        raise NotVisible
    return site


@bp.get("/dang-nhap/khoa")
@public
def passkey_step() -> ResponseReturnValue:
    """Asks for a passkey in the place of password and code."""
    if signed_in_account() is not None:
        return redirect(url_for("pages.home"), 303)
    form = AnswerForm(formdata=None, next=local_path(request.args.get("next"), ""))
    return _sign_in_page(form)


@bp.post("/dang-nhap/khoa")
@public
def submit_passkey() -> ResponseReturnValue:
    """Check the answer and open a sign-in. A passkey proves the device and the person: no second step follows."""
    form, site, at = AnswerForm(), _site(), now()
    question = _asked(_TO_SIGN_IN, at)
    account = None if question is None else _owner(site, question, str(form.answer.data or ""), at)
    if account is None:
        form.answer.data = ""
        wrong = _("Khóa truy cập không đúng hoặc trang mở đã quá lâu. Thử lại, hoặc dùng mật khẩu.")
        return _sign_in_page(form, wrong), 422
    writing = write_session()
    device = device_name(request.headers.get("User-Agent", ""))
    token = operations.open_sign_in(writing, account, device=device, at=at, how="passkey")
    writing.commit()
    remember_sign_in(token)
    return redirect(local_path(form.next.data, url_for("pages.home")), 303)


@bp.get("/tai-khoan/khoa")
@signed_in_only
@proved_lately
def add_passkey() -> ResponseReturnValue:
    """Asks the browser to make a passkey."""
    return _adding_page(PasskeyForm(formdata=None), current_account())


@bp.post("/tai-khoan/khoa")
@signed_in_only
@proved_lately
def submit_new_passkey() -> ResponseReturnValue:
    """Keep the passkey under the name that was typed."""
    form, site, at = PasskeyForm(), _site(), now()
    question = _asked(_TO_ADD, at)
    made = None if question is None else _protocol().new_passkey(site, question, str(form.answer.data or ""))
    if not form.validate():
        return _adding_page(form, current_account()), 422
    if made is None or question is None:
        form.name.errors = [_("Chưa tạo được khóa. Bấm «Tạo khóa» lần nữa và làm theo thiết bị")]
        return _adding_page(form, current_account()), 422
    writing = db_session()
    account = writing.get_one(Account, current_account().id)
    has_room = len(queries.passkeys_of(writing, account.id)) < MOST_PASSKEYS
    try:
        if not has_room or not operations.spend_question(writing, question, at=at):
            raise PasskeyKnown
        operations.add_passkey(writing, account, made, name=str(form.name.data), by=account.id, at=at)
    except PasskeyKnown:
        writing.rollback()
        form.name.errors = [_("Khóa này đã có, hoặc bạn đã đủ 10 khóa. Bỏ bớt một khóa rồi thử lại")]
        return _adding_page(form, current_account()), 422
    writing.commit()
    flash(_("Đã thêm khóa truy cập. Lần sau bạn đăng nhập được bằng khóa này."), "ok")
    return redirect(url_for("accounts.own_account"), 303)


@bp.post("/tai-khoan/khoa/<ma>/bo")
@signed_in_only
@proved_lately
def remove_passkey(ma: str) -> ResponseReturnValue:
    """Forget one of my passkeys."""
    writing = db_session()
    account = writing.get_one(Account, current_account().id)
    kept = queries.own_passkey(writing, account.id, ma)
    if kept is None:
        raise NotVisible
    operations.remove_passkey(writing, account, kept, by=account.id, at=now())
    writing.commit()
    flash(_("Đã bỏ khóa truy cập."), "ok")
    return redirect(url_for("accounts.own_account"), 303)


def _owner(site: Site, question: str, answer: str, at: datetime) -> Account | None:
    """Whose passkey answered rightly, and for the first time; a wrong answer is kept in the log. Commits the latter."""
    writing = write_session()
    kept = queries.passkey_by_credential(writing, _protocol().passkey_named_in(answer))
    if kept is None:
        return None
    known = NewPasskey(kept.credential_id, kept.public_key, kept.sign_count)
    count = _protocol().new_sign_count(site, question, answer, known)
    if count is None or not _is_first(kept, question, at):
        operations.refuse_second_step(writing, kept.account, how="passkey", at=at)
        writing.commit()
        return None
    operations.note_use(writing, kept, count, at=at)
    return kept.account


def _is_first(kept: Passkey, question: str, at: datetime) -> bool:
    is_open = kept.account.state is AccountState.ACTIVE
    return is_open and operations.spend_question(write_session(), question, at=at)


def _ask(purpose: str) -> str:
    """A fresh challenge, remembered in the cookie of this browser."""
    challenge = secrets.token_urlsafe(_CHALLENGE_BYTES)
    session[_QUESTION] = [challenge, int(now().timestamp()), purpose]
    return challenge


def _asked(purpose: str, at: datetime) -> str | None:
    """The challenge this browser was asked for this purpose, taken out; None when there is none or it is too old."""
    kept: list[Any] | None = session.pop(_QUESTION, None)
    if kept is None:
        return None
    challenge, asked_at, asked_for = kept  # the cookie is signed: what lies in it is what we put there
    if asked_for != purpose or at.timestamp() - int(asked_at) > QUESTION_LASTS.total_seconds():
        return None
    return str(challenge)


def _sign_in_page(form: Any, wrong: str = "") -> str:
    question = _protocol().question_for_sign_in(_site(), _ask(_TO_SIGN_IN))
    return render_template("accounts/passkey_step.html", form=form, question=question, wrong=wrong)


def _adding_page(form: Any, own: Member) -> str:
    site = _site()
    form.answer.data = ""
    known = [one.credential_id for one in queries.passkeys_of(db_session(), own.id)]
    named = (own.public_id, own.email, own.display_name)
    question = _protocol().question_for_new(site, _ask(_TO_ADD), named, known)
    return render_template("accounts/passkey_new.html", form=form, question=question)
