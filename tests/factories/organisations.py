"""Organisations for tests, made by the room's own operation."""

from datetime import date

from sqlalchemy.orm import Session

from registry.organisations.models import Organisation
from registry.organisations.operations import create_organisation
from registry.organisations.rules import OrganisationKind
from registry.places.queries import unit_by_path


def organisation(
    session: Session,
    name: str = "Sở Nội vụ tỉnh Lai Châu",
    parent: Organisation | None = None,
    unit_path: str = "VN/12/",
    kind: OrganisationKind = OrganisationKind.DEPARTMENT,
    valid_from: date | None = None,
) -> Organisation:
    """An open organisation at this unit ("" for none)."""
    unit = unit_by_path(session, unit_path) if unit_path else None
    return create_organisation(
        session, name=name, kind=kind, parent=parent, unit=unit, by=None, valid_from=valid_from
    )


def committee(session: Session, name: str = "UBND tỉnh Lai Châu", unit_path: str = "VN/12/") -> Organisation:
    """A province's committee, the root of a tree."""
    return organisation(session, name, unit_path=unit_path, kind=OrganisationKind.COMMITTEE)
