"""Which provinces a province of today was made of, and what of it lay in each, for counting again (IN-25, PT4).

Every commune of today lies in what was one former province, so a row that names its commune tells which. A row that
names the province alone does not, and is counted apart, never shared out.
"""

from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, select
from sqlalchemy.orm import Session, aliased

from registry.places.models import AdministrativeUnit, Succession
from registry.places.queries import gazetteer, unit_by_path
from registry.places.rules import FORMER_ROOT, ITSELF, UnitLevel, is_former
from registry.web.i18n import gettext as _


class FormerProvince(NamedTuple):
    """A province of 2025-06-30: its path and full name («tỉnh Bến Tre»)."""

    path: str
    full_name: str


def former_provinces(session: Session, path: str) -> list[FormerProvince]:
    """Those that went into a province of today, in dictionary order; none of one that was not merged, or no province."""
    places = gazetteer(session)
    place = places.by_path(path)
    if place is None or not place.is_current or place.level is not UnitLevel.PROVINCE:
        return []
    found = [one for one in places.former(place) if one.path.startswith(FORMER_ROOT)]
    return [FormerProvince(one.path, one.full_name) for one in found] if len(found) > 1 else []


def former_parts(session: Session, path: str) -> list[str]:
    """What a province of today is told apart into: its former provinces, and what names no commune; none if not merged."""
    found = [one.path for one in former_provinces(session, path)]
    return [*found, f"{path}{ITSELF}"] if found else []


def province_after(session: Session, former: str) -> str:
    """The path of the province of today that a part was told apart from (`former_parts`); "" for what is none."""
    places = gazetteer(session)
    place = places.by_path(former.removesuffix(ITSELF))
    today = () if place is None or place.level is not UnitLevel.PROVINCE else places.today(place)
    return today[0].path if len(today) == 1 and former in former_parts(session, today[0].path) else ""


def inside(column: Any, path: str) -> ColumnElement[bool]:
    """Rows at a path or below it. Paths hold codes and strokes alone, so nothing in them is a wildcard."""
    return column.like(f"{path}%")


def inside_part(column: Any, path: str, part: str) -> ColumnElement[bool]:
    """The same, of a part of the place: what lay in a former province, what names no commune (…`ITSELF`), or all ("")."""
    if part.endswith(ITSELF):
        return column == path
    return and_(inside(column, path), column.in_(communes_from(part))) if part else inside(column, path)


def communes_from(former: str) -> Select[str]:
    """The paths of the communes of today that were made of what lay in a former province."""
    old, new = aliased(AdministrativeUnit), aliased(AdministrativeUnit)
    return (
        select(new.path)
        .join(Succession, Succession.new_id == new.id)
        .join(old, old.id == Succession.old_id)
        .where(inside(old.path, former), new.level == UnitLevel.COMMUNE)
    )


def place_words(session: Session, path: str) -> str:
    """«tỉnh Lai Châu», «tỉnh Bến Tre (cũ)», the name of a place by its path; the path itself where no unit has it."""
    if path.endswith(ITSELF):
        return _("%(place)s, dòng không ghi xã", place=place_words(session, path.removesuffix(ITSELF)))
    unit = unit_by_path(session, path)
    if unit is None:
        return path
    return _("%(place)s (cũ)", place=unit.full_name) if is_former(path) else unit.full_name
