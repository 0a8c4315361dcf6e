"""The database sessions of a request. A GET reads; what it must write (an audit event) has its own session."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, current_app, g, request
from sqlalchemy.orm import Session

from registry.db import Database

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_EXTENSION = "registry.database"
_ONLY_ASKS = "only_asks"
View = TypeVar("View", bound=Callable[..., Any])


def install(app: Flask, database: Database) -> None:
    """Tie the database to the app; sessions end with the request, rolled back unless the view committed."""
    app.extensions[_EXTENSION] = database
    app.teardown_appcontext(_end_sessions)


def database() -> Database:
    """The database of the current app."""
    found = current_app.extensions[_EXTENSION]
    assert isinstance(found, Database)  # noqa: S101 - the factory installed it
    return found


def db_session() -> Session:
    """This request's session: reading on safe methods and for views that only ask, writing for all others."""
    return _kept("read_session") if reads_only() else write_session()


def reads_only() -> bool:
    """Whether this request's session is one that reads."""
    return request.method in SAFE_METHODS or _asks_only()


def only_asks(view: View) -> View:
    """The view answers a POST and changes nothing: its session reads, and the database refuses a write."""
    setattr(view, _ONLY_ASKS, True)
    return view


def _asks_only() -> bool:
    return getattr(current_app.view_functions.get(request.endpoint or ""), _ONLY_ASKS, False)


def write_session() -> Session:
    """This request's writing session; on a GET only for recording that personal data was read."""
    return _kept("write_session")


def _kept(name: str) -> Session:
    session: Session | None = g.get(name)
    if session is None:
        session = database().read_session() if name == "read_session" else database().write_session()
        setattr(g, name, session)
    return session


def _end_sessions(_error: BaseException | None) -> None:
    for name in ("read_session", "write_session"):
        session: Session | None = g.pop(name, None)
        if session is not None:
            session.close()
