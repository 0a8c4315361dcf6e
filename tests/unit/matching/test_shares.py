"""Shares and maxima, worked by hand: nothing is lost and ties go to the first."""

import pytest

from registry.matching.engine.facts import (
    AvailabilityWanted,
    ExperienceWanted,
    PlaceWanted,
    QualificationWanted,
)
from registry.matching.engine.score import prepare
from registry.matching.engine.shares import apportion
from tests.factories.matching import SIMILAR, need, wanted

SKILL = {"skills": (wanted(),)}
EXPERIENCE = {"experience": ExperienceWanted(5)}
QUALIFICATION = {"qualification": QualificationWanted(4)}
AVAILABILITY = {"availability": AvailabilityWanted(forms=frozenset({"full_time"}))}
PLACE = {"place": PlaceWanted("VN/12/")}

CASES = [
    # what the need asks for, its shares, and the shares after those not asked for passed theirs on
    ("all five", [SKILL, EXPERIENCE, QUALIFICATION, AVAILABILITY, PLACE], None, [50, 20, 15, 10, 5]),
    ("skills alone", [SKILL], None, [100, 0, 0, 0, 0]),
    # 5000/70 = 71.43, 2000/70 = 28.57: one is left and goes to .57
    ("two parts", [SKILL, EXPERIENCE], None, [71, 29, 0, 0, 0]),
    # 58.82, 23.53, 17.65: two are left and go to .82 and .65
    ("three parts", [SKILL, EXPERIENCE, QUALIFICATION], None, [59, 23, 18, 0, 0]),
    # 66.67, 33.33
    ("no skill", [AVAILABILITY, PLACE], None, [0, 0, 0, 67, 33]),
    # 50, 37.5, 12.5: equal remainders, the first part gets the one that is left
    ("equal remainders", [SKILL, EXPERIENCE, PLACE], (40, 30, 10, 10, 10), [50, 38, 0, 0, 12]),
    # the officer gave everything to skills and then asked for none: the rest divide 100 equally
    ("only zero shares", [EXPERIENCE, PLACE], (100, 0, 0, 0, 0), [0, 50, 0, 0, 50]),
    ("a share of nought stays nought", [SKILL, PLACE], (100, 0, 0, 0, 0), [100, 0, 0, 0, 0]),
]


@pytest.mark.parametrize(
    ("asks", "shares", "expected"), [case[1:] for case in CASES], ids=[c[0] for c in CASES]
)
def test_shares_of_parts_not_asked_for_pass_to_the_rest(
    asks: list[dict[str, object]], shares: tuple[int, ...] | None, expected: list[int]
) -> None:
    asked = {name: value for part in asks for name, value in part.items()}
    skills = asked.pop("skills", ())
    if shares:
        asked["shares"] = shares
    plan = prepare(need(*skills, **asked), SIMILAR)  # pyright: ignore[reportGeneralTypeIssues, reportUnknownArgumentType]
    assert list(plan.shares.values()) == expected
    assert sum(expected) == 100


MAXIMA = [
    # 5000 over weights 3, 2, 2 = 2142.86, 1428.57, 1428.57: two are left, to .86 and to the first of .57
    ((3, 2, 2), [2143, 1429, 1428]),
    ((5, 1), [4167, 833]),
    ((1, 1, 1), [1667, 1667, 1666]),
    ((4,), [5000]),
    ((1,) * 16, [313] * 8 + [312] * 8),
]


@pytest.mark.parametrize(("weights", "expected"), MAXIMA)
def test_skill_points_divide_by_weight_with_the_largest_remainder(
    weights: tuple[int, ...], expected: list[int]
) -> None:
    assert apportion(5000, weights) == expected


def test_heavier_and_essential_skills_come_first_and_take_equal_remainders() -> None:
    plan = prepare(
        need(wanted("B", weight=2), wanted("A", weight=2), wanted("C", weight=2, essential=True)), SIMILAR
    )
    assert [one.skill for one in plan.wanted] == ["C", "A", "B"]
    assert plan.maxima == (3334, 3333, 3333)


def test_nothing_to_divide_among() -> None:
    assert apportion(100, []) == []


def test_a_need_that_asks_for_nothing_divides_nothing() -> None:
    plan = prepare(need(), SIMILAR)
    assert not plan.asks_for_something
    assert set(plan.shares.values()) == {0}
