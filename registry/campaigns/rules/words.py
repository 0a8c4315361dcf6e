"""The closed lists of campaigns. Pure."""

from enum import StrEnum

ANSWER_ALERT = "campaign_answer"
"""The kind of alert that tells whoever runs a campaign that somebody is interested."""


class MessageStep(StrEnum):
    """Which letter of a campaign. A person gets each once at most."""

    INVITATION = "invitation"
    REMINDER_1 = "reminder_1"
    REMINDER_2 = "reminder_2"


NEXT_STEP = {
    MessageStep.REMINDER_1: MessageStep.INVITATION,
    MessageStep.REMINDER_2: MessageStep.REMINDER_1,
}
"""After which letter a reminder goes."""


class Answer(StrEnum):
    """What somebody answered by the link of a letter."""

    INTERESTED = "interested"
    NOT_NOW = "not_now"
    STOP = "stop"


class ChannelKind(StrEnum):
    """Where a person was reached."""

    LETTER = "letter"
    REFERRER = "referrer"
    ASSOCIATION = "association"
    UNIVERSITY = "university"
    EVENT = "event"
    POSTER = "poster"
    SOCIAL = "social"


class SendingState(StrEnum):
    """waiting → done | cancelled; a batch an hour goes while it waits."""

    WAITING = "waiting"
    DONE = "done"
    CANCELLED = "cancelled"


class OutreachWay(StrEnum):
    """How somebody was spoken to."""

    PHONE = "phone"
    LETTER = "letter"
    MEETING = "meeting"
    MESSAGE = "message"


class Exclusion(StrEnum):
    """Why somebody a search finds gets no letter, in the order in which it is asked."""

    ALREADY = "already"
    CLOSED = "closed"
    NO_CONSENT = "no_consent"
    STOPPED = "stopped"
    NO_ADDRESS = "no_address"
    REFUSES = "refuses"
