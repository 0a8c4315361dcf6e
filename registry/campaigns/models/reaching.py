"""Whom a campaign reaches: segments, texts, channels, sendings, the people, their letters and answers. No queries.

What somebody wrote is sealed. A link is kept as a hash; the letter that carries it says which step and text it was.
"""

from datetime import date

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.campaigns.models.campaigns import Campaign
from registry.campaigns.rules.words import Answer, ChannelKind, MessageStep, OutreachWay, SendingState
from registry.db import Base, Public, Stamped, enum_column, long_text, name_text, short_text, utc_at
from registry.matching.models import SEARCH_LENGTH
from registry.needs.models import Need
from registry.people.models import Person


class CampaignSegment(Public, Base):
    """A part of the audience: the criteria of a saved search as they stood when it was added.

    Whom they find is asked anew at every sending. The search may be changed or forgotten afterwards.
    """

    __tablename__ = "campaign_segment"
    __table_args__ = (UniqueConstraint("campaign_id", "address"),)

    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id", ondelete="CASCADE"))
    name: Mapped[name_text]
    address: Mapped[str] = mapped_column(String(SEARCH_LENGTH))
    added_at: Mapped[utc_at]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))


class CampaignMessage(Public, Base):
    """One version of a text, for one step and language; never changed: a new text is a new version."""

    __tablename__ = "campaign_message"
    __table_args__ = (
        UniqueConstraint("campaign_id", "step", "language", "number"),
        CheckConstraint("language IN ('vi', 'en')", name="language_known"),
    )

    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id", ondelete="CASCADE"))
    step: Mapped[MessageStep] = mapped_column(enum_column(MessageStep))
    language: Mapped[str] = mapped_column(String(2))
    number: Mapped[int]
    subject: Mapped[name_text]
    body: Mapped[long_text]
    made_at: Mapped[utc_at]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))


class CampaignChannel(Public, Stamped, Base):
    """Where people are reached. Its public id is the address of the campaign's page for whoever comes by it."""

    __tablename__ = "campaign_channel"
    __table_args__ = (UniqueConstraint("campaign_id", "name"),)

    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id", ondelete="CASCADE"))
    kind: Mapped[ChannelKind] = mapped_column(enum_column(ChannelKind))
    name: Mapped[name_text]
    closed_at: Mapped[utc_at | None]

    campaign: Mapped[Campaign] = relationship()


class CampaignSending(Public, Base):
    """An order to send a step to the audience, batch by batch: at most `per_hour` letters in any hour.

    `texts` are the values of the fields that are the same for everybody, by language, as they were shown to whoever
    ordered it: {language: {field: value}}.
    """

    __tablename__ = "campaign_sending"
    __table_args__ = (
        Index(None, "campaign_id"),
        Index(None, "state", "next_at"),
        CheckConstraint("per_hour BETWEEN 1 AND 5000", name="per_hour_range"),
    )

    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id", ondelete="CASCADE"))
    step: Mapped[MessageStep] = mapped_column(enum_column(MessageStep))
    channel_id: Mapped[int] = mapped_column(ForeignKey("campaign_channel.id"))
    per_hour: Mapped[int]
    state: Mapped[SendingState] = mapped_column(enum_column(SendingState), default=SendingState.WAITING)
    next_at: Mapped[utc_at]
    expected: Mapped[int]
    texts: Mapped[dict[str, dict[str, str]]] = mapped_column(JSON)
    queued: Mapped[int] = mapped_column(default=0)
    asked_at: Mapped[utc_at]
    ended_at: Mapped[utc_at | None]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    campaign: Mapped[Campaign] = relationship()
    channel: Mapped[CampaignChannel] = relationship()


class CampaignMember(Public, Base):
    """A person a campaign reached, once however often: by a letter, or because they came by a link of it.

    `channel_id` is the first contact and never changes. An erased person leaves the row behind, empty: the counts hold.
    """

    __tablename__ = "campaign_member"
    __table_args__ = (
        UniqueConstraint("campaign_id", "person_id"),
        Index(None, "person_id"),
        Index(None, "channel_id"),
        CheckConstraint("(answer IS NULL) = (answered_at IS NULL)", name="answer_with_its_moment"),
    )

    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id", ondelete="CASCADE"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    channel_id: Mapped[int] = mapped_column(ForeignKey("campaign_channel.id"))
    reached_at: Mapped[utc_at]
    opened_at: Mapped[utc_at | None]
    answered_at: Mapped[utc_at | None]
    answer: Mapped[Answer | None] = mapped_column(enum_column(Answer))
    need_id: Mapped[int | None] = mapped_column(ForeignKey("need.id", ondelete="SET NULL"))
    words_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)

    campaign: Mapped[Campaign] = relationship()
    person: Mapped[Person | None] = relationship()
    channel: Mapped[CampaignChannel] = relationship()
    need: Mapped[Need | None] = relationship()


class CampaignLetter(Public, Base):
    """A letter of a step to one person, with the hash of the link in it. The link ends with the campaign, or sooner."""

    __tablename__ = "campaign_letter"
    __table_args__ = (
        UniqueConstraint("member_id", "step"),
        Index(None, "sending_id", "queued_at"),
        Index(None, "message_id"),
    )

    member_id: Mapped[int] = mapped_column(ForeignKey("campaign_member.id", ondelete="CASCADE"))
    sending_id: Mapped[int] = mapped_column(ForeignKey("campaign_sending.id", ondelete="CASCADE"))
    message_id: Mapped[int] = mapped_column(ForeignKey("campaign_message.id"))
    step: Mapped[MessageStep] = mapped_column(enum_column(MessageStep))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    queued_at: Mapped[utc_at]
    expires_at: Mapped[utc_at]
    opened_at: Mapped[utc_at | None]
    answered_at: Mapped[utc_at | None]
    revoked_at: Mapped[utc_at | None]

    member: Mapped[CampaignMember] = relationship()


class OutreachAttempt(Public, Base):
    """An attempt to speak to a person of a campaign: how, what came of it, which role was agreed, when next."""

    __tablename__ = "outreach_attempt"
    __table_args__ = (Index(None, "member_id"), Index(None, "next_on"))

    member_id: Mapped[int] = mapped_column(ForeignKey("campaign_member.id", ondelete="CASCADE"))
    way: Mapped[OutreachWay] = mapped_column(enum_column(OutreachWay))
    on: Mapped[date]
    role: Mapped[short_text] = mapped_column(default="")
    next_on: Mapped[date | None]
    words_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    noted_at: Mapped[utc_at]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    member: Mapped[CampaignMember] = relationship()
