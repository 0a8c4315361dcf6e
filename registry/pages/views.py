"""Home, health, language, and the browser's reports about the content policy."""

import json
import re
from datetime import date, timedelta
from typing import Any, cast

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
    url_for,
)
from flask.typing import ResponseReturnValue
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from registry.accounts.access import current_account, current_viewer, public, require, signed_in_viewer
from registry.accounts.models import Alert
from registry.accounts.operations import mark_read
from registry.accounts.queries import account_within, alerts_about_itself, ids_within, known_by
from registry.accounts.rules import EVERYWHERE, Permission, Viewer
from registry.audit import queries as audit
from registry.audit.forms import action_words
from registry.audit.operations import record
from registry.campaigns.models import Campaign
from registry.candidacies.queries import checks_due, closed_elsewhere, overdue_of
from registry.config import Settings
from registry.duplicates.queries import count_open
from registry.grants.queries.listing import work_of
from registry.incidents.queries import clocks_now
from registry.introductions.queries import needs_with_interest, unread_needs
from registry.matching.operations.owners import RANKING_CHANGED
from registry.matching.views.saved import saved_lines
from registry.matching.views.shifts import summary_of
from registry.needs.models import Need
from registry.pages import queries
from registry.pages.forms import AlertWords, LogFilter, alert_words, detail_lines, field_words
from registry.privacy.queries import due_in
from registry.registrations.queries import held_registrations
from registry.web.clock import now, today
from registry.web.database import database, db_session, write_session
from registry.web.forms import exempt_from_token
from registry.web.i18n import LANGUAGES
from registry.web.style_page import render_components

bp = Blueprint("pages", __name__)
log = structlog.get_logger("registry.pages")

_MAX_REPORT_BYTES = 16_384
# So long the front page tells the owner of a candidacy that it closed since the person took another post.
_TOLD_DAYS = 14
# Whoever may do nothing but keep a profile of their own has no work to be told of: their page is the front page.
_OF_ONESELF = frozenset({Permission.HOME, Permission.PROFILE_OWN})


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
    if current_account().password_is_temporary:
        return redirect(url_for("accounts.change_password"), 303)
    if viewer.permissions <= _OF_ONESELF:
        return redirect(url_for("registrations.mine"), 303)
    return render_template("pages/home.html", work=_work_of(viewer))


def _work_of(viewer: Viewer) -> dict[str, Any]:
    """The counts of the home page; only those the viewer may ask for are read."""
    session, on = db_session(), today()
    work: dict[str, Any] = {"due_days": queries.DUE_DAYS, "on": on}
    work["own_alerts"] = len(alerts_about_itself(session, current_account().id))
    if viewer.can(Permission.NEEDS_READ):
        needs = viewer.limited_to(Permission.NEEDS_READ)
        work["needs"] = queries.needs_by_state(session, needs)
        work["due"] = queries.needs_due(session, needs, on=on)
    if viewer.can(Permission.MATCHING_READ):
        work["alerts"] = _alerts_of(viewer)
        needs = viewer.limited_to(Permission.MATCHING_READ)
        work["talks"] = unread_needs(session, needs, on=on)
        work["interested"] = needs_with_interest(session, needs, on=on)
    if viewer.can(Permission.CANDIDACIES_DECIDE):
        work["candidacies"] = _candidacies_of(viewer)
    if viewer.can(Permission.PEOPLE_READ):
        people = viewer.limited_to(Permission.PEOPLE_READ)
        work["people"] = queries.people_counts(session, people, on=on)
        work["saved"] = [line for line in saved_lines(session, people, current_account().id) if line["new"]]
    if viewer.can(Permission.GRANTS_READ):
        work["grants"] = work_of(session, viewer.limited_to(Permission.GRANTS_READ), on=on)
    return work | _of_people_themselves(viewer, on) | _of_the_installation(viewer)


def _of_people_themselves(viewer: Viewer, on: date) -> dict[str, Any]:
    """What waits for people who registered or asked for something, and what somebody may ask for themselves."""
    work: dict[str, Any] = {"has_own": viewer.can(Permission.PROFILE_OWN)}
    if viewer.can(Permission.CONSENTS_WRITE):
        work["rights"] = due_in(db_session(), viewer.limited_to(Permission.CONSENTS_WRITE), on=on)
    if viewer.can(Permission.PEOPLE_WRITE):
        writing = viewer.limited_to(Permission.PEOPLE_WRITE)
        work["held"] = len(held_registrations(db_session(), writing, on=on))
    if viewer.can(Permission.PEOPLE_MERGE):
        work["alike"] = count_open(db_session(), viewer.limited_to(Permission.PEOPLE_MERGE), on=on)
    return work


def _of_the_installation(viewer: Viewer) -> dict[str, Any]:
    """What waits for those who look after words, jobs and incidents."""
    work: dict[str, Any] = {}
    if viewer.can(Permission.SKILLS_CURATE):
        work["terms"] = queries.pending_terms(db_session())
    if viewer.can(Permission.JOBS_READ):
        work["failed_jobs"] = queries.failed_jobs(db_session())
    if viewer.can(Permission.PRIVACY_READ) and EVERYWHERE in viewer.scopes_for(Permission.PRIVACY_READ):
        work["incidents"] = clocks_now(db_session(), at=now())
    return work


def _candidacies_of(viewer: Viewer) -> dict[str, int]:
    """What is overdue of one's own candidacies and of nobody's, what closed under one, which checks are due."""
    session, on, by = db_session(), today(), current_account().id
    own, nobodys = overdue_of(session, viewer, by=by, on=on)
    since = on - timedelta(days=_TOLD_DAYS)
    return {
        "own": own,
        "nobodys": nobodys,
        "elsewhere": len(closed_elsewhere(session, viewer, by=by, since=since, on=on)),
        "checks": len(checks_due(session, viewer, on=on)),
    }


def _alerts_of(viewer: Viewer) -> dict[str, Any]:
    """The alerts of the home page in words."""
    found = queries.alerts_of(
        db_session(),
        current_account().id,
        viewer.limited_to(Permission.MATCHING_READ),
        viewer.limited_to(Permission.CAMPAIGNS_READ),
    )
    told = [(alert, _words_of(alert, need, campaign, viewer)) for alert, need, campaign in found.lines]
    return {
        "unread": found.unread,
        "lines": [
            {
                "public_id": alert.public_id,
                "words": words,
                "raised_at": alert.raised_at,
                "read_at": alert.read_at,
            }
            for alert, words in told
            if words is not None
        ],
    }


def _words_of(
    alert: Alert, need: Need | None, campaign: Campaign | None, viewer: Viewer
) -> AlertWords | None:
    changes = summary_of(alert.detail) if alert.kind == RANKING_CHANGED else []
    sees_people = campaign is not None and viewer.can(
        Permission.PEOPLE_READ, at=(campaign.unit_path, campaign.organisation_path)
    )
    return alert_words(alert, need, campaign, changes, sees_people=sees_people)


@bp.post("/thong-bao/da-doc")
@require(Permission.HOME)
def read_all_alerts() -> ResponseReturnValue:
    """Note all alerts of the account as read."""
    return _read_alerts(None)


@bp.post("/thong-bao/<ma>/da-doc")
@require(Permission.HOME)
def read_alert(ma: str) -> ResponseReturnValue:
    """Note one alert of the account as read; one of somebody else stays as it is."""
    return _read_alerts(ma)


def _read_alerts(public_id: str | None) -> ResponseReturnValue:
    session = db_session()
    mark_read(session, current_account().id, at=now(), public_id=public_id)
    session.commit()
    return redirect(url_for(".home", _anchor="thong-bao"), 303)


@bp.get("/_thanh-phan")
@public
def components() -> ResponseReturnValue:
    """Every component in every state, for whoever develops the product; elsewhere there is no such page."""
    settings = cast("Settings", current_app.config["REGISTRY_SETTINGS"])
    if not settings.testing:
        abort(404)
    return render_components()


@bp.get("/nhat-ky")
@require(Permission.AUDIT_READ)
def audit_log() -> ResponseReturnValue:
    """Who did what and who looked at whom, inside the viewer's scopes. Looking at it is itself on the record."""
    read, viewer, wanted = db_session(), current_viewer(), LogFilter.of(request.args)
    actor = account_within(read, viewer, wanted.actor, Permission.AUDIT_READ)
    narrowed = audit.EventFilter(
        by_id=(0 if actor is None else actor.id) if wanted.actor else None,
        by_ids=None if EVERYWHERE in viewer.scopes else ids_within(viewer, Permission.AUDIT_READ),
        action=wanted.action,
        subject_id=wanted.subject,
        since=wanted.begins_at,
        until=wanted.ends_at,
    )
    page = audit.log_page(read, narrowed, request.args.get("truoc", ""))
    known = known_by(read, [line.by_id for line in page.lines if line.by_id is not None])
    actions = [(action, action_words(action)) for action in audit.actions(read)]
    read.rollback()
    write = write_session()
    record(write, current_account().id, "audit.read", "audit", "log", detail=wanted.address, at=now())
    write.commit()
    return render_template(
        "pages/audit.html",
        page=page,
        known=known,
        actor=actor,
        actions=actions,
        wanted=wanted,
        action_words=action_words,
        field_words=field_words,
        detail_lines=detail_lines,
    )
