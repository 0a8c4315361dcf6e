"""People as other systems get them: as the cards on the screens, no contact, no paper, no date of birth."""

from pydantic import Field

from registry.api.schemas.base import Cursor, PublicId, Shape
from registry.people.rules import AvailabilityState, CadreKind, EvidenceState, ExpertKind
from registry.skills.rules import LevelScale


class SkillClaimed(Shape):
    """A claim on a skill. `code` is null while the text waits for a concept."""

    code: str | None = Field(examples=["KN-0001"])
    label: str = Field(examples=["Kỹ thuật dữ liệu"])
    level: int | None = Field(description="Bậc trên thang của kỹ năng; null là không nói; 0 là không biết")
    scale: LevelScale | None
    evidence: EvidenceState


class DegreeHeld(Shape):
    """The highest degree that was earned, by the codes of the registry."""

    degree: str
    rank: int | None = Field(description="1…6 theo khung trình độ quốc gia, null là không rõ")
    field: str | None


class Person(Shape):
    """One person. Who has not agreed to be named has no name and no place but the country."""

    id: PublicId
    code: str = Field(examples=["HS-20418"])
    is_anonymous: bool
    name: str | None = Field(description="null khi người này chưa đồng ý cho biết tên")
    headline: str = Field(examples=["Kỹ sư dữ liệu"])
    expert_kinds: list[ExpertKind]
    cadre_kinds: list[CadreKind]
    is_overseas: bool
    place: str = Field(description="Tỉnh hoặc nước đang ở; của hồ sơ ẩn danh chỉ là trong hay ngoài nước")
    education: DegreeHeld | None
    years: int | None = Field(description="Số năm kinh nghiệm tính từ các mốc đã ghi")
    stated_years: int | None = Field(description="Số năm tự khai")
    skills: list[SkillClaimed]
    availability: AvailabilityState | None
    evidence: EvidenceState | None = Field(description="Mức xác minh cao nhất trong hồ sơ")


class PeoplePage(Shape):
    """A page of people."""

    items: list[Person]
    next: Cursor
