"""Costly pages take turns, so that plain pages stay quick whatever others ask for.

One is computed at once in each process; whoever comes then gets a page that loads itself again with everything that
was typed. It is given out before anybody looks who asks, costs next to nothing, and no thread is held meanwhile. A turn
belongs to a request that its view has let in: strangers take none. `lanes` lets requests wait for a turn before they
come here.
"""

import time
from collections.abc import Callable, Generator
from contextlib import ExitStack, contextmanager
from functools import wraps
from threading import Condition
from typing import Any, TypeVar
from urllib.parse import urlsplit

from flask import Flask, current_app, flash, make_response, redirect, render_template, request, session
from flask.typing import ResponseReturnValue
from markupsafe import escape
from werkzeug.wrappers import Response

from registry.web.i18n import current_language
from registry.web.i18n import gettext as _
from registry.web.redirects import local_path

View = TypeVar("View", bound=Callable[..., Any])

AT_ONCE = 1
"""Costly pages computed at once in one process: two of them only fight for the interpreter, row by row."""

AGAIN_SECONDS = 2
_PATIENCE_SECONDS = 2.0
_EXTENSION, _PAGES = "registry.turns", "registry.turn_pages"
_TAKES_TURNS = "takes_turns"


class NoTurn(Exception):
    """Too many ask at once; nothing was done."""


class Turns:
    """Places for those who are served."""

    def __init__(self, at_once: int = AT_ONCE) -> None:
        self._free = at_once
        self._counting = Condition()

    @property
    def are_taken(self) -> bool:
        """Whether whoever comes now would be sent away."""
        return self._free <= 0

    @contextmanager
    def one(self, patience: float = 0.0) -> Generator[None]:
        """A turn for as long as the block runs. Raises NoTurn when all are taken for so many seconds."""
        with self._counting:
            if not self._counting.wait_for(lambda: self._free > 0, patience):
                raise NoTurn
            self._free -= 1
        try:
            yield
        finally:
            with self._counting:
                self._free += 1
                self._counting.notify()


def install(app: Flask) -> None:
    """One set of turns for the process. To be installed before whatever looks who asks."""
    app.extensions[_EXTENSION] = Turns()
    app.extensions[_PAGES] = _Pages()
    app.before_request(_refuse_early)


def turns() -> Turns:
    """The turns of the current app."""
    found = current_app.extensions[_EXTENSION]
    assert isinstance(found, Turns)  # noqa: S101 - the factory installed it
    return found


def in_turn(view: View) -> View:
    """The view, a reading one, takes a turn; without one the page says so and asks again by itself.

    It stands below the guard of the view, so that only those who may see the page take turns.
    """

    @wraps(view)
    def waiting(*args: Any, **kwargs: Any) -> ResponseReturnValue:
        with ExitStack() as turn:
            try:
                turn.enter_context(turns().one())
            except NoTurn:
                return _ask_again()
            answer = make_response(view(*args, **kwargs))
            if answer.is_streamed:
                answer.call_on_close(turn.pop_all().close)
            return answer

    setattr(waiting, _TAKES_TURNS, True)
    return waiting  # pyright: ignore[reportReturnType] - the same view, later


def after_others(view: View) -> View:
    """The view, one that makes a costly file for a POST, waits a moment for its turn; without one its sender is asked to
    press again. It stands below the guard, before anything holds the database.
    """

    @wraps(view)
    def waiting(*args: Any, **kwargs: Any) -> ResponseReturnValue:
        try:
            with turns().one(_PATIENCE_SECONDS):
                return view(*args, **kwargs)
        except NoTurn:
            flash(_("Nhiều người đang tải cùng lúc. Đợi vài giây rồi bấm lại."), "warn")
            return redirect(local_path(urlsplit(request.referrer or "").path, f"{request.script_root}/"), 303)

    return waiting  # pyright: ignore[reportReturnType] - the same view, later


def _refuse_early() -> ResponseReturnValue | None:
    """Nobody is looked up and nothing rendered where the view would only say «later»; strangers go on to sign in."""
    is_late = takes_turns(current_app, request.endpoint) and turns().are_taken and session
    return _ask_again() if is_late else None


def takes_turns(app: Flask, endpoint: str | None) -> bool:
    """Whether the page of an endpoint is a costly one."""
    return getattr(app.view_functions.get(endpoint or ""), _TAKES_TURNS, False)


def _ask_again() -> Response:
    pages: _Pages = current_app.extensions[_PAGES]
    answer = Response(pages.asking(request.full_path.rstrip("?")), 503, mimetype="text/html")
    answer.headers["Retry-After"] = answer.headers["Refresh"] = str(AGAIN_SECONDS)
    return answer


class _Pages:
    """The page that asks again, rendered now and then for each language; it shows nothing of who asks."""

    # The name of the office may change while the server runs; the page may say the former for a minute.
    _KEPT_SECONDS = 60

    def __init__(self) -> None:
        self._kept: dict[str, tuple[float, tuple[bytes, ...]]] = {}

    def asking(self, address: str) -> bytes:
        """The page in the language of the request, with the way back to an address."""
        language = current_language()
        rendered, parts = self._kept.get(language, (0.0, ()))
        if not parts or time.monotonic() - rendered > self._KEPT_SECONDS:
            parts = _parts(language)
            self._kept[language] = (time.monotonic(), parts)
        return escape(address).encode().join(parts)


def _parts(language: str) -> tuple[bytes, ...]:
    """The page as strangers see it, cut where the address belongs."""
    mark = "again-here"
    # A context of its own: in that of the request somebody may be signed in.
    with current_app.app_context(), current_app.test_request_context("/", query_string={"lang": language}):
        return tuple(render_template("errors/turn.html", again=mark).encode().split(mark.encode()))
