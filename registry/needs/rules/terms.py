"""What a need may ask for, and how much of it. Pure: no database, no clock."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from registry.text import fold


class NeedKind(StrEnum):
    """What is needed (NE-02)."""

    POSITION = "position"
    SHORT_TASK = "short_task"
    PANEL = "panel"
    SECONDMENT = "secondment"
    TRAINING_PLACE = "training_place"


class ConditionKind(StrEnum):
    """What a hard condition looks at. Never age or sex: those live only inside cited policies."""

    DEGREE = "degree"
    FIELD = "field"
    LANGUAGE = "language"
    AVAILABLE = "available"
    SCOPE = "scope"
    EVIDENCE = "evidence"


class Part(StrEnum):
    """The five parts of the score, in the order in which shares are written."""

    SKILLS = "skills"
    EXPERIENCE = "experience"
    QUALIFICATION = "qualification"
    AVAILABILITY = "availability"
    PLACE = "place"


DEFAULT_SHARES = (50, 20, 15, 10, 5)
"""Shares in the order of `Part`; whole numbers that sum to 100."""

MAX_SKILLS = 16
MAX_ESSENTIAL = 8
MAX_CONDITIONS = 8
MAX_WEIGHT = 5
MAX_EXPERIENCE_YEARS = 15
MAX_RANK = 6
MAX_HEADCOUNT = 10_000
MAX_DAYS = 3_650
TITLE_LIMIT = 200
EXTERNAL_ID_LIMIT = 200
SHORT_LIMIT = 500
DESCRIPTION_LIMIT = 20_000
NOTE_LIMIT = 4_000
DEFAULT_LEVEL = 3

CONDITION_EVIDENCE = ("attached", "verified")
"""The evidence states a need may insist on, weak to strong."""


def code_of(year: int, number: int) -> str:
    """The number people quote, such as «NC-2026-014»."""
    return f"NC-{year}-{number:03d}"


@dataclass(frozen=True)
class NeedTerms:
    """What a need says about itself, beside its skills and conditions. Names and units are those of the table.

    Paths are those of the organisation and the administrative unit; "" when there is none.
    """

    title: str
    description: str = ""
    kind: NeedKind = NeedKind.POSITION
    headcount: int = 1
    estimated_days: int | None = None
    deliverable: str = ""
    organisation_id: int | None = None
    organisation_path: str = ""
    unit_id: int | None = None
    unit_path: str = ""
    is_remote: bool = False
    expected_on: date | None = None
    start_on: date | None = None
    forms: tuple[str, ...] = ()
    legal_basis: str = ""
    note: str = ""
    experience_years: int | None = None
    experience_field: str | None = None
    qualification_rank: int | None = None
    qualification_fields: tuple[str, ...] = ()
    shares: tuple[int, ...] = DEFAULT_SHARES


@dataclass(frozen=True)
class SkillTerms:
    """One skill of a need. `skill_id` None keeps the typed text until a curator gives it a concept.

    `level` and `minimum` are ranks on the concept's own scale (general 1…5, language 1…6), as claims have them;
    `minimum` None means that an essential skill must reach `level` itself.
    """

    typed: str
    skill_id: int | None
    level: int = DEFAULT_LEVEL
    weight: int = 1
    is_essential: bool = False
    minimum: int | None = None

    @property
    def concept(self) -> str:
        """What must not stand twice in one need: the concept, else the text however it is spelled."""
        return fold(self.typed) if self.skill_id is None else f"#{self.skill_id}"


@dataclass(frozen=True)
class ConditionTerms:
    """One hard condition besides the essential skills; each kind uses its own terms and leaves the others out.

    degree: `rank` 1…6 · field: `field_codes` · language: `language`, `rank` 1…6 · available: `by_on` ·
    scope: `unit_id`, `unit_path` · evidence: `evidence`, attached or verified.
    """

    kind: ConditionKind
    rank: int | None = None
    field_codes: tuple[str, ...] = ()
    language: str | None = None
    by_on: date | None = None
    unit_id: int | None = None
    unit_path: str | None = None
    evidence: str | None = None


class Asked(ValueError):
    """A need asks for something it may not ask for."""


class AskedTooMuch(Asked):
    """More than the limit: `what` is skills, essential, conditions or shares."""

    def __init__(self, what: str, at_most: int) -> None:
        super().__init__(f"{what}: at most {at_most}")
        self.what = what
        self.at_most = at_most


class AskedTwice(Asked):
    """The same concept stands twice; `typed` is the second text."""

    def __init__(self, typed: str) -> None:
        super().__init__(typed)
        self.typed = typed


class SharesWrong(Asked):
    """The five shares are not whole numbers that sum to 100; `total` is what they sum to."""

    def __init__(self, total: int) -> None:
        super().__init__(f"shares sum to {total}")
        self.total = total


def check_shares(shares: Sequence[int]) -> None:
    """Five whole numbers from 0 to 100 that sum to 100. Raises SharesWrong."""
    if len(shares) != len(Part) or not all(0 <= share <= 100 for share in shares) or sum(shares) != 100:
        raise SharesWrong(sum(shares))


def check_skills(skills: Iterable[SkillTerms]) -> None:
    """At most 16 skills, at most 8 of them essential, no concept twice. Raises AskedTooMuch or AskedTwice."""
    rows = list(skills)
    if len(rows) > MAX_SKILLS:
        raise AskedTooMuch("skills", MAX_SKILLS)
    if sum(row.is_essential for row in rows) > MAX_ESSENTIAL:
        raise AskedTooMuch("essential", MAX_ESSENTIAL)
    seen: set[str] = set()
    for row in rows:
        if row.concept in seen:
            raise AskedTwice(row.typed)
        seen.add(row.concept)


def check_conditions(conditions: Iterable[ConditionTerms]) -> None:
    """At most 8 conditions besides the essential skills. Raises AskedTooMuch."""
    if len(list(conditions)) > MAX_CONDITIONS:
        raise AskedTooMuch("conditions", MAX_CONDITIONS)
