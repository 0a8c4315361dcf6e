"""What a need may be: its kinds, its states and how they change, its limits. Pure: no database, no clock."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class NeedKind(StrEnum):
    """What is needed (NE-02)."""

    POSITION = "position"
    SHORT_TASK = "short_task"
    PANEL = "panel"
    SECONDMENT = "secondment"
    TRAINING_PLACE = "training_place"


class NeedState(StrEnum):
    """Where a need stands (NE-01)."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    OPEN = "open"
    ON_HOLD = "on_hold"
    FILLED = "filled"
    CANCELLED = "cancelled"
    REJECTED = "rejected"


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
DEFAULT_LEVEL = 3

CONDITION_EVIDENCE = ("attached", "verified")
"""The evidence states a need may insist on, weak to strong."""


@dataclass(frozen=True)
class Transition:
    """One permitted change of state."""

    source: NeedState
    target: NeedState
    needs_approval_right: bool = False
    needs_reason: bool = False


_S = NeedState
TRANSITIONS = (
    Transition(_S.DRAFT, _S.SUBMITTED),
    Transition(_S.DRAFT, _S.CANCELLED, needs_reason=True),
    Transition(_S.SUBMITTED, _S.DRAFT, needs_reason=True),
    Transition(_S.SUBMITTED, _S.APPROVED, needs_approval_right=True),
    Transition(_S.SUBMITTED, _S.REJECTED, needs_approval_right=True, needs_reason=True),
    Transition(_S.APPROVED, _S.OPEN),
    Transition(_S.APPROVED, _S.CANCELLED, needs_reason=True),
    Transition(_S.OPEN, _S.ON_HOLD, needs_reason=True),
    Transition(_S.OPEN, _S.FILLED),
    Transition(_S.OPEN, _S.CANCELLED, needs_reason=True),
    Transition(_S.ON_HOLD, _S.OPEN),
    Transition(_S.ON_HOLD, _S.FILLED),
    Transition(_S.ON_HOLD, _S.CANCELLED, needs_reason=True),
    Transition(_S.REJECTED, _S.DRAFT),
)
"""Every permitted change; filled and cancelled are final, a new need is made from a copy."""

EDITABLE_STATES = frozenset({_S.DRAFT, _S.SUBMITTED, _S.APPROVED, _S.OPEN, _S.ON_HOLD})
OPEN_STATES = frozenset({_S.OPEN, _S.ON_HOLD})
FINAL_STATES = frozenset({_S.FILLED, _S.CANCELLED})


class NotPermitted(Exception):  # noqa: N818 - said as people say it
    """The need cannot go from its state to that one."""

    def __init__(self, source: NeedState, target: NeedState) -> None:
        super().__init__(f"{source} → {target}")
        self.source = source
        self.target = target


def transition(source: NeedState, target: NeedState) -> Transition:
    """The permitted change from `source` to `target`. Raises NotPermitted."""
    for one in TRANSITIONS:
        if one.source is source and one.target is target:
            return one
    raise NotPermitted(source, target)


def transitions_from(source: NeedState) -> tuple[Transition, ...]:
    """The permitted changes from a state, in the order of the table."""
    return tuple(one for one in TRANSITIONS if one.source is source)


def shares_are_whole(shares: Sequence[int]) -> bool:
    """Five whole numbers from 0 to 100 that sum to 100."""
    return len(shares) == len(Part) and all(0 <= share <= 100 for share in shares) and sum(shares) == 100


def code_of(year: int, number: int) -> str:
    """The number people quote, such as «NC-2026-014»."""
    return f"NC-{year}-{number:03d}"


@dataclass(frozen=True)
class SkillTerms:
    """One skill of a need, resolved: exactly one of `skill_id` and `pending_term_id` is given.

    `level` and `minimum` are levels on the concept's own scale (general 1…5, language 1…6, trade 1…7);
    `minimum` None means that an essential skill must reach `level` itself.
    """

    typed: str
    skill_id: int | None
    pending_term_id: int | None
    level: int = DEFAULT_LEVEL
    weight: int = 1
    is_essential: bool = False
    minimum: int | None = None


@dataclass(frozen=True)
class ConditionTerms:
    """One hard condition besides the essential skills; each kind uses its own terms and leaves the others out.

    degree: `rank` 1…6 · field: `field_codes` · language: `language`, `rank` 1…6 · available: `by_on` ·
    scope: `unit_id`, `unit_path` · evidence: `evidence` attached or verified.
    """

    kind: ConditionKind
    rank: int | None = None
    field_codes: tuple[str, ...] = ()
    language: str | None = None
    by_on: date | None = None
    unit_id: int | None = None
    unit_path: str = ""
    evidence: str | None = None


class TooMuchAsked(ValueError):  # noqa: N818 - said as people say it
    """A need asks for more than it may; `limit` names which limit, in the words of this module."""

    def __init__(self, limit: str, at_most: int) -> None:
        super().__init__(f"{limit}: at most {at_most}")
        self.limit = limit
        self.at_most = at_most


class AskedTwice(ValueError):  # noqa: N818 - said as people say it
    """The same concept stands twice in one need; `typed` is the second text."""

    def __init__(self, typed: str) -> None:
        super().__init__(typed)
        self.typed = typed


def check_skills(skills: Iterable[SkillTerms]) -> None:
    """At most 16 skills, at most 8 of them essential, no concept twice. Raises TooMuchAsked or AskedTwice."""
    rows = list(skills)
    if len(rows) > MAX_SKILLS:
        raise TooMuchAsked("skills", MAX_SKILLS)
    if sum(row.is_essential for row in rows) > MAX_ESSENTIAL:
        raise TooMuchAsked("essential", MAX_ESSENTIAL)
    seen: set[tuple[int | None, int | None]] = set()
    for row in rows:
        concept = (row.skill_id, row.pending_term_id)
        if concept in seen:
            raise AskedTwice(row.typed)
        seen.add(concept)


def check_conditions(conditions: Iterable[ConditionTerms]) -> None:
    """At most 8 conditions besides the essential skills. Raises TooMuchAsked."""
    if len(list(conditions)) > MAX_CONDITIONS:
        raise TooMuchAsked("conditions", MAX_CONDITIONS)
