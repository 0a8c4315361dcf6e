"""Needs as they are read and written."""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import Field

from registry.api.schemas.base import Cursor, PageAsked, PublicId, Shape
from registry.needs.rules import (
    DEFAULT_SHARES,
    DESCRIPTION_LIMIT,
    MAX_DAYS,
    MAX_EXPERIENCE_YEARS,
    MAX_HEADCOUNT,
    MAX_RANK,
    MAX_SKILLS,
    MAX_WEIGHT,
    NOTE_LIMIT,
    SHORT_LIMIT,
    TITLE_LIMIT,
    NeedKind,
    NeedState,
    Part,
)
from registry.skills.rules import LevelScale

_SKILL_TEXT_LIMIT = 200
_ORGANISATION_LIMIT = 200

Code = Annotated[str, Field(min_length=1, max_length=40)]
PlaceCode = Annotated[
    str, Field(min_length=1, max_length=80, description="Mã đơn vị hành chính hiện nay", examples=["12"])
]
# Dates before any record and after any plan are slips; both databases keep what lies between.
Day = Annotated[date, Field(ge=date(1900, 1, 1), le=date(2999, 12, 31))]


class NeedsAsked(PageAsked):
    """A page of needs, of one state or of all."""

    state: NeedState | None = Field(None, description="Chỉ nhu cầu ở trạng thái này")


class SkillWanted(Shape):
    """A skill that is asked for. `code` is null while the text waits for a concept."""

    code: str | None = Field(examples=["SK-0001"])
    text: str = Field(examples=["Kỹ thuật dữ liệu"])
    scale: LevelScale
    level: int = Field(description="Bậc cần, trên thang của kỹ năng")
    minimum: int | None = Field(description="Bậc tối thiểu của kỹ năng bắt buộc; null là bằng bậc cần")
    weight: int
    is_essential: bool


class LanguageAsked(Shape):
    """A language and the lowest rank of the six-rank framework."""

    code: str = Field(min_length=1, max_length=10, examples=["en"])
    rank: int = Field(ge=1, le=MAX_RANK)


class Conditions(Shape):
    """Hard conditions besides essential skills; what is null or empty is not asked."""

    degree_rank: int | None = Field(None, ge=1, le=MAX_RANK)
    fields: list[Code] = Field(default=[], max_length=50)
    languages: list[LanguageAsked] = Field(default=[], max_length=2)
    available_by: Day | None = None
    place: PlaceCode | None = None
    evidence: Literal["attached", "verified"] | None = None


class Shares(Shape):
    """How the points are shared out; they sum to 100."""

    skills: int = Field(ge=0, le=100)
    experience: int = Field(ge=0, le=100)
    qualification: int = Field(ge=0, le=100)
    availability: int = Field(ge=0, le=100)
    place: int = Field(ge=0, le=100)


class NeedSummary(Shape):
    """A need in a list."""

    id: PublicId
    code: str = Field(examples=["NC-2026-014"])
    external_id: str | None
    title: str = Field(examples=["Kỹ sư dữ liệu"])
    kind: NeedKind
    state: NeedState
    headcount: int
    organisation: str | None = Field(description="Tên cơ quan, đơn vị, kèm đơn vị cấp trên nếu có")
    place: str | None = Field(description="Mã đơn vị hành chính nơi làm việc")
    expected_on: date | None
    updated_at: datetime


class Need(NeedSummary):
    """A need with all that it asks for. Its version stands in the ETag."""

    description: str
    estimated_days: int | None
    deliverable: str
    is_remote: bool
    start_on: date | None
    forms: list[str]
    legal_basis: str
    experience_years: int | None
    experience_field: str | None
    qualification_rank: int | None
    qualification_fields: list[str]
    skills: list[SkillWanted]
    conditions: Conditions
    shares: Shares


class NeedsPage(Shape):
    """A page of needs, the newest first."""

    items: list[NeedSummary]
    next: Cursor


class SkillAsked(Shape):
    """A skill to ask for: a concept by `code`, or a `text` that is read as on the screens.

    A text that may mean several concepts is refused with the question, unless `keep_text` keeps it as it is.
    """

    code: Code | None = None
    text: str | None = Field(None, min_length=1, max_length=_SKILL_TEXT_LIMIT)
    keep_text: bool = False
    level: int | None = Field(
        None, ge=1, le=7, description="Bậc trên thang của kỹ năng; null là bậc thường dùng"
    )
    minimum: int | None = Field(None, ge=1, le=7)
    weight: int = Field(1, ge=1, le=MAX_WEIGHT)
    is_essential: bool = False


class _Written(Shape):
    """What a need may say. Members and their limits are those of the form on the screen."""

    kind: NeedKind = NeedKind.POSITION
    headcount: int = Field(1, ge=1, le=MAX_HEADCOUNT)
    legal_basis: str = Field("", max_length=SHORT_LIMIT)
    description: str = Field("", max_length=DESCRIPTION_LIMIT)
    note: str = Field("", max_length=NOTE_LIMIT, description="Chỉ cơ quan thấy; không trả về qua API")
    estimated_days: int | None = Field(None, ge=1, le=MAX_DAYS)
    deliverable: str = Field("", max_length=SHORT_LIMIT)
    place: PlaceCode | None = None
    is_remote: bool = False
    expected_on: Day | None = None
    start_on: Day | None = None
    forms: list[Code] = Field(default=[], max_length=20)
    experience_years: int | None = Field(None, ge=1, le=MAX_EXPERIENCE_YEARS)
    experience_field: Code | None = None
    qualification_rank: int | None = Field(None, ge=1, le=MAX_RANK)
    qualification_fields: list[Code] = Field(default=[], max_length=50)
    skills: list[SkillAsked] = Field(default=[], max_length=MAX_SKILLS)
    conditions: Conditions = Field(default_factory=lambda: Conditions.model_validate({}))
    shares: Shares = Shares(**{part.value: share for part, share in zip(Part, DEFAULT_SHARES, strict=True)})


class NeedDraft(_Written):
    """A new need; it begins as a draft."""

    title: str = Field(min_length=1, max_length=TITLE_LIMIT)
    organisation: str = Field(
        min_length=1, max_length=_ORGANISATION_LIMIT, description="Tên như trong danh sách đơn vị"
    )


class NeedPatch(_Written):
    """Changes of a draft: what is not sent stays as it is (JSON Merge Patch of the members; lists as wholes)."""

    title: str = Field("", min_length=1, max_length=TITLE_LIMIT)
    organisation: str = Field("", min_length=1, max_length=_ORGANISATION_LIMIT)
