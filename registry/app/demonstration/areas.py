"""What kind of area some places are: three that Khánh Hòa favours, by their districts of before the reform, and Lai Châu."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.places.models import AdministrativeUnit
from registry.places.operations import classify_area
from registry.places.rules import AreaKind

_SINCE = date(2024, 1, 1)
_DOCUMENT = "Văn bản minh họa, chưa kiểm chứng"
_MOUNTAIN = (AreaKind.MOUNTAIN, AreaKind.MINORITY, AreaKind.DIFFICULT)
_AREAS = (
    ("huyện Khánh Sơn", "VN-63/56/", (*_MOUNTAIN, AreaKind.PRIORITY)),
    ("huyện Khánh Vĩnh", "VN-63/56/", (*_MOUNTAIN, AreaKind.PRIORITY)),
    ("huyện Trường Sa", "VN-63/56/", (AreaKind.ISLAND, AreaKind.BORDER, AreaKind.PRIORITY)),
    ("tỉnh Lai Châu", "VN/12/", (*_MOUNTAIN, AreaKind.BORDER)),
)


def add_areas(session: Session, by: int, *, now: datetime) -> None:
    """Write them."""
    unit = AdministrativeUnit
    for name, path, kinds in _AREAS:
        of_name = unit.full_name == name, unit.path.startswith(path, autoescape=True)
        classify_area(
            session,
            session.scalars(select(unit).where(*of_name)).one(),
            kinds,
            _SINCE,
            _DOCUMENT,
            by=by,
            at=now,
        )
