"""Consents of one person, given and withdrawn through an office. The rows belong to the consents room."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from registry.consents import operations as consents
from registry.consents.models import Consent
from registry.consents.operations import Given
from registry.consents.rules import Channel, PurposeCode
from registry.people.models import Person


def give_consent(
    session: Session, person: Person, given: Sequence[Given], *, by: int | None, at: datetime
) -> list[Consent]:
    """Record consents of a person; pages from the next read on know of them. Raises AlreadyGiven."""
    made = consents.give_consents(session, person.id, person.public_id, given, by=by, at=at)
    session.expire(person, ["agrees_to_be_named", "consents"])
    return made


def withdraw_consent(
    session: Session,
    person: Person,
    purpose: PurposeCode,
    *,
    channel: Channel,
    reason: str,
    by: int | None,
    at: datetime,
) -> Consent:
    """End a consent; every list from the next read on is without the person for that purpose. Raises NotGiven."""
    ended = consents.withdraw_consent(
        session, person.id, person.public_id, purpose, channel=channel, reason=reason, by=by, at=at
    )
    session.expire(person, ["agrees_to_be_named", "consents"])
    return ended
