"""Skills typed in one text: «tên (bậc); tên (bậc)»."""

import pytest

from registry.skills.rules import TypedSkill, parse_skill_list


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        (" ; \n ; ", []),
        ("Python", [TypedSkill("Python")]),
        ("Python (4); SQL(3)", [TypedSkill("Python", 4), TypedSkill("SQL", 3)]),
        ("Kế toán [2]\nKiểm toán", [TypedSkill("Kế toán", 2), TypedSkill("Kiểm toán")]),
        ("Tiếng Anh (bậc 4)", [TypedSkill("Tiếng Anh (bậc 4)")]),
        ("Tiếng Anh (IELTS 6.5); C++", [TypedSkill("Tiếng Anh (IELTS 6.5)"), TypedSkill("C++")]),
        ("Hàn (MIG; TIG) (5); C#", [TypedSkill("Hàn (MIG; TIG)", 5), TypedSkill("C#")]),
        ("Hàn (MIG\nC# (2)", [TypedSkill("Hàn (MIG"), TypedSkill("C#", 2)]),
        ("(3); Go", [TypedSkill("Go")]),
        ("Go (9)", [TypedSkill("Go", 9)]),
        ("Go (123)", [TypedSkill("Go (123)")]),
        ("Go (３)", [TypedSkill("Go (３)")]),
    ],
)
def test_a_list_of_skills_is_cut_at_semicolons_and_lines(text: str, expected: list[TypedSkill]) -> None:
    assert parse_skill_list(text) == expected
