"""What resolving answers, and what it may be told about where the text stands."""

from dataclasses import dataclass, field
from typing import Literal

from registry.skills.resolver.levels import Level

# The step that found the concept, or why there is none.
How = Literal[
    "exact",
    "alias",
    "abbreviation",
    "folded",
    "joined",
    "stripped",
    "expanded",
    "decoded",
    "reordered",
    "fuzzy",
    "initials",
    "contained",
    "several",
    "unknown",
    "empty",
    "too_long",
    "unreadable",
]


@dataclass(frozen=True, slots=True)
class Context:
    """Where the text stands: a sector, and other words of the same person or need (skills, degrees).

    Into `asked` go the names with several readings that were met on the way: when there are none, the answer is the same
    in every context.
    """

    sector: str = ""
    neighbours: tuple[str, ...] = ()
    asked: list[str] | None = field(default=None, compare=False)


NO_CONTEXT = Context()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A concept the text may mean, with its score 0…100."""

    skill: str
    vi: str
    score: float


@dataclass(frozen=True, slots=True)
class Resolution:
    """The answer. `skill` is a concept's code or None; accepted means a skill that needs no confirmation.

    `score` is 0…100 and `margin` its distance to the best other concept. Candidates come best first.
    """

    skill: str | None
    how: How
    score: float = 0.0
    margin: float = 0.0
    level: Level | None = None
    needs_confirmation: bool = False
    candidates: tuple[Candidate, ...] = ()

    @property
    def is_accepted(self) -> bool:
        """Whether the concept may be used without asking anybody."""
        return self.skill is not None and not self.needs_confirmation
