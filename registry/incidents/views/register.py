"""«Sự cố»: all incidents, the shortest clock first; one incident with its steps."""

from flask import render_template
from flask.typing import ResponseReturnValue

from registry.accounts.access import current_viewer, require
from registry.accounts.rules import Permission
from registry.incidents import queries
from registry.incidents.views import shown
from registry.incidents.views.blueprint import bp, is_open, must_see_all, open_incident
from registry.privacy.queries.confirmed import confirmed_fingerprints
from registry.web.clock import now
from registry.web.database import db_session


@bp.get("/su-co")
@require(Permission.PRIVACY_READ)
def index() -> ResponseReturnValue:
    """The register."""
    must_see_all()
    session, at = db_session(), now()
    known, people = confirmed_fingerprints(session), queries.people_by_incident(session)
    lines = [
        {**shown.line_of(session, one, at, known), "people": people.get(one.id, 0)}
        for one in queries.register(session)
    ]
    return render_template("incidents/index.html", lines=lines, may_write=_may_write())


@bp.get("/su-co/<ma>")
@require(Permission.PRIVACY_READ)
def show(ma: str) -> ResponseReturnValue:
    """One incident."""
    opened = open_incident(ma)
    return render_template(
        "incidents/show.html",
        line=shown.line_of(opened.session, opened.incident, opened.at),
        found=opened.incident,
        counts=queries.counts_of(opened.session, opened.incident),
        steps=shown.steps_of(opened.session, opened.incident),
        may_write=_may_write() and is_open(opened.incident),
    )


def _may_write() -> bool:
    return current_viewer().can(Permission.PRIVACY_WRITE)
