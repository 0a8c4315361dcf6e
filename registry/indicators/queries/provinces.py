"""What the map of provinces tells: where people on record live, and how many were trained where."""

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from registry.accounts.queries import scope_condition
from registry.accounts.rules import Permission, Viewer
from registry.consents.rules import PurposeCode
from registry.indicators.rules.figures import Period
from registry.people.models import Person
from registry.people.queries.visible import visible_condition
from registry.places.models import AdministrativeUnit
from registry.places.queries import province_names
from registry.training.models import Participation
from registry.training.rules import BY_CODE

_CODE_AT = 4
_CODE_LENGTH = 2


def names_of_provinces(session: Session) -> dict[str, str]:
    """{code: name} of the 34 provinces of today."""
    return {one.path.split("/")[1]: one.name for one in province_names(session)}


def living_by_province(session: Session, viewer: Viewer, on: date) -> dict[str, int]:
    """{code of a province: people on record who live there}, of those the viewer may see."""
    code = func.substr(Person.residence_unit_path, _CODE_AT, _CODE_LENGTH)
    mine = viewer.limited_to(Permission.PEOPLE_READ)
    rows = session.execute(
        select(code, func.count(Person.id))
        .where(visible_condition(mine, PurposeCode.REGISTRY, on=on), Person.residence_unit_path.like("VN/%"))
        .group_by(code)
    )
    return {str(province): int(count) for province, count in rows}


def trained_by_province(session: Session, viewer: Viewer, period: Period) -> dict[str, int]:
    """{code of a province: distinct people trained there in a period}, inside the viewer's scopes."""
    one = Participation
    code = func.substr(one.unit_path, _CODE_AT, _CODE_LENGTH)
    rows = session.execute(
        select(code, func.count(func.distinct(one.participant)))
        .where(
            scope_condition(viewer, one.unit_path, one.organisation_path),
            one.category.in_(BY_CODE),
            one.happened_on.between(period.start, period.end),
            one.unit_path.like("VN/%"),
        )
        .group_by(code)
    )
    return {str(province): int(count) for province, count in rows}


def communes_in(session: Session, path: str) -> list[tuple[str, str]]:
    """(path, name) of the communes of a province of today."""
    unit = AdministrativeUnit
    rows = session.execute(
        select(unit.path, unit.full_name)
        .where(unit.level == "commune", unit.path.like(f"{path}%"), unit.valid_to.is_(None))
        .order_by(unit.sort_key, unit.id)
    )
    return [(row.path, row.full_name) for row in rows]
