"""Reading administrative units and resolving what people type. Writes nothing."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from registry.places.models import AdministrativeUnit
from registry.places.rules import UnitLevel


def unit_by_code(session: Session, code: str, *, on: date | None = None) -> AdministrativeUnit | None:
    """The unit that had this code on a day, by default the one that has it now.

    A code alone is not a key: 24 was Bắc Giang until 2025-06-30 and is Bắc Ninh since.
    """
    found = select(AdministrativeUnit).where(AdministrativeUnit.code == code)
    if on is None:
        return session.scalars(found.where(AdministrativeUnit.valid_to.is_(None))).one_or_none()
    is_open = or_(AdministrativeUnit.valid_to.is_(None), AdministrativeUnit.valid_to >= on)
    return session.scalars(found.where(AdministrativeUnit.valid_from <= on, is_open)).one_or_none()


def provinces(session: Session) -> Sequence[AdministrativeUnit]:
    """The 34 provinces and cities of today, in dictionary order."""
    return session.scalars(
        select(AdministrativeUnit)
        .where(AdministrativeUnit.level == UnitLevel.PROVINCE, AdministrativeUnit.valid_to.is_(None))
        .order_by(AdministrativeUnit.sort_key, AdministrativeUnit.id)
    ).all()
