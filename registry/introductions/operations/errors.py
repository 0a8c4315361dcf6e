"""Why something between a person and a unit does not happen. Views say it in words."""

from datetime import date


class NeedNotOpen(Exception):
    """The need does not look for people now."""


class NotReachable(Exception):
    """The person may not be matched now (withdrawn, paused, no consent), or has no account to answer from."""


class AlreadyInterested(Exception):
    """The interest stands already."""


class NotInterested(Exception):
    """There is no interest to withdraw."""


class AlreadyNamed(Exception):
    """The person is known by name to the unit already: there is nothing to ask."""


class AlreadyAsked(Exception):
    """A request of this person for this need waits, or was granted."""


class AskedLately(Exception):
    """The person refused or was silent a short while ago. `until` is the last quiet day."""

    def __init__(self, until: date) -> None:
        super().__init__(until.isoformat())
        self.until = until


class TooManyRequests(Exception):
    """The person has as many open requests as anybody should, or the officer asked enough for a day."""


class RequestIsOver(Exception):
    """The request cannot be answered or ended that way any more."""


class NoGroundToWrite(Exception):
    """Nothing between this person and this unit gives the person a reason to write yet."""


class ConversationStopped(Exception):
    """The person stopped the conversation."""


class TooManyMessages(Exception):
    """Enough was written without an answer, or on one day."""
