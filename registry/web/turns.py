"""Costly pages take turns, so that plain pages stay quick whatever others ask for.

Few are computed at once, a few more wait a moment; whoever comes then gets a page that loads itself again with
everything that was typed, and no thread is held meanwhile.
"""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from functools import wraps
from threading import Semaphore
from typing import Any, TypeVar

from flask import Flask, current_app, make_response, render_template, request
from flask.typing import ResponseReturnValue

View = TypeVar("View", bound=Callable[..., Any])

AT_ONCE, WAITING = 2, 2
"""Pages computed at once in one process, and requests that may wait for their turn: half of the server's threads."""

_PATIENCE_SECONDS = 2.0
AGAIN_SECONDS = 2
_EXTENSION = "registry.turns"


class NoTurn(Exception):
    """Too many ask at once; nothing was done."""


class Turns:
    """Places for those who are served and those who wait."""

    def __init__(
        self, at_once: int = AT_ONCE, waiting: int = WAITING, patience: float = _PATIENCE_SECONDS
    ) -> None:
        self._inside = Semaphore(at_once + waiting)
        self._served = Semaphore(at_once)
        self._patience = patience

    @contextmanager
    def one(self) -> Generator[None]:
        """A turn for as long as the block runs. Raises NoTurn at once when all places to wait are taken."""
        if not self._inside.acquire(blocking=False):
            raise NoTurn
        try:
            if not self._served.acquire(timeout=self._patience):
                raise NoTurn
            try:
                yield
            finally:
                self._served.release()
        finally:
            self._inside.release()


def install(app: Flask) -> None:
    """One set of turns for the process."""
    app.extensions[_EXTENSION] = Turns()


def turns() -> Turns:
    """The turns of the current app."""
    found = current_app.extensions[_EXTENSION]
    assert isinstance(found, Turns)  # noqa: S101 - the factory installed it
    return found


def in_turn(view: View) -> View:
    """The view, a reading one, waits its turn; without one the page says so and asks again by itself."""

    @wraps(view)
    def waiting(*args: Any, **kwargs: Any) -> ResponseReturnValue:
        try:
            with turns().one():
                answer: ResponseReturnValue = view(*args, **kwargs)
                return answer
        except NoTurn:
            return _ask_again()

    return waiting  # pyright: ignore[reportReturnType] - the same view, later


def _ask_again() -> ResponseReturnValue:
    answer = make_response(render_template("errors/turn.html", again=request.full_path.rstrip("?")), 503)
    answer.headers["Retry-After"] = answer.headers["Refresh"] = str(AGAIN_SECONDS)
    return answer
