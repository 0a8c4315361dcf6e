"""The blueprint, and how its views come by a need and a person, and what the engine says of both."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import Blueprint
from sqlalchemy.orm import Session

from registry.accounts.access import current_account, current_viewer, whole_viewer
from registry.accounts.rules import Permission, Viewer
from registry.consents.rules import PurposeCode
from registry.matching.views.blueprint import visible_need
from registry.needs.models import Need
from registry.offers.operations import note_opened
from registry.offers.queries.sheet import sheet_for
from registry.people.models import Person
from registry.people.queries import display_name, is_public_id, may_be_named, people_for
from registry.people.views.introduced import in_need
from registry.policies.queries.ready import ReadyLaw
from registry.policies.rules.withheld import NOTHING, UNNAMED
from registry.web.clock import now, today
from registry.web.database import db_session, write_session
from registry.web.errors import NotVisible

bp = Blueprint("offers", __name__)


@dataclass(frozen=True)
class Pair:
    """A need and a person who may be matched for it now; `viewer` looks for this need."""

    session: Session
    viewer: Viewer
    need: Need
    person: Person
    by: int
    on: date
    at: datetime

    @property
    def name(self) -> str:
        """What stands for the person on pages."""
        return display_name(self.person, self.viewer)

    @property
    def withheld(self) -> frozenset[str]:
        """The facts of the person that the viewer may not read."""
        return withheld_for(self.person, self.viewer)


def withheld_for(person: Person, viewer: Viewer) -> frozenset[str]:
    """The facts of a person that a viewer may not read: of somebody who is not named, what would tell who they are."""
    return NOTHING if may_be_named(person, viewer) else UNNAMED


def opened_pair(ma: str, nguoi: str) -> Pair:
    """The need and the person of an address. Raises NotVisible, also for whoever may not read policies."""
    if not whole_viewer().can(Permission.POLICIES_READ) or not is_public_id(nguoi):
        raise NotVisible
    session, on = db_session(), today()
    need = visible_need(session, ma)
    wanted = people_for(current_viewer(), PurposeCode.MATCHING, on=on).where(Person.public_id == nguoi)
    person = session.scalar(wanted)
    if person is None:
        raise NotVisible
    viewer = in_need(current_viewer(), need.public_id)
    return Pair(session, viewer, need, person, current_account().id, on, now())


def worked_out(pair: Pair, law: ReadyLaw, application: Mapping[str, Any], day: date) -> dict[str, Any]:
    """The content of a sheet for a day of decision. Raises `PolicyRefused` for facts nobody knows."""
    return sheet_for(pair.session, law, pair.person, pair.need, application, on=day, withheld=pair.withheld)


def keep_read(by: int, person: str, page: str, at: datetime, need: str = "") -> None:
    """Note on a GET that what policies say of a person was shown."""
    session = write_session()
    note_opened(session, by, person, page, need=need, at=at)
    session.commit()
