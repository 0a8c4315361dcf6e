"""Rights over one's own data: kinds, limits, the calendar they are counted on, and how clocks stand. Pure."""

from registry.privacy.rules.calendar import (
    DayKind,
    SpecialDays,
    WorkingCalendar,
    local_day,
    working_calendar,
)
from registry.privacy.rules.clocks import SOON_DAYS, Standing, Urgency, extended, nearer_due, standing_of
from registry.privacy.rules.effects import UseNow, closed_by, stops_when, uses_now
from registry.privacy.rules.kinds import (
    AT_ONCE,
    FOLLOWING,
    LIMITING,
    NEVER_REFUSED,
    OPEN_STATES,
    IdentityCheck,
    RequestState,
    RightKind,
    StepKind,
)
from registry.privacy.rules.limits import (
    Clocks,
    Limit,
    NoLimit,
    clocks_of,
    limit_of,
    limits,
    limits_version,
)

__all__ = [
    "AT_ONCE",
    "FOLLOWING",
    "LIMITING",
    "NEVER_REFUSED",
    "OPEN_STATES",
    "SOON_DAYS",
    "Clocks",
    "DayKind",
    "IdentityCheck",
    "Limit",
    "NoLimit",
    "RequestState",
    "RightKind",
    "SpecialDays",
    "Standing",
    "StepKind",
    "Urgency",
    "UseNow",
    "WorkingCalendar",
    "clocks_of",
    "closed_by",
    "extended",
    "limit_of",
    "limits",
    "limits_version",
    "local_day",
    "nearer_due",
    "standing_of",
    "stops_when",
    "uses_now",
    "working_calendar",
]
