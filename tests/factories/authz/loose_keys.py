"""Guards of the addresses for programs as a mutant has them: the views find a caller and a viewer and answer as ever, so
that only who is let in and what is shown can tell them.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import g

from registry.accounts.rules import Viewer
from registry.api import access
from registry.api.queries.tokens import Caller


def any_key(view: Callable[..., Any]) -> Callable[..., Any]:
    """Any key that opens something passes, whatever its scopes, and its viewer is limited to no permission."""

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        caller = access._caller_or_refuse()  # pyright: ignore[reportPrivateUsage] - the half of the guard that stays
        g.api_caller, g.api_viewer = caller, caller.viewer
        return view(*args, **kwargs)

    return guarded


def no_key(view: Callable[..., Any]) -> Callable[..., Any]:
    """Nobody is asked for a key; who comes without one reads everything everywhere."""

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        somebody: Any = None
        everywhere = Viewer.installation()
        g.api_caller = Caller(0, "", "", somebody, frozenset(), everywhere, None)
        g.api_viewer = everywhere
        return view(*args, **kwargs)

    return guarded
