"""Home, health, language, and the browser's reports about the content policy."""

import json
import re
from typing import Any

import flask
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

from registry.accounts.access import public, signed_in_viewer
from registry.accounts.rules import Permission, Viewer
from registry.pages import queries
from registry.web.clock import today
from registry.web.database import database, db_session
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
    flask.session["language"] = wanted
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
    """The front door: sign-in for strangers, what to do next for everybody else."""
    viewer = signed_in_viewer()
    if viewer is None:
        return redirect(url_for("accounts.sign_in"), 303)
    return render_template("pages/home.html", work=_work_of(viewer))


def _work_of(viewer: Viewer) -> dict[str, Any]:
    """The counts of the home page; only those the viewer may ask for are read."""
    session, on = db_session(), today()
    work: dict[str, Any] = {"due_days": queries.DUE_DAYS, "on": on}
    if viewer.can(Permission.NEEDS_READ):
        needs = viewer.limited_to(Permission.NEEDS_READ)
        work["needs"] = queries.needs_by_state(session, needs)
        work["due"] = queries.needs_due(session, needs, on=on)
    if viewer.can(Permission.PEOPLE_READ):
        work["people"] = queries.people_counts(session, viewer.limited_to(Permission.PEOPLE_READ), on=on)
    if viewer.can(Permission.SKILLS_CURATE):
        work["terms"] = queries.pending_terms(session)
    if viewer.can(Permission.JOBS_READ):
        work["failed_jobs"] = queries.failed_jobs(session)
    return work
