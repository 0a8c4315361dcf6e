"""Languages and their levels in the words people use."""

import pytest

from registry.exchange.rules.languages import language_rank, read_language
from registry.exchange.rules.skills import read_skill_text
from registry.people.rules import LanguageDraft
from registry.people.rules.problems import Problem


@pytest.mark.parametrize(
    ("entry", "draft"),
    [
        ("Tiếng Anh (B2)", LanguageDraft("en", 4)),
        ("tiếng anh b2", LanguageDraft("en", 4)),
        ("Tiếng Anh: bậc 4/6", LanguageDraft("en", 4)),
        ("Anh (4)", LanguageDraft("en", 4)),
        ("Tiếng Nhật (N3)", LanguageDraft("ja", 3, "N3")),
        ("Tiếng Nhật N3", LanguageDraft("ja", 3, "N3")),
        ("Tiếng Anh (IELTS 6.5)", LanguageDraft("en", 4, "IELTS 6.5")),
        ("Tiếng Anh (IELTS 6,5)", LanguageDraft("en", 4, "IELTS 6,5")),
        ("Tiếng Trung (HSK 5)", LanguageDraft("zh", 5, "HSK 5")),
        ("Tiếng Anh", LanguageDraft("en")),
        ("Tiếng Anh (giao tiếp)", LanguageDraft("en", None, "giao tiếp")),
        ("Tiếng Anh (không biết)", LanguageDraft("en", None, "không biết")),
    ],
)
def test_a_language_with_its_level(entry: str, draft: LanguageDraft) -> None:
    assert read_language(entry) == draft


def test_an_unknown_language_is_a_problem() -> None:
    assert isinstance(read_language("Tiếng chim (B2)"), Problem)
    assert read_language("") is None


@pytest.mark.parametrize(
    ("language", "level", "rank"),
    [
        ("ko", "TOPIK 4", 4),
        ("ja", "JLPT N1", 5),
        ("en", "IELTS 2.0", None),
        ("en", "VSTEP 9", 5),
        ("en", "N3", None),
    ],
)
def test_certificates_count_by_their_lowest_score(language: str, level: str, rank: int | None) -> None:
    assert language_rank(language, level) == rank


@pytest.mark.parametrize(
    ("entry", "name", "level", "weight"),
    [
        ("Python (4)", "Python", 4, None),
        ("Python (bậc 4)", "Python", 4, None),
        ("Hàn [bậc 5/7]", "Hàn", 5, None),
        ("SQL (3, trọng số 2)", "SQL", 3, 2),
        ("SQL (3 x 2)", "SQL", 3, 2),
        ("Tiếng Anh (B2)", "Tiếng Anh (B2)", None, None),
        ("Excel (nâng cao)", "Excel (nâng cao)", None, None),
        ("Python", "Python", None, None),
        ("(4)", "(4)", None, None),
    ],
)
def test_a_level_in_brackets_comes_off_a_skill(
    entry: str, name: str, level: int | None, weight: int | None
) -> None:
    text = read_skill_text(entry)
    assert (text.name, text.level, text.weight) == (name, level, weight)
