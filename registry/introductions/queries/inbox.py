"""What officers see of one need: everybody with an interest, a request or a conversation whom they may match now.

Whoever withdrew or paused is not there from the next request on, and nothing tells that they ever were.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import func, select, union
from sqlalchemy.orm import Session

from registry.accounts.rules import Viewer
from registry.consents.rules import PurposeCode
from registry.introductions.models import Conversation, Interest, Message, RevealRequest
from registry.introductions.queries.threads import lines_of
from registry.introductions.rules import Side
from registry.needs.models import Need
from registry.needs.queries import in_scope
from registry.needs.rules import NeedState
from registry.people.models import Person
from registry.people.queries import people_for, visible_condition

MOST_LINES = 200
FRESH_DAYS = 30


@dataclass(frozen=True)
class InboxLine:
    """One person of a need: what there is between them and the unit, and when something last happened."""

    person: Person
    interest: Interest | None
    request: RevealRequest | None
    conversation: Conversation | None
    unread: int
    last_at: datetime


def inbox_of(session: Session, viewer: Viewer, need: Need, *, on: date) -> list[InboxLine]:
    """The newest lines of a need, those with something unread first."""
    touched = union(
        select(Interest.person_id).where(Interest.need_id == need.id, Interest.withdrawn_at.is_(None)),
        select(RevealRequest.person_id).where(RevealRequest.need_id == need.id),
        select(Conversation.person_id).where(Conversation.need_id == need.id),
    ).subquery()
    people = session.scalars(
        people_for(viewer, PurposeCode.MATCHING, on=on).where(Person.id.in_(select(touched.c.person_id)))
    ).all()
    ids = [person.id for person in people]
    interests = _newest(session, Interest, need, ids, Interest.withdrawn_at.is_(None))
    requests = _newest(session, RevealRequest, need, ids)
    talks = _newest(session, Conversation, need, ids)
    said = {line.conversation.id: line for line in lines_of(session, list(talks.values()), reader=Side.UNIT)}
    lines = [
        _line(person, interests.get(person.id), requests.get(person.id), talks.get(person.id), said)
        for person in people
    ]
    lines.sort(key=lambda line: (line.unread > 0, line.last_at, line.person.public_id), reverse=True)
    return lines[:MOST_LINES]


def _newest(
    session: Session, model: Any, need: Need, people: Sequence[int], *conditions: Any
) -> dict[int, Any]:
    """By row id of the person the newest row of a table for a need."""
    rows = session.scalars(
        select(model)
        .where(model.need_id == need.id, model.person_id.in_(people), *conditions)
        .order_by(model.id)
    )
    return {row.person_id: row for row in rows}


def _line(
    person: Person,
    interest: Interest | None,
    request: RevealRequest | None,
    talk: Conversation | None,
    said: dict[int, Any],
) -> InboxLine:
    line = None if talk is None else said[talk.id]
    moments = [interest.given_at] if interest else []
    moments += [request.ended_at or request.granted_at or request.asked_at] if request else []
    moments += [line.last_at] if line else []
    return InboxLine(person, interest, request, talk, line.unread if line else 0, max(moments))


def unread_needs(session: Session, viewer: Viewer, *, on: date) -> list[tuple[Need, int]]:
    """The needs in scope with messages nobody there has read, and how many; by title."""
    counts = unread_for(session, viewer, on=on)
    if not counts:
        return []
    needs = session.scalars(
        select(Need).where(Need.id.in_(sorted(counts))).order_by(Need.title_sort, Need.id)
    )
    return [(need, counts[need.id]) for need in needs]


def needs_with_interest(session: Session, viewer: Viewer, *, on: date) -> list[tuple[Need, int]]:
    """The open needs in scope with people whose interest of the last month nobody took up, and how many; by title.

    It is taken up by a request for the name or by a message; a month later it is left to the list of the need.
    """
    since = datetime.combine(on - timedelta(days=FRESH_DAYS), time.min, UTC)
    asked = select(RevealRequest.id).where(
        RevealRequest.need_id == Interest.need_id, RevealRequest.person_id == Interest.person_id
    )
    talked = select(Conversation.id).where(
        Conversation.need_id == Interest.need_id, Conversation.person_id == Interest.person_id
    )
    rows = session.execute(
        select(Need, func.count())
        .join(Interest, Interest.need_id == Need.id)
        .join(Person, Person.id == Interest.person_id)
        .where(
            Need.state == NeedState.OPEN,
            Interest.withdrawn_at.is_(None),
            Interest.given_at >= since,
            ~asked.exists(),
            ~talked.exists(),
            in_scope(viewer),
            visible_condition(viewer, PurposeCode.MATCHING, on=on),
        )
        .group_by(Need.id)
        .order_by(Need.title_sort, Need.id)
    )
    return [(need, count) for need, count in rows]


def unread_for(session: Session, viewer: Viewer, *, on: date) -> dict[int, int]:
    """{row id of a need in scope: messages of people to its unit that nobody there has read}."""
    rows = session.execute(
        select(Conversation.need_id, func.count())
        .join(Message, Message.conversation_id == Conversation.id)
        .join(Need, Need.id == Conversation.need_id)
        .join(Person, Person.id == Conversation.person_id)
        .where(
            Message.side == Side.PERSON,
            Message.read_at.is_(None),
            in_scope(viewer),
            visible_condition(viewer, PurposeCode.MATCHING, on=on),
        )
        .group_by(Conversation.need_id)
    )
    return dict(rows.all())
