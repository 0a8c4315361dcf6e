"""Signing in with the service of the installation: going there, and coming back with a code."""

from datetime import datetime
from functools import lru_cache
from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from registry.accounts import operations, queries
from registry.accounts.access import public, signed_in_account, tools
from registry.accounts.models import LinkedIdentity
from registry.accounts.operations.throttle import source_mark
from registry.accounts.rules.sign_on import (
    QUESTION_LASTS,
    Asked,
    ClaimNames,
    Identity,
    NotTrusted,
    check_answer,
    identity_of,
    may_use,
    roles_of,
)
from registry.accounts.views.blueprint import bp
from registry.accounts.views.provider import (
    Begun,
    answered_question,
    ask_question,
    forget_identity,
    remember_identity,
    sign_on_label,
    the_provider,
    way_back,
)
from registry.accounts.views.signing_in import enter
from registry.accounts.views.words import wait_sentence
from registry.config import SignOnSettings
from registry.web.clock import now, today
from registry.web.database import write_session
from registry.web.i18n import gettext as _
from registry.web.limits import client_network
from registry.web.openid import CodeRefused, OpenIdProvider, ProviderAway
from registry.web.redirects import local_path

HOW = "sign_on"


@bp.get("/dang-nhap/mot-lan")
@public
def sign_on() -> ResponseReturnValue:
    """Send the browser to the service, with a question that must come back."""
    service, at = the_provider(), now()
    question = ask_question(at, local_path(request.args.get("next"), ""))
    try:
        return redirect(service.address(question, way_back()), 303)
    except ProviderAway:
        return _away()


@bp.get("/dang-nhap/mot-lan/ve")
@public
def sign_on_back() -> ResponseReturnValue:
    """Take the code the browser brings back: once, in the browser that was sent, for the question it was sent with."""
    service, at = the_provider(), now()
    begun = answered_question(_one("state"), at)
    if begun is None:
        return _refused("question", at)
    session = write_session()
    is_first = operations.spend_question(
        session, f"{HOW}\0{begun.question.state}", at=at, lasts=QUESTION_LASTS
    )
    wait = operations.claim_sign_on(session, client_network(), at=at) if tools().rate_limits else None
    session.commit()
    if not is_first:
        return _refused("question_again", at)
    if wait:
        flash(wait_sentence(-int(-wait.total_seconds() // 1)), "warn")
        return redirect(url_for(".sign_in"), 303)
    return _with_answer(service, begun, at)


def _with_answer(service: OpenIdProvider, begun: Begun, at: datetime) -> ResponseReturnValue:
    try:
        _check_sender(service)
        if "error" in request.args or not _one("code"):
            flash(
                _(
                    "Chưa đăng nhập được bằng %(service)s. Thử lại, hoặc dùng mật khẩu.",
                    service=sign_on_label(),
                ),
                "warn",
            )
            return redirect(url_for(".sign_in", next=begun.following or None), 303)
        token = service.id_token(_one("code"), begun.question, way_back())
        identity = _identity(service, token, begun, at)
    except ProviderAway:
        return _away()
    except CodeRefused:
        return _refused("code", at)
    except NotTrusted as fault:
        return _refused(fault.reason, at)
    return go_on(identity, begun.following, at)


def _check_sender(service: OpenIdProvider) -> None:
    """Raise NotTrusted when another service than ours sent the answer (RFC 9207)."""
    issuer = _one("iss")
    if (issuer or service.names_itself) and issuer != service.settings.issuer:
        raise NotTrusted("sender")


def _identity(service: OpenIdProvider, token: str, begun: Begun, at: datetime) -> Identity:
    """Who signed in there. Keys are asked for once more when the token is signed with one we have not seen."""
    tokens = _tokens()
    try:
        claims = tokens.claims_of(token, service.keys())
    except tokens.KeyUnknown:
        claims = tokens.claims_of(token, service.keys(are_stale=True))
    said = service.settings
    check_answer(claims, Asked(said.issuer, said.client_id, begun.question.nonce, begun.asked_at), at)
    names = [said.claim(what) for what in ("subject", "email", "verified", "name", "assurance")]
    return identity_of(claims, ClaimNames(*names, strong=said.strong))


@lru_cache(maxsize=1)
def _tokens() -> Any:
    """The rules of signed tokens, loaded by the first who asks for them."""
    from registry.accounts.rules import identity_token  # noqa: PLC0415 - of an extra

    return identity_token


def go_on(identity: Identity, following: str, at: datetime) -> ResponseReturnValue:
    """In when the identity opens an account, else to the page that finds out which account it is to open."""
    session = write_session()
    kept = queries.linked_identity(session, identity.issuer, identity.subject)
    signed_in = signed_in_account()
    if kept is None:
        remember_identity(session, identity, following, at)
        return redirect(url_for(".sign_on_step" if signed_in is None else ".link_own"), 303)
    if signed_in is not None:
        is_own = kept.account_id == signed_in.id
        flash(
            _("Tài khoản của bạn đã nối với danh tính này.")
            if is_own
            else _("Danh tính này đã nối với một tài khoản khác. Đăng xuất rồi đăng nhập bằng danh tính đó."),
            "info" if is_own else "warn",
        )
        return redirect(url_for(".own_account"), 303)
    return _entered(kept, identity, following, at)


def _entered(kept: LinkedIdentity, identity: Identity, following: str, at: datetime) -> ResponseReturnValue:
    session = write_session()
    if not is_allowed(the_provider().settings, kept.account):
        return not_allowed()
    operations.note_identity_use(session, kept, at=at)
    entered = enter(kept.account_id, at, following, how=HOW, is_complete=identity.is_strong)
    return _refused("closed", at) if entered is None else entered


def is_allowed(settings: SignOnSettings, account: Any) -> bool:
    """Whether the roles the account holds today may come in this way."""
    held = [grant.role for grant in queries.grants_on(account, today())]
    return may_use(held, roles_of(settings.roles))


def not_allowed() -> ResponseReturnValue:
    """The account is of a kind that signs in with a password only."""
    forget_identity()
    flash(_("Tài khoản này chỉ đăng nhập bằng mật khẩu. Nhập mật khẩu để tiếp tục."), "warn")
    return redirect(url_for(".sign_in"), 303)


def _one(name: str) -> str:
    """The value that came under this name; «» when none or several did."""
    values = request.args.getlist(name)
    return values[0] if len(values) == 1 else ""


def _away() -> ResponseReturnValue:
    flash(
        _(
            "%(service)s hiện không trả lời. Đăng nhập bằng mật khẩu, hoặc thử lại sau.",
            service=_begun_with_capital(),
        ),
        "warn",
    )
    return redirect(url_for(".sign_in"), 303)


def _begun_with_capital() -> str:
    label = sign_on_label()
    return label[:1].upper() + label[1:]


def _refused(reason: str, at: datetime) -> ResponseReturnValue:
    """One sentence for whatever is not right; the log says what it was."""
    session = write_session()
    operations.refuse_sign_on(session, reason=reason, source=source_mark(session, client_network()), at=at)
    session.commit()
    flash(_("Lần đăng nhập này không dùng được. Bấm đăng nhập lại từ đầu, hoặc dùng mật khẩu."), "warn")
    return redirect(url_for(".sign_in"), 303)
