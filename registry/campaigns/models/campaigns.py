"""The campaign itself: what it is to reach, with which needs, policies and money, by when. No queries."""

from datetime import date

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.campaigns.rules.states import CampaignState
from registry.db import (
    Base,
    Public,
    Stamped,
    Versioned,
    code_text,
    derive,
    enum_column,
    long_text,
    name_text,
    short_text,
    utc_at,
)
from registry.needs.models import Need
from registry.organisations.models import Organisation
from registry.places.models import AdministrativeUnit
from registry.policies.models import Policy
from registry.policies.rules.budgets import MOST_PLANNED, EntryKind
from registry.text import fold


class CampaignNumber(Base):
    """The last number given in a year; its row is locked while the next one is taken, so codes have no gap."""

    __tablename__ = "campaign_number"

    year: Mapped[int] = mapped_column(unique=True)
    last: Mapped[int]


class Campaign(Public, Stamped, Versioned, Base):
    """A campaign. `unit_path` and `organisation_path` are its scope, and the people it may write to.

    `state` is what was decided and never `running`: an approved campaign runs between its dates.
    `put_forward_by_id` is who asked for approval or changed what waited for it; somebody else approves.
    """

    __tablename__ = "campaign"
    __table_args__ = (
        CheckConstraint("ends_on >= starts_on", name="ends_after_start"),
        CheckConstraint("state <> 'running'", name="running_is_by_dates"),
        CheckConstraint("per_hour BETWEEN 1 AND 5000", name="per_hour_range"),
        CheckConstraint("remind_after_days BETWEEN 1 AND 90", name="remind_after_range"),
        CheckConstraint("link_days BETWEEN 1 AND 365", name="link_days_range"),
        Index(None, "unit_path"),
        Index(None, "organisation_path"),
        Index(None, "state"),
    )

    code: Mapped[code_text] = mapped_column(unique=True)
    submission_key: Mapped[str | None] = mapped_column(String(26), unique=True)
    title: Mapped[name_text]
    title_folded: Mapped[long_text]
    about: Mapped[long_text] = mapped_column(default="")
    about_en: Mapped[long_text] = mapped_column(default="")
    legal_basis: Mapped[short_text] = mapped_column(default="")
    state: Mapped[CampaignState] = mapped_column(enum_column(CampaignState), default=CampaignState.DRAFT)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("administrative_unit.id"))
    unit_path: Mapped[str] = mapped_column(String(200), default="")
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    organisation_path: Mapped[str] = mapped_column(String(200), default="")
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    per_hour: Mapped[int] = mapped_column(default=200)
    remind_after_days: Mapped[int] = mapped_column(default=10)
    link_days: Mapped[int] = mapped_column(default=60)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    put_forward_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    organisation: Mapped[Organisation | None] = relationship()
    unit: Mapped[AdministrativeUnit | None] = relationship()
    goals: Mapped[list["CampaignGoal"]] = relationship(
        cascade="all, delete-orphan", order_by="CampaignGoal.position"
    )
    needs: Mapped[list["CampaignNeed"]] = relationship(
        cascade="all, delete-orphan", order_by="CampaignNeed.id"
    )
    policies: Mapped[list["CampaignPolicy"]] = relationship(
        cascade="all, delete-orphan", order_by="CampaignPolicy.id"
    )
    lines: Mapped[list["BudgetLine"]] = relationship(
        cascade="all, delete-orphan", order_by="BudgetLine.position"
    )
    milestones: Mapped[list["CampaignMilestone"]] = relationship(
        cascade="all, delete-orphan", order_by="CampaignMilestone.on, CampaignMilestone.id"
    )
    transitions: Mapped[list["CampaignTransition"]] = relationship(
        cascade="all, delete-orphan", order_by="CampaignTransition.id"
    )

    @property
    def goal(self) -> int:
        """How many people in all."""
        return sum(one.people for one in self.goals)


derive(Campaign.title, "title_folded", fold)


class CampaignGoal(Base):
    """How many people of one skill or occupation."""

    __tablename__ = "campaign_goal"
    __table_args__ = (CheckConstraint("people >= 1", name="people_positive"), Index(None, "campaign_id"))

    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id", ondelete="CASCADE"))
    position: Mapped[int]
    of: Mapped[name_text]
    people: Mapped[int]


class CampaignNeed(Base):
    """A need the campaign brings people to."""

    __tablename__ = "campaign_need"
    __table_args__ = (UniqueConstraint("campaign_id", "need_id"), Index(None, "need_id"))

    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id", ondelete="CASCADE"))
    need_id: Mapped[int] = mapped_column(ForeignKey("need.id", ondelete="CASCADE"))

    need: Mapped[Need] = relationship()


class CampaignPolicy(Base):
    """A policy the campaign offers."""

    __tablename__ = "campaign_policy"
    __table_args__ = (UniqueConstraint("campaign_id", "policy_id"),)

    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id", ondelete="CASCADE"))
    policy_id: Mapped[int] = mapped_column(ForeignKey("policy.id", ondelete="CASCADE"))

    policy: Mapped[Policy] = relationship()


class BudgetLine(Public, Base):
    """One line of the budget. What grants cost is computed; of any other line it is entered."""

    __tablename__ = "budget_line"
    __table_args__ = (
        CheckConstraint(f"planned_vnd BETWEEN 0 AND {MOST_PLANNED}", name="planned_range"),
        Index(None, "campaign_id"),
    )

    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id", ondelete="CASCADE"))
    position: Mapped[int]
    name: Mapped[name_text]
    source: Mapped[name_text] = mapped_column(default="")
    from_grants: Mapped[bool] = mapped_column(default=False)
    planned_vnd: Mapped[int] = mapped_column(BigInteger)

    entries: Mapped[list["BudgetEntry"]] = relationship(
        cascade="all, delete-orphan", order_by="BudgetEntry.on, BudgetEntry.id"
    )


class BudgetEntry(Public, Base):
    """Money of a line that no grant pays: committed (a contract) or paid. A mistake is taken back by a negative one."""

    __tablename__ = "budget_entry"
    __table_args__ = (
        CheckConstraint(f"amount_vnd BETWEEN -{MOST_PLANNED} AND {MOST_PLANNED}", name="amount_range"),
        Index(None, "line_id"),
    )

    line_id: Mapped[int] = mapped_column(ForeignKey("budget_line.id", ondelete="CASCADE"))
    kind: Mapped[EntryKind] = mapped_column(enum_column(EntryKind))
    amount_vnd: Mapped[int] = mapped_column(BigInteger)
    on: Mapped[date]
    note: Mapped[short_text] = mapped_column(default="")
    entered_at: Mapped[utc_at]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))


class CampaignMilestone(Base):
    """A day of the campaign; with `people`, how many the plan wants signed by then."""

    __tablename__ = "campaign_milestone"
    __table_args__ = (CheckConstraint("people >= 0", name="people_not_negative"), Index(None, "campaign_id"))

    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id", ondelete="CASCADE"))
    on: Mapped[date]
    text: Mapped[short_text]
    people: Mapped[int | None]


class CampaignTransition(Base):
    """What was decided, when, by whom, why. Rows are never changed."""

    __tablename__ = "campaign_transition"
    __table_args__ = (Index(None, "campaign_id"),)

    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id", ondelete="CASCADE"))
    state: Mapped[CampaignState] = mapped_column(enum_column(CampaignState))
    at: Mapped[utc_at]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    reason: Mapped[short_text] = mapped_column(default="")
