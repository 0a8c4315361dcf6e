"""What a need may ask for: limits, shares, no concept twice."""

import pytest

from registry.needs.rules import (
    DEFAULT_SHARES,
    AskedTooMuch,
    AskedTwice,
    ConditionKind,
    ConditionTerms,
    SharesWrong,
    SkillTerms,
    check_conditions,
    check_shares,
    check_skills,
    code_of,
)


def skills(count: int, *, essential: int = 0) -> list[SkillTerms]:
    return [SkillTerms(f"Kỹ năng {n}", n + 1, is_essential=n < essential) for n in range(count)]


def test_default_shares_are_whole() -> None:
    check_shares(DEFAULT_SHARES)


@pytest.mark.parametrize(
    "shares", [(50, 20, 15, 10, 4), (110, -10, 0, 0, 0), (50, 50), (20, 20, 20, 20, 20, 0), ()]
)
def test_shares_that_are_not_five_parts_of_a_hundred_are_refused(shares: tuple[int, ...]) -> None:
    with pytest.raises(SharesWrong):
        check_shares(shares)


def test_one_part_may_take_everything() -> None:
    check_shares((100, 0, 0, 0, 0))


def test_sixteen_skills_of_which_eight_essential_are_the_most() -> None:
    check_skills(skills(16, essential=8))


def test_a_seventeenth_skill_is_refused() -> None:
    with pytest.raises(AskedTooMuch) as refused:
        check_skills(skills(17))
    assert (refused.value.what, refused.value.at_most) == ("skills", 16)


def test_a_ninth_essential_skill_is_refused() -> None:
    with pytest.raises(AskedTooMuch) as refused:
        check_skills(skills(9, essential=9))
    assert (refused.value.what, refused.value.at_most) == ("essential", 8)


def test_a_concept_may_not_stand_twice() -> None:
    with pytest.raises(AskedTwice) as refused:
        check_skills([SkillTerms("CNTT", 7), SkillTerms("Công nghệ thông tin", 7)])
    assert refused.value.typed == "Công nghệ thông tin"


def test_a_text_without_concept_may_not_stand_twice_in_another_spelling() -> None:
    with pytest.raises(AskedTwice):
        check_skills([SkillTerms("Đan lưới", None), SkillTerms("dan luoi", None)])


def test_a_concept_and_a_text_of_the_same_digits_are_different() -> None:
    check_skills([SkillTerms("Python", 5), SkillTerms("5", None)])


def test_a_ninth_condition_is_refused() -> None:
    condition = ConditionTerms(ConditionKind.DEGREE, rank=4)
    check_conditions([condition] * 8)
    with pytest.raises(AskedTooMuch):
        check_conditions([condition] * 9)


def test_codes_have_three_digits_until_they_need_four() -> None:
    assert [code_of(2026, 14), code_of(2026, 1000)] == ["NC-2026-014", "NC-2026-1000"]


def test_conditions_know_neither_age_nor_sex() -> None:
    assert {str(kind) for kind in ConditionKind} == {
        "degree",
        "field",
        "language",
        "available",
        "scope",
        "evidence",
    }
