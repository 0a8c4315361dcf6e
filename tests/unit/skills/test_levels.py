"""Levels written beside a skill."""

import pytest

from registry.skills.resolver import resolve
from registry.skills.resolver.levels import level_before, level_off
from registry.skills.rules import LevelScale, highest_level, rank_of
from tests.factories.skills import shipped


@pytest.mark.parametrize(
    ("text", "code", "scale", "rank"),
    [
        ("tiếng Nhật N2", "LN02", "language", 4),
        ("tiếng Nhật N5", "LN02", "language", 1),
        ("JLPT N1", "LN02", "language", 5),
        ("N3", "LN02", "language", 3),
        ("tiếng Anh B1", "LN01", "language", 3),
        ("Tiếng Anh (B2)", "LN01", "language", 4),
        ("tiếng Anh trình độ C1", "LN01", "language", 5),
        ("IELTS 6.5", "LN01", "language", 4),
        ("IELTS: 7,0", "LN01", "language", 5),
        ("tiếng Anh IELTS 5.0", "LN01", "language", 3),
        ("TOEIC 800", "LN01", "language", 4),
        ("TOEFL iBT 95", "LN01", "language", 5),
        ("HSK 4", "LN04", "language", 4),
        ("TOPIK III", "LN03", "language", 3),
        ("TOPIK cấp 5", "LN03", "language", 5),
        ("DELF B2", "LN05", "language", 4),
        ("tiếng Anh bậc 3/6", "LN01", "language", 3),
        ("hàn bậc 3/7", "EN07", "trade", 3),
        ("hàn bậc 7/7", "EN07", "trade", 6),
        ("Gia công CNC bậc thợ 5/7", "EN02", "trade", 4),
        ("Python cơ bản", "IT01", "general", 1),
        ("giao tiếp tốt", "SS02", "general", 4),
        ("Excel nâng cao", "IT37", "general", 4),
        ("thuyết trình thành thạo", "SS03", "general", 4),
        ("Python bậc 4", "IT01", "general", 4),
        ("Java level 3", "IT02", "general", 3),
        ("kế toán - 5 năm", "FI01", "years", None),
        ("kế toán trên 10 năm kinh nghiệm", "FI01", "years", None),
        ("Java 3+ years", "IT02", "years", None),
        ("chứng chỉ tiếng Anh trình độ B", "LN01", "general", 2),
        ("cao cấp lý luận chính trị", "PA02", "general", 4),
        ("tiếng Anh (English) B2", "LN01", "language", 4),
    ],
)
def test_the_level_comes_off_and_the_skill_is_accepted(
    text: str, code: str, scale: str, rank: int | None
) -> None:
    answer = resolve(text, shipped())
    assert answer.level is not None
    assert (answer.skill, answer.needs_confirmation) == (code, False)
    assert (answer.level.scale, answer.level.rank) == (scale, rank)


@pytest.mark.parametrize(
    "text",
    ["xây dựng cơ bản", "tin học cơ bản", "ISO 9001", "C++11", "Java SE", "ES6", "PHP 8"],
)
def test_names_that_look_like_levels_keep_them(text: str) -> None:
    answer = resolve(text, shipped())
    assert answer.is_accepted
    assert answer.level is None


def test_the_levels_written_are_kept_as_written() -> None:
    answer = resolve("Tiếng Nhật  N2", shipped())
    assert answer.level is not None
    assert answer.level.text == "N2"


@pytest.mark.parametrize("text", ["Python B2", "kế toán N2", "kế toán bậc 3/6", "tiếng Anh bậc 3/7"])
def test_a_level_of_another_scale_makes_the_reading_doubtful(text: str) -> None:
    assert resolve(text, shipped()).needs_confirmation


@pytest.mark.parametrize("text", ["tieng lao b2", "ke toan 5 nam", "docker co ban"])
def test_without_marks_a_stripped_text_is_only_offered_unless_it_is_exact(text: str) -> None:
    answer = resolve(text, shipped())
    assert answer.level is not None
    assert answer.needs_confirmation == (text != "docker co ban")


@pytest.mark.parametrize(
    "text", ["kế toán", "miền bắc 3", "thế giới", "B", "2024", "", "(", "năm", "cấp 3", "bậc 9/7", "vi"]
)
def test_texts_without_a_level_have_none(text: str) -> None:
    assert level_off(text) is None


def test_a_level_of_no_skill_is_found_all_the_same() -> None:
    found = level_off("cơ bản")
    assert found is not None
    assert (found.rest, found.level.rank) == ("", 1)


def test_a_level_before_needs_something_after_it() -> None:
    assert level_before("cao cấp") is None
    assert level_before("Trung cấp lý luận chính trị") is not None


def test_trade_levels_rank_alike_in_the_resolver_and_the_rules() -> None:
    for step in range(1, highest_level(LevelScale.TRADE) + 1):
        found = level_off(f"hàn bậc {step}/7")
        assert found is not None
        assert found.level.rank == rank_of(LevelScale.TRADE, step)
