"""The guard: who is signed in and what a view asks for. The only module that knows Flask-Login."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from flask import Flask, abort

from registry.accounts.models import Account
from registry.accounts.rules import Permission, Viewer
from registry.config import Settings

View = TypeVar("View", bound=Callable[..., Any])


def install(app: Flask, settings: Settings) -> None:
    """Tie the guard to the app."""


def public(view: View) -> View:
    """The view is for everybody, signed in or not."""
    view.access = "public"  # pyright: ignore[reportFunctionMemberAccess] - the mark the house rules read
    return view


def require(permission: Permission) -> Callable[[View], View]:
    """The view is for accounts one of whose roles carries the permission."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            abort(403)

        guarded.access = permission  # pyright: ignore[reportAttributeAccessIssue]
        return guarded  # pyright: ignore[reportReturnType]

    return guard


def current_account() -> Account:
    """The account of this request."""
    abort(403)


def current_viewer() -> Viewer:
    """The viewer of this request."""
    abort(403)
