"""Reads of introductions. Lists of officers go through the predicate; a person's own are the person's."""

from registry.introductions.queries.inbox import InboxLine, inbox_of, unread_for, unread_needs
from registry.introductions.queries.people import Introduced, introduced, is_reachable, reachable_person
from registry.introductions.queries.sealed import interest_words, message_words, reveal_reason
from registry.introductions.queries.threads import (
    ConversationLine,
    Waiting,
    conversation_of,
    is_over,
    live_request,
    messages_of,
    own_conversation,
    own_conversations,
    own_interests,
    own_request,
    own_requests,
    quiet_day,
    requests_about,
    standing_interest,
    standing_on,
    waiting_for,
)

__all__ = [
    "ConversationLine",
    "InboxLine",
    "Introduced",
    "Waiting",
    "conversation_of",
    "inbox_of",
    "interest_words",
    "introduced",
    "is_over",
    "is_reachable",
    "live_request",
    "message_words",
    "messages_of",
    "own_conversation",
    "own_conversations",
    "own_interests",
    "own_request",
    "own_requests",
    "quiet_day",
    "reachable_person",
    "requests_about",
    "reveal_reason",
    "standing_interest",
    "standing_on",
    "unread_for",
    "unread_needs",
    "waiting_for",
]
