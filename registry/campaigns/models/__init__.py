"""Tables of campaigns. No queries."""

from registry.campaigns.models.campaigns import (
    BudgetEntry,
    BudgetLine,
    Campaign,
    CampaignGoal,
    CampaignMilestone,
    CampaignNeed,
    CampaignNumber,
    CampaignPolicy,
    CampaignTransition,
)
from registry.campaigns.models.reaching import (
    CampaignChannel,
    CampaignLetter,
    CampaignMember,
    CampaignMessage,
    CampaignSegment,
    CampaignSending,
    OutreachAttempt,
)

__all__ = [
    "BudgetEntry",
    "BudgetLine",
    "Campaign",
    "CampaignChannel",
    "CampaignGoal",
    "CampaignLetter",
    "CampaignMember",
    "CampaignMessage",
    "CampaignMilestone",
    "CampaignNeed",
    "CampaignNumber",
    "CampaignPolicy",
    "CampaignSegment",
    "CampaignSending",
    "CampaignTransition",
    "OutreachAttempt",
]
