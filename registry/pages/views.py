"""Home, health, language, and the browser's reports about the content policy."""

import json
import re
from typing import Any

import structlog
from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from registry.accounts.access import public
from registry.web.database import database
from registry.web.forms import exempt_from_token
from registry.web.i18n import LANGUAGES

bp = Blueprint("pages", __name__)
log = structlog.get_logger("registry.pages")

_MAX_REPORT_BYTES = 16_384


@bp.get("/healthz")
@public
def health() -> ResponseReturnValue:
    """The process answers; nothing else is looked at."""
    return Response("ok\n", mimetype="text/plain")


@bp.get("/readyz")
@public
def readiness() -> ResponseReturnValue:
    """The database answers too. No details: the page is public."""
    try:
        with database().read_engine.connect() as connection:
            connection.execute(text("SELECT 1"))
    except SQLAlchemyError:
        return Response("database unavailable\n", status=503, mimetype="text/plain")
    return Response("ready\n", mimetype="text/plain")


@bp.post("/ngon-ngu")
@public
def switch_language() -> ResponseReturnValue:
    """Remember the chosen language and go back to the page it was chosen on."""
    wanted = request.form.get("lang", "")
    if wanted not in LANGUAGES:
        abort(400)
    session["language"] = wanted
    return redirect(_local_path(request.form.get("next", "")), 303)


def _local_path(path: str) -> str:
    """The path when it leads into this site, else the home page."""
    if re.fullmatch(r"/(?![/\\])[^\x00-\x20\\]*", path):
        return path
    return url_for("pages.home")


@bp.post("/bao-cao-csp")
@exempt_from_token
@public
def content_policy_report() -> ResponseReturnValue:
    """What a browser blocked: the directive and the page's path, never a query string."""
    body = request.get_data(cache=False)[:_MAX_REPORT_BYTES]
    try:
        report: Any = json.loads(body)
        inner = report["csp-report"]
        log.warning(
            "content_policy_report",
            directive=str(inner.get("effective-directive", ""))[:60],
            page=str(inner.get("document-uri", "")).split("?")[0].split("#")[0][:200],
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        abort(400)
    return Response(status=204)


@bp.get("/")
@public
def home() -> ResponseReturnValue:
    """The front door; signed-in people see what to do next."""
    return render_template("pages/home.html", app=current_app)
