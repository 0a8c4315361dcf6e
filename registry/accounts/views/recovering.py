"""A forgotten password: asked for, answered alike for everybody, set anew behind the link of the letter."""

from base64 import urlsafe_b64decode, urlsafe_b64encode

from flask import flash, redirect, render_template, request, url_for
from flask import session as cookie
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from registry.accounts import operations
from registry.accounts.access import forget_sign_in, public, tools
from registry.accounts.forms import ForgottenForm, NewPasswordForm, password_sentence
from registry.accounts.models import Account
from registry.accounts.rules.links import LinkPurpose
from registry.accounts.views.blueprint import bp
from registry.accounts.views.postman import letter_paper, letter_wait, told_to_wait
from registry.accounts.views.registering import mailbox_page, over_page
from registry.accounts.views.words import wait_sentence
from registry.db.keys import WrongKey, keyring_of
from registry.web.clock import now
from registry.web.database import db_session, write_session
from registry.web.i18n import gettext as _

# The address somebody typed who forgot the password, for the button that sends the letter once more.
_FORGOTTEN = "forgotten_email"


@bp.get("/quen-mat-khau")
@public
def forgotten() -> ResponseReturnValue:
    """Whose password?"""
    return render_template("accounts/forgotten.html", form=ForgottenForm(formdata=None))


@bp.post("/quen-mat-khau")
@public
def submit_forgotten() -> ResponseReturnValue:
    """Write to the address; the same steps and the same page whether an account has it or not."""
    form = ForgottenForm()
    code = 0 if form.validate() else 422
    wait = 0 if code else letter_wait(str(form.email.data))
    if wait:
        form.email.errors = [wait_sentence(wait)]
        code = 429
    if code:
        return render_template("accounts/forgotten.html", form=form), code
    session = write_session()
    operations.ask_for_password(session, str(form.email.data), letter_paper(session), at=now())
    session.commit()
    _remember(session, str(form.email.data))
    return redirect(url_for(".password_letter_sent"), 303)


@bp.get("/quen-mat-khau/da-gui")
@public
def password_letter_sent() -> ResponseReturnValue:
    """«Look into your mailbox»."""
    return mailbox_page(LinkPurpose.PASSWORD)


@bp.post("/quen-mat-khau/gui-lai")
@public
def send_password_letter_again() -> ResponseReturnValue:
    """Write once more to the address that was typed in this browser; the same answer whether it is known or not."""
    session = write_session()
    email = _remembered(session)
    if not email:
        return redirect(url_for(".forgotten"), 303)
    if not told_to_wait(email):
        session = write_session()
        operations.ask_for_password(session, email, letter_paper(session), at=now())
        session.commit()
    return redirect(url_for(".password_letter_sent"), 303)


def _remember(session: Session, email: str) -> None:
    """Keep in this browser which address was typed, sealed: the cookie tells nobody."""
    cookie[_FORGOTTEN] = urlsafe_b64encode(keyring_of(session).seal(email, _FORGOTTEN)).decode()


def _remembered(session: Session) -> str:
    try:
        return keyring_of(session).open(urlsafe_b64decode(str(cookie.get(_FORGOTTEN, ""))), _FORGOTTEN)
    except (ValueError, WrongKey):
        return ""


@bp.route("/quen-mat-khau/<ma>", methods=["GET", "POST"])
@public
def new_password(ma: str) -> ResponseReturnValue:
    """Set a new password. It signs nobody in: the sign-in page asks for the password and for a second factor."""
    session = db_session()
    link = operations.live_link(session, LinkPurpose.PASSWORD, ma, at=now())
    account = None if link is None else operations.active_owner(session, link)
    if account is None:
        return over_page(LinkPurpose.PASSWORD)
    form = NewPasswordForm()
    if request.method != "POST" or not _may_be_set(form, account):
        page = render_template("accounts/new_password.html", form=form, email=account.email)
        return page, 422 if request.method == "POST" else 200
    session.rollback()  # the slow hash below must not hold the writer's place
    new_hash, at = tools().hashing.hash(str(form.password.data)), now()
    link = operations.live_link(session, LinkPurpose.PASSWORD, ma, at=at)
    if (
        link is None
        or operations.set_forgotten_password(session, link, new_hash, letter_paper(session), at=at) is None
    ):
        return over_page(LinkPurpose.PASSWORD)
    session.commit()
    forget_sign_in()
    flash(_("Đã đặt mật khẩu mới và kết thúc mọi phiên đăng nhập. Đăng nhập bằng mật khẩu mới."), "ok")
    return redirect(url_for(".sign_in"), 303)


def _may_be_set(form: NewPasswordForm, account: Account) -> bool:
    if not form.validate():
        return False
    fault = operations.fault_of(str(form.password.data), [account.email, account.display_name])
    if fault is not None:
        form.password.errors = [password_sentence(fault)]
    return fault is None
