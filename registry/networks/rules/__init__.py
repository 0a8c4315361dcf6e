"""Closed lists of the room, and what days and states say. Pure."""

from registry.networks.rules.kinds import (
    AwardKind,
    MemberRole,
    OriginKind,
    OutreachAnswer,
    TaskKind,
    TaskLevel,
    TaskState,
    TaskWay,
    VisitKind,
)
from registry.networks.rules.members import (
    Membership,
    TermDays,
    TermsOn,
    by_year,
    count_on,
    crosses,
    is_in_force,
    terms_on,
)
from registry.networks.rules.tasks import ENDED, NEXT, is_late, may_become
from registry.networks.rules.visits import CountrySplit, split_by_country

__all__ = [
    "ENDED",
    "NEXT",
    "AwardKind",
    "CountrySplit",
    "MemberRole",
    "Membership",
    "OriginKind",
    "OutreachAnswer",
    "TaskKind",
    "TaskLevel",
    "TaskState",
    "TaskWay",
    "TermDays",
    "TermsOn",
    "VisitKind",
    "by_year",
    "count_on",
    "crosses",
    "is_in_force",
    "is_late",
    "may_become",
    "split_by_country",
    "terms_on",
]
