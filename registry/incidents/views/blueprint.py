"""The blueprint of the room, and how its views come by an incident."""

from dataclasses import dataclass
from datetime import datetime
from typing import cast

from flask import Blueprint, current_app, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from registry.accounts.access import current_account, current_viewer
from registry.accounts.rules import EVERYWHERE
from registry.config import Settings
from registry.incidents import queries
from registry.incidents.models import Incident
from registry.privacy.operations.reaching import Office
from registry.web.clock import now
from registry.web.database import db_session
from registry.web.errors import NotVisible
from registry.web.i18n import gettext as _

bp = Blueprint("incidents", __name__)


@dataclass(frozen=True)
class Opened:
    """An incident that the viewer may work with."""

    session: Session
    incident: Incident
    by: int
    at: datetime


def must_see_all() -> None:
    """An incident concerns everybody on record: a role on one part of the installation does not open it."""
    if EVERYWHERE not in current_viewer().scopes:
        raise NotVisible


def open_incident(ma: str) -> Opened:
    """The incident of an address. Raises NotVisible."""
    must_see_all()
    session = db_session()
    incident = queries.incident_of(session, ma)
    if incident is None:
        raise NotVisible
    return Opened(session, incident, current_account().id, now())


def is_open(incident: Incident) -> bool:
    """Whether anything may still be done about it."""
    return incident.closed_at is None


def too_late(ma: str) -> ResponseReturnValue:
    """Back to the incident, which does not allow what was asked."""
    flash(_("Việc này không còn làm được với sự cố ở trạng thái hiện nay. Xem các bước bên dưới."), "warn")
    return redirect(url_for(".show", ma=ma), 303)


def done(ma: str, sentence: str) -> ResponseReturnValue:
    """Back to the incident once something was kept."""
    flash(sentence, "ok")
    return redirect(url_for(".show", ma=ma), 303)


def office(session: Session) -> Office:
    """Who letters come from."""
    settings = cast("Settings", current_app.config["REGISTRY_SETTINGS"])
    return Office.of(session, settings.public_url)
