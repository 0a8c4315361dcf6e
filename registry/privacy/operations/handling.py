"""What an office does with a request: the first answer, one extension, the end, a reasoned refusal. Never commits."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from registry.audit.operations import record
from registry.privacy.models import RightsRequest
from registry.privacy.operations.effects import close_uses
from registry.privacy.operations.steps import add_step
from registry.privacy.rules import (
    FOLLOWING,
    LIMITING,
    NEVER_REFUSED,
    RequestState,
    StepKind,
    extended,
    limit_of,
    local_day,
)


class NotPossible(Exception):
    """The request is not, or no longer, where this can be done with it."""


def answer_request(session: Session, request: RightsRequest, *, words: str, by: int, at: datetime) -> None:
    """Keep the first answer: what will be done, by when. Raises NotPossible."""
    _move(session, request, StepKind.ANSWERED, RequestState.ANSWERED, words=words, by=by, at=at)


def extend_request(
    session: Session, request: RightsRequest, *, days: int, words: str, by: int, at: datetime
) -> None:
    """Give the end more days, once, with the reason. Raises NotPossible, also for more days than the limit allows."""
    if request.extended_days is not None or not 1 <= days <= most_extension(request):
        raise NotPossible
    _check(request, StepKind.EXTENDED)
    request.extended_days = days
    request.done_due_on = extended(request.done_due_on, days)
    detail = {"days": days, "done_due_on": request.done_due_on}
    _keep(session, request, StepKind.EXTENDED, words=words, by=by, at=at, detail=detail)


def most_extension(request: RightsRequest) -> int:
    """The most calendar days an extension of this request may add."""
    return limit_of(request.kind, local_day(request.received_at)).extension_days


def complete_request(session: Session, request: RightsRequest, *, words: str, by: int, at: datetime) -> None:
    """End a request as done, with what was done. Raises NotPossible."""
    _move(session, request, StepKind.DONE, RequestState.DONE, words=words, by=by, at=at)


def refuse_request(session: Session, request: RightsRequest, *, words: str, by: int, at: datetime) -> None:
    """End a request with a reasoned refusal; a limit it had set at once no longer counts. Raises NotPossible."""
    if request.kind in NEVER_REFUSED:
        raise NotPossible
    _move(session, request, StepKind.REFUSED, RequestState.REFUSED, words=words, by=by, at=at)
    if request.kind in LIMITING:
        close_uses(session, request.person)


def lift_limit(
    session: Session, request: RightsRequest, *, words: str, by: int, officer: int | None, at: datetime
) -> None:
    """Open again what a restriction or an objection had closed, because the person says so. Raises NotPossible."""
    if not may_be_lifted(request):
        raise NotPossible
    request.lifted_at = at
    if request.state is RequestState.RECEIVED or request.state is RequestState.ANSWERED:
        request.state, request.closed_at = RequestState.DONE, at
        request.answered_at = request.answered_at or at
    _keep(session, request, StepKind.LIFTED, words=words, by=by, officer=officer, at=at)
    close_uses(session, request.person)


def may_be_lifted(request: RightsRequest) -> bool:
    """Whether the request is a limit that still closes something."""
    return (
        request.kind in LIMITING and request.lifted_at is None and request.state is not RequestState.REFUSED
    )


def _check(request: RightsRequest, step: StepKind) -> None:
    if step not in FOLLOWING[request.state]:
        raise NotPossible


def _move(
    session: Session,
    request: RightsRequest,
    step: StepKind,
    state: RequestState,
    *,
    words: str,
    by: int,
    at: datetime,
) -> None:
    _check(request, step)
    request.state = state
    request.answered_at = request.answered_at or at
    if state is not RequestState.ANSWERED:
        request.closed_at = at
    _keep(session, request, step, words=words, by=by, at=at)


_BY_SAME = -1


def _keep(
    session: Session,
    request: RightsRequest,
    step: StepKind,
    *,
    words: str,
    by: int,
    at: datetime,
    officer: int | None = _BY_SAME,
    detail: Mapping[str, object] | None = None,
) -> None:
    """The step with its words, and the event; the words themselves stand in the step alone."""
    add_step(session, request, step, by=by if officer == _BY_SAME else officer, at=at, words=words)
    record(
        session,
        by,
        f"rights_request.{step.value}",
        "rights_request",
        request.public_id,
        person=request.person.public_id,
        detail={"kind": request.kind.value, **(detail or {})},
        at=at,
    )
