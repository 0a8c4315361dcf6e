"""The blueprint of the room and what its pages share."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, url_for
from sqlalchemy.orm import Session

from registry.accounts.access import current_account, current_viewer, may
from registry.accounts.rules import Permission, Viewer
from registry.accounts.views.postman import settings
from registry.audit.operations import record_read
from registry.campaigns.forms.words import STATE, STATE_TAG
from registry.campaigns.models import Campaign
from registry.campaigns.operations.sending import Paper, paper_of
from registry.campaigns.operations.writing import standing_of
from registry.campaigns.queries.campaigns import campaign_of, days_left
from registry.campaigns.rules.states import CampaignState
from registry.web.clock import now, today
from registry.web.database import db_session, write_session
from registry.web.errors import NotVisible
from registry.web.installation import installation

bp = Blueprint("campaigns", __name__)


def visible_campaign(session: Session, ma: str) -> Campaign:
    """The campaign, if the viewer may see it; otherwise NotVisible, as for one that does not exist."""
    found = campaign_of(session, reader(), ma)
    if found is None:
        raise NotVisible
    return found


def reader() -> Viewer:
    """The viewer with the scopes on which they may read campaigns."""
    return current_viewer().limited_to(Permission.CAMPAIGNS_READ)


def writable_campaign(session: Session, ma: str) -> Campaign:
    """The campaign, if the viewer may see and write it."""
    found = visible_campaign(session, ma)
    if not may(Permission.CAMPAIGNS_WRITE, found):
        raise NotVisible
    return found


def paper(session: Session) -> Paper:
    """Letters of this installation."""
    return paper_of(settings().public_url, installation(session).tenant.name)


def state_words(state: CampaignState) -> dict[str, Any]:
    """The word and the colour of a state, for the tag."""
    return {"text": STATE[state], "kind": STATE_TAG.get(state, "")}


def head_of(campaign: Campaign, tab: str) -> dict[str, Any]:
    """What the head of every page of a campaign shows."""
    on = today()
    shown = standing_of(campaign, on)
    return {
        "campaign": campaign,
        "tab": tab,
        "state": state_words(shown),
        "shown_state": shown,
        "days_left": days_left(campaign.ends_on, on) if shown is CampaignState.RUNNING else None,
        "may_write": may(Permission.CAMPAIGNS_WRITE, campaign),
        "sees_people": may(Permission.PEOPLE_READ, campaign),
    }


def page_of(campaign: Campaign, endpoint: str, **values: Any) -> str:
    """The address of one of its pages."""
    return url_for(f"campaigns.{endpoint}", ma=campaign.public_id, **values)


def session_and(ma: str, *, to_write: bool = False) -> tuple[Session, Campaign]:
    """The session of the request with the campaign of its address."""
    session = db_session()
    return session, writable_campaign(session, ma) if to_write else visible_campaign(session, ma)


def record_shown(action: str, people: Sequence[str], campaign: Campaign) -> None:
    """One event that these people were shown, however many they are; nobody shown, nothing to record. Commits."""
    if not people:
        return
    session = write_session()
    detail = {"campaign": campaign.public_id}
    record_read(session, current_account().id, action, people=people, detail=detail, at=now())
    session.commit()
