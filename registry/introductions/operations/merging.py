"""Two records of one person become one: what was between each and a need goes on under the record that stays.

Nothing wider comes of it: of two answers for one need the stricter one stands. Flushes, never commits.
"""

from datetime import datetime
from typing import TypeVar

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from registry.introductions.models import Conversation, Interest, Message, RevealRequest
from registry.introductions.operations.holding import hold
from registry.introductions.operations.reveals import note_ended
from registry.introductions.rules import LIVE, RevealState
from registry.people.models import Person

Row = TypeVar("Row", Interest, RevealRequest, Conversation)


def take_over(session: Session, kept: Person, gone: Person, *, at: datetime) -> None:
    """Move everything of `gone` to `kept`. Sealed words stay as they are: they are sealed under their own rows."""
    for person in sorted((kept, gone), key=lambda one: one.id):
        hold(session, person)
    _take_interests(session, kept, gone, at)
    _take_requests(session, kept, gone, at)
    _take_conversations(session, kept, gone)
    session.flush()
    session.expire_all()


def _take_interests(session: Session, kept: Person, gone: Person, at: datetime) -> None:
    """Where both are interested in a need, the older interest stands."""
    standing = {one.need_id: one for one in _rows(session, Interest, kept) if one.withdrawn_at is None}
    for row in _rows(session, Interest, gone):
        if row.withdrawn_at is None and row.need_id in standing:
            row.withdrawn_at = at
        session.flush()
        row.person_id = kept.id


def _take_requests(session: Session, kept: Person, gone: Person, at: datetime) -> None:
    """Of two live requests for a need one ends as taken back; a grant gives way to a question that still waits."""
    for row in (*_rows(session, RevealRequest, kept), *_rows(session, RevealRequest, gone)):
        note_ended(session, row, at=at)
    live = {one.need_id: one for one in _rows(session, RevealRequest, kept) if one.state in LIVE}
    for row in _rows(session, RevealRequest, gone):
        other = live.get(row.need_id)
        if row.state in LIVE and other is not None:
            less = other if row.state is RevealState.ASKED else row
            less.state, less.ended_at = RevealState.CANCELLED, at
        session.flush()
        row.person_id = kept.id


def _take_conversations(session: Session, kept: Person, gone: Person) -> None:
    """Two conversations over a need become one, stopped if either was."""
    talks = {one.need_id: one for one in _rows(session, Conversation, kept)}
    for row in _rows(session, Conversation, gone):
        other = talks.get(row.need_id)
        if other is None:
            row.person_id = kept.id
            continue
        session.execute(
            update(Message).where(Message.conversation_id == row.id).values(conversation_id=other.id)
        )
        other.stopped_at = other.stopped_at or row.stopped_at
        other.begun_at = min(other.begun_at, row.begun_at)
        session.flush()
        session.expire(row, ["messages"])
        session.delete(row)


def _rows(session: Session, model: type[Row], person: Person) -> list[Row]:
    return list(session.scalars(select(model).where(model.person_id == person.id).order_by(model.id)))
