"""What views ask about whoever is signed in, besides the permission that they state: of another row, of all roles."""

from collections.abc import Callable
from typing import Any, Protocol, TypeVar

from sqlalchemy.orm import Session

from registry.accounts.access.signed_in import current_viewer, signed_in_viewer
from registry.accounts.rules import Permission, Viewer
from registry.web.database import db_session
from registry.web.errors import NotVisible

Row = TypeVar("Row")


class Kept(Protocol):
    """A row that an office keeps. A mapped class types the paths as columns, hence Any."""

    @property
    def unit_path(self) -> Any:
        """The path of the unit."""
        ...

    @property
    def organisation_path(self) -> Any:
        """The path of the organisation; "" is none."""
        ...


def whole_viewer() -> Viewer:
    """The viewer with all roles, for asking about other permissions than the view's own."""
    return signed_in_viewer() or current_viewer()


def may(permission: Permission, row: Kept) -> bool:
    """Whether the viewer has a permission where a row is kept."""
    return whole_viewer().can(permission, at=(row.unit_path, row.organisation_path))


def session_and(find: Callable[[Session, Viewer, str], Row | None], ma: str) -> tuple[Session, Row]:
    """The session with the row of an address, looked for by a query of the room. Raises NotVisible."""
    session = db_session()
    found = find(session, current_viewer(), ma)
    if found is None:
        raise NotVisible
    return session, found
