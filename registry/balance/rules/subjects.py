"""What a balance, a forecast or a shortage is about: an occupation, a sector, a skill. Pure.

Occupations are the fields of study and work of the records («748» Máy tính và công nghệ thông tin), since needs and people
both state those; sectors are their groups («74»). Skills are concepts of the vocabulary, by code.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from registry.people.rules import vocabulary

SECTOR_LENGTH = 2
"""How many signs of the code of an occupation name its sector."""

UNSTATED = ""
"""The code of an occupation that nobody stated."""


class SubjectKind(StrEnum):
    """What a row is about."""

    OCCUPATION = "occupation"
    SECTOR = "sector"
    SKILL = "skill"


@dataclass(frozen=True, slots=True)
class Subject:
    """Something people are needed for, by the code of its list."""

    kind: SubjectKind
    code: str

    def covers(self, occupation: str) -> bool:
        """Whether an occupation is part of it; of a skill none is."""
        if self.kind is SubjectKind.OCCUPATION:
            return occupation == self.code
        return self.kind is SubjectKind.SECTOR and sector_of(occupation) == self.code


def sector_of(occupation: str) -> str:
    """The code of the sector of an occupation; of one not stated none is known."""
    return occupation[:SECTOR_LENGTH]


@cache
def occupations() -> dict[str, str]:
    """{code: name} of all occupations, in the order of their list."""
    return {one.code: one.vi for one in vocabulary().fields}


@cache
def sectors() -> dict[str, str]:
    """{code: name} of all sectors, in the order of their list."""
    return {one.code: one.vi for one in vocabulary().field_groups}
