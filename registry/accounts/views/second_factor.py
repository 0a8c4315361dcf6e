"""One's own second factor: enrolling an authenticator app, recovery codes, going without where that is allowed."""

import segno
from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from registry.accounts import operations, queries
from registry.accounts.access import (
    current_account,
    current_sign_in,
    proved_lately,
    remember_sign_in,
    signed_in_only,
)
from registry.accounts.forms import CodeForm
from registry.accounts.models import Account
from registry.accounts.queries import Member
from registry.accounts.rules import device_name
from registry.accounts.rules.second_factor import (
    enrolment_address,
    must_have_second_factor,
    spelled_secret,
)
from registry.accounts.views.blueprint import bp
from registry.web.clock import now
from registry.web.database import db_session
from registry.web.errors import NotVisible
from registry.web.i18n import gettext as _
from registry.web.installation import installation


def is_mandatory() -> bool:
    """Whether a role in force demands a second factor of whoever is signed in."""
    return must_have_second_factor(one.role for one in current_sign_in().grants)


@bp.get("/tai-khoan/hai-lop")
@signed_in_only
def enrol() -> ResponseReturnValue:
    """The secret for an authenticator app, as a picture and as text; looking at it changes nothing."""
    return _page(CodeForm(formdata=None), current_account())


@bp.post("/tai-khoan/hai-lop")
@signed_in_only
@proved_lately
def submit_enrolment() -> ResponseReturnValue:
    """Enrol with a first code; every other sign-in of mine ends. The recovery codes are shown now and never again."""
    form, session, at = CodeForm(), db_session(), now()
    if not form.validate():
        return _page(form, current_account()), 422
    account = session.get_one(Account, current_account().id)
    secret = operations.offered_secret(session, account, current_sign_in().public_id)
    codes = operations.enrol(session, account, secret, str(form.code.data), by=account.id, at=at)
    if codes is None:
        session.rollback()
        form.code.errors = [_("Mã không khớp. Gõ mã đang hiện; đồng hồ điện thoại phải đúng giờ")]
        return _page(form, current_account()), 422
    _rotate(account)
    return _codes_page(codes, is_new=True)


@bp.post("/tai-khoan/hai-lop/ma-du-phong")
@signed_in_only
@proved_lately
def renew_recovery_codes() -> ResponseReturnValue:
    """Fresh recovery codes, shown now and never again."""
    session = db_session()
    account = session.get_one(Account, current_account().id)
    if account.totp_since is None:
        raise NotVisible
    codes = operations.renew_recovery_codes(session, account, by=account.id, at=now())
    session.commit()
    return _codes_page(codes, is_new=False)


@bp.post("/tai-khoan/hai-lop/tat")
@signed_in_only
@proved_lately
def remove_second_factor() -> ResponseReturnValue:
    """Go without a second factor, which only whoever need not have one may do."""
    session = db_session()
    account = session.get_one(Account, current_account().id)
    if account.totp_since is None or is_mandatory():
        raise NotVisible
    operations.remove_second_factor(session, account, by=account.id, at=now())
    _rotate(account)
    flash(_("Đã tắt đăng nhập hai lớp. Các phiên đăng nhập khác đã kết thúc."), "ok")
    return redirect(url_for("accounts.own_account"), 303)


def _rotate(account: Account) -> None:
    """All sign-ins have ended: open a new one for whoever did it, with the proof they gave. Commits."""
    session = db_session()
    device = device_name(request.headers.get("User-Agent", ""))
    proved_at = current_sign_in().proved_at
    token = operations.rotate_sign_in(session, account, device=device, at=now(), proved_at=proved_at)
    session.commit()
    remember_sign_in(token)


def _page(form: CodeForm, own: Member) -> str:
    session = db_session()
    account = session.get_one(Account, own.id)
    secret = operations.offered_secret(session, account, current_sign_in().public_id)
    issuer = installation(session).tenant.name
    return render_template(
        "accounts/enrol.html",
        form=form,
        own=account,
        picture=_picture(enrolment_address(secret, account.email, issuer)),
        secret=spelled_secret(secret),
        is_mandatory=is_mandatory(),
    )


def _picture(address: str) -> Markup:
    """The QR code as SVG: shapes and classes only, so that the content policy lets it be."""
    made = segno.make(address, error="m", micro=False)
    drawn = made.svg_inline(scale=5, border=4, light="#fff", lineclass=None, svgclass="qr", omitsize=True)
    return Markup(drawn)  # noqa: S704 - drawn here; the address is turned into squares


def _codes_page(codes: list[str], *, is_new: bool) -> str:
    """The recovery codes: an answer to the POST itself, since a redirect would have to carry them."""
    return render_template(
        "accounts/recovery_codes.html",
        own=current_account(),
        codes=codes,
        is_new=is_new,
        left=queries.recovery_codes_left(db_session(), current_account().id),
    )
