"""The names of scopes: accounts lie below places, so the app tells them how a unit is found and called."""

import re
from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.accounts.access import ScopeCatalogue
from registry.places.models import AdministrativeUnit
from registry.places.queries import provinces, unit_by_code
from registry.text import fold
from registry.web.i18n import gettext as _

COUNTRY = "VN"
_KIND = re.compile(r"^(?:thanh pho|tinh|phuong|xa|dac khu) ")


def _country_name() -> str:
    """What the scope of everything is called, in the language of the page; Vietnamese for commands."""
    return _("Cả nước")


def scope_choices(session: Session) -> Sequence[tuple[str, str]]:
    """(path, name) of the whole country and of each province."""
    return [("", _country_name()), *((unit.path, _capital(unit.full_name)) for unit in provinces(session))]


def _capital(name: str) -> str:
    """«Tỉnh Lai Châu» where a line begins with it."""
    return name[:1].upper() + name[1:]


def find_scope(session: Session, text: str) -> tuple[str, str] | None:
    """(path, name) of «VN», of a unit's code or of a unit's full or short name; None unless exactly one fits."""
    wanted = text.strip()
    if wanted.upper() == COUNTRY:
        return "", _country_name()
    unit = unit_by_code(session, wanted) or _unit_by_name(session, wanted)
    return None if unit is None or unit.path == "VN/" else (unit.path, unit.full_name)


def scope_names(session: Session, paths: Collection[str]) -> dict[str, str]:
    """{path: name} with the province a commune lies in («Phường Hồng Bàng, Thành phố Hải Phòng»)."""
    chains = {path: _upwards(path) for path in paths}
    wanted = sorted({one for chain in chains.values() for one in chain})
    found = session.execute(
        select(AdministrativeUnit.path, AdministrativeUnit.full_name).where(
            AdministrativeUnit.path.in_(wanted)
        )
    )
    known = dict(found.all())
    return {
        path: _capital(", ".join(known[one] for one in chain if one in known)) or path or _country_name()
        for path, chain in chains.items()
    }


def _upwards(path: str) -> list[str]:
    """The path and those above it, without the country."""
    codes = path.rstrip("/").split("/")[1:]
    return ["VN/" + "/".join(codes[:length]) + "/" for length in range(len(codes), 0, -1)]


def _unit_by_name(session: Session, text: str) -> AdministrativeUnit | None:
    """The current unit of this name; the province when a commune is called the same."""
    name = _KIND.sub("", fold(text))
    found = session.scalars(
        select(AdministrativeUnit)
        .where(AdministrativeUnit.folded == name, AdministrativeUnit.valid_to.is_(None))
        .order_by(AdministrativeUnit.path)
    ).all()
    found = [unit for unit in found if unit.path.count("/") == 2] or found
    return found[0] if len(found) == 1 else None


SCOPES = ScopeCatalogue(scope_choices, find_scope, scope_names)
