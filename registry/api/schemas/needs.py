"""Needs as they are read and written."""

from datetime import date, datetime

from pydantic import Field

from registry.api.schemas.base import Cursor, PageAsked, PublicId, Shape
from registry.needs.rules import ConditionKind, NeedKind, NeedState


class NeedsAsked(PageAsked):
    """A page of needs, of one state or of all."""

    state: NeedState | None = Field(None, description="Chỉ nhu cầu ở trạng thái này")


class SkillWanted(Shape):
    """A skill that is asked for. `code` is null while the text waits for a concept; ranks are those of its scale."""

    code: str | None = Field(examples=["KN-0001"])
    text: str = Field(examples=["Kỹ thuật dữ liệu"])
    level: int
    minimum: int | None
    weight: int
    is_essential: bool


class Condition(Shape):
    """A hard condition; which members count depends on its kind."""

    kind: ConditionKind
    rank: int | None
    fields: list[str]
    language: str | None
    by: date | None
    place: str | None = Field(description="Mã đơn vị hành chính")
    evidence: str | None


class Shares(Shape):
    """How the points are shared out; they sum to 100."""

    skills: int
    experience: int
    qualification: int
    availability: int
    place: int


class NeedSummary(Shape):
    """A need in a list."""

    id: PublicId
    code: str = Field(examples=["NC-2026-014"])
    external_id: str | None
    title: str = Field(examples=["Kỹ sư dữ liệu"])
    kind: NeedKind
    state: NeedState
    headcount: int
    organisation: str | None = Field(description="Tên cơ quan, đơn vị")
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
    conditions: list[Condition]
    shares: Shares


class NeedsPage(Shape):
    """A page of needs, the newest first."""

    items: list[NeedSummary]
    next: Cursor
