"""The blueprint of the room and what its pages share."""

from collections.abc import Sequence

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from registry.accounts.access import current_account, current_viewer
from registry.audit.operations import record_read
from registry.needs.models import Need
from registry.needs.queries import get_need
from registry.web.clock import now
from registry.web.database import write_session
from registry.web.errors import NotVisible

bp = Blueprint("matching", __name__)

PURPOSE = "matching"


def visible_need(session: Session, public_id: str) -> Need:
    """The need, if the viewer may see it; otherwise NotVisible, as for one that does not exist."""
    need = get_need(session, current_viewer(), public_id)
    if need is None:
        raise NotVisible
    return need


def record_shown(action: str, people: Sequence[str], **detail: str) -> None:
    """One event that these people's data were shown, however many they are; nobody shown, nothing to record."""
    if not people:
        return
    session = write_session()
    record_read(
        session, current_account().id, action, people=people, purpose=PURPOSE, detail=detail, at=now()
    )
    session.commit()


def page(template: str, **context: object) -> ResponseReturnValue:
    """A page of this room."""
    return render_template(f"matching/{template}", **context)
