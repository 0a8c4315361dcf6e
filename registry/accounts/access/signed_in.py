"""Who is signed in: the account, the sign-in and the viewer of a request. The only module that knows Flask-Login."""

from datetime import datetime
from typing import Any

from flask import Flask, Request, Response, abort, flash, g, redirect, request, session, url_for
from flask_login import LoginManager, current_user  # pyright: ignore[reportMissingTypeStubs] - it ships no types
from werkzeug.wrappers import Response as BaseResponse

from registry.accounts import operations, queries
from registry.accounts.forms import ROLE_WORDS
from registry.accounts.queries import Member, OpenSignIn
from registry.accounts.rules import Permission, Viewer
from registry.accounts.rules.second_factor import must_have_second_factor
from registry.accounts.rules.sign_in import is_touch_due
from registry.web.clock import now, today
from registry.web.database import database, db_session, reads_only
from registry.web.i18n import gettext as _
from registry.web.problems import asks_the_api

# Where the sign-in token lies in the signed cookie; nothing else about the person is in it.
_TOKEN = "sign_in"  # noqa: S105 - the name of a place, not a secret
# Where the token of a half-finished sign-in lies, and where its owner wanted to go.
_HALF, _FOLLOWING = "half_sign_in", "following"


class SignedIn:
    """The account behind this request, as Flask-Login and the page header want it."""

    is_authenticated = True
    is_active = True
    is_anonymous = False

    def __init__(self, entry: OpenSignIn, viewer: Viewer) -> None:
        self.account = entry.account
        self.entry = entry
        self.viewer = viewer
        self.id = entry.account.id
        self.public_id = entry.account.public_id
        self.display_name = entry.account.display_name
        self.owes_second_factor = owes_second_factor(entry)

    @property
    def role_label(self) -> str:
        """The roles in force in words, as in «Cán bộ phụ trách, Kiểm toán»."""
        return ", ".join(dict.fromkeys(str(ROLE_WORDS[grant.role]) for grant in self.entry.grants))


def owes_second_factor(entry: OpenSignIn) -> bool:
    """Whether one of the roles in force demands a second factor and the account has none."""
    return entry.account.totp_since is None and must_have_second_factor(one.role for one in entry.grants)


def tie(app: Flask) -> None:
    """Let Flask-Login find who is signed in."""
    manager: Any = LoginManager()
    manager.session_protection = None  # it would bind people to one address and browser version
    manager.init_app(app)
    manager.request_loader(_signed_in_by)


def current_account() -> Member:
    """The account of this request as it was when the request began. On a public view without one: to the sign-in page."""
    return signed_in_or_leave().account


def current_sign_in() -> OpenSignIn:
    """The sign-in record behind this request."""
    return signed_in_or_leave().entry


def current_viewer() -> Viewer:
    """The viewer of this request, its scopes limited to the permission the view asks for."""
    signed_in = signed_in_account()
    if signed_in is None:
        return Viewer(None, frozenset(), ())
    permission: Permission | None = g.get("permission")
    return signed_in.viewer if permission is None else signed_in.viewer.limited_to(permission)


def signed_in_account() -> SignedIn | None:
    """Who is signed in, if anybody."""
    proxy: Any = current_user
    user: Any = proxy._get_current_object()  # once: the proxy looks for it at every touch
    return user if user and user.is_authenticated else None


def signed_in_viewer() -> Viewer | None:
    """The unlimited viewer of whoever is signed in, for the navigation."""
    signed_in = signed_in_account()
    return None if signed_in is None else signed_in.viewer


def holds_sign_in() -> bool:
    """Whether the cookie says that somebody signed in; the record of it may have ended."""
    return _TOKEN in session


def remember_sign_in(token: str) -> None:
    """Put the token of a fresh sign-in into the cookie. All else in it is dropped, the form token included."""
    forget_sign_in()
    session[_TOKEN] = token


def remember_half_sign_in(token: str, following: str) -> None:
    """Put the token of a half-finished sign-in into the cookie, and where to go afterwards; all else is dropped."""
    forget_sign_in()
    session[_HALF], session[_FOLLOWING] = token, following


def half_sign_in_token() -> tuple[str, str] | None:
    """The token of the half-finished sign-in in the cookie, and where its owner wants to go."""
    token, following = session.get(_HALF), session.get(_FOLLOWING)
    return (token, str(following or "")) if isinstance(token, str) else None


def forget_sign_in() -> None:
    """Empty the cookie; the language stays."""
    language = session.get("language")
    session.clear()
    if language is not None:
        session["language"] = language


def _signed_in_by(_request: Request) -> SignedIn | None:
    """Flask-Login's loader: the live sign-in record of the cookie's token. Programs come with a token of their own alone."""
    token = None if asks_the_api() else session.get(_TOKEN)
    if not isinstance(token, str):
        return None
    at = now()
    entry = _entry_of(token, at)
    if entry is None:
        del session[_TOKEN]
        flash(_("Phiên đăng nhập đã hết. Đăng nhập lại để tiếp tục."), "info")
        return None
    if is_touch_due(entry.last_seen_at, at):
        with database().write_session() as writing, writing.begin():
            operations.touch_sign_in(writing, entry.id, at=at)
    # Without the second factor that the roles demand none of them counts.
    grants = () if owes_second_factor(entry) else entry.grants
    return SignedIn(entry, Viewer.of_grants(entry.account.id, grants))


def _entry_of(token: str, at: datetime) -> OpenSignIn | None:
    """Where the view only reads, the sign-in belongs to the moment it reads; a view that writes begins its own."""
    if reads_only():
        reading = db_session()
        entry = queries.sign_in_of(reading, token, at, today())
        if entry is None or is_touch_due(entry.last_seen_at, at):
            reading.rollback()  # what is written about the sign-in now shall be seen by the page
        return entry
    with database().read_session() as reading:
        return queries.sign_in_of(reading, token, at, today())


def signed_in_or_leave() -> SignedIn:
    """Who is signed in; whoever is not is sent to the sign-in page."""
    signed_in = signed_in_account()
    if signed_in is None:
        abort(_sign_in_redirect())
    return signed_in


def _sign_in_redirect() -> BaseResponse:
    if request.headers.get("HX-Request") == "true":
        # A fragment must not be filled with the sign-in page: htmx is told to leave the page instead.
        return Response(status=204, headers={"HX-Redirect": url_for("accounts.sign_in")})
    if request.method in {"GET", "HEAD"}:
        wanted = request.full_path.removesuffix("?")
        return redirect(url_for("accounts.sign_in", next=wanted if wanted != "/" else None), 302)
    return redirect(url_for("accounts.sign_in"), 303)
