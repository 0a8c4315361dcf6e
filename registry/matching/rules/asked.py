"""What the box of a search was understood as: parts with the words they came from, and the words left over."""

from dataclasses import dataclass
from enum import StrEnum

LONGEST_QUERY = 200


class PartKind(StrEnum):
    """What a part of a query names."""

    SKILL = "skill"
    LANGUAGE = "language"
    DEGREE = "degree"
    TITLE = "title"
    FIELD = "field"
    KIND = "kind"
    PLACE = "place"
    ORIGIN = "origin"
    COUNTRY = "country"
    RESIDENCE = "residence"
    EVIDENCE = "evidence"
    AVAILABILITY = "availability"
    YEARS = "years"


WANTED = frozenset({PartKind.SKILL, PartKind.LANGUAGE})
"""Parts any of which finds a person; the others narrow."""


@dataclass(frozen=True, slots=True)
class Part:
    """One thing understood. `key` is its code, `name` and `english` what it is called, `words` what was typed.

    `how` is the step that found it. `rank` is the lowest level asked for, or the fewest years; `most` the
    most years. `concept` is the concept of a language, `also` further codes (kinds named together).
    """

    kind: PartKind
    key: str
    name: str
    words: str = ""
    how: str = "exact"
    english: str = ""
    rank: int | None = None
    most: int | None = None
    concept: str = ""
    also: tuple[str, ...] = ()

    @property
    def mark(self) -> str:
        """What stands for the part in an address."""
        return f"{self.kind.value}:{self.key}"

    @property
    def is_wanted(self) -> bool:
        """Whether the part is one of those of which any finds a person."""
        return self.kind in WANTED


@dataclass(frozen=True, slots=True)
class Read:
    """A query as it was read. `rests` says, for every part, what the query is without its words."""

    typed: str
    parts: tuple[Part, ...] = ()
    rests: tuple[str, ...] = ()
    leftover: tuple[str, ...] = ()
    refused: str = ""

    @property
    def wanted(self) -> tuple[Part, ...]:
        """The skills and languages."""
        return tuple(part for part in self.parts if part.is_wanted)

    @property
    def narrowing(self) -> tuple[Part, ...]:
        """The parts that each must hold."""
        return tuple(part for part in self.parts if not part.is_wanted)


def nothing_read(typed: str, refused: str = "") -> Read:
    """A query whose words are taken as they stand, or that was refused."""
    return Read(typed, leftover=(typed,) if typed and not refused else (), refused=refused)
