"""Registering an account: the form, the code or link of the letter. The answer never tells whether an address is known."""

from flask import flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from registry.accounts import operations
from registry.accounts.access import public, signed_in_account, tools
from registry.accounts.forms import (
    ConfirmRegistrationForm,
    LetterCodeForm,
    RegistrationForm,
    password_sentence,
)
from registry.accounts.models import SingleUseLink
from registry.accounts.operations import WantedAccount
from registry.accounts.rules.links import LIFETIME, LinkPurpose, typed_code
from registry.accounts.views.blueprint import bp
from registry.accounts.views.joined import page_after_joining
from registry.accounts.views.letters_shown import has_inbox
from registry.accounts.views.postman import letter_paper, letter_wait, told_to_wait
from registry.accounts.views.signing_in import enter
from registry.accounts.views.words import wait_sentence
from registry.web.clock import now
from registry.web.database import db_session, write_session
from registry.web.i18n import gettext as _

# The registration this browser began: a public id, the same kind of thing whether the address was known or not.
_JOINING = "joining"


@bp.get("/dang-ky/tai-khoan")
@public
def register() -> ResponseReturnValue:
    """The form; whoever is signed in needs no account."""
    if signed_in_account() is not None:
        return redirect(page_after_joining(), 303)
    return render_template("accounts/register.html", form=RegistrationForm(formdata=None))


@bp.post("/dang-ky/tai-khoan")
@public
def submit_registration() -> ResponseReturnValue:
    """Write to the address, then the same page for everybody. The slow hash is made for everybody too."""
    form = RegistrationForm()
    code = _refusal(form)
    if code:
        page = render_template("accounts/register.html", form=form)
        return page, code
    email, name = str(form.email.data), str(form.display_name.data)
    wanted = WantedAccount(email, name, tools().hashing.hash(str(form.password.data)))
    writing = write_session()
    issued = operations.ask_for_account(writing, wanted, letter_paper(writing), at=now())
    writing.commit()
    session[_JOINING] = issued
    return redirect(url_for(".await_code"), 303)


def _refusal(form: RegistrationForm) -> int:
    """The status of a refusal with its sentence on the field; 0 when a letter may be written."""
    if not form.validate():
        return 422
    email, name = str(form.email.data), str(form.display_name.data)
    fault = operations.fault_of(str(form.password.data), [email, name])
    if fault is not None:
        form.password.errors = [password_sentence(fault)]
        return 422
    wait = letter_wait(email)
    if wait:
        form.email.errors = [wait_sentence(wait)]
        return 429
    return 0


@bp.get("/dang-ky/tai-khoan/xac-nhan")
@public
def await_code() -> ResponseReturnValue:
    """«Look into your mailbox», with a field for the code."""
    return _mailbox_page(LetterCodeForm(formdata=None))


@bp.post("/dang-ky/tai-khoan/gui-lai")
@public
def send_code_again() -> ResponseReturnValue:
    """Write once more to the address that was typed in this browser; the same answer whether it is known or not."""
    writing, at = write_session(), now()
    issued = str(session.get(_JOINING, ""))
    wanted = operations.waiting_account(writing, issued, at=at)
    if wanted is None:
        flash(_("Đã quá lâu. Đăng ký lại để nhận thư mới."), "info")
        return redirect(url_for(".register"), 303)
    if not told_to_wait(wanted.email):
        writing = write_session()
        session[_JOINING] = operations.ask_for_account_again(writing, issued, letter_paper(writing), at=at)
        writing.commit()
    return redirect(url_for(".await_code"), 303)


@bp.post("/dang-ky/tai-khoan/xac-nhan")
@public
def submit_code() -> ResponseReturnValue:
    """The code of the letter makes the account and signs its owner in."""
    form = LetterCodeForm()
    if not form.validate():
        return _mailbox_page(form), 422
    writing, at = write_session(), now()
    code = typed_code(str(form.code.data))
    link = operations.try_code(writing, str(session.get(_JOINING, "")), code, at=at)
    writing.commit()  # the try counts, whatever comes of it
    if link is None:
        form.code.errors = [
            _("Mã không đúng, đã dùng hoặc đã hết hạn. Xem lại thư mới nhất hoặc đăng ký lại")
        ]
        return _mailbox_page(form), 422
    return _joined(link)


@bp.route("/dang-ky/tai-khoan/lien-ket/<ma>", methods=["GET", "POST"])
@public
def confirm_registration(ma: str) -> ResponseReturnValue:
    """The link of the letter. Opening it changes nothing, since mail scanners do; pressing «Confirm» does.

    Another browser than the one that registered asks for the password that was chosen: else whoever registers the
    address of somebody else would have its owner confirm an account whose password they know.
    """
    link = operations.live_link(db_session(), LinkPurpose.REGISTRATION, ma, at=now())
    wanted = None if link is None else operations.wanted_account(db_session(), link)
    if link is None or wanted is None:
        return over_page(LinkPurpose.REGISTRATION)
    is_here = session.get(_JOINING) == link.public_id
    form = ConfirmRegistrationForm()
    if request.method != "POST":  # a mail scanner also asks with HEAD
        return _confirm_page(form, wanted, is_here=is_here)
    code = 0 if is_here else _wrong_password(form, link, wanted)
    if code == 410:
        return over_page(LinkPurpose.REGISTRATION)
    if code:
        return _confirm_page(form, wanted, is_here=False), code
    return _joined(link)


def _wrong_password(form: ConfirmRegistrationForm, link: SingleUseLink, wanted: WantedAccount) -> int:
    """The status of a refusal when the password is not the one that was chosen; 0 when it is.

    Every try counts: 410 after five, or when the link was used meanwhile.
    """
    if not form.validate():
        return 422
    writing = db_session()
    is_counted = operations.count_link_try(writing, link, at=now())
    writing.commit()
    if not is_counted:
        return 410
    if tools().hashing.verify(wanted.password_hash, str(form.password.data)):
        return 0
    form.password.errors = [
        _("Mật khẩu không đúng. Sau năm lần sai, đăng ký lại để nhận thư mới"),
    ]
    return 422


def _joined(link: SingleUseLink) -> ResponseReturnValue:
    writing, at = write_session(), now()
    account = operations.make_wanted_account(writing, link, at=at)
    writing.commit()
    if account is None:
        return over_page(LinkPurpose.REGISTRATION)
    return enter(account.id, at, page_after_joining()) or over_page(LinkPurpose.REGISTRATION)


def _mailbox_page(form: LetterCodeForm) -> str:
    return mailbox_page(LinkPurpose.REGISTRATION, form)


def _confirm_page(form: ConfirmRegistrationForm, wanted: WantedAccount, *, is_here: bool) -> str:
    return render_template(
        "accounts/confirm_registration.html", form=form, email=wanted.email, is_here=is_here
    )


def mailbox_page(purpose: LinkPurpose, form: LetterCodeForm | None = None) -> str:
    """«Look into your mailbox»: the same for everybody who asked."""
    minutes = int(LIFETIME[purpose].total_seconds() // 60)
    return render_template(
        "accounts/mailbox.html", form=form, minutes=minutes, purpose=purpose.value, has_inbox=has_inbox()
    )


def over_page(purpose: LinkPurpose, again: str = "") -> ResponseReturnValue:
    """A link that is used up, too old or none at all: one page for all, with the way to a new one."""
    return render_template("accounts/link_over.html", purpose=purpose.value, again=again), 410
