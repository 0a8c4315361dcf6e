"""Which offices a viewer may keep records for: the units and organisations inside the viewer's scopes."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from registry.accounts.rules import Viewer
from registry.organisations.models import Organisation
from registry.organisations.queries import flat, organisation_tree
from registry.organisations.rules import Office
from registry.people.models import Person
from registry.people.queries import organisation_name
from registry.places.models import AdministrativeUnit
from registry.places.queries import ProvinceName, describe_unit, province_names, unit_by_path
from registry.web.i18n import current_language
from registry.web.i18n import gettext as _

_MOST = 400


def keeper_choices(session: Session, viewer: Viewer) -> list[tuple[str, Any]]:
    """(unit path, words) of the administrative units a viewer may filter by or keep records in."""
    found: dict[str, str] = {}
    is_vietnamese = current_language() == "vi"
    for scope in viewer.scopes:
        if scope.unit_path in {"", "VN/"}:
            units: Sequence[AdministrativeUnit | ProvinceName] = province_names(session)
        else:
            unit = unit_by_path(session, scope.unit_path)
            units = [] if unit is None else [unit]
        found |= {unit.path: unit.full_name if is_vietnamese else unit.name for unit in units}
    return list(found.items())


def keeper_words(session: Session, person: Person) -> str:
    """The organisation and the unit that keep a record."""
    name = organisation_name(session, person.organisation_id)
    unit = describe_unit(session, person.unit_path, locale=current_language())
    return ", ".join(part for part in (name, unit) if part)


def office_choices(session: Session, viewer: Viewer) -> list[tuple[str, Any]]:
    """(value, words) of the offices a new record may belong to; values are read by `office_of`."""
    units = [
        (f"unit:{path}", _("%(unit)s (chung)", unit=words)) for path, words in keeper_choices(session, viewer)
    ]
    lines = flat(organisation_tree(session, viewer))[:_MOST]
    organisations = [
        (f"organisation:{line.organisation.public_id}", line.organisation.name)
        for line in lines
        if line.organisation.unit_path
    ]
    allowed_units = units if any(not scope.organisation_path for scope in viewer.scopes) else []
    return [*allowed_units, *organisations]


def office_of(session: Session, viewer: Viewer, value: str) -> Office | None:
    """The office chosen; None for anything that was not offered."""
    if value not in {offered for offered, _words in office_choices(session, viewer)}:
        return None
    kind, _colon, key = value.partition(":")
    if kind == "unit":
        unit = unit_by_path(session, key)
        return None if unit is None else Office(unit.id, unit.path)
    chosen = next(
        (
            line.organisation
            for line in flat(organisation_tree(session, viewer))
            if line.organisation.public_id == key
        ),
        None,
    )
    return None if chosen is None else _office_at(chosen)


def _office_at(organisation: Organisation) -> Office:
    return Office(organisation.unit_id, organisation.unit_path, organisation.id, organisation.path)
