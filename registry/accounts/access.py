"""The guard: who is signed in, and what each view asks for. The only module that knows Flask-Login."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any, NoReturn, TypeVar

from flask import Flask, Request, Response, abort, current_app, flash, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, current_user  # pyright: ignore[reportMissingTypeStubs] - it ships no types
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as BaseResponse

from registry.accounts import operations, queries
from registry.accounts.forms import ROLE_WORDS
from registry.accounts.operations import PasswordHashing
from registry.accounts.queries import Member, OpenSignIn
from registry.accounts.rules import Permission, Role, Viewer
from registry.accounts.rules.second_factor import is_proof_fresh, must_have_second_factor
from registry.accounts.rules.sign_in import is_touch_due
from registry.accounts.rules.sign_on import roles_of
from registry.audit.operations import record
from registry.config import Misconfigured, Settings
from registry.web.clock import now, today
from registry.web.database import SAFE_METHODS, database, db_session, reads_only
from registry.web.i18n import gettext as _
from registry.web.problems import asks_the_api

View = TypeVar("View", bound=Callable[..., Any])

# Where the sign-in token lies in the signed cookie; nothing else about the person is in it.
_TOKEN = "sign_in"  # noqa: S105 - the name of a place, not a secret
# Where the token of a half-finished sign-in lies, and where its owner wanted to go.
_HALF, _FOLLOWING = "half_sign_in", "following"
_EXTENSION = "registry.accounts"
PUBLIC = "public"
SIGNED_IN = "signed_in"
# All that is open to whoever must have a second factor and has none: enrolling, a password of one's own, leaving.
_BEFORE_ENROLMENT = frozenset(
    {
        "static",
        "accounts.enrol",
        "accounts.submit_enrolment",
        "accounts.confirm_self",
        "accounts.submit_confirmation",
        "accounts.change_password",
        "accounts.submit_password",
        "accounts.sign_out",
        "pages.switch_language",
        "pages.content_policy_report",
        "pages.health",
        "pages.readiness",
    }
)


@dataclass(frozen=True)
class ScopeCatalogue:
    """How scopes get their names. Places lie above this room, so the app hands these functions over."""

    choices: Callable[[Session], Sequence[tuple[str, str]]]
    find: Callable[[Session, str], tuple[str, str] | None]
    names: Callable[[Session, Collection[str]], dict[str, str]]


@dataclass(frozen=True)
class AccountTools:
    """What the room's views need besides the database."""

    hashing: PasswordHashing
    scopes: ScopeCatalogue
    rate_limits: bool
    # Asks who is signed in to prove it again; None when that is done and the view may go on.
    ask_for_proof: Callable[[], ResponseReturnValue | None] = lambda: abort(403)


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


def install(
    app: Flask,
    settings: Settings,
    scopes: ScopeCatalogue | None = None,
    ask_for_proof: Callable[[], ResponseReturnValue | None] = lambda: abort(403),
) -> None:
    """Tie the guard to the app. `ask_for_proof` is the page that asks for password and code again."""
    _check_sign_on_roles(settings)
    hashing = PasswordHashing(settings.password_memory_kib, settings.password_passes, settings.password_lanes)
    app.extensions[_EXTENSION] = AccountTools(
        hashing, scopes or _PATHS_AS_NAMES, settings.rate_limits, ask_for_proof
    )
    manager: Any = LoginManager()
    manager.session_protection = None  # it would bind people to one address and browser version
    manager.init_app(app)
    manager.request_loader(_signed_in_by)
    app.before_request(_look_who_is_there)


def _check_sign_on_roles(settings: Settings) -> None:
    try:
        roles_of(() if settings.sign_on is None else settings.sign_on.roles)
    except ValueError as error:
        raise Misconfigured(f"REGISTRY_SSO_ROLES is words of {', '.join(Role)}") from error


_PATHS_AS_NAMES = ScopeCatalogue(
    lambda _session: [("", "VN")],
    lambda _session, text: (text, text),
    lambda _s, paths: {path: path for path in paths},
)


def tools() -> AccountTools:
    """The room's tools in this app."""
    found = current_app.extensions[_EXTENSION]
    assert isinstance(found, AccountTools)  # noqa: S101 - install put it there
    return found


def public(view: View) -> View:
    """The view is for everybody, signed in or not."""
    view.access = PUBLIC  # pyright: ignore[reportFunctionMemberAccess] - the mark the house rules read
    return view


def require(permission: Permission) -> Callable[[View], View]:
    """The view is for accounts one of whose roles carries the permission; others get 403, on the record."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            signed_in = _signed_in_or_leave()
            if signed_in.account.password_is_temporary:
                return redirect(url_for("accounts.change_password"), 303)
            _hold_to(signed_in, permission)
            g.permission = permission
            return view(*args, **kwargs)

        guarded.access = permission  # pyright: ignore[reportAttributeAccessIssue]
        return guarded  # pyright: ignore[reportReturnType]

    return guard


def signed_in_only(view: View) -> View:
    """The view is for every account, whatever its roles: one's own sign-ins and password."""

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        _signed_in_or_leave()
        return view(*args, **kwargs)

    guarded.access = SIGNED_IN  # pyright: ignore[reportAttributeAccessIssue]
    return guarded  # pyright: ignore[reportReturnType]


def proved_lately(view: View) -> View:
    """What the view does is dangerous: who is signed in proves it again when the last proof is older than 15 minutes.

    Stands below the guard. A form is guarded when it is sent, not when it is looked at; what was typed is carried
    through the question. A view without a form (a file to take home) is guarded when it is asked for.
    """

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        is_only_looked_at = request.method in SAFE_METHODS and "POST" in _methods()
        if not is_only_looked_at and not is_proof_fresh(current_sign_in().proved_at, now()):
            question = tools().ask_for_proof()
            if question is not None:
                return question
        return view(*args, **kwargs)

    guarded.asks_for_proof = True  # pyright: ignore[reportAttributeAccessIssue] - the mark the tests read
    return guarded  # pyright: ignore[reportReturnType]


def _methods() -> Collection[str]:
    return (None if request.url_rule is None else request.url_rule.methods) or ()


def current_account() -> Member:
    """The account of this request as it was when the request began. On a public view without one: to the sign-in page."""
    return _signed_in_or_leave().account


def current_sign_in() -> OpenSignIn:
    """The sign-in record behind this request."""
    return _signed_in_or_leave().entry


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


def _look_who_is_there() -> ResponseReturnValue | None:
    """Read the sign-in before the view does anything; whoever owes a second factor is led to enrolment."""
    if request.endpoint == "static" or asks_the_api() or _TOKEN not in session:
        return None
    signed_in = signed_in_account()
    if signed_in is None or not signed_in.owes_second_factor or request.endpoint in _BEFORE_ENROLMENT:
        return None
    if request.headers.get("HX-Request") == "true":
        return Response(status=204, headers={"HX-Redirect": url_for("accounts.enrol")})
    return redirect(url_for("accounts.enrol"), 303)


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


def _signed_in_or_leave() -> SignedIn:
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


def _hold_to(signed_in: SignedIn, permission: Permission) -> None:
    """The one question behind every guarded view: does one of the roles in force carry the permission?"""
    if not signed_in.viewer.can(permission):
        _refuse(signed_in, permission)


def _refuse(signed_in: SignedIn, permission: Permission) -> NoReturn:
    """403, kept in the log in a transaction of its own."""
    with database().write_session() as writing, writing.begin():
        record(
            writing,
            signed_in.id,
            "access.refused",
            "page",
            request.endpoint or "",
            detail={"permission": permission.value, "method": request.method},
            at=now(),
        )
    abort(403)
