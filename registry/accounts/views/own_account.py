"""One's own account: where one is signed in, ending sign-ins, changing the password."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from registry.accounts import operations, queries
from registry.accounts.access import (
    current_account,
    current_sign_in,
    current_viewer,
    proved_lately,
    remember_sign_in,
    signed_in_only,
    tools,
)
from registry.accounts.forms import ROLE_WORDS, ChangePasswordForm, password_sentence
from registry.accounts.models import Account
from registry.accounts.queries import Member
from registry.accounts.rules import Role, device_name
from registry.accounts.views.blueprint import bp
from registry.accounts.views.passkeys import passkey_site
from registry.accounts.views.postman import letter_paper
from registry.accounts.views.proof import prove
from registry.accounts.views.provider import sign_on_label
from registry.accounts.views.second_factor import is_mandatory
from registry.accounts.views.words import alert_sentence, wait_sentence
from registry.web.clock import now
from registry.web.database import db_session
from registry.web.errors import NotVisible
from registry.web.i18n import gettext as _


@bp.get("/tai-khoan")
@signed_in_only
def own_account() -> ResponseReturnValue:
    """Who I am here, with which roles, and where I am signed in."""
    session = db_session()
    account = current_account()
    grants = current_viewer().grants
    names = tools().scopes.names(session, {grant.scope.unit_path for grant in grants})
    roles = [
        (str(ROLE_WORDS[grant.role]), "" if grant.role is Role.CANDIDATE else names[grant.scope.unit_path])
        for grant in grants
    ]
    told = queries.alerts_about_itself(session, account.id)
    return render_template(
        "accounts/own_account.html",
        own=account,
        waiting_email=operations.waiting_email(session, account.id, at=now()),
        roles=roles,
        entries=queries.running_sign_ins(session, account.id, now()),
        this=current_sign_in().public_id,
        codes_left=queries.recovery_codes_left(session, account.id),
        is_mandatory=is_mandatory(),
        passkeys=queries.passkeys_of(session, account.id),
        has_passkeys=passkey_site() is not None,
        sign_on=sign_on_label(),
        identities=queries.identities_of(session, account.id),
        alerts=[(alert_sentence(alert.kind), alert.raised_at) for alert in told],
    )


@bp.post("/tai-khoan/phien/<ma>/ket-thuc")
@signed_in_only
def end_own_sign_in(ma: str) -> ResponseReturnValue:
    """End one of my sign-ins, on whatever device it is."""
    session = db_session()
    account = current_account()
    entry = queries.own_sign_in(session, account.id, ma)
    if entry is None:
        raise NotVisible
    operations.end_sign_in(session, entry, because="ended_by_owner", by=account.id, at=now())
    session.commit()
    flash(_("Đã kết thúc phiên đăng nhập."), "ok")
    return redirect(url_for("accounts.own_account"), 303)


@bp.post("/tai-khoan/phien/ket-thuc")
@signed_in_only
def end_other_sign_ins() -> ResponseReturnValue:
    """End all my sign-ins but this one."""
    session = db_session()
    account = session.get_one(Account, current_account().id)
    this = current_sign_in().id
    operations.end_all_sign_ins(
        session, account, because="ended_by_owner", at=now(), by=account.id, except_id=this
    )
    session.commit()
    flash(_("Đã đăng xuất ở mọi nơi khác."), "ok")
    return redirect(url_for("accounts.own_account"), 303)


@bp.post("/tai-khoan/da-doc")
@signed_in_only
def read_own_alerts() -> ResponseReturnValue:
    """Note that I have read what happened to my sign-in."""
    session = db_session()
    operations.mark_read(session, current_account().id, at=now(), subject_kind="account")
    session.commit()
    return redirect(url_for("accounts.own_account"), 303)


@bp.get("/tai-khoan/mat-khau")
@signed_in_only
@proved_lately
def change_password() -> ResponseReturnValue:
    """The form for a new password; a temporary one leads here from every page."""
    return render_template(
        "accounts/change_password.html", form=ChangePasswordForm(formdata=None), own=current_account()
    )


@bp.post("/tai-khoan/mat-khau")
@signed_in_only
@proved_lately
def submit_password() -> ResponseReturnValue:
    """Set a new password after the old one is proved; every other sign-in of mine ends."""
    form = ChangePasswordForm()
    account = current_account()
    code = _check_password(form, account) if form.validate() else 422
    if code:
        return render_template("accounts/change_password.html", form=form, own=account), code
    new_hash = tools().hashing.hash(str(form.password.data))
    session, at = db_session(), now()
    kept = session.get_one(Account, account.id)
    operations.change_password(session, kept, new_hash, by=account.id, at=at)
    device = device_name(request.headers.get("User-Agent", ""))
    operations.write_to(session, letter_paper(session), "password_changed", kept.email, at=at, account=kept)
    proved_at = current_sign_in().proved_at
    token = operations.rotate_sign_in(session, kept, device=device, at=at, proved_at=proved_at)
    session.commit()
    remember_sign_in(token)
    flash(_("Đã đổi mật khẩu. Các phiên đăng nhập khác đã kết thúc."), "ok")
    return redirect(url_for("accounts.own_account"), 303)


def _check_password(form: ChangePasswordForm, account: Member) -> int:
    """The status of a refusal with its sentence put on the field; 0 when the change may go on."""
    fault = operations.fault_of(str(form.password.data), [account.email, account.display_name])
    if fault is not None:
        form.password.errors = [password_sentence(fault)]
        return 422
    proof = prove(account.email, str(form.current.data), now())
    if proof.wait_seconds:
        form.current.errors = [wait_sentence(proof.wait_seconds)]
        return 429
    if proof.account is None:
        form.current.errors = [_("Mật khẩu hiện nay không đúng")]
        return 422
    if form.password.data == form.current.data:
        form.password.errors = [_("Chọn mật khẩu khác với mật khẩu hiện nay")]
        return 422
    return 0
