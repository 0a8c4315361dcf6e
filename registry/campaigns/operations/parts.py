"""What hangs on a campaign and changes while it runs: texts, segments, channels, money entered. Flushes, never commits."""

from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from registry.audit.operations import record
from registry.campaigns.models import (
    BudgetEntry,
    BudgetLine,
    Campaign,
    CampaignChannel,
    CampaignMessage,
    CampaignSegment,
)
from registry.campaigns.operations.errors import TextRefusedInWords
from registry.campaigns.rules.texts import faults_of
from registry.campaigns.rules.words import ChannelKind, MessageStep
from registry.matching.models import SavedSearch
from registry.policies.rules.budgets import EntryKind


def save_message(
    session: Session,
    campaign: Campaign,
    step: MessageStep,
    language: str,
    *,
    subject: str,
    body: str,
    by: int | None,
    at: datetime,
) -> CampaignMessage:
    """A new version of a text. Raises TextRefusedInWords for an unknown field or a lone brace."""
    faults = [*faults_of(subject), *faults_of(body)]
    if faults:
        raise TextRefusedInWords(faults)
    last = session.scalar(
        select(func.max(CampaignMessage.number)).where(
            CampaignMessage.campaign_id == campaign.id,
            CampaignMessage.step == step,
            CampaignMessage.language == language,
        )
    )
    message = CampaignMessage(
        campaign_id=campaign.id,
        step=step,
        language=language,
        number=(last or 0) + 1,
        subject=subject,
        body=body,
        made_at=at,
        by_id=by,
    )
    session.add(message)
    session.flush()
    detail = {"step": step, "language": language, "number": message.number}
    record(session, by, "campaign.text_saved", "campaign", campaign.public_id, detail=detail, at=at)
    return message


def add_segment(
    session: Session, campaign: Campaign, saved: SavedSearch, *, by: int | None, at: datetime
) -> bool:
    """Add the criteria of a saved search as they stand now; False when the campaign has them already."""
    there = select(CampaignSegment.id).where(
        CampaignSegment.campaign_id == campaign.id, CampaignSegment.address == saved.address
    )
    if session.scalar(there) is not None:
        return False
    segment = CampaignSegment(
        campaign_id=campaign.id, name=saved.name, address=saved.address, added_at=at, by_id=by
    )
    session.add(segment)
    session.flush()
    detail = {"segment": segment.public_id}
    record(session, by, "campaign.segment_added", "campaign", campaign.public_id, detail=detail, at=at)
    return True


def remove_segment(
    session: Session, campaign: Campaign, segment: CampaignSegment, *, by: int | None, at: datetime
) -> None:
    """Take a segment out; whoever was written to because of it stays a member."""
    detail = {"segment": segment.public_id}
    session.delete(segment)
    session.flush()
    record(session, by, "campaign.segment_removed", "campaign", campaign.public_id, detail=detail, at=at)


def add_channel(
    session: Session, campaign: Campaign, kind: ChannelKind, name: str, *, by: int | None, at: datetime
) -> CampaignChannel:
    """A new way to reach people; a name taken already is a constraint error."""
    channel = CampaignChannel(campaign_id=campaign.id, kind=kind, name=name, created_at=at, updated_at=at)
    session.add(channel)
    session.flush()
    detail = {"channel": channel.public_id}
    record(session, by, "campaign.channel_added", "campaign", campaign.public_id, detail=detail, at=at)
    return channel


def close_channel(
    session: Session, campaign: Campaign, channel: CampaignChannel, *, by: int | None, at: datetime
) -> None:
    """Its link leads nowhere any more; who came by it stays attributed to it."""
    channel.closed_at = at
    session.flush()
    detail = {"channel": channel.public_id}
    record(session, by, "campaign.channel_closed", "campaign", campaign.public_id, detail=detail, at=at)


def enter_money(
    session: Session,
    campaign: Campaign,
    line: BudgetLine,
    kind: EntryKind,
    amount_vnd: int,
    *,
    on: date,
    note: str,
    by: int | None,
    at: datetime,
) -> BudgetEntry:
    """Enter money of a line that no grant pays; a mistake is taken back by the same with the other sign."""
    entry = BudgetEntry(
        line_id=line.id, kind=kind, amount_vnd=amount_vnd, on=on, note=note, entered_at=at, by_id=by
    )
    session.add(entry)
    session.flush()
    detail = {"line": line.public_id, "kind": kind, "vnd": amount_vnd}
    record(session, by, "campaign.money_entered", "campaign", campaign.public_id, detail=detail, at=at)
    return entry
