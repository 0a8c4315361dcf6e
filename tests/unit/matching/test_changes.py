"""Who moved between two rankings, by how much and because of what: one input exchanged at a time."""

from dataclasses import replace
from datetime import date

import pytest

from registry.matching.engine.changes import Cause, Frame, Move, Row, Shifts, Standings, moves, shifts
from registry.matching.engine.facts import DegreeCondition, ExperienceWanted, NeedSpec, PersonFacts
from registry.matching.engine.score import rank_people
from tests.factories.matching import SIMILAR, TODAY, claim, need, person, studied, wanted, worked

NEED = need(wanted("PYTHON", 4, 2), wanted("SQL", 4, 1))
FRAME = Frame(NEED, SIMILAR, TODAY, 1)


def one(id: str, python: int, sql: int = 0, **facts: object) -> PersonFacts:
    return person(claim("PYTHON", python, id=1), claim("SQL", sql, id=2), id=id, **facts)


PEOPLE = [one("a", 4, 4), one("b", 3, 3), one("c", 2, 2)]


def standings(frame: Frame, people: list[PersonFacts], kept: int = 100) -> Standings:
    ranking = rank_people(frame.plan, people, frame.as_of)
    facts = {who.public_id: who for who in people}
    rows = tuple(
        Row(rank, match.person, match.certain, facts[match.person])
        for rank, match in enumerate(ranking.rows[:kept], start=1)
    )
    return Standings(frame, rows, len(ranking.rows) <= kept)


def compared(
    people: list[PersonFacts], frame: Frame = FRAME, before: Frame = FRAME, kept: int = 100
) -> dict[str, Move]:
    found = moves(standings(before, PEOPLE, kept), standings(frame, people, kept))
    return {move.person: move for move in found}


def causes(found: dict[str, Move]) -> dict[str, set[Cause]]:
    return {who: set(move.causes) for who, move in found.items()}


def test_nothing_changed_means_no_move() -> None:
    assert compared(PEOPLE) == {}
    assert compared(list(reversed(PEOPLE))) == {}


def test_a_better_profile_rises_and_those_passed_were_moved_by_others() -> None:
    found = compared([PEOPLE[0], PEOPLE[1], one("c", 4, 3)])
    assert found["c"].shift == 1
    assert found["b"].shift == -1
    assert causes(found) == {"c": {Cause.PROFILE}, "b": {Cause.OTHERS}}


def test_points_may_change_without_a_change_of_place() -> None:
    found = compared([PEOPLE[0], PEOPLE[1], one("c", 2, 3)])
    assert found["c"].shift == 0
    assert causes(found) == {"c": {Cause.PROFILE}}


def test_a_new_person_is_new_because_of_the_profile_and_pushes_others() -> None:
    found = compared([*PEOPLE, one("n", 4, 3)])
    assert found["n"].before is None
    assert causes(found) == {"n": {Cause.PROFILE}, "b": {Cause.OTHERS}, "c": {Cause.OTHERS}}


def test_somebody_gone_left_because_of_the_profile_and_others_rise() -> None:
    found = compared(PEOPLE[1:])
    assert found["a"].after is None
    assert [found[who].shift for who in "bc"] == [1, 1]
    assert causes(found) == {"a": {Cause.PROFILE}, "b": {Cause.OTHERS}, "c": {Cause.OTHERS}}


def test_pushed_out_of_the_kept_rows_means_moved_by_others() -> None:
    found = compared([*PEOPLE, one("n", 4, 3)], kept=3)
    assert found["c"].after is None
    assert causes(found)["c"] == {Cause.OTHERS}


def test_rising_into_the_kept_rows_after_somebody_left_is_owed_to_others() -> None:
    found = compared(PEOPLE[1:], kept=2)
    assert found["c"].before is None
    assert causes(found)["c"] == {Cause.OTHERS}


def test_a_changed_need_is_the_cause() -> None:
    stricter = replace(NEED, skills=(wanted("PYTHON", 5, 2), wanted("SQL", 4, 1)))
    found = compared(PEOPLE, replace(FRAME, need=stricter))
    assert set().union(*causes(found).values()) == {Cause.NEED}


def test_a_need_that_reads_more_does_not_make_profiles_look_changed() -> None:
    more = replace(NEED, experience=ExperienceWanted(5))
    people = [replace(who, experience=(worked(2015, 2025),)) for who in PEOPLE]
    found = compared(people, replace(FRAME, need=more))
    assert set().union(*causes(found).values()) == {Cause.NEED}


def test_a_new_condition_shuts_people_out_because_of_the_need() -> None:
    shut = replace(NEED, conditions=(DegreeCondition(5),))
    people = [replace(PEOPLE[0], education=(studied(4),)), *PEOPLE[1:]]
    found = compared(people, replace(FRAME, need=shut))
    assert found["a"].after is None
    assert causes(found)["a"] == {Cause.NEED}
    assert causes(found)["b"] == {Cause.NEED}


@pytest.mark.parametrize(
    "reweighed",
    [
        replace(NEED, skills=(wanted("PYTHON", 4, 1), wanted("SQL", 4, 5))),
        replace(NEED, shares=(100, 0, 0, 0, 0)),
    ],
)
def test_changed_weights_are_told_from_a_changed_need(reweighed: NeedSpec) -> None:
    spec = replace(NEED, experience=ExperienceWanted(5))
    people = [replace(one(who.public_id, 4, 2), experience=(worked(2020, 2022),)) for who in PEOPLE]
    before = Frame(replace(spec, skills=NEED.skills), SIMILAR, TODAY, 1)
    after = replace(before, need=replace(reweighed, experience=ExperienceWanted(5)))
    found = moves(standings(before, people), standings(after, people))
    assert {cause for move in found for cause in move.causes} == {Cause.WEIGHTS}


def test_a_changed_vocabulary_is_told_from_a_changed_profile() -> None:
    table = {**SIMILAR, "SQL": {**SIMILAR["SQL"], "COBOL": 90}}
    known = [
        *PEOPLE[:2],
        person(claim("PYTHON", 2, id=1), claim("SQL", 2, id=2), claim("COBOL", 4, id=3), id="c"),
    ]
    found = compared(known, replace(FRAME, table=table))
    assert causes(found)["c"] == {Cause.VOCABULARY}


def test_a_day_that_passed_is_the_cause() -> None:
    spec = replace(NEED, experience=ExperienceWanted(5))
    people = [replace(who, experience=(worked(2023, None, ongoing=True),)) for who in PEOPLE]
    before = Frame(spec, SIMILAR, TODAY, 1)
    after = replace(before, as_of=date(2028, 1, 1))
    found = moves(standings(before, people), standings(after, people))
    assert found
    assert {cause for move in found for cause in move.causes} == {Cause.DATE}


def test_two_causes_are_both_named() -> None:
    changed = replace(FRAME, need=replace(NEED, skills=(wanted("PYTHON", 5, 2), wanted("SQL", 4, 1))))
    found = compared([PEOPLE[0], PEOPLE[1], one("c", 4, 4)], changed)
    assert causes(found)["c"] == {Cause.PROFILE, Cause.NEED}


def test_another_formula_is_not_taken_apart() -> None:
    found = compared([PEOPLE[0], PEOPLE[1], one("c", 4, 4)], replace(FRAME, formula=2))
    assert set().union(*causes(found).values()) == {Cause.FORMULA}


def test_an_erased_row_is_compared_without_its_facts() -> None:
    earlier = standings(FRAME, PEOPLE)
    blanked = replace(earlier, rows=tuple(replace(row, facts=None) for row in earlier.rows))
    later = standings(FRAME, [*PEOPLE[:2], one("c", 4, 4)])
    assert moves(blanked, later)
    assert moves(later, blanked)


def test_counts_of_moves_know_the_first_fifty_and_hundred() -> None:
    before = {f"p{rank}": rank for rank in range(1, 101)}
    after = {**before, "p100": 1, "p1": 100, "new": 60}
    del after["p60"]
    assert shifts(before, after) == Shifts(new_in_50=1, new_in_100=1, up=1, down=1, left=1)
    assert not shifts(before, before)
