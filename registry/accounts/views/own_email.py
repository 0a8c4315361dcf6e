"""Another address for one's own account: asked for with the password, used once the new address is confirmed."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from registry.accounts import operations
from registry.accounts.access import (
    current_account,
    proved_lately,
    public,
    signed_in_account,
    signed_in_only,
)
from registry.accounts.forms import OwnEmailForm
from registry.accounts.models import Account
from registry.accounts.queries import Member
from registry.accounts.rules import folded_email
from registry.accounts.rules.links import LIFETIME, LinkPurpose
from registry.accounts.views.blueprint import bp
from registry.accounts.views.postman import letter_paper, letter_wait, told_to_wait
from registry.accounts.views.proof import prove
from registry.accounts.views.registering import over_page
from registry.accounts.views.words import wait_sentence
from registry.web.clock import now
from registry.web.database import db_session
from registry.web.i18n import gettext as _


@bp.get("/tai-khoan/thu-dien-tu")
@signed_in_only
def change_email() -> ResponseReturnValue:
    """The form for another address."""
    return _page(OwnEmailForm(formdata=None), current_account())


@bp.post("/tai-khoan/thu-dien-tu")
@signed_in_only
@proved_lately
def submit_email() -> ResponseReturnValue:
    """Write to the new address and to the present one; the same answer whether the new one has an account or not."""
    form = OwnEmailForm()
    code = _refusal(form) if form.validate() else 422
    if code:
        return _page(form, current_account()), code
    session = db_session()
    account = session.get_one(Account, current_account().id)
    operations.ask_for_email(session, account, str(form.email.data), letter_paper(session), at=now())
    session.commit()
    flash(_("Đã gửi thư tới địa chỉ mới. Địa chỉ chỉ đổi sau khi bạn mở thư đó và xác nhận."), "ok")
    return redirect(url_for(".own_account"), 303)


@bp.post("/tai-khoan/thu-dien-tu/gui-lai")
@signed_in_only
def send_email_letter_again() -> ResponseReturnValue:
    """Write once more to the address that waits to be confirmed; what was proved when it was typed holds."""
    session, at = db_session(), now()
    email = operations.waiting_email(session, current_account().id, at=at)
    if email and not told_to_wait(email):
        session = db_session()
        account = session.get_one(Account, current_account().id)
        operations.ask_for_email(session, account, email, letter_paper(session), at=at)
        session.commit()
    return redirect(url_for(".own_account"), 303)


def _refusal(form: OwnEmailForm) -> int:
    """The status of a refusal with its sentence on the field; 0 when the letters may be written."""
    account = current_account()
    if folded_email(str(form.email.data)) == folded_email(account.email):
        form.email.errors = [_("Nhập địa chỉ khác với địa chỉ hiện nay")]
        return 422
    proof = prove(account.email, str(form.current.data), now())
    if proof.wait_seconds:
        form.current.errors = [wait_sentence(proof.wait_seconds)]
        return 429
    if proof.account is None:
        form.current.errors = [_("Mật khẩu hiện nay không đúng")]
        return 422
    wait = letter_wait(str(form.email.data))
    if wait:
        form.email.errors = [wait_sentence(wait)]
        return 429
    return 0


@bp.route("/xac-nhan-thu/<ma>", methods=["GET", "POST"])
@public
def confirm_email(ma: str) -> ResponseReturnValue:
    """The link of the letter to the new address; pressing the button makes it the account's, on whatever device."""
    session, at = db_session(), now()
    link = operations.live_link(session, LinkPurpose.EMAIL, ma, at=at)
    if link is None or operations.active_owner(session, link) is None:
        return over_page(LinkPurpose.EMAIL)
    if request.method != "POST":  # a mail scanner also asks with HEAD
        email = operations.payload_of(session, link)
        return render_template("accounts/confirm_email.html", email=email)
    account = operations.set_confirmed_email(session, link, letter_paper(session), at=at)
    session.commit()
    if account is None:
        return over_page(LinkPurpose.EMAIL)
    flash(_("Tài khoản nay dùng địa chỉ thư mới. Từ lần sau, đăng nhập bằng địa chỉ này."), "ok")
    return redirect(url_for(".sign_in" if signed_in_account() is None else ".own_account"), 303)


def _page(form: OwnEmailForm, own: Member) -> str:
    minutes = int(LIFETIME[LinkPurpose.EMAIL].total_seconds() // 60)
    return render_template("accounts/change_email.html", form=form, own=own, minutes=minutes)
