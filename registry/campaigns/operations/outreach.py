"""The log of speaking to people of a campaign (CP-09). Flushes, never commits."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from registry.audit.operations import record
from registry.campaigns.models import CampaignMember, OutreachAttempt
from registry.campaigns.queries.sealed import sealing_place
from registry.campaigns.rules.words import OutreachWay
from registry.db import new_public_id
from registry.db.keys import keyring_of


def note_attempt(
    session: Session,
    member: CampaignMember,
    way: OutreachWay,
    *,
    on: date,
    words: str,
    role: str,
    next_on: date | None,
    by: int | None,
    at: datetime,
) -> OutreachAttempt:
    """Note an attempt: how, what was answered, which role was agreed, when to speak again."""
    attempt = OutreachAttempt(
        public_id=new_public_id(),
        member_id=member.id,
        way=way,
        on=on,
        role=role,
        next_on=next_on,
        noted_at=at,
        by_id=by,
    )
    attempt.words_sealed = keyring_of(session).seal(words, sealing_place(attempt)) if words else None
    session.add(attempt)
    session.flush()
    person = None if member.person is None else member.person.public_id
    record(
        session,
        by,
        "campaign.outreach_noted",
        "campaign",
        member.campaign.public_id,
        person=person,
        detail={"way": way},
        at=at,
    )
    return attempt
