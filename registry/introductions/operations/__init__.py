"""Writes of introductions. Every one flushes, records an event, and never commits."""

from registry.introductions.operations.errors import (
    AlreadyAsked,
    AlreadyInterested,
    AlreadyNamed,
    AskedLately,
    ConversationStopped,
    NeedNotOpen,
    NoGroundToWrite,
    NotInterested,
    NotReachable,
    RequestIsOver,
    TooManyMessages,
    TooManyRequests,
)
from registry.introductions.operations.interest import give_interest, withdraw_interest
from registry.introductions.operations.letters import OWN_CONVERSATIONS, OWN_REQUESTS, Papers, papers_of
from registry.introductions.operations.messages import (
    mark_read_by_person,
    mark_read_by_unit,
    may_begin,
    resume_conversation,
    stop_conversation,
    write_to_person,
    write_to_unit,
)
from registry.introductions.operations.reveals import (
    ask_reveal,
    cancel_request,
    grant_reveal,
    refuse_reveal,
    withdraw_grant,
)

__all__ = [
    "OWN_CONVERSATIONS",
    "OWN_REQUESTS",
    "AlreadyAsked",
    "AlreadyInterested",
    "AlreadyNamed",
    "AskedLately",
    "ConversationStopped",
    "NeedNotOpen",
    "NoGroundToWrite",
    "NotInterested",
    "NotReachable",
    "Papers",
    "RequestIsOver",
    "TooManyMessages",
    "TooManyRequests",
    "ask_reveal",
    "cancel_request",
    "give_interest",
    "grant_reveal",
    "mark_read_by_person",
    "mark_read_by_unit",
    "may_begin",
    "papers_of",
    "refuse_reveal",
    "resume_conversation",
    "stop_conversation",
    "withdraw_grant",
    "withdraw_interest",
    "write_to_person",
    "write_to_unit",
]
