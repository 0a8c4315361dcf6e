"""Campaigns within the reader's scope, and what hangs on one. Reads only."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from registry.accounts.models import Account
from registry.accounts.queries import scope_condition
from registry.accounts.rules import Viewer
from registry.campaigns.models import (
    BudgetLine,
    Campaign,
    CampaignChannel,
    CampaignMessage,
    CampaignNeed,
    CampaignPolicy,
    CampaignSegment,
    CampaignSending,
)
from registry.campaigns.rules.words import ChannelKind, MessageStep, SendingState
from registry.needs.models import Need
from registry.people.queries import is_public_id
from registry.policies.models import Policy
from registry.web.paging import PAGE_SIZE, Page

_WHOLE = (
    selectinload(Campaign.goals),
    selectinload(Campaign.needs).joinedload(CampaignNeed.need).joinedload(Need.organisation),
    selectinload(Campaign.policies).joinedload(CampaignPolicy.policy).selectinload(Policy.versions),
    selectinload(Campaign.lines).selectinload(BudgetLine.entries),
    selectinload(Campaign.milestones),
    selectinload(Campaign.transitions),
)


def in_scope(viewer: Viewer) -> ColumnElement[bool]:
    """The condition that every list of campaigns carries."""
    return scope_condition(viewer, Campaign.unit_path, Campaign.organisation_path)


def campaign_of(session: Session, viewer: Viewer, public_id: str) -> Campaign | None:
    """A campaign with all its page shows; None when there is none, or it lies outside the viewer's scopes."""
    if not is_public_id(public_id):
        return None
    wanted = select(Campaign).where(Campaign.public_id == public_id, in_scope(viewer))
    return session.scalar(wanted.options(*_WHOLE))


def campaign_by_submission(session: Session, key: str, by: int) -> Campaign | None:
    """What the same form made when it was sent before."""
    return session.scalar(select(Campaign).where(Campaign.submission_key == key, Campaign.owner_id == by))


def register(session: Session, viewer: Viewer, page: int) -> Page[Campaign]:
    """One page of campaigns, those that end last first."""
    total = session.scalar(select(func.count()).select_from(Campaign).where(in_scope(viewer))) or 0
    number = max(1, min(page, -(-total // PAGE_SIZE) or 1))
    rows = session.scalars(
        select(Campaign)
        .where(in_scope(viewer))
        .options(selectinload(Campaign.goals))
        .order_by(Campaign.ends_on.desc(), Campaign.id.desc())
        .limit(PAGE_SIZE)
        .offset((number - 1) * PAGE_SIZE)
    ).all()
    return Page(rows=list(rows), total=total, number=number)


def channels_of(session: Session, campaign: Campaign) -> Sequence[CampaignChannel]:
    """The channels of a campaign, in the order in which they were made."""
    return session.scalars(
        select(CampaignChannel).where(CampaignChannel.campaign_id == campaign.id).order_by(CampaignChannel.id)
    ).all()


def channel_of(session: Session, campaign: Campaign, public_id: str) -> CampaignChannel | None:
    """One channel of a campaign."""
    return session.scalar(
        select(CampaignChannel).where(
            CampaignChannel.campaign_id == campaign.id, CampaignChannel.public_id == public_id
        )
    )


def letters_channel(session: Session, campaign: Campaign) -> CampaignChannel:
    """The channel of its letters, which every campaign has."""
    return session.scalars(
        select(CampaignChannel)
        .where(CampaignChannel.campaign_id == campaign.id, CampaignChannel.kind == ChannelKind.LETTER)
        .order_by(CampaignChannel.id)
        .limit(1)
    ).one()


def open_channel(session: Session, public_id: str) -> CampaignChannel | None:
    """The channel of a public address, of whatever campaign."""
    if not is_public_id(public_id):
        return None
    whole = joinedload(CampaignChannel.campaign).options(*_WHOLE)
    return session.scalar(
        select(CampaignChannel)
        .where(CampaignChannel.public_id == public_id, CampaignChannel.closed_at.is_(None))
        .options(whole)
    )


def segments_of(session: Session, campaign: Campaign) -> Sequence[CampaignSegment]:
    """The segments of a campaign, in the order in which they were added."""
    return session.scalars(
        select(CampaignSegment).where(CampaignSegment.campaign_id == campaign.id).order_by(CampaignSegment.id)
    ).all()


def newest_texts(session: Session, campaign: Campaign) -> dict[tuple[MessageStep, str], CampaignMessage]:
    """{(step, language): the newest version of its text}."""
    rows = session.scalars(
        select(CampaignMessage)
        .where(CampaignMessage.campaign_id == campaign.id)
        .order_by(CampaignMessage.number)
    )
    return {(one.step, one.language): one for one in rows}


def sendings_of(session: Session, campaign: Campaign) -> Sequence[CampaignSending]:
    """The orders to send, the newest first."""
    return session.scalars(
        select(CampaignSending)
        .where(CampaignSending.campaign_id == campaign.id)
        .options(joinedload(CampaignSending.channel))
        .order_by(CampaignSending.id.desc())
    ).all()


def waiting_sending(session: Session, campaign: Campaign, step: MessageStep) -> CampaignSending | None:
    """The order for a step that waits."""
    return session.scalar(
        select(CampaignSending).where(
            CampaignSending.campaign_id == campaign.id,
            CampaignSending.step == step,
            CampaignSending.state == SendingState.WAITING,
        )
    )


def is_sending_due(session: Session, at: datetime) -> bool:
    """Whether a batch is due. One statement by an index."""
    due = select(CampaignSending.id).where(
        CampaignSending.state == SendingState.WAITING, CampaignSending.next_at <= at
    )
    return session.scalar(due.limit(1)) is not None


def names_of(session: Session, ids: Sequence[int | None]) -> dict[int, str]:
    """{row id of an account: the name it shows}."""
    wanted = sorted({one for one in ids if one is not None})
    if not wanted:
        return {}
    rows = session.execute(select(Account.id, Account.display_name).where(Account.id.in_(wanted)))
    return {row.id: row.display_name for row in rows}


def needs_to_choose(
    session: Session, viewer: Viewer, kept: Sequence[int], states: Sequence[str]
) -> Sequence[Need]:
    """The needs a campaign of the viewer's may bring people to, those it names already among them."""
    from_scope = scope_condition(viewer, Need.unit_path, Need.organisation_path)
    wanted = select(Need).where(from_scope, (Need.state.in_(states)) | (Need.id.in_(list(kept))))
    return session.scalars(
        wanted.options(joinedload(Need.organisation)).order_by(Need.title_sort, Need.id).limit(200)
    ).all()


def days_left(ends_on: date, on: date) -> int:
    """Days after this one until the end of the last day."""
    return max(0, (ends_on - on).days)
