"""What a request does to the record at once. Flushes, never commits.

Everything goes through rows the one predicate reads, so that the next request on any worker is without the person.
"""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.consents.queries import standing_consents
from registry.consents.rules import PurposeCode, bits_of
from registry.people.models import Person
from registry.people.operations import withdraw_consent
from registry.people.rules import LegalBasis
from registry.privacy.models import RightsRequest
from registry.privacy.rules import LIMITING, RequestState, RightKind, closed_by


def apply_at_once(session: Session, request: RightsRequest, *, by: int | None, at: datetime) -> bool:
    """End the consents that are withdrawn, close the uses that are limited. True when anything changed."""
    if request.kind is RightKind.WITHDRAWAL:
        return _withdraw(session, request, by=by, at=at)
    if request.kind in LIMITING:
        return close_uses(session, request.person)
    return False


def _withdraw(session: Session, request: RightsRequest, *, by: int | None, at: datetime) -> bool:
    wanted = list(PurposeCode) if request.purpose is None else [request.purpose]
    standing = standing_consents(session, request.person_id, wanted)
    for consent in standing:
        withdraw_consent(
            session,
            request.person,
            consent.purpose.code,
            channel=request.channel,
            reason="",
            by=by,
            at=at,
        )
    return bool(standing)


def close_uses(session: Session, person: Person) -> bool:
    """Make the closed uses of a record those of all its limits that stand. True when they changed."""
    standing = session.scalars(
        select(RightsRequest).where(
            RightsRequest.person_id == person.id,
            RightsRequest.kind.in_(LIMITING),
            RightsRequest.state != RequestState.REFUSED,
            RightsRequest.lifted_at.is_(None),
        )
    )
    is_by_law = person.legal_basis is LegalBasis.LAW
    closed = {code for one in standing for code in closed_by(one.kind, one.purpose, is_by_law=is_by_law)}
    before, person.closed_purposes = person.closed_purposes, bits_of(closed)
    session.flush()
    session.expire(person, ["agrees_to_be_named"])
    return before != person.closed_purposes
