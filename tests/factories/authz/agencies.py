"""Agencies whose place in the tree crosses provinces: what lies in B under an agency of A."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.organisations.models import Organisation
from tests.factories import organisations as make
from tests.factories.authz.actors import B

OWN, OTHER, ACROSS = "Sở Nội vụ A", "Sở Nội vụ B", "Trạm cá hồi Ô Quý Hồ"


def make_agency_across(session: Session) -> dict[str, str]:
    """The parts of the address of an agency in B whose parent is an agency of A."""
    above = session.scalars(select(Organisation).where(Organisation.name == OWN)).one()
    made = make.organisation(session, ACROSS, parent=above, unit_path=B)
    session.flush()
    return {"ma": made.public_id}
