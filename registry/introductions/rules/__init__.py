"""What an introduction may be and how it stands. Pure: no database, no clock."""

from enum import StrEnum

from registry.introductions.rules.limits import Limits, limits_on, limits_version
from registry.introductions.rules.reveals import (
    LIVE,
    REASON_LENGTH,
    RevealState,
    day_begins,
    days_left,
    due_on,
    local_day,
    quiet_until,
    standing,
)

WORDS_LENGTH = 500
MESSAGE_LENGTH = 2_000


class Side(StrEnum):
    """Who wrote a message."""

    PERSON = "person"
    UNIT = "unit"


__all__ = [
    "LIVE",
    "MESSAGE_LENGTH",
    "REASON_LENGTH",
    "WORDS_LENGTH",
    "Limits",
    "RevealState",
    "Side",
    "day_begins",
    "days_left",
    "due_on",
    "limits_on",
    "limits_version",
    "local_day",
    "quiet_until",
    "standing",
]
