"""Asking to know an anonymous person's name for one need, and what the person says to it. Flushes, never commits.

What an officer does here is a look at the person in the log, so that it stands on the person's «Ai đã xem tôi».
"""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from registry.audit.operations import record, record_read
from registry.db import new_public_id
from registry.db.keys import keyring_of
from registry.introductions.models import RevealRequest
from registry.introductions.operations.errors import (
    AlreadyAsked,
    AlreadyNamed,
    AskedLately,
    NeedNotOpen,
    NotReachable,
    RequestIsOver,
    TooManyRequests,
)
from registry.introductions.operations.holding import hold
from registry.introductions.operations.letters import Papers, tell
from registry.introductions.queries.people import is_reachable
from registry.introductions.queries.sealed import sealing_place
from registry.introductions.queries.threads import (
    live_request,
    own_requests,
    quiet_day,
    requests_about,
    standing_on,
)
from registry.introductions.rules import (
    Limits,
    RevealState,
    day_begins,
    due_on,
    limits_on,
    limits_version,
    local_day,
)
from registry.needs.models import Need
from registry.needs.rules import NeedState
from registry.people.models import Person

PURPOSE = "matching"


def ask_reveal(
    session: Session, person: Person, need: Need, papers: Papers | None, *, reason: str, by: int, at: datetime
) -> RevealRequest:
    """Ask, and write to the person that something waits.

    Raises NeedNotOpen, NotReachable, AlreadyNamed, AlreadyAsked, AskedLately or TooManyRequests.
    """
    hold(session, person)
    on = local_day(at)
    limits = limits_on(on)
    if need.state is not NeedState.OPEN:
        raise NeedNotOpen
    if not is_reachable(session, person, on=on):
        raise NotReachable
    if person.agrees_to_be_named:
        raise AlreadyNamed
    _refuse_pestering(session, person, need, limits, by=by, at=at)
    request = RevealRequest(
        public_id=new_public_id(),
        person=person,
        need=need,
        asked_by_id=by,
        asked_at=at,
        due_on=due_on(on, limits),
        limits_version=limits_version(),
        state=RevealState.ASKED,
    )
    request.reason_sealed = keyring_of(session).seal(reason, sealing_place(request))
    session.add(request)
    session.flush()
    _look(session, "reveal.asked", request, by=by, at=at)
    tell(session, papers, "reveal_asked", person, at=at, request=request)
    return request


def _refuse_pestering(
    session: Session, person: Person, need: Need, limits: Limits, *, by: int, at: datetime
) -> None:
    """What nobody has written down yet is written down first: an expired request must not stand in the way."""
    on = local_day(at)
    about = requests_about(session, person, need)
    for request in about:
        note_ended(session, request, at=at)
    if live_request(about, on) is not None:
        raise AlreadyAsked
    quiet = quiet_day(about, limits, on)
    if quiet is not None:
        raise AskedLately(quiet)
    waiting = [one for one in own_requests(session, person) if standing_on(one, on) is RevealState.ASKED]
    asked_today = select(func.count()).where(
        RevealRequest.asked_by_id == by, RevealRequest.asked_at >= day_begins(at)
    )
    if (
        len(waiting) >= limits.open_requests_per_person
        or (session.scalar(asked_today) or 0) >= limits.requests_per_day
    ):
        raise TooManyRequests


def cancel_request(session: Session, request: RevealRequest, *, by: int, at: datetime) -> None:
    """The office takes back what was not answered yet. Raises RequestIsOver."""
    hold(session, request.person)
    session.refresh(request)
    if standing_on(request, local_day(at)) is not RevealState.ASKED:
        raise RequestIsOver
    _end(session, request, RevealState.CANCELLED, at)
    _look(session, "reveal.cancelled", request, by=by, at=at)


def grant_reveal(session: Session, request: RevealRequest, *, by: int, at: datetime) -> None:
    """The person lets the officers of this need know the name, for this need alone. Raises RequestIsOver."""
    _answerable(session, request, at)
    request.state, request.granted_at = RevealState.GRANTED, at
    session.flush()
    _said(session, "reveal.granted", request, by=by, at=at)


def refuse_reveal(session: Session, request: RevealRequest, *, by: int, at: datetime) -> None:
    """The person refuses and need not say why. Raises RequestIsOver."""
    _answerable(session, request, at)
    _end(session, request, RevealState.REFUSED, at)
    _said(session, "reveal.refused", request, by=by, at=at)


def withdraw_grant(session: Session, request: RevealRequest, *, by: int, at: datetime) -> None:
    """The person takes the grant back; from the next request on the name is hidden again. Raises RequestIsOver."""
    hold(session, request.person)
    session.refresh(request)
    if standing_on(request, local_day(at)) is not RevealState.GRANTED:
        raise RequestIsOver
    _end(session, request, RevealState.WITHDRAWN, at)
    _said(session, "reveal.withdrawn", request, by=by, at=at)


def note_ended(session: Session, request: RevealRequest, *, at: datetime) -> bool:
    """Write down that time or the need ended a request; False when neither did, or it stood there already."""
    ended = standing_on(request, local_day(at))
    if ended is request.state:
        return False
    _end(session, request, ended, at)
    _said(
        session,
        "reveal.expired" if ended is RevealState.EXPIRED else "reveal.closed",
        request,
        by=None,
        at=at,
    )
    return True


def _answerable(session: Session, request: RevealRequest, at: datetime) -> None:
    hold(session, request.person)
    session.refresh(request)
    if standing_on(request, local_day(at)) is not RevealState.ASKED:
        raise RequestIsOver


def _end(session: Session, request: RevealRequest, state: RevealState, at: datetime) -> None:
    request.state, request.ended_at = state, at
    session.flush()


def _look(session: Session, action: str, request: RevealRequest, *, by: int, at: datetime) -> None:
    detail = {"need": request.need.public_id, "request": request.public_id}
    record_read(session, by, action, people=[request.person.public_id], purpose=PURPOSE, detail=detail, at=at)


def _said(session: Session, action: str, request: RevealRequest, *, by: int | None, at: datetime) -> None:
    detail = {"need": request.need.public_id}
    person = request.person.public_id
    record(session, by, action, "reveal_request", request.public_id, person=person, detail=detail, at=at)
