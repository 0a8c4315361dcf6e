"""Kept sheets: of a need, of a person, one opened and compared with its fingerprint. Reads only."""

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from registry.accounts.rules import Viewer
from registry.consents.rules import PurposeCode
from registry.db.keys import keyring_of
from registry.needs.models import Need
from registry.needs.queries import in_scope
from registry.offers.models import OfferSheet
from registry.offers.rules.sheets import fingerprint
from registry.people.models import Person
from registry.people.queries import is_public_id, visible_condition

MOST_LISTED = 100


class Altered(Exception):
    """The content of a kept sheet is not what its fingerprint says."""


def sealing_place(row: OfferSheet) -> str:
    """Where a sealed content belongs: moved to another row it does not open. The row needs its public id already."""
    return f"offer_sheet.content:{row.public_id}"


def sheet_content_of(session: Session, row: OfferSheet) -> dict[str, Any]:
    """The content as it was kept. Raises Altered."""
    content: dict[str, Any] = json.loads(keyring_of(session).open(row.content_sealed, sealing_place(row)))
    if fingerprint(content) != row.content_sha256:
        raise Altered(row.public_id)
    return content


def sheet_of(session: Session, viewer: Viewer, public_id: str, *, on: date) -> OfferSheet | None:
    """The sheet of an address, if the viewer may see its need and match its person."""
    if not is_public_id(public_id):
        return None
    found = _sheets(viewer, on).where(OfferSheet.public_id == public_id)
    return session.scalars(found).one_or_none()


def sheets_of_need(session: Session, viewer: Viewer, need: Need, *, on: date) -> Sequence[OfferSheet]:
    """The newest sheets of a need first, of people the viewer may match."""
    return session.scalars(_sheets(viewer, on).where(OfferSheet.need_id == need.id).limit(MOST_LISTED)).all()


def sheets_of_person(session: Session, viewer: Viewer, person: Person, *, on: date) -> Sequence[OfferSheet]:
    """The newest sheets of a person first, for needs the viewer may see."""
    return session.scalars(
        _sheets(viewer, on).where(OfferSheet.person_id == person.id).limit(MOST_LISTED)
    ).all()


def _sheets(viewer: Viewer, on: date) -> Any:
    return (
        select(OfferSheet)
        .join(Person, Person.id == OfferSheet.person_id)
        .join(Need, Need.id == OfferSheet.need_id)
        .where(visible_condition(viewer, PurposeCode.MATCHING, on=on), in_scope(viewer))
        .options(joinedload(OfferSheet.person), joinedload(OfferSheet.need))
        .order_by(OfferSheet.id.desc())
    )
