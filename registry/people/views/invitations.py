"""«Mời nhận hồ sơ»: an officer sends the invitation, the person takes the record over behind its link."""

from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from registry.accounts import operations as accounts
from registry.accounts.access import public, require, tools
from registry.accounts.forms import KnownPasswordForm, NewPasswordForm, password_sentence
from registry.accounts.models import Account, SingleUseLink
from registry.accounts.operations import WantedAccount
from registry.accounts.queries import account_by_email
from registry.accounts.rules import Permission, Viewer, folded_email
from registry.accounts.rules.links import LinkPurpose
from registry.accounts.views.joined import page_after_joining
from registry.accounts.views.postman import letter_paper
from registry.accounts.views.proof import prove
from registry.accounts.views.registering import over_page
from registry.accounts.views.signing_in import enter
from registry.accounts.views.words import wait_sentence
from registry.people import operations, queries
from registry.people.models import Person
from registry.people.views.blueprint import bp
from registry.people.views.loading import open_named
from registry.web.clock import now, today
from registry.web.database import db_session, write_session
from registry.web.i18n import gettext as _


@dataclass(frozen=True)
class Invited:
    """A living invitation: its link, the record, the address it went to, the account that address has."""

    link: SingleUseLink
    person: Person
    address: str
    account: Account | None


@bp.post("/ung-vien/<ma>/moi")
@require(Permission.PEOPLE_WRITE)
def invite(ma: str) -> ResponseReturnValue:
    """Send the invitation to the person's address."""
    opened = open_named(ma)
    session = opened.session
    try:
        if _is_too_often(session, opened.person):
            return redirect(url_for(".show", ma=ma), 303)
        operations.invite_person(session, opened.person, letter_paper(session), by=opened.by, at=opened.at)
    except operations.AlreadyOwned:
        flash(_("Người này đã nhận hồ sơ, không cần mời nữa."), "info")
    except operations.NoAddress:
        flash(_("Hồ sơ chưa có địa chỉ thư điện tử. Thêm ở mục «Liên hệ» rồi mời lại."), "warn")
    else:
        session.commit()
        flash(_("Đã gửi thư mời. Lời mời trước đó, nếu có, không dùng được nữa."), "ok")
    return redirect(url_for(".show", ma=ma), 303)


def _is_too_often(session: Session, person: Person) -> bool:
    """Count the letter; True, with a sentence, when the address got many lately. Commits."""
    address = operations.address_of(session, person)
    if address is None or not tools().rate_limits:
        return False
    wait = accounts.claim_letter(session, folded_email(address), at=now())
    session.commit()
    if wait:
        flash(wait_sentence(-int(-wait.total_seconds() // 1)), "warn")
    return bool(wait)


@bp.route("/loi-moi/<ma>", methods=["GET", "POST"])
@public
def take_over(ma: str) -> ResponseReturnValue:
    """Take the record over: with a new password, or with that of the account the address has already."""
    session = db_session()
    invited = _invited(session, ma)
    if invited is None:
        return over_page(LinkPurpose.INVITATION, url_for(".send_invitation_again", ma=ma))
    return _with_new_account(session, ma, invited) if invited.account is None else _with_own_account(invited)


@bp.post("/loi-moi/<ma>/gui-lai")
@public
def send_invitation_again(ma: str) -> ResponseReturnValue:
    """Invite once more whoever holds an invitation that is over; the same answer whatever the link is."""
    session = write_session()
    operations.invite_again(session, ma, letter_paper(session), at=now())
    session.commit()
    flash(
        _("Nếu lời mời còn hiệu lực, thư mời mới đang trên đường tới địa chỉ cũ. Xem hộp thư của bạn."), "ok"
    )
    return redirect(url_for("accounts.sign_in"), 303)


def _invited(session: Session, token: str) -> Invited | None:
    """The invitation, while its record is kept, is nobody's yet and still has the address it went to."""
    link = accounts.live_link(session, LinkPurpose.INVITATION, token, at=now())
    if link is None:
        return None
    person = queries.get_visible(session, Viewer.installation(), link.subject_id, on=today())
    address = accounts.payload_of(session, link)
    if person is None or person.account_id is not None:
        return None
    if not operations.is_address_of(session, person, address):
        return None
    return Invited(link, person, address, account_by_email(session, address))


def _with_new_account(session: Session, token: str, invited: Invited) -> ResponseReturnValue:
    form = NewPasswordForm()
    if request.method != "POST" or not _may_be_set(form, invited):
        return _page(form, invited), 422 if request.method == "POST" else 200
    session.rollback()  # the slow hash below must not hold the writer's place
    new_hash, at = tools().hashing.hash(str(form.password.data)), now()
    again = _invited(session, token)
    if again is None or again.account is not None:
        return over_page(LinkPurpose.INVITATION)
    wanted = WantedAccount(again.address, again.person.full_name, new_hash)
    account = operations.make_owner(session, again.link, again.person, wanted, at=at)
    if account is None:
        return over_page(LinkPurpose.INVITATION)
    session.commit()
    flash(_("Hồ sơ này nay là của bạn."), "ok")
    return enter(account.id, at, page_after_joining()) or over_page(LinkPurpose.INVITATION)


def _with_own_account(invited: Invited) -> ResponseReturnValue:
    """The account's password proves that both are the same person's; signing in stays the sign-in page's affair."""
    form, token = KnownPasswordForm(), request.view_args or {}
    if request.method != "POST":  # a mail scanner also asks with HEAD
        return _page(form, invited)
    code = _wrong_password(form, invited.address) if form.validate() else 422
    if code:
        return _page(form, invited), code
    session, at = db_session(), now()
    again = _invited(session, str(token.get("ma", "")))
    if again is None or again.account is None:
        return over_page(LinkPurpose.INVITATION)
    if not operations.accept_owner(session, again.link, again.person, again.account, at=at):
        return over_page(LinkPurpose.INVITATION)
    session.commit()
    flash(_("Hồ sơ này nay là của bạn. Đăng nhập để xem."), "ok")
    return redirect(url_for("accounts.sign_in"), 303)


def _wrong_password(form: KnownPasswordForm, address: str) -> int:
    """The status of a refusal with its sentence on the field; 0 when the password is right."""
    db_session().rollback()
    proof = prove(address, str(form.password.data), now())
    if proof.wait_seconds:
        form.password.errors = [wait_sentence(proof.wait_seconds)]
        return 429
    if proof.account is None:
        form.password.errors = [_("Mật khẩu không đúng")]
        return 422
    return 0


def _may_be_set(form: NewPasswordForm, invited: Invited) -> bool:
    if not form.validate():
        return False
    fault = accounts.fault_of(str(form.password.data), [invited.address, invited.person.full_name])
    if fault is not None:
        form.password.errors = [password_sentence(fault)]
    return fault is None


def _page(form: NewPasswordForm | KnownPasswordForm, invited: Invited) -> str:
    return render_template(
        "people/take_over.html", form=form, email=invited.address, is_known=invited.account is not None
    )
