"""Requests and messages as pages show them, to their person and to officers."""

from collections.abc import Sequence
from typing import Any

from registry.introductions import queries
from registry.introductions.forms import REVEAL, REVEAL_TAG
from registry.introductions.models import Conversation, RevealRequest
from registry.introductions.rules import RevealState, Side, days_left, limits_on, local_day
from registry.introductions.views.blueprint import Own, Pair, need_words
from registry.needs.rules import OPEN_STATES


def request_line(own: Own | Pair, request: RevealRequest) -> dict[str, Any]:
    """A request: how it stands today, why it was asked, until when it can be answered."""
    state = queries.standing_on(request, own.on)
    return {
        "ma": request.public_id,
        "need": need_words(request.need),
        "state": state.value,
        "state_text": REVEAL[state],
        "state_kind": REVEAL_TAG.get(state, ""),
        "reason": queries.reveal_reason(own.session, request),
        "asked_on": local_day(request.asked_at),
        "due_on": request.due_on,
        "days_left": days_left(request.due_on, own.on),
        "granted_on": None if request.granted_at is None else local_day(request.granted_at),
        "ended_on": None if request.ended_at is None else local_day(request.ended_at),
        "may_answer": state is RevealState.ASKED,
        "may_withdraw": state is RevealState.GRANTED,
        "counts_now": state is RevealState.GRANTED and request.need.state in OPEN_STATES,
    }


def own_request_lines(own: Own, requests: Sequence[RevealRequest]) -> list[dict[str, Any]]:
    """The person's requests, those to be answered first."""
    lines = [request_line(own, one) for one in requests]
    return sorted(lines, key=lambda line: not line["may_answer"])


def message_lines(own: Own | Pair, conversation: Conversation, reader: Side) -> list[dict[str, Any]]:
    """The messages of a conversation for one of its sides."""
    return [
        {
            "ma": one.public_id,
            "is_mine": one.side is reader,
            "words": queries.message_words(own.session, one),
            "at": one.sent_at,
            "is_new": one.side is not reader and one.read_at is None,
            "is_read": one.read_at is not None,
        }
        for one in queries.messages_of(own.session, conversation)
    ]


def limits_words(own: Own | Pair) -> dict[str, Any]:
    """The limits in force, for the sentences that tell them."""
    row = limits_on(own.on)
    return {
        "answer_days": row.answer_days,
        "unanswered": row.unanswered_messages,
        "is_confirmed": row.is_confirmed,
    }
