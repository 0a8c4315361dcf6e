"""The names of units, many in one statement."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.places.models import AdministrativeUnit

_MOST = 5_000


def names_of_units(session: Session, paths: Iterable[str]) -> dict[str, str]:
    """{path: full name} of the units of these paths. One statement; of a country no more than it has."""
    wanted = sorted({path for path in paths if path})[:_MOST]
    if not wanted:
        return {}
    unit = AdministrativeUnit
    return dict(session.execute(select(unit.path, unit.full_name).where(unit.path.in_(wanted))).all())
