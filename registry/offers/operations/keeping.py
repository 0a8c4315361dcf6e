"""Keeping an offer sheet as it was worked out, and noting who looked at one. Flushes, never commits."""

from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from registry.audit.operations import record, record_read
from registry.db import new_public_id
from registry.db.keys import keyring_of
from registry.needs.models import Need
from registry.offers.models import OfferSheet
from registry.offers.queries.sheets import sealing_place
from registry.offers.rules.sheets import canonical, fingerprint
from registry.people.models import Person


def keep_sheet(
    session: Session, person: Person, need: Need, content: dict[str, Any], *, by: int, at: datetime
) -> OfferSheet:
    """Keep a sheet with the day of decision that its question names; it is never changed afterwards."""
    row = OfferSheet(
        public_id=new_public_id(),
        person=person,
        need=need,
        decided_on=date.fromisoformat(content["question"]["decided_on"]),
        content_sha256=fingerprint(content),
        made_by_id=by,
        made_at=at,
    )
    row.content_sealed = keyring_of(session).seal(canonical(content), sealing_place(row))
    session.add(row)
    session.flush()
    detail = {"need": need.public_id, "sha256": row.content_sha256}
    record(
        session, by, "offer.kept", "offer_sheet", row.public_id, person=person.public_id, detail=detail, at=at
    )
    return row


def note_opened(session: Session, by: int, person: str, page: str, *, need: str = "", at: datetime) -> None:
    """Note that what policies say of a person (a public id) was shown."""
    detail = {"page": page} | ({"need": need} if need else {})
    record_read(session, by, "offer.read", people=[person], purpose="matching", detail=detail, at=at)
