"""The administrative units that scopes name. Reads only."""

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.places.models import AdministrativeUnit


def units_by_code(session: Session, codes: Collection[str]) -> dict[str, Sequence[AdministrativeUnit]]:
    """{code: every unit that has or had it}; each code that was asked for stands in it."""
    found: dict[str, list[AdministrativeUnit]] = {code: [] for code in codes}
    wanted = select(AdministrativeUnit).where(AdministrativeUnit.code.in_(sorted(codes)))
    for one in session.scalars(wanted.order_by(AdministrativeUnit.id)):
        found[one.code].append(one)
    return dict(found)
