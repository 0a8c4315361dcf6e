"""What every view of one person does first and last: load within scope, say who looks, keep the read in the log."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from flask import abort, redirect, request, url_for
from sqlalchemy.orm import Session

from registry.accounts.access import current_account, current_viewer, may
from registry.accounts.rules import Permission, Viewer
from registry.audit.operations import record_read
from registry.people import queries
from registry.people.models import Person
from registry.people.views.introduced import known_for
from registry.web.clock import now, today
from registry.web.database import SAFE_METHODS, db_session, write_session
from registry.web.errors import NotVisible


@dataclass(frozen=True)
class Opened:
    """A record opened by a viewer in a request."""

    session: Session
    viewer: Viewer
    person: Person
    on: date
    at: datetime
    by: int
    need: str | None = None

    @property
    def is_introduced(self) -> bool:
        """Whether the name shows only because its person let the officers of the need in hand know it."""
        return self.is_named and not self.person.agrees_to_be_named

    @property
    def is_named(self) -> bool:
        """Whether the viewer may see the name and what goes with it."""
        return queries.may_be_named(self.person, self.viewer)

    @property
    def name(self) -> str:
        """What stands for the person on pages."""
        return queries.display_name(self.person, self.viewer)

    def can(self, permission: Permission) -> bool:
        """Whether the viewer has another permission for this very record."""
        return may(permission, self.person)


def open_person(ma: str, need: str | None = None) -> Opened:
    """The person of an address. Raises NotVisible outside the scope or where the record may not be used.

    With a `need` (a public id) the person is opened for it; one the viewer may not match for changes nothing.
    """
    session, viewer, on = db_session(), current_viewer(), today()
    person = queries.get_visible(session, viewer, ma, on=on)
    if person is None:
        lead_to_survivor(ma)
        raise NotVisible
    opened = Opened(session, viewer, person, on, now(), current_account().id)
    known = known_for(need)
    if known is None:
        return opened
    return replace(opened, viewer=replace(viewer, introduced=known.named), need=need)


def lead_to_survivor(ma: str) -> None:
    """The address of a record that was merged leads to the same page of the one it went into."""
    survivor = queries.get_survivor(db_session(), current_viewer(), ma, on=today())
    if survivor is None or request.endpoint is None:
        return
    if request.method in SAFE_METHODS:
        where: dict[str, Any] = {**(request.view_args or {}), "ma": survivor.public_id}
        place = url_for(request.endpoint, **where)
    else:  # what was sent was meant for the record as it was
        place = url_for("people.show", ma=survivor.public_id)
    abort(redirect(place, 303))


def open_named(ma: str) -> Opened:
    """The same for pages about names, contacts and papers: 403 while the person has not agreed to be named."""
    opened = open_person(ma)
    if not opened.is_named:
        abort(403)
    return opened


def keep_read(opened: Opened, section: str) -> None:
    """Record that personal data of one person was shown on a GET."""
    _keep(opened.by, "person.opened", [opened.person.public_id], section, opened.at, need=opened.need)


def keep_list_read(by: int, people: list[str], section: str, at: datetime) -> None:
    """Record that a list showed these people."""
    if people:
        _keep(by, "people.listed", people, section, at)


def keep_looked_up(by: int, people: list[str], at: datetime) -> None:
    """Record that somebody asked for these very people and found them."""
    if people:
        _keep(by, "people.looked_up", people, "tra-cuu", at)


def _keep(
    by: int, action: str, people: list[str], section: str, at: datetime, *, need: str | None = None
) -> None:
    session = write_session()
    detail = {"page": section} | ({} if need is None else {"need": need})
    record_read(session, by, action, people=people, purpose="registry", detail=detail, at=at)
    session.commit()
