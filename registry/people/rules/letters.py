"""What people are written to about, and what of it they may stop. Pure."""

from enum import StrEnum


class LetterTopic(StrEnum):
    """Kinds of letters a person may stop, each apart. Everything else is a service notice, which nobody can: what was
    decided about them, what they are to do by a day, their sign-in, their rights over their data."""

    CAMPAIGNS = "campaigns"
    OFFERS = "offers"
    MESSAGES = "messages"


class StopWay(StrEnum):
    """How a person said so."""

    LINK = "link"
    PAGE = "page"


TOPIC_OF_KIND = {
    "message_waits": LetterTopic.MESSAGES,
    "need_closed": LetterTopic.OFFERS,
    "campaign": LetterTopic.CAMPAIGNS,
}
"""Of letters a person may stop: which topic each kind belongs to."""
