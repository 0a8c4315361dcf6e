"""The blueprint of the room, and how its views come by a decision, a grant, the paper of letters, a name."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from registry import formats
from registry.accounts.access import current_account, current_viewer, may
from registry.accounts.rules import Permission
from registry.accounts.views.postman import settings
from registry.audit.operations import record_read
from registry.grants import operations
from registry.grants.models import EligibilityDecision, Grant
from registry.grants.operations import Act, act_of
from registry.grants.queries.listing import get_decision, get_grant
from registry.introductions.operations import Papers
from registry.people.models import Person
from registry.people.queries import display_name
from registry.web.clock import now, today
from registry.web.database import db_session, write_session
from registry.web.errors import NotVisible
from registry.web.i18n import current_language
from registry.web.i18n import gettext as _
from registry.web.installation import installation

bp = Blueprint("grants", __name__)


PURPOSE = "registry"


@dataclass(frozen=True)
class Opened:
    """A decision or a grant somebody works with."""

    session: Session
    decision: EligibilityDecision
    act: Act

    def can(self, permission: Permission) -> bool:
        """Whether the viewer has another permission where the person's record is kept."""
        return may(permission, self.decision.person)


@dataclass(frozen=True)
class OpenedGrant(Opened):
    """The same of a grant."""

    grant: Grant

    @property
    def ma(self) -> str:
        """The id in the address."""
        return self.grant.public_id


def open_decision(ma: str) -> Opened:
    """The decision of an address. Raises NotVisible."""
    session = db_session()
    found = get_decision(session, current_viewer(), ma, on=today())
    if found is None:
        raise NotVisible
    return Opened(session, found, own_act())


def open_grant(ma: str) -> OpenedGrant:
    """The grant of an address. Raises NotVisible."""
    session = db_session()
    found = get_grant(session, current_viewer(), ma, on=today())
    if found is None:
        raise NotVisible
    return OpenedGrant(session, found.decision, own_act(), found)


def own_act() -> Act:
    """What whoever is signed in does now."""
    return act_of(current_account().id, now())


def shown_name(person: Person) -> str:
    """The name for who may read people there, else the code alone: an auditor checks money, not who somebody is."""
    if not may(Permission.PEOPLE_READ, person):
        return _("Hồ sơ %(code)s", code=person.code)
    return display_name(person, current_viewer())


def keep_read(section: str, people: list[str]) -> None:
    """Record that these people's decisions were shown."""
    if not people:
        return
    session, act = write_session(), own_act()
    action = "person.opened" if len(people) == 1 else "people.listed"
    by = current_account().id
    record_read(session, by, action, people=people, purpose=PURPOSE, detail={"page": section}, at=act.at)
    session.commit()


def papers(session: Session) -> Papers:
    """Letters of this installation."""
    return operations.papers_of(settings().public_url, installation(session).tenant.name)


def done(opened: Opened, sentence: str) -> ResponseReturnValue:
    """Keep it, tell the person that there is news, and go back to the grant or the decision."""
    operations.tell_news(opened.session, papers(opened.session), opened.decision, at=opened.act.at)
    return kept(opened, sentence)


def kept(opened: Opened, sentence: str) -> ResponseReturnValue:
    """The same without a letter: what is no news to the person."""
    opened.session.commit()
    flash(sentence, "ok")
    return redirect(home_of(opened), 303)


def home_of(opened: Opened) -> str:
    """The page of the grant, or of the decision while there is none."""
    if isinstance(opened, OpenedGrant):
        return url_for("grants.show", ma=opened.ma)
    return url_for("grants.decision", ma=opened.decision.public_id)


def not_possible(opened: Opened) -> ResponseReturnValue:
    """Back, since the state does not allow what was asked (any more)."""
    opened.session.rollback()
    flash(_("Việc này không làm được ở trạng thái hiện nay. Xem lại trang rồi làm tiếp."), "warn")
    return redirect(home_of(opened), 303)


def money(vnd: int | None) -> str:
    """A sum in the language of the page."""
    return "" if vnd is None else formats.money(vnd, current_language())


def day(value: Any) -> str:
    """A day in the language of the page."""
    return "" if value is None else formats.date(value, current_language())
