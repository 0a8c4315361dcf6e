"""Taking a request in: both clocks are counted and kept, and what can take effect at once does. Never commits."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.audit.operations import record
from registry.consents.rules import Channel, PurposeCode
from registry.people.models import Person
from registry.privacy.models import RightsRequest
from registry.privacy.operations.effects import apply_at_once
from registry.privacy.operations.steps import add_step
from registry.privacy.queries.parameters import limit_now
from registry.privacy.rules import (
    LIMITING,
    OPEN_STATES,
    IdentityCheck,
    RequestState,
    RightKind,
    StepKind,
    clocks_of,
    limits_version,
    local_day,
    working_calendar,
)


class AlreadyAsked(Exception):
    """The same is asked for already and not settled, or the limit asked for already stands."""


@dataclass(frozen=True)
class Asked:
    """A request as it reached the office."""

    kind: RightKind
    received_at: datetime
    purpose: PurposeCode | None = None
    words: str = ""
    channel: Channel = Channel.SCREEN
    identity_check: IdentityCheck = IdentityCheck.ACCOUNT
    has_third_party: bool = False


def receive_request(
    session: Session, person: Person, asked: Asked, *, by: int | None, recorded_by: int | None, at: datetime
) -> RightsRequest:
    """Keep a request and start both clocks. `recorded_by` is the officer, None when the person wrote it.

    Raises AlreadyAsked; NoLimit when no limit is known for the day.
    """
    _refuse_twice(session, person, asked)
    received_on = local_day(asked.received_at)
    limit, calendar = limit_now(session, asked.kind, received_on), working_calendar()
    clocks = clocks_of(limit, calendar, received_on, has_third_party=asked.has_third_party)
    request = RightsRequest(
        person=person,
        kind=asked.kind,
        purpose=asked.purpose,
        channel=asked.channel,
        identity_check=asked.identity_check,
        recorded_by_id=recorded_by,
        received_at=asked.received_at,
        has_third_party=asked.has_third_party,
        answer_due_on=clocks.answer_due_on,
        done_due_on=clocks.done_due_on,
        limits_version=limits_version(),
        calendar_version=calendar.version,
        is_limit_confirmed=limit.is_confirmed,
    )
    session.add(request)
    session.flush()
    add_step(session, request, StepKind.RECEIVED, by=recorded_by, at=at, words=asked.words)
    _record(session, request, by=by, at=at)
    if apply_at_once(session, request, by=recorded_by, at=at):
        add_step(session, request, StepKind.APPLIED, by=recorded_by, at=at)
    return request


def _refuse_twice(session: Session, person: Person, asked: Asked) -> None:
    """The row of the person is held, so that two tabs cannot both ask."""
    session.refresh(person, ["version"], with_for_update={"key_share": True})
    same = select(RightsRequest).where(
        RightsRequest.person_id == person.id,
        RightsRequest.kind == asked.kind,
        RightsRequest.purpose.is_(None) if asked.purpose is None else RightsRequest.purpose == asked.purpose,
    )
    for one in session.scalars(same):
        stands = asked.kind in LIMITING and one.lifted_at is None and one.state is not RequestState.REFUSED
        if stands or one.state in OPEN_STATES:
            raise AlreadyAsked(one.public_id)


def _record(session: Session, request: RightsRequest, *, by: int | None, at: datetime) -> None:
    detail = {
        "kind": request.kind.value,
        "purpose": None if request.purpose is None else request.purpose.value,
        "channel": request.channel.value,
        "answer_due_on": request.answer_due_on,
        "done_due_on": request.done_due_on,
        "version": request.limits_version,
    }
    record(
        session,
        by,
        "rights_request.received",
        "rights_request",
        request.public_id,
        person=request.person.public_id,
        detail=detail,
        at=at,
    )
