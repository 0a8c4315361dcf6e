"""Messages of a person and a unit over one need. Flushes, never commits; no address leaves the registry.

The person may write once there is interest, a granted request or a question of the unit; the unit may always ask one
it may match. The letter says that something waits, and is not written again while it does.
"""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from registry.audit.operations import record, record_read
from registry.db import new_public_id
from registry.db.keys import keyring_of
from registry.introductions.models import Conversation, Message
from registry.introductions.operations.errors import (
    ConversationStopped,
    NeedNotOpen,
    NoGroundToWrite,
    NotReachable,
    TooManyMessages,
)
from registry.introductions.operations.holding import hold
from registry.introductions.operations.letters import Papers, tell
from registry.introductions.operations.reveals import PURPOSE
from registry.introductions.queries.people import is_reachable
from registry.introductions.queries.sealed import sealing_place
from registry.introductions.queries.threads import (
    conversation_of,
    is_over,
    requests_about,
    standing_interest,
    standing_on,
)
from registry.introductions.rules import RevealState, Side, day_begins, limits_on, local_day
from registry.needs.models import Need
from registry.needs.rules import OPEN_STATES
from registry.people.models import Person


def write_to_person(
    session: Session, person: Person, need: Need, papers: Papers | None, *, words: str, by: int, at: datetime
) -> Message:
    """An officer writes for the unit, to a code or a name.

    Raises NeedNotOpen, NotReachable, ConversationStopped or TooManyMessages.
    """
    hold(session, person)
    if need.state not in OPEN_STATES:
        raise NeedNotOpen
    if not is_reachable(session, person, on=local_day(at)):
        raise NotReachable
    conversation = conversation_of(session, person, need) or _begin(session, person, need, Side.UNIT, at)
    if conversation.stopped_at is not None:
        raise ConversationStopped
    _refuse_flood(session, conversation, Side.UNIT, at)
    waits_already = _has_unread(session, conversation, Side.UNIT)
    _mark_read(session, conversation, reader=Side.UNIT, at=at)
    message = _add(session, conversation, Side.UNIT, words, by=by, at=at)
    detail = {"need": need.public_id, "conversation": conversation.public_id}
    record_read(
        session, by, "message.to_person", people=[person.public_id], purpose=PURPOSE, detail=detail, at=at
    )
    if not waits_already:
        tell(session, papers, "message_waits", person, at=at)
    return message


def write_to_unit(
    session: Session, person: Person, need: Need, *, words: str, by: int, at: datetime
) -> Message:
    """The person writes to the unit of a need.

    Raises NeedNotOpen, NotReachable, NoGroundToWrite, ConversationStopped or TooManyMessages.
    """
    hold(session, person)
    if is_over(need):
        raise NeedNotOpen
    if not is_reachable(session, person, on=local_day(at)):
        raise NotReachable
    conversation = conversation_of(session, person, need)
    if conversation is None:
        if not may_begin(session, person, need, at=at):
            raise NoGroundToWrite
        conversation = _begin(session, person, need, Side.PERSON, at)
    if conversation.stopped_at is not None:
        raise ConversationStopped
    _refuse_flood(session, conversation, Side.PERSON, at)
    _mark_read(session, conversation, reader=Side.PERSON, at=at)
    message = _add(session, conversation, Side.PERSON, words, by=None, at=at)
    _said(session, "message.to_unit", conversation, by=by, at=at)
    return message


def may_begin(session: Session, person: Person, need: Need, *, at: datetime) -> bool:
    """Whether the person has a reason to write first: interest that stands, or a name the unit knows for this need."""
    if standing_interest(session, person, need) is not None:
        return True
    granted = (standing_on(one, local_day(at)) for one in requests_about(session, person, need))
    return RevealState.GRANTED in granted


def stop_conversation(session: Session, conversation: Conversation, *, by: int, at: datetime) -> None:
    """The person wants no more messages over this need."""
    hold(session, conversation.person)
    if conversation.stopped_at is None:
        conversation.stopped_at = at
        session.flush()
        _said(session, "message.stopped", conversation, by=by, at=at)


def resume_conversation(session: Session, conversation: Conversation, *, by: int, at: datetime) -> None:
    """The person takes messages over this need again."""
    hold(session, conversation.person)
    if conversation.stopped_at is not None:
        conversation.stopped_at = None
        session.flush()
        _said(session, "message.resumed", conversation, by=by, at=at)


def mark_read_by_person(session: Session, conversation: Conversation, *, by: int, at: datetime) -> bool:
    """The person says that the unit's messages are read; False when there was none."""
    if not _mark_read(session, conversation, reader=Side.PERSON, at=at):
        return False
    _said(session, "message.read_by_person", conversation, by=by, at=at)
    return True


def mark_read_by_unit(session: Session, conversation: Conversation, *, by: int, at: datetime) -> bool:
    """An officer says that the person's messages are read, for all officers of the need; False when there was none."""
    if not _mark_read(session, conversation, reader=Side.UNIT, at=at):
        return False
    detail = {"need": conversation.need.public_id, "conversation": conversation.public_id}
    people = [conversation.person.public_id]
    record_read(session, by, "message.read", people=people, purpose=PURPOSE, detail=detail, at=at)
    return True


def _begin(session: Session, person: Person, need: Need, side: Side, at: datetime) -> Conversation:
    begun = Conversation(public_id=new_public_id(), person=person, need=need, begun_by=side, begun_at=at)
    session.add(begun)
    session.flush()
    return begun


def _add(
    session: Session, conversation: Conversation, side: Side, words: str, *, by: int | None, at: datetime
) -> Message:
    message = Message(
        public_id=new_public_id(), conversation_id=conversation.id, side=side, by_id=by, sent_at=at
    )
    message.words_sealed = keyring_of(session).seal(words, sealing_place(message))
    session.add(message)
    session.flush()
    return message


def _refuse_flood(session: Session, conversation: Conversation, side: Side, at: datetime) -> None:
    """So many of a day, and from the unit so many that nobody answered."""
    limits = limits_on(local_day(at))
    newest = session.execute(
        select(Message.side, Message.sent_at)
        .where(Message.conversation_id == conversation.id)
        .order_by(Message.id.desc())
        .limit(2 * limits.messages_per_day)
    ).all()
    begins = day_begins(at)
    today = sum(one.side is side and one.sent_at >= begins for one in newest)
    if today >= limits.messages_per_day:
        raise TooManyMessages
    last = [one.side for one in newest[: limits.unanswered_messages]]
    if side is Side.UNIT and last == [Side.UNIT] * limits.unanswered_messages:
        raise TooManyMessages


def _has_unread(session: Session, conversation: Conversation, side: Side) -> bool:
    """Whether something this side wrote is not read yet."""
    unread = select(Message.id).where(
        Message.conversation_id == conversation.id, Message.side == side, Message.read_at.is_(None)
    )
    return session.scalar(unread.limit(1)) is not None


def _mark_read(session: Session, conversation: Conversation, *, reader: Side, at: datetime) -> bool:
    rows = session.execute(
        update(Message)
        .where(Message.conversation_id == conversation.id, Message.side != reader, Message.read_at.is_(None))
        .values(read_at=at)
        .returning(Message.id)
    ).all()
    return bool(rows)


def _said(session: Session, action: str, conversation: Conversation, *, by: int, at: datetime) -> None:
    detail = {"need": conversation.need.public_id}
    person, about = conversation.person.public_id, conversation.public_id
    record(session, by, action, "conversation", about, person=person, detail=detail, at=at)
