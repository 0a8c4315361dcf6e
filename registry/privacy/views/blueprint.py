"""The blueprint of the room, and how its views come by a person or a request."""

from dataclasses import dataclass
from datetime import date, datetime

from flask import Blueprint, abort
from sqlalchemy.orm import Session

from registry.accounts.access import current_account, current_viewer
from registry.people.models import Person
from registry.people.queries import get_own
from registry.privacy import queries
from registry.privacy.models import RightsRequest
from registry.web.clock import now, today
from registry.web.database import db_session
from registry.web.errors import NotVisible

bp = Blueprint("privacy", __name__)


@dataclass(frozen=True)
class Own:
    """The record of whoever is signed in."""

    session: Session
    person: Person
    by: int
    on: date
    at: datetime


def own_record() -> Own | None:
    """The record behind the account of this request; None for an account without one."""
    session, account = db_session(), current_account()
    person = get_own(session, account.id)
    return None if person is None else Own(session, person, account.id, today(), now())


def must_own() -> Own:
    """The same for what cannot be done without a record."""
    own = own_record()
    if own is None:
        abort(404)
    return own


def own_request(own: Own, ma: str) -> RightsRequest:
    """One of the own requests. Raises NotVisible."""
    request = queries.request_of(own.session, own.person, ma)
    if request is None:
        raise NotVisible
    return request


def request_in_scope(ma: str) -> RightsRequest:
    """A request of a person whose record the viewer's office keeps. Raises NotVisible."""
    request = queries.request_in_scope(db_session(), current_viewer(), ma)
    if request is None:
        raise NotVisible
    return request
