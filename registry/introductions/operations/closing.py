"""What time and needs end by themselves: requests nobody answered, and all that hung on a need that is over.

Reading never waits for this: every page asks how a request stands on its day. Here it is written down, and the person
is told. Flushes, never commits.
"""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from registry.introductions.models import Interest, RevealRequest
from registry.introductions.operations.holding import hold
from registry.introductions.operations.letters import Papers, tell
from registry.introductions.operations.reveals import note_ended
from registry.introductions.rules import LIVE, RevealState, local_day
from registry.needs.models import Need
from registry.needs.rules import FINAL_STATES
from registry.people.rules import PersonState


def is_anything_over(session: Session, *, at: datetime) -> bool:
    """Whether there is something to write down. Two statements by their indexes."""
    requests = select(RevealRequest.id).join(Need, Need.id == RevealRequest.need_id).where(_ended(at))
    if session.scalar(requests.limit(1)) is not None:
        return True
    interests = select(Interest.id).join(Need, Need.id == Interest.need_id).where(_to_be_told())
    return session.scalar(interests.limit(1)) is not None


def next_ended_request(session: Session, *, at: datetime) -> RevealRequest | None:
    """The oldest request that is over and not written down as such."""
    return session.scalar(
        select(RevealRequest)
        .join(Need, Need.id == RevealRequest.need_id)
        .where(_ended(at))
        .order_by(RevealRequest.id)
        .limit(1)
    )


def next_interest_to_tell(session: Session) -> Interest | None:
    """The oldest interest whose need is over and whose person was not told."""
    return session.scalar(
        select(Interest)
        .join(Need, Need.id == Interest.need_id)
        .where(_to_be_told())
        .order_by(Interest.id)
        .limit(1)
    )


def close_request(session: Session, request: RevealRequest, papers: Papers, *, at: datetime) -> None:
    """Write down that a request is over; whoever was asked is told, unless the record is gone."""
    hold(session, request.person)
    session.refresh(request)
    if note_ended(session, request, at=at) and request.person.state is PersonState.ACTIVE:
        kind = "reveal_expired" if request.state is RevealState.EXPIRED else "need_closed"
        tell(session, papers, kind, request.person, at=at)


def tell_of_closing(session: Session, interest: Interest, papers: Papers, *, at: datetime) -> None:
    """Say once to who was interested that the need is over."""
    interest.closing_told_at = at
    session.flush()
    if interest.person.state is PersonState.ACTIVE:
        tell(session, papers, "need_closed", interest.person, at=at)


def _ended(at: datetime) -> ColumnElement[bool]:
    """A live request whose need is over, or that waited past its last day."""
    silent = and_(RevealRequest.state == RevealState.ASKED, RevealRequest.due_on < local_day(at))
    over = and_(RevealRequest.state.in_(LIVE), Need.state.in_(FINAL_STATES))
    return or_(silent, over)


def _to_be_told() -> ColumnElement[bool]:
    return and_(
        Need.state.in_(FINAL_STATES), Interest.withdrawn_at.is_(None), Interest.closing_told_at.is_(None)
    )
