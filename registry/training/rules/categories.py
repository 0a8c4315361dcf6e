"""The controlled list of training categories, and what else is named by short codes. Pure (TR-04).

Đào tạo (a degree) and bồi dưỡng (in service) differ; a total over both is never said. The first seven are those by which
Bến Tre reported 2021–2022, in the order and nearly the words of its report.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

LONGEST_CODE = 40


class CourseKind(StrEnum):
    """Đào tạo leads to a degree; bồi dưỡng keeps people in service able. Totals never add the two."""

    EDUCATION = "education"
    IN_SERVICE = "in_service"


class Tier(StrEnum):
    """For whom a curriculum is written (TR-09)."""

    LEADER = "leader"
    MANAGER = "manager"
    SPECIALIST = "specialist"


class Field(StrEnum):
    """The two parts of rural vocational training (TR-11)."""

    AGRICULTURE = "agriculture"
    NON_AGRICULTURE = "non_agriculture"


@dataclass(frozen=True, slots=True)
class Category:
    """One category: its code, its name, and whether it is a degree; None: courses of either kind stand in it."""

    code: str
    name: str
    kind: CourseKind | None = None


CATEGORIES: tuple[Category, ...] = (
    Category("education", "Đào tạo", CourseKind.EDUCATION),
    Category("political_theory", "Lý luận chính trị – hành chính", CourseKind.IN_SERVICE),
    Category("state_management", "Quản lý nhà nước", CourseKind.IN_SERVICE),
    Category("leadership_skills", "Kỹ năng lãnh đạo, quản lý", CourseKind.IN_SERVICE),
    Category("professional", "Chuyên môn nghiệp vụ, chức danh nghề nghiệp", CourseKind.IN_SERVICE),
    Category("defence_security", "Quốc phòng – an ninh", CourseKind.IN_SERVICE),
    Category("council_delegates", "Đại biểu Hội đồng nhân dân", CourseKind.IN_SERVICE),
    Category("science_technology", "Khoa học – công nghệ"),
    Category("vocational", "Đào tạo nghề"),
    Category("digital", "Kỹ năng số", CourseKind.IN_SERVICE),
    Category("foreign_language", "Ngoại ngữ", CourseKind.IN_SERVICE),
    Category("other", "Nội dung khác"),
)
BY_CODE: Mapping[str, Category] = {one.code: one for one in CATEGORIES}

LEVELS: Mapping[str, str] = {
    "postgraduate": "Sau đại học",
    "university": "Đại học",
    "college": "Cao đẳng",
    "intermediate": "Trung cấp",
    "elementary": "Sơ cấp",
    "under_3_months": "Dưới 3 tháng",
}
"""Levels that quotas are given by (TR-11)."""


def fits(category: str, kind: CourseKind) -> bool:
    """Whether a course of this kind may stand in the category."""
    known = BY_CODE.get(category)
    return known is not None and known.kind in (None, kind)
