"""Error pages: one layout, plain words, how to mend it; an incident code instead of a stack trace."""

import secrets

import structlog
from flask import Flask, Response, make_response, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import DataError, OperationalError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from registry.web.forms import CSRFError
from registry.web.problems import Refused, asks_the_api, problem

_KNOWN = frozenset({400, 403, 404, 405, 409, 413, 415, 422, 429, 500, 503})
log = structlog.get_logger("registry.web")


class NotVisible(Exception):
    """The object does not exist, or the viewer may not see it: both answer 404 with the same bytes."""


def install(app: Flask) -> None:
    """Register the handlers; nothing they show contains what was sent."""
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(CSRFError, _csrf_error)
    app.register_error_handler(Refused, _refused)
    app.register_error_handler(NotVisible, lambda _error: _page(404))
    app.register_error_handler(StaleDataError, lambda _error: _page(409))
    app.register_error_handler(OperationalError, _database_busy)
    # The database refused a value as such (NUL, a number out of range): the request was wrong, not we.
    app.register_error_handler(DataError, lambda _error: _page(400))
    app.register_error_handler(Exception, _unexpected)


def _refused(refused: Refused) -> Response:
    return problem(refused.status, refused.detail, errors=refused.errors, headers=refused.headers)


def _page(code: int, incident: str = "") -> ResponseReturnValue:
    if asks_the_api():
        return problem(code, incident=incident, headers={"Retry-After": "2"} if code == 503 else None)
    shown = code if code in _KNOWN else (400 if code < 500 else 500)
    return render_template("errors/error.html", code=shown, incident=incident), code


def _http_error(error: HTTPException) -> ResponseReturnValue:
    if error.code is None or error.code < 400:
        return error
    answer = make_response(_page(error.code))
    for name, value in error.get_headers():
        if name.lower() in {"allow", "retry-after"}:
            answer.headers[name] = value
    return answer


def _csrf_error(_error: CSRFError) -> ResponseReturnValue:
    return _page(400)


def _database_busy(error: OperationalError) -> ResponseReturnValue:
    incident = _incident()
    log.warning("database_unavailable", incident=incident, kind=type(error.orig).__name__)
    return _page(503, incident)


def _unexpected(error: Exception) -> ResponseReturnValue:
    incident = _incident()
    log.error(
        "unexpected_error",
        incident=incident,
        kind=type(error).__name__,
        endpoint=request.endpoint,
        exc_info=error,
    )
    return _page(500, incident)


def _incident() -> str:
    """A code the user can read out and an administrator can find in the log."""
    return secrets.token_hex(4).upper()
