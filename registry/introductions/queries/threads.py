"""What there is between a person and a need: interest, requests, a conversation. Reads of one person's own, and of one
pair; lists of officers are in `inbox`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from registry.introductions.models import Conversation, Interest, Message, RevealRequest
from registry.introductions.rules import LIVE, RevealState, Side, local_day, quiet_until, standing
from registry.introductions.rules.limits import Limits
from registry.needs.models import Need
from registry.needs.rules import FINAL_STATES
from registry.people.models import Person
from registry.people.queries import is_public_id


@dataclass(frozen=True)
class ConversationLine:
    """A conversation in a list: when something was last written, how much the reader has not read."""

    conversation: Conversation
    last_at: datetime
    unread: int


@dataclass(frozen=True)
class Waiting:
    """What waits for a person: requests that can be answered, messages not read."""

    requests: int
    messages: int


def standing_interest(session: Session, person: Person, need: Need) -> Interest | None:
    """The interest of a person in a need, if it stands."""
    return session.scalar(
        select(Interest).where(
            Interest.person_id == person.id, Interest.need_id == need.id, Interest.withdrawn_at.is_(None)
        )
    )


def requests_about(session: Session, person: Person, need: Need) -> Sequence[RevealRequest]:
    """All requests to know this person's name for this need, the newest first."""
    return session.scalars(
        select(RevealRequest)
        .where(RevealRequest.person_id == person.id, RevealRequest.need_id == need.id)
        .order_by(RevealRequest.id.desc())
    ).all()


def conversation_of(session: Session, person: Person, need: Need) -> Conversation | None:
    """The conversation over a need, if one began."""
    return session.scalar(
        select(Conversation).where(Conversation.person_id == person.id, Conversation.need_id == need.id)
    )


def messages_of(session: Session, conversation: Conversation) -> Sequence[Message]:
    """All messages, oldest first."""
    return session.scalars(
        select(Message).where(Message.conversation_id == conversation.id).order_by(Message.id)
    ).all()


def is_over(need: Need) -> bool:
    """Whether nothing more can come of a need."""
    return need.state in FINAL_STATES


def standing_on(request: RevealRequest, on: date) -> RevealState:
    """What a request is on a day, written down or not."""
    return standing(request.state, request.due_on, need_is_over=is_over(request.need), on=on)


def ended_on(request: RevealRequest, on: date) -> date:
    """The day on which a request ended, for one that is over on a day; silence ends it with its last day."""
    if standing_on(request, on) is RevealState.EXPIRED:
        return request.due_on
    return on if request.ended_at is None else local_day(request.ended_at)


def quiet_day(requests: Sequence[RevealRequest], limits: Limits, on: date) -> date | None:
    """The last day on which the person is not to be asked again; None where one may ask."""
    days = [quiet_until(standing_on(one, on), ended_on(one, on), limits) for one in requests]
    return max((day for day in days if day is not None and day >= on), default=None)


def own_interests(session: Session, person: Person) -> Sequence[Interest]:
    """The needs a person is interested in, newest first."""
    return session.scalars(
        select(Interest)
        .where(Interest.person_id == person.id, Interest.withdrawn_at.is_(None))
        .options(joinedload(Interest.need).joinedload(Need.organisation))
        .order_by(Interest.id.desc())
    ).all()


def own_requests(session: Session, person: Person) -> Sequence[RevealRequest]:
    """All requests to know the person's name, newest first."""
    return session.scalars(
        select(RevealRequest)
        .where(RevealRequest.person_id == person.id)
        .options(joinedload(RevealRequest.need).joinedload(Need.organisation))
        .order_by(RevealRequest.id.desc())
    ).all()


def own_request(session: Session, person: Person, public_id: str) -> RevealRequest | None:
    """One of them."""
    if not is_public_id(public_id):
        return None
    return session.scalar(
        select(RevealRequest).where(
            RevealRequest.person_id == person.id, RevealRequest.public_id == public_id
        )
    )


def own_conversation(session: Session, person: Person, public_id: str) -> Conversation | None:
    """One conversation of the person."""
    if not is_public_id(public_id):
        return None
    return session.scalar(
        select(Conversation)
        .where(Conversation.person_id == person.id, Conversation.public_id == public_id)
        .options(joinedload(Conversation.need).joinedload(Need.organisation))
    )


def own_conversations(session: Session, person: Person) -> list[ConversationLine]:
    """All conversations of a person, the one that moved last first."""
    found = session.scalars(
        select(Conversation)
        .where(Conversation.person_id == person.id)
        .options(joinedload(Conversation.need).joinedload(Need.organisation))
    ).all()
    return lines_of(session, found, reader=Side.PERSON)


def lines_of(
    session: Session, conversations: Sequence[Conversation], *, reader: Side
) -> list[ConversationLine]:
    """The conversations with what a list says of them, in one statement."""
    unread = func.count().filter(Message.side != reader, Message.read_at.is_(None))
    rows = session.execute(
        select(Message.conversation_id, func.max(Message.sent_at), unread)
        .where(Message.conversation_id.in_([one.id for one in conversations]))
        .group_by(Message.conversation_id)
    )
    said = {row[0]: (row[1], row[2]) for row in rows}
    lines = [ConversationLine(one, *said.get(one.id, (one.begun_at, 0))) for one in conversations]
    return sorted(lines, key=lambda line: (line.last_at, line.conversation.id), reverse=True)


def waiting_for(session: Session, person: Person, *, on: date) -> Waiting:
    """How much waits for a person, for their own page. Two statements."""
    requests = (
        select(func.count())
        .select_from(RevealRequest)
        .join(Need, Need.id == RevealRequest.need_id)
        .where(
            RevealRequest.person_id == person.id,
            RevealRequest.state == RevealState.ASKED,
            RevealRequest.due_on >= on,
            Need.state.not_in(FINAL_STATES),
        )
    )
    messages = (
        select(func.count())
        .select_from(Message)
        .join(Conversation, Conversation.id == Message.conversation_id)
        .where(
            Conversation.person_id == person.id,
            Conversation.stopped_at.is_(None),
            Message.side == Side.UNIT,
            Message.read_at.is_(None),
        )
    )
    return Waiting(session.scalar(requests) or 0, session.scalar(messages) or 0)


def live_request(requests: Sequence[RevealRequest], on: date) -> RevealRequest | None:
    """The request among these that waits or was granted, on a day."""
    return next((one for one in requests if standing_on(one, on) in LIVE), None)
