"""What the formula answers: points with their parts, conditions in three values, and a ranking. Frozen, pure.

Points are whole hundredths of a point; similarities are hundredths; ranks are 0…6.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from registry.matching.engine.facts import Condition, SkillWanted


class Interval(NamedTuple):
    """What is certain, and what it could be at most once the missing facts were stated."""

    certain: int
    potential: int


NOTHING = Interval(0, 0)


class Verdict(StrEnum):
    """Three values: missing data is unknown, never a no."""

    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"


class Standing(StrEnum):
    """What becomes of a person in a ranking."""

    RANKED = "ranked"
    EXCLUDED = "excluded"
    NOT_ENOUGH_DATA = "not_enough_data"


class How(StrEnum):
    """How the claim shown relates to the skill wanted."""

    SAME = "same"
    NARROWER = "narrower"
    NARROWER_TWICE = "narrower_twice"
    BROADER = "broader"
    RELATED = "related"
    TO_CONFIRM = "needs_confirmation"
    NOT_STATED = "not_stated"


@dataclass(frozen=True, slots=True)
class SkillScore:
    """The points of one wanted skill and the claim that earns them.

    `similarity` is the certain one: 0 for a claim that still needs confirmation, so that
    maximum · similarity · min(rank, wanted) // (100 · wanted) can be redone from what is shown.
    """

    wanted: SkillWanted
    points: int
    potential: int
    maximum: int
    how: How
    claim: str | None = None
    similarity: int = 0
    rank: int | None = None
    evidence: str | None = None
    essential: Verdict | None = None


@dataclass(frozen=True, slots=True)
class PartScore:
    """One of the five parts: its share of 100, its points, what they could become, and the most there is."""

    name: str
    share: int
    points: int
    potential: int
    maximum: int


@dataclass(frozen=True, slots=True)
class ConditionResult:
    """A hard condition and whether the person meets it. `key` names the condition among all of the need."""

    key: str
    condition: Condition | SkillWanted
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Match:
    """One person against one need: everything that is shown, and enough to redo it by hand."""

    person: str
    certain: int
    potential: int
    parts: tuple[PartScore, ...]
    skills: tuple[SkillScore, ...]
    conditions: tuple[ConditionResult, ...]
    has_enough_data: bool

    @property
    def failed(self) -> tuple[str, ...]:
        """The keys of the conditions that are not met."""
        return tuple(one.key for one in self.conditions if one.verdict is Verdict.NOT_MET)

    @property
    def state(self) -> Verdict:
        """All met, some unknown, or some not met."""
        found = Verdict.MET
        for one in self.conditions:
            if one.verdict is Verdict.NOT_MET:
                return Verdict.NOT_MET
            if one.verdict is Verdict.UNKNOWN:
                found = Verdict.UNKNOWN
        return found

    @property
    def standing(self) -> Standing:
        """Excluded by a condition, else without enough data, else ranked."""
        if self.state is Verdict.NOT_MET:
            return Standing.EXCLUDED
        return Standing.RANKED if self.has_enough_data else Standing.NOT_ENOUGH_DATA


@dataclass(frozen=True, slots=True)
class SkillSupply:
    """How many of the ranked people reach a wanted skill, and how many more would if it were one rank lower."""

    wanted: SkillWanted
    reach: int
    more_one_rank_lower: int


@dataclass(frozen=True, slots=True)
class Ranking:
    """All people against one need: the rows in order, and every other person in a count.

    `considered` = rows + `not_enough_data` + `excluded_people`, unless the need asks for nothing: then there
    are no rows. `relaxations` says for each reason how many people it alone keeps out of the rows.
    """

    considered: int
    not_enough_data: int
    excluded_people: int
    excluded: Mapping[str, int]
    relaxations: Mapping[str, int]
    rows: tuple[Match, ...]
    supply: tuple[SkillSupply, ...]
