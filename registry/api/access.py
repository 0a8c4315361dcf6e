"""The guard of the API: a key in the header and nothing else. Cookies are not looked at, here or anywhere before."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from flask import g, request

from registry.accounts.access import tools
from registry.accounts.operations import count_request
from registry.accounts.rules import Viewer
from registry.api.operations.tokens import touch_token
from registry.api.queries.tokens import Caller, caller_of
from registry.api.rules import (
    PERMISSIONS,
    REQUESTS,
    STRANGERS,
    WINDOW,
    ApiScope,
    Budget,
    budget,
    is_token,
    is_touch_due,
)
from registry.audit.operations import record
from registry.web.clock import now, today
from registry.web.database import database
from registry.web.limits import client_network
from registry.web.problems import Refused

View = TypeVar("View", bound=Callable[..., Any])

_CHALLENGE = {"WWW-Authenticate": 'Bearer realm="registry"'}
_INVALID = {"WWW-Authenticate": 'Bearer realm="registry", error="invalid_token"'}


def require_scope(scope: ApiScope) -> Callable[[View], View]:
    """The view is for keys that carry the scope; its caller and viewer are then known."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            caller = _caller_or_refuse()
            if not caller.may(scope):
                _refuse(caller, scope)
            g.api_caller, g.api_viewer = caller, caller.viewer.limited_to(PERMISSIONS[scope])
            return view(*args, **kwargs)

        guarded.access = scope  # pyright: ignore[reportAttributeAccessIssue] - the mark the house rules read
        return guarded  # pyright: ignore[reportReturnType]

    return guard


def current_caller() -> Caller:
    """The system behind this request."""
    caller: Caller = g.api_caller
    return caller


def api_viewer() -> Viewer:
    """As whom this request reads: the place of the key, and the one permission the view asks for."""
    viewer: Viewer = g.api_viewer
    return viewer


def budget_left() -> Budget | None:
    """What this key may still ask in this window; None where nothing is counted."""
    found: Budget | None = g.get("api_budget")
    return found


def _caller_or_refuse() -> Caller:
    scheme, _blank, token = request.headers.get("Authorization", "").partition(" ")
    token = token.strip()
    if not scheme:
        raise Refused(401, headers=_CHALLENGE)
    caller = None
    if scheme.lower() == "bearer" and is_token(token):
        with database().read_session() as reading:
            caller = caller_of(reading, token, at=now(), on=today())
    if caller is None:
        _count("api_stranger", client_network(), STRANGERS)
        raise Refused(401, headers=_INVALID)
    g.api_budget = _count("api_token", caller.public_id, REQUESTS)
    _touch(caller)
    return caller


def _count(name: str, what: str, most: int) -> Budget | None:
    """Count one request. Raises Refused with 429 when there were too many in this window."""
    if not tools().rate_limits:
        return None
    at = now()
    with database().write_session() as writing, writing.begin():
        used, since = count_request(writing, name, what, window=WINDOW, at=at)
    left = budget(used, since, at, most)
    if left.is_spent:
        raise Refused(429, headers={"Retry-After": str(left.seconds), **limit_headers(left, most)})
    return left


def limit_headers(left: Budget, most: int = REQUESTS) -> dict[str, str]:
    """The budget as the draft «RateLimit header fields for HTTP» writes it."""
    return {
        "RateLimit-Policy": f'"key";q={most};w={int(WINDOW.total_seconds())}',
        "RateLimit": f'"key";r={max(left.left, 0)};t={left.seconds}',
    }


def _touch(caller: Caller) -> None:
    at = now()
    if is_touch_due(caller.last_used_at, at):
        with database().write_session() as writing, writing.begin():
            touch_token(writing, caller.token_id, at=at)


def _refuse(caller: Caller, scope: ApiScope) -> None:
    """403, kept in the log in a transaction of its own."""
    detail = {"scope": scope.value, "method": request.method, "system": caller.name}
    with database().write_session() as writing, writing.begin():
        record(
            writing,
            caller.account_id,
            "access.refused",
            "page",
            request.endpoint or "",
            detail=detail,
            at=now(),
        )
    raise Refused(403)
