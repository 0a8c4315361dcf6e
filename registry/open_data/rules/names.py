"""What the rows of published tables are called in both languages. Pure."""

from collections.abc import Mapping

from registry.people.rules.problems import N_
from registry.training.rules import BY_CODE

EVERYTHING, EVERYTHING_EN = "Mọi nhóm", "All categories"
SUM, SUM_EN = "Cộng", "Total"

CATEGORIES_EN: Mapping[str, str] = {
    "education": "Degree programmes",
    "political_theory": "Political theory and administration",
    "state_management": "State management",
    "leadership_skills": "Leadership and management skills",
    "professional": "Professional knowledge and job standards",
    "defence_security": "National defence and security",
    "council_delegates": "Delegates of People's Councils",
    "science_technology": "Science and technology",
    "vocational": "Vocational training",
    "digital": "Digital skills",
    "foreign_language": "Foreign languages",
    "other": "Other subjects",
}
TRAITS: Mapping[str, tuple[str, str]] = {
    "rural": ("Ở nông thôn", "Lives in a rural area"),
    "minority": ("Dân tộc thiểu số", "Ethnic minority"),
    "vulnerable": ("Nhóm yếu thế", "Vulnerable group"),
    "female": ("Nữ", "Female"),
    "teacher": ("Nhà giáo, giảng viên", "Teacher or lecturer"),
}
"""{code: (name, name in English)}, in the order of the internal report."""

LECTURERS = ("Giảng viên đứng lớp", "Lecturers who taught")

ANSWERS: Mapping[str, str] = {"yes": N_("có"), "no": N_("không"), "unknown": N_("chưa rõ")}


def category_name(code: str) -> str:
    """The Vietnamese name of a training category."""
    return BY_CODE[code].name if code in BY_CODE else code
