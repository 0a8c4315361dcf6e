"""Kinds of organisations, what may become of them, and what this room needs to know of places. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol


class OrganisationKind(StrEnum):
    """What an organisation is in law."""

    COMMITTEE = "committee"
    DEPARTMENT = "department"
    DIVISION = "division"
    PARTY_BODY = "party_body"
    PUBLIC_SERVICE_UNIT = "public_service_unit"
    UNIVERSITY = "university"
    RESEARCH_INSTITUTE = "research_institute"
    ENTERPRISE = "enterprise"
    ASSOCIATION = "association"
    FOREIGN_INSTITUTE = "foreign_institute"
    OTHER = "other"


# A tree this deep holds ministry, department, division, unit and group with room to spare.
MOST_LEVELS = 10


class HasUnitPath(Protocol):
    """An administrative unit, as far as an organisation keeps it: `id` (int) and `path` (str).

    A mapped class types these as columns and a gazetteer's place as plain values, hence Any.
    """

    @property
    def id(self) -> Any:
        """The unit's id."""
        ...

    @property
    def path(self) -> Any:
        """The unit's path."""
        ...


@dataclass(frozen=True, slots=True)
class Office:
    """The office that keeps a row: ids and paths of its unit and organisation, as columns want them; "" is none."""

    unit_id: int | None = None
    unit_path: str = ""
    organisation_id: int | None = None
    organisation_path: str = ""


NO_OFFICE = Office()


@dataclass(frozen=True)
class UnitFound:
    """What a typed place means: one unit, or a sentence to show with the units to choose from.

    `choices` are (path, words); `words` describe the unit that was found.
    """

    unit: HasUnitPath | None = None
    words: str = ""
    sentence: str = ""
    choices: Sequence[tuple[str, str]] = ()


class UnitDirectory(Protocol):
    """How the rooms of places lend their knowledge to this room, which lies below them."""

    def find(self, session: Any, text: str, locale: str) -> UnitFound:
        """The unit that a typed text means."""
        ...

    def at(self, session: Any, path: str) -> HasUnitPath | None:
        """The unit with this path."""
        ...

    def words(self, session: Any, path: str, locale: str) -> str:
        """«xã Ba Tri, tỉnh Vĩnh Long»; "" for a path that no unit has."""
        ...


def depth_of(path: str) -> int:
    """How many levels a path has: "7/19/" has two."""
    return path.count("/")


def is_inside(path: str, above: str) -> bool:
    """Whether the organisation at `path` is the one at `above` or lies under it."""
    return path.startswith(above)
