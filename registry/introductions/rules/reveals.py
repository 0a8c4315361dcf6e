"""How a request to know somebody's name stands on a day, and when another may follow. Pure: no clock, no database.

A day is a date in Việt Nam. A request waits for so many calendar days, Tết and other days off among them: the person
answers in a minute from anywhere, and whoever was silent is not asked again soon. The last day counts to its end.
"""

from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from registry.introductions.rules.limits import Limits

REASON_LENGTH = 500
_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


class RevealState(StrEnum):
    """asked → granted | refused | expired | closed | cancelled; granted → withdrawn | closed."""

    ASKED = "asked"
    GRANTED = "granted"
    REFUSED = "refused"
    EXPIRED = "expired"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    CANCELLED = "cancelled"


LIVE = frozenset({RevealState.ASKED, RevealState.GRANTED})
"""States that can still become another one."""


def due_on(asked_on: date, limits: Limits) -> date:
    """The last day on which a request of this day can be answered."""
    return asked_on + timedelta(days=limits.answer_days)


def standing(state: RevealState, last_day: date, *, need_is_over: bool, on: date) -> RevealState:
    """What a request is on a day, whether or not somebody has written that down yet.

    A need that is over ends what was asked and what was granted for it; only then does silence end a request.
    """
    if state in LIVE and need_is_over:
        return RevealState.CLOSED
    if state is RevealState.ASKED and on > last_day:
        return RevealState.EXPIRED
    return state


def quiet_until(state: RevealState, ended_on: date, limits: Limits) -> date | None:
    """The last day on which the person is not to be asked again for this need; None where nothing forbids it.

    Taking a grant back is a refusal that came later. What an office took back itself counts as asked and unanswered,
    or asking and taking back by turns would send letters without end.
    """
    if state in {RevealState.REFUSED, RevealState.WITHDRAWN}:
        return ended_on + timedelta(days=limits.quiet_days_after_refusal)
    if state in {RevealState.EXPIRED, RevealState.CANCELLED}:
        return ended_on + timedelta(days=limits.quiet_days_after_silence)
    return None


def days_left(last_day: date, on: date) -> int:
    """How many days remain after this one; 0 on the last."""
    return (last_day - on).days


def day_begins(at: datetime) -> datetime:
    """The first instant of the day in Việt Nam on which an instant falls."""
    return at.astimezone(_ZONE).replace(hour=0, minute=0, second=0, microsecond=0)


def local_day(at: datetime) -> date:
    """The day of an instant in Việt Nam."""
    return at.astimezone(_ZONE).date()
