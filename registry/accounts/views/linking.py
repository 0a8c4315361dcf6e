"""Which account an identity of the sign-in service is to open: a new one, one that is proved, or one's own."""

from datetime import datetime
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask import session as cookie
from flask.typing import ResponseReturnValue

from registry.accounts import operations, queries
from registry.accounts.access import (
    current_account,
    proved_lately,
    public,
    signed_in_account,
    signed_in_only,
    tools,
)
from registry.accounts.forms import KnownPasswordForm, LetterCodeForm, SignOnAccountForm, password_sentence
from registry.accounts.models import Account
from registry.accounts.operations import IdentityTaken, WantedAccount
from registry.accounts.rules.links import LIFETIME, LinkPurpose, typed_code
from registry.accounts.rules.sign_on import IDENTITY_LASTS
from registry.accounts.views.blueprint import bp
from registry.accounts.views.joined import page_after_joining
from registry.accounts.views.letters_shown import has_inbox
from registry.accounts.views.postman import letter_paper, letter_wait
from registry.accounts.views.proof import prove
from registry.accounts.views.provider import (
    Came,
    forget_identity,
    opened_identity,
    remembered_identity,
    sealed_identity,
    sign_on_label,
    the_provider,
)
from registry.accounts.views.sign_on import HOW, is_allowed, not_allowed
from registry.accounts.views.signing_in import enter
from registry.accounts.views.words import wait_sentence
from registry.web.clock import now
from registry.web.database import db_session, write_session
from registry.web.errors import NotVisible
from registry.web.i18n import gettext as _

# What was sent to prove an account in this browser: a public id.
_LETTER = "sign_on_letter"
_MINUTES = int(LIFETIME[LinkPurpose.SIGN_ON].total_seconds() // 60)


@bp.get("/dang-nhap/mot-lan/tiep")
@public
def sign_on_step() -> ResponseReturnValue:
    """For whoever came back without an account that is linked: a new account, or a proof of the one there is."""
    if signed_in_account() is not None:
        return redirect(url_for(".own_account"), 303)
    came = remembered_identity(db_session(), now())
    return _over() if came is None else _page(came)


@bp.post("/dang-nhap/mot-lan/tiep")
@public
def submit_sign_on_step() -> ResponseReturnValue:
    """A name and password make the account; the password of the one there is proves it."""
    at = now()
    came = remembered_identity(db_session(), at)
    if came is None:
        return _over()
    account = _account_of(came)
    if not came.identity.email or (account is not None and account.totp_since is not None):
        return _page(came)
    return _new_account(came, at) if account is None else _proved_by_password(came, account, at)


@bp.post("/dang-nhap/mot-lan/thu")
@public
def send_sign_on_code() -> ResponseReturnValue:
    """Send a code to the account's address, for whoever has forgotten its password."""
    session, at = write_session(), now()
    came = remembered_identity(session, at)
    account = None if came is None else _account_of(came)
    if came is None or account is None or account.totp_since is not None:
        return _over()
    wait = letter_wait(account.email)
    if wait:
        flash(wait_sentence(wait), "warn")
        return redirect(url_for(".sign_on_step"), 303)
    cookie[_LETTER] = operations.ask_to_link(session, account, letter_paper(session), at=at)
    session.commit()
    flash(_("Đã gửi mã tới thư điện tử của bạn."), "ok")  # a cookie carries it: no address
    return redirect(url_for(".sign_on_step"), 303)


@bp.post("/dang-nhap/mot-lan/ma")
@public
def submit_sign_on_code() -> ResponseReturnValue:
    """The code of the letter proves the account."""
    session, at = write_session(), now()
    came = remembered_identity(session, at)
    if came is None:
        return _over()
    form = LetterCodeForm()
    if not form.validate():
        return _page(came, code_form=form), 422
    code = typed_code(str(form.code.data))
    link = operations.try_code(
        session, str(cookie.get(_LETTER, "")), code, at=at, purpose=LinkPurpose.SIGN_ON
    )
    session.commit()  # the try counts, whatever comes of it
    account = _account_of(came)
    is_right = link is not None and account is not None and link.account_id == account.id
    if link is None or account is None or not is_right or not operations.use_link(session, link, at=at):
        form.code.errors = [_("Mã không đúng, đã dùng hoặc đã hết hạn. Xem lại thư mới nhất hoặc gửi mã mới")]
        return _page(came, code_form=form), 422
    return _linked(came, account, at)


@bp.get("/tai-khoan/mot-lan")
@signed_in_only
def link_own() -> ResponseReturnValue:
    """«Link this identity to my account?» Asked, so that nobody links theirs to the account of somebody else."""
    session, at = db_session(), now()
    came = remembered_identity(session, at)
    if came is None:
        return redirect(url_for(".own_account"), 303)
    word = sealed_identity(session, came, at, owner=current_account().public_id)
    return render_template(
        "accounts/link_own.html", identity=came.identity, word=word, service=sign_on_label()
    )


@bp.post("/tai-khoan/mot-lan")
@signed_in_only
@proved_lately
def submit_link_own() -> ResponseReturnValue:
    """Link it."""
    session, at = write_session(), now()
    account = session.get_one(Account, current_account().id)
    came = opened_identity(session, request.form.get("identity", ""), at, owner=account.public_id)
    forget_identity()
    if came is None:
        flash(_("Trang mở đã quá lâu. Nối lại từ đầu."), "warn")
        return redirect(url_for(".own_account"), 303)
    if not is_allowed(the_provider().settings, account):
        flash(_("Tài khoản của bạn có vai trò chỉ đăng nhập bằng mật khẩu, nên không nối được."), "warn")
        return redirect(url_for(".own_account"), 303)
    if _link(came, account, at):
        session.commit()
        flash(_("Đã nối. Lần sau bạn đăng nhập được bằng %(service)s.", service=sign_on_label()), "ok")
    return redirect(url_for(".own_account"), 303)


@bp.post("/tai-khoan/mot-lan/<ma>/go")
@signed_in_only
@proved_lately
def unlink_own(ma: str) -> ResponseReturnValue:
    """The identity opens my account no more; the password stays."""
    session, at = db_session(), now()
    account = session.get_one(Account, current_account().id)
    kept = next((one for one in queries.identities_of(session, account.id) if one.public_id == ma), None)
    if kept is None:
        raise NotVisible
    operations.unlink_identity(session, account, kept, by=account.id, at=at)
    session.commit()
    flash(_("Đã gỡ. Từ nay đăng nhập bằng mật khẩu."), "ok")
    return redirect(url_for(".own_account"), 303)


def _account_of(came: Came) -> Account | None:
    """The account that has the verified address; None when none has, or no address is verified."""
    email = came.identity.email
    return queries.account_by_email(db_session(), email) if email else None


def _new_account(came: Came, at: datetime) -> ResponseReturnValue:
    """An account as registering by letter makes one: with a password too, for days on which the service is away."""
    form = SignOnAccountForm()
    email, name = came.identity.email, str(form.display_name.data)
    if form.validate():
        fault = operations.fault_of(str(form.password.data), [email, name])
        if fault is not None:
            form.password.errors = [password_sentence(fault)]
    if form.errors:
        return _page(came, form), 422
    db_session().rollback()  # the slow hash below must not hold the writer's place
    wanted = WantedAccount(email, name, tools().hashing.hash(str(form.password.data)))
    session = write_session()
    account = operations.make_candidate(session, wanted, at=at)
    if account is None or not _link(came, account, at):
        session.rollback()
        return redirect(url_for(".sign_on_step"), 303)
    session.commit()
    forget_identity()
    return enter(account.id, at, page_after_joining(), how=HOW) or _over()


def _proved_by_password(came: Came, account: Account, at: datetime) -> ResponseReturnValue:
    form = KnownPasswordForm()
    if not form.validate():
        return _page(came, form), 422
    db_session().rollback()
    proof = prove(account.email, str(form.password.data), at)
    if proof.wait_seconds:
        form.password.errors = [wait_sentence(proof.wait_seconds)]
        return _page(came, form), 429
    if proof.account is None:
        form.password.errors = [_("Mật khẩu không đúng")]
        return _page(came, form), 422
    return _linked(came, proof.account, at)


def _linked(came: Came, proved: Account, at: datetime) -> ResponseReturnValue:
    """Link the account that was just proved, and in."""
    session = write_session()
    account = session.get_one(Account, proved.id)
    if not is_allowed(the_provider().settings, account):
        session.commit()
        return not_allowed()
    if not _link(came, account, at):
        return redirect(url_for(".sign_in"), 303)
    session.commit()
    forget_identity()
    return enter(account.id, at, came.following, how=HOW) or _over()


def _link(came: Came, account: Account, at: datetime) -> bool:
    """Link, with what is good once; says why not."""
    session = write_session()
    is_first = operations.spend_question(session, f"{HOW}\0{came.ticket}", at=at, lasts=IDENTITY_LASTS)
    try:
        if not is_first:
            raise IdentityTaken
        operations.link_identity(session, account, came.identity, by=account.id, at=at)
    except IdentityTaken:
        session.rollback()
        forget_identity()
        flash(
            _("Chưa nối được: danh tính hoặc tài khoản này đã nối với nơi khác. Gỡ mối nối cũ rồi thử lại."),
            "warn",
        )
        return False
    return True


def _over() -> ResponseReturnValue:
    forget_identity()
    flash(_("Lần đăng nhập này không dùng được. Bấm đăng nhập lại từ đầu, hoặc dùng mật khẩu."), "warn")
    return redirect(url_for(".sign_in"), 303)


def _page(came: Came, form: Any = None, *, code_form: Any = None) -> str:
    account = _account_of(came)
    if form is None:
        form = (
            KnownPasswordForm(formdata=None)
            if account is not None
            else SignOnAccountForm(formdata=None, display_name=came.identity.name)
        )
    return render_template(
        "accounts/sign_on_step.html",
        email=came.identity.email,
        name=came.identity.name,
        is_known=account is not None,
        has_factor=account is not None and account.totp_since is not None,
        form=form,
        code_form=code_form or (LetterCodeForm(formdata=None) if _LETTER in cookie else None),
        minutes=_MINUTES,
        service=sign_on_label(),
        has_inbox=has_inbox(),
    )
