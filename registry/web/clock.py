"""The clock of the web: the only place that asks what time it is. Operations and pure code are told."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

LOCAL_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def now() -> datetime:
    """This instant, aware and in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """Today's date in Việt Nam."""
    return datetime.now(LOCAL_ZONE).date()
