"""The pure parts of a roll: sets of rows, counting two ways, points, and the next rows of both orders."""

from datetime import date
from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.matching.engine.search import masks
from registry.matching.engine.search.building import build_roll
from registry.matching.engine.search.columns import (
    EVIDENCE,
    FREEDOM,
    Begun,
    Claimed,
    Facets,
    Freedom,
    Recorded,
    RollColumns,
    RollWords,
    Studied,
)
from registry.matching.engine.search.counting import Counting
from registry.matching.engine.search.order import in_order, next_by_name, next_by_points
from registry.matching.engine.search.points import Wanted, points_of
from registry.matching.engine.search.roll import Roll
from registry.people.rules import AvailabilityState, EvidenceState

TODAY = date(2026, 11, 25)
DAY = TODAY.toordinal()
OPTIONS = (
    *(f"degree:{rank}" for rank in range(1, 7)),
    "residence:home",
    "residence:abroad",
    *(f"evidence:{state}" for state in EVIDENCE),
    *(f"availability:{one}" for one in ("now", "months_3", "months_6", "not_available", "unstated")),
    *(f"freshness:{one}" for one in ("months_6", "months_12", "older", "never")),
    "kind:expert",
    "title:professor",
)
HEADLINES = ("", "ky su du lieu", "du lieu du lieu", "bac si")
FLAGS = st.lists(st.booleans(), max_size=200).map(lambda flags: np.array(flags, np.bool_))


def numbers(*values: int) -> Any:
    return np.array(values, np.int64)


def claimed(*rows: tuple[int, int, int, EvidenceState, int]) -> Claimed:
    person, key, rank, state, until = zip(*rows, strict=True) if rows else ((),) * 5
    states = numbers(*(EVIDENCE.index(one) for one in state))
    return Claimed(numbers(*person), numbers(*key), numbers(*rank), states, numbers(*until))


def studied(*rows: tuple[int, int, int, bool]) -> Studied:
    person, rank, field, done = zip(*rows, strict=True) if rows else ((),) * 4
    nothing = np.zeros(len(rows), np.int64)
    return Studied(
        numbers(*person), numbers(*rank), numbers(*field), nothing, nothing, np.array(done, np.bool_)
    )


def freedom(*rows: tuple[int, AvailabilityState, int, int]) -> Freedom:
    person, state, start, until = zip(*rows, strict=True) if rows else ((),) * 4
    states = numbers(*(FREEDOM.index(one) for one in state))
    return Freedom(numbers(*person), states, numbers(*start), numbers(*until))


def roll_of(people: int = 5, **parts: Any) -> Roll:
    """A roll of people with row ids 1, 2, 3 …, their public ids the other way round."""
    nothing = np.zeros(people, np.int64)
    given = {name: parts.pop(name) for name in list(parts) if name in Recorded.__dataclass_fields__}
    told: dict[str, Any] = {
        "row_id": np.arange(1, people + 1),
        "public_id": np.array([f"{people - place:026}" for place in range(people)], "S26"),
        "place": np.arange(people),
        "is_named": np.ones(people, np.bool_),
        **dict.fromkeys(("unit", "organisation", "home", "country", "stated_years"), nothing - 1),
        "confirmed_on": nothing,
        "headline": nothing,
        **given,
    }
    columns: dict[str, Any] = {
        "skills": claimed(),
        "languages": claimed(),
        "studies": studied(),
        "facets": Facets(*(numbers(),) * 4),
        "freedom": freedom(),
        "begun": Begun(numbers(), numbers()),
        **parts,
    }
    words = RollWords(
        ("VN/12/", "VN/12/03388/"), ("7/",), ("VN/01/",), ("VN", "DE"), ("en", "ja"), ("748",), OPTIONS
    )
    return build_roll(RollColumns(words, HEADLINES, Recorded(**told), **columns), TODAY)


def people_in(roll: Roll, mask: Any) -> list[int]:
    """Row ids, ascending."""
    return sorted(roll.arrays.row_ids[masks.rows_of(mask, len(roll))].tolist())


# --- sets of rows -----------------------------------------------------------------------------------------


@given(FLAGS)
def test_a_set_says_again_what_it_was_told(flags: Any) -> None:
    mask = masks.of_flags(flags)
    assert masks.flags_of(mask, len(flags)).tolist() == flags.tolist()
    assert masks.rows_of(mask, len(flags)).tolist() == np.flatnonzero(flags).tolist()
    assert masks.count_of(mask) == np.count_nonzero(flags)
    assert np.array_equal(mask, masks.of_rows(np.flatnonzero(flags), len(flags)))


@given(st.sets(st.integers(0, 999), max_size=7))
def test_a_few_rows_of_many_make_the_same_set_as_their_flags(rows: set[int]) -> None:
    flags = np.zeros(1_000, np.bool_)
    flags[list(rows)] = True
    assert np.array_equal(masks.of_rows(numbers(*rows), len(flags)), masks.of_flags(flags))
    assert masks.counts_among(masks.of_flags(flags)[None], np.arange(1_000)).tolist() == [len(rows)]


@given(FLAGS, st.randoms(use_true_random=False))
def test_sets_join_as_flags_do(flags: Any, chance: Any) -> None:
    other = np.array([chance.random() < 0.5 for _ in flags], np.bool_)
    one, two = masks.of_flags(flags), masks.of_flags(other)
    count = len(flags)
    assert masks.flags_of(masks.all_of(one, [two]), count).tolist() == (flags & other).tolist()
    assert masks.flags_of(masks.any_of([one, two], count), count).tolist() == (flags | other).tolist()
    assert masks.count_of(one & ~two) == np.count_nonzero(flags & ~other)


# --- facets of the day ------------------------------------------------------------------------------------


def test_evidence_counts_up_to_its_last_day() -> None:
    verified = EvidenceState.VERIFIED
    roll = roll_of(
        skills=claimed((1, 3, 2, verified, DAY), (2, 3, 2, verified, DAY - 1), (3, -1, -1, verified, 0))
    )
    assert people_in(roll, roll.option("evidence", "verified")) == [1, 3]
    assert people_in(roll, roll.option("evidence", "expired")) == [2]


def test_the_highest_completed_degree_counts() -> None:
    roll = roll_of(studies=studied((1, 4, 0, True), (1, 5, -1, True), (2, 6, 0, False), (3, 0, 0, True)))
    assert people_in(roll, roll.option("degree", "5")) == [1]
    assert people_in(roll, roll.option("degree", "4")) == []
    assert people_in(roll, roll.option("degree", "6")) == []
    assert people_in(roll, roll.studied("748")) == [1, 3]
    assert people_in(roll, roll.studied("999")) == []


def test_a_pause_is_over_on_the_day_after() -> None:
    paused, free = AvailabilityState.PAUSED, AvailabilityState.AVAILABLE
    roll = roll_of(
        freedom=freedom(
            (1, paused, DAY, DAY), (2, paused, DAY, DAY - 1), (3, free, DAY + 1, 0), (4, paused, DAY, 0)
        )
    )
    assert people_in(roll, roll.option("availability", "now")) == [2]
    assert people_in(roll, roll.option("availability", "months_3")) == [2, 3]
    assert people_in(roll, roll.option("availability", "unstated")) == [5]


def test_kinds_hold_to_their_last_day_and_homes_need_a_country_or_a_place() -> None:
    expert, professor = OPTIONS.index("kind:expert"), OPTIONS.index("title:professor")
    roll = roll_of(
        facets=Facets(
            numbers(1, 2, 3),
            numbers(expert, expert, expert),
            numbers(professor, -1, professor),
            numbers(0, DAY - 1, DAY),
        ),
        country=numbers(0, 1, -1, -1, -1),
        home=numbers(-1, 0, 0, -1, -1),
    )
    assert people_in(roll, roll.option("kind", "expert")) == [1, 3]
    assert people_in(roll, roll.option("title", "professor")) == [1, 3]
    assert people_in(roll, roll.option("residence", "home")) == [1, 3]
    assert people_in(roll, roll.option("residence", "abroad")) == [2]
    assert people_in(roll, roll.in_country("DE")) == [2]
    assert people_in(roll, roll.living_in("VN/")) == [2, 3]


def test_freshness_changes_on_the_anniversary() -> None:
    year_ago = date(2025, 11, 25).toordinal()
    roll = roll_of(confirmed_on=numbers(0, year_ago, year_ago - 1, DAY, DAY))
    assert people_in(roll, roll.option("freshness", "never")) == [1]
    assert people_in(roll, roll.option("freshness", "older")) == [3]
    assert people_in(roll, roll.option("freshness", "months_12")) == [2, 4, 5]
    assert people_in(roll, roll.option("freshness", "months_6")) == [4, 5]


@pytest.mark.parametrize(
    ("phrase", "found"), [("du lieu", [2, 3]), ("du", [2, 3]), ("lieu du", [3]), ("bac", [4]), ("ac", [])]
)
def test_a_headline_holds_whole_words(phrase: str, found: list[int]) -> None:
    roll = roll_of(headline=numbers(0, 1, 2, 3, 0))
    assert people_in(roll, roll.headed(phrase)) == found


def test_scopes_are_prefixes_and_nobody_without_a_path_is_inside() -> None:
    roll = roll_of(unit=numbers(0, 1, -1, 0, -1), organisation=numbers(0, -1, 0, -1, -1))
    assert people_in(roll, roll.within([("", "")])) == [1, 2, 3, 4, 5]
    assert people_in(roll, roll.within([("VN/12/", "")])) == [1, 2, 4]
    assert people_in(roll, roll.within([("VN/12/03388/", ""), ("", "7/")])) == [1, 2, 3]
    assert people_in(roll, roll.within([])) == []


def test_years_are_those_since_the_first_post_else_those_stated() -> None:
    roll = roll_of(begun=Begun(numbers(1, 2), numbers(DAY - 10, DAY)), stated_years=numbers(9, 9, 3, -1, 0))
    assert people_in(roll, roll.worked((1, DAY - 5), (3, 9))) == [1, 3]


# --- counting ---------------------------------------------------------------------------------------------

CLAIMS = st.lists(
    st.tuples(st.integers(1, 60), st.integers(0, 4), st.integers(-1, 6), st.sampled_from(EVIDENCE)),
    unique_by=lambda one: one[:2],
    max_size=120,
)


SHARES = st.one_of(st.sampled_from([0.0, 0.05, 0.95, 1.0]), st.floats(0, 1))
"""How many of the people are chosen: few, nearly everybody and all between are counted in different ways."""


@given(CLAIMS, SHARES, st.sampled_from([None, 1, 4]), st.randoms(use_true_random=False))
def test_skills_are_counted_alike_for_few_and_for_many(
    claims: Any, share: float, rank: Any, chance: Any
) -> None:
    roll = roll_of(60, skills=claimed(*((*one, 0) for one in claims)))
    mask, chosen = drawn(roll, share, chance)
    counts = Counting(roll, mask).skills(rank).tolist()
    assert counts == [held(claims, skill, chosen, rank) for skill in range(len(counts))]


@given(
    st.lists(
        st.tuples(st.integers(1, 60), st.integers(0, 1), st.integers(-1, 6), st.sampled_from(EVIDENCE)),
        unique_by=lambda one: one[:2],
        max_size=80,
    ),
    CLAIMS,
    SHARES,
    st.sampled_from([None, 3]),
    st.randoms(use_true_random=False),
)
def test_languages_and_fields_are_counted_alike_for_few_and_for_many(
    spoken: Any, claims: Any, share: float, rank: Any, chance: Any
) -> None:
    studies = [
        (chance.randint(1, 60), chance.randint(0, 6), chance.randint(-1, 0), chance.random() < 0.8)
        for _ in range(40)
    ]
    roll = roll_of(
        60,
        skills=claimed(*((*one, 0) for one in claims)),
        languages=claimed(*((*one, 0) for one in spoken)),
        studies=studied(*studies),
    )
    mask, chosen = drawn(roll, share, chance)
    counting = Counting(roll, mask)
    counts = counting.languages(rank).tolist()
    assert counts == [held(spoken, language, chosen, rank) for language in range(len(counts))]
    completed = {(person, field) for person, _rank, field, done in studies if done and person in chosen}
    assert counting.fields.tolist() == [len([one for one in completed if one[1] == 0])]


@pytest.mark.parametrize("share", [0.0, 0.002, 0.05, 0.5, 0.95, 0.998, 1.0])
def test_homes_units_and_options_are_counted_alike_for_few_and_for_many(share: float) -> None:
    chance = Random(share)
    country = [chance.randint(-1, 1) for _ in range(1_000)]
    unit = [chance.randint(-1, 1) for _ in range(1_000)]
    confirmed = [chance.choice([0, DAY, DAY - 500]) for _ in range(1_000)]
    roll = roll_of(1_000, country=numbers(*country), unit=numbers(*unit), confirmed_on=numbers(*confirmed))
    mask, chosen = drawn(roll, share, chance)
    counting, places = Counting(roll, mask), [person - 1 for person in chosen]
    assert counting.countries.tolist() == [[country[one] for one in places].count(word) for word in (0, 1)]
    assert counting.units.tolist() == [[unit[one] for one in places].count(word) for word in (0, 1)]
    told = dict(zip(OPTIONS, counting.options, strict=True))
    assert told["freshness:never"] == [confirmed[one] for one in places].count(0)
    assert told["freshness:older"] == [confirmed[one] for one in places].count(DAY - 500)
    assert told["residence:abroad"] == [country[one] for one in places].count(1)


def drawn(roll: Roll, share: float, chance: Any) -> tuple[Any, set[int]]:
    """Some people by chance, as a set of rows and as row ids."""
    flags = np.array([chance.random() < share for _ in range(len(roll))], np.bool_)
    return masks.of_flags(flags), set(roll.arrays.row_ids[flags].tolist())


def held(claims: Any, key: int, chosen: set[int], rank: int | None) -> int:
    """How many of the chosen people claim something, looked up one by one."""
    return len(
        [
            person
            for person, one, level, _state in claims
            if one == key and person in chosen and (level != 0 if rank is None else level >= rank)
        ]
    )


# --- points and order -------------------------------------------------------------------------------------


def test_a_claim_counts_before_a_headline_and_a_language_before_both() -> None:
    none, attached, verified = EvidenceState.SELF_DECLARED, EvidenceState.ATTACHED, EvidenceState.VERIFIED
    roll = roll_of(
        skills=claimed(
            (1, 3, 2, none, 0), (1, 4, 2, verified, 0), (2, 4, 1, verified, DAY - 1), (3, 3, 0, none, 0)
        ),
        languages=claimed((4, 0, 2, attached, 0)),
        headline=numbers(1, 1, 1, 1, 0),
    )
    wanted = Wanted(((3, (100, 110, 120)), (4, (50, 60, 70))), "en", (200, 210, 220), ("du lieu",), 90, None)
    points = points_of(roll, wanted, roll.headed("du lieu"))
    given = points.of(np.arange(len(roll)))
    assert dict(zip(roll.arrays.row_ids.tolist(), given.tolist(), strict=True)) == {
        1: 100,
        2: 50,
        3: 90,
        4: 210,
        5: 0,
    }
    assert people_in(roll, masks.of_flags(points.given)) == [1, 2, 3, 4]


@given(
    st.lists(st.integers(0, 3), min_size=1, max_size=40), st.randoms(use_true_random=False), st.integers(1, 9)
)
def test_walking_by_points_is_walking_the_sorted_list(points: Any, chance: Any, count: int) -> None:
    rows = np.array([row for row in range(len(points)) if chance.random() < 0.7], np.intp)
    given = numbers(*points)[rows]
    whole = sorted(rows.tolist(), key=lambda row: (-points[row], row))

    def walked(bound: Any, *, is_backwards: bool = False) -> list[int]:
        found, worth = next_by_points(rows, given, bound, count, is_backwards=is_backwards)
        assert worth.tolist() == [points[row] for row in found]
        return found.tolist()

    at = chance.randrange(len(points))
    behind = [row for row in whole if (-points[row], row) > (-points[at], at)]
    ahead = [row for row in whole if (-points[row], row) < (-points[at], at)][::-1]
    assert walked(None) == whole[:count]
    assert walked((points[at], at + 1)) == behind[:count]
    assert walked((points[at], at), is_backwards=True) == ahead[:count]


@given(st.permutations(range(30)), st.randoms(use_true_random=False), st.integers(1, 9))
def test_walking_by_name_is_walking_the_sorted_list(places: list[int], chance: Any, count: int) -> None:
    roll = roll_of(30, place=numbers(*places))
    flags = np.array([chance.random() < 0.6 for _ in places], np.bool_)
    mask = masks.of_flags(flags)
    whole = in_order(roll, mask).tolist()
    assert sorted(whole) == np.flatnonzero(flags).tolist()
    assert [roll.place_of(row) for row in whole] == sorted(roll.place_of(row) for row in whole)
    bound = chance.randrange(31)
    behind = [row for row in whole if roll.place_of(row) >= bound]
    ahead = [row for row in whole if roll.place_of(row) < bound][::-1]
    assert next_by_name(roll, mask, bound, count, is_backwards=False).tolist() == behind[:count]
    assert next_by_name(roll, mask, bound, count, is_backwards=True).tolist() == ahead[:count]


def test_nobody_is_a_roll_too() -> None:
    roll = roll_of(0)
    everybody = roll.within([("", "")])
    assert masks.count_of(everybody) == 0
    assert Counting(roll, everybody).skills(None).tolist() == []
    assert next_by_name(roll, everybody, None, 5, is_backwards=False).tolist() == []
    assert roll.rows_of(numbers(1, 2)).tolist() == []
    assert people_in(roll, roll.option("availability", "unstated")) == []
