"""What a question to a snapshot is made of: runs of postings, tables of points, conditions. Values only."""

from dataclasses import dataclass

from registry.matching.engine.facts import SkillWanted
from registry.matching.engine.index.columns import Int64, UInt8, UInt16

MET, DENIED, REACHES, REACHES_LOWER = 1, 2, 4, 8
"""What a claim says about a wanted skill: reached as an essential one must be; known to be lower; at the wanted
rank; at one rank lower. The four bits above say with how strong evidence it is reached."""

FAIL, OPEN, PASS = 0, 1, 2
"""A verdict as a number: not met, unknown, met. Of several educations the highest counts."""


def proved_at(strength: int) -> int:
    """The bit of a claim that reaches an essential skill with at least this strength of evidence (0…4)."""
    return MET if strength == 0 else 8 << strength


@dataclass(frozen=True, eq=False)
class Requirement:
    """One wanted skill as runs of postings, points ascending.

    Of run i, the claims from `low[i]` to before `high[i]`, each earns `points[i]` and says `says[i]` (bits above).
    """

    wanted: SkillWanted
    low: Int64
    high: Int64
    points: UInt16
    says: UInt8


@dataclass(frozen=True)
class Experience:
    """Points by whole years; `key` is the posting list of the field or group asked for, None for any field."""

    key: int | None
    points: UInt16


@dataclass(frozen=True)
class Availability:
    """Points of the availability part; `start` and `late` are ordinals, 0 when no start is asked for."""

    points: int
    half: int
    start: int
    late: int
    forms: int


@dataclass(frozen=True)
class Place:
    """Points of the place part, the posting lists of units that contain the workplace, and whether remote counts."""

    points: int
    keys: tuple[int, ...]
    is_remote: bool


@dataclass(frozen=True)
class Judged:
    """A condition that looks at one column: a verdict by the number found there."""

    key: str
    kind: str
    verdicts: UInt8


@dataclass(frozen=True)
class Spoken:
    """A condition on a language: the posting lists of who reaches the rank and of who is known not to."""

    key: str
    met: tuple[int, ...]
    denied: tuple[int, ...]


@dataclass(frozen=True)
class Available:
    """A condition on being free by a day (an ordinal)."""

    key: str
    by: int


@dataclass(frozen=True)
class Essential:
    """The condition that a requirement be met."""

    key: str
    requirement: int


@dataclass(frozen=True)
class Proved:
    """The condition that essential skills be reached with evidence: every one of these must say the bit."""

    key: str
    requirements: tuple[int, ...]
    bit: int


Test = Essential | Judged | Spoken | Available | Proved


@dataclass(frozen=True, eq=False)
class Question:
    """A need against one snapshot. `education` are points by number of kind (0: none)."""

    requirements: tuple[Requirement, ...]
    experience: Experience | None
    education: UInt16 | None
    availability: Availability | None
    place: Place | None
    tests: tuple[Test, ...]
    asks_for_skills: bool
    asks_for_something: bool
