"""A page of the ranking of a need: the figures of `registry match`, row by row with why."""

from datetime import date

from pydantic import Field

from registry.api.schemas.base import Asked, AskedNumber, Cursor, PublicId, Shape

MOST_ROWS = 50


class MatchesAsked(Asked):
    """Which rows of a ranking."""

    after: str | None = Field(None, max_length=400, description="Dấu mốc «next» của trang trước")
    limit: AskedNumber = Field(20, ge=1, le=MOST_ROWS, description="Số dòng mỗi trang")


class PartScored(Shape):
    """One of the five parts of the score, in hundredths of a point."""

    name: str
    share: int
    points: int
    potential: int
    max: int


class SkillScored(Shape):
    """One wanted skill and the claim that was counted for it. Levels are ranks 0…6, null is not stated."""

    requirement: str
    essential: bool
    weight: int
    required_level: int
    claim: str | None
    similarity: int
    level: int | None
    points: int
    max: int
    how: str
    evidence: str | None


class ConditionMet(Shape):
    """One condition in words: met, not_met, or unknown for want of data."""

    text: str
    state: str


class MatchRow(Shape):
    """One person's row. `score` is certain, `potential` what it may be once missing data are known."""

    person: PublicId
    rank: int | None
    state: str
    score: int
    potential: int
    parts: list[PartScored]
    skills: list[SkillScored]
    conditions: list[ConditionMet]
    policies: list[str]


class Matches(Shape):
    """A page of the ranking of a need among those whom the key may see, and the counts of all of them."""

    need: PublicId
    formula: int
    index: str | None = Field(description="Phiên bản chỉ mục đã đếm; null khi tính trực tiếp")
    as_of: date
    considered: int
    not_enough_data: int
    excluded: dict[str, int]
    excluded_people: int
    relaxations: dict[str, int]
    rows: list[MatchRow]
    next: Cursor
