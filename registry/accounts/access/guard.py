"""The guard: what each view asks for, and what is done with whoever may not."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any, NoReturn, TypeVar

from flask import Flask, Response, abort, current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from registry.accounts.access.signed_in import (
    SignedIn,
    current_sign_in,
    holds_sign_in,
    signed_in_account,
    signed_in_or_leave,
    tie,
)
from registry.accounts.operations import PasswordHashing
from registry.accounts.rules import Permission, Role
from registry.accounts.rules.second_factor import is_proof_fresh
from registry.accounts.rules.sign_on import roles_of
from registry.audit.operations import record
from registry.config import Misconfigured, Settings
from registry.web.clock import now
from registry.web.database import SAFE_METHODS, database
from registry.web.problems import asks_the_api

View = TypeVar("View", bound=Callable[..., Any])

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
    tie(app)
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
            signed_in = signed_in_or_leave()
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
        signed_in_or_leave()
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


def _look_who_is_there() -> ResponseReturnValue | None:
    """Read the sign-in before the view does anything; whoever owes a second factor is led to enrolment."""
    if request.endpoint == "static" or asks_the_api() or not holds_sign_in():
        return None
    signed_in = signed_in_account()
    if signed_in is None or not signed_in.owes_second_factor or request.endpoint in _BEFORE_ENROLMENT:
        return None
    if request.headers.get("HX-Request") == "true":
        return Response(status=204, headers={"HX-Redirect": url_for("accounts.enrol")})
    return redirect(url_for("accounts.enrol"), 303)


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
