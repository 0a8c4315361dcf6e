"""Both kernels give what the reference gives: every count, every row, in order."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from registry.matching.engine.facts import (
    AvailableCondition,
    DegreeCondition,
    EvidenceCondition,
    LanguageCondition,
    NeedSpec,
    PersonFacts,
    ScopeCondition,
    SkillWanted,
)
from registry.matching.engine.index import numba_kernel, numpy_kernel, numpy_marks
from registry.matching.engine.index.answer import Answer, Placed, Wish, joined, of_reference
from registry.matching.engine.index.question import ask, visible_rows
from registry.matching.engine.index.snapshot import HORIZON_DAYS, Snapshot
from registry.matching.engine.score import Plan, prepare, rank_people
from tests.factories.crowds import SKILLS, Crowd
from tests.factories.matching import SIMILAR, TODAY
from tests.factories.snapshots import SKILL_IDS, regular, snapshot_of
from tests.unit.matching.test_properties import CROWDS, NEEDS

Kernel = Callable[..., Answer]
# What is compiled takes half a minute to compile before it answers: not in the fast lane.
COMPILED = pytest.param(numba_kernel.answer, id="numba", marks=pytest.mark.slow)
BOTH = pytest.mark.parametrize("kernel", [pytest.param(numpy_kernel.answer, id="numpy"), COMPILED])
EVERYWHERE = [("", "")]


def by_index(
    kernel: Kernel, snapshot: Snapshot, plan: Plan, people: Sequence[PersonFacts], day: date, wish: Wish
) -> Answer:
    """The answer of a kernel, joined with that of the reference for whoever is left to it on the day."""
    question = ask(plan, snapshot, SKILL_IDS)
    left = snapshot.rows_left(day)
    visible = visible_rows(snapshot, EVERYWHERE).copy()
    visible[left] = False
    by_id = {one.public_id: one for one in people}
    rest = rank_people(plan, [by_id[snapshot.public_id(row)] for row in left.tolist()], day)
    return joined([kernel(snapshot, question, visible, wish), of_reference(rest, wish)], wish.count)


def by_reference(plan: Plan, people: Sequence[PersonFacts], day: date, wish: Wish) -> Answer:
    return joined([of_reference(rank_people(plan, people, day), wish)], wish.count)


WISHES = st.builds(
    Wish,
    st.sampled_from([0, 0, 2500, 10_000]),
    st.integers(0, 7),
    st.lists(
        st.builds(
            Placed, st.booleans(), st.integers(-10_000, 0), st.text("abcdefgh", min_size=4, max_size=6)
        ),
        max_size=3,
    ).map(lambda places: tuple(sorted(places))),
)


@BOTH
@given(need=NEEDS, people=CROWDS, relax=st.booleans(), wish=WISHES)
@settings(max_examples=25)
def test_the_answer_is_that_of_the_reference(
    kernel: Kernel, need: NeedSpec, people: list[PersonFacts], relax: bool, wish: Wish
) -> None:
    people = [regular(one) for one in people]
    keys = [key for key, _one in prepare(need, SIMILAR).named_conditions()]
    plan = prepare(need, SIMILAR, keys[:1] if relax else ())
    answer = by_index(kernel, snapshot_of(people, TODAY), plan, people, TODAY, wish)
    assert answer == by_reference(plan, people, TODAY, wish)


@BOTH
@given(
    need=NEEDS,
    people=CROWDS,
    days=st.integers(1, HORIZON_DAYS),
    today=st.dates(date(2024, 1, 1), date(2028, 12, 31)),
)
@settings(max_examples=25)
def test_a_snapshot_of_an_earlier_day_gives_todays_answer(
    kernel: Kernel, need: NeedSpec, people: list[PersonFacts], days: int, today: date
) -> None:
    people = [regular(one) for one in people]
    plan, wish = prepare(need, SIMILAR), Wish(count=10)
    snapshot = snapshot_of(people, today - timedelta(days=days))
    assert snapshot.can_answer(today)
    assert by_index(kernel, snapshot, plan, people, today, wish) == by_reference(plan, people, today, wish)


@pytest.mark.slow
@BOTH
@pytest.mark.parametrize("seed", range(4))
def test_a_crowd_is_counted_and_ordered_as_the_reference_does(kernel: Kernel, seed: int) -> None:
    crowd = Crowd(seed, TODAY)
    people = [regular(one) for one in crowd.people(150)]
    snapshot = snapshot_of(people, TODAY - timedelta(days=seed % HORIZON_DAYS))
    for _ in range(25):
        plan = prepare(crowd.need(), SIMILAR)
        whole = by_reference(plan, people, TODAY, Wish(count=200))
        about = tuple(sorted(crowd.chance.sample(whole.first, min(3, len(whole.first)))))
        wish = Wish(crowd.chance.choice((0, 2500)), crowd.chance.choice((5, 200)), about)
        answer = by_index(kernel, snapshot, plan, people, TODAY, wish)
        assert answer == by_reference(plan, people, TODAY, wish)
        assert answer.tally.ahead == tuple(whole.first.index(one) for one in about)


@pytest.fixture
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Blocks of a few people, so that a crowd takes many of them and the last is not full."""
    monkeypatch.setattr(numba_kernel, "BLOCK", 16)
    monkeypatch.setattr(numpy_marks, "BLOCK", 16)


@pytest.mark.slow
@BOTH
@pytest.mark.usefixtures("small_blocks")
@pytest.mark.parametrize("seed", range(4))
def test_many_blocks_of_people_give_the_same_as_one(kernel: Kernel, seed: int) -> None:
    crowd = Crowd(seed + 10, TODAY)
    people = [regular(one) for one in crowd.people(250)]
    snapshot = snapshot_of(people, TODAY)
    for _ in range(25):
        plan = prepare(crowd.need(), SIMILAR)
        wish = Wish(crowd.chance.choice((0, 0, 0, 2500)), crowd.chance.choice((0, 1, 3, 50)))
        answer = by_index(kernel, snapshot, plan, people, TODAY, wish)
        assert answer == by_reference(plan, people, TODAY, wish)


def wide_need(crowd: Crowd) -> NeedSpec:
    """As much as a need may ask for, or a little less: 16 skills, 8 of them essential, and 8 conditions."""
    chance = crowd.chance
    wanted = tuple(
        SkillWanted(skill, chance.randint(1, 5), chance.randint(1, 5), number < 8, chance.choice((None, 1)))
        for number, skill in enumerate((*SKILLS, *chance.sample(SKILLS, 6)))
    )
    conditions = (
        *(DegreeCondition(rank) for rank in (1, 4)),
        *(EvidenceCondition(state) for state in ("attached", "verified")),
        *(AvailableCondition(TODAY + timedelta(days=days)) for days in (0, 60)),
        LanguageCondition("en", 2),
        ScopeCondition("VN/12/"),
    )
    return replace(
        crowd.need(), skills=wanted, conditions=tuple(chance.sample(conditions, chance.randint(1, 8)))
    )


@pytest.mark.slow
@BOTH
@pytest.mark.parametrize("is_whole", [False, True], ids=["some conditions", "all conditions"])
def test_a_need_that_asks_for_as_much_as_it_may_has_bits_for_all_of_it(
    kernel: Kernel, is_whole: bool
) -> None:
    crowd = Crowd(21, TODAY)
    people = [regular(one) for one in crowd.people(200)]
    snapshot = snapshot_of(people, TODAY)
    for _ in range(10):
        need = wide_need(crowd)
        keys = [key for key, _one in prepare(need, SIMILAR).named_conditions()]
        relaxed = () if is_whole else crowd.chance.sample(keys, len(keys) // 2)
        plan = prepare(need, SIMILAR, relaxed)
        answer = by_index(kernel, snapshot, plan, people, TODAY, Wish(count=20))
        assert answer == by_reference(plan, people, TODAY, Wish(count=20))
